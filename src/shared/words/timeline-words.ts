// The sentences of an invoice's history, on screen and in its exports, in the three languages. Places for values are `{name}`.

import type { LookUpCode, TimelineEntry } from '../schema/delivery.ts';
import { attemptOutcomes, lookUpCodes } from '../schema/delivery.ts';
import { localTimeText } from '../local-time.ts';
import { orderActKinds, orderActStates } from '../schema/orders.ts';
import type { Language } from '../schema/settings.ts';
import { fieldName } from './field-names.ts';
import { fillIn } from './report-words.ts';
import { trackedFacts, trackedStates } from './tracked-words.ts';

/** Keys of the sentences. */
export const timelineKeys = [
  'event.imported',
  'event.checked',
  'event.checkedClean',
  'event.corrected',
  'event.uncorrected',
  'event.held',
  'event.unheld',
  'event.released',
  'event.resolvedArrived',
  'event.resolvedAgain',
  'event.lookedUpArrived',
  'event.lookedUpAgain',
  'event.cancelled',
  'event.retried',
  'attempt.open',
  'attempt.accepted',
  'attempt.refused',
  'attempt.notSent',
  'attempt.throttled',
  'attempt.unknown',
  'event.excluded',
  'event.included',
  'event.letIn',
  'event.lookedUp.unclear',
  'event.lookedUp.unreachable',
  'event.lookedUp.notPossible',
  'event.deliveryHeld',
  'event.deliveryLetGo',
  'event.scheduled',
  'event.unscheduled',
  'event.rerouted',
  'event.readdressed',
  'event.copied',
  'event.tracked.state',
  'event.tracked.history',
  'event.tracked.payment',
  'event.tracked.credited',
  'event.tracked.dunning',
  'event.tracked.document',
  'event.order.credit.sending',
  'event.order.credit.done',
  'event.order.credit.refused',
  'event.order.credit.notSent',
  'event.order.credit.unknown',
  'event.order.close.sending',
  'event.order.close.done',
  'event.order.close.refused',
  'event.order.close.notSent',
  'event.order.close.unknown',
  'event.order.dun.sending',
  'event.order.dun.done',
  'event.order.dun.refused',
  'event.order.dun.notSent',
  'event.order.dun.unknown',
  'event.addressChosen',
  'event.addressUnchosen',
] as const;
/** One of {@link timelineKeys}. */
export type TimelineKey = (typeof timelineKeys)[number];

/** Words around the sentences. */
export interface TimelineWords {
  readonly title: string;
  readonly at: string;
  readonly event: string;
  readonly actor: string;
  readonly detail: string;
  readonly zone: string;
  readonly reason: string;
  readonly customer: string;
  readonly amount: string;
  readonly state: string;
  readonly receipt: string;
  readonly receiptHash: string;
  readonly document: string;
  readonly sentences: Readonly<Record<TimelineKey, string>>;
  /** What a look-up saw that settled nothing. */
  readonly lookUps: Readonly<Record<LookUpCode, string>>;
}

