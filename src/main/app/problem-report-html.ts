// The problem report as one page that holds everything it needs: opens anywhere, prints, and loads nothing.

import type { ProblemGroup, StoredProblem } from '../../shared/schema/problem.ts';
import type { Waiver } from '../../shared/schema/rules.ts';
import type { ReportWords } from '../../shared/words/report-words.ts';
import { fillIn, reportWords } from '../../shared/words/report-words.ts';
import { wordsForProblem } from '../../shared/words/problem-words.ts';
import { writeCount } from '../../shared/words/value-words.ts';
import type { AppContext } from './context.ts';
import { nextTurn } from './next-turn.ts';
import { localMoment, problemsOfCause, waiverFinder } from './problem-report.ts';
import type { ProblemReport } from './problem-report.ts';
import { escaped, factList, reportPage } from './report-html.ts';

/** Places listed for each cause: more make a page that no browser prints. */
const mostPlaces = 500;

/** The whole page as text. */
export async function problemPageHtml(context: AppContext, report: ProblemReport): Promise<string> {
  const { batch, match, language } = report;
  const words = reportWords[language];
  const waiverOf = waiverFinder(context, batch.id);
  const groups = context.store.reads
    .problemGroups(batch.id, match)
    .map((group): ReportedGroup => ({ ...group, waiver: waiverOf(group) }));
  const sections: string[] = [];
  for (const group of groups) {
    const problems = problemsOfCause(context, report, { cause: group, most: mostPlaces });
    sections.push(causeSection(report, { group, problems, id: `cause-${String(sections.length + 1)}` }));
    await nextTurn();
  }
  const body = `${aboutBatch(report, words)}
${groups.length === 0 ? `<p>${escaped(words.none)}</p>` : overview(report, groups)}
${sections.join('\n')}`;
  return reportPage({ language, title: fillIn(words.title, { file: batch.fileName }), body });
}

/** A cause, and who has accepted it in this batch. */
interface ReportedGroup extends ProblemGroup {
  readonly waiver: Waiver | null;
}

function aboutBatch({ batch, filter, language }: ProblemReport, words: ReportWords): string {
  const shown = [
    ...filter.severities.map((severity) => words.severity[severity]),
    ...filter.ruleIds,
    ...filter.fields.map((field) => `${words.field} ${field}`),
    ...(filter.search.trim() === '' ? [] : [`${words.search} “${filter.search.trim()}”`]),
  ];
  return factList([
    [words.file, batch.fileName],
    [words.sha256, batch.sha256],
    [words.format, [batch.format, batch.formatVersion].filter((part) => part !== null).join(' ')],
    [words.seller, batch.sellerName],
    [words.sourceBatchId, batch.sourceBatchId],
    [words.imported, `${localMoment(batch.importedAtMs)} ${fillIn(words.importedBy, { who: batch.importedBy })}`],
    [words.invoices, writeCount(batch.read, language)],
    [words.shown, shown.length === 0 ? null : shown.join(' · ')],
  ]);
}

function overview({ language }: ProblemReport, groups: readonly ReportedGroup[]): string {
  const words = reportWords[language];
  const rows = groups.map(({ ruleId, severity, count, invoiceCount, sample, waiver }, index) => {
    const { title } = wordsForProblem(sample, language);
    return `<tr><td class="${severity}">${escaped(words.severity[severity])}${waiver === null ? '' : `, ${escaped(words.waived)}`}</td><td><a href="#cause-${String(index + 1)}">${escaped(title)}</a></td><td class="rule">${escaped(ruleId)}</td>${numbers(language, count, invoiceCount)}</tr>`;
  });
  const sumOf = (some: readonly ReportedGroup[]): number => some.reduce((sum, { count }) => sum + count, 0);
  const total = sumOf(groups.filter(({ waiver }) => waiver === null));
  const waived = sumOf(groups.filter(({ waiver }) => waiver !== null));
  const beside =
    waived === 0 ? '' : ` (${escaped(fillIn(words.waivedBeside, { count: writeCount(waived, language) }))})`;
  return `<table>
<thead><tr><th>${escaped(words.severityHead)}</th><th>${escaped(words.cause)}</th><th>${escaped(words.rule)}</th><th class="number">${escaped(words.places)}</th><th class="number">${escaped(words.invoices)}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
<tfoot><tr><th colspan="3">${escaped(words.sum)}${beside}</th><th class="number">${writeCount(total, language)}</th><th></th></tr></tfoot>
</table>`;
}

function numbers(language: ProblemReport['language'], ...values: readonly number[]): string {
  return values.map((value) => `<td class="number">${writeCount(value, language)}</td>`).join('');
}

interface Cause {
  readonly group: ReportedGroup;
  readonly problems: readonly StoredProblem[];
  readonly id: string;
}

function causeSection(report: ProblemReport, { group, problems, id }: Cause): string {
  const { language } = report;
  const words = reportWords[language];
  const { title, suggestion, mender } = wordsForProblem(group.sample, language);
  const rows = problems.map((problem) => {
    const { message } = wordsForProblem(problem, language);
    const cells = [
      `<td class="number">${problem.line === null ? '–' : String(problem.line)}</td>`,
      `<td class="number">${problem.column === null ? '–' : String(problem.column)}</td>`,
      `<td>${escaped(problem.invoiceNumber ?? words.wholeFile)}</td>`,
      `<td>${code(problem.found)}</td>`,
      `<td>${code(problem.expected)}</td>`,
      `<td>${escaped(message)}</td>`,
    ];
    return `<tr>${cells.join('')}</tr>`;
  });
  const more =
    group.count > problems.length
      ? `<p class="soft">${escaped(fillIn(words.more, { shown: writeCount(problems.length, language), count: writeCount(group.count, language) }))}</p>`
      : '';
  return `<section>
<h2 id="${id}">${escaped(title)}</h2>
<p><span class="${group.severity}">${escaped(words.severity[group.severity])}</span> · <span class="rule">${escaped(group.ruleId)}</span> · ${escaped(words.places)}: ${writeCount(group.count, language)} · ${escaped(words.menderHead)}: ${escaped(words.mender[mender])}</p>
${suggestion === '' ? '' : `<p>${escaped(suggestion)}</p>`}${waiverLine(group.waiver, words)}
<table>
<thead><tr><th class="number">${escaped(words.line)}</th><th class="number">${escaped(words.column)}</th><th>${escaped(words.invoice)}</th><th>${escaped(words.found)}</th><th>${escaped(words.expected)}</th><th>${escaped(words.explanation)}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
${more}
</section>`;
}

function waiverLine(waiver: Waiver | null, words: ReportWords): string {
  if (waiver === null) return '';
  const { actor, atMs, reason } = waiver;
  return `\n<p>${escaped(fillIn(words.waivedBy, { who: actor, when: localMoment(atMs), reason }))}</p>`;
}

function code(text: string | null): string {
  return text === null || text === '' ? '' : `<code>${escaped(text)}</code>`;
}
