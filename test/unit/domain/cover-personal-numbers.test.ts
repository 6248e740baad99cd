// Personal numbers in a source line are covered without moving any column.

import { describe, expect, it } from 'vitest';
import { coverPersonalNumbersIn } from '../../../src/main/domain/masking.ts';

describe('a source line', () => {
  it.each([
    ['<Id>19811218-9876</Id>', '<Id>19811218-****</Id>'],
    ['<Id>8112189876</Id>', '<Id>811218****</Id>'],
    ['Kund 811218-9876.', 'Kund 811218-****.'],
    ['Anna,811218-9876,Umeå', 'Anna,811218-****,Umeå'],
    ['Slutat. 811218-9876', 'Slutat. 811218-****'],
    ['<Id>01929000087</Id>', '<Id>019290*****</Id>'],
    ['Fødselsnr. 019290 00087.', 'Fødselsnr. 019290 *****.'],
    ['8112189876.50 och 1,8112189876', '8112189876.50 och 1,8112189876'],
    ['<Total>1250.00</Total>', '<Total>1250.00</Total>'],
    ['<Org>556677-8899</Org>', '<Org>556677-8899</Org>'],
  ])('%s is shown as %s, as long as before', (line, shown) => {
    expect(coverPersonalNumbersIn(line)).toBe(shown);
    expect(shown).toHaveLength(line.length);
  });
});