const sv: TimelineWords = {
  title: 'Historik för faktura {number}',
  at: 'Tid',
  event: 'Händelse',
  actor: 'Vem',
  detail: 'Uppgifter',
  zone: 'Tiderna är lokala, i tidszonen {zone}. Tidszonens avvikelse från UTC står vid varje tid.',
  reason: 'Skäl: {reason}',
  customer: 'Kund',
  amount: 'Belopp',
  state: 'Läge',
  receipt: 'Kvitto',
  receiptHash: 'Kvittofilens SHA-256',
  document: 'Dokumentets SHA-256',
  sentences: {
    'event.imported': 'Importerad från {fileName}, rad {line}',
    'event.checked': 'Kontrollerad. Fel: {errors}. Varningar: {warnings}.',
    'event.checkedClean': 'Kontrollerad utan anmärkning',
    'event.corrected': 'Rättad: {field}, ”{before}” läses som ”{after}”',
    'event.uncorrected': 'Rättelsen ångrad: {field} läses som ”{before}” igen',
    'event.held': 'Parkerad',
    'event.unheld': 'Tillbakatagen från parkering',
    'event.released': 'Släppt till {connection}, {target}',
    'event.resolvedArrived': 'Bekräftad som framkommen',
    'event.resolvedAgain': 'Bekräftad som inte framkommen: skickas igen',
    'event.lookedUpArrived': 'Uppslagen: finns hos mottagaren',
    'event.lookedUpAgain': 'Uppslagen: finns inte hos mottagaren, skickas igen',
    'event.cancelled': 'Leveransen till {connection} togs tillbaka',
    'event.retried': 'Lagd först i kön till {connection} igen',
    'attempt.open': 'Försök {number} via {connection} pågår',
    'attempt.accepted': 'Försök {number}: {connection} tog emot den',
    'attempt.refused': 'Försök {number}: {connection} avvisade den',
    'attempt.notSent': 'Försök {number} via {connection}: inte skickad',
    'attempt.throttled': 'Försök {number}: {connection} bad om uppehåll',
    'attempt.unknown': 'Försök {number} via {connection}: kan ha skickats',
    'event.excluded': 'Undantagen: skickas inte',
    'event.included': 'Tagen med igen',
    'event.letIn': 'Körningens felfria fakturor togs med',
    'event.lookedUp.unclear': 'Uppslagen utan säkert svar',
    'event.lookedUp.unreachable': 'Uppslagning: mottagaren kunde inte nås',
    'event.lookedUp.notPossible': 'Uppslagning: kanalen kan inte svara på frågan',
    'event.deliveryHeld': 'Leveransen till {connection} parkerades',
    'event.deliveryLetGo': 'Leveransen till {connection} släpptes fram igen',
    'event.scheduled': 'Skickas till {connection} tidigast {time}',
    'event.unscheduled': 'Skickas till {connection} så snart det går',
    'event.rerouted': 'Omdirigerad till {connection}',
    'event.readdressed': 'Ny e-postadress: {after} i stället för {before}',
    'event.copied': 'Ett exemplar till beställt, genom {connection}',
    'event.tracked.state': '{connection}: läge {stateWord}',
    'event.tracked.history': '{connection}: från {fromWord} till {toWord}, {date}',
    'event.tracked.payment': '{connection}: betalning {amount}, {date}',
    'event.tracked.credited': '{connection}: krediterad med {amount}, {date}',
    'event.tracked.dunning': '{connection}: påminnelse {type}, {date}',
    'event.tracked.document': '{connection}: fakturans PDF hämtad till arkivet',
    'event.order.credit.sending': '{connection}: kreditering med {amount} pågår',
    'event.order.credit.done': '{connection}: krediterad med {amount}',
    'event.order.credit.refused': '{connection}: kreditering med {amount} avvisades',
    'event.order.credit.notSent': '{connection}: kreditering med {amount} gjordes inte',
    'event.order.credit.unknown': '{connection}: kan ha krediterats med {amount}',
    'event.order.close.sending': '{connection}: order {sveaOrderId} stängs',
    'event.order.close.done': '{connection}: order {sveaOrderId} stängd',
    'event.order.close.refused': '{connection}: stängning av order {sveaOrderId} avvisades',
    'event.order.close.notSent': '{connection}: order {sveaOrderId} stängdes inte',
    'event.order.close.unknown': '{connection}: order {sveaOrderId} kan ha stängts',
    'event.order.dun.sending': '{connection}: påminnelse om faktura {sveaOrderId} skickas',
    'event.order.dun.done': '{connection}: påminnelse om faktura {sveaOrderId} skickad',
    'event.order.dun.refused': '{connection}: påminnelse om faktura {sveaOrderId} avvisades',
    'event.order.dun.notSent': '{connection}: påminnelse om faktura {sveaOrderId} skickades inte',
    'event.order.dun.unknown': '{connection}: påminnelse om faktura {sveaOrderId} kan ha skickats',
    'event.addressChosen': 'Adress för ordern vald: {address}',
    'event.addressUnchosen': 'Vald adress för ordern återtagen',
  },
  lookUps: {
    gone: 'Filen finns inte under sitt namn: den kan ha hämtats, eller aldrig ha kommit fram.',
    otherContent: 'Under namnet ligger en annan fil.',
    unsafeName: 'Filnamnet kan inte ha skickats.',
    noAnswer: 'Servern svarade inte på frågan.',
  },
};

