// Money and decimals hold for any value, not only for the examples.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimals, decimalToText, isDecimalText, parseDecimal } from '../../../src/main/domain/decimal.ts';
import { formatAmount, multiplyToMinor, parseAmount, percentOfMinor } from '../../../src/main/domain/money.ts';

const minor = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const currency = fc.constantFrom('SEK', 'NOK', 'JPY', 'KWD', 'EUR');
const decimal = (maxDigits: number, maxScale: number) =>
  fc
    .tuple(
      fc.bigInt({ min: -(10n ** BigInt(maxDigits)), max: 10n ** BigInt(maxDigits) }),
      fc.integer({ min: 0, max: maxScale }),
    )
    .map(([digits, scale]) => decimalToText({ digits, scale }));

describe('amounts', () => {
  it('come back unchanged after being written', () => {
    fc.assert(
      fc.property(minor, currency, (amountMinor, code) => {
        expect(parseAmount(formatAmount(amountMinor, code), code)).toEqual({ ok: true, value: amountMinor });
      }),
    );
  });

  it('are read exactly or not at all, whatever the text', () => {
    const texts = fc.oneof(decimal(20, 6), fc.stringMatching(/^[-+ .,e0-9]{0,20}$/), fc.string());
    fc.assert(
      fc.property(texts, currency, (text, code) => {
        const read = parseAmount(text, code);
        if (!read.ok) return;
        expect(Number.isSafeInteger(read.value)).toBe(true);
        expect(Object.is(read.value, -0)).toBe(false);
        const exact = parseDecimal(text);
        const back = parseDecimal(formatAmount(-read.value, code));
        if (exact === null || back === null) throw new Error(text);
        expect(addDecimals(exact, back).digits).toBe(0n);
      }),
    );
  });
});

describe('products', () => {
  it('equal exact fractions rounded half away from zero, on the quick way and on the long one', () => {
    fc.assert(
      fc.property(
        decimal(9, 5),
        decimal(7, 5),
        fc.option(fc.constantFrom('1', '10', '100', '3', '-7', '0.5')),
        currency,
        (quantity, price, baseQuantity, code) => {
          const exact = (text: string): [bigint, bigint] => {
            const value = parseDecimal(text);
            if (value === null) throw new Error(text);
            return [value.digits, 10n ** BigInt(value.scale)];
          };
          const [q, qs] = exact(quantity);
          const [p, ps] = exact(price);
          const [b, bs] = exact(baseQuantity ?? '1');
          const unit = code === 'JPY' ? 1n : code === 'KWD' ? 1_000n : 100n;
          const top = q * p * bs * unit;
          const bottom = qs * ps * b;
          const size =
            (2n * (top < 0n ? -top : top) + (bottom < 0n ? -bottom : bottom)) / (2n * (bottom < 0n ? -bottom : bottom));
          const expected = top < 0n === bottom < 0n ? size : -size;
          const product = multiplyToMinor({ quantity, price, baseQuantity, currency: code });
          expect(product).toBe(Number.isSafeInteger(Number(expected)) ? Number(expected) : null);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('of percentages never lose an öre against the exact share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (amountMinor, hundredths) => {
          const share = percentOfMinor(amountMinor, decimalToText({ digits: BigInt(hundredths), scale: 2 }));
          expect(Math.abs((share ?? Number.NaN) * 10_000 - amountMinor * hundredths)).toBeLessThanOrEqual(5_000);
        },
      ),
    );
  });
});

describe('decimal text', () => {
  it('is accepted exactly when it is an optional minus, digits, and optionally a point and digits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[-.0-9]{0,8}$/)), (text) => {
        expect(isDecimalText(text)).toBe(/^-?[0-9]+(\.[0-9]+)?$/.test(text));
        expect(parseDecimal(text) !== null).toBe(isDecimalText(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
