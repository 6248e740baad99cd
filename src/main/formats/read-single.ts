// Reads a file that is one invoice whole, for drops of thousands of them; leaves files of many invoices to read-file. Runs in the XML worker.

import type { ParsedChunk, ParsedInvoiceRow, SingleReading, SingleToRead } from '../ports/import-source.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import { readFile, readSingleSource } from './read-file.ts';
import type { ReadFileOptions } from './read-file.ts';
import { detectSource } from './read-source.ts';
import { refuseCancelled } from './refusal.ts';
import { openSmallSource } from './small-source.ts';

type Options = Omit<ReadFileOptions, 'onChunk'>;

/** What the file is, read and checked when it is one invoice. Codes of a refusal as {@link readFile}. */
export async function readSingle({ path, bytes }: SingleToRead, options: Options): Promise<SingleReading> {
  if (options.signal.aborted) return { kind: 'refused', refusal: refuseCancelled() };
  const source = openSmallSource(path, bytes);
  const chunks = new Chunks();
  const quick = source === null ? undefined : await readSingleSource(source, { ...options, onChunk: chunks.take });
  if (quick === null) return { kind: 'several' };
  if (quick?.ok === true && quick.profile !== null)
    return { kind: 'single', format: quick.profile.profile.format, ...chunks.taken, file: quick.file };
  // Anything unusual goes the same way as a file that came alone.
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
