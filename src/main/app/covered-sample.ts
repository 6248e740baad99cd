// A problem and the piece of the source where it stands, fit to leave the house: whoever the customer is cannot be read from it.

import type { FieldPlace, Invoice } from '../../shared/schema/invoice.ts';
import type { Problem, StoredProblem } from '../../shared/schema/problem.ts';
import { coverOccurrences, coverStretches, coverText } from '../domain/cover-text.ts';
import type { Stretch } from '../domain/cover-text.ts';
import { coverPersonalNumbersIn } from '../domain/masking.ts';
import type { AppContext } from './context.ts';
import { readInvoice } from './read-invoice.ts';
import { sourceWindow } from './view-source.ts';

/** A problem with its line; the lines are the excerpt and a mark below it, none where the source cannot be shown safely. */
export interface CoveredSample {
  readonly problem: Problem;
  readonly lines: readonly string[];
}

/** Characters shown before and after the place. */
const before = 60;
const after = 80;

/** Reads the place and covers it. An invoice that cannot be read again shows no line, and what was found is covered whole. */
export async function coveredSample(context: AppContext, problem: StoredProblem): Promise<CoveredSample> {
  if (problem.line === null) return { problem, lines: [] };
  if (problem.invoiceOrdinal === null) return { problem, lines: await excerpt(context, problem, wholeFile(problem)) };
  const row = context.store.reads.invoiceAt(problem.batchId, problem.invoiceOrdinal);
  const source = row === null ? null : context.store.reads.invoiceSource(row.id);
  const read = row === null ? null : await readInvoice(context, row.id);
  if (source === null || read?.ok !== true) return { problem: coverProblem(problem, null), lines: [] };
  const { invoice, places } = read.value;
  const personal = places.filter(({ field }) => isPersonal(field));
  const last = places.reduce((end, place) => later(end, { line: place.endLine, column: place.endColumn }), {
    line: problem.endLine ?? problem.line,
    column: problem.endColumn ?? problem.column ?? 1,
  });
  const texts = [...personal.map(({ text }) => text), ...personalTexts(invoice)];
  const lines = await excerpt(context, problem, { start: source.place, end: last, personal, texts });
  return { problem: coverProblem(problem, { personal, texts }), lines };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** What may be shown, and what of it is to be covered. */
interface Surroundings {
  readonly start: Place;
  /** Just after the last character that may be shown. */
  readonly end: Place;
  readonly personal: readonly FieldPlace[];
  readonly texts: readonly string[];
}

/** A problem of the file as a whole: nothing after its own value, where the first invoice may begin. */
function wholeFile(problem: StoredProblem): Surroundings {
  const line = problem.endLine ?? problem.line ?? 1;
  return {
    start: { line: 1, column: 1 },
    end: { line, column: problem.endColumn ?? (problem.column ?? 1) + 1 },
    personal: [],
    texts: [],
  };
}

/** The customer's name and ways to reach them; the town stays, rules are about it. */
function isPersonal(field: string): boolean {
  if (field.startsWith('seller.')) return false;
  return /^buyer\.(?:name|email|phone|contactName)$|(?:^|\.)street2?$|^notes/u.test(field);
}

function personalTexts({ buyer, metering }: Invoice): readonly string[] {
  const streets = [buyer.address, metering?.siteAddress ?? null].flatMap((address) => [
    address?.street ?? null,
    address?.street2 ?? null,
  ]);
  return [buyer.name, buyer.email, buyer.phone, buyer.contactName, ...streets].filter((text) => text !== null);
}

function coverProblem(
  problem: Problem,
  known: { readonly personal: readonly FieldPlace[]; readonly texts: readonly string[] } | null,
): Problem {
  const { line, column } = problem;
  const isOnPersonal =
    known === null ||
    known.personal.some(
      (place) =>
        place.line === line &&
        place.column <= (column ?? 1) &&
        (place.endLine > line || place.endColumn >= (column ?? 1)),
    );
  const cover = (text: string): string => coverPersonalNumbersIn(coverOccurrences(text, known?.texts ?? []));
  const coverFound = (text: string): string => (isOnPersonal ? coverText(text) : cover(text));
  const found = problem.found === null ? null : coverFound(problem.found);
  const params = Object.fromEntries(
    Object.entries(problem.params).map(([name, value]) => [
      name,
      typeof value !== 'string' ? value : value === problem.found ? coverFound(value) : cover(value),
    ]),
  );
  return { ...problem, found, expected: problem.expected === null ? null : cover(problem.expected), params };
}

/** The line around the place with what is personal covered, and a caret under the place. */
async function excerpt(context: AppContext, problem: StoredProblem, around: Surroundings): Promise<readonly string[]> {
  const { batchId, fileOrdinal } = problem;
  const line = problem.line ?? 1;
  const column = problem.column ?? 1;
  const window = await sourceWindow(context, { batchId, fileOrdinal }, { line, column, before: 0, after: 0 });
  const shown = window.ok ? window.value.lines[0] : undefined;
  if (shown === undefined) return [];
  const first = shown.startColumn;
  const points = Array.from(coverStretches(shown.text, stretchesOn(line, first, around.personal)));
  const from = Math.max(around.start.line === line ? around.start.column - first : 0, column - first - before, 0);
  const end = around.end.line === line ? around.end.column - first : points.length;
  const to = Math.min(points.length, end, column - first + after);
  const cut = points.slice(from, Math.max(from, to)).join('');
  const text = coverOccurrences(cut, around.texts).replace(/\p{Cc}/gu, ' ');
  if (text.trim() === '') return [];
  const isCutBefore = from > 0 && from === column - first - before;
  const isCutAfter = to < points.length && to === column - first + after;
  const indent = isCutBefore ? 0 : text.length - text.trimStart().length;
  const caret = column - first - from - indent + (isCutBefore ? 1 : 0);
  const shownText = `${isCutBefore ? '…' : ''}${text.slice(indent).trimEnd()}${isCutAfter ? '…' : ''}`;
  return caret < 0 ? [shownText] : [shownText, `${' '.repeat(caret)}^`];
}

function stretchesOn(line: number, firstColumn: number, places: readonly FieldPlace[]): readonly Stretch[] {
  return places
    .filter((place) => place.line <= line && place.endLine >= line)
    .map((place) => ({
      from: (place.line === line ? place.column : 1) - firstColumn,
      to: place.endLine === line ? place.endColumn - firstColumn : Number.MAX_SAFE_INTEGER,
    }));
}

function later(one: Place, other: Place): Place {
  return other.line > one.line || (other.line === one.line && other.column > one.column) ? other : one;
}
