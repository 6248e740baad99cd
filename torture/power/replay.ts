// What a disk holds after the power went: everything that was synced, and of the rest whatever chance says. Reads the notes of lost-writes.c.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Chance } from '../random.ts';

/** Head of a note: see lost-writes.c. */
const headBytes = 32;
const pageBytes = 4096;
const sectorBytes = 512;
/** Of a hundred pages that were being written when the power went, so many are torn in the middle. */
const tornPercent = 10;

interface Note {
  readonly kind: string;
  readonly path: string;
  readonly second: string;
  readonly offset: number;
  readonly data: Buffer;
}

interface Change {
  readonly offset: number;
  /** Null: the file was cut off at the offset. */
  readonly data: Buffer | null;
}

/** One file, whatever it is called. */
interface FileOnDisk {
  durable: Buffer;
  pending: Change[];
}

/** A change of a name that its folder's sync has not made durable yet. */
interface Renaming {
  readonly folder: string;
  readonly from: string;
  /** Null: removed. */
  readonly to: string | null;
  readonly file: FileOnDisk | undefined;
}

/** What came of a loss of power. */
export interface PowerLoss {
  /** Bytes that had been written and not synced. */
  readonly unsyncedBytes: number;
  readonly lostBytes: number;
}

/**
 * Puts a folder into the state of a disk whose power went: `before` is a copy of it from the start of the journal. Unsynced writes are
 * kept or lost page by page, some pages are torn at a sector; renames and removals are kept in their order up to a point that chance sets,
 * at least those whose folder was synced. A new file is there once it is synced, as ext4 and NTFS do it.
 */
export function losePower(
  paths: { readonly folder: string; readonly before: string; readonly journal: string },
  chance: Chance,
): PowerLoss {
  const disk = new Disk(paths);
  for (const note of readNotes(paths.journal)) disk.apply(note);
  return disk.powerOff(chance);
}

function* readNotes(path: string): Generator<Note> {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  let at = 0;
  // The last note may be cut off: what it was about had not been answered yet.
  while (at + headBytes <= bytes.length) {
    const pathLength = bytes.readUInt32LE(at + 4);
    const secondLength = bytes.readUInt32LE(at + 8);
    const dataLength = Number(bytes.readBigUInt64LE(at + 24));
    const end = at + headBytes + pathLength + secondLength + dataLength;
    if (end > bytes.length) return;
    const names = at + headBytes;
    yield {
      kind: String.fromCharCode(bytes[at] ?? 0),
      path: bytes.toString('utf8', names, names + pathLength),
      second: bytes.toString('utf8', names + pathLength, names + pathLength + secondLength),
      offset: Number(bytes.readBigUInt64LE(at + 16)),
      data: bytes.subarray(names + pathLength + secondLength, end),
    };
    at = end;
  }
}

class Disk {
  readonly #folder: string;
  readonly #before: string;
  /** By the name the program sees. */
  readonly #files = new Map<string, FileOnDisk>();
  #renamings: Renaming[] = [];

  constructor({ folder, before }: { readonly folder: string; readonly before: string }) {
    this.#folder = folder;
    this.#before = before;
  }

  apply({ kind, path, second, offset, data }: Note): void {
    switch (kind) {
      case 'W':
        this.#file(path).pending.push({ offset, data });
        return;
      case 'T':
        this.#file(path).pending.push({ offset, data: null });
        return;
      case 'S':
        this.#sync(path);
        return;
      case 'R':
        this.#rename(path, second);
        return;
      case 'U':
        this.#rename(path, null);
        return;
      default:
        throw new Error(`the journal has a note of kind ${kind}`);
    }
  }

  powerOff(chance: Chance): PowerLoss {
    const kept = chance.below(this.#renamings.length + 1);
    const undone = this.#renamings.slice(kept).toReversed();
    for (const { from, to, file } of undone) {
      if (to !== null) this.#files.delete(to);
      if (file !== undefined) this.#files.set(from, file);
    }
    const gone = this.#renamings.slice(0, kept).map(({ from }) => from);
    for (const path of [...gone, ...undone.flatMap(({ to }) => to ?? [])])
      if (!this.#files.has(path)) rmSync(path, { force: true });
    let unsyncedBytes = 0;
    let lostBytes = 0;
    for (const [path, file] of this.#files) {
      const loss = loseWrites(file, chance);
      unsyncedBytes += loss.unsyncedBytes;
      lostBytes += loss.lostBytes;
      writeFileSync(path, file.durable);
    }
    return { unsyncedBytes, lostBytes };
  }

  #file(path: string): FileOnDisk {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const earlier = this.#before + path.slice(this.#folder.length);
    const file = { durable: existsSync(earlier) ? readFileSync(earlier) : Buffer.alloc(0), pending: [] };
    this.#files.set(path, file);
    return file;
  }

  /** A folder's sync makes its names durable; a file's sync its bytes. */
  #sync(path: string): void {
    const file = this.#files.get(path);
    if (file !== undefined) {
      for (const change of file.pending) file.durable = changed(file.durable, change);
      file.pending = [];
      return;
    }
    // Names are made durable in their order: with one of a folder all that came before it.
    const last = this.#renamings.findLastIndex(({ folder }) => folder === path);
    this.#renamings = this.#renamings.slice(last + 1);
  }

  #rename(from: string, to: string | null): void {
    const existed = this.#files.has(from) || existsSync(this.#before + from.slice(this.#folder.length));
    const file = existed ? this.#file(from) : undefined;
    this.#files.delete(from);
    if (to !== null && file !== undefined) this.#files.set(to, file);
    this.#renamings.push({ folder: dirname(to ?? from), from, to, file });
  }
}

function changed(bytes: Buffer, { offset, data }: Change): Buffer {
  if (data === null) return offset <= bytes.length ? bytes.subarray(0, offset) : grown(bytes, offset);
  const result = grown(bytes, Math.max(bytes.length, offset + data.length));
  data.copy(result, offset);
  return result;
}

function grown(bytes: Buffer, length: number): Buffer {
  const result = Buffer.alloc(length);
  bytes.copy(result);
  return result;
}

/** Each page that was written and not synced is kept, lost or torn; how likely differs from loss to loss. */
function loseWrites(file: FileOnDisk, chance: Chance): PowerLoss {
  let unsyncedBytes = 0;
  let lostBytes = 0;
  const keptPercent = chance.pick([0, 0, 50, 90]);
  for (const change of file.pending) {
    if (change.data === null) {
      if (chance.below(100) < keptPercent) file.durable = changed(file.durable, change);
      continue;
    }
    for (const piece of pagesOf({ offset: change.offset, data: change.data })) {
      unsyncedBytes += piece.data.length;
      const isKept = chance.below(100) < keptPercent;
      const isTorn = isKept && piece.data.length > sectorBytes && chance.below(100) < tornPercent;
      const length = isTorn
        ? sectorBytes * (1 + chance.below(Math.floor(piece.data.length / sectorBytes)))
        : piece.data.length;
      lostBytes += isKept ? piece.data.length - length : piece.data.length;
      if (isKept) file.durable = changed(file.durable, { offset: piece.offset, data: piece.data.subarray(0, length) });
    }
  }
  file.pending = [];
  return { unsyncedBytes, lostBytes };
}

function* pagesOf({
  offset,
  data,
}: {
  readonly offset: number;
  readonly data: Buffer;
}): Generator<{ offset: number; data: Buffer }> {
  let at = 0;
  while (at < data.length) {
    const length = Math.min(data.length - at, pageBytes - ((offset + at) % pageBytes));
    yield { offset: offset + at, data: data.subarray(at, at + length) };
    at += length;
  }
}
