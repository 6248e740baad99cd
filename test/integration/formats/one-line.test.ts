// Large files in one line, one of them of 100 MB: places are exact to its end, and counting them takes no longer than reading.

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkWellFormed } from '../../../src/main/formats/check-well-formed.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';
import { readPath } from '../../unit/formats/read-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'utskick-one-line-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const oneLine = (text: string): string => text.replaceAll(/\r?\n/g, '\t');
const [head = '', tail = ''] = oneLine(batchText(['¦'])).split('¦');
const last = oneLine(invoiceText({ id: '7', dueDate: '2026-02-30' }));

/** Writes a batch of that many invoices before the given end; returns the column of the end's first character. */
function write(path: string, options: { readonly count: number; readonly name: string; readonly end: string }): number {
  const { count, name, end } = options;
  const [before = '', after = ''] = oneLine(invoiceText({ id: '¦', name })).split('¦');
  const file = openSync(path, 'w');
  writeSync(file, head);
  for (let index = 0; index < count; index += 500) {
    const ids = Array.from({ length: 500 }, (_, at) => String(100_000 + index + at));
    writeSync(file, ids.map((id) => before + id + after).join(''));
  }
  writeSync(file, end + tail);
  closeSync(file);
  return 1 + Array.from(head).length + count * (Array.from(before + after).length + 6);
}

it.each([
  ['100 MB of plain invoices', 40_000, `𝔸sa 😀 ${'é'.repeat(150)}`],
  ['20 MB of invoices with a comment each', 8_000, `𝔸sa 😀 ${'é'.repeat(150)}<!-- 😀 -->`],
])('has exact places to the end of one line: %s', { timeout: 120_000 }, async (_name, count, name) => {
  const path = join(folder, 'batch.xml');
  const column = write(path, { count, name, end: last });
  const { result, rows, problems } = await readPath(path);
  expect(result).toMatchObject({ ok: true, file: { invoiceCount: count + 1, lineCount: 1 } });
  expect(rows.at(-1)).toMatchObject({ line: 1, column: column + 2, invoiceNumber: '7' });
  const at = column + Array.from(last.slice(0, last.indexOf('2026-02-30'))).length;
  expect(problems.filter(({ ruleId }) => ruleId === 'core.type.date')).toMatchObject([
    { line: 1, column: at, endLine: 1, endColumn: at + 10 },
  ]);
});

it(
  'names the column of a fault at the end of such a file, for import and for the check alone',
  { timeout: 120_000 },
  async () => {
    const path = join(folder, 'fault.xml');
    const broken = last.replace('Elenergi', 'El & värme 😀');
    const column =
      write(path, { count: 8_000, name: '😀', end: broken }) +
      Array.from(broken.slice(0, broken.indexOf('& v'))).length;
    const place = { line: 1, column };
    const { result } = await readPath(path);
    expect(result).toMatchObject({ ok: false, refusal: { error: { code: 'INVALID_XML', details: place } } });
    const refusal = await checkWellFormed(path, new AbortController().signal);
    expect(refusal).toMatchObject({
      error: { details: place },
      problems: [{ params: { reason: 'bareAmpersand' }, ...place }],
    });
  },
);
