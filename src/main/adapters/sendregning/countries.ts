// Countries as SendRegning names them: ISO 3166 English names in capitals, NORGE for Norway. The service's own list decides; this finds a name on it.

/** Where the ISO name is not the everyday English one, or the service has its own. */
const ownNames: Readonly<Record<string, string>> = {
  NO: 'NORGE',
  AX: 'ÅLAND',
  BO: 'BOLIVIA',
  BN: 'BRUNEI DARUSSALAM',
  CI: "COTE D'IVOIRE",
  CV: 'CAPE VERDE',
  CZ: 'CZECH REPUBLIC',
  FK: 'FALKLAND ISLANDS (MALVINAS)',
  IR: 'IRAN, ISLAMIC REPUBLIC OF',
  KP: "KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF",
  KR: 'KOREA, REPUBLIC OF',
  MD: 'MOLDOVA, REPUBLIC OF',
  MK: 'MACEDONIA, THE FORMER YUGOSLAV REPUBLIC OF',
  RU: 'RUSSIAN FEDERATION',
  SY: 'SYRIAN ARAB REPUBLIC',
  SZ: 'SWAZILAND',
  TR: 'TURKEY',
  TW: 'TAIWAN, PROVINCE OF CHINA',
  TZ: 'TANZANIA, UNITED REPUBLIC OF',
  US: 'UNITED STATES',
  VE: 'VENEZUELA',
  VN: 'VIET NAM',
};

/** The service's name of an ISO 3166-1 alpha-2 code; null for what is none, and for one that is not on the service's own list. `listed` null: the list is not known. */
export function countryName(code: string, listed: readonly string[] | null = null): string | null {
  if (!/^[A-Z]{2}$/u.test(code)) return null;
  const everyday = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(code);
  const names = [ownNames[code], everyday].flatMap((name) =>
    name === undefined ? [] : [name.normalize('NFC').toUpperCase()],
  );
  if (listed === null) return names[0] ?? null;
  const known = new Set(listed.map((name) => name.normalize('NFC').toUpperCase()));
  return names.find((name) => known.has(name)) ?? null;
}
