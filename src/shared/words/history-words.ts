// Words of the rules that hold an invoice against the customer's earlier ones, in every language. No logic.

import type { Language } from '../schema/settings.ts';
import type { ProblemCatalogue, ProblemFacts } from './problem-text.ts';

type HistoryTexts = Pick<ProblemCatalogue, 'core.history.amount' | 'core.history.vat' | 'core.history.account'>;

const isOne = ({ text }: ProblemFacts): boolean => text('invoices') === '1';
const isNewCustomer = ({ text }: ProblemFacts): boolean => text('comparedWith') === 'seller';

const kinds = {
  sv: { bankgiro: 'Bankgiro', plusgiro: 'Plusgiro', iban: 'IBAN', account: 'Kontonumret' },
  nb: { bankgiro: 'Bankgiro', plusgiro: 'Plusgiro', iban: 'IBAN', account: 'Kontonummeret' },
  en: { bankgiro: 'Bankgiro', plusgiro: 'Plusgiro', iban: 'IBAN', account: 'Account number' },
} as const satisfies Record<Language, Record<string, string>>;

function kindOf({ text }: ProblemFacts, language: Language): string {
  const kind = text('kind');
  return kind === 'bankgiro' || kind === 'plusgiro' || kind === 'iban'
    ? kinds[language][kind]
    : kinds[language].account;
}

/** By language. */
export const historyTexts: Readonly<Record<Language, HistoryTexts>> = {
  sv: {
    'core.history.amount': {
      title: 'Beloppet är minst tio gånger kundens vanliga',
      message: (facts) =>
        `Att betala är ${facts.money('payableMinor')}, ${facts.count('times')} gånger ${isOne(facts) ? `kundens förra faktura på ${facts.money('usualMinor')}` : `det vanliga för kunden: ${facts.money('usualMinor')} (medianen av de senaste ${facts.count('invoices')} fakturorna)`}.`,
      suggestion: () =>
        'Kontrollera mätarställning, antal och pris i faktureringssystemet. Parkera fakturan tills det är klarlagt.',
    },
    'core.history.vat': {
      title: 'Momssatsen är en annan än förut',
      message: ({ decimal }) =>
        `Det mesta av beloppet har ${decimal('rate')} % moms. På kundens förra faktura hade det ${decimal('earlierRate')} %.`,
      suggestion: () => 'Kontrollera att momssatsen har ändrats med avsikt i faktureringssystemet.',
    },
    'core.history.account': {
      title: 'Kontot att betala till är nytt',
      message: (facts) =>
        `${kindOf(facts, 'sv')} ${facts.rawFound} ${isNewCustomer(facts) ? 'finns inte på säljarens tidigare fakturor' : 'fanns inte på kundens förra faktura'}. Där stod ${facts.expected}.`,
      suggestion: () =>
        'Bekräfta kontot med säljaren på annat sätt än genom filen innan något skickas: ett bytt konto kan vara ett bedrägeri.',
    },
  },
  nb: {
    'core.history.amount': {
      title: 'Beløpet er minst ti ganger kundens vanlige',
      message: (facts) =>
        `Å betale er ${facts.money('payableMinor')}, ${facts.count('times')} ganger ${isOne(facts) ? `kundens forrige faktura på ${facts.money('usualMinor')}` : `det vanlige for kunden: ${facts.money('usualMinor')} (medianen av de siste ${facts.count('invoices')} fakturaene)`}.`,
      suggestion: () =>
        'Kontroller målerstand, antall og pris i faktureringssystemet. Parker fakturaen til det er avklart.',
    },
    'core.history.vat': {
      title: 'Mva.-satsen er en annen enn før',
      message: ({ decimal }) =>
        `Det meste av beløpet har ${decimal('rate')} % mva. På kundens forrige faktura hadde det ${decimal('earlierRate')} %.`,
      suggestion: () => 'Kontroller at mva.-satsen er endret med hensikt i faktureringssystemet.',
    },
    'core.history.account': {
      title: 'Kontoen det skal betales til, er ny',
      message: (facts) =>
        `${kindOf(facts, 'nb')} ${facts.rawFound} ${isNewCustomer(facts) ? 'finnes ikke på selgerens tidligere fakturaer' : 'sto ikke på kundens forrige faktura'}. Der sto ${facts.expected}.`,
      suggestion: () =>
        'Få kontoen bekreftet av selgeren på annen måte enn gjennom filen før noe sendes: en byttet konto kan være svindel.',
    },
  },
  en: {
    'core.history.amount': {
      title: 'The amount is at least ten times the customer’s usual',
      message: (facts) =>
        `To pay is ${facts.money('payableMinor')}, ${facts.count('times')} times ${isOne(facts) ? `the customer’s last invoice of ${facts.money('usualMinor')}` : `the customer’s usual amount: ${facts.money('usualMinor')} (the median of the last ${facts.count('invoices')} invoices)`}.`,
      suggestion: () =>
        'Check meter reading, quantity and price in the billing system. Hold the invoice until that is settled.',
    },
    'core.history.vat': {
      title: 'The VAT rate is another than before',
      message: ({ decimal }) =>
        `Most of the amount has ${decimal('rate')}% VAT. On the customer’s last invoice it had ${decimal('earlierRate')}%.`,
      suggestion: () => 'Check that the VAT rate was changed on purpose in the billing system.',
    },
    'core.history.account': {
      title: 'The account to pay to is new',
      message: (facts) =>
        `${kindOf(facts, 'en')} ${facts.rawFound} ${isNewCustomer(facts) ? 'is not on the seller’s earlier invoices' : 'was not on the customer’s last invoice'}, which had ${facts.expected}.`,
      suggestion: () =>
        'Have the seller confirm the account by another way than the file before anything is sent: a changed account can be fraud.',
    },
  },
};
