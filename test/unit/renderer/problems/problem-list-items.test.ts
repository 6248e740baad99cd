// The problem list as rows: causes, places of the open one, and stepping through them.

import { describe, expect, it } from 'vitest';
import type { ProblemGroup, StoredProblem } from '../../../../src/shared/schema/problem.ts';
import {
  causesOf,
  indexOfPlace,
  itemAt,
  itemCount,
  stepPlace,
} from '../../../../src/renderer/features/problems/problem-list-items.ts';
import { markFrom, marksOfFile } from '../../../../src/renderer/features/problems/source-marks.ts';

const sample: StoredProblem = {
  id: 1,
  batchId: 'b',
  fileOrdinal: 0,
  ruleId: 'core.a',
  severity: 'error',
  line: 7,
  column: 3,
  endLine: 7,
  endColumn: 9,
  path: null,
  found: null,
  expected: null,
  params: {},
  invoiceOrdinal: 0,
  invoiceNumber: '1',
};
const group = (ruleId: string, severity: ProblemGroup['severity'], count: number): ProblemGroup => ({
  ruleId,
  severity,
  count,
  invoiceCount: count,
  sample: { ...sample, ruleId, severity },
});
const causes = causesOf([group('core.a', 'error', 5), group('core.b', 'warning', 2), group('core.a', 'info', 1)]);

describe('causes', () => {
  it('put both severities of one rule together under the worst, and do not guess how many invoices that is', () => {
    expect(
      causes.map(({ ruleId, severity, count, invoiceCount }) => ({ ruleId, severity, count, invoiceCount })),
    ).toEqual([
      { ruleId: 'core.a', severity: 'error', count: 6, invoiceCount: null },
      { ruleId: 'core.b', severity: 'warning', count: 2, invoiceCount: 2 },
    ]);
  });
});

describe('rows of the list', () => {
  const kinds = (open: { readonly index: number; readonly places: number }): string[] =>
    Array.from({ length: itemCount(causes, open) }, (_, index) => {
      const item = itemAt(causes, open, index);
      return item === null
        ? 'nothing'
        : item.kind === 'cause'
          ? item.cause.ruleId
          : item.kind === 'place'
            ? `place ${item.placeIndex}`
            : `more ${item.count}`;
    });

  it('are the causes alone while none is open', () => {
    expect(kinds({ index: -1, places: 0 })).toEqual(['core.a', 'core.b']);
  });

  it('hold the places of the open cause right under it, and say how many were counted but not kept', () => {
    expect(kinds({ index: 0, places: 4 })).toEqual([
      'core.a',
      'place 0',
      'place 1',
      'place 2',
      'place 3',
      'more 2',
      'core.b',
    ]);
    expect(kinds({ index: 1, places: 2 })).toEqual(['core.a', 'core.b', 'place 0', 'place 1']);
    expect(itemAt(causes, { index: 1, places: 2 }, indexOfPlace({ index: 1, places: 2 }, 1))).toEqual({
      kind: 'place',
      placeIndex: 1,
    });
  });

  it('end where the list ends', () => {
    expect(itemAt(causes, { index: 0, places: 4 }, 7)).toBeNull();
  });
});

describe('stepping', () => {
  it('goes on within a cause, over to the next one, and back to the last place of the one before', () => {
    expect(stepPlace(causes, { index: 0, places: 6 }, { placeIndex: 2, step: 1 })).toEqual({
      causeIndex: 0,
      placeIndex: 3,
    });
    expect(stepPlace(causes, { index: 0, places: 6 }, { placeIndex: 5, step: 1 })).toEqual({
      causeIndex: 1,
      placeIndex: 0,
    });
    expect(stepPlace(causes, { index: 1, places: 2 }, { placeIndex: 0, step: -1 })).toEqual({
      causeIndex: 0,
      placeIndex: 5,
    });
  });

  it('stops at both ends', () => {
    expect(stepPlace(causes, { index: 0, places: 6 }, { placeIndex: 0, step: -1 })).toBeNull();
    expect(stepPlace(causes, { index: 1, places: 2 }, { placeIndex: 1, step: 1 })).toBeNull();
  });
});

describe('marks of a file', () => {
  const problems = [
    { ...sample, line: 30 },
    { ...sample, line: 7 },
    { ...sample, line: null },
    { ...sample, fileOrdinal: 1 },
  ];
  const marks = marksOfFile(problems, 0, () => 'title');

  it('leave out other files and findings without a place, in the order of the file', () => {
    expect(marks.map(({ line }) => line)).toEqual([7, 30]);
  });

  it('are stepped through from where the reader is, round at the ends', () => {
    expect(markFrom(marks, { line: 1, column: 1 }, 1)).toBe(0);
    expect(markFrom(marks, { line: 7, column: 3 }, 1)).toBe(1);
    expect(markFrom(marks, { line: 30, column: 3 }, 1)).toBe(0);
    expect(markFrom(marks, { line: 7, column: 3 }, -1)).toBe(1);
    expect(markFrom([], { line: 7, column: 3 }, 1)).toBe(-1);
    expect(markFrom([], { line: 7, column: 3 }, -1)).toBe(-1);
  });
});
