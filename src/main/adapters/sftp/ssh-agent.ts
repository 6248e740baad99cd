// The SSH agent of this computer: which keys it holds, and a login with them. No key is ever read out of it; it signs.

import { readFile } from 'node:fs/promises';
import ssh2 from 'ssh2';
import type { BaseAgent, ParsedKey } from 'ssh2';
import type { OpenFailure } from '../../ports/channel-adapter.ts';
import { peerWords } from '../net.ts';

/** An agent answers from memory; only one that waits for a person (a hardware key) takes longer, and that when it signs. */
const agentPatienceMs = 10_000;

/** Where Windows' own agent listens. */
const windowsAgent = String.raw`\\.\pipe\openssh-ssh-agent`;

/** The agent's address as OpenSSH finds it; null where there is none. */
export function agentSocketOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const named = env.SSH_AUTH_SOCK;
  if (named !== undefined && named !== '') return named;
  return platform === 'win32' ? windowsAgent : null;
}

/** An agent that offers one key only: servers end a login after a few keys that do not fit. */
class OneKeyAgent extends ssh2.OpenSSHAgent {
  readonly #publicKey: Buffer;

  constructor(socketPath: string, publicKey: Buffer) {
    super(socketPath);
    this.#publicKey = publicKey;
  }

  override getIdentities(callback: (error?: Error | null, keys?: ParsedKey[]) => void): void {
    super.getIdentities((error, keys) => {
      callback(
        error ?? null,
        keys?.filter((key) => 'getPublicSSH' in key).filter((key) => key.getPublicSSH().equals(this.#publicKey)),
      );
    });
  }
}

/** The agent, asked for its keys once so that a missing or empty one is told apart from a refused login. `publicKeyPath`: only this key. */
export async function openAgent(
  socketPath: string | null,
  publicKeyPath: string | null,
): Promise<{ readonly ok: true; readonly agent: BaseAgent } | { readonly ok: false; readonly failure: OpenFailure }> {
  if (socketPath === null) return fail('sftp.agent-missing', 'SSH_AUTH_SOCK is not set');
  const agent = await makeAgent(socketPath, publicKeyPath);
  if (!(agent instanceof ssh2.OpenSSHAgent)) return agent;
  const keys = await listKeys(agent);
  if (keys instanceof Error) return fail('sftp.agent-missing', peerWords(keys));
  if (keys.length > 0) return { ok: true, agent };
  return fail(
    'sftp.agent-empty',
    publicKeyPath === null ? 'the agent holds no key' : `the agent does not hold the key of ${publicKeyPath}`,
  );
}

async function makeAgent(
  socketPath: string,
  publicKeyPath: string | null,
): Promise<ssh2.OpenSSHAgent | { readonly ok: false; readonly failure: OpenFailure }> {
  if (publicKeyPath === null) return new ssh2.OpenSSHAgent(socketPath);
  try {
    const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(await readFile(publicKeyPath));
    if (parsed instanceof Error) return fail('sftp.key-unreadable', peerWords(parsed));
    return new OneKeyAgent(socketPath, parsed.getPublicSSH());
  } catch (error) {
    return fail('sftp.key-unreadable', peerWords(error));
  }
}

function listKeys(agent: ssh2.OpenSSHAgent): Promise<readonly unknown[] | Error> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(new Error('the agent does not answer'));
    }, agentPatienceMs);
    agent.getIdentities((error, keys) => {
      clearTimeout(timer);
      resolve(error ?? keys ?? []);
    });
  });
}

function fail(code: string, detail: string): { readonly ok: false; readonly failure: OpenFailure } {
  return { ok: false, failure: { code, detail, isPermanent: true } };
}
