// A real OpenSSH server for tests and measurements, where the machine has one. Says why when it can't be started.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { fingerprintOf } from '../../src/main/adapters/sftp/ssh-opening.ts';
import type { ChannelTarget } from '../../src/main/ports/channel-adapter.ts';
import { sshKeyPair } from './ssh-key.ts';

/** A running OpenSSH server with key login. */
export interface OpenSsh {
  readonly dir: string;
  /** Where files arrive. */
  readonly folder: string;
  readonly keyPath: string;
  readonly port: number;
  readonly user: string;
  readonly target: ChannelTarget;
  /** Lets another key in. */
  readonly authorize: (publicKey: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const places = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'];
/** Root must not be sshd's own user without its separation user; `nobody` always exists there. */
const nobody = 65_534;

/** Path of sshd (`UTSKICK_SSHD` first), or why there is none. */
export function findSshd(): { readonly path: string } | { readonly missing: string } {
  const path = [process.env.UTSKICK_SSHD, ...places].find((place) => place !== undefined && existsSync(place));
  if (path !== undefined) return { path };
  return { missing: `no OpenSSH server on this machine (looked for ${places.join(', ')}; set UTSKICK_SSHD to one)` };
}

/** Starts sshd on a free port of this computer, as this user or, for root, as nobody. */
export async function startOpenSsh(sshd: string): Promise<OpenSsh> {
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? { uid: nobody, gid: nobody } : {};
  const user = isRoot ? await nameOf(nobody) : userInfo().username;
  const dir = await mkdtemp(join(tmpdir(), 'utskick-sshd-'));
  const folder = join(dir, 'files');
  await mkdir(folder);
  const hostKey = sshKeyPair();
  const clientKey = sshKeyPair();
  const files = {
    'host-key': hostKey.private,
    'client-key': clientKey.private,
    'client-key.pub': `${clientKey.public}\n`,
    authorized: `${clientKey.public}\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text, { mode: 0o600 });
  await chmod(dir, 0o755);
  if (isRoot)
    await Promise.all(
      [dir, folder, join(dir, 'host-key'), join(dir, 'authorized')].map((path) => chown(path, nobody, nobody)),
    );
  const port = await freePort();
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(dir, 'host-key')}`,
    `AuthorizedKeysFile ${join(dir, 'authorized')}`,
    `PidFile none`,
    'StrictModes no',
    `UsePAM ${isRoot ? 'yes' : 'no'}`,
    'PasswordAuthentication no',
    'Subsystem sftp internal-sftp',
    'ForceCommand internal-sftp',
    'MaxSessions 20',
  ];
  await writeFile(join(dir, 'config'), `${settings.join('\n')}\n`, { mode: 0o644 });
  const child = spawn(sshd, ['-D', '-e', '-f', join(dir, 'config')], { stdio: ['ignore', 'ignore', 'pipe'], ...owner });
  const words: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => words.push(text));
  await untilListening(child, port, words);
  const parsed = ssh2.utils.parseKey(hostKey.private);
  if (parsed instanceof Error) throw parsed;
  const keyPath = join(dir, 'client-key');
  return {
    dir,
    folder,
    keyPath,
    port,
    user,
    target: {
      connectionId: 'openssh',
      secret: null,
      config: {
        channel: 'sftp',
        host: '127.0.0.1',
        port,
        user,
        privateKeyPath: keyPath,
        hostKey: fingerprintOf(parsed.getPublicSSH()),
        path: folder,
        parallel: 16,
      },
    },
    authorize: (publicKey) => appendFile(join(dir, 'authorized'), `${publicKey}\n`),
    stop: async () => {
      if (child.exitCode === null) {
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      }
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function nameOf(uid: number): Promise<string> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((text) => text.split(':')[2] === String(uid));
  if (line === undefined) throw new Error(`no user with id ${uid}`);
  return line.split(':')[0] ?? '';
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function untilListening(child: ChildProcess, port: number, words: readonly string[]): Promise<void> {
  const isListening = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => {
        resolve(false);
      });
    });
  while (!(await isListening())) {
    if (child.exitCode !== null) throw new Error(`sshd ended: ${words.join('')}`);
  }
}
