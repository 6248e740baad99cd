// Norwegian (bokmål) words of every cause a delivery or a connection's test can end with.

import type { CauseCatalogue } from './cause-codes.ts';
import { sendRegningCauses } from './sendregning-causes.ts';
import { channelCauses } from './channel-cause-words.ts';

const goesByItself = 'Ingenting trenger å gjøres: Nytt forsøk gjøres av seg selv.';
const notAgain = 'Kan være sendt. Spør mottakeren før den sendes på nytt.';
const askServer = 'Kontakt den som drifter e-postserveren, og vis til svaret fra serveren.';
const askVendor = 'Kontakt trykkeriet og vis til svaret fra serveren.';
const checkSettings = 'Kontroller opplysningene i Innstillinger og test tilkoblingen.';
const release = 'Gjenopprett filen fra en sikkerhetskopi, eller frigi fakturaen på nytt.';

/** Norwegian bokmål. */
export const nbCauses: CauseCatalogue = {
  goesByItself,
  tryAgain: 'Prøv igjen når årsaken er fjernet.',
  other: (code, peerWords) => [
    peerWords === '' ? `Stoppet av en årsak uten beskrivelse (${code}).` : `Motparten svarte ${peerWords} (${code}).`,
    'Se opplysningene om forsøket, og kontakt mottakeren hvis det gjentar seg.',
  ],
  known: {
    ...sendRegningCauses.nb(goesByItself),
    ...channelCauses.nb,
    'net.name-not-found': [
      'Servernavnet ble ikke funnet.',
      `Kontroller nettverket og skrivemåten av serveren i Innstillinger. ${goesByItself}`,
    ],
    'net.refused': [
      'Serveren tok ikke imot tilkoblingen.',
      `Kontroller port og brannmur hvis det gjentar seg. ${goesByItself}`,
    ],
    'net.unreachable': ['Serveren kan ikke nås; maskinen kan mangle nettverk.', goesByItself],
    'net.timed-out': ['Serveren svarte ikke i tide.', goesByItself],
    'net.cut': ['Tilkoblingen ble brutt.', goesByItself],
    'net.aborted': ['Forsøket ble stoppet før det var ferdig.', goesByItself],
    'net.failed': ['Tilkoblingen mislyktes.', goesByItself],
    'smtp.header-injection': [
      'En opplysning inneholder linjeskift eller kontrolltegn og kan ikke stå i et meldingshode. Ingenting ble sendt.',
      'Rett navnet eller adressen i kunderegisteret.',
    ],
    'smtp.address-invalid': [
      'E-postadressen kan ikke brukes. Ingenting ble sendt.',
      'Rett adressen i kunderegisteret, eller send med post.',
    ],
    'smtp.no-message': ['Teksten i e-posten kunne ikke lages. Ingenting ble sendt.', release],
    'smtp.too-large': [
      'E-posten er større enn serveren tar imot. Ingenting ble sendt.',
      'Send fakturaen med post, eller be om en høyere grense på serveren.',
    ],
    'smtp.tls-required': [
      'Tilkoblingen er ukryptert, noe som bare tillates til egen maskin.',
      'Velg STARTTLS eller TLS i Innstillinger.',
    ],
    'smtp.greeting-refused': ['E-postserveren avviste tilkoblingen.', askServer],
    'smtp.starttls-refused': [
      'E-postserveren tilbyr ikke kryptering (STARTTLS).',
      'Velg riktig port og krypteringsmåte i Innstillinger.',
    ],
    'smtp.certificate': [
      'Sertifikatet til e-postserveren er ikke gyldig for servernavnet.',
      'Kontroller servernavnet i Innstillinger. Ellers må serveren få et gyldig sertifikat.',
    ],
    'smtp.tls-failed': [
      'Krypteringen mot e-postserveren kunne ikke opprettes.',
      'Kontroller port og krypteringsmåte i Innstillinger.',
    ],
    'smtp.login-not-offered': [
      'E-postserveren tar ikke imot innlogging på denne tilkoblingen.',
      'Fjern brukernavnet, eller velg en kryptert tilkobling.',
    ],
    'smtp.login-refused': [
      'E-postserveren avviste brukernavn eller passord.',
      'Skriv inn riktig passord i Innstillinger og gjenoppta deretter.',
    ],
    'smtp.login-deferred': ['E-postserveren kan ikke ta imot innlogging akkurat nå.', goesByItself],
    'smtp.secret-missing': ['Passordet til e-postserveren mangler.', 'Skriv inn passordet i Innstillinger.'],
    'smtp.login-required': ['E-postserveren krever innlogging.', 'Oppgi brukernavn og passord i Innstillinger.'],
    'smtp.sender-refused': [
      'E-postserveren godtar ikke avsenderadressen.',
      'Oppgi en avsenderadresse som kontoen har lov til å bruke.',
    ],
    'smtp.sender-deferred': ['E-postserveren tar ikke imot fra avsenderen akkurat nå.', goesByItself],
    'smtp.recipient-refused': [
      'Mottakerens adresse ble avvist.',
      'Rett adressen i kunderegisteret, eller send med post.',
    ],
    'smtp.recipient-deferred': ['Mottakerens postkasse kan ikke ta imot akkurat nå.', goesByItself],
    'smtp.data-refused': ['E-postserveren avviste meldingen.', askServer],
    'smtp.data-deferred': ['E-postserveren tar ikke imot meldinger akkurat nå.', goesByItself],
    'smtp.message-refused': ['E-postserveren avviste innholdet i meldingen.', askServer],
    'smtp.message-deferred': ['E-postserveren utsatte meldingen.', goesByItself],
    'smtp.busy': ['E-postserveren ba om ventetid.', goesByItself],
    'smtp.protocol': ['E-postserveren svarte på en måte som ikke følger SMTP.', askServer],
    'smtp.claim-lost': [
      'En annen prosess har overtatt leveringen. Ingenting ble sendt herfra.',
      'Ingenting trenger å gjøres.',
    ],
    'smtp.no-reply': ['Meldingen ble overført, men serveren svarte ikke.', notAgain],
    'smtp.cut-after-dot': ['Meldingen ble overført, men tilkoblingen ble brutt før svaret.', notAgain],
    'sftp.unsafe-name': [
      'Filnavnet har tegn som ikke er tillatt. Ingenting ble sendt.',
      'Kontroller fakturanummeret i faktureringssystemet.',
    ],
    'sftp.unsafe-key': [
      'Nøkkelen til leveringen er ikke gyldig. Ingenting ble sendt.',
      'Kontakt brukerstøtte og legg ved loggen.',
    ],
    'sftp.host-key-unknown': [
      'Serverens vertsnøkkel er ikke godkjent ennå.',
      'Sammenlign nøkkelen med trykkeriets opplysning og godkjenn den i Innstillinger.',
    ],
    'sftp.host-key-changed': [
      'Serveren viser en annen vertsnøkkel enn den godkjente. Ingenting ble sendt.',
      'Spør trykkeriet om nøkkelen er byttet, og godkjenn den nye først etter det.',
    ],
    'sftp.handshake-failed': ['Den krypterte forbindelsen til SFTP-serveren kunne ikke opprettes.', checkSettings],
    'sftp.key-unreadable': [
      'Den private nøkkelfilen kan ikke leses.',
      'Kontroller nøkkelfilens bane, tilgang og passordfrase i Innstillinger.',
    ],
    'sftp.secret-missing': ['Passordet til SFTP-serveren mangler.', 'Skriv inn passordet i Innstillinger.'],
    'sftp.login-refused': [
      'SFTP-serveren avviste innloggingen.',
      'Kontroller brukernavn, passord eller nøkkel i Innstillinger.',
    ],
    'sftp.no-sftp': ['Serveren tilbyr ikke SFTP for kontoen.', askVendor],
    'sftp.no-such-folder': ['Mappen finnes ikke på SFTP-serveren.', 'Kontroller mappens bane i Innstillinger.'],
    'sftp.permission-denied': ['Kontoen har ikke lov til å skrive i mappen på SFTP-serveren.', askVendor],
    'sftp.upload-failed': ['Filen kunne ikke lastes opp.', goesByItself],
    'sftp.upload-short': ['Filen kom ufullstendig frem og brukes ikke av trykkeriet.', goesByItself],
    'sftp.name-taken': [
      'En annen fil med samme navn finnes allerede hos trykkeriet. Ingenting ble overskrevet.',
      askVendor,
    ],
    'sftp.rename-refused': [
      'SFTP-serveren lot ikke filen få sitt endelige navn. Trykkeriet har ikke mottatt den.',
      askVendor,
    ],
    'sftp.claim-lost': ['En annen prosess har overtatt leveringen.', 'Ingenting trenger å gjøres.'],
    'sftp.no-reply': [
      'Filen ble lastet opp, men serveren svarte ikke da den skulle få sitt endelige navn.',
      'Kan være sendt. Slå opp filen hos trykkeriet før den sendes på nytt.',
    ],
    'sftp.cut-in-rename': [
      'Filen ble lastet opp, men tilkoblingen ble brutt da den fikk sitt endelige navn.',
      'Kan være sendt. Slå opp filen hos trykkeriet før den sendes på nytt.',
    ],
    'sftp.gone-after-rename': [
      'Filen finnes ikke lenger der den ble lastet opp. Trykkeriet kan ha hentet den.',
      notAgain,
    ],
    'document.missing': ['Den lagrede PDF-filen mangler. Ingenting ble sendt.', release],
    'document.damaged': ['Den lagrede PDF-filen er endret siden den ble frigitt. Ingenting ble sendt.', release],
    'document.unreadable': [
      'Den lagrede PDF-filen kan ikke leses akkurat nå.',
      `Kontroller at datamappen er tilgjengelig. ${goesByItself}`,
    ],
    'document.compose-failed': ['Dokumentet eller e-posten kunne ikke klargjøres. Ingenting ble sendt.', release],
    'run.claim-lost': [
      'En annen prosess har overtatt leveringen. Ingenting ble sendt herfra.',
      'Ingenting trenger å gjøres.',
    ],
    'run.adapter-failed': [
      'En feil i programmet avbrøt forsøket.',
      'Se statusen for leveringen. Kontakt brukerstøtte og legg ved loggen hvis det gjentar seg.',
    ],
    'run.interrupted': ['Programmet ble avsluttet under forsøket.', notAgain],
    'run.restored': [
      'En sikkerhetskopi av databasen ble gjenopprettet. Dette kan ha blitt sendt etter at den ble laget.',
      notAgain,
    ],
    'run.not-journaled': [
      'Journalen over det som sendes, kunne ikke skrives. Ingenting ble sendt.',
      'Kontroller at datamappen kan skrives i og har plass, og gjør det om igjen.',
    ],
    'run.put-back': ['Leveringen ble lagt tilbake i køen uten at noe ble sendt.', goesByItself],
    'limit.document-too-large': [
      'Dokumentet er større enn tilkoblingens størrelsesgrense. Ingenting ble sendt.',
      'Hev grensen under Grenser og tider i Innstillinger og prøv igjen, eller trekk leveringen tilbake og send den via en annen tilkobling.',
    ],
    'run.too-many-unknown': [
      'Tilkoblingen ble satt på pause: Flere forsøk endte uten kjent utfall.',
      'Finn ut hva som skjedde hos mottakeren før tilkoblingen gjenopptas.',
    ],
    'run.too-many-refused': [
      'Tilkoblingen ble satt på pause: Mottakeren avviste mange leveringer på rad.',
      'Kontroller årsaken og gjenoppta tilkoblingen etterpå.',
    ],
  },
};
