// An invoice's history as a text to save or print: every state and attempt, in local time with the zone, receipts with their hashes.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { InvoiceRow } from '../../shared/schema/batch.ts';
import type { Delivery, TimelineEntry } from '../../shared/schema/delivery.ts';
import type { Language } from '../../shared/schema/settings.ts';
import type { TimelineForm } from '../../shared/schema/timeline.ts';
import { wordsForCause } from '../../shared/words/cause-words.ts';
import { fillIn } from '../../shared/words/report-words.ts';
import { timelineWords, wordsForEntry, wordsForLookUp } from '../../shared/words/timeline-words.ts';
import { writeMoney } from '../../shared/words/value-words.ts';
import { csvCell } from '../domain/csv-cell.ts';
import { safeFilePart } from '../domain/document-name.ts';
import type { AppContext } from './context.ts';
import { maskedEntry } from './invoice-detail.ts';
import { escaped, factList, reportPage } from './report-html.ts';
import { isoLocal, zonedMoment, zoneName } from './zoned-moment.ts';

/** Facts that the sentence, the cause or a column of its own tells. */
const toldFacts = ['connection', 'number', 'outcome', 'phase', 'code', 'detail', 'reason', 'receiptId', 'startedAtMs'];

interface History {
  readonly row: InvoiceRow;
  readonly deliveries: readonly Delivery[];
  readonly entries: readonly TimelineEntry[];
  readonly language: Language;
}

/** Errors: NOT_FOUND. Personal numbers are masked. */
export function exportTimeline(
  context: Pick<AppContext, 'store'>,
  invoiceId: number,
  { form, language }: { readonly form: TimelineForm; readonly language: Language },
): Result<{ readonly fileName: string; readonly text: string }> {
  const { reads } = context.store;
  const row = reads.invoice(invoiceId);
  if (row === null) return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  const history: History = {
    row,
    deliveries: reads.invoiceDeliveries(invoiceId),
    entries: reads.timeline(invoiceId).map(maskedEntry),
    language,
  };
  const write = { csv: csvOf, json: jsonOf, html: htmlOf }[form];
  return ok({ fileName: `${safeFilePart(row.invoiceNumber)}-timeline.${form}`, text: write(history) });
}

/** The history as lines for a terminal. Errors: NOT_FOUND. */
export function timelineLines(
  context: Pick<AppContext, 'store'>,
  invoiceId: number,
  language: Language,
): Result<readonly string[]> {
  const { reads } = context.store;
  if (reads.invoice(invoiceId) === null) return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  return ok(
    reads.timeline(invoiceId).map((given) => {
      const entry = maskedEntry(given);
      const more = detailsOf(entry, language).join('; ');
      return `${zonedMoment(entry.atMs)}  ${wordsForEntry(entry, language)}${more === '' ? '' : `: ${more}`}  (${entry.actor})`;
    }),
  );
}

/** What stands beside the sentence: cause, what a look-up saw, reason, the peer's words, the receipt. */
function detailsOf(entry: TimelineEntry, language: Language): readonly string[] {
  const { code, detail, reason } = entry.facts;
  const words = typeof detail === 'string' ? detail : null;
  const lookUp = wordsForLookUp(entry, language);
  return [
    ...(entry.kind === 'attempt' && typeof code === 'string' && code !== ''
      ? [wordsForCause({ code, detail: words, isRetried: false }, language).title]
      : []),
    ...(lookUp === null ? [] : [lookUp]),
    ...(typeof reason === 'string' && reason !== '' ? [fillIn(timelineWords[language].reason, { reason })] : []),
    ...(words === null || words === '' ? [] : [words]),
    ...receiptOf(entry).map(([name, value]) => `${name} ${value}`),
  ];
}

function receiptOf(entry: TimelineEntry): readonly (readonly [string, string])[] {
  if (entry.kind !== 'attempt') return [];
  return Object.entries(entry.facts).flatMap(([name, value]) =>
    toldFacts.includes(name) || value === null ? [] : [[name, String(value)] as const],
  );
}

/** Begins with a byte order mark; cells are safe from being taken for formulas. */
function csvOf({ entries, row, language }: History): string {
  const columns = [
    'at',
    'startedAt',
    'zone',
    'invoiceNumber',
    'event',
    'text',
    'details',
    'actor',
    'connection',
    'attempt',
    'outcome',
    'phase',
    'code',
    'receiptSha256',
  ];
  const lines = entries.map((entry) => {
    const { connection, number, outcome, phase, code, receiptSha256, startedAtMs } = entry.facts;
    return [
      isoLocal(entry.atMs),
      typeof startedAtMs === 'number' ? isoLocal(startedAtMs) : null,
      zoneName(),
      row.invoiceNumber,
      entry.kind,
      wordsForEntry(entry, language),
      detailsOf(entry, language).join('; '),
      entry.actor,
      connection ?? null,
      entry.kind === 'attempt' ? (number ?? null) : null,
      outcome ?? null,
      phase ?? null,
      code ?? null,
      receiptSha256 ?? null,
    ];
  });
  return `\uFEFF${[columns, ...lines].map((cells) => `${cells.map(csvCell).join(';')}\r\n`).join('')}`;
}

function jsonOf({ entries, row, deliveries, language }: History): string {
  const history = {
    invoiceNumber: row.invoiceNumber,
    batchId: row.batchId,
    state: row.state,
    zone: zoneName(),
    deliveries: deliveries.map(({ id, connectionName, channel, target, state, documentSha256 }) => ({
      id,
      connection: connectionName,
      channel,
      target,
      state,
      documentSha256,
    })),
    entries: entries.map((entry) => ({ at: isoLocal(entry.atMs), text: wordsForEntry(entry, language), ...entry })),
  };
  return `${JSON.stringify(history, null, 2)}\n`;
}

function htmlOf({ entries, row, deliveries, language }: History): string {
  const words = timelineWords[language];
  const amount = row.payableMinor === null ? null : writeMoney(row.payableMinor, row.currency, language);
  const facts = factList([
    [words.customer, row.customerName],
    [words.amount, amount],
    ...deliveries.map(({ documentSha256 }) => [words.document, documentSha256] as const),
  ]);
  const rows = entries.map((entry) => {
    const details = detailsOf(entry, language).map((text) => `<div class="soft">${escaped(text)}</div>`);
    const event = `${escaped(wordsForEntry(entry, language))}${details.join('')}`;
    return `<tr><td class="moment">${escaped(zonedMoment(entry.atMs))}</td><td>${event}</td><td>${escaped(entry.actor)}</td></tr>`;
  });
  const body = `${facts}
<p class="soft">${escaped(fillIn(words.zone, { zone: zoneName() }))}</p>
<table>
<thead><tr><th>${escaped(words.at)}</th><th>${escaped(words.event)}</th><th>${escaped(words.actor)}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
  return reportPage({ language, title: fillIn(words.title, { number: row.invoiceNumber }), body });
}
