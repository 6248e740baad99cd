// The journal of what was sent: a file beside the database with one line for each delivery and each act on an order, durable before anything can
// have an effect at a peer. A database that knows less than its journal was restored from a copy. Only lines are read and written here; restored.ts judges them.

import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { orderActKinds } from '../../shared/schema/orders.ts';
import type { StoreFailure } from '../ports/store.ts';

const sentActSchema = z.object({
  kind: z.enum(orderActKinds),
  peerOrderId: z.string(),
  amountMinor: z.number().int().nullable(),
  currency: z.string().nullable(),
  positions: z.array(z.number().int()).nullable(),
});
/** What was about to be done to an order beside its deliveries. Who did it, and why, stands in the audit log alone. */
export type SentAct = z.infer<typeof sentActSchema>;

/** One delivery, or one act on an order, that was about to be sent. */
export interface SentLine {
  /** Rises with each that is marked as sending. */
  readonly seq: number;
  readonly atMs: number;
  /** Of the delivery; for an act, of the delivery that made its order. */
  readonly idempotencyKey: string;
  /** Hash of seller and invoice number. */
  readonly businessKey: string;
  /** Null: a delivery. */
  readonly act: SentAct | null;
}

/** What the file says about itself and its end. */
export type JournalHead =
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'there'; readonly storeId: string; readonly fromSeq: number; readonly lastSeq: number };

/** The journal of one database. */
export interface SentJournal {
  /** Written through to the disk when it returns. Throws a StoreFailure; nothing of it is in the file then. */
  append(lines: readonly SentLine[]): void;
  head(): JournalHead;
  /** All whole lines; `isDamaged` when others stand between them. */
  read(): { readonly lines: readonly SentLine[]; readonly isDamaged: boolean };
  /** Begins a new file; the old one is kept under `asideName` in the same folder. Throws a StoreFailure. */
  begin(storeId: string, fromSeq: number, asideName: string | null): void;
  close(): void;
}

const magic = 'utskick-sent-1';
/** Many lines; the last whole one is looked for here first. */
const tailBytes = 65_536;
/** In bytes, well above any delivery's line. */
const longestLine = 250;
const lineForm = /^(\d+)\t(\d+)\t([0-9a-f]{64})\t([0-9a-f]{64})(?:\t([\w-]+))?\t([0-9a-f]{8})$/u;

/** The journal's place beside a database. */
export function journalPath(databasePath: string): string {
  return `${databasePath.replace(/\.db$/u, '')}.sent`;
}

/** Opens nothing until it is needed. */
export function createSentJournal(path: string): SentJournal {
  return new FileJournal(path);
}

class FileJournal implements SentJournal {
  readonly #path: string;
  #file: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  append(lines: readonly SentLine[]): void {
    if (lines.length === 0) return;
    guarded(() => {
      this.#file ??= openForAppending(this.#path);
      appendWhole(this.#file, lines.map(lineText).join(''));
    });
  }

