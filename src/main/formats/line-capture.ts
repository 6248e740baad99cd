// Keeps what is to be shown of one line that comes in parts: all of a short line, a cut around a column of a long one.

/** Longest text shown of a line, in characters (code points). */
export const longestLine = 2_000;

/** A line as shown. */
export interface ShownLine {
  readonly text: string;
  readonly startColumn: number;
  readonly isCut: boolean;
}

/** One line being read; memory stays within a few thousand characters however long it is. */
export class LineCapture {
  /** 0-based code point where the cut of a long line starts. */
  readonly #cutStart: number;
  #head = '';
  #cut = '';
  #length = 0;

  /** `column`: the 1-based column that must be visible, with some text before it. */
  constructor(column: number) {
    this.#cutStart = column <= longestLine - longestLine / 4 ? 0 : column - 1 - longestLine / 2;
  }

  /** True when more of the line would change nothing, so that reading may stop without its end. */
  get isFull(): boolean {
    return this.#length > this.#cutStart + longestLine;
  }

  add(part: string): void {
    const start = this.#length;
    const length = codePointLength(part);
    const isWide = length !== part.length;
    if (start < longestLine) this.#head += slicePoints(part, { from: 0, to: longestLine - start, isWide });
    const from = Math.max(0, this.#cutStart - start);
    const to = Math.min(length, this.#cutStart + longestLine - start);
    if (this.#cutStart > 0 && to > from) this.#cut += slicePoints(part, { from, to, isWide });
    this.#length = start + length;
  }

  /** The line as shown. A column beyond the end shows the beginning. */
  shown(): ShownLine {
    const isLong = this.#length > longestLine;
    if (!isLong || this.#cut === '') return { text: this.#head, startColumn: 1, isCut: isLong };
    return { text: this.#cut, startColumn: this.#cutStart + 1, isCut: this.#length > this.#cutStart + longestLine };
  }
}

function codePointLength(text: string): number {
  if (!/[\uD800-\uDBFF]/.test(text)) return text.length;
  let pairs = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0xd800 && code <= 0xdbff) pairs++;
  }
  return text.length - pairs;
}

function slicePoints(
  text: string,
  range: { readonly from: number; readonly to: number; readonly isWide: boolean },
): string {
  if (!range.isWide) return text.slice(range.from, range.to);
  let unit = 0;
  for (let point = 0; point < range.from; point++) unit += unitsAt(text, unit);
  const start = unit;
  for (let point = range.from; point < range.to && unit < text.length; point++) unit += unitsAt(text, unit);
  return text.slice(start, unit);
}

function unitsAt(text: string, unit: number): 1 | 2 {
  const code = text.charCodeAt(unit);
  return code >= 0xd800 && code <= 0xdbff ? 2 : 1;
}
