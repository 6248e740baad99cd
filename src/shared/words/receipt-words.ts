// Words of the import receipt, on paper and on screen, in the three languages. Places for values are `{name}`.

import type { BatchState, ImportMode } from '../schema/batch.ts';
import type { Severity } from '../schema/problem.ts';
import type { ReceiptFault } from '../schema/receipt.ts';
import type { Language } from '../schema/settings.ts';

/** Words of the receipt in one language. */
export interface ReceiptWords {
  readonly title: string;
  readonly page: string;
  readonly file: string;
  readonly files: string;
  readonly sha256: string;
  readonly size: string;
  readonly bytes: string;
  readonly encoding: string;
  readonly lines: string;
  readonly format: string;
  readonly seller: string;
  readonly period: string;
  readonly sourceBatchId: string;
  readonly batchId: string;
  readonly importedAt: string;
  readonly importedBy: string;
  readonly mode: string;
  readonly modes: Readonly<Record<ImportMode, string>>;
  readonly state: string;
  readonly states: Readonly<Record<Exclude<BatchState, 'importing'>, string>>;
  readonly sums: string;
  readonly invoices: string;
  readonly read: string;
  readonly imported: string;
  readonly quarantined: string;
  readonly skipped: string;
  readonly sum: string;
  readonly moreFiles: string;
  readonly noCurrency: string;
  readonly withoutAmount: string;
  readonly addsUp: string;
  readonly doesNotAddUp: string;
  readonly faults: Readonly<Record<ReceiptFault['kind'], string>>;
  readonly problems: string;
  readonly noProblems: string;
  readonly rule: string;
  readonly cause: string;
  readonly severityHead: string;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly count: string;
  readonly inInvoices: string;
}

const sv: ReceiptWords = {
  title: 'Importkvitto',
  page: 'Sida {page} av {pages}',
  file: 'Fil',
  files: 'Filer',
  sha256: 'SHA-256',
  size: 'Storlek',
  bytes: '{count} byte',
  encoding: 'Teckenkodning',
  lines: 'Rader',
  format: 'Format',
  seller: 'Säljare',
  period: 'Period',
  sourceBatchId: 'Körningens id',
  batchId: 'Importens id',
  importedAt: 'Importerad',
  importedBy: 'Av',
  mode: 'Läge',
  modes: { strict: 'Strikt', lenient: 'Tillåtande' },
  state: 'Utfall',
  states: { imported: 'Importerad', keptBack: 'Stoppad som helhet' },
  sums: 'Antal och belopp',
  invoices: 'Fakturor',
  read: 'Lästa',
  imported: 'Importerade',
  quarantined: 'I karantän',
  skipped: 'Överhoppade',
  sum: 'Summa',
  moreFiles: 'och {count} filer till',
  noCurrency: 'Utan valuta',
  withoutAmount: 'Fakturor utan läsbart belopp, i ingen summa: {count}.',
  addsUp: 'Stämmer: lästa = importerade + i karantän + överhoppade, i antal och i belopp.',
  doesNotAddUp: 'Stämmer inte',
  faults: {
    counts: 'Lästa fakturor är {read}, men delarna är tillsammans {sum}.',
    money: 'Lästa belopp är {read}, men delarna är tillsammans {sum}.',
    skipped: 'Fakturor som har lästs men inte finns i någon del: {count}. Deras belopp är inte kända.',
    declaredCount: 'Filen uppger {declared} fakturor men innehåller {actual}.',
    declaredTotal: 'Filen uppger summan {declared}, men fakturorna är tillsammans {actual}.',
  },
  problems: 'Problem efter regel',
  noProblems: 'Inga problem.',
  rule: 'Regel',
  cause: 'Orsak',
  severityHead: 'Allvar',
  severity: { error: 'Fel', warning: 'Varning', info: 'Upplysning' },
  count: 'Antal',
  inInvoices: 'Fakturor',
};

