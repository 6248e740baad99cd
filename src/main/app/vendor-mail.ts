// The e-mail to the billing system's vendor: each cause with places and the lines that stand there. What tells who a customer is, is covered.

import type { ProblemGroup, StoredProblem } from '../../shared/schema/problem.ts';
import { fillIn, reportWords } from '../../shared/words/report-words.ts';
import type { ReportWords } from '../../shared/words/report-words.ts';
import { wordsForProblem } from '../../shared/words/problem-words.ts';
import { writeCount } from '../../shared/words/value-words.ts';
import type { AppContext } from './context.ts';
import { localMoment, problemsOfCause } from './problem-report.ts';
import type { ProblemReport } from './problem-report.ts';
import { coveredSample } from './covered-sample.ts';
import { readSettings } from './workspace-settings.ts';

/** A composed e-mail. */
export interface VendorMail {
  readonly subject: string;
  readonly text: string;
  /** The same with less and less in it, for where there is little room. */
  readonly shorter: readonly string[];
  /** Findings under the filter that are not the vendor's to mend and therefore not in the text. */
  readonly leftOut: number;
}

/** Places shown with their line. */
const samplesOfCause = 3;
/** Places listed as numbers only. */
const listedPlaces = 20;

/** Composes it. Where no cause under the filter is the vendor's to mend, all are taken: somebody chose them. */
export async function composeVendorMail(context: AppContext, report: ProblemReport): Promise<VendorMail> {
  const { batch, match, language } = report;
  const words = reportWords[language];
  const all = context.store.reads.problemGroups(batch.id, match);
  const own = all.filter(({ sample }) => wordsForProblem(sample, language).mender === 'vendor');
  const groups = own.length === 0 ? all : own;
  const causes: CauseText[] = [];
  for (const [index, group] of groups.entries()) causes.push(await causeText(context, report, { index, group }));
  const count = sumOf(groups);
  const about = [
    [batch.format, batch.formatVersion].filter((part) => part !== null).join(' '),
    ...(batch.sourceBatchId === null ? [] : [`${words.sourceBatchId.toLowerCase()} ${batch.sourceBatchId}`]),
    localMoment(batch.importedAtMs),
  ].join(', ');
  const frame = (middle: readonly string[]): string =>
    [
      words.mailGreeting,
      '',
      fillIn(words.mailIntro, { file: batch.fileName, about, count: writeCount(count, language) }),
      `SHA-256: ${batch.sha256}`,
      '',
      ...middle,
      '',
      words.mailMasked,
      '',
      words.mailClosing,
      readSettings(context).organisation.name,
    ]
      .join('\n')
      .trimEnd()
      .concat('\n');
  const whole = frame(
    causes
      .map(({ heading, body }) => [heading, ...body].join('\n'))
      .flatMap((text) => [text, ''])
      .slice(0, -1),
  );
  const shorter = shorterSteps(causes.length).map((kept) =>
    frame([
      ...causes.slice(0, kept).map(({ heading, place }) => [heading, ...place].join('\n')),
      ...(kept < causes.length ? [fillIn(words.mailShort, { count: writeCount(causes.length - kept, language) })] : []),
    ]),
  );
  return {
    subject: fillIn(words.mailSubject, { file: batch.fileName }),
    text: whole,
    shorter,
    leftOut: sumOf(all) - count,
  };
}

interface CauseText {
  readonly heading: string;
  readonly body: readonly string[];
  /** The first place in one line. */
  readonly place: readonly string[];
}

async function causeText(
  context: AppContext,
  report: ProblemReport,
  { index, group }: { readonly index: number; readonly group: ProblemGroup },
): Promise<CauseText> {
  const { language } = report;
  const words = reportWords[language];
  const problems = problemsOfCause(context, report, { cause: group, most: samplesOfCause + listedPlaces });
  const { title } = wordsForProblem(group.sample, language);
  const heading = fillIn(words.mailCause, {
    number: index + 1,
    title,
    severity: words.severity[group.severity].toLowerCase(),
    rule: group.ruleId,
    places: writeCount(group.count, language),
  });
  const body: string[] = [];
  for (const problem of problems.slice(0, samplesOfCause)) {
    const sample = await coveredSample(context, problem);
    const { message, suggestion } = wordsForProblem(sample.problem, language);
    if (body.length === 0 && suggestion !== '') body.push(`   ${words.suggestion}: ${suggestion}`);
    body.push(`   ${placeOf(problem, words)} ${message}`, ...sample.lines.map((line) => `      ${line}`));
  }
  const rest = problems.slice(samplesOfCause).filter(({ line }) => line !== null);
  const unlisted = group.count - Math.min(group.count, samplesOfCause) - rest.length;
  if (rest.length > 0) {
    const list = rest.map(({ line, column }) => `${String(line)}:${String(column ?? 1)}`).join(', ');
    const more = unlisted > 0 ? ` ${fillIn(words.mailAndMore, { count: writeCount(unlisted, language) })}` : '';
    body.push(`   ${fillIn(words.mailMorePlaces, { list })}${more}`);
  }
  const [first] = problems;
  return { heading, body, place: first === undefined ? [] : [`   ${placeOf(first, words).replace(/:$/u, '')}`] };
}

function placeOf({ line, column, invoiceNumber }: StoredProblem, words: ReportWords): string {
  if (line === null) return `${words.wholeFile}:`;
  const text = invoiceNumber === null ? words.mailPlace : words.mailPlaceInvoice;
  return fillIn(text, { line, column: column ?? 1, invoice: invoiceNumber ?? '' });
}

/** How many causes each shorter text keeps: all, then fewer and fewer. */
function shorterSteps(causes: number): readonly number[] {
  return [causes, 20, 12, 8, 5, 3, 2, 1, 0].filter((kept, index) => index === 0 || kept < causes);
}

function sumOf(groups: readonly ProblemGroup[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}
