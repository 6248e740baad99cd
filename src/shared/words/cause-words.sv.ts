// Swedish words of every cause a delivery or a connection's test can end with.

import type { CauseCatalogue } from './cause-codes.ts';
import { sendRegningCauses } from './sendregning-causes.ts';
import { channelCauses } from './channel-cause-words.ts';

const goesByItself = 'Inget behöver göras: nytt försök görs av sig självt.';
const notAgain = 'Kan ha skickats. Fråga mottagaren innan den skickas igen.';
const askServer = 'Kontakta den som sköter e-postservern och hänvisa till serverns svar.';
const askVendor = 'Kontakta tryckeriet och hänvisa till serverns svar.';
const checkSettings = 'Kontrollera uppgifterna i Inställningar och testa anslutningen.';
const release = 'Återställ filen från en säkerhetskopia eller släpp fakturan igen.';

/** Swedish. */
export const svCauses: CauseCatalogue = {
  goesByItself,
  tryAgain: 'Försök igen när orsaken är undanröjd.',
  other: (code, peerWords) => [
    peerWords === ''
      ? `Stoppades av en orsak som saknar beskrivning (${code}).`
      : `Motparten svarade ${peerWords} (${code}).`,
    'Se försökets uppgifter och kontakta mottagaren om det upprepas.',
  ],
  known: {
    ...sendRegningCauses.sv(goesByItself),
    ...channelCauses.sv,
    'net.name-not-found': [
      'Servernamnet hittades inte.',
      `Kontrollera nätverket, och stavningen av servern i Inställningar. ${goesByItself}`,
    ],
    'net.refused': [
      'Servern tog inte emot anslutningen.',
      `Kontrollera port och brandvägg om det upprepas. ${goesByItself}`,
    ],
    'net.unreachable': ['Servern kan inte nås; datorn kan sakna nätverk.', goesByItself],
    'net.timed-out': ['Servern svarade inte i tid.', goesByItself],
    'net.cut': ['Anslutningen bröts.', goesByItself],
    'net.aborted': ['Försöket stoppades innan det var klart.', goesByItself],
    'net.failed': ['Anslutningen misslyckades.', goesByItself],
    'smtp.header-injection': [
      'En uppgift innehåller radbrytning eller styrtecken och får inte stå i ett brevhuvud. Inget skickades.',
      'Rätta namnet eller adressen i kundregistret.',
    ],
    'smtp.address-invalid': [
      'E-postadressen går inte att använda. Inget skickades.',
      'Rätta adressen i kundregistret, eller skicka med post.',
    ],
    'smtp.no-message': ['Brevets text kunde inte skapas. Inget skickades.', release],
    'smtp.too-large': [
      'Brevet är större än servern tar emot. Inget skickades.',
      'Skicka fakturan med post, eller be om en högre gräns på servern.',
    ],
    'smtp.tls-required': [
      'Anslutningen är okrypterad, vilket bara tillåts till den egna datorn.',
      'Välj STARTTLS eller TLS i Inställningar.',
    ],
    'smtp.greeting-refused': ['E-postservern avvisade anslutningen.', askServer],
    'smtp.starttls-refused': [
      'E-postservern erbjuder inte kryptering (STARTTLS).',
      'Välj rätt port och krypteringssätt i Inställningar.',
    ],
    'smtp.certificate': [
      'E-postserverns certifikat är inte giltigt för servernamnet.',
      'Kontrollera servernamnet i Inställningar. Annars måste servern få ett giltigt certifikat.',
    ],
    'smtp.tls-failed': [
      'Krypteringen mot e-postservern kunde inte upprättas.',
      'Kontrollera port och krypteringssätt i Inställningar.',
    ],
    'smtp.login-not-offered': [
      'E-postservern tar inte emot inloggning på den här anslutningen.',
      'Ta bort användarnamnet, eller välj en krypterad anslutning.',
    ],
    'smtp.login-refused': [
      'E-postservern avvisade användarnamn eller lösenord.',
      'Ange rätt lösenord i Inställningar och återuppta sedan.',
    ],
    'smtp.login-deferred': ['E-postservern kan inte ta emot inloggning just nu.', goesByItself],
    'smtp.secret-missing': ['Lösenordet till e-postservern saknas.', 'Ange lösenordet i Inställningar.'],
    'smtp.login-required': ['E-postservern kräver inloggning.', 'Ange användarnamn och lösenord i Inställningar.'],
    'smtp.sender-refused': [
      'E-postservern tillåter inte avsändaradressen.',
      'Ange en avsändaradress som kontot får använda.',
    ],
    'smtp.sender-deferred': ['E-postservern tar inte emot från avsändaren just nu.', goesByItself],
    'smtp.recipient-refused': [
      'Mottagarens adress avvisades.',
      'Rätta adressen i kundregistret, eller skicka med post.',
    ],
    'smtp.recipient-deferred': ['Mottagarens brevlåda kan inte ta emot just nu.', goesByItself],
    'smtp.data-refused': ['E-postservern avvisade brevet.', askServer],
    'smtp.data-deferred': ['E-postservern tar inte emot brev just nu.', goesByItself],
    'smtp.message-refused': ['E-postservern avvisade brevets innehåll.', askServer],
    'smtp.message-deferred': ['E-postservern sköt upp brevet.', goesByItself],
    'smtp.busy': ['E-postservern bad om väntetid.', goesByItself],
    'smtp.protocol': ['E-postservern svarade på ett sätt som inte följer SMTP.', askServer],
    'smtp.claim-lost': [
      'En annan process har tagit över leveransen. Inget skickades härifrån.',
      'Inget behöver göras.',
    ],
    'smtp.no-reply': ['Brevet överfördes, men servern svarade inte.', notAgain],
    'smtp.cut-after-dot': ['Brevet överfördes, men anslutningen bröts före svaret.', notAgain],
    'sftp.unsafe-name': [
      'Filnamnet har tecken som inte är tillåtna. Inget skickades.',
      'Kontrollera fakturanumret i faktureringssystemet.',
    ],
    'sftp.unsafe-key': ['Leveransens nyckel är inte giltig. Inget skickades.', 'Kontakta supporten och bifoga loggen.'],
    'sftp.host-key-unknown': [
      'Serverns värdnyckel är inte godkänd än.',
      'Jämför nyckeln med tryckeriets uppgift och godkänn den i Inställningar.',
    ],
    'sftp.host-key-changed': [
      'Servern visar en annan värdnyckel än den godkända. Inget skickades.',
      'Fråga tryckeriet om nyckeln har bytts, och godkänn den nya först därefter.',
    ],
    'sftp.handshake-failed': ['Den krypterade förbindelsen till SFTP-servern kunde inte upprättas.', checkSettings],
    'sftp.key-unreadable': [
      'Den privata nyckelfilen kan inte läsas.',
      'Kontrollera nyckelfilens sökväg, behörighet och lösenfras i Inställningar.',
    ],
    'sftp.secret-missing': ['Lösenordet till SFTP-servern saknas.', 'Ange lösenordet i Inställningar.'],
    'sftp.login-refused': [
      'SFTP-servern avvisade inloggningen.',
      'Kontrollera användarnamn, lösenord eller nyckel i Inställningar.',
    ],
    'sftp.no-sftp': ['Servern erbjuder inte SFTP för kontot.', askVendor],
    'sftp.no-such-folder': ['Mappen finns inte på SFTP-servern.', 'Kontrollera mappens sökväg i Inställningar.'],
    'sftp.permission-denied': ['Kontot får inte skriva i mappen på SFTP-servern.', askVendor],
    'sftp.upload-failed': ['Filen kunde inte laddas upp.', goesByItself],
    'sftp.upload-short': ['Filen kom fram ofullständig och används inte av tryckeriet.', goesByItself],
    'sftp.name-taken': ['En annan fil med samma namn finns redan hos tryckeriet. Inget skrevs över.', askVendor],
    'sftp.rename-refused': [
      'SFTP-servern lät inte filen få sitt slutliga namn. Tryckeriet har inte tagit emot den.',
      askVendor,
    ],
    'sftp.claim-lost': ['En annan process har tagit över leveransen.', 'Inget behöver göras.'],
    'sftp.no-reply': [
      'Filen laddades upp, men servern svarade inte när den skulle få sitt slutliga namn.',
      'Kan ha skickats. Slå upp filen hos tryckeriet innan den skickas igen.',
    ],
    'sftp.cut-in-rename': [
      'Filen laddades upp, men anslutningen bröts när den fick sitt slutliga namn.',
      'Kan ha skickats. Slå upp filen hos tryckeriet innan den skickas igen.',
    ],
    'sftp.gone-after-rename': ['Filen finns inte kvar där den laddades upp. Tryckeriet kan ha hämtat den.', notAgain],
    'document.missing': ['Den sparade PDF-filen saknas. Inget skickades.', release],
    'document.damaged': ['Den sparade PDF-filen har ändrats sedan den släpptes. Inget skickades.', release],
    'document.unreadable': [
      'Den sparade PDF-filen kan inte läsas just nu.',
      `Kontrollera att datamappen är åtkomlig. ${goesByItself}`,
    ],
    'document.compose-failed': ['Dokument eller brev kunde inte förberedas. Inget skickades.', release],
    'run.claim-lost': ['En annan process har tagit över leveransen. Inget skickades härifrån.', 'Inget behöver göras.'],
    'run.adapter-failed': [
      'Ett fel i programmet avbröt försöket.',
      'Se leveransens läge. Kontakta supporten och bifoga loggen om det upprepas.',
    ],
    'run.interrupted': ['Programmet avslutades under försöket.', notAgain],
    'run.restored': [
      'En säkerhetskopia av databasen återställdes. Detta kan ha skickats efter att den gjordes.',
      notAgain,
    ],
    'run.not-journaled': [
      'Journalen över det som skickas kunde inte skrivas. Inget skickades.',
      'Kontrollera att datamappen går att skriva i och har plats, och gör om det.',
    ],
    'run.put-back': ['Leveransen lades tillbaka i kön utan att något skickades.', goesByItself],
    'limit.document-too-large': [
      'Dokumentet är större än anslutningens storleksgräns. Ingenting skickades.',
      'Höj gränsen under Gränser och tider i Inställningar och försök igen, eller ta tillbaka leveransen och skicka den via en annan anslutning.',
    ],
    'run.too-many-unknown': [
      'Anslutningen pausades: flera försök slutade utan känt utfall.',
      'Ta reda på vad som hände hos mottagaren innan anslutningen återupptas.',
    ],
    'run.too-many-refused': [
      'Anslutningen pausades: mottagaren avvisade många leveranser i rad.',
      'Kontrollera orsaken och återuppta anslutningen sedan.',
    ],
  },
};
