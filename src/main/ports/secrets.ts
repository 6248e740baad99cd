// The secrets port: the operating system's keychain, or an environment variable. Nothing else may hold a secret.

import type { Result } from '../../shared/result.ts';
import type { SecretSource } from '../../shared/schema/connection.ts';

/** Reads and keeps secrets. Errors: KEYCHAIN_UNAVAILABLE, SECRET_MISSING. */
export interface Secrets {
  /** True when a keychain answers on this machine. */
  isKeychainAvailable(): Promise<boolean>;
  /** The secret of a connection; null for `none`. */
  read(connectionId: string, source: SecretSource): Promise<Result<string | null>>;
  /** Writes to the keychain. */
  write(connectionId: string, secret: string): Promise<Result<null>>;
  /** Removes from the keychain; a secret that is not there is no error. */
  remove(connectionId: string): Promise<Result<null>>;
}
