// Copies of an open workspace's database: made when one is due, at the start and while it runs, checked in a thread, old ones removed.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { StoreCopyEntry } from '../../shared/schema/storage.ts';
import { copiesToDrop, isCopyDue } from '../domain/copy-schedule.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { isStoreFailure } from '../ports/store.ts';
import type { Store } from '../ports/store.ts';
import { copiesFolder, copyName, listCopies } from '../store/copies.ts';
import type { StoreCopy } from '../store/copies.ts';
import type { StoreTasks } from '../workers/store-tasks.ts';

/** How often it looks whether a copy is due; also how soon one that failed is tried again. */
const lookEveryMs = 15 * 60_000;
/** The first look waits until the window has what it shows first. */
const firstLookMs = 5_000;

/** How far it is with a copy, and how the last one ended. */
export interface CopyState {
  /** In bytes; total null before the first step. */
  readonly running: { readonly done: number; readonly total: number | null; readonly isStopping: boolean } | null;
  /** Error code; null when the last one succeeded, or there was none. */
  readonly lastFailure: string | null;
}

/** The service of one workspace. */
export interface CopyService {
  /** Looks from now on. */
  start(): void;
  /** Makes one now. Errors: STORAGE_FULL, STORE_READONLY, STORE_DAMAGED, STORE_BUSY (one is being made), CANCELLED. */
  make(kind: 'daily' | 'byHand'): Promise<Result<StoreCopyEntry>>;
  /** Stops the one that is being made; false when there is none. */
  stop(): boolean;
  state(): CopyState;
  close(): Promise<void>;
}

/** What it works with. */
export interface CopyServiceOptions {
  readonly databasePath: string;
  readonly store: Pick<Store, 'backup'>;
  readonly tasks: Pick<StoreTasks, 'check'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
}

/** Makes the service; nothing is copied before {@link CopyService.start} or {@link CopyService.make}. */
export function createCopyService(options: CopyServiceOptions): CopyService {
  const { store, tasks, clock, log } = options;
  const folder = copiesFolder(options.databasePath);
  const closing = new AbortController();
  let watching: Promise<void> | null = null;
  let making: Promise<Result<StoreCopyEntry>> | null = null;
  let stopping = new AbortController();
  let progress: { readonly done: number; readonly total: number | null } = { done: 0, total: null };
  let lastFailure: string | null = null;

  async function make(kind: 'daily' | 'byHand'): Promise<Result<StoreCopyEntry>> {
    if (making !== null) return fail('STORE_BUSY', 'A copy is being made already. Wait until it is done.');
    stopping = new AbortController();
    progress = { done: 0, total: null };
    making = makeNow(kind, AbortSignal.any([stopping.signal, closing.signal]));
    options.onChange();
    try {
      const made = await making;
      if (made.ok) lastFailure = null;
      else if (made.error.code !== 'CANCELLED') lastFailure = made.error.code;
      return made;
    } finally {
      making = null;
      options.onChange();
    }
  }

  async function makeNow(kind: 'daily' | 'byHand', signal: AbortSignal): Promise<Result<StoreCopyEntry>> {
    const name = copyName(kind, clock.nowMs());
    try {
      const onProgress = (done: number, total: number): void => {
        progress = { done, total };
      };
      await store.backup(join(folder, name), (path) => tasks.check(path), { signal, onProgress });
      for (const old of copiesToDrop(listCopies(folder))) await rm(join(folder, old), { force: true });
    } catch (error) {
      if (signal.aborted) return fail('CANCELLED', 'The copy was stopped. Nothing of it is kept.');
      log.warn('no copy of the store could be made', { error });
      if (!isStoreFailure(error)) throw error;
      return fail(error.code, error.message);
    }
    const made = listCopies(folder).find((copy) => copy.name === name);
    if (made === undefined) throw new Error('the copy that was made is not in its folder');
    return ok(asEntry(made));
  }

  async function watch(): Promise<void> {
    await clock.sleep(firstLookMs, closing.signal);
    while (!closing.signal.aborted) {
      try {
        if (isCopyDue(listCopies(folder), clock.nowMs())) await make('daily');
      } catch (error) {
        lastFailure = 'INTERNAL';
        log.error('the daily copy failed', { error });
      }
      await clock.sleep(lookEveryMs, closing.signal);
    }
  }

  return {
    start: () => {
      watching ??= watch();
    },
    make,
    stop: () => {
      stopping.abort();
      return making !== null;
    },
    state: () => ({
      running: making === null ? null : { ...progress, isStopping: stopping.signal.aborted },
      lastFailure,
    }),
    close: async () => {
      closing.abort();
      await Promise.allSettled([watching, making]);
    },
  };
}

/** As it goes to the window: without its path. */
export function asEntry({ name, kind, madeAtMs, sizeBytes }: StoreCopy): StoreCopyEntry {
  return { name, kind, madeAtMs, sizeBytes };
}
