// Check digits catch every single wrong digit, made numbers are always right, and no text makes a check crash.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, isCalendarDate } from '../../../src/main/domain/dates.ts';
import { isBankgiro } from '../../../src/main/domain/identifiers/bankgiro.ts';
import { emailFault } from '../../../src/main/domain/identifiers/email-address.ts';
import { isIban } from '../../../src/main/domain/identifiers/iban.ts';
import { isKidReference } from '../../../src/main/domain/identifiers/kid.ts';
import { isLuhnValid, luhnCheckDigit } from '../../../src/main/domain/identifiers/luhn.ts';
import { gs1CheckDigit, isMeteringPoint } from '../../../src/main/domain/identifiers/metering-point.ts';
import { mod11Control } from '../../../src/main/domain/identifiers/mod11.ts';
import { isNorwegianAccount } from '../../../src/main/domain/identifiers/norwegian-account.ts';
import { isNorwegianOrganisationNumber } from '../../../src/main/domain/identifiers/norwegian-organisation-number.ts';
import { isNorwegianPersonalNumber } from '../../../src/main/domain/identifiers/norwegian-personal-number.ts';
import { isOcrReference, ocrReference } from '../../../src/main/domain/identifiers/ocr.ts';
import { isPlusgiro } from '../../../src/main/domain/identifiers/plusgiro.ts';
import { isSwedishOrganisationNumber } from '../../../src/main/domain/identifiers/swedish-organisation-number.ts';
import { isSwedishPersonalNumber } from '../../../src/main/domain/identifiers/swedish-personal-number.ts';
import { maskPersonalNumber, maskPersonalNumbersIn } from '../../../src/main/domain/masking.ts';

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''));

/** The text with one digit replaced by another. */
function withOneDigitWrong(number: string, position: number, step: number): string {
  const at = position % number.length;
  return `${number.slice(0, at)}${(Number(number[at]) + step) % 10}${number.slice(at + 1)}`;
}

const anyPosition = fc.nat({ max: 1_000 });
const anyStep = fc.integer({ min: 1, max: 9 });

describe('check digits', () => {
  it('of OCR references are right when made and catch any single wrong digit', () => {
    fc.assert(
      fc.property(digits(1, 23), fc.boolean(), anyPosition, anyStep, (body, hasLengthDigit, position, step) => {
        const number = ocrReference(body, { hasLengthDigit });
        expect(isOcrReference(number)).toBe(true);
        expect(isOcrReference(withOneDigitWrong(number, position, step))).toBe(false);
      }),
    );
  });

  it('of the Luhn kind accept exactly one last digit', () => {
    fc.assert(
      fc.property(digits(1, 24), (body) => {
        const right = Array.from({ length: 10 }, (_, digit) => String(digit)).filter((digit) =>
          isLuhnValid(body + digit),
        );
        expect(right).toEqual([luhnCheckDigit(body)]);
      }),
    );
  });

  it('of metering points catch any single wrong digit', () => {
    fc.assert(
      fc.property(digits(17, 17), anyPosition, anyStep, (body, position, step) => {
        const number = body + gs1CheckDigit(body);
        expect(isMeteringPoint(number)).toBe(true);
        expect(isMeteringPoint(withOneDigitWrong(number, position, step))).toBe(false);
      }),
    );
  });

  it('of KID are accepted by either modulus, with a minus where mod 11 gives ten', () => {
    fc.assert(
      fc.property(digits(1, 24), (body) => {
        expect(isKidReference(body + luhnCheckDigit(body))).toBe(true);
        expect(isKidReference(body + mod11Control(body))).toBe(true);
      }),
    );
  });

  it('of IBANs catch any single wrong digit', () => {
    fc.assert(
      fc.property(anyPosition, anyStep, (position, step) => {
        const body = '4550000000058398257466';
        expect(isIban(`SE${withOneDigitWrong(body, position, step)}`)).toBe(false);
      }),
    );
  });
});

describe('checks', () => {
  it('answer any text without throwing', () => {
    const checks = [
      isOcrReference,
      isKidReference,
      isBankgiro,
      isPlusgiro,
      isSwedishPersonalNumber,
      isSwedishOrganisationNumber,
      isNorwegianOrganisationNumber,
      isNorwegianAccount,
      isNorwegianPersonalNumber,
      isIban,
      isMeteringPoint,
      isCalendarDate,
      emailFault,
      maskPersonalNumber,
      maskPersonalNumbersIn,
    ];
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), digits(0, 30), fc.emailAddress()), (text) => {
        for (const check of checks) expect(() => check(text)).not.toThrow();
      }),
    );
  });

  it('accept addresses that a generator of valid ones makes', () => {
    fc.assert(
      fc.property(fc.emailAddress({ size: 'small' }), (address) => {
        expect([address, emailFault(address)]).toEqual([address, null]);
      }),
    );
  });

  it('never let an address with a control character through', () => {
    fc.assert(
      fc.property(
        fc.emailAddress(),
        fc.nat(),
        fc.constantFrom('\r', '\n', '\0', '\t', '\u2028', '\u202E', '\u200B', '\u0085'),
        (address, at, character) => {
          const position = at % (address.length + 1);
          expect(emailFault(address.slice(0, position) + character + address.slice(position))).toBe('controlCharacter');
        },
      ),
    );
  });
});

describe('masking', () => {
  it('never leaves the last four digits of a right personal number, however it is written or surrounded', () => {
    const day = fc.tuple(
      fc.integer({ min: 1900, max: 2025 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
      fc.constantFrom(0, 60),
    );
    fc.assert(
      fc.property(
        day,
        digits(3, 3),
        fc.constantFrom('', '-', '+'),
        fc.boolean(),
        ([year, month, date, added], serial, sign, isLong) => {
          const two = (value: number): string => String(value).padStart(2, '0');
          const birth = `${two(year % 100)}${two(month)}${two(date + added)}`;
          const tail = serial + luhnCheckDigit(birth + serial);
          const number = `${isLong ? Math.floor(year / 100) : ''}${birth}${sign}${tail}`;
          expect(maskPersonalNumber(number)).toBe(`${birth}-****`);
          expect(maskPersonalNumbersIn(`Kund ${number} (privat)`)).toBe(`Kund ${birth}-**** (privat)`);
        },
      ),
    );
  });
});

describe('dates', () => {
  it('stay calendar dates when days are added, and the days come back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000 }), fc.integer({ min: -10_000, max: 10_000 }), (start, days) => {
        const from = addDays('1930-01-01', start);
        const to = addDays(from, days);
        expect(isCalendarDate(from) && isCalendarDate(to)).toBe(true);
        expect(daysBetween(from, to)).toBe(days);
      }),
    );
  });
});
