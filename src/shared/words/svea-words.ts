// Words for what Svea's service answers and for what keeps an invoice from becoming an order there, in three languages. Codes as the adapter gives them, without `svea.`.

import type { Language } from '../schema/settings.ts';
import { sveaNextSteps } from './svea-next-steps.ts';
import type { SveaRow } from './svea-next-steps.ts';
import { sveaResultWords } from './svea-result-words.ts';

/** What the adapter itself found, at the line or in an answer. */
const ownCodes: Readonly<Record<string, SveaRow>> = {
  insecure: ['Svea nås bara över https.', 'Svea nås bare over https.', 'Svea is only reached over https.', 'settings'],
  certificate: [
    'Tjänstens certifikat gäller inte.',
    'Tjenestens sertifikat gjelder ikke.',
    'The service’s certificate is not valid.',
    'settings',
  ],
  'secret-missing': [
    'Lösenordet till Svea saknas.',
    'Passordet til Svea mangler.',
    'The password for Svea is missing.',
    'login',
  ],
  'claim-lost': [
    'Försöket avbröts innan något skickades.',
    'Forsøket ble avbrutt før noe ble sendt.',
    'The attempt was ended before anything was sent.',
    'byItself',
  ],
  'no-reply': [
    'Svaret från Svea kom aldrig fram.',
    'Svaret fra Svea kom aldri fram.',
    'Svea’s answer never arrived.',
    'doubt',
  ],
  'reply-too-large': [
    'Svaret från Svea var orimligt stort.',
    'Svaret fra Svea var urimelig stort.',
    'Svea’s answer was unreasonably large.',
    'doubt',
  ],
  unreadable: [
    'Svaret från Svea gick inte att läsa.',
    'Svaret fra Svea kunne ikke leses.',
    'Svea’s answer could not be read.',
    'doubt',
  ],
  'fault-server': [
    'Sveas tjänst meddelade ett fel.',
    'Sveas tjeneste meldte en feil.',
    'Svea’s service reported a fault.',
    'doubt',
  ],
  'fault-client': [
    'Sveas tjänst kunde inte läsa begäran, eller har inte metoden längre.',
    'Sveas tjeneste kunne ikke lese forespørselen, eller har ikke metoden lenger.',
    'Svea’s service could not read the request, or no longer offers the method.',
    'report',
  ],
  'method-gone': [
    'Svea erbjuder inte den metoden längre.',
    'Svea tilbyr ikke den metoden lenger.',
    'Svea no longer offers this method.',
    'svea',
  ],
  'addresses-refused': [
    'Svea lämnar inte ut adresser för det landet eller den sortens kund.',
    'Svea gir ikke ut adresser for det landet eller den slags kunde.',
    'Svea gives no addresses for that country or kind of customer.',
    'settings',
  ],
  'wrong-address': [
    'Adressen leder inte till Sveas tjänst.',
    'Adressen leder ikke til Sveas tjeneste.',
    'The address does not lead to Svea’s service.',
    'settings',
  ],
  busy: ['Svea bad om att vänta.', 'Svea ba om å vente.', 'Svea asked to wait.', 'byItself'],
  'no-code': ['Svea gav inget besked.', 'Svea ga ingen beskjed.', 'Svea gave no result.', 'svea'],
  'no-order-id': [
    'Svea godtog ordern utan att ange dess nummer.',
    'Svea godtok ordren uten å oppgi nummeret.',
    'Svea accepted the order without saying its number.',
    'order',
  ],
  'created-before': [
    'Ordern skapades av ett tidigare försök, men går inte att slå upp.',
    'Ordren ble opprettet av et tidligere forsøk, men kan ikke slås opp.',
    'The order was created by an earlier attempt, but can’t be looked up.',
    'order',
  ],
  'order-not-found': [
    'Ingen order med vårt nummer finns hos Svea.',
    'Ingen ordre med vårt nummer finnes hos Svea.',
    'There is no order with our number at Svea.',
    'order',
  ],
  'look-up-refused': [
    'Svea svarar inte på frågor om ordrar.',
    'Svea svarer ikke på spørsmål om ordrer.',
    'Svea does not answer questions about orders.',
    'byItself',
  ],
  'amount-differs': [
    'Ordern har ett annat belopp hos Svea än det som släpptes. Den levererades inte.',
    'Ordren har et annet beløp hos Svea enn det som ble frigitt. Den ble ikke levert.',
    'The order has another amount at Svea than was released. It was not delivered.',
    'order',
  ],
  'no-campaign': [
    'Kampanjen finns inte för kundnumret.',
    'Kampanjen finnes ikke for kundenummeret.',
    'The client number has no such campaign.',
    'settings',
  ],
};

