// Texts on their way into an order: without what XML 1.0 cannot hold, on one line, cut to Svea's lengths where that loses no amount. Pure.

/** One line without control characters, lone surrogates and doubled blanks. */
export function cleanText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF\s]+/gu, ' ').trim();
}

/** Characters as a reader of the wire counts them: code points. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** Cut to `max` characters, the last one an ellipsis. */
export function cutText(text: string, max: number): string {
  const characters = Array.from(text);
  return characters.length <= max
    ? text
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** `name tail` within `max` characters: the name is cut, what follows it stays where there is room for both. */
export function nameWithTail(name: string, tail: string, max: number): string {
  if (tail === '' || lengthOf(tail) > max - 10) return cutText(name, max);
  return `${cutText(name, max - lengthOf(tail) - 1)} ${tail}`;
}
