// Reads one Swedwise CSV from start to end: rows checked as invoices and handed on in chunks. The counterpart of read-file for what is not XML.

import { hash } from 'node:crypto';
import type { Problem } from '../../shared/schema/problem.ts';
import type { FileRefusal, ParsedInvoiceRow } from '../ports/import-source.ts';
import { checkInvoice } from './check-invoice.ts';
import { BatchCollector } from './collect-batch.ts';
import { readCsvHead, requiredCsvColumns } from './csv-head.ts';
import type { CsvHead } from './csv-head.ts';
import { createCsvFieldMap, csvInvoice } from './csv-invoice.ts';
import { csvProfile, csvProfileId } from './csv-profile.ts';
import { isBlankRow, scanRow } from './csv-rows.ts';
import type { CsvRow } from './csv-rows.ts';
import { openCsv } from './csv-source.ts';
import type { CsvPiece, CsvSource } from './csv-source.ts';
import { LineIndex } from './line-index.ts';
import { problemOf, problemOfFile } from './problem-of.ts';
import type { ReadFileOptions, ReadFileResult } from './read-file.ts';
import { refuseCancelled, refuseWithoutInvoices } from './refusal.ts';
import { placeAfter } from './text-place.ts';
import type { TextPlace } from './text-place.ts';

/** A chunk goes out when it holds this many rows, as in other formats. */
const rowsPerChunk = 500;
/** Characters of one row; beyond it a quotation mark is missing. */
const longestRow = 1_048_576;

/** Reads and checks a CSV. Codes: FILE_TOO_LARGE, UNREADABLE, INVALID_CSV, VALIDATION_ERROR (no invoices), CANCELLED. */
export async function readCsvFile(path: string, options: ReadFileOptions): Promise<ReadFileResult> {
  const opened = await openCsv(path);
  if (!opened.ok) return opened;
  try {
    return await new CsvReading(opened.source, options).run();
  } finally {
    await opened.source.close();
  }
}

class CsvReading {
  readonly #source: CsvSource;
  readonly #options: ReadFileOptions;
  readonly #profile = csvProfile();
  readonly #batch = new BatchCollector();
  readonly #lines: LineIndex;
  #head: CsvHead | null = null;
  #rows: ParsedInvoiceRow[] = [];
  #problems: Problem[] = [];
  #count = 0;
  /** What is read and not yet split, as text and as bytes, and where it begins. */
  #text = '';
  #bytes: Uint8Array = new Uint8Array(0);
  #byteOffset: number;
  #place: TextPlace = { line: 1, column: 1 };

  constructor(source: CsvSource, options: ReadFileOptions) {
    this.#source = source;
    this.#options = options;
    this.#lines = new LineIndex(source.encoding, source.bomLength);
    this.#byteOffset = source.bomLength;
  }

