// Words of what Svea's service asks of an invoice at import, in every language. No logic.

import type { ChannelRuleWords } from '../channel-text.ts';

const svOther = () => 'Skicka fakturan genom en annan kanal.';
const nbOther = () => 'Send fakturaen gjennom en annen kanal.';
const enOther = () => 'Send the invoice by another channel.';
const svMend = () => 'Rätta uppgiften i källsystemet, eller skicka fakturan genom en annan kanal.';
const nbMend = () => 'Rett opplysningen i kildesystemet, eller send fakturaen gjennom en annen kanal.';
const enMend = () => 'Correct the value in the source system, or send the invoice by another channel.';

/** By language and rule. */
export const sveaRuleWords: ChannelRuleWords<'svea'> = {
  sv: {
    'channel.svea.country': {
      title: 'Svea: kunden bor i ett annat land',
      message: ({ found, expected }) => `Kundens land är ${found}. Svea tar i den här valutan kunder i ${expected}.`,
      suggestion: svOther,
      explanation: 'Ett kundnummer hos Svea gäller ett land och dess valuta; kunden måste höra till landet.',
    },
    'channel.svea.national-id': {
      title: 'Svea: person- eller org.nr saknas',
      message: ({ rawFound, found, expected }) =>
        rawFound === ''
          ? `Kundens person- eller organisationsnummer saknas. Svea behöver det (${expected}).`
          : `Kundens nummer ${found} har inte den form som Svea läser (${expected}).`,
      suggestion: svMend,
      explanation: 'Svea känner igen kunden på person- eller organisationsnumret. Utan det skapas ingen order.',
    },
    'channel.svea.customer': {
      title: 'Svea: en uppgift om kunden passar inte',
      message: ({ rawFound, found, expected }) =>
        `${rawFound === '' ? 'En uppgift om kunden saknas' : `Kundens uppgift ${found} passar inte`}. Svea behöver namn, adress med husnummer och födelsedatum eller momsnummer${expected === '' ? '' : ` (${expected})`}.`,
      suggestion: svMend,
      explanation:
        'I Tyskland och Nederländerna känner Svea igen kunden på namn, adress med husnummer och födelsedatum eller momsnummer, i de längder som tjänsten tar.',
    },
    'channel.svea.credit-note': {
      title: 'Svea: kreditfakturor skickas inte som ordrar',
      message: () => 'Fakturan är en kreditfaktura. Hos Svea krediteras den fakturerade ordern i stället.',
      suggestion: () => 'Kreditera ordern hos Svea, eller skicka kreditfakturan genom en annan kanal.',
      explanation: 'Svea tar inte emot kreditfakturor; en levererad order krediteras.',
    },
    'channel.svea.vat-rate': {
      title: 'Svea: momssatsen är inget helt procenttal',
      message: ({ rawFound, found }) =>
        rawFound === '' ? 'Raden har ingen momssats.' : `Momssatsen ${found} är inget helt procenttal.`,
      suggestion: svMend,
      explanation: 'Varje rad hos Svea har en momssats i hela procent.',
    },
    'channel.svea.prepaid': {
      title: 'Svea: fakturan är delvis betald',
      message: ({ found }) => `Fakturan drar av ett redan betalt belopp, ${found}. En order hos Svea kan inte det.`,
      suggestion: svOther,
      explanation: 'En order hos Svea har inget redan betalt belopp; kunden skulle krävas på hela summan.',
    },
    'channel.svea.not-positive': {
      title: 'Svea: det finns inget att betala',
      message: ({ found }) => `Att betala är ${found}. Svea tar bara ordrar med ett belopp att betala.`,
      suggestion: svOther,
      explanation: 'En order hos Svea måste ha ett belopp större än noll.',
    },
    'channel.svea.amount-too-large': {
      title: 'Svea: ett radbelopp är för stort',
      message: ({ found, expected }) => `Radens belopp ${found} är större än Svea tar (${expected}).`,
      suggestion: svOther,
      explanation: 'En rads pris hos Svea har högst sju siffror före decimaltecknet.',
    },
    'channel.svea.total-differs': {
      title: 'Svea: ordern skulle få en annan summa',
      message: ({ found, expected }) => `Ordern skulle bli ${found}, men fakturan kräver ${expected}.`,
      suggestion: svMend,
      explanation: 'Svea räknar om summan rad för rad. Fakturan skickas bara när det blir samma belopp.',
    },
  },
  nb: {
    'channel.svea.country': {
      title: 'Svea: kunden bor i et annet land',
      message: ({ found, expected }) => `Kundens land er ${found}. Svea tar i denne valutaen kunder i ${expected}.`,
      suggestion: nbOther,
      explanation: 'Et kundenummer hos Svea gjelder ett land og landets valuta; kunden må høre til landet.',
    },
    'channel.svea.national-id': {
      title: 'Svea: fødsels- eller org.nr. mangler',
      message: ({ rawFound, found, expected }) =>
        rawFound === ''
          ? `Kundens fødsels- eller organisasjonsnummer mangler. Svea trenger det (${expected}).`
          : `Kundens nummer ${found} har ikke den formen Svea leser (${expected}).`,
      suggestion: nbMend,
      explanation: 'Svea kjenner igjen kunden på fødsels- eller organisasjonsnummeret. Uten det blir det ingen ordre.',
    },
    'channel.svea.customer': {
      title: 'Svea: en opplysning om kunden passer ikke',
      message: ({ rawFound, found, expected }) =>
        `${rawFound === '' ? 'En opplysning om kunden mangler' : `Kundens opplysning ${found} passer ikke`}. Svea trenger navn, adresse med husnummer og fødselsdato eller mva.-nummer${expected === '' ? '' : ` (${expected})`}.`,
      suggestion: nbMend,
      explanation:
        'I Tyskland og Nederland kjenner Svea igjen kunden på navn, adresse med husnummer og fødselsdato eller mva.-nummer, i de lengdene tjenesten tar.',
    },
    'channel.svea.credit-note': {
      title: 'Svea: kreditnotaer sendes ikke som ordrer',
      message: () => 'Fakturaen er en kreditnota. Hos Svea krediteres den fakturerte ordren i stedet.',
      suggestion: () => 'Krediter ordren hos Svea, eller send kreditnotaen gjennom en annen kanal.',
      explanation: 'Svea tar ikke imot kreditnotaer; en levert ordre krediteres.',
    },
    'channel.svea.vat-rate': {
      title: 'Svea: mva.-satsen er ikke et helt prosenttall',
      message: ({ rawFound, found }) =>
        rawFound === '' ? 'Linjen har ingen mva.-sats.' : `Mva.-satsen ${found} er ikke et helt prosenttall.`,
      suggestion: nbMend,
      explanation: 'Hver linje hos Svea har en mva.-sats i hele prosent.',
    },
    'channel.svea.prepaid': {
      title: 'Svea: fakturaen er delvis betalt',
      message: ({ found }) =>
        `Fakturaen trekker fra et forhåndsbetalt beløp, ${found}. En ordre hos Svea kan ikke det.`,
      suggestion: nbOther,
      explanation: 'En ordre hos Svea har ikke noe forhåndsbetalt beløp; kunden ville blitt krevd for hele summen.',
    },
    'channel.svea.not-positive': {
      title: 'Svea: det er ingenting å betale',
      message: ({ found }) => `Å betale er ${found}. Svea tar bare ordrer med et beløp å betale.`,
      suggestion: nbOther,
      explanation: 'En ordre hos Svea må ha et beløp større enn null.',
    },
    'channel.svea.amount-too-large': {
      title: 'Svea: et linjebeløp er for stort',
      message: ({ found, expected }) => `Linjens beløp ${found} er større enn Svea tar (${expected}).`,
      suggestion: nbOther,
      explanation: 'En linjes pris hos Svea har høyst sju sifre før desimaltegnet.',
    },
    'channel.svea.total-differs': {
      title: 'Svea: ordren ville få en annen sum',
      message: ({ found, expected }) => `Ordren ville blitt ${found}, men fakturaen krever ${expected}.`,
      suggestion: nbMend,
      explanation: 'Svea regner ut summen linje for linje. Fakturaen sendes bare når det blir samme beløp.',
    },
  },
  en: {
    'channel.svea.country': {
      title: 'Svea: the customer is in another country',
      message: ({ found, expected }) =>
        `The customer’s country is ${found}. In this currency Svea takes customers in ${expected}.`,
      suggestion: enOther,
      explanation: 'A client number at Svea is for one country and its currency; the customer must belong to it.',
    },
    'channel.svea.national-id': {
      title: 'Svea: no personal or organisation number',
      message: ({ rawFound, found, expected }) =>
        rawFound === ''
          ? `The customer’s personal or organisation number is missing. Svea needs it (${expected}).`
          : `The customer’s number ${found} is not in a form that Svea reads (${expected}).`,
      suggestion: enMend,
      explanation: 'Svea knows the customer by the personal or organisation number. Without it no order is made.',
    },
    'channel.svea.customer': {
      title: 'Svea: a detail of the customer does not fit',
      message: ({ rawFound, found, expected }) =>
        `${rawFound === '' ? 'A detail of the customer is missing' : `The customer’s detail ${found} does not fit`}. Svea needs a name, an address with a house number, and a birth date or VAT number${expected === '' ? '' : ` (${expected})`}.`,
      suggestion: enMend,
      explanation:
        'In Germany and the Netherlands Svea knows the customer by name, address with house number, and birth date or VAT number, in the lengths that the service takes.',
    },
    'channel.svea.credit-note': {
      title: 'Svea: credit notes are not sent as orders',
      message: () => 'The invoice is a credit note. At Svea the invoiced order is credited instead.',
      suggestion: () => 'Credit the order at Svea, or send the credit note by another channel.',
      explanation: 'Svea takes no credit notes; an order that was delivered is credited.',
    },
    'channel.svea.vat-rate': {
      title: 'Svea: the VAT rate is no whole percent',
      message: ({ rawFound, found }) =>
        rawFound === '' ? 'The row has no VAT rate.' : `The VAT rate ${found} is no whole percent.`,
      suggestion: enMend,
      explanation: 'Every row at Svea has a VAT rate in whole percent.',
    },
    'channel.svea.prepaid': {
      title: 'Svea: the invoice is paid in part',
      message: ({ found }) => `The invoice takes off a prepaid amount, ${found}. An order at Svea can’t do that.`,
      suggestion: enOther,
      explanation: 'An order at Svea has no prepaid amount; the customer would be asked for the whole sum.',
    },
    'channel.svea.not-positive': {
      title: 'Svea: there is nothing to pay',
      message: ({ found }) => `The amount to pay is ${found}. Svea only takes orders with an amount to pay.`,
      suggestion: enOther,
      explanation: 'An order at Svea must have an amount above zero.',
    },
    'channel.svea.amount-too-large': {
      title: 'Svea: a row’s amount is too large',
      message: ({ found, expected }) => `The row’s amount ${found} is larger than Svea takes (${expected}).`,
      suggestion: enOther,
      explanation: 'A row’s price at Svea has at most seven digits before the decimal point.',
    },
    'channel.svea.total-differs': {
      title: 'Svea: the order would have another total',
      message: ({ found, expected }) => `The order would come to ${found}, but the invoice asks for ${expected}.`,
      suggestion: enMend,
      explanation: 'Svea computes the total row by row. The invoice is sent only when it comes to the same amount.',
    },
  },
};
