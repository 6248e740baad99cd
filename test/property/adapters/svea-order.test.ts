// Whatever the rows of an invoice are: its order at Svea comes to the invoice's total, on one basis, within Svea's sizes, or the invoice does not fit.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mapOrder } from '../../../src/main/adapters/svea/compose.ts';
import { orderTotal } from '../../../src/main/adapters/svea/totals.ts';
import { sveaConfig, sveaInvoice, sveaLine, swedishCompany, swedishPerson } from '../../support/svea-samples.ts';

const line = fc.record({
  netMinor: fc.integer({ min: -40_000, max: 2_000_000 }),
  vatRate: fc.constantFrom('25', '12', '6', '0', '24'),
  description: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({ unit: fc.constantFrom('⚡', '💡', 'El '), minLength: 15, maxLength: 40 }),
  ),
  quantity: fc.constantFrom('1', '258', '1234.5'),
});

it.each([
  ['a person', swedishPerson, true],
  ['a company', swedishCompany, false],
] as const)('%s', (_, buyer, isIncluding) => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: -50, max: 50 }),
      (rows, rounding) => {
        const lines = rows.map((each, at) => sveaLine(String(at), each.netMinor, each));
        const invoice = sveaInvoice({ lines, buyer }, rounding);
        const mapped = mapOrder(invoice, sveaConfig());
        if ((invoice.totals.payableMinor ?? 0) <= 0) {
          expect(mapped.ok).toBe(false);
          return;
        }
        if (!mapped.ok) throw new Error(JSON.stringify(mapped.error));
        const sent = mapped.value.order.OrderRows.OrderRow;
        expect(orderTotal(sent)).toBe(invoice.totals.payableMinor);
        expect(new Set(sent.map(({ PriceIncludingVat }) => PriceIncludingVat))).toEqual(new Set([isIncluding]));
        for (const { Description, PricePerUnit } of sent) {
          // As .NET counts, and no pair cut in two.
          expect(Description.length).toBeLessThanOrEqual(40);
          expect(Description.isWellFormed()).toBe(true);
          expect(PricePerUnit).toMatch(/^-?\d{1,7}\.\d\d$/u);
        }
      },
    ),
    { numRuns: 300 },
  );
});
