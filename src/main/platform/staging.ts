// Files on their way into a content store: copied and hashed first, synced while they are read, named at last. A name that exists is whole.

import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, statSync } from 'node:fs';
import { access, open, readdir, rm, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ContentStore, StagedContent, StageOptions } from '../ports/content-store.ts';
import type { HeldSource } from '../ports/source-store.ts';
import { codeOf, syncFile, syncFolder, writeFailure } from './durable-files.ts';

const copyChunkBytes = 1024 * 1024;
/** Syncs under way at a time; the disk does several for the price of one. */
const syncsAtOnce = 16;

/** Renames between two turns of the event loop: a few milliseconds. */
const renamesPerTurn = 100;

/** The staging part of a content store, and names for its temporary files. */
export interface Staging extends Pick<ContentStore, 'stage' | 'settle' | 'keep' | 'discard' | 'discardLeftovers'> {
  newPath(): string;
  /** As stage, for a file that is in memory. */
  stageHeld(held: HeldSource): Promise<Result<StagedContent>>;
}

/** Staged files lie in the store's own folder, named after this process. */
export function createStaging(folder: string, pathOf: (sha256: string) => string): Staging {
  return new StagingFolder(folder, pathOf);
}

class StagingFolder implements Staging {
  readonly #folder: string;
  readonly #pathOf: (sha256: string) => string;
  #count = 0;
  /** By path, the staged files that are not kept yet: their sync, null before it began. */
  readonly #staged = new Map<string, Promise<void> | null>();
  readonly #waiting: (() => void)[] = [];
  #syncing = 0;
  #hasFolder = false;

  constructor(folder: string, pathOf: (sha256: string) => string) {
    this.#folder = folder;
    this.#pathOf = pathOf;
  }

  readonly newPath = (): string => {
    this.#count += 1;
    return join(this.#folder, `.${String(process.pid)}-${String(Date.now())}-${String(this.#count)}.part`);
  };

  readonly stage: ContentStore['stage'] = async (path, options = {}) => {
    const size = sizeToTake(path, options);
    if (!size.ok) return size;
    let source: FileHandle;
    try {
      source = await open(path, 'r');
    } catch (error) {
      return unreadable(path, error);
    }
    try {
      return await this.#copied((target) => copyLarge(source, target, { ...options, path }));
    } finally {
      await source.close();
    }
  };

  readonly stageHeld: Staging['stageHeld'] = ({ sha256, sizeBytes, bytes }) =>
    this.#copied(async (target) => {
      await writeFile(target, bytes, { flag: 'wx' });
      return ok({ sha256, sizeBytes, path: target });
    });

  async #copied(copy: (target: string) => Promise<Result<StagedContent>>): Promise<Result<StagedContent>> {
    const target = this.newPath();
    const staged = await this.#tried(() => copy(target));
    if (staged.ok) this.#staged.set(target, null);
    else await rm(target, { force: true });
    return staged;
  }

  async #tried(copy: () => Promise<Result<StagedContent>>): Promise<Result<StagedContent>> {
    try {
      if (!this.#hasFolder) mkdirSync(this.#folder, { recursive: true });
      this.#hasFolder = true;
      return await copy();
    } catch (error) {
      // The folder may have been taken away: the next file makes it again.
      this.#hasFolder = false;
      return writeFailure(error, this.#folder);
    }
  }

  readonly settle = (staged: readonly StagedContent[]): void => {
    for (const { path } of staged) this.#settleOne(path);
  };

  readonly keep: ContentStore['keep'] = async (staged) => {
    if (staged.length === 0) return ok(null);
    try {
      const folders = new Set<string>();
      let renamed = 0;
      for (const { path } of staged) this.#settleOne(path);
      for (const { path, sha256 } of staged) {
        await this.#staged.get(path);
        const target = this.#pathOf(sha256);
        if (!folders.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
        renameSync(path, target);
        this.#staged.delete(path);
        folders.add(dirname(target));
        if (++renamed % renamesPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await Promise.all([...folders, this.#folder].map((each) => this.#inTurn(() => syncFolder(each))));
      return ok(null);
    } catch (error) {
      return writeFailure(error, this.#folder);
    }
  };

  readonly discard: ContentStore['discard'] = async (staged) => {
    for (const { path } of staged) {
      const sync = this.#staged.get(path);
      if (sync === undefined) continue;
      this.#staged.delete(path);
      await sync?.catch(() => undefined);
      await rm(path, { force: true });
    }
  };

  readonly discardLeftovers: ContentStore['discardLeftovers'] = async (isProcessAlive) => {
    try {
      await access(this.#folder);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return;
      throw error;
    }
    for (const name of await readdir(this.#folder)) {
      const pid = /^\.(\d+)-\d+-\d+\.part$/u.exec(name)?.[1];
      if (pid !== undefined && !isProcessAlive(Number(pid))) await rm(join(this.#folder, name), { force: true });
    }
  };

  #settleOne(path: string): void {
    if (this.#staged.get(path) !== null) return;
    const sync = this.#inTurn(() => syncFile(path));
    // The rejection is seen by whoever keeps the file.
    sync.catch(() => undefined);
    this.#staged.set(path, sync);
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    if (this.#syncing >= syncsAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#syncing += 1;
    try {
      await work();
    } finally {
      this.#syncing -= 1;
      this.#waiting.shift()?.();
    }
  }
}

/** Bytes of a file that is to be taken in. Errors: UNREADABLE, FILE_TOO_LARGE. */
export function sizeToTake(path: string, { largestBytes = Infinity }: StageOptions): Result<number> {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return unreadable(path, new Error('not a file'));
    const { size } = stats;
    return size > largestBytes
      ? fail('FILE_TOO_LARGE', `The file ${path} is too large.`, { path, size, largestBytes })
      : ok(size);
  } catch (error) {
    return unreadable(path, error);
  }
}

/** What is said of a source that cannot be opened or read. */
export function unreadable(path: string, error: unknown): Result<never> {
  const cause = codeOf(error);
  return fail(
    'UNREADABLE',
    `The file ${path} cannot be opened (${cause}). Check that it exists and that you may read it.`,
    { path, cause },
  );
}

async function copyLarge(
  source: FileHandle,
  path: string,
  options: StageOptions & { readonly path: string },
): Promise<Result<StagedContent>> {
  const target = await open(path, 'wx');
  const sum = createHash('sha256');
  // While one piece is hashed and written, the next one is read.
  const [one, other] = [new Uint8Array(copyChunkBytes), new Uint8Array(copyChunkBytes)];
  let sizeBytes = 0;
  let written = Promise.resolve();
  let reading = source.read(one, 0, copyChunkBytes, 0);
  try {
    for (;;) {
      if (options.signal?.aborted === true)
        return fail('CANCELLED', 'The import was cancelled. Nothing was kept.', { path: options.path });
      // Waited for together: a write may fail before the read that was asked for after it has come.
      const [{ bytesRead, buffer }] = await Promise.all([reading, written]);
      if (bytesRead === 0) return ok({ sha256: sum.digest('hex'), sizeBytes, path });
      sizeBytes += bytesRead;
      reading = source.read(buffer === one ? other : one, 0, copyChunkBytes, sizeBytes);
      const part = buffer.subarray(0, bytesRead);
      written = target.writeFile(part);
      sum.update(part);
    }
  } finally {
    // Neither file may be closed under what is under way; what went wrong with it has been thrown or no longer counts.
    await Promise.allSettled([reading, written]);
    await target.close();
  }
}
