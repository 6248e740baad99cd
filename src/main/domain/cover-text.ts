// Hides names, addresses and e-mail addresses in texts that leave the house, as long as before so that columns stay where they are. Pure.

/** A stretch of text: 0-based code points, `to` is the first one after it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** First letter of each word stays, its other letters and digits become `*`; of an e-mail address the domain stays: `Anna Ek` → `A*** E*`. */
export function coverText(text: string): string {
  const at = text.lastIndexOf('@');
  const end = at < 0 ? text.length : at;
  return coverWords(text.slice(0, end)) + text.slice(end);
}

/** Covers stretches of one line; stretches outside the line are ignored. */
export function coverStretches(line: string, stretches: readonly Stretch[]): string {
  const points = Array.from(line);
  for (const { from, to } of stretches) {
    const start = Math.max(0, from);
    const covered = Array.from(coverText(points.slice(start, Math.max(start, to)).join('')));
    points.splice(start, covered.length, ...covered);
  }
  return points.join('');
}

/** Covers every occurrence of these texts, the longest first; shorter ones than three characters say too little to look for. */
export function coverOccurrences(text: string, personal: readonly string[]): string {
  const wanted = [...new Set(personal)]
    .filter((part) => part.length >= 3)
    .sort((one, other) => other.length - one.length);
  return wanted.reduce((covered, part) => covered.replaceAll(part, coverText(part)), text);
}

function coverWords(text: string): string {
  return text.replace(
    /([\p{L}\p{N}])([\p{L}\p{N}\p{M}]+)/gu,
    (_word, first: string, rest: string) => first + '*'.repeat(Array.from(rest).length),
  );
}
