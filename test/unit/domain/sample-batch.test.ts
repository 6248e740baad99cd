// The generated sample, read by the product's own reader: good invoices without a single finding, planted errors found.

import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatAmount, percentOfMinor } from '../../../src/main/domain/money.ts';
import { plantedErrors } from '../../../src/main/domain/sample/planted-errors.ts';
import { generateSampleBatch } from '../../../src/main/domain/sample/generate-sample-batch.ts';
import type { SampleOptions } from '../../../src/main/domain/sample/generate-sample-batch.ts';
import { readContent } from '../formats/read-text.ts';

const textOf = (options: SampleOptions): string => [...generateSampleBatch(options)].join('');

describe('the sample batch', () => {
  it('has no errors, no warnings and no information when none are planted', async () => {
    const { result, rows, problems } = await readContent(textOf({ invoices: 600, errors: 0, seed: 3 }));
    expect(problems).toEqual([]);
    expect(result).toMatchObject({
      ok: true,
      file: { format: 'GASEL', invoiceCount: 600, sourceBatchId: 'BATCH2026112100003', problems: [] },
    });
    expect(rows).toHaveLength(600);
    expect(new Set(rows.map((row) => row.invoiceNumber)).size).toBe(600);
    const byPost = rows.filter((row) => row.channel === 'sftp').length / 600;
    expect(byPost).toBeGreaterThan(0.1);
    expect(byPost).toBeLessThan(0.25);
    expect(rows.every((row) => row.email === null || /@example\.(com|org|net)$/.test(row.email))).toBe(true);
  });

  it.each([
    [100, 12, 1],
    [60, 60, 2],
    [37, 1, 99_999],
    [1, 1, 5],
  ])(
    'of %i invoices with %i errors (seed %i) has exactly that many invoices with errors',
    async (invoices, errors, seed) => {
      const { result, rows } = await readContent(textOf({ invoices, errors, seed }));
      expect(rows.filter((row) => row.errorCount > 0)).toHaveLength(errors);
      expect(rows).toHaveLength(invoices);
      // The header states what the file holds, planted errors included.
      expect(result).toMatchObject({ ok: true, file: { problems: [] } });
    },
  );

  it('plants every kind of error in turn', async () => {
    const { problems } = await readContent(textOf({ invoices: 200, errors: plantedErrors.length, seed: 11 }));
    const rules = new Set(problems.filter(({ severity }) => severity === 'error').map(({ ruleId }) => ruleId));
    expect([...rules].sort()).toEqual([
      'core.currency.unknown',
      'core.duedate.beforeInvoice',
      'core.duedate.missing',
      'core.duplicate.batch',
      'core.email.syntax',
      'core.required',
      'core.total.payable',
      'core.total.rows',
      'core.type.date',
      'core.type.decimal',
      'core.vat.amount',
      'core.vat.sum',
    ]);
  });

  it('is the same for the same options and differs between seeds', () => {
    const of = (seed: number, baseDate?: string): string =>
      hash('sha256', textOf({ invoices: 50, errors: 5, seed, ...(baseDate === undefined ? {} : { baseDate }) }));
    expect(of(1)).toBe(of(1));
    expect(of(1)).not.toBe(of(2));
    expect(of(1)).not.toBe(of(1, '2027-01-15'));
  });

  it('moves all its dates with the base date', async () => {
    const { rows } = await readContent(textOf({ invoices: 5, errors: 0, seed: 1, baseDate: '2027-03-01' }));
    expect(rows.map((row) => [row.invoiceDate, row.dueDate])).toEqual(
      Array.from({ length: 5 }, () => ['2027-03-01', '2027-03-31']),
    );
  });

  it('has VAT of 25 % exact to the öre and whole kronor to pay', () => {
    const text = textOf({ invoices: 200, errors: 0, seed: 6 });
    const vat = [...text.matchAll(/<TaxableAmount>([\d.]+)<\/TaxableAmount><TaxAmount>([\d.]+)</g)];
    expect(vat).toHaveLength(200);
    for (const [, taxable = '', tax = ''] of vat)
      expect(tax).toBe(formatAmount(percentOfMinor(Math.round(Number(taxable) * 100), '25') ?? -1, 'SEK'));
    expect(text.match(/<PayableAmount>\d+\.00</g)).toHaveLength(200);
  });

  it('has personal numbers from the never assigned test pattern only', () => {
    const numbers = textOf({ invoices: 200, errors: 0, seed: 4 }).match(/<PersonalNumber>[^<]*/g) ?? [];
    expect(numbers.length).toBeGreaterThan(150);
    expect(numbers.every((number) => /<PersonalNumber>189\d{5}-98\d\d$/.test(number))).toBe(true);
  });

  it('comes in pieces of about 64 KB, and its mean makes 50,000 invoices a file just under 100 MB', () => {
    let bytes = 0;
    let largest = 0;
    for (const piece of generateSampleBatch({ invoices: 4_000, errors: 0, seed: 1 })) {
      const size = Buffer.byteLength(piece);
      bytes += size;
      largest = Math.max(largest, size);
    }
    expect(largest).toBeLessThan(128 * 1_024);
    const of50000 = (bytes / 4_000) * 50_000;
    expect(of50000).toBeGreaterThan(0.9 * 104_857_600);
    expect(of50000).toBeLessThan(0.99 * 104_857_600);
  });
});
