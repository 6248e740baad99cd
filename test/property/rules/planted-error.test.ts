// An error planted at a random place of a random invoice is found at exactly that place, whatever stands before it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';
import { placeOf, readContent } from '../../unit/formats/read-text.ts';
import { standardText } from '../../unit/rules/standard-text.ts';

/** Rule → the good text and the bad one; the bad text occurs nowhere else. */
const plants = [
  ['core.type.date', '<DueDate>2026-12-06', '<DueDate>2026-02-30', 9],
  ['core.email.syntax', '<ElectronicMail>asa@example.com', '<ElectronicMail>asa example.com', 16],
  ['core.reference.ocr', '<PaymentReference>1230', '<PaymentReference>1231', 18],
  ['core.account.bankgiro', '<Bankgiro>5402-9681', '<Bankgiro>5402-9682', 10],
  ['vendor.metering.area', '<PriceArea>SE3', '<PriceArea>STH', 11],
] as const;

describe('a planted error', () => {
  it('is found at its line and column, behind line ends of any kind and letters of any width', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.nat(5),
        fc.constantFrom(...plants),
        fc.constantFrom('\n', '\r\n', ''),
        fc.array(fc.constantFrom('a', 'å', '€', '😀', ' '), { maxLength: 20 }),
        async (count, wanted, [id, good, bad, skip], lineEnd, letters) => {
          const target = wanted % count;
          const invoices = Array.from({ length: count }, (_, index) => {
            const text = invoiceText({ id: String(1000 + index), name: `Å${letters.join('')}b` });
            return index === target ? text.replace(good, bad) : text;
          });
          const text = batchText(invoices).replaceAll('\n', lineEnd);
          const { problems } = await readContent(text);
          expect(problems).toMatchObject([{ ruleId: id, invoiceOrdinal: target, ...placeOf(text, bad, skip) }]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is found in a document under EN 16931 too, after any number of blank lines and comments', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.nat(60), fc.boolean(), async (lines, spaces, isComment) => {
        const filler = `${'\n'.repeat(lines)}${isComment ? '<!-- 😀 -->' : ''}${' '.repeat(spaces)}`;
        const text = standardText()
          .replace('  <cac:LegalMonetaryTotal>', `${filler}<cac:LegalMonetaryTotal>`)
          .replace('128.00', '129.00');
        const { problems } = await readContent(text);
        expect(problems).toMatchObject([{ ruleId: 'BR-CO-16', ...placeOf(text, '129.00') }]);
      }),
      { numRuns: 40 },
    );
  });
});
