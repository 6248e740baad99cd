// Mod 11 check digits as Norway uses them. Digits only.

/** Weighted sum of the digits that have a weight; -1 when a character is no digit. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < weights.length; index += 1) {
    const digit = digits.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    sum += digit * (weights[index] ?? 0);
  }
  return sum;
}

/** The control character after the digits, weights 2 to 7 repeated from the right: a digit, or `-` when the digit would be 10. */
export function mod11Control(digits: string): string {
  const weights = Array.from(digits, (_, index) => 2 + ((digits.length - 1 - index) % 6));
  const control = (11 - (weightedSum(digits, weights) % 11)) % 11;
  return control === 10 ? '-' : String(control);
}