const nb: TimelineWords = {
  title: 'Historikk for faktura {number}',
  at: 'Tid',
  event: 'Hendelse',
  actor: 'Hvem',
  detail: 'Opplysninger',
  zone: 'Tidene er lokale, i tidssonen {zone}. Avviket fra UTC står ved hver tid.',
  reason: 'Begrunnelse: {reason}',
  customer: 'Kunde',
  amount: 'Beløp',
  state: 'Status',
  receipt: 'Kvittering',
  receiptHash: 'Kvitteringsfilens SHA-256',
  document: 'Dokumentets SHA-256',
  sentences: {
    'event.imported': 'Importert fra {fileName}, linje {line}',
    'event.checked': 'Kontrollert. Feil: {errors}. Advarsler: {warnings}.',
    'event.checkedClean': 'Kontrollert uten merknad',
    'event.corrected': 'Rettet: {field}, «{before}» leses som «{after}»',
    'event.uncorrected': 'Rettelsen er angret: {field} leses som «{before}» igjen',
    'event.held': 'Parkert',
    'event.unheld': 'Tatt tilbake fra parkering',
    'event.released': 'Frigitt til {connection}, {target}',
    'event.resolvedArrived': 'Bekreftet som framkommet',
    'event.resolvedAgain': 'Bekreftet som ikke framkommet: sendes på nytt',
    'event.lookedUpArrived': 'Slått opp: finnes hos mottakeren',
    'event.lookedUpAgain': 'Slått opp: finnes ikke hos mottakeren, sendes på nytt',
    'event.cancelled': 'Leveringen til {connection} ble trukket tilbake',
    'event.retried': 'Lagt først i køen til {connection} igjen',
    'attempt.open': 'Forsøk {number} via {connection} pågår',
    'attempt.accepted': 'Forsøk {number}: {connection} tok imot den',
    'attempt.refused': 'Forsøk {number}: {connection} avviste den',
    'attempt.notSent': 'Forsøk {number} via {connection}: ikke sendt',
    'attempt.throttled': 'Forsøk {number}: {connection} ba om opphold',
    'attempt.unknown': 'Forsøk {number} via {connection}: kan være sendt',
    'event.excluded': 'Utelatt: sendes ikke',
    'event.included': 'Tatt med igjen',
    'event.letIn': 'Kjøringens feilfrie fakturaer ble tatt med',
    'event.lookedUp.unclear': 'Slått opp uten sikkert svar',
    'event.lookedUp.unreachable': 'Oppslag: mottakeren kunne ikke nås',
    'event.lookedUp.notPossible': 'Oppslag: kanalen kan ikke svare på spørsmålet',
    'event.deliveryHeld': 'Leveringen til {connection} ble parkert',
    'event.deliveryLetGo': 'Leveringen til {connection} ble sluppet fram igjen',
    'event.scheduled': 'Sendes til {connection} tidligst {time}',
    'event.unscheduled': 'Sendes til {connection} så snart som mulig',
    'event.rerouted': 'Omdirigert til {connection}',
    'event.readdressed': 'Ny e-postadresse: {after} i stedet for {before}',
    'event.copied': 'Ett eksemplar til bestilt, gjennom {connection}',
    'event.tracked.state': '{connection}: status {stateWord}',
    'event.tracked.history': '{connection}: fra {fromWord} til {toWord}, {date}',
    'event.tracked.payment': '{connection}: betaling {amount}, {date}',
    'event.tracked.credited': '{connection}: kreditert med {amount}, {date}',
    'event.tracked.dunning': '{connection}: purring {type}, {date}',
    'event.tracked.document': '{connection}: fakturaens PDF hentet til arkivet',
    'event.order.credit.sending': '{connection}: kreditering med {amount} pågår',
    'event.order.credit.done': '{connection}: kreditert med {amount}',
    'event.order.credit.refused': '{connection}: kreditering med {amount} ble avvist',
    'event.order.credit.notSent': '{connection}: kreditering med {amount} ble ikke gjort',
    'event.order.credit.unknown': '{connection}: kan være kreditert med {amount}',
    'event.order.close.sending': '{connection}: ordre {sveaOrderId} lukkes',
    'event.order.close.done': '{connection}: ordre {sveaOrderId} lukket',
    'event.order.close.refused': '{connection}: lukking av ordre {sveaOrderId} ble avvist',
    'event.order.close.notSent': '{connection}: ordre {sveaOrderId} ble ikke lukket',
    'event.order.close.unknown': '{connection}: ordre {sveaOrderId} kan være lukket',
    'event.order.dun.sending': '{connection}: purring på faktura {sveaOrderId} sendes',
    'event.order.dun.done': '{connection}: purring på faktura {sveaOrderId} sendt',
    'event.order.dun.refused': '{connection}: purring på faktura {sveaOrderId} ble avvist',
    'event.order.dun.notSent': '{connection}: purring på faktura {sveaOrderId} ble ikke sendt',
    'event.order.dun.unknown': '{connection}: purring på faktura {sveaOrderId} kan være sendt',
    'event.addressChosen': 'Adresse for ordren valgt: {address}',
    'event.addressUnchosen': 'Valgt adresse for ordren trukket tilbake',
  },
  lookUps: {
    gone: 'Filen finnes ikke under sitt navn: Den kan være hentet, eller aldri ha kommet fram.',
    otherContent: 'Under navnet ligger en annen fil.',
    unsafeName: 'Filnavnet kan ikke ha vært sendt.',
    noAnswer: 'Serveren svarte ikke på spørsmålet.',
  },
};

