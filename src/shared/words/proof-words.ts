// Words of a batch's proof, on paper and on screen, in the three languages. Places for values are `{name}`.

import type { ProofActKind, ProofBucket, ProofFault } from '../schema/proof.ts';
import type { Language } from '../schema/settings.ts';

/** Words of the proof in one language. */
export interface ProofWords {
  readonly title: string;
  readonly asOf: string;
  readonly documents: string;
  readonly documentList: string;
  readonly documentListText: string;
  readonly accepted: string;
  readonly acceptedText: string;
  readonly sums: string;
  readonly buckets: Readonly<Record<ProofBucket, string>>;
  readonly sum: string;
  readonly read: string;
  readonly imported: string;
  readonly corrected: string;
  readonly equation: string;
  readonly addsUp: string;
  readonly doesNotAddUp: string;
  readonly faults: Readonly<Record<ProofFault['kind'], string>>;
  readonly acts: string;
  readonly act: string;
  readonly actor: string;
  readonly first: string;
  readonly last: string;
  readonly actNames: Readonly<Record<ProofActKind, string>>;
}

const sv: ProofWords = {
  title: 'Bevis',
  asOf: 'Läget per',
  documents: 'Släppta dokument',
  documentList: 'Dokumentlistans SHA-256',
  documentListText: 'Listan är ”nummer;dokumentets SHA-256”, en rad per dokument i filens ordning.',
  accepted: 'Mottagna leveranser',
  acceptedText: '{count}: {receipts} med mottagarens kvitto, {word} på användarens besked',
  sums: 'Var varje läst faktura är',
  buckets: {
    sent: 'Skickade',
    waiting: 'Väntar på att skickas',
    ready: 'Klara, inte släppta',
    held: 'Parkerade',
    excluded: 'Undantagna',
    quarantined: 'I karantän',
    failed: 'Ej skickade',
    unknown: 'Kan ha skickats',
    skipped: 'Överhoppade vid läsningen',
  },
  sum: 'Summa',
  read: 'Lästa vid importen',
  imported: 'Importerade belopp',
  corrected: 'Ändrat av rättelser',
  equation: 'Importen med rättelser',
  addsUp: 'Stämmer: varje läst faktura finns i precis ett läge, i antal och i belopp, räknat rad för rad.',
  doesNotAddUp: 'Stämmer inte',
  faults: {
    count: 'Lästa fakturor är {read}, men lägena är tillsammans {sum}.',
    rows: 'Vid importen sparades {imported} fakturor, men nu finns {rows}.',
    money: 'Importen med rättelser är {expected}, men fakturorna är tillsammans {sum}.',
    counter:
      'Räkneverket för ”{bucket}” säger {keptCount} fakturor och {keptMoney}; raderna är {rowCount} och {rowMoney}.',
    state: 'Fakturor vars läge inte är det som deras leveranser säger: {count}.',
    receipt: 'Mottagna leveranser utan kvitto och utan användarens besked: {count}.',
    change: 'Fakturor vars belopp har ändrats utan rättelse: {count}.',
  },
  acts: 'Vem och när',
  act: 'Vad',
  actor: 'Vem',
  first: 'Först',
  last: 'Senast',
  actNames: {
    import: 'Importerade',
    acceptGood: 'Tog med de felfria',
    correct: 'Rättade',
    undoCorrections: 'Ångrade rättelser',
    hold: 'Parkerade',
    unhold: 'Tog tillbaka från parkering',
    exclude: 'Undantog',
    include: 'Tog med igen',
    release: 'Släppte',
    retry: 'Försökte igen',
    cancel: 'Tog tillbaka',
    arrivedByWord: 'Angav som framkomna',
    againByWord: 'Angav som inte framkomna',
    arrivedByLookUp: 'Fann hos mottagaren',
    againByLookUp: 'Fann inte hos mottagaren',
  },
};

