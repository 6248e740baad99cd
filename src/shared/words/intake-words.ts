// Words of a folder or zip that is refused and of files that are left out, in three languages. The entry is named in each.

import type { LeftOutReason } from '../schema/batch.ts';
import type { Language } from '../schema/settings.ts';
import type { ErrorFacts, ErrorTexts } from './error-text.ts';

type Texts = Readonly<Record<string, (entry: string, limit: string) => string>>;

interface IntakeWords {
  readonly titles: Texts;
  readonly other: string;
  /** Next steps; what has none of its own gets `again`. */
  readonly next: Readonly<Record<string, string>>;
  readonly again: string;
}

const sv: IntakeWords = {
  titles: {
    outside: (entry) => `Posten ${entry} pekar utanför zip-filen. Ingenting i den lästes.`,
    absolute: (entry) => `Posten ${entry} har ett absolut namn. Ingenting i zip-filen lästes.`,
    name: (entry) => `Posten ${entry} har ett namn som inte kan användas. Ingenting lästes.`,
    depth: (entry, limit) => `${entry} ligger djupare än ${limit} mappar. Ingenting lästes.`,
    link: (entry) => `Posten ${entry} är en länk eller enhet, inte en fil. Ingenting i zip-filen lästes.`,
    duplicate: (entry) => `Namnet ${entry} finns två gånger i zip-filen. Ingenting i den lästes.`,
    encrypted: (entry) => `Posten ${entry} är krypterad. Ingenting i zip-filen lästes.`,
    zip64: (entry) => `${entry === '' ? 'Zip-filen' : `Posten ${entry}`} är av typen zip64. Ingenting lästes.`,
    checksum: (entry) => `Posten ${entry} stämmer inte med sin kontrollsumma: zip-filen är skadad.`,
    damaged: (entry) => `Zip-filen är skadad${entry === '' ? '' : ` vid posten ${entry}`}. Ingenting i den lästes.`,
    method: (entry) => `Posten ${entry} är packad på ett sätt som inte kan läsas. Ingenting i zip-filen lästes.`,
    entries: (_entry, limit) => `Den innehåller fler än ${limit} filer och mappar. Ingenting lästes.`,
    total: (entry) =>
      `Zip-filen blir för stor uppackad${entry === '' ? '' : ` (vid posten ${entry})`}. Ingenting lästes.`,
    ratio: (entry, limit) =>
      `${entry === '' ? 'Zip-filen' : `Posten ${entry}`} blir mer än ${limit} gånger större uppackad, som en zip-bomb. Ingenting lästes.`,
    nesting: (entry, limit) => `Zip-filen ${entry} ligger mer än ${limit} zip-filer djupt. Ingenting lästes.`,
    noInvoiceFiles: () => 'Det finns ingen fakturafil i den.',
  },
  other: 'Mappen eller zip-filen kan inte läsas.',
  next: {
    encrypted: 'Gör zip-filen utan lösenord.',
    entries: 'Importera en mindre del i taget.',
    total: 'Importera en mindre del i taget.',
    nesting: 'Packa upp den först.',
    checksum: 'Hämta eller gör zip-filen igen.',
    damaged: 'Hämta eller gör zip-filen igen.',
    noInvoiceFiles: 'Kontrollera att rätt mapp eller zip-fil valdes.',
    ratio: 'Fråga avsändaren vad filen är. Importera fakturafilerna direkt om den är riktig.',
    depth: 'Flytta fakturafilerna högre upp och försök igen.',
  },
  again: 'Gör en vanlig zip-fil av fakturafilerna, eller importera filerna direkt.',
};

const nb: IntakeWords = {
  titles: {
    outside: (entry) => `Oppføringen ${entry} peker utenfor zip-filen. Ingenting i den ble lest.`,
    absolute: (entry) => `Oppføringen ${entry} har et absolutt navn. Ingenting i zip-filen ble lest.`,
    name: (entry) => `Oppføringen ${entry} har et navn som ikke kan brukes. Ingenting ble lest.`,
    depth: (entry, limit) => `${entry} ligger dypere enn ${limit} mapper. Ingenting ble lest.`,
    link: (entry) => `Oppføringen ${entry} er en lenke eller enhet, ikke en fil. Ingenting i zip-filen ble lest.`,
    duplicate: (entry) => `Navnet ${entry} finnes to ganger i zip-filen. Ingenting i den ble lest.`,
    encrypted: (entry) => `Oppføringen ${entry} er kryptert. Ingenting i zip-filen ble lest.`,
    zip64: (entry) => `${entry === '' ? 'Zip-filen' : `Oppføringen ${entry}`} er av typen zip64. Ingenting ble lest.`,
    checksum: (entry) => `Oppføringen ${entry} stemmer ikke med kontrollsummen: zip-filen er skadet.`,
    damaged: (entry) =>
      `Zip-filen er skadet${entry === '' ? '' : ` ved oppføringen ${entry}`}. Ingenting i den ble lest.`,
    method: (entry) => `Oppføringen ${entry} er pakket på en måte som ikke kan leses. Ingenting i zip-filen ble lest.`,
    entries: (_entry, limit) => `Den inneholder mer enn ${limit} filer og mapper. Ingenting ble lest.`,
    total: (entry) =>
      `Zip-filen blir for stor utpakket${entry === '' ? '' : ` (ved oppføringen ${entry})`}. Ingenting ble lest.`,
    ratio: (entry, limit) =>
      `${entry === '' ? 'Zip-filen' : `Oppføringen ${entry}`} blir mer enn ${limit} ganger større utpakket, som en zip-bombe. Ingenting ble lest.`,
    nesting: (entry, limit) => `Zip-filen ${entry} ligger mer enn ${limit} zip-filer dypt. Ingenting ble lest.`,
    noInvoiceFiles: () => 'Det er ingen fakturafil i den.',
  },
  other: 'Mappen eller zip-filen kan ikke leses.',
  next: {
    encrypted: 'Lag zip-filen uten passord.',
    entries: 'Importer en mindre del om gangen.',
    total: 'Importer en mindre del om gangen.',
    nesting: 'Pakk den ut først.',
    checksum: 'Hent eller lag zip-filen på nytt.',
    damaged: 'Hent eller lag zip-filen på nytt.',
    noInvoiceFiles: 'Kontroller at riktig mappe eller zip-fil ble valgt.',
    ratio: 'Spør avsenderen hva filen er. Importer fakturafilene direkte hvis den er riktig.',
    depth: 'Flytt fakturafilene høyere opp og prøv igjen.',
  },
  again: 'Lag en vanlig zip-fil av fakturafilene, eller importer filene direkte.',
};

