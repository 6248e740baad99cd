// The problem report in the form that was asked for, with only what the filter shows: to save, to print, or to send to the billing system's vendor.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ProblemFilter, ReportForm, StoredProblem } from '../../shared/schema/problem.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { wordsForProblem } from '../../shared/words/problem-words.ts';
import { csvCell } from '../domain/csv-cell.ts';
import { safeFilePart } from '../domain/document-name.ts';
import { isMailbox } from '../../shared/mailbox.ts';
import { emlOf, mailtoOf, longestMailto } from '../domain/mail-draft.ts';
import type { MailDraft } from '../domain/mail-draft.ts';
import type { AppContext } from './context.ts';
import { matchOf } from './problem-match.ts';
import { problemPages, waiverFinder } from './problem-report.ts';
import type { ProblemReport } from './problem-report.ts';
import { problemPageHtml } from './problem-report-html.ts';
import { composeVendorMail } from './vendor-mail.ts';
import type { VendorMail } from './vendor-mail.ts';
import { readSettings } from './workspace-settings.ts';

const columns = [
  'severity',
  'ruleId',
  'title',
  'file',
  'line',
  'column',
  'path',
  'invoiceNumber',
  'found',
  'expected',
  'message',
  'suggestion',
  'mender',
  'waived',
] as const;

/** What to report on; an empty filter reports everything. */
export interface ReportRequest {
  readonly batchId: string;
  readonly filter: ProblemFilter;
  readonly language: Language;
  /** For the e-mail: the vendor's address, when it is known. */
  readonly to: string | null;
}

/** The report as text. CSV begins with a byte order mark and its cells are safe from being taken for formulas. Errors: NOT_FOUND, VALIDATION_ERROR (the vendor's address). */
export async function exportProblems(
  context: AppContext,
  request: ReportRequest & { readonly form: ReportForm },
): Promise<Result<{ readonly fileName: string; readonly text: string }>> {
  const report = reportOf(context, request);
  if (!report.ok) return report;
  const { batch } = report.value;
  const fileName = `${safeFilePart(batch.fileName.replace(/\.[^.]*$/u, ''))}-problems.${request.form}`;
  switch (request.form) {
    case 'csv':
      return ok({ fileName, text: await csvOf(context, report.value) });
    case 'json':
      return ok({ fileName, text: await jsonOf(context, report.value) });
    case 'html':
      return ok({ fileName, text: await problemPageHtml(context, report.value) });
    case 'eml':
      if (request.to !== null && !isMailbox(request.to))
        return fail('VALIDATION_ERROR', `"${request.to}" is not one e-mail address. Nothing was written.`, {
          address: request.to,
        });
      return ok({ fileName, text: emlOf(draftOf(context, request, await composeVendorMail(context, report.value))) });
  }
}

/** The e-mail to the vendor as subject, text and the address that opens a mail program with as much of it as such an address can hold. Errors: NOT_FOUND. */
export async function vendorMail(
  context: AppContext,
  request: ReportRequest,
): Promise<
  Result<{
    readonly subject: string;
    readonly text: string;
    readonly mailto: string;
    readonly isShortened: boolean;
    readonly leftOut: number;
  }>
> {
  const report = reportOf(context, request);
  if (!report.ok) return report;
  const mail = await composeVendorMail(context, report.value);
  const draft = draftOf(context, request, mail);
  const addresses = [mail.text, ...mail.shorter].map((text) => mailtoOf({ ...draft, text }));
  const [whole = ''] = addresses;
  const mailto = addresses.find((address) => address.length <= longestMailto) ?? mailtoOf({ ...draft, text: '' });
  return ok({ subject: mail.subject, text: mail.text, mailto, isShortened: mailto !== whole, leftOut: mail.leftOut });
}

function reportOf(context: AppContext, request: ReportRequest): Result<ProblemReport> {
  const batch = context.store.reads.batch(request.batchId);
  if (batch === null) return fail('NOT_FOUND', 'There is no such batch.', { batchId: request.batchId });
  const { filter, language } = request;
  return ok({ batch, filter, language, match: matchOf(filter, language) });
}

function draftOf(context: AppContext, request: ReportRequest, mail: VendorMail): MailDraft {
  const { email } = readSettings(context).organisation;
  return {
    from: email === '' ? null : email,
    to: request.to,
    subject: mail.subject,
    text: mail.text,
    dateMs: context.clock.nowMs(),
  };
}

async function csvOf(context: AppContext, report: ProblemReport): Promise<string> {
  const rows = await rowsOf(context, report, (row) => columns.map((column) => csvCell(row[column])).join(';'));
  // The byte order mark makes spreadsheet programs read the file as UTF-8.
  return `\uFEFF${[columns.join(';'), ...rows].join('\r\n')}\r\n`;
}

async function jsonOf(context: AppContext, report: ProblemReport): Promise<string> {
  const { batch, filter } = report;
  const rows = await rowsOf(context, report, (row) => JSON.stringify(row));
  const head = JSON.stringify({ batchId: batch.id, fileName: batch.fileName, sha256: batch.sha256, filter });
  return `${head.slice(0, -1)},"problems":[\n${rows.join(',\n')}\n]}\n`;
}

type ReportRow = StoredProblem &
  ReturnType<typeof wordsForProblem> & {
    readonly file: string;
    /** The reason, where the finding was accepted in this batch. */
    readonly waived: string | null;
  };

async function rowsOf(
  context: AppContext,
  report: ProblemReport,
  write: (row: ReportRow) => string,
): Promise<readonly string[]> {
  const names = new Map(
    context.store.reads.batchFiles(report.batch.id).map(({ ordinal, fileName }) => [ordinal, fileName]),
  );
  const waiverOf = waiverFinder(context, report.batch.id);
  const rows: string[] = [];
  for await (const problems of problemPages(context, report)) {
    for (const problem of problems) {
      const file = names.get(problem.fileOrdinal) ?? report.batch.fileName;
      rows.push(
        write({
          ...problem,
          ...wordsForProblem(problem, report.language),
          file,
          waived: waiverOf(problem)?.reason ?? null,
        }),
      );
    }
  }
  return rows;
}
