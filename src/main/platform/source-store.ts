// Source files on the disk: files of their own as every kept content, and packs of small ones in a folder beside them.

import { hash } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../../shared/result.ts';
import type { HeldSource, SourceStore } from '../ports/source-store.ts';
import { contentPath, createContentStore, readChecked } from './content-store.ts';
import { SourcePackFile } from './source-pack.ts';
import { createStaging, sizeToTake, unreadable } from './staging.ts';

/** Files of at most this size are held in memory and packed, without a turn of the event loop for each step: a drop may hold thousands. */
const smallBytes = 262_144;
/** Memory taken at a time for such files. */
const shelfBytes = 1_048_576;

/** Where a pack lies in the folder of sources. */
export function packPath(folder: string, id: string): string {
  return join(folder, 'packs', `${id}.pack`);
}

/** Opens (and makes, when something is kept) the folder. */
export function createSourceStore(folder: string): SourceStore {
  const pathOf = contentPath(folder, '.xml');
  const staging = createStaging(folder, pathOf);
  const files = createContentStore(folder, '.xml');
  const shelf = new Shelf();
  const locate: SourceStore['locate'] = ({ sha256, pack }) =>
    pack === null
      ? { path: pathOf(sha256), byteOffset: 0 }
      : { path: packPath(folder, pack.id), byteOffset: pack.byteOffset };
  return {
    stage: staging.stage,
    settle: staging.settle,
    keep: staging.keep,
    discard: staging.discard,
    discardLeftovers: staging.discardLeftovers,
    read: files.read,
    stageHeld: staging.stageHeld,
    locate,
    async take(path, options = {}) {
      const size = sizeToTake(path, options);
      if (!size.ok) return size;
      try {
        const held = size.value <= smallBytes ? shelf.read(path, size.value) : null;
        return held === null ? await staging.stage(path, options) : ok(held);
      } catch (error) {
        return unreadable(path, error);
      }
    },
    hold: held,
    newPack: () => new SourcePackFile({ temporary: staging.newPath(), pathOf: (id) => packPath(folder, id) }),
    remove: (unused) => (unused.kind === 'file' ? files.remove(unused.sha256) : isRemoved(packPath(folder, unused.id))),
    readPart: (kept, part) => {
      const { path, byteOffset } = locate(kept);
      return readChecked(path, { ...part, byteOffset: byteOffset + part.byteOffset });
    },
  };
}

function isRemoved(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

/** Memory for held files, many in one piece: a piece for each would leave thousands to the garbage collector. */
class Shelf {
  #room = new Uint8Array(0);

  /** All of a file that is this large; null when it is not, or no longer. */
  read(path: string, size: number): HeldSource | null {
    const file = openSync(path, 'r');
    try {
      this.#makeRoom(size + 1);
      return readSync(file, this.#room, 0, size + 1, 0) === size ? this.#take(size) : null;
    } finally {
      closeSync(file);
    }
  }

  #makeRoom(size: number): void {
    if (this.#room.length < size) this.#room = new Uint8Array(Math.max(size, shelfBytes));
  }

  /** The next bytes of the room, which have been filled. */
  #take(size: number): HeldSource {
    const bytes = this.#room.subarray(0, size);
    this.#room = this.#room.subarray(size);
    return held(bytes);
  }
}

function held(bytes: Uint8Array): HeldSource {
  return { sha256: hash('sha256', bytes, 'hex'), sizeBytes: bytes.length, bytes };
}
