// The source view's arithmetic: columns of cut lines, and which stretches of a large file are fetched and let go.

import { describe, expect, it } from 'vitest';
import { chunkLines, createChunkBook, firstLineOf } from '../../../../src/renderer/ui/source-view-chunks.ts';
import {
  columnForStep,
  columnOfUnit,
  endColumnOf,
  nextHitInLine,
  unitOfColumn,
} from '../../../../src/renderer/ui/source-view-columns.ts';

describe('columns', () => {
  const line = { text: 'a😀b Å', startColumn: 1, isCut: false };

  it('count code points, also where a character takes two units', () => {
    expect(unitOfColumn(line, 3)).toBe(3);
    expect(columnOfUnit(line, 3)).toBe(3);
    expect(endColumnOf(line)).toBe(6);
  });

  it('start where a long line is cut, and stay inside of what is shown', () => {
    const cut = { ...line, startColumn: 900_001 };
    expect(unitOfColumn(cut, 900_003)).toBe(3);
    expect(unitOfColumn(cut, 1)).toBe(0);
    expect(unitOfColumn(cut, 2_000_000)).toBe(line.text.length);
    expect(columnOfUnit(cut, 0)).toBe(900_001);
  });

  it('find the next hit after the present one whatever the case of letters', () => {
    const text = { text: 'Öl öl', startColumn: 101, isCut: true };
    expect(nextHitInLine(text, 'öL', 101)).toBe(104);
    expect(nextHitInLine(text, 'öl', 104)).toBeNull();
  });

  it('never step before the first one', () => {
    expect(columnForStep({ startColumn: 1 }, 'earlier')).toBe(1);
    expect(columnForStep({ startColumn: 5_001 }, 'earlier')).toBeLessThan(
      columnForStep({ startColumn: 5_001 }, 'later'),
    );
  });
});

describe('stretches of a file', () => {
  it('are asked for once, and again only after a failure', () => {
    const book = createChunkBook();
    expect(book.take(1, chunkLines + 1)).toEqual([0, 1]);
    expect(book.take(1, chunkLines + 1)).toEqual([]);
    book.arrived(0);
    book.failed(1);
    expect(book.take(1, chunkLines + 1)).toEqual([1]);
    expect(book.has(chunkLines)).toBe(true);
    expect(book.has(chunkLines + 1)).toBe(false);
  });

  it('are let go when there are too many, the farthest first', () => {
    const book = createChunkBook();
    for (const chunk of book.take(1, 103 * chunkLines)) book.arrived(chunk);
    expect(book.drop(firstLineOf(102)).toSorted((one, other) => one - other)).toEqual([0, 1, 2]);
    expect(book.has(1)).toBe(false);
    expect(book.take(1, 1)).toEqual([0]);
  });
});
