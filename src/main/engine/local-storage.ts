// Copies and checks of a data folder for the command line, without opening it as a workspace.

import { dirname, isAbsolute } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { StoreCopyEntry, VerifyReport } from '../../shared/schema/storage.ts';
import { lockInstance } from '../platform/instance-lock.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { EntryPoints } from '../rpc/engine-api.ts';
import { copiesFolder, listCopies } from '../store/copies.ts';
import { openStore } from '../store/open.ts';
import { restoreCopy } from '../store/restore-copy.ts';
import { createStoreTasks } from '../workers/store-tasks.ts';
import { asEntry } from './copy-service.ts';
import { databaseIn } from './open-workspace.ts';

/** The data folder and what is needed around it. */
export interface LocalStorage {
  readonly dataDir: string;
  readonly entryPoints: Pick<EntryPoints, 'storeWorker'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly actor: string;
}

/** Checks a data folder by reading only. Errors: UNREADABLE. */
export async function verifyHere({
  dataDir,
  entryPoints,
}: Pick<LocalStorage, 'dataDir' | 'entryPoints'>): Promise<Result<VerifyReport>> {
  try {
    return ok(await createStoreTasks(entryPoints.storeWorker).verify(dataDir));
  } catch (error) {
    return fail('UNREADABLE', `The data folder ${dataDir} cannot be read. Check the path and its permissions.`, {
      dataDir,
      cause: String(error),
    });
  }
}

/** Newest first. */
export function copiesHere(dataDir: string): readonly StoreCopyEntry[] {
  return listCopies(copiesFolder(databaseIn(dataDir))).map(asEntry);
}

/** What a restore did. */
export interface RestoreReport {
  readonly copy: string;
  /** Name of the database that was in place, in the folder of copies; null when there was none. */
  readonly setAside: string | null;
  /** Deliveries that are unknown now, and those that were sent after the copy and have no row in it. */
  readonly unknown: number;
  readonly notInCopy: number;
  /** Credits, closings and dunnings after the copy: in doubt now. */
  readonly orderActs: number;
}

/**
 * Restores a copy by name, by path, or the newest one (null), and marks what may have been sent since. Errors: NOT_FOUND, STORE_DAMAGED, STORE_BUSY (a
 * window or another command has the folder open), STORAGE_FULL, UNREADABLE.
 */
export async function restoreHere(
  storage: LocalStorage,
  copy: string | null,
): Promise<Result<RestoreReport & { readonly isPaused: true }>> {
  const { dataDir, clock } = storage;
  // A window locks the folder above; with a damaged database SQLite could not say that it is open there.
  const lock = await lockInstance(dirname(dataDir), 'utskick restore');
  if (!lock.ok) return lock;
  try {
    const found = findCopy(dataDir, copy);
    if (!found.ok) return found;
    const tasks = createStoreTasks(storage.entryPoints.storeWorker);
    const databasePath = databaseIn(dataDir);
    const restored = await restoreCopy({
      databasePath,
      copyPath: found.value.path,
      nowMs: clock.nowMs(),
      check: (path) => tasks.check(path),
    });
    if (!restored.ok) return restored;
    const opened = await openStore({ ...storage, path: databasePath, restoredFrom: found.value.name });
    if (!opened.ok) return opened;
    const { restored: note } = opened.value;
    opened.value.close();
    return ok({
      copy: found.value.name,
      setAside: restored.value.setAside,
      unknown: note?.unknown ?? 0,
      notInCopy: note?.notInCopy ?? 0,
      orderActs: note?.orderActs ?? 0,
      isPaused: true,
    });
  } finally {
    await lock.value.release();
  }
}

function findCopy(dataDir: string, copy: string | null): Result<{ readonly name: string; readonly path: string }> {
  const copies = listCopies(copiesFolder(databaseIn(dataDir)));
  const found =
    copy === null
      ? copies.find(({ kind }) => kind !== 'replaced' && kind !== 'damaged')
      : copies.find(({ name }) => name === copy);
  if (found !== undefined) return ok(found);
  if (copy !== null && (isAbsolute(copy) || /[/\\]/u.test(copy))) return ok({ name: copy, path: copy });
  return fail('NOT_FOUND', `There is no such copy in ${dataDir}. "utskick restore --list" shows the copies.`, { copy });
}
