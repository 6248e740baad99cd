// The service's constants and countries, and how a country that was sent is understood.

/** Values of `select constant`. Rates with the days they hold; `01.01.99` is 2099. */
export const constants = {
  dunningFee: '35.00',
  interestRate: '12.50',
  firstInvoiceNo: 10_001,
  taxRates: ['0', '12', '15', '25'],
  defaultTaxRate: '25',
  from: '01.01.05',
  to: '01.01.99',
} as const;

/** Who sends: the account of the practice. Numbers that lose something when they are read as numbers. */
export const originator = { accountNo: '01234567892', orgNo: '810000015', recipientPrefix: 'R' } as const;

// ISO 3166-1, two letters each.
const codes =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IN IO IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR ST SV SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';
const added = ['ENGLAND', 'SCOTLAND', 'WALES', 'NORTHERN IRELAND'];
const understood: Readonly<Record<string, string>> = { NO: 'NORGE', NORWAY: 'NORGE', SVERIGE: 'SWEDEN' };

/** English names in capitals: NORGE first, ÅLAND after ZIMBABWE. */
export function countries(): readonly string[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const iso = codes.split(' ').map((code) => (names.of(code) ?? code).toUpperCase());
  return ['NORGE', ...[...iso, ...added].sort((one, other) => one.localeCompare(other, 'en')), 'ÅLAND'];
}

/** The country as it is kept; null for one that is none. */
export function countryOf(written: string | null): string | null {
  if (written === null) return 'NORGE';
  const capital = written.toUpperCase();
  const name = understood[capital] ?? capital;
  return countries().includes(name) ? name : null;
}
