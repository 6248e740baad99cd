// What to do next about Svea's answers, and the shape of their words. Three languages; no codes.

import type { Language } from '../schema/settings.ts';

/** What to do next; many causes share one. */
export const sveaNextSteps = {
  byItself: {
    sv: 'Inget behöver göras: nytt försök görs av sig självt.',
    nb: 'Ingenting må gjøres: det prøves på nytt av seg selv.',
    en: 'Nothing needs to be done: it is tried again by itself.',
  },
  login: {
    sv: 'Rätta kundnummer, användarnamn eller lösenord för anslutningen och testa den.',
    nb: 'Rett kundenummer, brukernavn eller passord for tilkoblingen og test den.',
    en: 'Correct the connection’s client number, user name or password, and test it.',
  },
  settings: {
    sv: 'Kontrollera anslutningens uppgifter och testa den.',
    nb: 'Kontroller opplysningene for tilkoblingen og test den.',
    en: 'Check the connection’s settings and test it.',
  },
  svea: {
    sv: 'Kontakta Svea och uppge koden.',
    nb: 'Kontakt Svea og oppgi koden.',
    en: 'Contact Svea and quote the code.',
  },
  otherWay: {
    sv: 'Skicka fakturan genom en annan anslutning.',
    nb: 'Send fakturaen gjennom en annen tilkobling.',
    en: 'Send the invoice through another connection.',
  },
  customer: {
    sv: 'Rätta kundens uppgifter i källsystemet, eller skicka fakturan genom en annan anslutning.',
    nb: 'Rett kundens opplysninger i kildesystemet, eller send fakturaen gjennom en annen tilkobling.',
    en: 'Correct the customer’s details in the source system, or send the invoice through another connection.',
  },
  invoice: {
    sv: 'Rätta fakturan i källsystemet, eller skicka den genom en annan anslutning.',
    nb: 'Rett fakturaen i kildesystemet, eller send den gjennom en annen tilkobling.',
    en: 'Correct the invoice in the source system, or send it through another connection.',
  },
  order: {
    sv: 'Sök upp ordern i Sveas administration innan något skickas på nytt.',
    nb: 'Finn ordren i Sveas administrasjon før noe sendes på nytt.',
    en: 'Look the order up in Svea’s administration before anything is sent again.',
  },
  doubt: {
    sv: 'Kan ha skickats. Slå upp hos Svea innan den skickas igen.',
    nb: 'Kan ha blitt sendt. Slå opp hos Svea før den sendes igjen.',
    en: 'May have been sent. Look it up at Svea before sending again.',
  },
  report: {
    sv: 'Felet ligger i programmet. Rapportera koden; skicka fakturan genom en annan anslutning så länge.',
    nb: 'Feilen ligger i programmet. Rapporter koden; send fakturaen gjennom en annen tilkobling imens.',
    en: 'The fault is in the program. Report the code; send the invoice through another connection meanwhile.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** A cause in Swedish, Norwegian and English, and which step follows. */
export type SveaRow = readonly [sv: string, nb: string, en: string, next: keyof typeof sveaNextSteps];
