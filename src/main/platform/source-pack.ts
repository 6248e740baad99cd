// One pack of source files on its way: written to a temporary name, synced, then renamed, so that a name that exists is whole.

import { closeSync, fdatasync, fsync, mkdirSync, openSync, renameSync, rmSync, writeSync, writevSync } from 'node:fs';
import { dirname } from 'node:path';
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { SourcePack } from '../ports/source-store.ts';
import { syncFolder, writeFailure } from './durable-files.ts';

/** What was written since the last sync is written through from here on, beside the reading of more. */
const syncEveryBytes = 8 * 1024 * 1024;

/** Where a pack lies. */
export interface PackPlaces {
  readonly temporary: string;
  readonly pathOf: (id: string) => string;
}

/** A pack; its file is made when something is added. */
export class SourcePackFile implements SourcePack {
  readonly #places: PackPlaces;
  #file: number | null = null;
  #isThere = false;
  #sizeBytes = 0;
  #syncedBytes = 0;
  #syncing: Promise<void> | null = null;

  constructor(places: PackPlaces) {
    this.#places = places;
  }

  add(files: readonly Uint8Array[]): Result<number> {
    const offset = this.#sizeBytes;
    const sizeBytes = files.reduce((sum, { length }) => sum + length, 0);
    const { temporary } = this.#places;
    try {
      this.#file ??= this.#create();
      const written = writevSync(this.#file, files, offset);
      if (written < sizeBytes) writeRest(this.#file, Buffer.concat(files).subarray(written), offset + written);
      this.#sizeBytes += sizeBytes;
    } catch (error) {
      return writeFailure(error, dirname(temporary));
    }
    if (this.#syncing === null && this.#sizeBytes - this.#syncedBytes >= syncEveryBytes) this.#syncAhead(this.#file);
    return ok(offset);
  }

  async keepAs(id: string): Promise<Result<null>> {
    const file = this.#file;
    if (file === null) return ok(null);
    const { temporary, pathOf } = this.#places;
    const target = pathOf(id);
    try {
      await this.#syncing;
      await synced(fsync, file);
      this.#close();
      mkdirSync(dirname(target), { recursive: true });
      renameSync(temporary, target);
      this.#isThere = false;
      await syncFolder(dirname(target));
      await syncFolder(dirname(temporary));
      return ok(null);
    } catch (error) {
      return writeFailure(error, dirname(temporary));
    }
  }

  async discard(): Promise<void> {
    await this.#syncing?.catch(() => undefined);
    this.#close();
    if (this.#isThere) rmSync(this.#places.temporary, { force: true });
    this.#isThere = false;
  }

  #create(): number {
    const { temporary } = this.#places;
    mkdirSync(dirname(temporary), { recursive: true });
    const file = openSync(temporary, 'wx');
    this.#isThere = true;
    return file;
  }

  /** A failure is seen by whoever keeps the pack. */
  #syncAhead(file: number): void {
    this.#syncedBytes = this.#sizeBytes;
    const syncing = synced(fdatasync, file);
    this.#syncing = syncing;
    syncing.then(
      () => {
        this.#syncing = null;
      },
      () => undefined,
    );
  }

  #close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

/** The system may take less than it is given. */
function writeRest(file: number, rest: Uint8Array, position: number): void {
  for (let written = 0; written < rest.length;)
    written += writeSync(file, rest, written, rest.length - written, position + written);
}

function synced(sync: typeof fsync, file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    sync(file, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
