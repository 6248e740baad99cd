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

/** Places listed for each cause: more make a page that no browser prints. */
const mostPlaces = 500;

const style = `
  :root { color-scheme: light; }
  body { margin: 0 auto; padding: 24px; max-width: 1080px; color: #1c1d20; background: #fff;
    font: 14px/1.45 "Segoe UI", -apple-system, "Noto Sans", system-ui, sans-serif; font-variant-numeric: tabular-nums; }
  h1 { margin: 0 0 12px; font-size: 22px; }
  h2 { margin: 32px 0 4px; font-size: 16px; }
  p { margin: 4px 0; max-width: 75ch; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0 0 20px; }
  dt, .rule, .soft { color: #53565d; }
  dd { margin: 0; overflow-wrap: anywhere; }
  table { width: 100%; margin: 8px 0; border-collapse: collapse; }
  th, td { padding: 4px 8px; border-bottom: 1px solid #d8d8d4; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
  th { color: #53565d; font-weight: 600; white-space: nowrap; overflow-wrap: normal; }
  .number { text-align: right; white-space: nowrap; }
  code, .rule { font-family: Consolas, "DejaVu Sans Mono", monospace; font-size: 12.5px; }
  .error { color: #b3232b; } .warning { color: #8f4a06; } .info { color: #4d5a6e; }
  @media print {
    body { padding: 0; max-width: none; font-size: 10pt; }
    h2 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; }
  }`;

/** The whole page as text. */
export async function problemPageHtml(context: AppContext, report: ProblemReport): Promise<string> {
  const { batch, match, language } = report;
  const words = reportWords[language];
  const title = escaped(fillIn(words.title, { file: batch.fileName }));
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
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${style}
</style>
</head>
<body>
<h1>${title}</h1>
${aboutBatch(report, words)}
${groups.length === 0 ? `<p>${escaped(words.none)}</p>` : overview(report, groups)}
${sections.join('\n')}
</body>
</html>
`;
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
  const facts: readonly (readonly [string, string | null])[] = [
    [words.file, batch.fileName],
    [words.sha256, batch.sha256],
    [words.format, [batch.format, batch.formatVersion].filter((part) => part !== null).join(' ')],
    [words.seller, batch.sellerName],
    [words.sourceBatchId, batch.sourceBatchId],
    [words.imported, `${localMoment(batch.importedAtMs)} ${fillIn(words.importedBy, { who: batch.importedBy })}`],
    [words.invoices, writeCount(batch.read, language)],
    [words.shown, shown.length === 0 ? null : shown.join(' · ')],
  ];
  const rows = facts.flatMap(([name, value]) =>
    value === null ? [] : [`<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`],
  );
  return `<dl>\n${rows.join('\n')}\n</dl>`;
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

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/gu, (character) => entities[character] ?? character);
}
