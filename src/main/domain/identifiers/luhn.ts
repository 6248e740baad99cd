// The Luhn algorithm (mod 10, weights 2 and 1 from the right), which Swedish numbers and KID use. Digits only.

/** Whether a text of digits ends with its right check digit. False for anything but digits and for an empty text. */
export function isLuhnValid(digits: string): boolean {
  if (digits.length < 2) return false;
  const sum = luhnSum(digits, 1);
  return sum >= 0 && sum % 10 === 0;
}

/** The same for digits in two parts of a longer text: `count` from `start` on, and the last four. */
export function isLuhnValidWithLastFour(text: string, start: number, count: number): boolean {
  let sum = 0;
  for (let index = 0; index < count + 4; index += 1) {
    const at = index < count ? start + index : text.length - 4 + (index - count);
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return false;
    const weighted = (count + 4 - index) % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** The digit to put after the digits. The text must be digits only. */
export function luhnCheckDigit(digits: string): string {
  return String((10 - (luhnSum(digits, 2) % 10)) % 10);
}

/** Weighted sum, `lastWeight` for the last digit; -1 when a character is no digit. */
function luhnSum(digits: string, lastWeight: 1 | 2): number {
  let sum = 0;
  let isDoubled = lastWeight === 2;
  for (let index = digits.length - 1; index >= 0; index -= 1) {
    const digit = digits.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    const weighted = isDoubled ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
    isDoubled = !isDoubled;
  }
  return sum;
}
