// The few words that the desktop program shows outside of its page: menu and dialogs, in three languages. No logic.

import type { Language } from '../../../shared/schema/settings.ts';

/** Words of menu and dialogs. */
export interface DesktopWords {
  readonly file: string;
  readonly importFiles: string;
  readonly settings: string;
  readonly quit: string;
  readonly close: string;
  readonly edit: string;
  readonly undo: string;
  readonly redo: string;
  readonly cut: string;
  readonly copy: string;
  readonly paste: string;
  readonly selectAll: string;
  readonly search: string;
  readonly view: string;
  readonly batches: string;
  readonly deliveries: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly zoomReset: string;
  readonly fullScreen: string;
  readonly window: string;
  readonly minimise: string;
  readonly help: string;
  readonly about: string;
  readonly invoiceFiles: string;
  readonly allFiles: string;
  readonly cannotStart: string;
  readonly folderSynced: (path: string, service: string) => string;
  readonly folderOnNetwork: (path: string) => string;
  readonly alreadyOpen: (path: string) => string;
  readonly quitTitle: string;
  readonly quitJobs: string;
  readonly quitSending: (sending: number, waiting: number) => string;
  readonly quitNext: string;
  readonly stay: string;
  readonly quitAnyway: string;
}

const sv: DesktopWords = {
  file: 'Arkiv',
  importFiles: 'Importera filer …',
  settings: 'Inställningar',
  quit: 'Avsluta',
  close: 'Stäng fönster',
  edit: 'Redigera',
  undo: 'Ångra',
  redo: 'Gör om',
  cut: 'Klipp ut',
  copy: 'Kopiera',
  paste: 'Klistra in',
  selectAll: 'Markera allt',
  search: 'Sök och kommandon',
  view: 'Visa',
  batches: 'Körningar',
  deliveries: 'Leveranser',
  zoomIn: 'Zooma in',
  zoomOut: 'Zooma ut',
  zoomReset: 'Verklig storlek',
  fullScreen: 'Helskärm',
  window: 'Fönster',
  minimise: 'Minimera',
  help: 'Hjälp',
  about: 'Om Utskick',
  invoiceFiles: 'Fakturafiler (XML, CSV, zip)',
  allFiles: 'Alla filer',
  cannotStart: 'Utskick kan inte starta',
  folderSynced: (path, service) =>
    `Datamappen ${path} synkroniseras av ${service}, vilket kan skada databasen. Starta med --data och en mapp på den här datorn som inte synkroniseras.`,
  folderOnNetwork: (path) =>
    `Datamappen ${path} ligger på en nätverksenhet, där databasen kan skadas. Starta med --data och en mapp på den här datorn.`,
  alreadyOpen: (path) => `Datamappen ${path} är öppen i ett annat Utskick. Använd det, eller stäng det först.`,
  quitTitle: 'Avsluta medan något pågår?',
  quitJobs: 'En import, ett släpp eller en rättelse pågår och avbryts. Inget blir gjort till hälften.',
  quitSending: (sending, waiting) =>
    `Skickas just nu: ${String(sending)}. Väntar på sin tur: ${String(waiting)}. Det som skickas görs färdigt först; det som väntar skickas när Utskick öppnas igen.`,
  quitNext: 'Utskick behöver vara öppet för att skicka.',
  stay: 'Fortsätt',
  quitAnyway: 'Avsluta',
};

const nb: DesktopWords = {
  file: 'Fil',
  importFiles: 'Importer filer …',
  settings: 'Innstillinger',
  quit: 'Avslutt',
  close: 'Lukk vindu',
  edit: 'Rediger',
  undo: 'Angre',
  redo: 'Gjør om',
  cut: 'Klipp ut',
  copy: 'Kopier',
  paste: 'Lim inn',
  selectAll: 'Merk alt',
  search: 'Søk og kommandoer',
  view: 'Vis',
  batches: 'Kjøringer',
  deliveries: 'Leveringer',
  zoomIn: 'Zoom inn',
  zoomOut: 'Zoom ut',
  zoomReset: 'Faktisk størrelse',
  fullScreen: 'Fullskjerm',
  window: 'Vindu',
  minimise: 'Minimer',
  help: 'Hjelp',
  about: 'Om Utskick',
  invoiceFiles: 'Fakturafiler (XML, CSV, zip)',
  allFiles: 'Alle filer',
  cannotStart: 'Utskick kan ikke starte',
  folderSynced: (path, service) =>
    `Datamappen ${path} synkroniseres av ${service}, noe som kan skade databasen. Start med --data og en mappe på denne datamaskinen som ikke synkroniseres.`,
  folderOnNetwork: (path) =>
    `Datamappen ${path} ligger på en nettverksstasjon, der databasen kan bli skadet. Start med --data og en mappe på denne datamaskinen.`,
  alreadyOpen: (path) => `Datamappen ${path} er åpen i et annet Utskick. Bruk det, eller lukk det først.`,
  quitTitle: 'Avslutte mens noe pågår?',
  quitJobs: 'En import, en frigivelse eller en rettelse pågår og blir avbrutt. Ingenting blir gjort halvveis.',
  quitSending: (sending, waiting) =>
    `Sendes akkurat nå: ${String(sending)}. Venter på tur: ${String(waiting)}. Det som sendes, gjøres ferdig først; det som venter, sendes når Utskick åpnes igjen.`,
  quitNext: 'Utskick må være åpent for å sende.',
  stay: 'Fortsett',
  quitAnyway: 'Avslutt',
};

const en: DesktopWords = {
  file: 'File',
  importFiles: 'Import Files…',
  settings: 'Settings',
  quit: 'Quit',
  close: 'Close Window',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select All',
  search: 'Search and Commands',
  view: 'View',
  batches: 'Batches',
  deliveries: 'Deliveries',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  zoomReset: 'Actual Size',
  fullScreen: 'Full Screen',
  window: 'Window',
  minimise: 'Minimise',
  help: 'Help',
  about: 'About Utskick',
  invoiceFiles: 'Invoice files (XML, CSV, zip)',
  allFiles: 'All files',
  cannotStart: 'Utskick cannot start',
  folderSynced: (path, service) =>
    `The data folder ${path} is synced by ${service}, which can damage the database. Start with --data and a folder on this computer that is not synced.`,
  folderOnNetwork: (path) =>
    `The data folder ${path} is on a network drive, where the database can be damaged. Start with --data and a folder on this computer.`,
  alreadyOpen: (path) => `The data folder ${path} is open in another Utskick. Use that one, or close it first.`,
  quitTitle: 'Quit while something is going on?',
  quitJobs: 'An import, a release or a correction is running and is stopped. Nothing is left half done.',
  quitSending: (sending, waiting) =>
    `Being sent right now: ${String(sending)}. Waiting for their turn: ${String(waiting)}. What is being sent is finished first; what waits is sent when Utskick is opened again.`,
  quitNext: 'Utskick has to be open to send.',
  stay: 'Go on',
  quitAnyway: 'Quit',
};

/** Words by language. */
export const desktopWords: Readonly<Record<Language, DesktopWords>> = { sv, nb, en };

/** The language for a system locale such as `nb-NO`, until the settings say otherwise. */
export function languageOfLocale(locale: string): Language {
  const [language] = locale.toLowerCase().split('-');
  if (language === 'nb' || language === 'no' || language === 'nn') return 'nb';
  return language === 'sv' ? 'sv' : 'en';
}
