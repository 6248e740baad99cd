// Words of every cause that a delivery to SendRegning can end with, in three languages. `byItself`: the language's own sentence for a retry without anybody's doing.

import type { Language } from '../schema/settings.ts';
import type { CauseCode } from './cause-codes.ts';
import type { CauseTexts } from './cause-texts.ts';

type Code = Extract<CauseCode, `sendregning.${string}`>;

/** By language. */
export const sendRegningCauses: Readonly<Record<Language, (byItself: string) => Readonly<Record<Code, CauseTexts>>>> = {
  sv: (byItself) => ({
    'sendregning.too-large': [
      'Fakturan är större än de 2 MB som SendRegning tar emot. Inget skickades.',
      'Skicka fakturan via en annan anslutning.',
    ],
    'sendregning.not-secure': [
      'Adressen till SendRegning är inte krypterad (https). Inget skickades.',
      'Ta bort anslutningen och lägg till den med en adress som börjar med https://.',
    ],
    'sendregning.secret-missing': [
      'Lösenordet till SendRegning saknas.',
      'Lägg till lösenordet och återuppta anslutningen.',
    ],
    'sendregning.test-mode': [
      'Anslutningen är i testläge: SendRegning kontrollerade fakturan och skickade inget.',
      'Lägg till en anslutning utan testläge och släpp fakturan till den.',
    ],
    'sendregning.closed': ['SendRegning har underhåll på natten; inget påbörjas 01.45–03.00 norsk tid.', byItself],
    'sendregning.certificate': [
      'Certifikatet för SendRegnings adress är inte giltigt. Inget skickades.',
      'Kontrollera adressen. Kontakta SendRegning om den stämmer.',
    ],
    'sendregning.tls-failed': ['En krypterad anslutning till SendRegning kunde inte upprättas.', byItself],
    'sendregning.login-refused': [
      'SendRegning avvisade inloggningen. Inget skickades.',
      'Kontrollera användarnamn och lösenord, och testa anslutningen.',
    ],
    'sendregning.bad-request': [
      'SendRegning avvisade fakturan. Inget skickades.',
      'Se svaret, rätta uppgiften i faktureringssystemet och släpp fakturan igen.',
    ],
    'sendregning.conflict': [
      'SendRegning hade tagit emot samma sändning tidigare, men fakturans nummer hittades inte.',
      'Kan ha skickats. Slå upp fakturan hos SendRegning innan den skickas igen.',
    ],
    'sendregning.server-failed': [
      'SendRegning svarade att något gick fel hos dem.',
      'Kan ha skickats. Fakturan slås upp av sig själv; annars slå upp den hos SendRegning.',
    ],
    'sendregning.not-implemented': [
      'SendRegning har inte den begärda funktionen. Inget skickades.',
      'Kontrollera adressen och kontakta SendRegning.',
    ],
    'sendregning.answer-for-a-person': [
      'SendRegning svarade med en sida som en människa måste läsa.',
      'Kan ha skickats. Läs svaret och slå upp fakturan hos SendRegning.',
    ],
    'sendregning.unexpected-answer': [
      'Svaret från SendRegning har en oväntad form.',
      'Kan ha skickats. Slå upp fakturan hos SendRegning, och kontrollera adressen.',
    ],
    'sendregning.unreadable-answer': [
      'Svaret från SendRegning kunde inte läsas.',
      'Kan ha skickats. Fakturan slås upp av sig själv; annars slå upp den hos SendRegning.',
    ],
    'sendregning.no-number': [
      'SendRegnings svar nämnde inte fakturan.',
      'Kan ha skickats. Slå upp fakturan hos SendRegning innan den skickas igen.',
    ],
    'sendregning.total-differs': [
      'Anslutningen pausades: SendRegning räknade ut ett annat belopp än fakturan har.',
      'Jämför beloppen hos SendRegning. Återuppta anslutningen när skillnaden är förklarad.',
    ],
    'sendregning.no-reply': [
      'SendRegning svarade inte i tid.',
      'Kan ha skickats. Fakturan slås upp av sig själv; annars slå upp den hos SendRegning.',
    ],
    'sendregning.cut': [
      'Anslutningen till SendRegning bröts innan svaret kom.',
      'Kan ha skickats. Fakturan slås upp av sig själv; annars slå upp den hos SendRegning.',
    ],
  }),
  nb: (byItself) => ({
    'sendregning.too-large': [
      'Fakturaen er større enn de 2 MB som SendRegning tar imot. Ingenting ble sendt.',
      'Send fakturaen via en annen tilkobling.',
    ],
    'sendregning.not-secure': [
      'Adressen til SendRegning er ikke kryptert (https). Ingenting ble sendt.',
      'Fjern tilkoblingen og legg den til med en adresse som begynner med https://.',
    ],
    'sendregning.secret-missing': [
      'Passordet til SendRegning mangler.',
      'Legg til passordet og gjenoppta tilkoblingen.',
    ],
    'sendregning.test-mode': [
      'Tilkoblingen er i testmodus: SendRegning kontrollerte fakturaen og sendte ingenting.',
      'Legg til en tilkobling uten testmodus og frigi fakturaen til den.',
    ],
    'sendregning.closed': ['SendRegning har vedlikehold om natten; ingenting startes 01.45–03.00 norsk tid.', byItself],
    'sendregning.certificate': [
      'Sertifikatet for adressen til SendRegning er ikke gyldig. Ingenting ble sendt.',
      'Kontroller adressen. Kontakt SendRegning hvis den stemmer.',
    ],
    'sendregning.tls-failed': ['En kryptert tilkobling til SendRegning kunne ikke opprettes.', byItself],
    'sendregning.login-refused': [
      'SendRegning avviste innloggingen. Ingenting ble sendt.',
      'Kontroller brukernavn og passord, og test tilkoblingen.',
    ],
    'sendregning.bad-request': [
      'SendRegning avviste fakturaen. Ingenting ble sendt.',
      'Se svaret, rett opplysningen i faktureringssystemet og frigi fakturaen på nytt.',
    ],
    'sendregning.conflict': [
      'SendRegning hadde tatt imot den samme sendingen før, men fakturanummeret ble ikke funnet.',
      'Kan være sendt. Slå opp fakturaen hos SendRegning før den sendes på nytt.',
    ],
    'sendregning.server-failed': [
      'SendRegning svarte at noe gikk galt hos dem.',
      'Kan være sendt. Fakturaen slås opp av seg selv; ellers slå den opp hos SendRegning.',
    ],
    'sendregning.not-implemented': [
      'SendRegning har ikke funksjonen som ble bedt om. Ingenting ble sendt.',
      'Kontroller adressen og kontakt SendRegning.',
    ],
    'sendregning.answer-for-a-person': [
      'SendRegning svarte med en side som et menneske må lese.',
      'Kan være sendt. Les svaret og slå opp fakturaen hos SendRegning.',
    ],
    'sendregning.unexpected-answer': [
      'Svaret fra SendRegning har en uventet form.',
      'Kan være sendt. Slå opp fakturaen hos SendRegning, og kontroller adressen.',
    ],
    'sendregning.unreadable-answer': [
      'Svaret fra SendRegning kunne ikke leses.',
      'Kan være sendt. Fakturaen slås opp av seg selv; ellers slå den opp hos SendRegning.',
    ],
    'sendregning.no-number': [
      'Svaret fra SendRegning nevnte ikke fakturaen.',
      'Kan være sendt. Slå opp fakturaen hos SendRegning før den sendes på nytt.',
    ],
    'sendregning.total-differs': [
      'Tilkoblingen ble satt på pause: SendRegning regnet ut et annet beløp enn fakturaen har.',
      'Sammenlign beløpene hos SendRegning. Gjenoppta tilkoblingen når forskjellen er forklart.',
    ],
    'sendregning.no-reply': [
      'SendRegning svarte ikke i tide.',
      'Kan være sendt. Fakturaen slås opp av seg selv; ellers slå den opp hos SendRegning.',
    ],
    'sendregning.cut': [
      'Tilkoblingen til SendRegning ble brutt før svaret kom.',
      'Kan være sendt. Fakturaen slås opp av seg selv; ellers slå den opp hos SendRegning.',
    ],
  }),
  en: (byItself) => ({
    'sendregning.too-large': [
      'The invoice is larger than the 2 MB that SendRegning takes. Nothing was sent.',
      'Send the invoice through another connection.',
    ],
    'sendregning.not-secure': [
      'The address of SendRegning is not encrypted (https). Nothing was sent.',
      'Remove the connection and add it with an address that begins with https://.',
    ],
    'sendregning.secret-missing': [
      'The password for SendRegning is missing.',
      'Add the password and resume the connection.',
    ],
    'sendregning.test-mode': [
      'The connection is in test mode: SendRegning checked the invoice and sent nothing.',
      'Add a connection without test mode and release the invoice to it.',
    ],
    'sendregning.closed': [
      'SendRegning has maintenance at night; nothing is started 01:45–03:00 Norwegian time.',
      byItself,
    ],
    'sendregning.certificate': [
      'The certificate of SendRegning’s address is not valid. Nothing was sent.',
      'Check the address. Contact SendRegning if it is right.',
    ],
    'sendregning.tls-failed': ['An encrypted connection to SendRegning could not be made.', byItself],
    'sendregning.login-refused': [
      'SendRegning refused the login. Nothing was sent.',
      'Check user name and password, and test the connection.',
    ],
    'sendregning.bad-request': [
      'SendRegning refused the invoice. Nothing was sent.',
      'See the answer, mend the value in the billing system and release the invoice again.',
    ],
    'sendregning.conflict': [
      'SendRegning had taken the same request before, but the invoice’s number was not found.',
      'May have been sent. Look the invoice up at SendRegning before sending it again.',
    ],
    'sendregning.server-failed': [
      'SendRegning answered that something went wrong there.',
      'May have been sent. It is looked up without anybody’s doing; otherwise look it up at SendRegning.',
    ],
    'sendregning.not-implemented': [
      'SendRegning does not have what was asked for. Nothing was sent.',
      'Check the address and contact SendRegning.',
    ],
    'sendregning.answer-for-a-person': [
      'SendRegning answered with a page that a person has to read.',
      'May have been sent. Read the answer and look the invoice up at SendRegning.',
    ],
    'sendregning.unexpected-answer': [
      'SendRegning’s answer has a form that was not expected.',
      'May have been sent. Look the invoice up at SendRegning, and check the address.',
    ],
    'sendregning.unreadable-answer': [
      'SendRegning’s answer could not be read.',
      'May have been sent. It is looked up without anybody’s doing; otherwise look it up at SendRegning.',
    ],
    'sendregning.no-number': [
      'SendRegning’s answer did not mention the invoice.',
      'May have been sent. Look the invoice up at SendRegning before sending it again.',
    ],
    'sendregning.total-differs': [
      'The connection was paused: SendRegning came to another amount than the invoice has.',
      'Compare the amounts at SendRegning. Resume the connection when the difference is explained.',
    ],
    'sendregning.no-reply': [
      'SendRegning did not answer in time.',
      'May have been sent. It is looked up without anybody’s doing; otherwise look it up at SendRegning.',
    ],
    'sendregning.cut': [
      'The connection to SendRegning broke before the answer came.',
      'May have been sent. It is looked up without anybody’s doing; otherwise look it up at SendRegning.',
    ],
  }),
};
