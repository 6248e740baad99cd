// Turns what was dropped into single files: walks folders, unpacks zips into a scratch folder, leaves out what is no invoice file.

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fail } from '../../shared/result.ts';
import type { AppError } from '../../shared/result.ts';
import type { LeftOutFile } from '../../shared/schema/batch.ts';
import type { FoundFile, GivenPath, Intake, OpenedIntake } from '../ports/intake.ts';
import { listFolder } from './intake-folder.ts';
import { headBytes, isZip } from './intake-head.ts';
import { intakeLimits, IntakeStop, refusalOf, shownName, stopAt } from './intake-limits.ts';
import type { IntakeLimits } from './intake-limits.ts';
import { isSystemFile } from './intake-names.ts';
import { openZip } from './intake-zip.ts';
import type { OpenZip, ZipBudget, ZipMember } from './intake-zip.ts';
import { isProcessAlive } from './processes.ts';

/** Files looked at between two turns of the event loop, and handed on together: some milliseconds. */
const filesPerTurn = 64;

/** A file that is smaller is read whole, and need not be opened again. */
const smallBytes = 65_536;
/** Memory taken at a time for such files: a piece for each would leave thousands to the garbage collector. */
const roomBytes = 1_048_576;

/** What an intake needs. */
export interface IntakeOptions {
  /** Zips are unpacked in a folder of their own in it; made when the first one comes. */
  readonly scratchDir: string;
  /** Whether a file with these first bytes (at most 4 KB, or all of it) can hold invoices. */
  readonly mayHoldInvoices: (head: Uint8Array) => boolean;
  readonly limits?: IntakeLimits;
}

/** Makes an intake. It keeps nothing between calls. */
export function createIntake(options: IntakeOptions): Intake {
  return { open: (given, signal) => new Opening(options, signal).run(given) };
}

