// Swedish words of every error code: state and cause, then the next step.

import type { ErrorCatalogue } from './error-text.ts';
import { intakeErrors } from './intake-words.ts';

/** Swedish. */
export const svErrors: ErrorCatalogue = {
  VALIDATION_ERROR: ({ has }) => {
    if (has('element'))
      return ['Filen innehåller inga fakturor.', 'Kontrollera urvalet i faktureringssystemet och gör om exporten.'];
    if (has('field')) return ['En uppgift kan inte användas.', 'Rätta den markerade uppgiften och spara igen.'];
    return ['Uppgifterna kan inte användas.', 'Rätta dem och försök igen.'];
  },
  FILE_TOO_LARGE: ({ text, count }) => {
    if (text('fileSize') === '0')
      return ['Filen är tom.', 'Gör om exporten i faktureringssystemet; den kan ha avbrutits.'];
    if (Number(text('fileSize')) < Number(text('minimum'))) {
      return [
        `Filen är ${count('fileSize')} byte, för liten för en fakturafil.`,
        'Kontrollera att rätt fil har valts och att exporten blev klar.',
      ];
    }
    return ['Filen är större än 100 MB.', 'Dela körningen i flera filer i faktureringssystemet.'];
  },
  INVALID_CONTENT_TYPE: () => ['Filen är inte en XML-fil.', 'Välj den XML-fil som faktureringssystemet har skapat.'],
  INVALID_XML: ({ text, has }) => [
    has('line')
      ? `Filen kan inte läsas som XML: fel på rad ${text('line')}, kolumn ${text('column')}.`
      : 'Filen kan inte läsas som XML.',
    'Se anmärkningen för vad som är fel och vem som kan rätta det.',
  ],
  UNSUPPORTED_FORMAT: ({ text }) => [
    text('detectedRoot') === ''
      ? 'Filens format är okänt.'
      : `Filens format är okänt (rotelement ${text('detectedRoot')}).`,
    'Kontrollera att filen kommer från ett system vars format kan läsas.',
  ],
  CONFLICT: ({ text, has }) => {
    if (text('field') === 'name') return ['Det finns redan en anslutning med det namnet.', 'Välj ett annat namn.'];
    if (has('connectionId'))
      return ['Leveranser väntar fortfarande på den här anslutningen.', 'Låt dem bli klara eller avbryt dem först.'];
    if (text('bar') === 'underWay')
      return [
        'Något annat görs redan med ordern eller fakturan.',
        'Vänta tills det är klart och se sedan det nya läget.',
      ];
    if (text('bar') === 'actedOn')
      return [
        'Något annat gjordes med ordern eller fakturan under tiden. Ingenting mer skickades.',
        'Se det nya läget och gör om valet om det fortfarande behövs.',
      ];
    return [
      'Läget har ändrats sedan uppgifterna visades.',
      'Se det nya läget och gör om valet om det fortfarande behövs.',
    ];
  },
  SERVICE_UNAVAILABLE: () => ['Tjänsten svarar inte just nu.', 'Vänta en stund och försök igen.'],
  ALREADY_IMPORTED: ({ text }) => [
    text('fileName') === ''
      ? 'Samma fil valdes två gånger; den importeras en gång.'
      : `Samma fil har importerats tidigare, som ${text('fileName')}. Ingenting importerades igen.`,
    'Öppna den tidigare körningen för att se fakturorna.',
  ],
  UNREADABLE: ({ text }) => [
    text('path') === ''
      ? 'Filen eller mappen kan inte läsas eller skrivas.'
      : `${text('path')} kan inte läsas eller skrivas.`,
    'Kontrollera att den finns, att behörigheten räcker och att inget annat program håller den öppen.',
  ],
  NOT_FOUND: () => ['Det som efterfrågades finns inte längre.', 'Gå tillbaka till listan och välj igen.'],
  CANCELLED: () => ['Arbetet avbröts. Inget av det blev kvar.', 'Starta om när det passar.'],
  BAD_REQUEST: () => [
    'Begäran kunde inte förstås.',
    'Starta om programmet. Spara annars loggen och kontakta supporten.',
  ],
  NOT_ALLOWED: ({ has }) =>
    has('batchId')
      ? [
          'Körningen är stoppad eftersom den innehåller fel.',
          'Importera en rättad fil, eller ta in de felfria fakturorna.',
        ]
      : ['Det går inte att göra i det här läget.', 'Se vad som gäller för det valda och försök på annat sätt.'],
  STORE_NEWER: () => [
    'Datamappen är skapad av en nyare version av Utskick. Ingenting har ändrats.',
    'Uppdatera programmet och öppna datamappen igen.',
  ],
  STORE_DAMAGED: () => [
    'Sparade uppgifter är skadade och används inte. De har lämnats som de är.',
    'Återställ en säkerhetskopia, eller välj en annan datamapp.',
  ],
  STORE_BUSY: () => [
    'Datamappen används av ett annat program eller ligger där den inte kan sparas säkert.',
    'Stäng andra fönster av Utskick, och flytta datamappen till en lokal disk om den ligger på nätverket.',
  ],
  STORAGE_FULL: () => ['Disken är full. Inget har gått förlorat.', 'Frigör utrymme och försök igen.'],
  KEYCHAIN_UNAVAILABLE: () => [
    'Operativsystemets nyckelring kan inte användas, så lösenordet sparades inte.',
    'Lås upp nyckelringen, eller ange en miljövariabel som lösenordet läses från.',
  ],
  SECRET_MISSING: () => ['Lösenordet till anslutningen saknas.', 'Ange lösenordet i Inställningar och försök igen.'],
  CONNECTION_FAILED: () => [
    'Anslutningen kunde inte upprättas. Inget har skickats.',
    'Testa anslutningen i Inställningar för att se vilket steg som stoppar.',
  ],
  HOST_KEY_UNKNOWN: () => [
    'Serverns värdnyckel är inte godkänd än.',
    'Jämför nyckeln med den som mottagaren har lämnat, och godkänn den i Inställningar.',
  ],
  HOST_KEY_CHANGED: () => [
    'Servern visar en annan värdnyckel än den som godkändes. Inget har skickats.',
    'Fråga mottagaren om nyckeln har bytts. Godkänn den nya först när det är bekräftat.',
  ],
  ENGINE_GONE: () => [
    'Programmets motor startas om. Släppta leveranser finns kvar.',
    'Vänta några sekunder och försök igen.',
  ],
  TIMED_OUT: () => [
    'Det tog för lång tid och svaret uteblev.',
    'Se efter om det ändå blev gjort innan du försöker igen.',
  ],
  INTERNAL: () => [
    'Ett fel i programmet hindrade åtgärden.',
    'Försök igen. Om felet kommer tillbaka, kontakta supporten och bifoga loggen.',
  ],
  INTAKE_REFUSED: intakeErrors.sv,
  INVALID_CSV: ({ text }) => [
    `Filen kan inte läsas som CSV: fel på rad ${text('line')}, kolumn ${text('column')}.`,
    'Rätta stället i filen, eller gör exporten igen.',
  ],
  STORE_READONLY: () => [
    'Det går inte att skriva i datamappen: disken eller filen tillåter bara läsning. Inget har gått förlorat.',
    'Ge programmet rätt att skriva där, och försök igen.',
  ],
};
