// Chooses how a file is read: as XML, and as CSV when it is none and begins with an invoice's columns. XML pays nothing for it.

import type { FileRefusal } from '../ports/import-source.ts';
import { isStatementCsv } from './csv-source.ts';
import { csvProfile } from './csv-profile.ts';
import { detectFile } from './detect-file.ts';
import type { Detection } from './detect-file.ts';
import type { ProfileSet } from './load-profiles.ts';
import { readCsvFile } from './read-csv-file.ts';
import { readFile } from './read-file.ts';
import type { ReadFileOptions, ReadFileResult } from './read-file.ts';

/** As readFile, for every format. */
export async function readSource(path: string, options: ReadFileOptions): Promise<ReadFileResult> {
  const read = await readFile(path, options);
  if (read.ok || !mayBeCsv(read.refusal)) return read;
  return (await isStatementCsv(path)) ? readCsvFile(path, options) : read;
}

/** As detectFile, for every format. */
export async function detectSource(path: string, profiles: ProfileSet): Promise<Detection> {
  const detected = await detectFile(path, profiles);
  if (detected.ok || !mayBeCsv(detected.refusal) || !(await isStatementCsv(path))) return detected;
  return { ok: true, format: csvProfile().profile.format, isSingleInvoice: false };
}

/** A file that is no XML, or too small for one (1 KB). No row was handed on of such a one: it ends at its first character. */
function mayBeCsv({ error }: FileRefusal): boolean {
  if (error.code === 'INVALID_XML') return true;
  const { fileSize, minimum } = error.details ?? {};
  return error.code === 'FILE_TOO_LARGE' && Number(fileSize) > 0 && Number(fileSize) < Number(minimum);
}
