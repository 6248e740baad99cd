// The problem report as CSV or JSON, to save or to send to the billing system's vendor.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { StoredProblem } from '../../shared/schema/problem.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { wordsForProblem } from '../../shared/words/problem-words.ts';
import { csvCell } from '../domain/csv-cell.ts';
import { safeFilePart } from '../domain/document-name.ts';
import type { AppContext } from './context.ts';
import { nextTurn } from './next-turn.ts';

const pageSize = 500;
const columns = [
  'severity',
  'ruleId',
  'line',
  'column',
  'path',
  'invoiceNumber',
  'found',
  'expected',
  'message',
  'suggestion',
] as const;

/** The whole report as text. Errors: NOT_FOUND. Other calls are let through after every 500 findings: there may be 200,000. */
export async function exportProblems(
  context: AppContext,
  request: { readonly batchId: string; readonly form: 'csv' | 'json'; readonly language: Language },
): Promise<Result<{ readonly fileName: string; readonly text: string }>> {
  const batch = context.store.reads.batch(request.batchId);
  if (batch === null) return fail('NOT_FOUND', 'There is no such batch.', { batchId: request.batchId });
  const fileName = `${safeFilePart(batch.fileName.replace(/\.[^.]*$/u, ''))}-problems.${request.form}`;
  const isJson = request.form === 'json';
  const pieces: string[] = [];
  for await (const problems of problemPages(context, batch.id)) {
    for (const problem of problems) {
      const row = { ...problem, ...wordsForProblem(problem, request.language) };
      pieces.push(isJson ? JSON.stringify(row) : columns.map((column) => csvCell(row[column])).join(';'));
    }
  }
  if (isJson) {
    const head = JSON.stringify({ batchId: batch.id, fileName: batch.fileName }).slice(0, -1);
    return ok({ fileName, text: `${head},"problems":[\n${pieces.join(',\n')}\n]}\n` });
  }
  // The byte order mark makes spreadsheet programs read the file as UTF-8.
  return ok({ fileName, text: `\uFEFF${[columns.join(';'), ...pieces].join('\r\n')}\r\n` });
}

async function* problemPages(context: AppContext, batchId: string): AsyncGenerator<readonly StoredProblem[]> {
  for (let offset = 0; ; offset += pageSize) {
    const { problems } = context.store.reads.problemPage(batchId, null, offset, pageSize);
    yield problems;
    if (problems.length < pageSize) return;
    await nextTurn();
  }
}
