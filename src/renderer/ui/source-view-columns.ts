// Columns of shown source lines: code points in the file against UTF-16 units in the editor's text. Arithmetic only.

import type { SourceWindow } from '../../shared/schema/batch.ts';

/** One line as shown: all of a short one, a cut of a long one. */
export type SourceLine = SourceWindow['lines'][number];

/** Offset in `line.text` (UTF-16 units) of a 1-based column (code points) of the file; places outside the cut give its ends. */
export function unitOfColumn(line: Pick<SourceLine, 'text' | 'startColumn'>, column: number): number {
  let unit = 0;
  for (let left = column - line.startColumn; left > 0 && unit < line.text.length; left -= 1)
    unit += unitsAt(line.text, unit);
  return unit;
}

/** 1-based column in the file of an offset in `line.text`. */
export function columnOfUnit(line: Pick<SourceLine, 'text' | 'startColumn'>, unit: number): number {
  let column = line.startColumn;
  for (let at = 0; at < Math.min(unit, line.text.length); at += unitsAt(line.text, at)) column += 1;
  return column;
}

/** Column just after the last character shown. */
export function endColumnOf(line: Pick<SourceLine, 'text' | 'startColumn'>): number {
  return columnOfUnit(line, line.text.length);
}

/** A column that makes the engine cut a long line one step further left or right, with some overlap. */
export function columnForStep(line: Pick<SourceLine, 'startColumn'>, direction: 'earlier' | 'later'): number {
  return Math.max(1, line.startColumn + (direction === 'earlier' ? -earlierStep : laterStep));
}

/** Next hit of a plain text in a shown line after a column, letters' case aside; null when there is none. */
export function nextHitInLine(line: SourceLine, text: string, afterColumn: number): number | null {
  const from = unitOfColumn(line, afterColumn + 1);
  const at = line.text.toLowerCase().indexOf(text.toLowerCase(), from);
  return at < 0 ? null : columnOfUnit(line, at);
}

/** Last hit of a plain text in a shown line before a column; null when there is none there, which says nothing about what a cut hides. */
export function previousHitInLine(line: SourceLine, text: string, beforeColumn: number): number | null {
  const to = unitOfColumn(line, beforeColumn);
  const at = to === 0 ? -1 : line.text.toLowerCase().lastIndexOf(text.toLowerCase(), to - 1);
  return at < 0 ? null : columnOfUnit(line, at);
}

// The engine starts a cut 1,000 characters before the wanted column and shows 2,000 (formats/line-capture.ts):
// these steps move the cut by 1,500.
const earlierStep = 500;
const laterStep = 2_500;

function unitsAt(text: string, unit: number): 1 | 2 {
  const code = text.codePointAt(unit) ?? 0;
  return code > 0xffff ? 2 : 1;
}