const en: IntakeWords = {
  titles: {
    outside: (entry) => `The entry ${entry} points outside the zip. Nothing of it was read.`,
    absolute: (entry) => `The entry ${entry} has an absolute name. Nothing of the zip was read.`,
    name: (entry) => `The entry ${entry} has a name that can’t be used. Nothing was read.`,
    depth: (entry, limit) => `${entry} lies deeper than ${limit} folders. Nothing was read.`,
    link: (entry) => `The entry ${entry} is a link or a device, not a file. Nothing of the zip was read.`,
    duplicate: (entry) => `The name ${entry} stands twice in the zip. Nothing of it was read.`,
    encrypted: (entry) => `The entry ${entry} is encrypted. Nothing of the zip was read.`,
    zip64: (entry) => `${entry === '' ? 'The zip' : `The entry ${entry}`} is in the zip64 form. Nothing was read.`,
    checksum: (entry) => `The entry ${entry} does not match its checksum: the zip is damaged.`,
    damaged: (entry) => `The zip is damaged${entry === '' ? '' : ` at the entry ${entry}`}. Nothing of it was read.`,
    method: (entry) => `The entry ${entry} is packed in a way that can’t be read. Nothing of the zip was read.`,
    entries: (_entry, limit) => `It holds more than ${limit} files and folders. Nothing was read.`,
    total: (entry) =>
      `The zip is too large unpacked${entry === '' ? '' : ` (at the entry ${entry})`}. Nothing was read.`,
    ratio: (entry, limit) =>
      `${entry === '' ? 'The zip' : `The entry ${entry}`} unpacks to more than ${limit} times its size, as a zip bomb does. Nothing was read.`,
    nesting: (entry, limit) => `The zip ${entry} lies more than ${limit} zips deep. Nothing was read.`,
    noInvoiceFiles: () => 'There is no invoice file in it.',
  },
  other: 'The folder or zip can’t be read.',
  next: {
    encrypted: 'Make the zip without a password.',
    entries: 'Import a smaller part at a time.',
    total: 'Import a smaller part at a time.',
    nesting: 'Unpack it first.',
    checksum: 'Fetch or make the zip again.',
    damaged: 'Fetch or make the zip again.',
    noInvoiceFiles: 'Check that the right folder or zip was chosen.',
    ratio: 'Ask the sender what the file is. Import the invoice files themselves if it is genuine.',
    depth: 'Move the invoice files further up and try again.',
  },
  again: 'Make an ordinary zip of the invoice files, or import the files themselves.',
};

/** Title and next step of INTAKE_REFUSED, from `reason`, `entry` and `limit`. */
export const intakeErrors: Readonly<Record<Language, (facts: ErrorFacts) => ErrorTexts>> = {
  sv: (facts) => textsOf(sv, facts),
  nb: (facts) => textsOf(nb, facts),
  en: (facts) => textsOf(en, facts),
};

function textsOf(words: IntakeWords, { text, count, has }: ErrorFacts): ErrorTexts {
  const title = words.titles[text('reason')];
  return [
    title === undefined ? words.other : title(text('entry'), has('limit') ? count('limit') : ''),
    words.next[text('reason')] ?? words.again,
  ];
}

/** Why a file was left out, as it stands after its name. */
export const leftOutWords: Readonly<Record<Language, Readonly<Record<LeftOutReason, string>>>> = {
  sv: {
    system: 'hör till operativsystemet',
    empty: 'är tom',
    link: 'är en länk eller enhet, inte en fil',
    notInvoices: 'är ingen fakturafil',
  },
  nb: {
    system: 'hører til operativsystemet',
    empty: 'er tom',
    link: 'er en lenke eller enhet, ikke en fil',
    notInvoices: 'er ingen fakturafil',
  },
  en: {
    system: 'belongs to the operating system',
    empty: 'is empty',
    link: 'is a link or a device, not a file',
    notInvoices: 'is no invoice file',
  },
};
