// Reads a file that is one invoice whole, for drops of thousands of them; leaves files of many invoices to read-file. Runs in the XML worker.

import type { ParsedInvoiceRow, SingleReading } from '../ports/import-source.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import { detectFile } from './detect-file.ts';
import { readFile } from './read-file.ts';
import type { ReadFileOptions } from './read-file.ts';
import { refuseCancelled } from './refusal.ts';

/** What the file is, read and checked when it is one invoice. Codes of a refusal as {@link readFile}. */
export async function readSingle(path: string, options: Omit<ReadFileOptions, 'onChunk'>): Promise<SingleReading> {
  if (options.signal.aborted) return { kind: 'refused', refusal: refuseCancelled() };
  const detected = await detectFile(path, options.profiles);
  if (!detected.ok) return { kind: 'refused', refusal: detected.refusal };
  if (!detected.isSingleInvoice) return { kind: 'several' };
  const rows: ParsedInvoiceRow[] = [];
  const problems: Problem[] = [];
  const read = await readFile(path, {
    ...options,
    onChunk: (chunk) => {
      rows.push(...chunk.rows);
      for (const problem of chunk.problems) problems.push(problem);
      return Promise.resolve();
    },
  });
  return read.ok
    ? { kind: 'single', format: detected.format, rows, problems, file: read.file }
    : { kind: 'refused', refusal: read.refusal };
}
