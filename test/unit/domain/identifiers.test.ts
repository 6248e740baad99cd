// Check digits: published examples that are right, and official sample files' numbers that are wrong.

import { describe, expect, it } from 'vitest';
import { isBankgiro } from '../../../src/main/domain/identifiers/bankgiro.ts';
import { emailFault, isEmailAddress } from '../../../src/main/domain/identifiers/email-address.ts';
import { isIban } from '../../../src/main/domain/identifiers/iban.ts';
import { isKidReference } from '../../../src/main/domain/identifiers/kid.ts';
import { isMeteringPoint } from '../../../src/main/domain/identifiers/metering-point.ts';
import { isNorwegianAccount } from '../../../src/main/domain/identifiers/norwegian-account.ts';
import { isNorwegianOrganisationNumber } from '../../../src/main/domain/identifiers/norwegian-organisation-number.ts';
import { isNorwegianPersonalNumber } from '../../../src/main/domain/identifiers/norwegian-personal-number.ts';
import { hasLengthDigit, isOcrReference, ocrReference } from '../../../src/main/domain/identifiers/ocr.ts';
import { isPlusgiro } from '../../../src/main/domain/identifiers/plusgiro.ts';
import { isPostalCode } from '../../../src/main/domain/identifiers/postal-code.ts';
import { isSwedishOrganisationNumber } from '../../../src/main/domain/identifiers/swedish-organisation-number.ts';
import { isSwedishPersonalNumber } from '../../../src/main/domain/identifiers/swedish-personal-number.ts';

interface Numbers {
  readonly check: (text: string) => boolean;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
}

const kinds: Readonly<Record<string, Numbers>> = {
  OCR: {
    check: isOcrReference,
    right: ['1230', '12351', '1 230'],
    wrong: ['1800355', '1', '', '12A0', '0'.repeat(27)],
  },
  KID: {
    check: isKidReference,
    right: ['602243', '6022 43'],
    wrong: ['0003434323213231', '6', '', '60224-3', '602244'],
  },
  bankgiro: {
    check: isBankgiro,
    right: ['5402-9681', '902-0033', '54029681'],
    wrong: ['1112222', '5402-9682', '54-029681', '5402 9681', ''],
  },
  plusgiro: { check: isPlusgiro, right: ['28 65 43-4', '2865434'], wrong: ['28 65 43-5', '4', '123456789', 'x', ''] },
  personnummer: {
    check: isSwedishPersonalNumber,
    right: ['19121212-1212', '191212121212', '121212+1212', '9001189811', '18900118-9811', '701063-2391'],
    wrong: ['19121212-1213', '19121312-1212', '556677-8899', '12121212', 'x'],
  },
  'Swedish organisation number': {
    check: isSwedishOrganisationNumber,
    right: ['556677-8899', '5566778899', '5560360793', '165566778899'],
    wrong: ['5566778898', '1212121212', '556677', ''],
  },
  'Norwegian organisation number': {
    check: isNorwegianOrganisationNumber,
    right: ['923609016', '923 609 016'],
    wrong: ['123456789', '987654321', '92360901'],
  },
  fødselsnummer: {
    check: isNorwegianPersonalNumber,
    right: ['16822548834'],
    wrong: ['16822548835', '99822548834', '1682254883'],
  },
  'Norwegian account': {
    check: isNorwegianAccount,
    right: ['8601 11 17947', '86011117947', '8601.11.17947'],
    wrong: ['86011117948', '8601111794'],
  },
  IBAN: {
    check: isIban,
    right: ['SE4550000000058398257466', 'NO9386011117947', 'NO93 8601 1117 947', 'no9386011117947'],
    wrong: ['SE1250000000058398257466', 'DK1212341234123412', 'SE45500000000583982574', 'SE', ''],
  },
  'metering point': {
    check: isMeteringPoint,
    right: ['735999100000000010'],
    wrong: ['731234567890123456', '707057500011223344', '73599910000000001'],
  },
};

describe.each(Object.entries(kinds))('%s', (_, { check, right, wrong }) => {
  it.each(right)('%j is right', (text) => {
    expect(check(text)).toBe(true);
  });
  it.each(wrong)('%j is wrong', (text) => {
    expect(check(text)).toBe(false);
  });
});

describe('OCR references', () => {
  it('are made with and without a length digit', () => {
    expect(ocrReference('123', { hasLengthDigit: false })).toBe('1230');
    expect(ocrReference('123', { hasLengthDigit: true })).toBe('12351');
    expect([hasLengthDigit('12351'), hasLengthDigit('1230')]).toEqual([true, false]);
  });
});

describe('postal codes', () => {
  it('have the form of their country', () => {
    expect(['652 24', '65224', 'SE-652 24', '052 24', '6522', 'ABCDE'].map((code) => isPostalCode(code, 'SE'))).toEqual(
      [true, true, true, false, false, false],
    );
    expect(['0150', 'NO-0150', '01500'].map((code) => isPostalCode(code, 'NO'))).toEqual([true, true, false]);
    expect(isPostalCode('1950 AB', 'NL')).toBe(true);
  });
});

describe('e-mail addresses', () => {
  it.each([
    'a@example.com',
    'anna.andersson+el@sub.example.co.uk',
    "o'neil@example.org",
    'kund@åkeriet.example',
    'x@xn--keriet-fxa.example',
  ])('%s can be used', (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });

  it.each([
    ['', 'empty'],
    ['a@example.com\r\nBcc: b@example.com', 'controlCharacter'],
    ['a\0@example.com', 'controlCharacter'],
    ['a\u200B@example.com', 'controlCharacter'],
    ['anna andersson@example.com', 'space'],
    ['anna.example.com', 'noAt'],
    ['a@@example.com', 'severalAt'],
    ['a@example.com;b@example.com', 'severalAt'],
    [`${'a'.repeat(65)}@example.com`, 'localTooLong'],
    [`a@${'b'.repeat(60)}.${'c'.repeat(200)}.com`, 'tooLong'],
    ['.a@example.com', 'localPart'],
    ['a..b@example.com', 'localPart'],
    ['a,b@example.com', 'localPart'],
    ['"a b"@example.com', 'space'],
    ['åsa@example.com', 'localNotAscii'],
    ['a@localhost', 'domain'],
    ['a@example.c', 'domain'],
    ['a@-example.com', 'domain'],
    ['a@example..com', 'domain'],
    ['a@[127.0.0.1]', 'domain'],
    ['a@127.0.0.1', 'domain'],
  ])('%j is refused as %s', (text, fault) => {
    expect(emailFault(text)).toBe(fault);
  });
});
