// Work over a whole store, one at a time: a copy, a check, a restore. Started here, followed by asking; survives the workspace it closes and opens.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { StorageState, StorageTask, VerifyReport } from '../../shared/schema/storage.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Shell, StorageOrder } from '../rpc/handlers/shell.ts';
import { copiesFolder, listCopies } from '../store/copies.ts';
import type { CheckFollower } from '../workers/store-tasks.ts';
import { asEntry } from './copy-service.ts';
import type { CopyService } from './copy-service.ts';

/** What the desk needs of the engine. */
export interface StorageDeskOptions {
  /** Of the workspace in use, open or not. */
  databasePath(): string;
  /** Null while no workspace is open. */
  copies(): CopyService | null;
  /** Rejects when stopped, or when the folder cannot be read. */
  verify(follower: CheckFollower): Promise<VerifyReport>;
  /** Closes the workspace, puts the copy in place and opens it. Errors as restoreCopy and openWorkspace. */
  restore(name: string): Promise<Result<unknown>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Something began or ended. */
  readonly onChange: () => void;
}

/** The desk; `close` waits for what runs. */
export interface StorageDesk extends Readonly<Shell['storage']> {
  close(): Promise<void>;
}

interface Running {
  readonly task: StorageTask;
  done: number;
  total: number | null;
  readonly stopping: AbortController;
  ended: Promise<void>;
}

const megabyte = 1024 * 1024;

/** Makes the desk; nothing runs before it is told to. */
export function createStorageDesk(options: StorageDeskOptions): StorageDesk {
  let running: Running | null = null;
  /** Of one database; another workspace was not checked by it. */
  let checked: { readonly path: string; readonly last: StorageState['lastCheck'] } | null = null;
  const failures: Record<'verify' | 'restore', string | null> = { verify: null, restore: null };

  function begin(task: 'verify' | 'restore', work: (own: Running) => Promise<string | null>): void {
    const own: Running = { task, done: 0, total: null, stopping: new AbortController(), ended: Promise.resolve() };
    running = own;
    failures[task] = null;
    options.onChange();
    own.ended = work(own)
      .catch((error: unknown) => {
        if (own.stopping.signal.aborted) return null;
        options.log.error('work over the store failed', { task, error });
        return 'INTERNAL';
      })
      .then((failure) => {
        failures[task] = failure;
        running = null;
        options.onChange();
      });
  }

  const verify = async (own: Running): Promise<string | null> => {
    const path = options.databasePath();
    const report = await options.verify({
      signal: own.stopping.signal,
      onProgress: (progress) => Object.assign(own, progress),
    });
    checked = { path, last: { atMs: options.clock.nowMs(), report } };
    return null;
  };

  function start(wanted: StorageOrder): Result<null> {
    const copies = options.copies();
    if (running !== null || (copies?.state().running ?? null) !== null)
      return fail('STORE_BUSY', 'A backup is being made, checked or restored. Wait until it is done, or stop it.');
    switch (wanted.task) {
      case 'copy':
        if (copies === null) return fail('SERVICE_UNAVAILABLE', 'The database is not open. Restore a backup first.');
        // Its outcome is in its state.
        void copies.make('byHand');
        return ok(null);
      case 'verify':
        begin('verify', verify);
        return ok(null);
      case 'restore': {
        const { name } = wanted;
        const isThere = listCopies(copiesFolder(options.databasePath())).some((copy) => copy.name === name);
        if (!isThere) return fail('NOT_FOUND', 'There is no such copy. Choose another.', { name });
        begin('restore', async () => {
          const restored = await options.restore(name);
          checked = null;
          return restored.ok ? null : restored.error.code;
        });
        return ok(null);
      }
    }
  }

  return {
    state: () => {
      const copying = options.copies()?.state() ?? { running: null, lastFailure: null };
      const path = options.databasePath();
      return {
        ...copiesBeside(path),
        running: running === null ? copyProgress(copying.running) : progressOf(running),
        failures: { copy: copying.lastFailure, ...failures },
        lastCheck: checked?.path === path ? checked.last : null,
      };
    },
    start,
    stop: () => {
      if (running === null) return options.copies()?.stop() ?? false;
      if (running.task === 'restore') return false;
      running.stopping.abort();
      return true;
    },
    close: async () => {
      running?.stopping.abort();
      await running?.ended;
    },
  };
}

function copiesBeside(databasePath: string): Pick<StorageState, 'folder' | 'copies'> {
  const folder = copiesFolder(databasePath);
  return { folder, copies: listCopies(folder).map(asEntry) };
}

function progressOf({ task, done, total, stopping }: Running): StorageState['running'] {
  return { task, done, total, isStopping: stopping.signal.aborted };
}

function copyProgress(copy: ReturnType<CopyService['state']>['running']): StorageState['running'] {
  if (copy === null) return null;
  const total = copy.total === null ? null : Math.ceil(copy.total / megabyte);
  return { task: 'copy', done: Math.floor(copy.done / megabyte), total, isStopping: copy.isStopping };
}