/** Removes what processes that are gone have left unpacked. Repeating it is harmless. */
export async function clearScratch(scratchDir: string): Promise<void> {
  for (const name of await namesIn(scratchDir)) {
    const pid = Number(/^utskick-(\d+)-/u.exec(name)?.[1]);
    if (!Number.isInteger(pid) || pid === process.pid || isProcessAlive(pid)) continue;
    await rm(join(scratchDir, name), { recursive: true, force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** What one zip has given so far; thrown away whole when it turns out to be refused. */
interface ZipYield {
  readonly files: GivenPath[];
  readonly leftOut: LeftOutFile[];
  readonly refused: { readonly fileName: string; readonly error: AppError }[];
}

class Opening implements ZipYield {
  readonly #options: IntakeOptions;
  readonly #limits: IntakeLimits;
  readonly #signal: AbortSignal;
  /** Found and not handed on yet. */
  readonly files: FoundFile[] = [];
  readonly leftOut: LeftOutFile[] = [];
  readonly refused: { readonly fileName: string; readonly error: AppError }[] = [];
  #handedOn = 0;
  #scratch: string | null = null;
  #room = new Uint8Array(0);
  #unpacked = 0;
  #looked = 0;

  constructor(options: IntakeOptions, signal: AbortSignal) {
    this.#options = options;
    this.#limits = options.limits ?? intakeLimits;
    this.#signal = signal;
  }

  run(given: readonly GivenPath[]): OpenedIntake {
    return {
      files: this.#openAll(given),
      leftOut: this.leftOut,
      refused: this.refused,
      close: () => this.#close(),
    };
  }

  async *#openAll(given: readonly GivenPath[]): AsyncGenerator<readonly FoundFile[]> {
    for (const each of given) {
      const before = this.#counts;
      const kind = this.#look(each, each.isFromFolder === true);
      if (kind !== 'file') yield* this.#handOn();
      if (kind === 'folder') yield* this.#openFolder(each);
      if (kind === 'zip') await this.#guard(each, () => this.#openZip(each));
      if (kind === 'folder' || (kind === 'zip' && each.isFromFolder !== true)) this.#refuseEmpty(each.name, before);
      if (this.#isDue(kind)) yield* this.#handOn();
    }
    yield* this.#handOn();
  }

  async *#openFolder(folder: GivenPath): AsyncGenerator<readonly FoundFile[]> {
    let members: readonly GivenPath[] = [];
    await this.#guard(folder, async () => {
      members = await this.#listFolder(folder);
    });
    for (const member of members) {
      const kind = this.#look(member, true);
      if (kind === 'zip') await this.#guard(member, () => this.#openZip(member));
      if (this.#isDue(kind)) yield* this.#handOn();
    }
  }

  /** After some files, each of which is looked at in one go, and after everything that took its time. */
  #isDue(kind: 'file' | 'folder' | 'zip'): boolean {
    this.#looked += 1;
    return kind !== 'file' || this.#looked % filesPerTurn === 0;
  }

  /** Hands on what was found, and lets others have their turn. */
  async *#handOn(): AsyncGenerator<readonly FoundFile[]> {
    const found = this.files.splice(0);
    this.#handedOn += found.length;
    if (found.length > 0) yield found;
    await setImmediate();
  }

  get #counts(): Counts {
    return { files: this.#handedOn + this.files.length, refused: this.refused.length };
  }

  /**
   * Looks at one of the things that were given, and takes it when it is a file: one given by itself whatever it is, so that the reading can
   * say what is wrong with it, one of a folder when it can hold invoices. A folder and a zip are still to be opened.
   */
  #look(given: GivenPath, isOfFolder: boolean): 'file' | 'folder' | 'zip' {
    try {
      this.#signal.throwIfAborted();
      if (isOfFolder && isSystemFile(given.name)) {
        this.leftOut.push({ fileName: given.name, reason: 'system' });
        return 'file';
      }
      const head = this.#headOf(given.path);
      if (head === 'folder' && (!isOfFolder || given.isFromFolder === true)) return 'folder';
      // What is not there or is a device is refused by the reading, which has the words for it.
      if (typeof head === 'string') this.files.push(given);
      else if (isZip(head.start)) return 'zip';
      else this.#take(given, head, isOfFolder);
    } catch (error) {
      this.#refuse(given, error);
    }
    return 'file';
  }

  #take(file: GivenPath, { start, isWhole }: FileHead, isOfFolder: boolean): void {
    if (isOfFolder && start.length === 0) this.leftOut.push({ fileName: file.name, reason: 'empty' });
    else if (isOfFolder && !this.#options.mayHoldInvoices(start.subarray(0, headBytes)))
      this.leftOut.push({ fileName: file.name, reason: 'notInvoices' });
    else if (isWhole) {
      this.#room = this.#room.subarray(start.length);
      this.files.push({ ...file, content: start });
    } else this.files.push(file);
  }

  #headOf(path: string): FileHead | 'folder' | 'other' {
    if (this.#room.length < smallBytes) this.#room = new Uint8Array(roomBytes);
    return headOf(path, this.#room.subarray(0, smallBytes));
  }

  async #listFolder({ path, name }: GivenPath): Promise<readonly GivenPath[]> {
    const listing = await listFolder(path, name, this.#limits);
    this.leftOut.push(...listing.leftOut);
    return listing.files;
  }

  /** All of a zip or nothing of it. */
  async #openZip({ path, name }: GivenPath): Promise<void> {
    const found: ZipYield = { files: [], leftOut: [], refused: [] };
    const scratch = await this.#scratchDir();
    const folder = await mkdtemp(join(scratch, 'zip-'));
    try {
      const budget = { entries: 0, unpackedBytes: 0 };
      await this.#unpackZip({ path, name, inner: '', folder, depth: 1, budget, found });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    this.files.push(...found.files);
    this.leftOut.push(...found.leftOut);
    this.refused.push(...found.refused);
  }

  async #unpackZip(work: ZipWork): Promise<void> {
    const zip = await openZip(work.path, { limits: this.#limits, budget: work.budget, prefix: work.inner });
    try {
      for (const member of [...zip.members].sort((one, other) => (one.name < other.name ? -1 : 1)))
        await this.#unpackMember(zip, member, work);
    } finally {
      zip.close();
    }
  }

  async #unpackMember(zip: OpenZip, member: ZipMember, work: ZipWork): Promise<void> {
    this.#signal.throwIfAborted();
    const { found } = work;
    const name = `${work.name}/${shownName(member.name)}`;
    if (isSystemFile(member.name)) found.leftOut.push({ fileName: name, reason: 'system' });
    else if (member.sizeBytes === 0) found.leftOut.push({ fileName: name, reason: 'empty' });
    else if (member.sizeBytes > this.#limits.fileBytes)
      found.refused.push({ fileName: name, error: tooLarge(member.sizeBytes, this.#limits.fileBytes) });
    else {
      // The name on disk is a number: what stands in the zip never names a path.
      const path = join(work.folder, String(++this.#unpacked));
      const judged = { isZip: false };
      const isWanted = (head: Uint8Array): boolean => {
        judged.isZip = isZip(head);
        return judged.isZip || this.#options.mayHoldInvoices(head);
      };
      if (!(await zip.unpack(member, { path, isWanted, signal: this.#signal })))
        found.leftOut.push({ fileName: name, reason: 'notInvoices' });
      else if (judged.isZip) await this.#unpackInner({ ...work, path, name, inner: `${work.inner}${member.name}/` });
      else found.files.push({ path, name });
    }
  }

  /** A zip in a zip. What is wrong with it is said with its way from the outermost one. */
  async #unpackInner(work: ZipWork): Promise<void> {
    if (work.depth >= this.#limits.zipNesting)
      throw stopAt({ reason: 'nesting', entry: work.inner.slice(0, -1), limit: this.#limits.zipNesting });
    await this.#unpackZip({ ...work, depth: work.depth + 1 });
  }

  #refuseEmpty(name: string, before: Counts): void {
    const now = this.#counts;
    if (now.files > before.files || now.refused > before.refused) return;
    this.refused.push({ fileName: name, error: refusalOf({ reason: 'noInvoiceFiles', entry: null }) });
  }

  /** One folder, zip or file that cannot be opened does not stop the others. */
  async #guard(given: GivenPath, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#refuse(given, error);
    }
  }

  #refuse(given: GivenPath, error: unknown): void {
    const refusal = this.#signal.aborted ? cancelled() : refusalFor(error, given.path);
    if (refusal === null) throw error;
    this.refused.push({ fileName: given.name, error: refusal });
  }

  async #scratchDir(): Promise<string> {
    if (this.#scratch !== null) return this.#scratch;
    await mkdir(this.#options.scratchDir, { recursive: true });
    this.#scratch = await mkdtemp(join(this.#options.scratchDir, `utskick-${String(process.pid)}-`));
    return this.#scratch;
  }

  async #close(): Promise<void> {
    if (this.#scratch !== null) await rm(this.#scratch, { recursive: true, force: true });
    this.#scratch = null;
  }
}

interface Counts {
  readonly files: number;
  readonly refused: number;
}

interface ZipWork {
  readonly path: string;
  readonly name: string;
  /** Way to this zip inside the outermost one, each part ending with `/`; empty for that one itself. */
  readonly inner: string;
  readonly folder: string;
  readonly depth: number;
  readonly budget: ZipBudget;
  readonly found: ZipYield;
}

/** How a file begins, and whether that is all of it: of a file that is being written, or that comes slowly over a network, it need not be. */
interface FileHead {
  readonly start: Uint8Array;
  readonly isWhole: boolean;
}

/** A pipe that nobody writes to is opened without waiting for somebody who does. Windows has neither: the flag is nothing there. */
const openFlags = constants.O_RDONLY | constants.O_NONBLOCK;

/** Reads into `room`, in one go: for drops of thousands a turn of the event loop for each step takes several times as long. */
function headOf(path: string, room: Uint8Array): FileHead | 'folder' | 'other' {
  let file: number;
  try {
    file = openSync(path, openFlags);
  } catch (error) {
    return kindOfUnopened(path, error);
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile()) return found.isDirectory() ? 'folder' : 'other';
    const start = room.subarray(0, readSync(file, room));
    return { start, isWhole: start.length === found.size && found.size < room.length };
  } finally {
    closeSync(file);
  }
}

/** Throws again what kept a file from being opened. What can't even be looked at is left to the reading. */
function kindOfUnopened(path: string, error: unknown): 'folder' | 'other' {
  if (systemCode(error) === '') throw error;
  const found = statOrNull(path);
  if (found?.isFile() === true) throw error;
  return found?.isDirectory() === true ? 'folder' : 'other';
}

function statOrNull(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if (systemCode(error) === '') throw error;
    return null;
  }
}

/** The refusal behind what was thrown; null for a bug. */
function refusalFor(error: unknown, path: string): AppError | null {
  if (error instanceof IntakeStop) return error.error;
  const code = systemCode(error);
  if (code === '') return null;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return fail('STORAGE_FULL', 'There is no space left to unpack the zip. Free some and try again.').error;
  return fail('UNREADABLE', `${path} cannot be opened (${code}). Check that it is there and that you may read it.`, {
    path,
    cause: code,
  }).error;
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : '';
}

function tooLarge(fileSize: number, limit: number): AppError {
  return fail('FILE_TOO_LARGE', 'The file exceeds the limit of 100 MB.', { fileSize, limit }).error;
}

function cancelled(): AppError {
  return fail('CANCELLED', 'The import was cancelled. No invoice of this file was imported.').error;
}
