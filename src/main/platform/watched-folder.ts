// A watched folder on disk: looks at its files, moves them away without ever writing over another, and hears of changes.

import { watch } from 'chokidar';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join, parse, relative, resolve } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { SettledFile, WatchedFolder } from '../ports/watched-folder.ts';
import { lockInstance } from './instance-lock.ts';
import { isSystemFile } from './intake-names.ts';
import { SettledFiles } from './settled-files.ts';

/** Names of files that a program is still writing, or keeps for itself. */
const unfinished = /^[.~]|[~]$|\.(?:tmp|temp|part|partial|filepart|crdownload|lock)$/iu;
/** Files of one name beside each other in `done`; beyond it somebody should tidy up. */
const mostOfOneName = 10_000;

/** A file that could not be read for a passing reason (still open elsewhere) is tried again after this time. */
const retryAfterMs = 60_000;

/** What a watched folder needs. */
export interface WatchedFolderOptions {
  readonly path: string;
  readonly settleMs: number;
  readonly clock: Clock;
  /** Folders that must lie neither in the watched one nor around it. */
  readonly apartFrom: readonly string[];
}

/**
 * Opens a folder for watching and makes `done` and `failed` in it. One process of a user watches a folder at a time.
 * Errors: UNREADABLE, VALIDATION_ERROR (in or around the data folder), STORE_BUSY (watched by another).
 */
export async function openWatchedFolder(options: WatchedFolderOptions): Promise<Result<WatchedFolder>> {
  const path = resolve(options.path);
  const fit = await checkWatchedFolder(path, options.apartFrom);
  if (!fit.ok) return fit;
  const lock = await lockInstance(path, `utskick watch, process ${String(process.pid)}`);
  if (!lock.ok)
    return fail('STORE_BUSY', `The folder ${path} is already watched by another Utskick. Stop that one first.`, {
      path,
    });
  try {
    for (const place of ['done', 'failed']) await mkdir(join(path, place), { recursive: true });
  } catch (error) {
    await lock.value.release();
    return unreadable(path, error);
  }
  return ok(new FolderOnDisk(path, options, lock.value.release));
}

/** Whether a folder can be watched. Errors: UNREADABLE, VALIDATION_ERROR. */
export async function checkWatchedFolder(path: string, apartFrom: readonly string[]): Promise<Result<null>> {
  if (!isAbsolute(path)) return unfit(path, 'The path must begin at the root of the disk.');
  if (apartFrom.some((other) => isInside(path, other) || isInside(other, path)))
    return unfit(path, 'The watched folder and the data folder must lie apart.');
  try {
    if ((await stat(path)).isDirectory()) return ok(null);
    return unreadable(path, new Error('not a folder'));
  } catch (error) {
    return unreadable(path, error);
  }
}

function unfit(path: string, message: string): Result<never> {
  return fail('VALIDATION_ERROR', message, { field: 'folder', path });
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

class FolderOnDisk implements WatchedFolder {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #files: SettledFiles;
  readonly #release: () => Promise<void>;
  readonly #watcher: ReturnType<typeof watch>;
  #wake: () => void = () => undefined;
  #hasChanged = false;

  constructor(path: string, options: WatchedFolderOptions, release: () => Promise<void>) {
    this.#path = path;
    this.#clock = options.clock;
    this.#files = new SettledFiles(options.settleMs);
    this.#release = release;
    this.#watcher = watch(path, { depth: 0, ignoreInitial: true });
    this.#watcher.on('all', () => {
      this.#hasChanged = true;
      this.#wake();
    });
    // On network drives and when the system's watches run out there are no events: looking now and then is enough.
    this.#watcher.on('error', () => undefined);
  }

  async look(): ReturnType<WatchedFolder['look']> {
    this.#hasChanged = false;
    try {
      const files: SettledFile[] = [];
      for (const entry of await readdir(this.#path, { withFileTypes: true })) {
        if (!entry.isFile() || unfinished.test(entry.name) || isSystemFile(entry.name)) continue;
        const seen = await this.#see(entry.name);
        if (seen !== null) files.push(seen);
      }
      files.sort((one, other) => (one.name < other.name ? -1 : 1));
      return ok(this.#files.look(files, this.#clock.monotonicMs()));
    } catch (error) {
      return unreadable(this.#path, error);
    }
  }

  /** Null when it is gone again. */
  async #see(name: string): Promise<SettledFile | null> {
    const path = join(this.#path, name);
    try {
      const { size, mtimeMs } = await stat(path);
      return { path, name, sizeBytes: size, changedAtMs: mtimeMs };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  async moveTo(place: 'done' | 'failed', file: SettledFile, note: string | null): ReturnType<WatchedFolder['moveTo']> {
    const folder = join(this.#path, place);
    try {
      const now = await this.#see(file.name);
      if (now?.sizeBytes !== file.sizeBytes || now.changedAtMs !== file.changedAtMs) return ok(null);
      await mkdir(folder, { recursive: true });
      const { name: stem, ext } = parse(file.name);
      for (let count = 1; count <= mostOfOneName; count++) {
        const name = count === 1 ? file.name : `${stem} (${String(count)})${ext}`;
        // The note first: a failed file never lies there without its reason.
        if (note !== null && !(await writeNew(join(folder, `${name}.txt`), note))) continue;
        if (await moveNew(file.path, join(folder, name))) return ok({ name });
        if (note !== null) await rm(join(folder, `${name}.txt`), { force: true });
      }
      return unreadable(folder, new Error('too many files of one name'));
    } catch (error) {
      return unreadable(join(folder, file.name), error);
    }
  }

  leave(file: SettledFile): void {
    this.#files.again(file.name, this.#clock.monotonicMs() + retryAfterMs);
  }

  forget(file: SettledFile): void {
    this.#files.forget(file.name);
  }

  async changed(atMostMs: number, signal: AbortSignal): Promise<void> {
    if (this.#hasChanged) return;
    const woken = new AbortController();
    this.#wake = () => {
      woken.abort();
    };
    await this.#clock.sleep(atMostMs, AbortSignal.any([signal, woken.signal]));
    this.#wake = () => undefined;
  }

  async close(): Promise<void> {
    await this.#watcher.close();
    await this.#release();
  }
}

/** False when the name is taken. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Moves a file to a name that is free; false when it is taken. A link is made under the new name and the old one removed, since a rename
 * would write over what is there; where the disk knows no links the name is taken by an empty file first.
 */
async function moveNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    await rm(from);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'ENOSYS', 'EMLINK', 'EISDIR'].includes(codeOf(error))) throw error;
  }
  if (!(await writeNew(to, ''))) return false;
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await rm(from);
  }
  return true;
}

function unreadable(path: string, error: unknown): Result<never> {
  const cause = codeOf(error) === '' ? String(error) : codeOf(error);
  return fail(
    'UNREADABLE',
    `${path} cannot be read or written (${cause}). Check that it is there and its permissions.`,
    {
      path,
      cause,
    },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
