// A batch's declared total beside credit notes: which sums are sound, and where another one is found.

import { describe, expect, it } from 'vitest';
import { batchText, invoiceText } from './gasel-text.ts';
import { placeOf, readContent } from './read-text.ts';

const invoice = invoiceText();
const creditNote = invoiceText({ id: '1002' }).replace('<InvoiceTypeCode>380', '<InvoiceTypeCode>381');

async function rulesFor(total: string): Promise<string[]> {
  const { result } = await readContent(batchText([invoice, creditNote, invoiceText({ id: '1003' })], { total }));
  if (!result.ok) throw new Error(result.refusal.error.message);
  return result.file.problems.map(({ ruleId }) => ruleId);
}

describe('the total a batch declares', () => {
  it('may take credit notes away or count them as they are written', async () => {
    expect(await rulesFor('500.00')).toEqual([]);
    expect(await rulesFor('1500.00')).toEqual([]);
  });

  it('is an error at its place when it is neither, with what is owed as the right sum', async () => {
    const text = batchText([invoice, creditNote, invoiceText({ id: '1003' })], { total: '1000.00' });
    const { result } = await readContent(text);
    expect(result.ok && result.file.problems).toMatchObject([
      {
        ruleId: 'core.batch.total',
        ...placeOf(text, '1000.00'),
        params: { declaredMinor: 100_000, actualMinor: 50_000, currency: 'SEK' },
      },
    ]);
  });

  it('has its place kept for the batch id too', async () => {
    const text = batchText([invoice]);
    const { result } = await readContent(text);
    expect(result.ok && result.file.sourceBatchIdPlace).toEqual(placeOf(text, 'BATCH2026112100001'));
  });
});
