// Name patterns for a print vendor: what can be written, what is wrong with the rest and where, and what comes out.

import { describe, expect, it } from 'vitest';
import { printTarget } from '../../../src/main/domain/print-name.ts';
import type { PrintFacts } from '../../../src/main/domain/print-name.ts';
import { readNamePattern } from '../../../src/shared/name-pattern.ts';

const facts: PrintFacts = {
  invoiceNumber: '1042',
  kind: 'invoice',
  currency: 'SEK',
  sellerKey: '5566778899',
  batch: 'RUN-7',
  invoiceDate: '2026-01-31',
  dueDate: null,
  today: '2026-02-03',
  generation: 0,
  idempotencyKey: 'a1b2c3d4'.repeat(8),
};

describe('a name pattern', () => {
  it.each([
    [undefined, '1042_a1b2c3d4.pdf'],
    ['{date:yyyy}/{date:MM-dd}/{invoiceNumber}.pdf', '2026/02-03/1042.pdf'],
    ['in/{seller}/{batch}/{kind}_{currency}_{invoiceNumber}.pdf', 'in/5566778899/RUN-7/invoice_SEK_1042.pdf'],
    ['{invoiceDate}_{invoiceDate:yyMMdd}_{dueDate}_{key}.pdf', '2026-01-31_260131_none_a1b2c3d4.pdf'],
  ])('%j gives %j', (pattern, expected) => {
    expect(printTarget(pattern, facts)).toBe(expected);
  });

  it.each([
    ['../{key}.pdf', 'segment', 1],
    ['a/../{key}.pdf', 'segment', 3],
    ['a//{key}.pdf', 'segment', 3],
    ['/{key}.pdf', 'segment', 1],
    ['.a/{key}.pdf', 'segment', 1],
    ['a/b./{key}.pdf', 'segment', 3],
    ['{key} a.pdf', 'character', 6],
    ['å{key}.pdf', 'character', 1],
    ['{key}:x.pdf', 'character', 6],
    ['a/{nummer}.pdf', 'unknownField', 3],
    ['{key:8}.pdf', 'unknownField', 1],
    ['{date:yyyy/MM}/{key}.pdf', 'dateForm', 1],
    ['{date:}/{key}.pdf', 'dateForm', 1],
    ['{date:-}/{key}.pdf', 'dateForm', 1],
    ['{date:yyyy..MM}/{key}.pdf', 'dateForm', 1],
    ['x{key.pdf', 'unclosed', 2],
    ['{key}.xml', 'extension', 1],
    ['{key}.pdf/x', 'extension', 11],
    ['a/b/c/d/e/{key}.pdf', 'tooDeep', 1],
    ['{invoiceNumber}/faktura.pdf', 'notUnique', 17],
    ['{date}.pdf', 'notUnique', 1],
    [`${'{batch}'.repeat(4)}{key}.pdf`, 'tooLong', 1],
    ['', 'segment', 1],
  ])('%j is refused: %s at %i', (pattern, kind, column) => {
    const read = readNamePattern(pattern);
    expect(read.ok ? null : [read.fault.kind, read.fault.column]).toEqual([kind, column]);
  });

  it('takes accents off, and what is nothing but signs away', () => {
    const named = (invoiceNumber: string): string => printTarget('{invoiceNumber}.pdf', { ...facts, invoiceNumber });
    expect(['ÅF/12', 'Bølge 7', '../..', '_x_', '--', '', 'Con'].map(named)).toEqual([
      'AF-12.pdf',
      'Bolge-7.pdf',
      'none.pdf',
      'x_.pdf',
      'none.pdf',
      'none.pdf',
      'x-Con.pdf',
    ]);
  });

  it('gives a copy a name of its own, also where the key is in a folder only', () => {
    const copy = { ...facts, generation: 2 };
    expect(printTarget('{key}/{invoiceNumber}.pdf', copy)).toBe('a1b2c3d4/1042_3.pdf');
    expect(printTarget('{invoiceNumber}_{key}.pdf', copy)).toBe('1042_a1b2c3d4.pdf');
  });
});
