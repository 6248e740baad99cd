// The secrets port over the operating system's keychain, with environment variables for machines that have none. Never plaintext on disk.

import { fail, ok } from '../../shared/result.ts';
import type { AppError, Result } from '../../shared/result.ts';
import type { Secrets } from '../ports/secrets.ts';

/** The keychain module's functions that are used here; the shape that keytar introduced. */
export interface KeychainModule {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** Where the secrets come from. */
export interface KeychainOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Loads the native module; rejects where it cannot be loaded. For tests of exactly that. */
  readonly load?: () => Promise<KeychainModule>;
}

/** As the keychain's own program lists it. */
const service = 'Utskick';
/** A keychain that did not answer is asked again after this long; one that hangs (a prompt nobody sees) counts as silent then. */
const retryAfterMs = 10_000;

/** Opens nothing: the keychain is first touched when a secret is needed. */
export function createKeychain({ env, load = loadKeychain }: KeychainOptions): Secrets {
  let lastProbe: { readonly atMs: number; readonly answer: Promise<boolean> } | null = null;

  /** Loading and calling both throw where there is no keychain; the reason goes into the error's details. */
  async function ask<T>(question: (keychain: KeychainModule) => Promise<T>): Promise<Result<T>> {
    try {
      return ok(await inTime(load().then(question)));
    } catch (error) {
      return { ok: false, error: unavailable(error) };
    }
  }

  return {
    isKeychainAvailable() {
      const nowMs = performance.now();
      if (lastProbe === null || nowMs - lastProbe.atMs > retryAfterMs) {
        lastProbe = {
          atMs: nowMs,
          answer: ask((keychain) => keychain.getPassword(service, 'availability')).then((asked) => asked.ok),
        };
      }
      return lastProbe.answer;
    },
    async read(connectionId, source) {
      switch (source.kind) {
        case 'none':
          return ok(null);
        case 'environment': {
          const value = env[source.variable];
          if (value !== undefined && value !== '') return ok(value);
          return fail(
            'SECRET_MISSING',
            `The environment variable ${source.variable} is not set. Set it and start the program again.`,
            { variable: source.variable },
          );
        }
        case 'keychain': {
          const read = await ask((keychain) => keychain.getPassword(service, accountOf(connectionId)));
          if (!read.ok || read.value !== null) return read;
          return fail(
            'SECRET_MISSING',
            'The keychain has no password for this connection. Enter it again in Settings.',
            { connectionId },
          );
        }
      }
    },
    async write(connectionId, secret) {
      const written = await ask((keychain) => keychain.setPassword(service, accountOf(connectionId), secret));
      return written.ok ? ok(null) : written;
    },
    async remove(connectionId) {
      const removed = await ask((keychain) => keychain.deletePassword(service, accountOf(connectionId)));
      return removed.ok ? ok(null) : removed;
    },
  };
}

/**
 * keytar's three verbs over the native module. Not its own keytar-shaped entry: without a Secret Service that one silently falls back
 * to the Linux kernel's keyring, which forgets at the next start of the computer. Pinned, it throws instead; elsewhere the pin is ignored.
 */
async function loadKeychain(): Promise<KeychainModule> {
  const { AsyncEntry } = await import('@napi-rs/keyring');
  const entry = (named: string, account: string) =>
    new AsyncEntry(named, account, { linux: { store: 'secret-service' } });
  return {
    getPassword: (named, account) => entry(named, account).getPassword(),
    setPassword: (named, account, password) => entry(named, account).setPassword(password),
    deletePassword: (named, account) => entry(named, account).deletePassword(),
  };
}

function accountOf(connectionId: string): string {
  return `connection:${connectionId}`;
}

function unavailable(error: unknown): AppError {
  const advice =
    process.platform === 'linux'
      ? 'Start a keyring service (for example gnome-keyring) or unlock it'
      : 'Unlock the keychain';
  return {
    code: 'KEYCHAIN_UNAVAILABLE',
    message: `The keychain of this computer does not answer. ${advice}, or name an environment variable that holds the password.`,
    details: { cause: error instanceof Error ? error.message : String(error) },
  };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`no answer in ${String(retryAfterMs)} ms`));
  }, retryAfterMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
