// The Swedwise CSV: every way of writing it gives the same invoices, every problem its line and column, every row its slice.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../src/shared/schema/problem.ts';
import { describe, expect, it } from 'vitest';
import { mayHoldInvoices } from '../../../src/main/formats/may-hold-invoices.ts';
import { createReadInvoiceSlice } from '../../../src/main/formats/read-invoice-slice.ts';
import { detectSource } from '../../../src/main/formats/read-source.ts';
import { profiles, readContent, resourcesDir, withFile } from '../../unit/formats/read-text.ts';

const readSlice = createReadInvoiceSlice({ resourcesDir });

/** The seed's own example (section 4.1), with dates that are not past. */
const seed = `customer_id,email,invoice_number,amount,currency,due_date
CUST-001,customer1@example.com,INV-2025-001,15000.00,SEK,2026-12-15
CUST-002,customer2@example.com,INV-2025-002,8500.00,SEK,2026-12-15
`;

const semicolons = seed.replaceAll(',', ';');

/** Errors beside the one that keeps every row back: a line names neither seller nor customer. */
function faultsOf(problems: readonly Problem[]): readonly Problem[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  expect(errors.some(({ ruleId }) => ruleId === 'core.format.incomplete')).toBe(true);
  return errors.filter(({ ruleId }) => ruleId !== 'core.format.incomplete');
}

describe.each<[string, Uint8Array]>([
  ['as in the seed', Buffer.from(seed)],
  ['with CRLF', Buffer.from(seed.replaceAll('\n', '\r\n'))],
  ['with lone CR', Buffer.from(seed.replaceAll('\n', '\r'))],
  ['without a last line end', Buffer.from(seed.trimEnd())],
  ['with a byte order mark', Buffer.from(`\uFEFF${seed}`)],
  ['in UTF-16', Buffer.from(`\uFEFF${seed}`, 'utf16le')],
  ['with semicolons', Buffer.from(semicolons)],
  ['with semicolons and decimal commas', Buffer.from(semicolons.replaceAll('.00', ',00'))],
  ['with everything quoted', Buffer.from(seed.replaceAll(/[^,\n]+/gu, '"$&"'))],
  ['with empty columns that a spreadsheet left', Buffer.from(seed.replaceAll('\n', ',,\n'))],
  ['with blank lines between', Buffer.from(seed.replaceAll('\n', '\n\n'))],
  [
    'with a head in capitals and spaces',
    Buffer.from(seed.replace('email,', ' "E-Mail" ,').replace('customer_id', 'Customer_ID').replace('E-Mail', 'EMAIL')),
  ],
])('a Swedwise CSV %s', (_how, bytes) => {
  it('gives its invoices, and each again from its slice', async () => {
    const { result, rows, problems } = await readContent(bytes);
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    expect(faultsOf(problems)).toEqual([]);
    expect(result.file).toMatchObject({
      format: 'Swedwise',
      formatVersion: 'CSV',
      invoiceCount: 2,
      isSingleInvoice: false,
    });
    expect(rows.map((row) => [row.invoiceNumber, row.email, row.payableMinor, row.currency, row.dueDate])).toEqual([
      ['INV-2025-001', 'customer1@example.com', 1_500_000, 'SEK', '2026-12-15'],
      ['INV-2025-002', 'customer2@example.com', 850_000, 'SEK', '2026-12-15'],
    ]);
    const [, second] = rows;
    if (second === undefined) throw new Error('no second row');
    const slice = readSlice(
      bytes.subarray(second.byteOffset, second.byteOffset + second.byteLength),
      second,
      result.file.context,
    );
    if (!slice.ok) throw new Error(JSON.stringify(slice.error));
    expect(slice.value.invoice).toMatchObject({
      invoiceNumber: 'INV-2025-002',
      customerId: 'CUST-002',
      buyer: { email: 'customer2@example.com' },
      totals: { payableMinor: 850_000 },
    });
    const text = new TextDecoder(result.file.context.encoding).decode(bytes);
    const lines = text.split(/\r\n|\r|\n/u);
    for (const place of slice.value.places)
      expect(lines[place.line - 1]?.slice(place.column - 1, place.endColumn - 1), place.field).toBe(place.text);
    expect(slice.value.places.find(({ field }) => field === 'dueDate')?.path).toBe('Row[1]/due_date');
  });
});

it('the sample of docs/formats is read, with nothing to say but what every row lacks', async () => {
  const { result, rows, problems } = await readContent(
    readFileSync(join(import.meta.dirname, '../../../docs/formats/swedwise.csv')),
  );
  expect(result).toMatchObject({ ok: true, file: { format: 'Swedwise', formatVersion: 'CSV' } });
  expect(rows).toHaveLength(25);
  expect(faultsOf(problems)).toEqual([]);
});

