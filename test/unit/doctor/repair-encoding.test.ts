// The encoding doctor on known cases: what it repairs, and what it must never touch.

import { describe, expect, test } from 'vitest';
import { findDamage, repairEncoding } from '../../../src/main/domain/doctor/repair-encoding.ts';

describe('text that was read in the wrong character set', () => {
  test.each([
    ['Ã…sa Ã–berg', 'Åsa Öberg'],
    ['MALMÃ–', 'MALMÖ'],
    ['VÃ¤sterÃ¥s', 'Västerås'],
    ['BÃ¦rum', 'Bærum'],
    ['Ã˜rsta', 'Ørsta'],
    ['Ã\u0085s', 'Ås'],
    ['IdÃ©vÃ¤gen 3 â€“ port B', 'Idévägen 3 – port B'],
    ['100 % fÃ¶rnybart, 5 â‚¬', '100 % förnybart, 5 €'],
    ['Ãƒâ€¦rjÃƒÂ¤ng', 'Årjäng'],
    ['HÃƒÂ¥kan', 'Håkan'],
    ['GÃ\u0083Â¶teborg', 'Göteborg'],
  ])('UTF-8 read as Windows-1252 or ISO-8859-1, once or twice: %s', (damaged, sound) => {
    expect(repairEncoding(damaged)).toBe(sound);
  });

  test.each([
    ['V„ster†s', 'Västerås'],
    ['G\u0094teborg', 'Göteborg'],
    ['\u008Frsta', 'Årsta'],
    ['™stersund', 'Östersund'],
    ['S›rensen', 'Sørensen'],
    ['Malm÷', 'Malmö'],
    ['Gσrden', 'Gården'],
    ['S°rensen', 'Sørensen'],
  ])('code pages of MS-DOS and Windows taken for one another: %s', (damaged, sound) => {
    expect(repairEncoding(damaged)).toBe(sound);
  });

  test.each([
    ['d\u0092Artagnan', 'd’Artagnan'],
    ['Elnät \u0096 fast avgift', 'Elnät – fast avgift'],
    ['\u0093Havet\u0094', '“Havet”'],
    ['12 \u0080', '12 €'],
    ['¦koda', 'Škoda'],
  ])('Windows-1252 and ISO-8859-15 read as ISO-8859-1: %j', (damaged, sound) => {
    expect(repairEncoding(damaged)).toBe(sound);
  });
});

describe('sound text', () => {
  test.each([
    'Ärla Åsén',
    'JOÃO DA CONCEIÇÃO',
    'São João',
    'IRMÃ',
    'IRMÃ\u00A0SILVA',
    'CAMPO DE CÂNDIDO',
    'Nguyễn Văn Ân',
    'Åsa – “Å”–Ö',
    'RÅ–GETT',
    'À la carte à 100 kr',
    '100 ¤',
    '£ 5, ¥ 7, € 9',
    '20 °C, 5 µg, 7 ÷ 2, Σ kWh',
    'Γιώργος Σαββόπουλος',
    'Željko Šarić',
    'Łódź, Kraków',
    'L´Oréal',
    'Restaurang ”Havet”',
    'Kv. „Ring“ †1923',
    'Volvo™',
    '½ andel § 3',
    '──────',
    'Иван',
    '日本',
    'Anna 😀',
  ])('is left as it is: %s', (text) => {
    expect(repairEncoding(text)).toBeNull();
    expect(findDamage(text)).toBeNull();
  });

  test('is left as it is when it stands beside damage in one value: what was meant is not certain', () => {
    expect(repairEncoding('Åsa Ã–berg')).toBeNull();
  });
});

test('a letter that is lost is found, and not guessed', () => {
  expect(findDamage('G\uFFFDteborg')).toEqual({ repaired: null });
  expect(findDamage('Gï¿½teborg')).toEqual({ repaired: null });
  expect(repairEncoding('G\uFFFDteborg')).toBeNull();
});