const en: TimelineWords = {
  title: 'History of invoice {number}',
  at: 'Time',
  event: 'Event',
  actor: 'Who',
  detail: 'Details',
  zone: 'Times are local, in the time zone {zone}. The offset from UTC stands with each time.',
  reason: 'Reason: {reason}',
  customer: 'Customer',
  amount: 'Amount',
  state: 'State',
  receipt: 'Receipt',
  receiptHash: 'SHA-256 of the receipt’s file',
  document: 'SHA-256 of the document',
  sentences: {
    'event.imported': 'Imported from {fileName}, line {line}',
    'event.checked': 'Checked. Errors: {errors}. Warnings: {warnings}.',
    'event.checkedClean': 'Checked, nothing found',
    'event.corrected': 'Corrected: {field}, “{before}” is read as “{after}”',
    'event.uncorrected': 'Correction undone: {field} is read as “{before}” again',
    'event.held': 'Held',
    'event.unheld': 'Hold released',
    'event.released': 'Released to {connection}, {target}',
    'event.resolvedArrived': 'Confirmed as arrived',
    'event.resolvedAgain': 'Confirmed as not arrived: sent again',
    'event.lookedUpArrived': 'Looked up: it is at the recipient',
    'event.lookedUpAgain': 'Looked up: it is not at the recipient, sent again',
    'event.cancelled': 'The delivery to {connection} was taken back',
    'event.retried': 'Put first in the queue of {connection} again',
    'attempt.open': 'Attempt {number} through {connection} is running',
    'attempt.accepted': 'Attempt {number}: {connection} accepted it',
    'attempt.refused': 'Attempt {number}: {connection} refused it',
    'attempt.notSent': 'Attempt {number} through {connection}: not sent',
    'attempt.throttled': 'Attempt {number}: {connection} asked to wait',
    'attempt.unknown': 'Attempt {number} through {connection}: may have been sent',
    'event.excluded': 'Excluded: is not sent',
    'event.included': 'Included again',
    'event.letIn': 'The batch’s good invoices were taken',
    'event.lookedUp.unclear': 'Looked up: no certain answer',
    'event.lookedUp.unreachable': 'Look-up: the recipient could not be reached',
    'event.lookedUp.notPossible': 'Look-up: this channel cannot answer the question',
    'event.deliveryHeld': 'The delivery to {connection} was held',
    'event.deliveryLetGo': 'The delivery to {connection} was let go again',
    'event.scheduled': 'Sent to {connection} at {time} at the earliest',
    'event.unscheduled': 'Sent to {connection} as soon as possible',
    'event.rerouted': 'Re-routed to {connection}',
    'event.readdressed': 'New e-mail address: {after} in place of {before}',
    'event.copied': 'Another copy ordered, through {connection}',
    'event.tracked.state': '{connection}: state {stateWord}',
    'event.tracked.history': '{connection}: from {fromWord} to {toWord}, {date}',
    'event.tracked.payment': '{connection}: payment of {amount}, {date}',
    'event.tracked.credited': '{connection}: credited with {amount}, {date}',
    'event.tracked.dunning': '{connection}: dunning {type}, {date}',
    'event.tracked.document': '{connection}: the invoice’s PDF was fetched into the archive',
    'event.order.credit.sending': '{connection}: being credited with {amount}',
    'event.order.credit.done': '{connection}: credited with {amount}',
    'event.order.credit.refused': '{connection}: the credit of {amount} was refused',
    'event.order.credit.notSent': '{connection}: the credit of {amount} was not made',
    'event.order.credit.unknown': '{connection}: may have been credited with {amount}',
    'event.order.close.sending': '{connection}: order {sveaOrderId} is being closed',
    'event.order.close.done': '{connection}: order {sveaOrderId} closed',
    'event.order.close.refused': '{connection}: closing order {sveaOrderId} was refused',
    'event.order.close.notSent': '{connection}: order {sveaOrderId} was not closed',
    'event.order.close.unknown': '{connection}: order {sveaOrderId} may have been closed',
    'event.order.dun.sending': '{connection}: dunning of invoice {sveaOrderId} is being sent',
    'event.order.dun.done': '{connection}: dunning of invoice {sveaOrderId} sent',
    'event.order.dun.refused': '{connection}: the dunning of invoice {sveaOrderId} was refused',
    'event.order.dun.notSent': '{connection}: the dunning of invoice {sveaOrderId} was not sent',
    'event.order.dun.unknown': '{connection}: the dunning of invoice {sveaOrderId} may have been sent',
    'event.addressChosen': 'Address chosen for the order: {address}',
    'event.addressUnchosen': 'The address chosen for the order was taken back',
  },
  lookUps: {
    gone: 'The file is not there under its name: it may have been taken, or never have arrived.',
    otherContent: 'Another file is there under the name.',
    unsafeName: 'The file name cannot have been sent.',
    noAnswer: 'The server did not answer the question.',
  },
};

