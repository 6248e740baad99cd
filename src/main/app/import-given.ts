// Imports what was given, whatever it is, as one drop: folders and zips are opened when their turn comes.

import type { LeftOutFile } from '../../shared/schema/batch.ts';
import type { AppContext } from './context.ts';
import { importBatch } from './import-batch.ts';
import type { FileToImport, ImportReport, ImportRequest } from './import-work.ts';

/** What an import did, with what it passed over. */
export interface GivenReport extends ImportReport {
  /** Files of folders and zips that are no invoice files. */
  readonly leftOut: readonly LeftOutFile[];
}

/** As importBatch; `files` may be folders and zips too. What was unpacked is removed again, however it ends. */
export async function importGiven(
  context: AppContext,
  request: ImportRequest & { readonly files: readonly FileToImport[] },
): Promise<GivenReport> {
  const opened = context.intake.open(request.files, request.signal);
  try {
    const report = await importBatch(context, { ...request, files: opened.files });
    const refused = opened.refused.map((file) => ({ ...file, problems: [] }));
    return { batches: report.batches, refused: [...refused, ...report.refused], leftOut: opened.leftOut };
  } finally {
    await opened.close();
  }
}