  head(): JournalHead {
    const file = openIfThere(this.#path);
    if (file === null) return { kind: 'missing' };
    try {
      const { size } = fstatSync(file);
      const header = headerOf(readAt(file, 0, Math.min(size, 200)));
      if (header === null) return { kind: 'damaged' };
      const lastSeq = lastSeqIn(file, size);
      // More than a torn line behind the header, and not one that can be read.
      if (lastSeq === null && size > 2 * longestLine) return { kind: 'damaged' };
      return { kind: 'there', ...header, lastSeq: lastSeq ?? header.fromSeq };
    } finally {
      closeSync(file);
    }
  }

  read(): { readonly lines: readonly SentLine[]; readonly isDamaged: boolean } {
    const texts = readFileSync(this.#path, 'latin1').split('\n');
    // The last piece is empty, or a line whose writing was cut: it was never durable, so nothing was sent for it.
    const parsed = texts.slice(1, -1).map(parseLine);
    const lines = parsed.filter((line) => line !== null);
    return { lines, isDamaged: lines.length < parsed.length };
  }

  begin(storeId: string, fromSeq: number, asideName: string | null): void {
    guarded(() => {
      this.close();
      const fresh = `${this.#path}.new`;
      const file = openSync(fresh, 'w');
      try {
        writeSync(file, `${magic}\t${storeId}\t${String(fromSeq)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      if (asideName !== null && openIfThere(this.#path, closeSync) !== null)
        renameSync(this.#path, `${dirname(this.#path)}/${asideName}`);
      renameSync(fresh, this.#path);
      syncFolder(dirname(this.#path));
    });
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

/** An act is one more field: JSON in base64url, which holds neither tab nor line break. */
function lineText({ seq, atMs, idempotencyKey, businessKey, act }: SentLine): string {
  const told = act === null ? '' : `\t${Buffer.from(JSON.stringify(act)).toString('base64url')}`;
  const body = `${String(seq)}\t${String(atMs)}\t${idempotencyKey}\t${businessKey}${told}`;
  return `${body}\t${checkOf(body)}\n`;
}

function parseLine(text: string): SentLine | null {
  const [, seq, atMs, idempotencyKey, businessKey, told, check] = lineForm.exec(text) ?? [];
  if (idempotencyKey === undefined || businessKey === undefined) return null;
  if (checkOf(text.slice(0, text.lastIndexOf('\t'))) !== check) return null;
  const line = { seq: Number(seq), atMs: Number(atMs), idempotencyKey, businessKey };
  if (told === undefined) return { ...line, act: null };
  const act = sentActSchema.safeParse(JSON.parse(Buffer.from(told, 'base64url').toString()));
  return act.success ? { ...line, act: act.data } : null;
}

function checkOf(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}

function headerOf(text: string): { readonly storeId: string; readonly fromSeq: number } | null {
  const [name, storeId, fromSeq] = text.slice(0, Math.max(0, text.indexOf('\n'))).split('\t');
  if (name !== magic || storeId === undefined || !/^\d+$/u.test(fromSeq ?? '')) return null;
  return { storeId, fromSeq: Number(fromSeq) };
}

/** The highest number in the file's last piece; null when there is no line in it. */
function lastSeqIn(file: number, size: number): number | null {
  const text = readAt(file, Math.max(0, size - tailBytes), Math.min(size, tailBytes));
  const found = text.split('\n').flatMap((line) => parseLine(line)?.seq ?? []);
  return found.length === 0 ? null : Math.max(...found);
}

function openIfThere(path: string, use: (file: number) => void = () => undefined): number | null {
  try {
    const file = openSync(path, 'r');
    use(file);
    return file;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A line whose writing was cut by a power loss is taken off: it was never durable. */
function openForAppending(path: string): number {
  const file = openSync(path, 'r+');
  const { size } = fstatSync(file);
  const tail = readAt(file, Math.max(0, size - tailBytes), Math.min(size, tailBytes));
  const torn = tail.length - (tail.lastIndexOf('\n') + 1);
  if (torn > 0) ftruncateSync(file, size - torn);
  return file;
}

/** All of it, or nothing. */
function appendWhole(file: number, text: string): void {
  const { size } = fstatSync(file);
  const bytes = Buffer.from(text, 'latin1');
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written, bytes.length - written, size + written);
    fdatasyncSync(file);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
}

function readAt(file: number, position: number, length: number): string {
  const buffer = Buffer.alloc(length);
  return buffer.toString('latin1', 0, readSync(file, buffer, 0, length, position));
}

/** A rename is durable only once its folder is; Windows has no such call and does not need it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (cause === null) throw error;
    const isForbidden = cause === 'EROFS' || cause === 'EACCES' || cause === 'EPERM';
    throw Object.assign(
      new Error('The journal of what is sent could not be written. Nothing was sent.', { cause: error }),
      { code: isForbidden ? ('STORE_READONLY' as const) : ('STORAGE_FULL' as const) },
    ) satisfies StoreFailure;
  }
}
