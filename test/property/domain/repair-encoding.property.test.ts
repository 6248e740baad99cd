// The encoding doctor over any Nordic text: damage is repaired exactly, sound text stays, and repairing is done once.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDamage, repairEncoding } from '../../../src/main/domain/doctor/repair-encoding.ts';

/** Windows-1252, bytes 0x80 to 0x9F, by the platform's own decoder: not the product's table. */
const windows1252 = new TextDecoder('windows-1252');
const asWindows1252 = (bytes: Uint8Array): string => windows1252.decode(bytes);
const asLatin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const letters = 'abcdefghijklmnopqrstuvwxyzåäöæøéABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÆØÉ';
const nordic = 'åäöæøéÅÄÖÆØÉüÜáÁðþíÍóúýÝ';
const word = fc.string({ unit: fc.constantFrom(...Array.from(letters + nordic)), minLength: 1, maxLength: 12 });
const between = fc.constantFrom(' ', ' ', ' ', '-', ', ', '. ', ' & ', ' – ', '’', ' 12', '/', ' (', ')', ' § ');
const soundText = fc.array(fc.tuple(word, between), { minLength: 1, maxLength: 5 }).map((parts) =>
  parts
    .map(([each, sign]) => each + sign)
    .join('')
    .trim(),
);
const damagedBy = {
  'UTF-8 read as Windows-1252': (text: string) => asWindows1252(utf8(text)),
  'UTF-8 read as ISO-8859-1': (text: string) => asLatin1(utf8(text)),
  'UTF-8 read as Windows-1252 twice': (text: string) => asWindows1252(utf8(asWindows1252(utf8(text)))),
  'UTF-8 read as ISO-8859-1 twice': (text: string) => asLatin1(utf8(asLatin1(utf8(text)))),
};

const hasNordicLetter = new RegExp(`[${nordic}]`, 'u');

test.each(Object.entries(damagedBy))(
  '%s is repaired exactly, and then there is nothing more to repair',
  (_, damage) => {
    fc.assert(
      fc.property(
        soundText.filter((text) => hasNordicLetter.test(text)),
        (text) => {
          expect(repairEncoding(damage(text))).toBe(text);
          expect(repairEncoding(text)).toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  },
);

test('sound Nordic text is never touched', () => {
  fc.assert(
    fc.property(soundText, (text) => {
      expect(repairEncoding(text)).toBeNull();
      expect(findDamage(text)).toBeNull();
    }),
    { numRuns: 500 },
  );
});

const european = 'ÃÂÅÄãâàÀçÇñÑêÊôÔõÕßžŽšŠčČćłŁńśźżąęőűřěůİıĐđ';
const anyWord = fc.string({ unit: fc.constantFrom(...Array.from(letters + european)), minLength: 1, maxLength: 10 });
const quoted = fc
  .tuple(anyWord, fc.constantFrom('', '”', '’', '…', '–', ' €', ' £5', ' ¥', ' ¤', '°', '®', '\u00A0', ' ™'))
  .map(([each, sign]) => each + sign);

test('text in other languages is never touched, unless it reads as damage from its first letter to its last', () => {
  fc.assert(
    fc.property(fc.array(quoted, { minLength: 1, maxLength: 4 }), (parts) => {
      const text = parts.join(' ').trim();
      const repaired = repairEncoding(text);
      if (repaired === null) return;
      // What was changed can be damaged again into what stood there: nothing was dropped or made up.
      expect([asWindows1252(utf8(repaired)), asLatin1(utf8(repaired))]).toContain(text);
    }),
    { numRuns: 1_000 },
  );
});

test('any text at all comes back readable or not at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const repaired = repairEncoding(text);
      if (repaired === null) return;
      expect(repaired).not.toBe(text);
      expect(repaired).not.toMatch(/[\u0080-\u009F\uFFFD]/u);
      expect(repairEncoding(repaired)).toBeNull();
    }),
    { numRuns: 200 },
  );
});