const nb: ProofWords = {
  title: 'Bevis',
  asOf: 'Status per',
  documents: 'Frigitte dokumenter',
  documentList: 'Dokumentlistens SHA-256',
  documentListText: 'Listen er «nummer;dokumentets SHA-256», én linje per dokument i filens rekkefølge.',
  accepted: 'Mottatte leveringer',
  acceptedText: '{count}: {receipts} med mottakerens kvittering, {word} på brukerens ord',
  sums: 'Hvor hver leste faktura er',
  buckets: {
    sent: 'Sendt',
    waiting: 'Venter på å sendes',
    ready: 'Klare, ikke frigitt',
    held: 'Parkert',
    excluded: 'Utelatt',
    quarantined: 'I karantene',
    failed: 'Ikke sendt',
    unknown: 'Kan være sendt',
    skipped: 'Hoppet over ved lesingen',
  },
  sum: 'Sum',
  read: 'Lest ved importen',
  imported: 'Importerte beløp',
  corrected: 'Endret av rettelser',
  equation: 'Importen med rettelser',
  addsUp: 'Stemmer: hver leste faktura har nøyaktig én status, i antall og i beløp, telt rad for rad.',
  doesNotAddUp: 'Stemmer ikke',
  faults: {
    count: 'Leste fakturaer er {read}, men statusene er til sammen {sum}.',
    rows: 'Ved importen ble {imported} fakturaer lagret, men nå finnes {rows}.',
    money: 'Importen med rettelser er {expected}, men fakturaene er til sammen {sum}.',
    counter:
      'Telleverket for «{bucket}» sier {keptCount} fakturaer og {keptMoney}; radene er {rowCount} og {rowMoney}.',
    state: 'Fakturaer med en annen status enn leveringene deres sier: {count}.',
    receipt: 'Mottatte leveringer uten kvittering og uten brukerens ord: {count}.',
    change: 'Fakturaer med beløp som er endret uten rettelse: {count}.',
  },
  acts: 'Hvem og når',
  act: 'Hva',
  actor: 'Hvem',
  first: 'Først',
  last: 'Sist',
  actNames: {
    import: 'Importerte',
    acceptGood: 'Tok med de feilfrie',
    correct: 'Rettet',
    undoCorrections: 'Angret rettelser',
    hold: 'Parkerte',
    unhold: 'Tok tilbake fra parkering',
    exclude: 'Utelot',
    include: 'Tok med igjen',
    release: 'Frigav',
    retry: 'Prøvde igjen',
    cancel: 'Trakk tilbake',
    arrivedByWord: 'Oppga som kommet fram',
    againByWord: 'Oppga som ikke kommet fram',
    arrivedByLookUp: 'Fant hos mottakeren',
    againByLookUp: 'Fant ikke hos mottakeren',
  },
};

const en: ProofWords = {
  title: 'Proof',
  asOf: 'As of',
  documents: 'Released documents',
  documentList: 'SHA-256 of the list of documents',
  documentListText: 'The list is “number;SHA-256 of the document”, one line a document in the order of the file.',
  accepted: 'Accepted deliveries',
  acceptedText: '{count}: {receipts} with the recipient’s receipt, {word} by the operator’s word',
  sums: 'Where every invoice that was read is',
  buckets: {
    sent: 'Sent',
    waiting: 'Waiting to be sent',
    ready: 'Ready, not released',
    held: 'Held',
    excluded: 'Excluded',
    quarantined: 'In quarantine',
    failed: 'Not sent',
    unknown: 'May have been sent',
    skipped: 'Skipped by the reader',
  },
  sum: 'Sum',
  read: 'Read at the import',
  imported: 'Imported amounts',
  corrected: 'Changed by corrections',
  equation: 'The import with corrections',
  addsUp: 'Adds up: every invoice that was read is in exactly one state, in number and in money, counted row by row.',
  doesNotAddUp: 'Does not add up',
  faults: {
    count: '{read} invoices were read, but the states are {sum} together.',
    rows: '{imported} invoices were stored at the import, but there are {rows} now.',
    money: 'The import with corrections is {expected}, but the invoices are {sum} together.',
    counter:
      'The counter of “{bucket}” says {keptCount} invoices and {keptMoney}; the rows are {rowCount} and {rowMoney}.',
    state: 'Invoices whose state is not what their deliveries say: {count}.',
    receipt: 'Accepted deliveries with neither a receipt nor the operator’s word: {count}.',
    change: 'Invoices whose amount changed without a correction: {count}.',
  },
  acts: 'Who and when',
  act: 'What',
  actor: 'Who',
  first: 'First',
  last: 'Last',
  actNames: {
    import: 'Imported',
    acceptGood: 'Took the good ones',
    correct: 'Corrected',
    undoCorrections: 'Undid corrections',
    hold: 'Held',
    unhold: 'Took back from hold',
    exclude: 'Excluded',
    include: 'Included again',
    release: 'Released',
    retry: 'Tried again',
    cancel: 'Took back',
    arrivedByWord: 'Said they arrived',
    againByWord: 'Said they did not arrive',
    arrivedByLookUp: 'Found at the recipient',
    againByLookUp: 'Did not find at the recipient',
  },
};

/** Language → words of the proof. */
export const proofWords = { sv, nb, en } as const satisfies Readonly<Record<Language, ProofWords>>;
