// How money, dates and sizes are written in each language.

import { describe, expect, it } from 'vitest';
import { createFormats } from '../../../src/renderer/words/formats.ts';

/** Intl puts narrow and non-breaking spaces and a real minus sign; the tests compare with plain ones. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/gu, ' ').replaceAll('\u2212', '-');
const sv = createFormats('sv');
const nb = createFormats('nb');
const en = createFormats('en');

describe('formats', () => {
  it('write an amount with the currency of the country as kr and every other by its code', () => {
    expect(plain(sv.money({ currency: 'SEK', amountMinor: 123_450 }))).toBe('1 234,50 kr');
    expect(plain(sv.money({ currency: 'NOK', amountMinor: 123_450 }))).toBe('1 234,50 NOK');
    expect(plain(nb.money({ currency: 'NOK', amountMinor: -123_450 }))).toBe('-1 234,50 kr');
    expect(plain(nb.money({ currency: 'SEK', amountMinor: 5 }))).toBe('0,05 SEK');
    expect(plain(en.money({ currency: 'SEK', amountMinor: 391_422_050 }))).toBe('3,914,220.50 SEK');
  });

  it('keep every digit of the largest amounts', () => {
    expect(plain(en.amount({ currency: 'SEK', amountMinor: Number.MAX_SAFE_INTEGER }))).toBe('90,071,992,547,409.91');
  });

  it('know currencies without decimals and survive codes that do not exist', () => {
    expect(plain(en.money({ currency: 'JPY', amountMinor: 1_200 }))).toBe('1,200 JPY');
    expect(plain(en.money({ currency: '??', amountMinor: 1_200 }))).toBe('12.00 ??');
  });

  it('join several currencies and say nothing as a dash', () => {
    expect(
      plain(
        sv.sums([
          { currency: 'SEK', amountMinor: 100 },
          { currency: 'EUR', amountMinor: 200 },
        ]),
      ),
    ).toBe('1,00 kr + 2,00 EUR');
    expect(sv.sums([])).toBe('–');
    expect(sv.date(null)).toBe('–');
  });

  it('write dates as the country does, and what is not a date as it stands', () => {
    expect(sv.date('2026-11-21')).toBe('2026-11-21');
    expect(nb.date('2026-11-21')).toBe('21.11.2026');
    expect(en.date('2026-11-21')).toBe('2026-11-21');
    expect(sv.date('snart')).toBe('snart');
    expect(sv.dateRange('2026-12-20', '2026-12-20')).toBe('2026-12-20');
    expect(sv.dateRange('2026-12-20', '2026-12-30')).toBe('2026-12-20 – 2026-12-30');
  });

  it('write sizes and durations in units a person uses', () => {
    expect(plain(sv.bytes(512))).toBe('512 B');
    expect(plain(sv.bytes(104_857_600))).toBe('104,9 MB');
    expect(plain(sv.duration(40_400))).toBe('40 s');
    expect(plain(sv.duration(185_000))).toBe('3 min');
    expect(plain(sv.duration(3_900_000))).toBe('1 h 5 min');
  });
});
