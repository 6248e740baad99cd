// Reads a file that is one invoice whole, for drops of thousands of them; leaves files of many invoices to read-file. Runs in the XML worker.

import type { ParsedInvoiceRow, SingleReading } from '../ports/import-source.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import { detectFile } from './detect-file.ts';
import { readFile, readSingleSource } from './read-file.ts';
import type { ReadFileOptions, ReadFileResult } from './read-file.ts';
import { refuseCancelled } from './refusal.ts';
import { openSmallSource } from './small-source.ts';

type Options = Omit<ReadFileOptions, 'onChunk'>;

/** What the file is, read and checked when it is one invoice. Codes of a refusal as {@link readFile}. */
export async function readSingle(path: string, options: Options): Promise<SingleReading> {
  if (options.signal.aborted) return { kind: 'refused', refusal: refuseCancelled() };
  const source = openSmallSource(path);
  const quick = source === null ? null : await collected(options, (all) => readSingleSource(source, all));
  if (quick !== null && quick.kind !== 'refused') return quick;
  // Anything unusual goes the same way as a file that came alone.
  const detected = await detectFile(path, options.profiles);
  if (!detected.ok) return { kind: 'refused', refusal: detected.refusal };
  if (!detected.isSingleInvoice) return { kind: 'several' };
  return quick ?? collected(options, (all) => readFile(path, all));
}

async function collected(
  options: Options,
  read: (all: ReadFileOptions) => Promise<ReadFileResult | null>,
): Promise<SingleReading> {
  const rows: ParsedInvoiceRow[] = [];
  const problems: Problem[] = [];
  const result = await read({
    ...options,
    onChunk: (chunk) => {
      rows.push(...chunk.rows);
      for (const problem of chunk.problems) problems.push(problem);
      return Promise.resolve();
    },
  });
  if (result === null) return { kind: 'several' };
  return result.ok
    ? { kind: 'single', rows, problems, file: result.file }
    : { kind: 'refused', refusal: result.refusal };
}
