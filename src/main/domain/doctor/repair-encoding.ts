// The encoding doctor: finds text that was read in the wrong character set, and what it said before. Pure; rather leaves damage than touches sound text.

import { byteOf, dosLetters, latin9Letters, lettersReadAsDos, windows1252Of } from './code-pages.ts';

/** What is wrong with a text. `repaired` is null where characters are lost for good (`�`): only the sender can mend that. */
export interface TextDamage {
  readonly repaired: string | null;
}

/** UTF-8 that was read as Windows-1252 may have been written and read so once more. */
const maxRounds = 2;

/**
 * The text as it was before it was read in the wrong character set; null when it is sound, or when what it said can't be told for certain.
 * Knows UTF-8 read as Windows-1252 or ISO-8859-1 (once or twice), Windows-1252 read as ISO-8859-1 or code page 437, and code page 437,
 * 850 or 865 read as either. Repairing what comes back gives null.
 */
export function repairEncoding(text: string): string | null {
  if (isPlainNordic(text) || text.includes('\uFFFD')) return null;
  const repaired = repairUtf8(text) ?? repairDos(text) ?? repairControls(text) ?? repairSigns(text);
  return repaired === null || /[\u0080-\u009F\uFFFD]/u.test(repaired) ? null : repaired;
}

/** What is wrong with a text, null when nothing is. */
export function findDamage(text: string): TextDamage | null {
  if (isPlainNordic(text)) return null;
  if (/\uFFFD|ï¿½/u.test(text)) return { repaired: null };
  const repaired = repairEncoding(text);
  return repaired === null ? null : { repaired };
}

/** ASCII and the Nordic letters alone are never damage; this is nearly every text, so it comes first. */
export function isPlainNordic(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80 || isNordicCode(code)) continue;
    return false;
  }
  return true;
}

/** Å Ä Ö Æ Ø É and their small letters: none of them is a continuation byte, so among themselves and ASCII they are no damage. */
function isNordicCode(code: number): boolean {
  const capital = code >= 0xe0 ? code - 0x20 : code;
  return (
    capital === 0xc5 || capital === 0xc4 || capital === 0xd6 || capital === 0xc6 || capital === 0xd8 || capital === 0xc9
  );
}

/** UTF-8 read byte by byte. The whole text must read as UTF-8, so that a text with a sound letter in it is left alone. */
function repairUtf8(text: string): string | null {
  let best: string | null = null;
  let current = text;
  for (let round = 1; round <= maxRounds; round += 1) {
    const next = decodeRound(current);
    if (next === null) break;
    current = next.text;
    if (next.isSure && isReadable(current)) best = current;
  }
  return best;
}

/** One round backwards; null when the text is not UTF-8 read byte by byte. `isSure`: it holds a sequence that no sound text has. */
function decodeRound(text: string): { readonly text: string; readonly isSure: boolean } | null {
  const bytes: number[] = [];
  for (const character of text) {
    const byte = byteOf(character);
    if (byte === null) return null;
    bytes.push(byte);
  }
  let decoded = '';
  let isSure = false;
  for (let index = 0; index < bytes.length;) {
    const sequence = sequenceAt(bytes, index);
    if (sequence === null) return null;
    decoded += String.fromCodePoint(sequence.code);
    if (sequence.length > 1 && !isWeak(sequence.code)) isSure = true;
    index += sequence.length;
  }
  return { text: decoded, isSure };
}

/** The UTF-8 sequence at an index, of one to three bytes; null when there is none. Longer ones (emoji) are no part of an invoice. */
function sequenceAt(
  bytes: readonly number[],
  index: number,
): { readonly code: number; readonly length: number } | null {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return { code: first, length: 1 };
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : 0;
  if (length === 0) return null;
  let code = length === 2 ? first & 0x1f : first & 0x0f;
  for (let next = index + 1; next < index + length; next += 1) {
    const byte = bytes[next] ?? 0;
    if (byte < 0x80 || byte > 0xbf) return null;
    code = code * 64 + (byte & 0x3f);
  }
  return length === 3 && code < 0x800 ? null : { code, length };
}

