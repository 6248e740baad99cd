// Reading and multiplying money exactly.

import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  decimalToText,
  divideDecimals,
  parseDecimal,
  roundDecimal,
} from '../../../src/main/domain/decimal.ts';
import {
  formatAmount,
  isKnownCurrency,
  minorDigits,
  multiplyToMinor,
  parseAmount,
  percentOfMinor,
  toleranceMinor,
} from '../../../src/main/domain/money.ts';

describe('parseAmount', () => {
  it.each([
    ['1234.50', 'SEK', 123_450],
    ['1234.5', 'SEK', 123_450],
    ['1234', 'SEK', 123_400],
    ['-0.01', 'SEK', -1],
    ['007.10', 'SEK', 710],
    ['12.340', 'SEK', 1_234],
    ['100.00', 'JPY', 100],
    ['1.234', 'KWD', 1_234],
    ['90071992547409.91', 'SEK', Number.MAX_SAFE_INTEGER],
  ])('reads %s %s exactly', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toEqual({ ok: true, value: minor });
  });

  it.each([
    ['', 'empty'],
    ['1 234,50', 'notDecimal'],
    ['1234,50', 'notDecimal'],
    ['1e3', 'notDecimal'],
    ['+5.00', 'notDecimal'],
    ['.5', 'notDecimal'],
    ['5.', 'notDecimal'],
    ['-', 'notDecimal'],
    ['1.2.3', 'notDecimal'],
    ['12.345', 'tooManyDecimals'],
    ['90071992547409.92', 'tooLarge'],
    ['١٢', 'notDecimal'],
    ['9'.repeat(100), 'notDecimal'],
  ])('refuses %j as %s', (text, fault) => {
    expect(parseAmount(text, 'SEK')).toEqual({ ok: false, error: fault });
  });

  it('never gives minus zero', () => {
    expect(Object.is(parseAmount('-0.00', 'SEK').ok && 0, 0)).toBe(true);
    expect(parseAmount('-0.00', 'SEK')).toEqual({ ok: true, value: 0 });
  });
});

describe('money', () => {
  it('multiplies quantity and price and rounds once, half away from zero', () => {
    const of = (quantity: string, price: string, baseQuantity: string | null = null): number | null =>
      multiplyToMinor({ quantity, price, baseQuantity, currency: 'SEK' });
    expect(of('812', '0.8731')).toBe(70_896);
    expect(of('1', '1.005')).toBe(101);
    expect(of('-1', '1.005')).toBe(-101);
    expect(of('3', '10', '7')).toBe(429);
    expect(of('123456789.123', '98765432.1')).toBe(null);
    expect(of('12345678.12', '987.65')).toBe(1_219_320_899_522);
    expect(of('1', '1', '0')).toBe(null);
    expect(of('1,5', '1')).toBe(null);
  });

  it('takes percentages exactly, also with decimals', () => {
    expect(percentOfMinor(10_001, '25')).toBe(2_500);
    expect(percentOfMinor(10_002, '25')).toBe(2_501);
    expect(percentOfMinor(-10_002, '25')).toBe(-2_501);
    expect(percentOfMinor(10_000, '11.11')).toBe(1_111);
    expect(percentOfMinor(1, 'x')).toBe(null);
  });

  it('knows the decimals of currencies and which exist', () => {
    expect(['SEK', 'JPY', 'KWD', 'ISK', 'XXX'].map(minorDigits)).toEqual([2, 0, 3, 0, 2]);
    expect(['SEK', 'NOK', 'EUR', 'SKR', 'sek', ''].map(isKnownCurrency)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([toleranceMinor(2, 'SEK'), toleranceMinor(2, 'JPY'), toleranceMinor(2, 'KWD')]).toEqual([2, 1, 20]);
  });

  it('writes amounts with the currency’s decimals', () => {
    expect([formatAmount(125_000, 'SEK'), formatAmount(-5, 'SEK'), formatAmount(7, 'JPY')]).toEqual([
      '1250.00',
      '-0.05',
      '7',
    ]);
  });
});

describe('decimals', () => {
  const read = (text: string) => parseDecimal(text) ?? { digits: -999n, scale: 0 };

  it('are added, compared, divided and rounded exactly', () => {
    expect(decimalToText(addDecimals(read('0.1'), read('0.25')))).toBe('0.35');
    expect(compareDecimals(read('25'), read('25.00'))).toBe(0);
    expect(compareDecimals(read('-1'), read('0.5'))).toBe(-1);
    expect(decimalToText(roundDecimal(read('-2.5'), 0))).toBe('-3');
    expect(decimalToText(roundDecimal(read('2.4'), 3))).toBe('2.400');
    expect(divideDecimals(read('1'), read('0'), 2)).toBe(null);
    expect(decimalToText(divideDecimals(read('-2'), read('3'), 2) ?? read('0'))).toBe('-0.67');
  });
});
