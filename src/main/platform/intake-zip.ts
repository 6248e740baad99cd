// Looks through a zip's directory, refuses what is unsafe or beyond a limit, and unpacks single entries to given paths.

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { headBytes } from './intake-head.ts';
import { IntakeStop, stopAt } from './intake-limits.ts';
import type { IntakeLimits } from './intake-limits.ts';
import { checkEntryName, nameKey } from './intake-names.ts';

/** What one drop's zip has used of its limits, with the zips inside it. */
export interface ZipBudget {
  entries: number;
  unpackedBytes: number;
}

/** One file of a zip; nothing of it is unpacked yet. */
export interface ZipMember {
  readonly name: string;
  readonly sizeBytes: number;
}

/** An open zip whose directory is sound. Close it in every case. */
export interface OpenZip {
  readonly members: readonly ZipMember[];
  /**
   * Writes a member to a new file, when its first bytes are wanted; false when they are not. Checks size and checksum.
   * Throws IntakeStop for a fault of the zip; the file may be there in part then. Disk errors are thrown as they are.
   */
  unpack(member: ZipMember, to: UnpackTarget): Promise<boolean>;
  close(): void;
}

/** Where a member goes, and whether it does. */
export interface UnpackTarget {
  readonly path: string;
  readonly isWanted: (head: Uint8Array) => boolean;
  readonly signal: AbortSignal;
}

/** How a zip is opened. `prefix` is the way to it inside the zip that was dropped, for messages; '' for that one itself. */
export interface OpenZipOptions {
  readonly limits: IntakeLimits;
  readonly budget: ZipBudget;
  readonly prefix: string;
}

const encryptedFlag = 1;
const zip64ExtraField = 1;
const stored = 0;
const deflated = 8;
/** `st_mode` of Unix in the upper half of the external attributes. */
const fileTypeMask = 0o170_000;
const regularFile = 0o100_000;
const directory = 0o040_000;