/**
 * A sequence that sound text may hold too, and which proves nothing by itself: a capital letter before a no-break space, a dash, a closing
 * quotation mark or another sign (`Å–`, `IRMÃ `, `Ä”`).
 */
function isWeak(code: number): boolean {
  if (code === 0xe0 || code === 0xa0 || code === 0xbb || code === 0xab) return true;
  if (code >= 0x100 && code < 0x180) return !strongExtended.has(code);
  // C1 controls are what a second round leaves; alone they prove nothing.
  return (code >= 0x80 && code < 0xa0) || (code >= 0x180 && code < 0x2000);
}

/** Ž ž š Č č Ń ń Ś ś Ł: their second byte is a sign that does not follow Å or Ä in sound text. */
const strongExtended: ReadonlySet<number> = new Set([
  0x17d, 0x17e, 0x161, 0x10c, 0x10d, 0x143, 0x144, 0x15a, 0x15b, 0x141, 0x107, 0x119, 0x105,
]);

/** Whether every character is one that names, addresses and descriptions are written with. */
function isReadable(text: string): boolean {
  return /^[\t\n\r\u0020-\u007E\u00A0-\u017F\u0192\u02C6\u02DC\u2010-\u2015\u2018-\u201E\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203A\u20AC\u2116\u2122\u2212]*$/u.test(
    text,
  );
}

/** Letters of code pages 437, 850 and 865 that were read as ISO-8859-1 (C1 controls) or Windows-1252 (signs): `V„ster†s`. */
function repairDos(text: string): string | null {
  if (!hasDosLetter(text)) return null;
  const characters = Array.from(text);
  const damaged = characters.flatMap((character, index) => {
    const letter = dosLetterAt(character);
    return letter === null ? [] : [{ character, index, letter, place: placeIn(characters, index) }];
  });
  const isAllInWords = damaged.every(({ letter, place }) => place.isBesideLetter && fitsCase(letter, place));
  if (!isAllInWords || !damaged.some(({ character, place }) => isSureDosLetter(character, place))) return null;
  const letters = new Map(damaged.map(({ index, letter }) => [index, letter]));
  return characters.map((character, index) => letters.get(index) ?? character).join('');
}

/** Whether there is anything for {@link repairDos}. */
function hasDosLetter(text: string): boolean {
  for (const character of text) if (character > '\u007F' && dosLetterAt(character) !== null) return true;
  return false;
}

/** The letter a character of bytes 0x80 to 0x9F stood for. Letters and the euro are themselves, whatever byte they share. */
function dosLetterAt(character: string): string | null {
  if (/[\p{L}€]/u.test(character)) return null;
  const byte = byteOf(character);
  return byte === null ? null : (dosLetters.get(byte) ?? null);
}

interface Place {
  readonly isBesideLetter: boolean;
  readonly isInWord: boolean;
  readonly isBeforeLetter: boolean;
  readonly before: string;
  readonly after: string;
}

function placeIn(characters: readonly string[], index: number): Place {
  const before = characters[index - 1] ?? '';
  const after = characters[index + 1] ?? '';
  const hasBefore = isLetter(before);
  const hasAfter = isLetter(after);
  return {
    isBesideLetter: hasBefore || hasAfter,
    isInWord: hasBefore && hasAfter,
    isBeforeLetter: hasAfter && !hasBefore,
    before,
    after,
  };
}

/** A Latin letter, or a sign that stands for one here. */
function isLetter(character: string): boolean {
  return isLatin(character) || dosLetterAt(character) !== null || lettersReadAsDos.has(character);
}

function isLatin(character: string): boolean {
  return /^\p{Script=Latin}$/u.test(character);
}

