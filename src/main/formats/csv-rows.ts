// Splits CSV text into rows and cells as RFC 4180 has them, with the place of every cell. Knows no columns.

import type { CsvDelimiter } from './csv-head.ts';

/** One cell. Offsets are in code units from the start of the row's text, around the value without quotes and white space. */
export interface CsvCell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a row as CSV: a quote that is never closed, or text between a closing quote and the next separator. */
export interface CsvRowFault {
  readonly reason: 'unclosed' | 'afterQuote';
  /** Offset in the row's text. */
  readonly at: number;
}

/** One row. Its text is without the line end. */
export interface CsvRow {
  readonly cells: readonly CsvCell[];
  readonly fault: CsvRowFault | null;
  readonly text: string;
  /** Index in the scanned text where the next row begins. */
  readonly next: number;
}

const quote = '"';

/** The row that begins at `from`; null when more text is needed to tell where it ends. */
export function scanRow(
  text: string,
  from: number,
  options: { readonly delimiter: CsvDelimiter; readonly isLast: boolean },
): CsvRow | null {
  const scan = new RowScan(text, from, options);
  return scan.run();
}

/** True for a line with nothing on it. */
export function isBlankRow({ cells }: CsvRow): boolean {
  return cells.length === 1 && cells[0]?.text === '';
}

class RowScan {
  readonly #text: string;
  readonly #from: number;
  readonly #delimiter: CsvDelimiter;
  readonly #isLast: boolean;
  readonly #cells: CsvCell[] = [];
  #fault: CsvRowFault | null = null;
  #at: number;

  constructor(text: string, from: number, options: { readonly delimiter: CsvDelimiter; readonly isLast: boolean }) {
    this.#text = text;
    this.#from = from;
    this.#at = from;
    this.#delimiter = options.delimiter;
    this.#isLast = options.isLast;
  }

  run(): CsvRow | null {
    for (;;) {
      const start = this.#skipBlanks(this.#at);
      const isWhole = this.#text[start] === quote ? this.#quotedCell(start) : this.#plainCell();
      if (!isWhole) return null;
      if (this.#text[this.#at] !== this.#delimiter) break;
      this.#at += 1;
    }
    const end = this.#at;
    const isCrLf = this.#text.startsWith('\r\n', end);
    const next = Math.min(this.#text.length, end + (isCrLf ? 2 : 1));
    return { cells: this.#cells, fault: this.#fault, text: this.#text.slice(this.#from, end), next };
  }

  /** Goes to the separator or line end; false when the text ends before. */
  #plainCell(): boolean {
    const start = this.#at;
    if (!this.#passPlain()) return false;
    this.#push(this.#text.slice(start, this.#at), start);
    return true;
  }

  #quotedCell(opening: number): boolean {
    let value = '';
    let from = opening + 1;
    for (;;) {
      const closing = this.#text.indexOf(quote, from);
      const isAtEnd = closing < 0 || closing + 1 >= this.#text.length;
      if (isAtEnd && !this.#isLast) return false;
      if (closing < 0) {
        this.#fault ??= { reason: 'unclosed', at: opening - this.#from };
        this.#at = this.#text.length;
        this.#push(value + this.#text.slice(from), opening + 1);
        return true;
      }
      value += this.#text.slice(from, closing);
      if (this.#text[closing + 1] !== quote) return this.#afterQuote({ value, opening, closing });
      value += quote;
      from = closing + 2;
    }
  }

  #afterQuote(cell: { readonly value: string; readonly opening: number; readonly closing: number }): boolean {
    this.#at = cell.closing + 1;
    if (!this.#passPlain()) return false;
    const rest = this.#text.slice(cell.closing + 1, this.#at);
    if (rest.trim() !== '') this.#fault ??= { reason: 'afterQuote', at: cell.closing + 1 - this.#from };
    this.#cells.push({
      text: (cell.value + rest).trim(),
      start: cell.opening + 1 - this.#from,
      end: (rest.trim() === '' ? cell.closing : this.#at) - this.#from,
    });
    return true;
  }

  #passPlain(): boolean {
    const { length } = this.#text;
    for (; this.#at < length; this.#at += 1) {
      const character = this.#text[this.#at];
      if (character === this.#delimiter || character === '\n' || character === '\r') return true;
    }
    return this.#isLast;
  }

  #skipBlanks(from: number): number {
    let at = from;
    while (this.#text[at] === ' ' || this.#text[at] === '\t') at += 1;
    return at;
  }

  #push(raw: string, start: number): void {
    const text = raw.trim();
    const from = start + raw.length - raw.trimStart().length - this.#from;
    this.#cells.push({ text, start: from, end: Math.max(from, start + raw.trimEnd().length - this.#from) });
  }
}