/** Language → words of a history. */
export const timelineWords = { sv, nb, en } as const satisfies Readonly<Record<Language, TimelineWords>>;

/** An entry's sentence with its values. */
export function wordsForEntry(entry: TimelineEntry, language: Language): string {
  const values = Object.fromEntries(Object.entries(entry.facts).map(([name, value]) => [name, value ?? '']));
  const { notBeforeMs } = entry.facts;
  const time = typeof notBeforeMs === 'number' ? localTimeText(notBeforeMs) : '';
  const field = fieldOf(entry, language);
  const states = entry.kind === 'tracked' ? trackedStates(entry.facts, language) : {};
  const amounts = entry.kind === 'order' ? { amount: amountOf(entry, language) } : {};
  const all = { ...values, ...states, ...amounts, field, time };
  const sentence = fillIn(timelineWords[language].sentences[sentenceKey(entry)], all);
  const step = entry.kind === 'attempt' ? stepNames[language][numberOf(entry, 'step') - 1] : undefined;
  return step === undefined ? sentence : `${step} · ${sentence}`;
}

/** Of a delivery in two steps, which one an attempt was at. */
const stepNames: Readonly<Record<Language, readonly string[]>> = {
  sv: ['Order', 'Leverans'],
  nb: ['Ordre', 'Levering'],
  en: ['Order', 'Delivery'],
};

