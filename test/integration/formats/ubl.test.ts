// UBL invoices and credit notes: our own documents, and the real ones where they are at hand.

import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReadInvoiceSlice } from '../../../src/main/formats/read-invoice-slice.ts';
import type { Invoice } from '../../../src/shared/schema/invoice.ts';
import { invoiceSchema } from '../../../src/shared/schema/invoice.ts';
import { readPath, resourcesDir } from '../../unit/formats/read-text.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/formats');
const samples = join(import.meta.dirname, '../../../../shared/samples');
const realDocuments = existsSync(samples)
  ? readdirSync(samples).filter((name) => /^(ubl|oioubl|svefaktura).*\.xml$/.test(name))
  : [];

async function invoiceOf(path: string): Promise<Invoice> {
  const { result, rows } = await readPath(path);
  const [row] = rows;
  if (!result.ok || row === undefined) throw new Error(JSON.stringify(result));
  const bytes = (await readFile(path)).subarray(row.byteOffset, row.byteOffset + row.byteLength);
  const slice = createReadInvoiceSlice({ resourcesDir })(bytes, row, result.file.context);
  if (!slice.ok) throw new Error(JSON.stringify(slice.error));
  return invoiceSchema.parse(slice.value.invoice);
}

describe('our own UBL documents', () => {
  it('reads an invoice whatever prefixes it uses, with every part a Norwegian energy invoice has', async () => {
    const path = join(fixtures, 'ubl-invoice.xml');
    const { problems } = await readPath(path);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(await invoiceOf(path)).toMatchObject({
      kind: 'invoice',
      invoiceNumber: 'F-2001',
      currency: 'NOK',
      customerId: 'K-77',
      buyerReference: 'Avdeling 7',
      notes: ['Strøm for oktober', 'Takk for at du betaler i tide'],
      seller: { name: 'Strømmen Kraft AS', registrationNumber: '923609016', vatNumber: 'NO923609016MVA' },
      buyer: { email: 'kari@example.com', address: { city: 'Bergen', country: 'NO' } },
      metering: { meteringPointId: '707057500011223345', siteAddress: { city: 'Voss' } },
      payment: { reference: '602243', iban: 'NO9386011117947', bic: 'DNBANOKK', bankgiro: '54029681', account: null },
      adjustments: [{ isCharge: false, reason: 'Rabatt', amountMinor: 1_000, vatRate: '25' }],
      vat: [{ rate: '25', category: 'S', taxableMinor: 10_025, taxMinor: 2_506 }],
      totals: {
        lineNetMinor: 11_025,
        netMinor: 10_025,
        vatMinor: 2_506,
        grossMinor: 12_531,
        prepaidMinor: 2_500,
        roundingMinor: -31,
        payableMinor: 10_000,
        allowanceMinor: 1_000,
        chargeMinor: null,
      },
      lines: [
        { kind: 'energy', quantity: '100.5', unit: 'KWH', adjustmentMinor: -25, netMinor: 10_025 },
        { kind: 'fee', netMinor: 1_000 },
      ],
    });
  });

  it('reads an OIOUBL credit note with a byte order mark, whose TaxExclusiveAmount is the VAT and not the net', async () => {
    const path = join(fixtures, 'ubl-creditnote-oioubl.xml');
    const { problems, result, rows } = await readPath(path);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(result).toMatchObject({ ok: true, file: { format: 'OIOUBL', isSingleInvoice: true, lineIndex: [3] } });
    // Its row takes away from what is owed.
    expect(rows.map(({ kind, payableMinor }) => ({ kind, payableMinor }))).toEqual([
      { kind: 'creditNote', payableMinor: -12_500 },
    ]);
    expect(await invoiceOf(path)).toMatchObject({
      kind: 'creditNote',
      dueDate: '2026-12-02',
      seller: { address: { street: 'Prøvevej 11' } },
      totals: { netMinor: null, vatMinor: 2_500, grossMinor: 12_500 },
      lines: [{ vatRate: '25', vatCategory: 'S', priceBaseQuantity: '2' }],
    });
  });
});

describe.skipIf(realDocuments.length === 0)('real UBL documents (skipped when ../shared/samples is not there)', () => {
  it.each(realDocuments.map((name) => [name]))('reads %s without errors', async (name) => {
    const { result, rows, problems } = await readPath(join(samples, name));
    expect(result).toMatchObject({ ok: true, file: { invoiceCount: 1, isSingleInvoice: true, problems: [] } });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(Math.sign(rows[0]?.payableMinor ?? 0)).toBe(rows[0]?.kind === 'creditNote' ? -1 : 1);
    expect((await invoiceOf(join(samples, name))).lines.length).toBeGreaterThan(0);
  });
});
