// What makes a practice folder's providers recognisable from start to start: the SSH host key and the password, made once and kept.

import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import type { ParsedKey } from 'ssh2';

/** Kept secrets of a practice folder. They guard nothing but the practice itself. */
export interface PracticeKeys {
  /** OpenSSH private key. */
  readonly hostKey: string;
  /** `SHA256:…` as OpenSSH prints it. */
  readonly hostKeyFingerprint: string;
  readonly password: string;
  readonly authorizedKeys: readonly ParsedKey[];
}

/** Reads or makes the keys. `authorized-keys` (OpenSSH lines) is read when someone put it there. */
export async function readPracticeKeys(dir: string): Promise<PracticeKeys> {
  const hostKey = await keep(join(dir, 'host-key'), makeHostKey);
  const password = await keep(join(dir, 'password'), () => randomBytes(12).toString('base64url'));
  const parsed = ssh2.utils.parseKey(hostKey);
  if (parsed instanceof Error)
    throw new Error(`The practice host key in ${dir} cannot be read. Remove the file host-key and start again.`);
  const fingerprint = createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=+$/u, '');
  return {
    hostKey,
    hostKeyFingerprint: `SHA256:${fingerprint}`,
    password,
    authorizedKeys: await readAuthorizedKeys(join(dir, 'authorized-keys')),
  };
}

/** An OpenSSH private key that can be read again: of those the library makes, about one in 250 cannot. */
export function makeHostKey(): string {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519').private;
    if (!(ssh2.utils.parseKey(made) instanceof Error)) return made;
  }
}

async function keep(path: string, make: () => string): Promise<string> {
  const kept = await readIfThere(path);
  if (kept !== null) return kept;
  const made = make();
  await writeFile(path, made, { mode: 0o600, flag: 'wx' });
  return made;
}

async function readAuthorizedKeys(path: string): Promise<readonly ParsedKey[]> {
  const lines = ((await readIfThere(path)) ?? '').split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => ssh2.utils.parseKey(line)).filter((key): key is ParsedKey => !(key instanceof Error));
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
