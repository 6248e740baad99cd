// Texts made for sorting and searching in SQL, which knows nothing of letters beyond ASCII. No SQL here.

/** Letters after z, in Swedish order; Danish and Norwegian letters stand with the Swedish ones they are read as. */
const afterZ: Readonly<Record<string, string>> = { å: '{', ä: '|', æ: '|', ö: '}', ø: '}' };

/** Sorts like a Swedish list: case and accents do not matter, å ä ö come last. */
export function sortKey(text: string): string {
  const lower = text.toLowerCase();
  if (isAscii(lower)) return lower;
  const known = mapLetters(lower);
  // Rare: combining marks and accents. Normalising costs more than everything else here.
  return isAscii(known)
    ? known
    : mapLetters(known.normalize('NFC'))
        .normalize('NFD')
        .replace(/\p{M}+/gu, '');
}

function mapLetters(text: string): string {
  let mapped = '';
  for (const letter of text) mapped += afterZ[letter] ?? letter;
  return mapped;
}

/** What a search looks through: all parts in lower case, parted so that no hit spans two of them. */
export function searchText(parts: readonly (string | null)[]): string {
  return parts.join('\n').toLowerCase();
}

/** What the operator typed, in the form of {@link searchText}. */
export function searchNeedle(search: string): string {
  return search.trim().toLowerCase();
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) return false;
  return true;
}
