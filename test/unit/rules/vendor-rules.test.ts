// The rules on the energy vendors' own formats: one GASEL document that passes each and one that fails it, with the exact place.

import { describe, expect, it } from 'vitest';
import { batchText, invoiceText } from '../formats/gasel-text.ts';
import { placeOf, readContent } from '../formats/read-text.ts';

const failures = [
  {
    id: 'vendor.metering.missing',
    change: ['      <ID>735999100000000010</ID>\n', ''],
    at: ['<MeteringPoint>', 0],
  },
  { id: 'vendor.metering.area', change: ['>SE3<', '>STH<'], at: ['>STH<', 1] },
  {
    id: 'vendor.metering.readings',
    change: [
      '<Consumption unitCode="KWH">400<',
      '<ReadingStart>1000</ReadingStart><ReadingEnd>1500</ReadingEnd><Consumption unitCode="KWH">400<',
    ],
    at: ['"KWH">400<', 6],
  },
] as const;

describe('the rules on vendors’ formats', () => {
  it.each(failures)('$id is found at its line and column, as a warning', async ({ id, change, at }) => {
    const text = batchText([invoiceText()]).replace(change[0], change[1]);
    const { problems } = await readContent(text);
    expect(problems).toMatchObject([{ ruleId: id, severity: 'warning', ...placeOf(text, at[0], at[1]) }]);
  });

  it('accept readings that agree, also with decimals and after the meter went round', async () => {
    for (const [start, end] of [
      ['1000', '1400'],
      ['1000.5', '1400.75'],
      ['99900', '300'],
    ] as const) {
      const { problems } = await readContent(
        batchText([invoiceText()]).replace(
          '<Consumption unitCode',
          `<ReadingStart>${start}</ReadingStart><ReadingEnd>${end}</ReadingEnd><Consumption unitCode`,
        ),
      );
      expect(problems).toEqual([]);
    }
  });
});
