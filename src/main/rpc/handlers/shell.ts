// What the handlers need from the engine around the open workspace: its state, and the switches that reopen or pause it.

import type { Result } from '../../../shared/result.ts';
import type { MethodInput } from '../../../shared/contract/methods.ts';
import type { StorageState } from '../../../shared/schema/storage.ts';
import type { AppState } from '../../../shared/schema/settings.ts';
import type { FileToImport } from '../../app/import-work.ts';

/** What is to be done over the whole store. */
export type StorageOrder = MethodInput<'storage.start'>;

/** The engine as the handlers see it. */
export interface Shell {
  /** Id of the importing process. */
  readonly pid: number;
  state(): Promise<AppState>;
  setPractice(isPractice: boolean): Promise<Result<null>>;
  /** Whether a folder can be watched. Errors: UNREADABLE, VALIDATION_ERROR. */
  checkWatchedFolder(path: string): Promise<Result<null>>;
  /** Follows the settings of the watched folder. */
  applyWatch(): Promise<void>;
  readonly storage: {
    state(): StorageState;
    /** Errors: STORE_BUSY (something else runs), NOT_FOUND (the copy), SERVICE_UNAVAILABLE (needs an open workspace). */
    start(wanted: StorageOrder): Result<null>;
    /** False when nothing runs that can be stopped. */
    stop(): boolean;
  };
  setOutboxPaused(isPaused: boolean): void;
  /** Path and name behind a token, or null when it is not (or no longer) known. */
  fileOf(token: string): FileToImport | null;
  /** Writes a sample batch to a temporary file; `remove` deletes it. */
  writeSample(options: {
    readonly invoices: number;
    readonly errors: number;
  }): Promise<Result<{ readonly file: FileToImport; readonly remove: () => Promise<void> }>>;
}
