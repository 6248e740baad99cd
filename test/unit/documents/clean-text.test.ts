// What text from a file may do to a document: nothing.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanPlainText, cleanTextFor } from '../../../src/main/documents/clean-text.ts';

test('control, zero-width and direction characters are taken away', () => {
  expect(cleanPlainText('Åsa\u0000\u0007 \u202EmörtS\u202C\u200B\uFEFF\u2066x\u2069\u00AD')).toBe('Åsa mörtSx');
});

test('line breaks and runs of blanks become one blank', () => {
  expect(cleanPlainText('  one\r\n\ttwo\u2028three  ')).toBe('one two three');
});

test('a letter with its accent apart is put together', () => {
  expect(cleanPlainText('A\u030Asa')).toBe('Åsa');
});

test('text is cut by characters, not in the middle of one', () => {
  expect(cleanPlainText('😀'.repeat(10), 4)).toBe('😀😀😀…');
  expect(Array.from(cleanPlainText('x'.repeat(10_000))).length).toBe(200);
});

test('what the font lacks becomes its plain letter, or a question mark', () => {
  const clean = cleanTextFor((codePoint) => codePoint < 0x80);
  expect(clean('Łódź ﬁn 中 e\u0302')).toBe('?odz fin ? e');
});

test('whatever comes in, what goes out is one line without invisible characters and within its limit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (text, limit) => {
      const clean = cleanPlainText(text, limit);
      expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/u);
      expect(clean.trim()).toBe(clean);
      expect(Array.from(clean).length).toBeLessThanOrEqual(limit);
    }),
  );
});
