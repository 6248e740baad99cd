// Words of what SendRegning asks of an invoice at import, in every language. No logic.

import type { ChannelRuleWords } from '../channel-text.ts';

const svOther = () => 'Skicka fakturan genom en annan kanal.';
const nbOther = () => 'Send fakturaen gjennom en annen kanal.';
const enOther = () => 'Send the invoice by another channel.';
const svMend = () => 'Rätta uppgiften i källsystemet, eller skicka fakturan genom en annan kanal.';
const nbMend = () => 'Rett opplysningen i kildesystemet, eller send fakturaen gjennom en annen kanal.';
const enMend = () => 'Correct the value in the source system, or send the invoice by another channel.';

/** By language and rule. */
export const sendRegningRuleWords: ChannelRuleWords<'sendregning'> = {
  sv: {
    'channel.sendregning.missing': {
      title: 'SendRegning: en uppgift om kunden saknas',
      message: ({ field }) => `${field} saknas. SendRegning behöver namn, postnummer och postort.`,
      suggestion: svMend,
      explanation: 'SendRegning kräver kundens namn, postnummer och postort på varje faktura.',
    },
    'channel.sendregning.length': {
      title: 'SendRegning: en uppgift är för lång',
      message: ({ field, found, expected }) => `${field} ${found} är längre än SendRegning tar: ${expected} tecken.`,
      suggestion: svMend,
      explanation:
        'SendRegning tar högst 42 tecken i namn och adressrader, 8 i postnummer, 36 i postort, 64 i e-postadress.',
    },
    'channel.sendregning.currency': {
      title: 'SendRegning: valutan är inte norska kronor',
      message: ({ found }) => `Valutan är ${found}. SendRegning fakturerar bara i NOK.`,
      suggestion: svOther,
      explanation: 'SendRegning fakturerar i norska kronor.',
    },
    'channel.sendregning.country': {
      title: 'SendRegning: landskoden är okänd',
      message: ({ found }) => `Kundens landskod ${found} är inget land som SendRegning känner.`,
      suggestion: svMend,
      explanation:
        'Kundens land ska vara en landskod med två bokstäver (ISO 3166) för ett land på tjänstens egen lista.',
    },
    'channel.sendregning.date': {
      title: 'SendRegning: datumet går inte att skriva',
      message: ({ found }) => `Datumet ${found} är inte mellan 2000 och 2099. SendRegning läser årtal med två siffror.`,
      suggestion: svMend,
      explanation: 'SendRegning läser datum med tvåsiffrigt årtal i det här århundradet.',
    },
    'channel.sendregning.lines': {
      title: 'SendRegning: antalet rader passar inte',
      message: ({ found, expected }) =>
        `Fakturan har ${found} rader av olika slag. SendRegning tar ${expected}, sedan rader av samma slag och momssats slagits ihop.`,
      suggestion: svOther,
      explanation:
        'SendRegning tar 1–18 rader. Fler rader slås ihop efter slag och momssats; det som ändå är för många kan inte skickas.',
    },
    'channel.sendregning.vat-rate': {
      title: 'SendRegning: momssatsen tas inte emot',
      message: ({ rawFound, found }) =>
        rawFound === '' ? 'Raden har ingen momssats.' : `Momssatsen ${found} är ingen som SendRegning tar emot.`,
      suggestion: svMend,
      explanation:
        'Varje rad hos SendRegning har en momssats i hela procent, en av dem som tjänsten anger för fakturans dag.',
    },
    'channel.sendregning.amount': {
      title: 'SendRegning: ett radbelopp är för stort',
      message: ({ found, expected }) => `Radens belopp ${found} är större än SendRegning tar (${expected}).`,
      suggestion: svOther,
      explanation: 'En rads pris hos SendRegning har högst 9 tecken, med tecken och decimaltecken.',
    },
    'channel.sendregning.prepaid': {
      title: 'SendRegning: fakturan är delvis betald',
      message: ({ found }) => `Fakturan drar av ett redan betalt belopp, ${found}. SendRegning kan inte det.`,
      suggestion: svOther,
      explanation: 'SendRegning räknar ut summan av raderna; ett redan betalt belopp har ingen plats.',
    },
    'channel.sendregning.total': {
      title: 'SendRegning: summan skulle bli en annan',
      message: ({ found, expected }) => `Fakturan kräver ${found}, men SendRegning skulle räkna ut ${expected}.`,
      suggestion: svMend,
      explanation: 'SendRegning räknar ut summan rad för rad. Mer än öresavrundning får inte skilja.',
    },
    'channel.sendregning.credited': {
      title: 'SendRegning: den krediterade fakturan är inte känd',
      message: () => 'Kreditnotan säger inte vilken faktura hos SendRegning som krediteras.',
      suggestion: svOther,
      explanation: 'SendRegning krediterar en faktura som finns där, under det nummer tjänsten gav den.',
    },
  },
  nb: {
    'channel.sendregning.missing': {
      title: 'SendRegning: en opplysning om kunden mangler',
      message: ({ field }) => `${field} mangler. SendRegning trenger navn, postnummer og poststed.`,
      suggestion: nbMend,
      explanation: 'SendRegning krever kundens navn, postnummer og poststed på hver faktura.',
    },
    'channel.sendregning.length': {
      title: 'SendRegning: en opplysning er for lang',
      message: ({ field, found, expected }) => `${field} ${found} er lengre enn SendRegning tar: ${expected} tegn.`,
      suggestion: nbMend,
      explanation:
        'SendRegning tar høyst 42 tegn i navn og adresselinjer, 8 i postnummer, 36 i poststed, 64 i e-postadresse.',
    },
    'channel.sendregning.currency': {
      title: 'SendRegning: valutaen er ikke norske kroner',
      message: ({ found }) => `Valutaen er ${found}. SendRegning fakturerer bare i NOK.`,
      suggestion: nbOther,
      explanation: 'SendRegning fakturerer i norske kroner.',
    },
    'channel.sendregning.country': {
      title: 'SendRegning: landkoden er ukjent',
      message: ({ found }) => `Kundens landkode ${found} er ikke et land SendRegning kjenner.`,
      suggestion: nbMend,
      explanation:
        'Kundens land skal være en landkode med to bokstaver (ISO 3166) for et land på tjenestens egen liste.',
    },
    'channel.sendregning.date': {
      title: 'SendRegning: datoen kan ikke skrives',
      message: ({ found }) => `Datoen ${found} er ikke mellom 2000 og 2099. SendRegning leser årstall med to sifre.`,
      suggestion: nbMend,
      explanation: 'SendRegning leser datoer med tosifret årstall i dette århundret.',
    },
    'channel.sendregning.lines': {
      title: 'SendRegning: antallet linjer passer ikke',
      message: ({ found, expected }) =>
        `Fakturaen har ${found} linjer av ulike slag. SendRegning tar ${expected}, etter at linjer av samme slag og mva.-sats er slått sammen.`,
      suggestion: nbOther,
      explanation:
        'SendRegning tar 1–18 linjer. Flere linjer slås sammen etter slag og mva.-sats; det som likevel er for mange, kan ikke sendes.',
    },
    'channel.sendregning.vat-rate': {
      title: 'SendRegning: mva.-satsen tas ikke imot',
      message: ({ rawFound, found }) =>
        rawFound === '' ? 'Linjen har ingen mva.-sats.' : `Mva.-satsen ${found} er ikke en som SendRegning tar imot.`,
      suggestion: nbMend,
      explanation:
        'Hver linje hos SendRegning har en mva.-sats i hele prosent, en av dem tjenesten oppgir for fakturaens dag.',
    },
    'channel.sendregning.amount': {
      title: 'SendRegning: et linjebeløp er for stort',
      message: ({ found, expected }) => `Linjens beløp ${found} er større enn SendRegning tar (${expected}).`,
      suggestion: nbOther,
      explanation: 'En linjes pris hos SendRegning har høyst 9 tegn, med fortegn og desimaltegn.',
    },
    'channel.sendregning.prepaid': {
      title: 'SendRegning: fakturaen er delvis betalt',
      message: ({ found }) => `Fakturaen trekker fra et forhåndsbetalt beløp, ${found}. SendRegning kan ikke det.`,
      suggestion: nbOther,
      explanation: 'SendRegning regner ut summen av linjene; et forhåndsbetalt beløp har ingen plass.',
    },
    'channel.sendregning.total': {
      title: 'SendRegning: summen ville blitt en annen',
      message: ({ found, expected }) => `Fakturaen krever ${found}, men SendRegning ville regnet ut ${expected}.`,
      suggestion: nbMend,
      explanation: 'SendRegning regner ut summen linje for linje. Mer enn øreavrunding kan ikke skille.',
    },
    'channel.sendregning.credited': {
      title: 'SendRegning: den krediterte fakturaen er ikke kjent',
      message: () => 'Kreditnotaen sier ikke hvilken faktura hos SendRegning som krediteres.',
      suggestion: nbOther,
      explanation: 'SendRegning krediterer en faktura som finnes der, under nummeret tjenesten ga den.',
    },
  },
  en: {
    'channel.sendregning.missing': {
      title: 'SendRegning: a detail of the customer is missing',
      message: ({ field }) => `${field} is missing. SendRegning needs name, postal code and town.`,
      suggestion: enMend,
      explanation: 'SendRegning wants the customer’s name, postal code and town on every invoice.',
    },
    'channel.sendregning.length': {
      title: 'SendRegning: a detail is too long',
      message: ({ field, found, expected }) =>
        `${field} ${found} is longer than SendRegning takes: ${expected} characters.`,
      suggestion: enMend,
      explanation:
        'SendRegning takes at most 42 characters of name and address lines, 8 of postal code, 36 of town, 64 of e-mail address.',
    },
    'channel.sendregning.currency': {
      title: 'SendRegning: the currency is not Norwegian kroner',
      message: ({ found }) => `The currency is ${found}. SendRegning invoices in NOK only.`,
      suggestion: enOther,
      explanation: 'SendRegning invoices in Norwegian kroner.',
    },
    'channel.sendregning.country': {
      title: 'SendRegning: the country code is unknown',
      message: ({ found }) => `The customer’s country code ${found} is no country that SendRegning knows.`,
      suggestion: enMend,
      explanation:
        'The customer’s country must be a code of two letters (ISO 3166) of a country on the service’s own list.',
    },
    'channel.sendregning.date': {
      title: 'SendRegning: the date can’t be written',
      message: ({ found }) => `The date ${found} is not between 2000 and 2099. SendRegning reads years of two digits.`,
      suggestion: enMend,
      explanation: 'SendRegning reads dates with a year of two digits, in this century.',
    },
    'channel.sendregning.lines': {
      title: 'SendRegning: the number of rows does not fit',
      message: ({ found, expected }) =>
        `The invoice has ${found} rows of different kinds. SendRegning takes ${expected}, after rows of one kind and VAT rate have become one.`,
      suggestion: enOther,
      explanation:
        'SendRegning takes 1–18 rows. More rows become one for each kind and VAT rate; what is too many even so can’t be sent.',
    },
    'channel.sendregning.vat-rate': {
      title: 'SendRegning: the VAT rate is not taken',
      message: ({ rawFound, found }) =>
        rawFound === '' ? 'The row has no VAT rate.' : `The VAT rate ${found} is none that SendRegning takes.`,
      suggestion: enMend,
      explanation:
        'Every row at SendRegning has a VAT rate in whole percent, one of those the service lists for the invoice’s day.',
    },
    'channel.sendregning.amount': {
      title: 'SendRegning: a row’s amount is too large',
      message: ({ found, expected }) => `The row’s amount ${found} is larger than SendRegning takes (${expected}).`,
      suggestion: enOther,
      explanation: 'A row’s price at SendRegning has at most 9 characters, sign and separator included.',
    },
    'channel.sendregning.prepaid': {
      title: 'SendRegning: the invoice is paid in part',
      message: ({ found }) => `The invoice takes off a prepaid amount, ${found}. SendRegning can’t do that.`,
      suggestion: enOther,
      explanation: 'SendRegning computes the total from the rows; a prepaid amount has no place there.',
    },
    'channel.sendregning.total': {
      title: 'SendRegning: the total would be another',
      message: ({ found, expected }) => `The invoice asks for ${found}, but SendRegning would compute ${expected}.`,
      suggestion: enMend,
      explanation: 'SendRegning computes the total row by row. No more than rounding may differ.',
    },
    'channel.sendregning.credited': {
      title: 'SendRegning: the credited invoice is not known',
      message: () => 'The credit note does not say which invoice at SendRegning is credited.',
      suggestion: enOther,
      explanation: 'SendRegning credits an invoice that is there, by the number the service gave it.',
    },
  },
};
