// Digits inside numbers that people write. ASCII digits only, no check digits.

/** The digits from `start` to `end` as a number; -1 when one of them is no digit or the text is shorter. */
export function digitsBetween(text: string, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
