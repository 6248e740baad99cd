// The rules on the energy vendors' own formats: what readings may look like. Each with its failing document: own-failures.ts.

import { describe, expect, it } from 'vitest';
import { batchText, invoiceText } from '../formats/gasel-text.ts';
import { readContent } from '../formats/read-text.ts';

describe('the rules on vendors’ formats', () => {
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
