// What single bytes mean in the character sets that get mixed up. Tables only; nothing is judged here.

/** Windows-1252, bytes 0x80 to 0x9F; a space where the standard leaves the byte undefined (WHATWG Encoding, index windows-1252). */
const windows1252High = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const byteOf1252: ReadonlyMap<string, number> = new Map(
  Array.from(windows1252High, (letter, index): [string, number] => [letter, 0x80 + index]).filter(
    ([letter]) => letter !== ' ',
  ),
);

/** The byte a character has in ISO-8859-1 or in Windows-1252, whichever holds it; null when neither does. */
export function byteOf(character: string): number | null {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? code : (byteOf1252.get(character) ?? null);
}

/** What Windows-1252 means by the byte behind a C1 control (U+0080 to U+009F); null where it means nothing. */
export function windows1252Of(code: number): string | null {
  const letter = windows1252High[code - 0x80];
  return letter === undefined || letter === ' ' ? null : letter;
}

/** Nordic letters of the MS-DOS code pages 437, 850 and 865, by byte (0x80 to 0x9F). */
export const dosLetters: ReadonlyMap<number, string> = new Map([
  [0x81, 'ü'],
  [0x82, 'é'],
  [0x84, 'ä'],
  [0x86, 'å'],
  [0x8e, 'Ä'],
  [0x8f, 'Å'],
  [0x90, 'É'],
  [0x91, 'æ'],
  [0x92, 'Æ'],
  [0x94, 'ö'],
  [0x99, 'Ö'],
  [0x9a, 'Ü'],
  [0x9b, 'ø'],
  [0x9d, 'Ø'],
]);

/** What a Windows-1252 byte of a Nordic letter looks like when it is read by code page 437. */
export const lettersReadAsDos: ReadonlyMap<string, string> = new Map([
  ['σ', 'å'],
  ['Σ', 'ä'],
  ['÷', 'ö'],
  ['┼', 'Å'],
  ['─', 'Ä'],
  ['╓', 'Ö'],
  ['µ', 'æ'],
  ['°', 'ø'],
  ['╞', 'Æ'],
  ['╪', 'Ø'],
  ['Θ', 'é'],
]);

/** What ISO-8859-15 means by a byte that ISO-8859-1 shows as a sign. The euro is left out: a currency sign is never guessed. */
export const latin9Letters: ReadonlyMap<string, string> = new Map([
  ['¦', 'Š'],
  ['¸', 'ž'],
]);