const nb: ReceiptWords = {
  title: 'Importkvittering',
  page: 'Side {page} av {pages}',
  file: 'Fil',
  files: 'Filer',
  sha256: 'SHA-256',
  size: 'Størrelse',
  bytes: '{count} byte',
  encoding: 'Tegnkoding',
  lines: 'Linjer',
  format: 'Format',
  seller: 'Selger',
  period: 'Periode',
  sourceBatchId: 'Kjøringens id',
  batchId: 'Importens id',
  importedAt: 'Importert',
  importedBy: 'Av',
  mode: 'Modus',
  modes: { strict: 'Streng', lenient: 'Tillatende' },
  state: 'Utfall',
  states: { imported: 'Importert', keptBack: 'Stoppet som helhet' },
  sums: 'Antall og beløp',
  invoices: 'Fakturaer',
  read: 'Lest',
  imported: 'Importert',
  quarantined: 'I karantene',
  skipped: 'Hoppet over',
  sum: 'Sum',
  moreFiles: 'og {count} filer til',
  noCurrency: 'Uten valuta',
  withoutAmount: 'Fakturaer uten lesbart beløp, i ingen sum: {count}.',
  addsUp: 'Stemmer: lest = importert + i karantene + hoppet over, i antall og i beløp.',
  doesNotAddUp: 'Stemmer ikke',
  faults: {
    counts: 'Leste fakturaer er {read}, men delene er til sammen {sum}.',
    money: 'Leste beløp er {read}, men delene er til sammen {sum}.',
    skipped: 'Fakturaer som er lest, men ikke finnes i noen del: {count}. Beløpene deres er ikke kjent.',
    declaredCount: 'Filen oppgir {declared} fakturaer, men inneholder {actual}.',
    declaredTotal: 'Filen oppgir summen {declared}, men fakturaene er til sammen {actual}.',
  },
  problems: 'Problemer etter regel',
  noProblems: 'Ingen problemer.',
  rule: 'Regel',
  cause: 'Årsak',
  severityHead: 'Alvor',
  severity: { error: 'Feil', warning: 'Advarsel', info: 'Opplysning' },
  count: 'Antall',
  inInvoices: 'Fakturaer',
};

const en: ReceiptWords = {
  title: 'Import receipt',
  page: 'Page {page} of {pages}',
  file: 'File',
  files: 'Files',
  sha256: 'SHA-256',
  size: 'Size',
  bytes: '{count} bytes',
  encoding: 'Encoding',
  lines: 'Lines',
  format: 'Format',
  seller: 'Seller',
  period: 'Period',
  sourceBatchId: 'Batch id',
  batchId: 'Import id',
  importedAt: 'Imported',
  importedBy: 'By',
  mode: 'Mode',
  modes: { strict: 'Strict', lenient: 'Lenient' },
  state: 'Outcome',
  states: { imported: 'Imported', keptBack: 'Kept back as a whole' },
  sums: 'Counts and amounts',
  invoices: 'Invoices',
  read: 'Read',
  imported: 'Imported',
  quarantined: 'In quarantine',
  skipped: 'Skipped',
  sum: 'Sum',
  moreFiles: 'and {count} more files',
  noCurrency: 'No currency',
  withoutAmount: 'Invoices without a readable amount, in no sum: {count}.',
  addsUp: 'Adds up: read = imported + in quarantine + skipped, in number and in money.',
  doesNotAddUp: 'Does not add up',
  faults: {
    counts: '{read} invoices were read, but the parts come to {sum}.',
    money: '{read} was read, but the parts come to {sum}.',
    skipped: 'Invoices that were read and are in no part: {count}. Their amounts are not known.',
    declaredCount: 'The file states {declared} invoices but holds {actual}.',
    declaredTotal: 'The file states the total {declared}, but its invoices come to {actual}.',
  },
  problems: 'Problems by rule',
  noProblems: 'No problems.',
  rule: 'Rule',
  cause: 'Cause',
  severityHead: 'Severity',
  severity: { error: 'Error', warning: 'Warning', info: 'Information' },
  count: 'Count',
  inInvoices: 'Invoices',
};

/** Language → words of the receipt. */
export const receiptWords = { sv, nb, en } as const satisfies Readonly<Record<Language, ReceiptWords>>;
