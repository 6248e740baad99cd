// Texts on their way into an order: without what XML 1.0 cannot hold, on one line, cut to Svea's lengths where that loses no amount. Pure.

/** One line without control characters, lone surrogates and doubled blanks. */
export function cleanText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF\s]+/gu, ' ').trim();
}

/** Characters as the service counts them: UTF-16 units, as .NET does. An emoji is two. */
export function lengthOf(text: string): number {
  return text.length;
}

/** Cut to `max` characters, the last one an ellipsis; no pair is cut in two. */
export function cutText(text: string, max: number): string {
  if (lengthOf(text) <= max) return text;
  const kept = text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/u, '');
  return `${kept.trimEnd()}…`;
}

/** `name tail` within `max` characters: the name is cut, what follows it stays where there is room for both. */
export function nameWithTail(name: string, tail: string, max: number): string {
  if (tail === '' || lengthOf(tail) > max - 10) return cutText(name, max);
  return `${cutText(name, max - lengthOf(tail) - 1)} ${tail}`;
}
