// The keychain on this machine: refused with words where there is none, and the real Secret Service where it can be started.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createKeychain } from '../../../src/main/platform/keychain.ts';

const broken = createKeychain({ env: {}, load: () => Promise.reject(new Error('no keychain here')) });

function hasProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

describe('a machine without a keychain', () => {
  it('says so, and refuses to keep a secret rather than keep it in the open', async () => {
    expect(await broken.isKeychainAvailable()).toBe(false);
    for (const refused of [
      await broken.write('c', 's3cret'),
      await broken.read('c', { kind: 'keychain' }),
      await broken.remove('c'),
    ]) {
      expect(refused).toMatchObject({
        ok: false,
        error: { code: 'KEYCHAIN_UNAVAILABLE', message: expect.stringContaining('environment variable') },
      });
      expect(JSON.stringify(refused)).not.toContain('s3cret');
    }
  });

  it('still reads secrets from the environment, each time anew', async () => {
    const env: Record<string, string> = { SMTP_PASSWORD: 'one' };
    const secrets = createKeychain({ env, load: () => Promise.reject(new Error('no keychain here')) });
    const source = { kind: 'environment', variable: 'SMTP_PASSWORD' } as const;
    expect(await secrets.read('c', source)).toEqual({ ok: true, value: 'one' });
    env.SMTP_PASSWORD = 'two';
    expect(await secrets.read('c', source)).toEqual({ ok: true, value: 'two' });
    env.SMTP_PASSWORD = '';
    expect(await secrets.read('c', source)).toMatchObject({
      ok: false,
      error: { code: 'SECRET_MISSING', details: { variable: 'SMTP_PASSWORD' } },
    });
  });

  it('needs none for a connection without a secret', async () => {
    expect(await broken.read('c', { kind: 'none' })).toEqual({ ok: true, value: null });
  });
});

describe('a keychain that does not know the connection', () => {
  const empty = createKeychain({
    env: {},
    load: () =>
      Promise.resolve({
        getPassword: () => Promise.resolve(null),
        setPassword: () => Promise.resolve(),
        deletePassword: () => Promise.resolve(false),
      }),
  });

  it('asks for the password again', async () => {
    expect(await empty.read('c', { kind: 'keychain' })).toMatchObject({ ok: false, error: { code: 'SECRET_MISSING' } });
  });

  it('has nothing to remove, which is no error', async () => {
    expect(await empty.remove('c')).toEqual({ ok: true, value: null });
  });
});

/** Runs the keychain in a process of its own, in this environment, and gives what it printed. */
async function runKeychain(command: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await text(child.stdout));
}

const script = `
  const { createKeychain } = await import(${JSON.stringify(new URL('../../../src/main/platform/keychain.ts', import.meta.url).href)});
  const secrets = createKeychain({ env: {} });
  const source = { kind: 'keychain' };
  const isThere = await secrets.isKeychainAvailable();
  const written = await secrets.write('test', 'hemligt åäö');
  const read = await secrets.read('test', source);
  const removed = await secrets.remove('test');
  console.log(JSON.stringify({ isThere, written, read, removed, again: await secrets.read('test', source) }));
`;

describe.runIf(process.platform === 'linux')('the real keychain on Linux', () => {
  it('is refused without a session bus: the kernel’s keyring, which forgets, is not taken instead', async () => {
    const { DBUS_SESSION_BUS_ADDRESS: _bus, XDG_RUNTIME_DIR: _runtime, ...env } = process.env;
    const outcome = await runKeychain([process.execPath, '--input-type=module', '-e', script], env);
    expect(outcome).toMatchObject({
      isThere: false,
      written: { error: { code: 'KEYCHAIN_UNAVAILABLE' } },
      read: { error: { code: 'KEYCHAIN_UNAVAILABLE' } },
    });
  });

  it.runIf(hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon'))(
    'keeps, gives back and removes a secret (needs dbus-run-session and gnome-keyring)',
    async () => {
      const home = await mkdtemp(join(tmpdir(), 'utskick-keyring-'));
      try {
        const shell =
          'echo test | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" --input-type=module -e "$1"';
        const outcome = await runKeychain(['dbus-run-session', '--', 'sh', '-c', shell, process.execPath, script], {
          ...process.env,
          HOME: home,
          XDG_DATA_HOME: join(home, 'data'),
        });
        expect(outcome).toEqual({
          isThere: true,
          written: { ok: true, value: null },
          read: { ok: true, value: 'hemligt åäö' },
          removed: { ok: true, value: null },
          again: expect.objectContaining({ ok: false, error: expect.objectContaining({ code: 'SECRET_MISSING' }) }),
        });
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    },
  );
});
