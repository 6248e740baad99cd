// Corrections by rule: what is mended without judgement and what is left to a person.

import { describe, expect, test } from 'vitest';
import { fixForRule, isWordField } from '../../../src/main/domain/doctor/mechanical-fixes.ts';
import type { FixableValue } from '../../../src/main/domain/doctor/mechanical-fixes.ts';

function mend(ruleId: string, text: string, value: Partial<FixableValue> = {}): string | null {
  const fix = fixForRule(ruleId);
  if (fix === null) throw new Error(`${ruleId} has no fix`);
  return fix({ field: 'buyer.name', type: 'text', currency: 'SEK', ...value, text });
}

describe('dates', () => {
  test.each([
    ['2025/11/06', '2025-11-06'],
    ['06.11.2025', '2025-11-06'],
    ['6.1.2025', '2025-01-06'],
    ['20251106', '2025-11-06'],
    ['2025.11.06', '2025-11-06'],
    ['2025-1-6', '2025-01-06'],
    ['2025-11-06T00:00:00', '2025-11-06'],
    ['2025-11-06+01:00', '2025-11-06'],
    ['23/11/2025', '2025-11-23'],
    ['11/23/2025', '2025-11-23'],
    ['05-05-2025', '2025-05-05'],
  ])('%s becomes %s', (text, date) => {
    expect(mend('core.type.date', text, { field: 'dueDate', type: 'date' })).toBe(date);
  });

  test.each([
    '06/11/2025',
    '06-11-2025',
    '251106',
    '06.11.25',
    '2025-02-30',
    '31.04.2025',
    '2025-11-06T23:30:00Z',
    '2025-11-06',
    'snart',
  ])('%s is left to a person', (text) => {
    expect(mend('core.type.date', text, { field: 'dueDate', type: 'date' })).toBeNull();
  });

  test.each([
    ['202511', '2025-11'],
    ['2025/11', '2025-11'],
    ['11.2025', '2025-11'],
    ['2025-9', '2025-09'],
  ])('the month %s becomes %s', (text, month) => {
    expect(mend('core.type.date', text, { field: 'metering.history[0].month', type: 'month' })).toBe(month);
  });
});

describe('amounts and quantities', () => {
  test.each([
    ['1 234,50', '1234.50'],
    ['1\u00A0234,50', '1234.50'],
    ['1\u202F234\u202F567,00', '1234567.00'],
    ['1234,50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1,234.50', '1234.50'],
    ['1.234.567,89', '1234567.89'],
    ['-1 234,50', '-1234.50'],
    ['\u22121234,50', '-1234.50'],
    ['1234,50-', '-1234.50'],
    ['+12,50', '12.50'],
    ['1 234', '1234'],
    ['0,8', '0.8'],
  ])('%j becomes %s', (text, amount) => {
    expect(mend('core.type.decimal', text, { field: 'totals.netMinor', type: 'amount' })).toBe(amount);
  });

  test.each([
    '1,234',
    '12,345',
    '1 23,50',
    '1.234.56',
    '12,34,56',
    '500.00',
    '12,5 kr',
    'fem',
    '1e3',
    '--5',
    '-5-',
    '0,873',
  ])('the amount %j is left to a person', (text) => {
    expect(mend('core.type.decimal', text, { field: 'totals.netMinor', type: 'amount' })).toBeNull();
  });

  test('a price may have more decimals than an amount, and a leading zero tells what the comma is', () => {
    const price = { field: 'lines[0].unitPrice', type: 'decimal' } as const;
    expect(mend('core.type.decimal', '0,873', price)).toBe('0.873');
    expect(mend('core.type.decimal', '1,2345', price)).toBe('1.2345');
    expect(mend('core.type.decimal', '1 234,567', price)).toBe('1234.567');
    expect(mend('core.type.decimal', '1,234', price)).toBeNull();
  });
});

describe('marks that do not belong', () => {
  test('invisible marks leave names and numbers, breaks become spaces', () => {
    expect(mend('core.text.control', '\u200BAnna\u200E  Berg\t', { field: 'buyer.name' })).toBe('Anna Berg');
    expect(mend('core.text.control', '1042\u200B', { field: 'invoiceNumber' })).toBe('1042');
    expect(mend('core.text.control', '1042\n1043', { field: 'invoiceNumber' })).toBeNull();
    expect(mend('core.text.control', 'Anna Berg', { field: 'buyer.name' })).toBeNull();
  });

  test('an address is taken out of what stands around it, but never guessed', () => {
    const email = { field: 'buyer.email' } as const;
    expect(mend('core.email.syntax', '<anna@example.se>;', email)).toBe('anna@example.se');
    expect(mend('core.email.syntax', 'mailto:anna@example.se', email)).toBe('anna@example.se');
    expect(mend('core.email.syntax', 'anna @example. se', email)).toBe('anna@example.se');
    expect(mend('core.email.syntax', 'anna@example.se;bo@example.se', email)).toBeNull();
    expect(mend('core.email.syntax', 'anna.example.se', email)).toBeNull();
    expect(mend('core.email.syntax', 'anna berg@example.se', email)).toBeNull();
  });

  test('a currency in small letters is written in capitals', () => {
    expect(mend('core.type.currency', 'sek', { field: 'currency', type: 'currency' })).toBe('SEK');
    expect(mend('core.type.currency', 'kr', { field: 'currency', type: 'currency' })).toBeNull();
  });
});

test('the encoding doctor only looks at fields with words in them', () => {
  expect(mend('core.text.encoding', 'Ã…sa', { field: 'buyer.name' })).toBe('Åsa');
  expect(mend('core.text.encoding', 'Ã…sa', { field: 'buyer.contactName' })).toBe('Åsa');
  expect(mend('core.text.encoding', 'Ã…12', { field: 'invoiceNumber' })).toBeNull();
  expect(isWordField('lines[3].description')).toBe(true);
  expect(isWordField('payment.reference')).toBe(false);
  expect(isWordField('buyer.email')).toBe(false);
});

test('a rule whose cause needs a person has no fix', () => {
  expect(fixForRule('core.total.payable')).toBeNull();
});