describe('a value in a CSV', () => {
  it('in Windows-1252 keeps its letters', async () => {
    const bytes = Buffer.from(
      `${seed}CUST-å,asa@example.com,Å-€,1.00,SEK,2026-12-15\n`.replace('€', '\u0080'),
      'latin1',
    );
    const { result, rows } = await readContent(bytes);
    expect(result).toMatchObject({ ok: true, file: { context: { encoding: 'windows-1252' } } });
    expect(rows[2]?.invoiceNumber).toBe('Å-€');
  });

  it('in quotes may hold separators, quotes and line ends, and places after it are right', async () => {
    const { rows, problems } = await readContent(
      `${seed}"CUST\n""3"", 😀",c@example.com,INV-3,3.00,SEK,2026-02-30\nCUST-4,d@example.com,INV-4,x,SEK,2026-12-15\n`,
    );
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 4, 6]);
    expect(faultsOf(problems)).toMatchObject([
      { ruleId: 'core.type.date', line: 5, column: 40, endColumn: 50, path: 'Row[2]/due_date', found: '2026-02-30' },
      { ruleId: 'core.type.decimal', line: 6, column: 28, endColumn: 29, path: 'Row[3]/amount', found: 'x' },
    ]);
  });

  it.each<[string, string, string, number]>([
    ['no number', 'C3,c@example.com,,3.00,SEK,2026-12-15', 'core.required', 18],
    ['no amount', 'C3,c@example.com,I3,,SEK,2026-12-15', 'core.required', 21],
    ['a decimal comma between commas', 'C3,c@example.com,I3,"3,00",SEK,2026-12-15', 'core.type.decimal', 22],
    ['an odd currency', 'C3,c@example.com,I3,3.00,kr,2026-12-15', 'core.type.currency', 26],
    ['a bad address', 'C3,c.example.com,I3,3.00,SEK,2026-12-15', 'core.email.syntax', 4],
    ['the number of another row', 'C3,c@example.com,INV-2025-001,3.00,SEK,2026-12-15', 'core.duplicate.batch', 18],
    ['a field too few', 'C3,I3,3.00,SEK,2026-12-15', 'core.csv.columns', 1],
    ['a field too many', 'C3,c@example.com,I3,3,00,SEK,2026-12-15', 'core.csv.columns', 30],
    ['text after a quote', '"C3"x,c@example.com,I3,3.00,SEK,2026-12-15', 'core.csv.quote', 5],
  ])('with %s is a problem with its place', async (_what, row, ruleId, column) => {
    const { result, problems } = await readContent(`${seed}${row}\n`);
    expect(result.ok).toBe(true);
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors).toContainEqual(expect.objectContaining({ ruleId, line: 4, column, invoiceOrdinal: 2 }));
  });
});

describe('a CSV that cannot be read', () => {
  it.each<[string, string, string, number, number]>([
    ['has a quote that is never closed', `${seed}"C3,c@example.com\nx\n`, 'core.csv.quote', 4, 1],
    ['has a row of more than 1 MB', `${seed}"${'x\n'.repeat(700_000)}`, 'core.csv.quote', 4, 1],
    ['has no column for the amount', seed.replace('amount', 'sum'), 'core.required', 1, 1],
  ])('because it %s says where', async (_why, text, ruleId, line, column) => {
    const { result } = await readContent(text);
    if (result.ok) throw new Error('the file was read');
    expect(result.refusal.error).toMatchObject({ code: 'INVALID_CSV', details: { line, column } });
    expect(result.refusal.problems).toMatchObject([{ ruleId, line, column }]);
  });

  it('says so when it has no rows, and is another file when its columns are not known', async () => {
    const empty = await readContent(seed.split('\n')[0] ?? '');
    expect(empty.result).toMatchObject({ ok: false, refusal: { error: { code: 'VALIDATION_ERROR' } } });
    const other = await readContent('name,shoe size\nEva,38\n');
    expect(other.result).toMatchObject({ ok: false, refusal: { error: { code: 'FILE_TOO_LARGE' } } });
    expect(mayHoldInvoices(Buffer.from('name,shoe size\nEva,38\n'))).toBe(false);
  });
});

describe('a CSV', () => {
  it('is told by its columns, whatever its name and size', async () => {
    for (const content of [seed, semicolons.repeat(1_000)])
      expect(await withFile(content, (path) => detectSource(path, profiles()))).toEqual({
        ok: true,
        format: 'Swedwise',
        isSingleInvoice: false,
      });
  });

  it('of many rows is handed on in chunks, with a line index for its source view', async () => {
    const rowCount = 25_000;
    const body = Array.from(
      { length: rowCount },
      (_each, at) => `C,å@example.com,N-${String(at)},1.00,SEK,2026-12-15\r\n`,
    );
    const { result, rows } = await readContent(`${seed.split('\n')[0] ?? ''}\r\n${body.join('')}`);
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    expect(rows.length).toBe(rowCount);
    expect(result.file.lineCount).toBe(rowCount + 2);
    expect(result.file.lineIndex.length).toBe(26);
    expect(rows[999]).toMatchObject({ line: 1_001, byteOffset: result.file.lineIndex[1] });
    expect(rows.at(-1)).toMatchObject({ invoiceNumber: 'N-24999', line: rowCount + 1 });
  });
});
