// Reads a file that is one invoice whole, for drops of thousands of them; leaves files of many invoices to read-file. Runs in the XML worker.

import type { ParsedChunk, ParsedInvoiceRow, SingleReading, SingleToRead } from '../ports/import-source.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import { FileCollector } from './collect-file.ts';
import { readAlike } from './read-alike.ts';
import { readFile, readSingleSource } from './read-file.ts';
import type { ReadFileOptions } from './read-file.ts';
import { detectSource } from './read-source.ts';
import { refuseCancelled, refuseSize } from './refusal.ts';
import { smallSource } from './small-source.ts';

type Options = Omit<ReadFileOptions, 'onChunk'>;

/**
 * What the file is, read and checked when it is one invoice. Codes of a refusal as {@link readFile}; what is held in memory is never refused for
 * what it is, but `unusual`. One that begins as another one that was held is answered at once.
 */
export function readSingle(file: SingleToRead, options: Options): SingleReading | Promise<SingleReading> {
  if (options.signal.aborted) return { kind: 'refused', refusal: refuseCancelled() };
  if ('path' in file) return readAsFile(file.path, options);
  return readKnown(file.bytes, options) ?? readHeld(file.bytes, options);
}

const noHeader = new Map<number, never>();

function readKnown(bytes: Uint8Array, options: Options): SingleReading | null {
  const isTried = options.alike !== undefined && refuseSize(bytes.length) === null;
  const document = isTried ? readAlike(bytes, options.alike) : null;
  if (document === null) return null;
  const { head, context } = document.known;
  const { profile, root } = head;
  const collector = new FileCollector(options, head.decoder.encoding);
  collector.add(document.invoice, profile);
  const { rows, problems } = collector.take();
  const { lines } = document;
  const file = collector.summary({
    profile,
    context,
    rootPlace: root.place,
    header: noHeader,
    invoiceCount: 1,
    lines,
  });
  return { kind: 'single', format: profile.profile.format, rows, problems, file };
}

async function readHeld(bytes: Uint8Array, options: Options): Promise<SingleReading> {
  const source = smallSource(bytes);
  if (source === null) return { kind: 'unusual' };
  const chunks = new Chunks();
  const quick = await readSingleSource(source, { ...options, onChunk: chunks.take });
  if (quick === null) return { kind: 'several' };
  return quick.ok && quick.profile !== null
    ? { kind: 'single', format: quick.profile.profile.format, ...chunks.taken, file: quick.file }
    : { kind: 'unusual' };
}

/** The same way as a file that came alone. */
async function readAsFile(path: string, options: Options): Promise<SingleReading> {
  const detected = await detectSource(path, options.profiles);
  if (!detected.ok) return { kind: 'refused', refusal: detected.refusal };
  if (!detected.isSingleInvoice) return { kind: 'several' };
  const all = new Chunks();
  const read = await readFile(path, { ...options, onChunk: all.take });
  return read.ok
    ? { kind: 'single', format: detected.format, ...all.taken, file: read.file }
    : { kind: 'refused', refusal: read.refusal };
}

/** Everything handed on of one file. */
class Chunks {
  readonly #rows: ParsedInvoiceRow[] = [];
  readonly #problems: Problem[] = [];

  readonly take = (chunk: ParsedChunk): Promise<void> => {
    this.#rows.push(...chunk.rows);
    for (const problem of chunk.problems) this.#problems.push(problem);
    return Promise.resolve();
  };

  get taken(): { readonly rows: readonly ParsedInvoiceRow[]; readonly problems: readonly Problem[] } {
    return { rows: this.#rows, problems: this.#problems };
  }
}