/** Opens a zip and checks every entry before anything is unpacked. Throws IntakeStop (INTAKE_REFUSED), or what the disk did. */
export async function openZip(path: string, options: OpenZipOptions): Promise<OpenZip> {
  const self = options.prefix === '' ? null : options.prefix.slice(0, -1);
  if (await isZip64(path)) throw stopAt({ reason: 'zip64', entry: self });
  const zip = await sound(self, () =>
    openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: true }),
  );
  try {
    const entries = await readDirectory(zip, options, self);
    return {
      members: [...entries.keys()],
      unpack: (member, to) => {
        const entry = entries.get(member);
        if (entry === undefined) throw new Error('a member of another zip was given');
        return unpack(zip, { entry, shown: options.prefix + member.name }, to);
      },
      close: () => {
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function readDirectory(
  zip: ZipFile,
  { limits, budget, prefix }: OpenZipOptions,
  self: string | null,
): Promise<Map<ZipMember, Entry>> {
  const tooMany = (): IntakeStop => stopAt({ reason: 'entries', entry: self, limit: limits.entries });
  if (budget.entries + zip.entryCount > limits.entries) throw tooMany();
  const members = new Map<ZipMember, Entry>();
  const seen = new Set<string>();
  let unpacked = 0;
  let newest = self;
  const entries = zip.eachEntry();
  for (;;) {
    const next = await sound(newest, () => entries.next());
    if (next.done === true) break;
    const entry = next.value;
    if (++budget.entries > limits.entries) throw tooMany();
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
    const shown = prefix + name;
    newest = shown;
    checkEntryName(name, shown, limits);
    checkKind(entry, shown);
    const key = nameKey(name.endsWith('/') ? name.slice(0, -1) : name);
    if (seen.has(key)) throw stopAt({ reason: 'duplicate', entry: shown });
    seen.add(key);
    if (isBomb(entry.uncompressedSize, entry.compressedSize, limits))
      throw stopAt({ reason: 'ratio', entry: shown, limit: limits.ratio });
    budget.unpackedBytes += entry.uncompressedSize;
    unpacked += entry.uncompressedSize;
    // Entries that share their packed bytes, or are many small ones, look harmless one by one. Seen here: the rest need not be listed.
    if (isBomb(unpacked, zip.fileSize, limits)) throw stopAt({ reason: 'ratio', entry: self, limit: limits.ratio });
    if (budget.unpackedBytes > limits.totalBytes)
      throw stopAt({ reason: 'total', entry: shown, limit: limits.totalBytes });
    if (!name.endsWith('/')) members.set({ name, sizeBytes: entry.uncompressedSize }, entry);
  }
  return members;
}

function checkKind(entry: Entry, name: string): void {
  if ((entry.generalPurposeBitFlag & encryptedFlag) !== 0) throw stopAt({ reason: 'encrypted', entry: name });
  if (entry.extraFields.some(({ id }) => id === zip64ExtraField)) throw stopAt({ reason: 'zip64', entry: name });
  const type = (entry.externalFileAttributes >>> 16) & fileTypeMask;
  if (type !== 0 && type !== regularFile && type !== directory) throw stopAt({ reason: 'link', entry: name });
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated)
    throw stopAt({ reason: 'method', entry: name });
}

function isBomb(unpacked: number, packed: number, limits: IntakeLimits): boolean {
  return unpacked > limits.ratioFromBytes && unpacked > packed * limits.ratio;
}

async function unpack(
  zip: ZipFile,
  { entry, shown }: { readonly entry: Entry; readonly shown: string },
  to: UnpackTarget,
): Promise<boolean> {
  const stream = await sound(shown, () => zip.openReadStreamPromise(entry));
  const file = new UnpackedFile(to);
  try {
    const isWanted = await file.writeAll(readAll(stream, shown));
    if (isWanted && file.checksum !== entry.crc32) throw stopAt({ reason: 'checksum', entry: shown });
    return isWanted;
  } finally {
    stream.destroy();
    await file.close();
  }
}

/** The stream's pieces; a fault of the packed data is the zip's. */
async function* readAll(stream: Readable, name: string): AsyncGenerator<Buffer> {
  const pieces = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  for (;;) {
    const next = await sound(name, () => pieces.next());
    if (next.done === true) return;
    yield next.value;
  }
}

/** The file an entry goes to; made only when the entry is wanted. */
class UnpackedFile {
  readonly #to: UnpackTarget;
  #handle: FileHandle | null = null;
  checksum = 0;

  constructor(to: UnpackTarget) {
    this.#to = to;
  }

  async writeAll(pieces: AsyncIterable<Buffer>): Promise<boolean> {
    let head: Buffer = Buffer.alloc(0);
    for await (const piece of pieces) {
      this.#to.signal.throwIfAborted();
      this.checksum = crc32(piece, this.checksum);
      if (this.#handle !== null) await this.#handle.writeFile(piece);
      else {
        head = Buffer.concat([head, piece]);
        if (head.length >= headBytes && !(await this.#begin(head))) return false;
      }
    }
    return this.#handle !== null || this.#begin(head);
  }

  async #begin(head: Buffer): Promise<boolean> {
    if (!this.#to.isWanted(head)) return false;
    this.#handle = await open(this.#to.path, 'wx', 0o600);
    await this.#handle.writeFile(head);
    return true;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }
}

/** The locator of a zip64 directory stands right before the end record; looked for without trusting its offsets. */
async function isZip64(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, 20 + 22 + 65_535));
    await handle.read(tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    return end >= 20 && tail.readUInt32BE(end - 20) === 0x50_4b_06_07;
  } finally {
    await handle.close();
  }
}

/** Runs a step of the library: what it throws that is not the disk's is a fault of the zip. */
async function sound<T>(entry: string | null, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof IntakeStop || isSystemError(error)) throw error;
    throw stopAt({ reason: 'damaged', entry });
  }
}

/** Errors of system calls carry a number beside their code; those of zlib and of yauzl do not concern the disk. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
