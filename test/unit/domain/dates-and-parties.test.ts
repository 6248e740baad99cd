// Dates, seller keys, routing and masking.

import { describe, expect, it } from 'vitest';
import { addDays, addMonths, compareDates, daysBetween, isCalendarDate } from '../../../src/main/domain/dates.ts';
import { maskPersonalNumber, maskPersonalNumbersIn } from '../../../src/main/domain/masking.ts';
import { isPostalChoice, routeChannel } from '../../../src/main/domain/routing.ts';
import { sellerKey } from '../../../src/main/domain/seller-key.ts';

describe('calendar dates', () => {
  it.each([
    '2025-02-30',
    '2025-13-01',
    '2025-00-10',
    '2025-1-01',
    '2025-02-29',
    '1900-02-29',
    '20250101',
    '2025-02-03T00:00',
    '',
    '2O25-01-01',
    '0000-01-01',
  ])('do not include %j', (text) => {
    expect(isCalendarDate(text)).toBe(false);
  });

  it.each(['2024-02-29', '2000-02-29', '2026-12-31', '1900-01-01'])('include %s', (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });

  it('are counted over months, years and the change to summer time', () => {
    expect(addDays('2026-02-27', 2)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12');
    expect(addMonths('2026-12', 2)).toBe('2027-02');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-11-21', '2025-11-21')).toBe(-365);
    expect(compareDates('2026-01-02', '2026-01-10')).toBe(-1);
  });
});

describe('the seller key', () => {
  const key = (
    registrationNumber: string | null,
    vatNumber: string | null = null,
    name: string | null = 'Exempelenergi  AB ',
  ): string => sellerKey({ registrationNumber, vatNumber, name });

  it('is the same for every way of writing one Swedish company', () => {
    expect(
      new Set([
        key('556677-8899'),
        key('5566778899'),
        key('165566778899'),
        key(null, 'SE556677889901'),
        key('SE 556677889901'),
      ]),
    ).toEqual(new Set(['5566778899']));
  });

  it('is the same for every way of writing one Norwegian company', () => {
    expect(
      new Set([key('923609016'), key('923 609 016'), key(null, 'NO923609016MVA'), key('NO 923609016 MVA')]),
    ).toEqual(new Set(['923609016']));
  });

  it('falls back to the name, then to nothing', () => {
    expect(key(null)).toBe('exempelenergi ab');
    expect(key(null, null, null)).toBe('');
    expect(key('', '', 'A')).toBe('a');
    expect(key('DK16356700')).toBe('DK16356700');
  });
});

describe('routing', () => {
  it('goes by e-mail when there is an address and post was not chosen', () => {
    expect(routeChannel('email', 'a@example.com')).toBe('email');
    expect(routeChannel(null, 'a@example.com')).toBe('email');
    expect(routeChannel('einvoice', 'a@example.com')).toBe('email');
    expect(routeChannel('postal', 'a@example.com')).toBe('sftp');
    expect(routeChannel('email', null)).toBe('sftp');
    expect(routeChannel('email', '')).toBe('sftp');
    expect(isPostalChoice('paper')).toBe(true);
  });
});

describe('masking', () => {
  it.each([
    ['19121212-1212', '121212-****'],
    ['121212+1212', '121212-****'],
    ['191212121212', '121212-****'],
    ['1212121212', '121212-****'],
    ['19121212-9999', '121212-****'],
    ['19701263-2391', '701263-****'],
    ['16822548834', '168225*****'],
    ['556677-8899', '556677-8899'],
    ['923609016', '923609016'],
    ['K200001', 'K200001'],
  ])('shows %s as %s', (text, shown) => {
    expect(maskPersonalNumber(text)).toBe(shown);
  });

  it('finds numbers inside texts, but leaves amounts, references and dates readable', () => {
    expect(maskPersonalNumbersIn('Kund 19121212-1212, ring')).toBe('Kund 121212-****, ring');
    expect(maskPersonalNumbersIn('191212121212')).toBe('121212-****');
    expect(maskPersonalNumbersIn('OCR 1234567890 den 2026-11-21, 121212.50 kr')).toBe(
      'OCR 1234567890 den 2026-11-21, 121212.50 kr',
    );
    expect(maskPersonalNumbersIn('735999100000000010')).toBe('735999100000000010');
  });
});
