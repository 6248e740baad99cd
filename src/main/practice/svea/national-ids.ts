// National identity numbers as the service takes them: several written forms, one kept form. Check digits by each country's public rule.

/** Countries with identity numbers; in the others a customer is known by name and address. */
export const numberCountries = ['SE', 'NO', 'DK', 'FI'] as const;
/** One of them. */
export type NumberCountry = (typeof numberCountries)[number];

/** The form in which a number is kept and given back; null for what can be nobody's number. */
export function keptId(country: NumberCountry, isCompany: boolean, given: string): string | null {
  const id = given.trim().toUpperCase();
  switch (country) {
    case 'SE':
      return isCompany ? swedishCompany(id) : swedishPerson(id);
    case 'NO':
      return isCompany ? norwegianCompany(id) : norwegianPerson(id);
    case 'DK':
      return isCompany ? danishCompany(id) : danishPerson(id);
    case 'FI':
      return isCompany ? finnishCompany(id) : finnishPerson(id);
  }
}

/** 194605092222, 4605092222, 460509-2222 and 19460509-2222 are the same person; kept with twelve digits. */
function swedishPerson(id: string): string | null {
  const [, century, birth = '', serial = ''] = /^(\d{2})?(\d{6})[-+]?(\d{4})$/u.exec(id) ?? [];
  if (!isLuhn(birth + serial)) return null;
  // A coordination number has 60 added to the day.
  const day = Number(birth.slice(4)) % 60;
  if (!isDay(Number(birth.slice(2, 4)), day)) return null;
  return `${century ?? (Number(birth.slice(0, 2)) > 26 ? '19' : '20')}${birth}${serial}`;
}

/** Kept with ten digits; twelve come with 16, or with a century for what once was a person's number. */
function swedishCompany(id: string): string | null {
  const [, first = '', last = ''] = /^(?:16|19|20)?(\d{6})-?(\d{4})$/u.exec(id) ?? [];
  return isLuhn(first + last) ? first + last : null;
}

function norwegianPerson(id: string): string | null {
  const digits = id.replace(/[ -]/gu, '');
  if (!/^\d{11}$/u.test(digits)) return null;
  const first = elevenDigit(digits.slice(0, 9), [3, 7, 6, 1, 8, 9, 4, 5, 2]);
  const second = elevenDigit(digits.slice(0, 10), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
  return digits.endsWith(`${String(first)}${String(second)}`) ? digits : null;
}

function norwegianCompany(id: string): string | null {
  const digits = id.replace(/ /gu, '').replace(/MVA$/u, '');
  if (!/^\d{9}$/u.test(digits)) return null;
  return elevenDigit(digits.slice(0, 8), [3, 2, 7, 6, 5, 4, 3, 2]) === Number(digits[8]) ? digits : null;
}

/** No check digit any more: the country gave it up in 2007. */
function danishPerson(id: string): string | null {
  const [, birth = '', serial = ''] = /^(\d{6})-?(\d{4})$/u.exec(id) ?? [];
  return isDay(Number(birth.slice(2, 4)), Number(birth.slice(0, 2))) ? birth + serial : null;
}

function danishCompany(id: string): string | null {
  if (!/^\d{8}$/u.test(id)) return null;
  return weighted(id, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 ? id : null;
}

function finnishPerson(id: string): string | null {
  const [, birth = '', sign = '', serial = '', check] = /^(\d{6})([-+A-FU-Y])(\d{3})([0-9A-Y])$/u.exec(id) ?? [];
  const right = '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(birth + serial) % 31];
  return check !== undefined && check === right ? `${birth}${sign}${serial}${check}` : null;
}

function finnishCompany(id: string): string | null {
  const [, digits = '', check] = /^(\d{7})-?(\d)$/u.exec(id) ?? [];
  return check !== undefined && elevenDigit(digits, [7, 9, 10, 5, 8, 4, 2]) === Number(check)
    ? `${digits}-${check}`
    : null;
}

function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function isLuhn(digits: string): boolean {
  if (!/^\d{10}$/u.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const twice = Number(digits[index]) * (index % 2 === 0 ? 2 : 1);
    sum += twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0;
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}

/** The check digit modulo 11; 10 when there is none, which no digit equals. */
function elevenDigit(digits: string, weights: readonly number[]): number {
  return (11 - (weighted(digits, weights) % 11)) % 11;
}
