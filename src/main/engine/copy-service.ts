// Copies of an open workspace's database: made when one is due, at the start and while it runs, checked in a thread, old ones removed.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { CopyState, StoreCopyEntry } from '../../shared/schema/storage.ts';
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

/** The service of one workspace. */
export interface CopyService {
  /** Looks from now on. */
  start(): void;
  /** Makes one now. Errors: STORAGE_FULL, STORE_READONLY, STORE_DAMAGED, STORE_BUSY (one is being made). */
  make(kind: 'daily' | 'byHand'): Promise<Result<StoreCopyEntry>>;
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
  let lastFailure: string | null = null;

  async function make(kind: 'daily' | 'byHand'): Promise<Result<StoreCopyEntry>> {
    if (making !== null) return fail('STORE_BUSY', 'A copy is being made already. Wait until it is done.');
    making = makeNow(kind);
    options.onChange();
    try {
      const made = await making;
      lastFailure = made.ok ? null : made.error.code;
      return made;
    } finally {
      making = null;
      options.onChange();
    }
  }

  async function makeNow(kind: 'daily' | 'byHand'): Promise<Result<StoreCopyEntry>> {
    const name = copyName(kind, clock.nowMs());
    try {
      await store.backup(join(folder, name), (path) => tasks.check(path));
      for (const old of copiesToDrop(listCopies(folder))) await rm(join(folder, old), { force: true });
    } catch (error) {
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
    state: () => ({ folder, copies: listCopies(folder).map(asEntry), isRunning: making !== null, lastFailure }),
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