/** Why an invoice can't become an order. */
const misfits: Readonly<Record<string, SveaRow>> = {
  country: [
    'Kunden bor i ett annat land än anslutningens.',
    'Kunden bor i et annet land enn tilkoblingens.',
    'The customer is in another country than the connection’s.',
    'otherWay',
  ],
  currency: [
    'Valutan är inte den som kundnumret har.',
    'Valutaen er ikke den kundenummeret har.',
    'The currency is not the client number’s.',
    'otherWay',
  ],
  email: [
    'En e-postadress på högst 50 tecken behövs.',
    'En e-postadresse på høyst 50 tegn trengs.',
    'An e-mail address of at most 50 characters is needed.',
    'customer',
  ],
  'national-id': [
    'Kundens person- eller organisationsnummer saknas eller har fel form.',
    'Kundens fødsels- eller organisasjonsnummer mangler eller har feil form.',
    'The customer’s personal or organisation number is missing or has the wrong form.',
    'customer',
  ],
  'customer-missing': [
    'En uppgift om kunden saknas.',
    'En opplysning om kunden mangler.',
    'A detail of the customer is missing.',
    'customer',
  ],
  'too-long': [
    'En uppgift är längre än Svea tar.',
    'En opplysning er lengre enn Svea tar.',
    'A detail is longer than Svea takes.',
    'customer',
  ],
  'house-number': [
    'Husnumret i adressen hittades inte.',
    'Husnummeret i adressen ble ikke funnet.',
    'The address has no house number.',
    'customer',
  ],
  'birth-date': [
    'Kundens födelsedatum eller momsnummer behövs.',
    'Kundens fødselsdato eller momsnummer trengs.',
    'The customer’s birth date or VAT number is needed.',
    'customer',
  ],
  'credit-note': [
    'Kreditfakturor krediteras i sin order hos Svea.',
    'Kreditnotaer krediteres i sin ordre hos Svea.',
    'Credit notes are credited in their order at Svea.',
    'otherWay',
  ],
  'invoice-date': ['Fakturadatum saknas.', 'Fakturadato mangler.', 'The invoice date is missing.', 'invoice'],
  'vat-rate': [
    'Momssatsen är inte ett helt procenttal.',
    'Momssatsen er ikke et helt prosenttall.',
    'The VAT rate is no whole percent.',
    'invoice',
  ],
  prepaid: ['Fakturan är delvis betald.', 'Fakturaen er delvis betalt.', 'The invoice is paid in part.', 'otherWay'],
  'not-positive': ['Det finns inget att betala.', 'Det er ingenting å betale.', 'There is nothing to pay.', 'otherWay'],
  'amount-too-large': [
    'Ett radbelopp är större än Svea tar.',
    'Et radbeløp er større enn Svea tar.',
    'A row’s amount is larger than Svea takes.',
    'otherWay',
  ],
  'total-differs': [
    'Ordern skulle få en annan summa än fakturan.',
    'Ordren ville få en annen sum enn fakturaen.',
    'The order would have another total than the invoice.',
    'invoice',
  ],
  'plan-for-company': [
    'Företag kan inte delbetala hos Svea.',
    'Bedrifter kan ikke delbetale hos Svea.',
    'Companies can’t have a payment plan at Svea.',
    'otherWay',
  ],
  'e-invoice': [
    'E-faktura genom Svea finns för norska företag.',
    'E-faktura gjennom Svea finnes for norske bedrifter.',
    'E-invoices through Svea are for Norwegian companies.',
    'otherWay',
  ],
  'peppol-id': [
    'Kunden har inget Peppol-id.',
    'Kunden har ingen Peppol-ID.',
    'The customer has no Peppol id.',
    'otherWay',
  ],
};

const all: ReadonlyMap<string, SveaRow> = new Map(Object.entries({ ...sveaResultWords, ...ownCodes, ...misfits }));

/** Every code with words, as the adapter gives it. */
export const sveaCodes: readonly string[] = [...all.keys()].map((code) => `svea.${code}`);

/** Cause and next step of one of Svea's codes; null for a code without words, which is shown with Svea's own text. */
export function sveaWords(code: string, language: Language): readonly [title: string, next: string] | null {
  const row = code.startsWith('svea.') ? all.get(code.slice('svea.'.length)) : undefined;
  if (row === undefined) return null;
  const [sv, nb, en, next] = row;
  return [{ sv, nb, en }[language], sveaNextSteps[next][language]];
}
