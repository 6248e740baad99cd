// What the acts of the audit log are called on screen and in exports. No logic beyond the choice of a word.

import { auditActions } from '../schema/audit.ts';
import type { AuditAction } from '../schema/audit.ts';
import type { Language } from '../schema/settings.ts';

const sv: Readonly<Record<AuditAction, string>> = {
  import: 'Körning importerad',
  acceptGood: 'Felfria fakturor intagna',
  hold: 'Fakturor hålls kvar',
  unhold: 'Fakturor hålls inte längre kvar',
  release: 'Fakturor släppta',
  retry: 'Nytt försök begärt',
  cancel: 'Leveranser återtagna',
  resolve: 'Okänt utfall avgjort',
  correct: 'Uppgifter rättade',
  undoCorrections: 'Rättelser ångrade',
  saveConnection: 'Anslutning ändrad',
  removeConnection: 'Anslutning borttagen',
  saveSetting: 'Inställning ändrad',
  waiveRule: 'Varning godtagen',
  unwaiveRule: 'Godtagen varning återtagen',
  testConnection: 'Anslutning testad',
  pauseConnection: 'Anslutning pausad',
  resumeConnection: 'Anslutning återupptagen',
  addFormat: 'Format tillagt',
  removeFormat: 'Format borttaget',
  restore: 'Säkerhetskopia återställd',
  exclude: 'Fakturor undantagna',
  include: 'Fakturor inte längre undantagna',
  lookUp: 'Mottagaren tillfrågad',
  holdDeliveries: 'Leveranser parkerade',
  letDeliveriesGo: 'Parkerade leveranser framsläppta',
  schedule: 'Tid för sändning vald',
  reroute: 'Leveranser skickas en annan väg',
  readdress: 'E-postadress ändrad',
  copy: 'Ytterligare exemplar beställt',
  decideTrial: 'Beslut efter de första',
  tryConnectionNow: 'Nytt försök med anslutningen begärt',
};

const nb: Readonly<Record<AuditAction, string>> = {
  import: 'Kjøring importert',
  acceptGood: 'Feilfrie fakturaer tatt inn',
  hold: 'Fakturaer holdes tilbake',
  unhold: 'Fakturaer holdes ikke lenger tilbake',
  release: 'Fakturaer frigitt',
  retry: 'Nytt forsøk bedt om',
  cancel: 'Leveringer trukket tilbake',
  resolve: 'Ukjent utfall avgjort',
  correct: 'Opplysninger rettet',
  undoCorrections: 'Rettelser angret',
  saveConnection: 'Tilkobling endret',
  removeConnection: 'Tilkobling fjernet',
  saveSetting: 'Innstilling endret',
  waiveRule: 'Advarsel godtatt',
  unwaiveRule: 'Godtatt advarsel trukket tilbake',
  testConnection: 'Tilkobling testet',
  pauseConnection: 'Tilkobling satt på pause',
  resumeConnection: 'Tilkobling gjenopptatt',
  addFormat: 'Format lagt til',
  removeFormat: 'Format fjernet',
  restore: 'Sikkerhetskopi gjenopprettet',
  exclude: 'Fakturaer unntatt',
  include: 'Fakturaer ikke lenger unntatt',
  lookUp: 'Mottakeren spurt',
  holdDeliveries: 'Leveringer holdes tilbake',
  letDeliveriesGo: 'Leveringer holdes ikke lenger tilbake',
  schedule: 'Tid for sending valgt',
  reroute: 'Leveringer flyttet til annen tilkobling',
  readdress: 'E-postadresse endret',
  copy: 'Ytterligere eksemplar bestilt',
  decideTrial: 'Beslutning etter de første',
  tryConnectionNow: 'Nytt forsøk med tilkoblingen bedt om',
};

const en: Readonly<Record<AuditAction, string>> = {
  import: 'Batch imported',
  acceptGood: 'Good invoices taken in',
  hold: 'Invoices held',
  unhold: 'Invoices no longer held',
  release: 'Invoices released',
  retry: 'Another try asked for',
  cancel: 'Deliveries cancelled',
  resolve: 'Unknown outcome settled',
  correct: 'Values corrected',
  undoCorrections: 'Corrections undone',
  saveConnection: 'Connection changed',
  removeConnection: 'Connection removed',
  saveSetting: 'Setting changed',
  waiveRule: 'Warning accepted',
  unwaiveRule: 'Accepted warning taken back',
  testConnection: 'Connection tested',
  pauseConnection: 'Connection paused',
  resumeConnection: 'Connection resumed',
  addFormat: 'Format added',
  removeFormat: 'Format removed',
  restore: 'Backup restored',
  exclude: 'Invoices excluded',
  include: 'Invoices no longer excluded',
  lookUp: 'Recipient asked',
  holdDeliveries: 'Deliveries held',
  letDeliveriesGo: 'Deliveries no longer held',
  schedule: 'Time of sending chosen',
  reroute: 'Deliveries re-routed',
  readdress: 'E-mail address changed',
  copy: 'Another copy ordered',
  decideTrial: 'Decision after the first few',
  tryConnectionNow: 'Another try of the connection asked for',
};

const acts = { sv, nb, en } as const satisfies Record<Language, Readonly<Record<AuditAction, string>>>;

/** The act's name; that of a later version as it is written. */
export function wordsForAct(action: string, language: Language): string {
  const known = auditActions.find((name) => name === action);
  return known === undefined ? action : acts[language][known];
}

/** Heads of the exported columns. */
export const auditColumnNames = {
  sv: ['Nr', 'Tid (UTC)', 'Vem', 'Händelse', 'Körning', 'Antal berörda', 'Uppgifter', 'Hash'],
  nb: ['Nr', 'Tid (UTC)', 'Hvem', 'Hendelse', 'Kjøring', 'Antall berørte', 'Opplysninger', 'Hash'],
  en: ['No.', 'Time (UTC)', 'Who', 'Act', 'Batch', 'Number concerned', 'Facts', 'Hash'],
} as const satisfies Record<Language, readonly string[]>;
