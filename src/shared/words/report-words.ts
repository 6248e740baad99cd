// Words of the problem report (a page, an e-mail to the billing system's vendor), in the three languages. No values, no markup.

import type { Mender, Severity } from '../schema/problem.ts';
import type { Language } from '../schema/settings.ts';

/** Words of the report in one language. Places for values are `{name}`. */
export interface ReportWords {
  readonly title: string;
  readonly file: string;
  readonly sha256: string;
  readonly format: string;
  readonly seller: string;
  readonly sourceBatchId: string;
  readonly imported: string;
  readonly importedBy: string;
  readonly shown: string;
  readonly rule: string;
  readonly cause: string;
  readonly severityHead: string;
  readonly places: string;
  readonly invoices: string;
  readonly line: string;
  readonly column: string;
  readonly invoice: string;
  readonly found: string;
  readonly expected: string;
  readonly explanation: string;
  readonly suggestion: string;
  readonly menderHead: string;
  readonly sum: string;
  readonly none: string;
  readonly more: string;
  readonly wholeFile: string;
  /** After a severity. */
  readonly waived: string;
  readonly waivedBy: string;
  readonly waivedBeside: string;
  readonly search: string;
  readonly field: string;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly mender: Readonly<Record<Mender, string>>;
  readonly mailSubject: string;
  readonly mailGreeting: string;
  readonly mailIntro: string;
  readonly mailCause: string;
  readonly mailPlace: string;
  readonly mailPlaceInvoice: string;
  readonly mailMorePlaces: string;
  readonly mailAndMore: string;
  readonly mailMasked: string;
  readonly mailClosing: string;
  readonly mailShort: string;
}

const sv: ReportWords = {
  title: 'Problem i {file}',
  file: 'Fil',
  sha256: 'SHA-256',
  format: 'Format',
  seller: 'Säljare',
  sourceBatchId: 'Körningens id',
  imported: 'Importerad',
  importedBy: 'av {who}',
  shown: 'Urval',
  rule: 'Regel',
  cause: 'Orsak',
  severityHead: 'Allvar',
  places: 'Ställen',
  invoices: 'Fakturor',
  line: 'Rad',
  column: 'Kolumn',
  invoice: 'Faktura',
  found: 'Står i filen',
  expected: 'Väntat',
  explanation: 'Förklaring',
  suggestion: 'Gör så här',
  menderHead: 'Rättas av',
  sum: 'Summa',
  none: 'Inga problem i urvalet.',
  more: 'De första {shown} av {count} visas här. Alla finns i rapporten som CSV eller JSON.',
  wholeFile: 'Hela filen',
  waived: 'godtagen',
  waivedBy: 'Godtagen av {who} {when}: {reason}',
  waivedBeside: 'och {count} godtagna',
  search: 'text',
  field: 'fält',
  severity: { error: 'Fel', warning: 'Varning', info: 'Upplysning' },
  mender: {
    vendor: 'Leverantören av faktureringssystemet',
    operator: 'Den som skickar fakturorna',
    customerData: 'Den som sköter kundregistret',
  },
  mailSubject: 'Problem i fakturafilen {file}',
  mailGreeting: 'Hej!',
  mailIntro:
    'Vid importen av {file} ({about}) hittades {count} problem. Listan nedan är ordnad efter orsak, med rad och kolumn i filen.',
  mailCause: '{number}. {title} ({severity}, {rule}), antal ställen: {places}',
  mailPlace: 'Rad {line}, kolumn {column}:',
  mailPlaceInvoice: 'Rad {line}, kolumn {column}, faktura {invoice}:',
  mailMorePlaces: 'Fler ställen (rad:kolumn): {list}',
  mailAndMore: 'och {count} till',
  mailMasked: 'Personnummer samt kunders namn och kontaktuppgifter är dolda med *.',
  mailClosing: 'Med vänlig hälsning',
  mailShort: '… och {count} orsaker till. Hela texten kan skickas som fil.',
};

