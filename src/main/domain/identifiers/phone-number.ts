// Telephone numbers: length and form by numbering plan. Whether the number is in use is nobody's to say here.

/** E.164: a country code and at most 15 digits in all. */
const international = /^\+[1-9]\d{6,14}$/u;
/** Sweden: after the country code 7 to 9 digits for subscribers, up to 13 for machines; a national number begins with 0. */
const swedish = /^(?:\+46|0046|0)[1-9]\d{5,12}$/u;
/** Norway: 8 digits beginning with 2 to 9, 12 digits for machines, 5 digits for service numbers beginning with 0. */
const norwegian = /^(?:(?:\+47|0047)?[2-9]\d{7}|(?:\+47|0047)?5[89]\d{10}|0\d{4})$/u;

/** Whether the text is a number of the country (`SE`, `NO`), or of another one written with its country code. Spaces and dashes do not count. */
export function isPhoneNumber(text: string, country: string | null): boolean {
  const number = text.replaceAll(/[\s()./-]/gu, '');
  if (country === 'SE' && swedish.test(number)) return true;
  if (country === 'NO' && norwegian.test(number)) return true;
  if (country !== 'SE' && country !== 'NO') return /^\+?\d{4,15}$/u.test(number);
  const home = country === 'SE' ? '46' : '47';
  return international.test(number) && !number.startsWith(`+${home}`);
}
