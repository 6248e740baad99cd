// Norwegian (bokmål) words of every error code: state and cause, then the next step.

import type { ErrorCatalogue } from './error-text.ts';
import { intakeErrors } from './intake-words.ts';

/** Norwegian bokmål. */
export const nbErrors: ErrorCatalogue = {
  VALIDATION_ERROR: ({ has }) => {
    if (has('element'))
      return [
        'Filen inneholder ingen fakturaer.',
        'Kontroller utvalget i faktureringssystemet og kjør eksporten på nytt.',
      ];
    if (has('field')) return ['En opplysning kan ikke brukes.', 'Rett den merkede opplysningen og lagre på nytt.'];
    return ['Opplysningene kan ikke brukes.', 'Rett dem og prøv igjen.'];
  },
  FILE_TOO_LARGE: ({ text, count }) => {
    if (text('fileSize') === '0')
      return ['Filen er tom.', 'Kjør eksporten i faktureringssystemet på nytt; den kan ha blitt avbrutt.'];
    if (Number(text('fileSize')) < Number(text('minimum'))) {
      return [
        `Filen er ${count('fileSize')} byte, for liten til å være en fakturafil.`,
        'Kontroller at riktig fil er valgt, og at eksporten ble ferdig.',
      ];
    }
    return ['Filen er større enn 100 MB.', 'Del kjøringen i flere filer i faktureringssystemet.'];
  },
  INVALID_CONTENT_TYPE: () => ['Filen er ikke en XML-fil.', 'Velg XML-filen som faktureringssystemet har laget.'],
  INVALID_XML: ({ text, has }) => [
    has('line')
      ? `Filen kan ikke leses som XML: feil på linje ${text('line')}, kolonne ${text('column')}.`
      : 'Filen kan ikke leses som XML.',
    'Se merknaden for hva som er galt, og hvem som kan rette det.',
  ],
  UNSUPPORTED_FORMAT: ({ text }) => [
    text('detectedRoot') === ''
      ? 'Filens format er ukjent.'
      : `Filens format er ukjent (rotelement ${text('detectedRoot')}).`,
    'Kontroller at filen kommer fra et system med et format som kan leses.',
  ],
  CONFLICT: ({ text, has }) => {
    if (text('field') === 'name') return ['Det finnes allerede en tilkobling med det navnet.', 'Velg et annet navn.'];
    if (has('connectionId'))
      return ['Leveringer venter fortsatt på denne tilkoblingen.', 'La dem bli ferdige, eller avbryt dem først.'];
    if (text('bar') === 'underWay')
      return [
        'Noe annet gjøres allerede med ordren eller fakturaen.',
        'Vent til det er ferdig, og se deretter hva som gjelder.',
      ];
    if (text('bar') === 'actedOn')
      return [
        'Noe annet ble gjort med ordren eller fakturaen i mellomtiden. Ingenting mer ble sendt.',
        'Se hva som gjelder nå, og gjør valget på nytt om det fortsatt trengs.',
      ];
    return [
      'Situasjonen er endret siden opplysningene ble vist.',
      'Se hva som gjelder nå, og gjør valget på nytt om det fortsatt trengs.',
    ];
  },
  SERVICE_UNAVAILABLE: () => ['Tjenesten svarer ikke akkurat nå.', 'Vent litt og prøv igjen.'],
  ALREADY_IMPORTED: ({ text }) => [
    text('fileName') === ''
      ? 'Samme fil ble valgt to ganger; den importeres én gang.'
      : `Samme fil er importert tidligere, som ${text('fileName')}. Ingenting ble importert på nytt.`,
    'Åpne den tidligere kjøringen for å se fakturaene.',
  ],
  UNREADABLE: ({ text }) => [
    text('path') === ''
      ? 'Filen eller mappen kan ikke leses eller skrives.'
      : `${text('path')} kan ikke leses eller skrives.`,
    'Kontroller at den finnes, at tilgangen er god nok, og at ingen andre programmer holder den åpen.',
  ],
  NOT_FOUND: () => ['Det som ble etterspurt, finnes ikke lenger.', 'Gå tilbake til listen og velg på nytt.'],
  CANCELLED: () => ['Arbeidet ble avbrutt. Ingenting av det ble beholdt.', 'Start på nytt når det passer.'],
  BAD_REQUEST: () => [
    'Forespørselen ble ikke forstått.',
    'Start programmet på nytt. Ta ellers vare på loggen og kontakt brukerstøtte.',
  ],
  NOT_ALLOWED: ({ has }) =>
    has('batchId')
      ? [
          'Kjøringen er stoppet fordi den inneholder feil.',
          'Importer en rettet fil, eller ta inn de feilfrie fakturaene.',
        ]
      : ['Det er ikke mulig slik situasjonen er nå.', 'Se hva som gjelder for det valgte, og prøv på en annen måte.'],
  STORE_NEWER: () => [
    'Datamappen er laget av en nyere versjon av Utskick. Ingenting er endret.',
    'Oppdater programmet og åpne datamappen på nytt.',
  ],
  STORE_DAMAGED: () => [
    'Lagrede opplysninger er skadet og brukes ikke. De er latt urørt.',
    'Gjenopprett en sikkerhetskopi, eller velg en annen datamappe.',
  ],
  STORE_BUSY: () => [
    'Datamappen er i bruk av et annet program, eller ligger der den ikke kan lagres trygt.',
    'Lukk andre vinduer av Utskick, og flytt datamappen til en lokal disk hvis den ligger på nettverket.',
  ],
  STORAGE_FULL: () => ['Disken er full. Ingenting er gått tapt.', 'Frigjør plass og prøv igjen.'],
  KEYCHAIN_UNAVAILABLE: () => [
    'Nøkkelringen i operativsystemet kan ikke brukes, så passordet ble ikke lagret.',
    'Lås opp nøkkelringen, eller oppgi en miljøvariabel som passordet leses fra.',
  ],
  SECRET_MISSING: () => ['Passordet til tilkoblingen mangler.', 'Skriv inn passordet i Innstillinger og prøv igjen.'],
  CONNECTION_FAILED: () => [
    'Tilkoblingen kunne ikke opprettes. Ingenting er sendt.',
    'Test tilkoblingen i Innstillinger for å se hvilket trinn som stopper.',
  ],
  HOST_KEY_UNKNOWN: () => [
    'Serverens vertsnøkkel er ikke godkjent ennå.',
    'Sammenlign nøkkelen med den mottakeren har oppgitt, og godkjenn den i Innstillinger.',
  ],
  HOST_KEY_CHANGED: () => [
    'Serveren viser en annen vertsnøkkel enn den som ble godkjent. Ingenting er sendt.',
    'Spør mottakeren om nøkkelen er byttet. Godkjenn den nye først når det er bekreftet.',
  ],
  ENGINE_GONE: () => [
    'Programmets motor starter på nytt. Frigitte leveringer er bevart.',
    'Vent noen sekunder og prøv igjen.',
  ],
  TIMED_OUT: () => [
    'Det tok for lang tid, og svaret uteble.',
    'Se etter om det likevel ble gjort, før du prøver igjen.',
  ],
  INTERNAL: () => [
    'En feil i programmet hindret handlingen.',
    'Prøv igjen. Kommer feilen tilbake, kontakt brukerstøtte og legg ved loggen.',
  ],
  INTAKE_REFUSED: intakeErrors.nb,
  INVALID_CSV: ({ text }) => [
    `Filen kan ikke leses som CSV: feil på linje ${text('line')}, kolonne ${text('column')}.`,
    'Rett stedet i filen, eller lag eksporten på nytt.',
  ],
  STORE_READONLY: () => [
    'Det går ikke an å skrive i datamappen: disken eller filen tillater bare lesing. Ingenting er gått tapt.',
    'Gi programmet rett til å skrive der, og prøv igjen.',
  ],
};
