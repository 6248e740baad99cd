// How numbers, dates and accounts are written in each language.

import { expect, test } from 'vitest';
import {
  currencyLabel,
  formatAccount,
  formatBankgiro,
  formatDate,
  formatDecimal,
  formatIban,
  formatMinor,
  formatPeriod,
  formatPlusgiro,
  formatTown,
} from '../../../src/main/documents/format-values.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

test.each([
  [123450, 2, 'sv', '1 234,50'],
  [123450, 2, 'nb', '1 234,50'],
  [123450, 2, 'en', '1,234.50'],
  [-5, 2, 'sv', '−0,05'],
  [0, 2, 'sv', '0,00'],
  [123456789012345, 2, 'sv', '1 234 567 890 123,45'],
  [1500, 0, 'en', '1,500'],
  [1500, 3, 'en', '1.500'],
] as const)('%i minor units with %i decimals in %s are %s', (amount, digits, language, expected) => {
  expect(plain(formatMinor(amount, digits, language))).toBe(expected);
});

test.each([
  ['0.8731', 2, '0,8731'],
  ['45', 2, '45,00'],
  ['45.10', 0, '45,1'],
  ['-0.00', 0, '0'],
  ['0001234.5', 0, '1 234,5'],
  ['12345678901234567890.123456789', 0, '12 345 678 901 234 567 890,123456789'],
  ['1e5', 0, '1e5'],
  ['1 234,50', 0, '1 234,50'],
])('the decimal %s with at least %i decimals is %s, never a float', (text, decimals, expected) => {
  expect(plain(formatDecimal(text, 'sv', decimals))).toBe(expected);
});

test('a currency is called kr only where it can not be mistaken', () => {
  expect([
    currencyLabel('SEK', 'sv'),
    currencyLabel('NOK', 'nb'),
    currencyLabel('SEK', 'nb'),
    currencyLabel('NOK', 'sv'),
    currencyLabel('SEK', 'en'),
  ]).toEqual(['kr', 'kr', 'SEK', 'NOK', 'SEK']);
});

test('dates are written as each language writes them, and what is no date is left alone', () => {
  expect(formatDate('2026-11-05', 'sv')).toBe('2026-11-05');
  expect(formatDate('2026-11-05', 'nb')).toBe('05.11.2026');
  expect(plain(formatDate('2026-11-05', 'en'))).toBe('5 Nov 2026');
  expect(formatDate('soon', 'en')).toBe('soon');
  expect(plain(formatPeriod('2026-10-01', '2026-10-31', 'sv'))).toBe('2026-10-01 – 2026-10-31');
  expect(formatPeriod(null, null, 'sv')).toBe('');
});

test('account numbers are grouped as on a payment slip, and odd ones are left alone', () => {
  expect(formatBankgiro('54029681')).toBe('5402-9681');
  expect(formatBankgiro('9020033')).toBe('902-0033');
  expect(formatBankgiro('5402-9681')).toBe('5402-9681');
  expect(plain(formatPlusgiro('2865434'))).toBe('28 65 43-4');
  expect(plain(formatPlusgiro('90'))).toBe('9-0');
  expect(plain(formatIban('SE4550000000058398257466'))).toBe('SE45 5000 0000 0583 9825 7466');
  expect(plain(formatAccount('86011117947'))).toBe('8601 11 17947');
  expect(formatIban('not an iban')).toBe('not an iban');
});

test('a Swedish postal code gets its gap, a foreign one is left alone', () => {
  expect(plain(formatTown('60230', 'Norrköping', 'SE'))).toBe('602 30  Norrköping');
  expect(formatTown('1950 AB', 'Velsen-Noord', 'NL')).toBe('1950 AB Velsen-Noord');
  expect(formatTown(null, 'Oslo', 'NO')).toBe('Oslo');
});