const nb: ReportWords = {
  title: 'Problemer i {file}',
  file: 'Fil',
  sha256: 'SHA-256',
  format: 'Format',
  seller: 'Selger',
  sourceBatchId: 'Kjøringens id',
  imported: 'Importert',
  importedBy: 'av {who}',
  shown: 'Utvalg',
  rule: 'Regel',
  cause: 'Årsak',
  severityHead: 'Alvor',
  places: 'Steder',
  invoices: 'Fakturaer',
  line: 'Linje',
  column: 'Kolonne',
  invoice: 'Faktura',
  found: 'Står i filen',
  expected: 'Ventet',
  explanation: 'Forklaring',
  suggestion: 'Gjør slik',
  menderHead: 'Rettes av',
  sum: 'Sum',
  none: 'Ingen problemer i utvalget.',
  more: 'De første {shown} av {count} vises her. Alle finnes i rapporten som CSV eller JSON.',
  wholeFile: 'Hele filen',
  waived: 'godtatt',
  waivedBy: 'Godtatt av {who} {when}: {reason}',
  waivedBeside: 'og {count} godtatte',
  search: 'tekst',
  field: 'felt',
  severity: { error: 'Feil', warning: 'Advarsel', info: 'Opplysning' },
  mender: {
    vendor: 'Leverandøren av faktureringssystemet',
    operator: 'Den som sender fakturaene',
    customerData: 'Den som steller kunderegisteret',
  },
  mailSubject: 'Problemer i fakturafilen {file}',
  mailGreeting: 'Hei!',
  mailIntro:
    'Ved importen av {file} ({about}) ble det funnet problemer: {count}. Listen nedenfor er ordnet etter årsak, med linje og kolonne i filen.',
  mailCause: '{number}. {title} ({severity}, {rule}), antall steder: {places}',
  mailPlace: 'Linje {line}, kolonne {column}:',
  mailPlaceInvoice: 'Linje {line}, kolonne {column}, faktura {invoice}:',
  mailMorePlaces: 'Flere steder (linje:kolonne): {list}',
  mailAndMore: 'og {count} til',
  mailMasked: 'Fødselsnumre samt kunders navn og kontaktopplysninger er skjult med *.',
  mailClosing: 'Med vennlig hilsen',
  mailShort: '… og {count} årsaker til. Hele teksten kan sendes som fil.',
};

const en: ReportWords = {
  title: 'Problems in {file}',
  file: 'File',
  sha256: 'SHA-256',
  format: 'Format',
  seller: 'Seller',
  sourceBatchId: 'Batch id',
  imported: 'Imported',
  importedBy: 'by {who}',
  shown: 'Selection',
  rule: 'Rule',
  cause: 'Cause',
  severityHead: 'Severity',
  places: 'Places',
  invoices: 'Invoices',
  line: 'Line',
  column: 'Column',
  invoice: 'Invoice',
  found: 'In the file',
  expected: 'Expected',
  explanation: 'Explanation',
  suggestion: 'What to do',
  menderHead: 'Mended by',
  sum: 'Sum',
  none: 'No problems in the selection.',
  more: 'The first {shown} of {count} are shown here. All are in the report as CSV or JSON.',
  wholeFile: 'Whole file',
  waived: 'waived',
  waivedBy: 'Waived by {who} {when}: {reason}',
  waivedBeside: 'and {count} waived',
  search: 'text',
  field: 'field',
  severity: { error: 'Error', warning: 'Warning', info: 'Information' },
  mender: {
    vendor: 'The billing system’s vendor',
    operator: 'Whoever sends the invoices',
    customerData: 'Whoever keeps the customer register',
  },
  mailSubject: 'Problems in the invoice file {file}',
  mailGreeting: 'Hello,',
  mailIntro:
    'Problems found when {file} ({about}) was imported: {count}. The list below is by cause, with line and column in the file.',
  mailCause: '{number}. {title} ({severity}, {rule}), places: {places}',
  mailPlace: 'Line {line}, column {column}:',
  mailPlaceInvoice: 'Line {line}, column {column}, invoice {invoice}:',
  mailMorePlaces: 'More places (line:column): {list}',
  mailAndMore: 'and {count} more',
  mailMasked: 'Personal numbers, customers’ names and contact details are hidden with *.',
  mailClosing: 'Best regards',
  mailShort: '… and {count} more causes. The whole text can be sent as a file.',
};

/** Language → words of the report. */
export const reportWords = { sv, nb, en } as const satisfies Readonly<Record<Language, ReportWords>>;

/** Fills `{name}` places; a name without a value is left as it stands. */
export function fillIn(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/gu, (place, name: string) => String(values[name] ?? place));
}