/** å in the middle of capitals and Å in the middle of small letters are no letters of that word. */
function fitsCase(letter: string, { before, after }: Place): boolean {
  const isCapital = letter !== letter.toLowerCase();
  const isBeforeCapital = /^\p{Lu}$/u.test(after);
  const isAfterSmall = /^\p{Ll}$/u.test(before);
  return isCapital ? !isAfterSmall : !isBeforeCapital;
}

/** Signs that no sound text has between two letters, and controls that Windows-1252 leaves undefined. An apostrophe is not among them. */
function isSureDosLetter(character: string, place: Place): boolean {
  if (character === '\u008F' || character === '\u009D') return true;
  if ('†„”‚›\u0086\u0084\u0094\u0082\u009B'.includes(character)) return place.isInWord;
  return '™\u0099'.includes(character) && (place.isInWord || place.isBeforeLetter);
}

/** Windows-1252 signs (quotation marks, dashes, the euro) that were read as ISO-8859-1 and became C1 controls. All of them or none. */
function repairControls(text: string): string | null {
  if (!/[\u0080-\u009F]/u.test(text)) return null;
  const characters = Array.from(text);
  const mended = characters.map((character, index) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80 || code > 0x9f) return character;
    return !dosLetters.has(code) || isSignHere(code, text, placeIn(characters, index)) ? windows1252Of(code) : null;
  });
  return mended.includes(null) ? null : mended.join('');
}

/** Whether a control that may be a letter of code page 437 is surely the sign of Windows-1252. */
function isSignHere(code: number, text: string, place: Place): boolean {
  const isBetweenCapitals = /^\p{Lu}$/u.test(place.before) && /^\p{Lu}$/u.test(place.after);
  switch (code) {
    case 0x92: // ’ as in O’Brien, or closing ‘
      return (place.isInWord && !isBetweenCapitals) || text.includes('\u0091');
    case 0x91: // ‘
      return text.includes('\u0092') && !isLatin(place.before);
    case 0x94: // ”
      return text.includes('\u0093') || text.includes('\u0084') || !place.isBesideLetter;
    case 0x84: // „
      return /[\u0093\u0094]/u.test(text) && !isLatin(place.before);
    case 0x99: // ™
      return /^[\p{Ll}\d]$/u.test(place.before) && !isLatin(place.after);
    case 0x9a: // š
      return /^\p{Ll}$/u.test(place.before) && /^\p{Ll}$/u.test(place.after);
    default:
      return code !== 0x8e && !place.isBesideLetter;
  }
}

/** Whether there is anything for {@link repairSigns}: in most texts with a letter from further away there is not. */
function hasLetterReadAsSign(text: string): boolean {
  for (const character of text) if (lettersReadAsDos.has(character) || latin9Letters.has(character)) return true;
  return false;
}

/** Single letters that became signs: Windows-1252 read as code page 437 (`Malm÷`), ISO-8859-15 read as ISO-8859-1 (`¦koda`). */
function repairSigns(text: string): string | null {
  if (!hasLetterReadAsSign(text)) return null;
  // Greek and other scripts have σ and Σ of their own.
  if (/[\u0370-\u03FF]/u.test(text.replace(/[σΣΘ]/gu, ''))) return null;
  const characters = Array.from(text);
  const mended = characters.map((character, index) => {
    const place = placeIn(characters, index);
    const letter = lettersReadAsDos.get(character) ?? latin9Letters.get(character) ?? null;
    return letter !== null && isSignForLetter(character, place) && fitsCase(letter, place) ? letter : character;
  });
  const repaired = mended.join('');
  return repaired === text ? null : repaired;
}

function isSignForLetter(character: string, place: Place): boolean {
  // "20 °C", "5 µg" and "Σ kWh" are sound: these signs only count between two letters.
  if ('°µΣ─¸'.includes(character)) return place.isInWord && isLatin(place.before) && isLatin(place.after);
  if (character === '÷') return isLatin(place.before);
  return isLatin(place.before) || isLatin(place.after);
}