/** What a look-up saw, in words; null for other entries and answers without a code. */
export function wordsForLookUp(entry: TimelineEntry, language: Language): string | null {
  const code = entry.kind === 'lookedUp' ? lookUpCodes.find((known) => known === entry.facts.code) : undefined;
  return code === undefined ? null : timelineWords[language].lookUps[code];
}

/** Which sentence an entry has. */
export function sentenceKey(entry: TimelineEntry): TimelineKey {
  switch (entry.kind) {
    case 'attempt':
      return `attempt.${attemptOutcomes.find((outcome) => outcome === entry.facts.outcome) ?? 'open'}`;
    case 'checked':
      return numberOf(entry, 'errors') + numberOf(entry, 'warnings') === 0 ? 'event.checkedClean' : 'event.checked';
    case 'order': {
      const kind = orderActKinds.find((each) => each === entry.facts.act) ?? 'credit';
      return `event.order.${kind}.${orderActStates.find((state) => state === entry.facts.state) ?? 'sending'}`;
    }
    case 'addressChosen':
      return typeof entry.facts.address === 'string' ? 'event.addressChosen' : 'event.addressUnchosen';
    case 'tracked':
      return `event.tracked.${trackedFacts.find((fact) => fact === entry.facts.fact) ?? 'state'}`;
    case 'scheduled':
      return typeof entry.facts.notBeforeMs === 'number' ? 'event.scheduled' : 'event.unscheduled';
    case 'resolved': {
      const isArrived = entry.facts.toState === 'accepted';
      if (entry.facts.by === 'lookUp') return isArrived ? 'event.lookedUpArrived' : 'event.lookedUpAgain';
      return isArrived ? 'event.resolvedArrived' : 'event.resolvedAgain';
    }
    case 'lookedUp':
      if (entry.facts.answer === 'unreachable') return 'event.lookedUp.unreachable';
      return entry.facts.answer === 'notPossible' ? 'event.lookedUp.notPossible' : 'event.lookedUp.unclear';
    default:
      return `event.${entry.kind}`;
  }
}

/** What a correction's field is called; empty for other entries. Rows have their fields' names without the row: `lines[3].description`. */
function fieldOf(entry: TimelineEntry, language: Language): string {
  const field = String(entry.facts.field ?? '');
  return fieldName(field, language) ?? fieldName(field.replace(/^.*\]\./u, ''), language) ?? field;
}

/** A credit's amount with its currency; empty for other acts. */
function amountOf({ facts }: TimelineEntry, language: Language): string {
  const { amountMinor, currency } = facts;
  if (typeof amountMinor !== 'number') return '';
  const text = `${String(Math.floor(amountMinor / 100))}.${String(amountMinor % 100).padStart(2, '0')}`;
  return `${language === 'en' ? text : text.replace('.', ',')} ${String(currency ?? '')}`;
}

function numberOf(entry: TimelineEntry, name: string): number {
  const value = entry.facts[name];
  return typeof value === 'number' ? value : 0;
}