  async run(): Promise<ReadFileResult> {
    for await (const piece of this.#source.pieces()) {
      if (this.#options.signal.aborted) return { ok: false, refusal: refuseCancelled() };
      const refusal = this.#takePiece(piece);
      if (refusal !== null) return { ok: false, refusal };
      if (this.#rows.length >= rowsPerChunk) await this.#send();
    }
    if (this.#count === 0) return { ok: false, refusal: refuseWithoutInvoices('Row', { line: 1, column: 1 }) };
    await this.#send();
    return this.#options.signal.aborted ? { ok: false, refusal: refuseCancelled() } : this.#summary();
  }

  #takePiece(piece: CsvPiece): FileRefusal | null {
    this.#lines.add(piece.bytes, piece.byteOffset);
    this.#text += piece.text;
    this.#bytes = Buffer.concat([this.#bytes, piece.bytes]);
    let from = 0;
    while (from < this.#text.length) {
      const delimiter = this.#head?.delimiter ?? ',';
      // The header is split by hand: until it is read, nobody knows what separates.
      const row = scanRow(this.#text, from, { delimiter, isLast: piece.isLast });
      if (row === null) break;
      const refusal = this.#takeRow(row);
      if (refusal !== null) return refusal;
      const passed = this.#text.slice(from, row.next);
      const passedBytes = this.#source.decoder.byteLengthOf(passed);
      this.#bytes = this.#bytes.subarray(passedBytes);
      this.#byteOffset += passedBytes;
      this.#place = placeAfter(this.#place, passed, { from: 0, to: passed.length });
      from = row.next;
    }
    this.#text = this.#text.slice(from);
    return this.#text.length > longestRow ? this.#refuseQuote('tooLong', 0) : null;
  }

  #takeRow(row: CsvRow): FileRefusal | null {
    if (row.fault?.reason === 'unclosed') return this.#refuseQuote('unclosed', row.fault.at);
    if (this.#head === null) return isBlankRow(row) ? null : this.#takeHead(row);
    if (!isBlankRow(row)) this.#takeInvoice(row, this.#head);
    return null;
  }

  #takeHead(row: CsvRow): FileRefusal | null {
    const head = readCsvHead(row.text);
    this.#head = head;
    const missing = requiredCsvColumns.filter((name) => !head.columns.includes(name));
    if (missing.length === 0) return null;
    const problems = missing.map((name) =>
      problemOfFile(
        {
          ruleId: 'core.required',
          severity: 'error',
          found: null,
          expected: null,
          params: { field: name, element: name },
        },
        { path: name, ...this.#place, length: Array.from(row.text).length },
      ),
    );
    return refuseCsv(problems, `The header has no column ${missing.join(', ')}`);
  }

  #takeInvoice(row: CsvRow, head: CsvHead): void {
    const ordinal = this.#count++;
    const place = this.#place;
    const source = { row, head, profile: this.#profile, ordinal, place };
    const fieldMap = () => createCsvFieldMap(source);
    const read = csvInvoice(source);
    const checked = checkInvoice(
      { read, profile: this.#profile, text: () => row.text, fieldMap },
      this.#options,
      (invoice) => this.#batch.findDuplicate(invoice, { line: place.line, ordinal }),
    );
    const owner = { ordinal, invoiceNumber: checked.invoice.invoiceNumber };
    const problems = [...rowProblems(source, owner), ...checked.problems];
    const byteLength = this.#source.decoder.byteLengthOf(row.text);
    this.#rows.push(
      this.#batch.add(checked.invoice, problems, {
        ordinal,
        byteOffset: this.#byteOffset,
        byteLength,
        line: place.line,
        column: place.column,
        contentSha256: hash('sha256', this.#bytes.subarray(0, byteLength), 'hex'),
      }),
    );
    this.#problems.push(...problems);
  }

  #refuseQuote(reason: 'unclosed' | 'tooLong', at: number): FileRefusal {
    const place = placeAfter(this.#place, this.#text, { from: 0, to: at });
    const problem = problemOfFile(
      { ruleId: 'core.csv.quote', severity: 'error', found: null, expected: null, params: { reason } },
      { path: null, ...place, length: 1 },
    );
    return refuseCsv(
      [problem],
      reason === 'unclosed' ? 'A quotation mark is never closed' : 'A row has more than 1 MB',
    );
  }

  async #send(): Promise<void> {
    const chunk = { rows: this.#rows, problems: this.#problems, doneBytes: this.#byteOffset };
    this.#rows = [];
    this.#problems = [];
    await this.#options.onChunk(chunk);
  }

  #summary(): ReadFileResult {
    const { delimiter, columns: names } = this.#head ?? { delimiter: ',' as const, columns: [] };
    return {
      ok: true,
      file: {
        format: this.#profile.profile.format,
        formatVersion: this.#profile.profile.version,
        context: {
          encoding: this.#source.encoding,
          profileId: csvProfileId,
          namespaces: {},
          columns: { delimiter, names },
        },
        sourceBatchId: null,
        sellerName: null,
        periodStart: null,
        periodEnd: null,
        invoiceCount: this.#count,
        lineCount: this.#lines.lineCount,
        isSingleInvoice: false,
        lineIndex: this.#lines.offsets,
        problems: [],
      },
    };
  }
}

/** What is wrong with the row itself, beside its values. Empty fields at its end are what spreadsheets leave. */
function rowProblems(
  {
    row,
    head,
    ordinal,
    place,
  }: { readonly row: CsvRow; readonly head: CsvHead; readonly ordinal: number; readonly place: TextPlace },
  owner: Parameters<typeof problemOf>[2],
): Problem[] {
  const spanFrom = (at: number, to: number) => ({
    path: `Row[${String(ordinal)}]`,
    start: placeAfter(place, row.text, { from: 0, to: at }),
    end: placeAfter(place, row.text, { from: 0, to }),
  });
  const problems: Problem[] = [];
  const finding = { severity: 'error', field: '', found: null, expected: null } as const;
  if (row.fault !== null)
    problems.push(
      problemOf(
        { ...finding, ruleId: 'core.csv.quote', params: { reason: row.fault.reason } },
        spanFrom(row.fault.at, row.fault.at + 1),
        owner,
      ),
    );
  const { length: expected } = head.columns;
  const extra = row.cells.slice(expected);
  const isShort = row.cells.length < expected;
  if (isShort || extra.some(({ text }) => text !== '')) {
    const params = { actual: row.cells.length, expected };
    const at = isShort ? 0 : (extra[0]?.start ?? 0);
    problems.push(problemOf({ ...finding, ruleId: 'core.csv.columns', params }, spanFrom(at, row.text.length), owner));
  }
  return problems;
}

function refuseCsv(problems: readonly Problem[], error: string): FileRefusal {
  const [first] = problems;
  return {
    error: {
      code: 'INVALID_CSV',
      message: 'The file can’t be read as CSV.',
      details: { line: first?.line ?? 1, column: first?.column ?? 1, error },
    },
    problems,
  };
}
