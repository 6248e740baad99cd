// Words, in three languages, of causes that have to do with what a connection can be set to: certificates, tokens, recipients, signing, the vendor's disk.

import type { CauseTexts } from './cause-texts.ts';
import type { Language } from '../schema/settings.ts';

/** Codes of this file. Append only. */
export const channelCauseCodes = [
  'smtp.utf8-not-offered',
  'smtp.too-many-recipients',
  'smtp.certificate-expired',
  'smtp.certificate-untrusted',
  'smtp.certificate-name',
  'smtp.ca-unreadable',
  'smtp.dkim-key',
  'smtp.token-not-offered',
  'smtp.token-refused',
  'smtp.token-endpoint',
  'smtp.token-deferred',
  'smtp.mailbox-full',
  'smtp.policy-refused',
  'smtp.some-refused',
  'smtp.copy-refused',
  'sftp.disk-full',
  'sftp.agent-missing',
  'sftp.agent-empty',
  'sftp.quota-exceeded',
  'sftp.rename-replaces',
] as const;
type Code = (typeof channelCauseCodes)[number];

const svAgain = 'Inget behöver göras: nytt försök görs av sig självt.';
const nbAgain = 'Ingenting trenger å gjøres: Nytt forsøk gjøres av seg selv.';
const enAgain = 'Nothing needs to be done: it is tried again by itself.';

/** Cause, then the next step. */
export const channelCauses: Readonly<Record<Language, Readonly<Record<Code, CauseTexts>>>> = {
  sv: {
    'smtp.utf8-not-offered': [
      'Adressen har å, ä, ö eller andra tecken före @, och e-postservern tar inte emot sådana adresser. Inget skickades.',
      'Rätta adressen i kundregistret, skicka med post, eller använd en e-postserver med SMTPUTF8.',
    ],
    'smtp.too-many-recipients': [
      'Fakturan har fler än tio e-postadresser. Inget skickades.',
      'Rätta adresserna i kundregistret.',
    ],
    'smtp.certificate-expired': [
      'E-postserverns certifikat gäller inte längre, eller inte än.',
      'Kontrollera datorns klocka. Annars måste servern få ett nytt certifikat.',
    ],
    'smtp.certificate-untrusted': [
      'E-postserverns certifikat är utfärdat av någon som datorn inte litar på.',
      'Om det är företagets egen utfärdare: ange filen med dess certifikat i anslutningen. Annars måste servern få ett giltigt certifikat.',
    ],
    'smtp.certificate-name': [
      'E-postserverns certifikat gäller ett annat servernamn.',
      'Kontrollera servernamnet i Inställningar.',
    ],
    'smtp.ca-unreadable': [
      'Filen med egna certifikatutfärdare kan inte läsas.',
      'Kontrollera sökvägen i Inställningar. Filen ska innehålla certifikat i PEM-format.',
    ],
    'smtp.dkim-key': [
      'Nyckeln för DKIM-signering kan inte användas. Inget skickades.',
      'Kontrollera nyckelfilen i Inställningar: en RSA-nyckel på minst 1024 bitar i PEM-format.',
    ],
    'smtp.token-not-offered': [
      'E-postservern tar inte emot inloggning med åtkomsttoken (XOAUTH2).',
      'Välj inloggning med lösenord, eller en annan server eller port.',
    ],
    'smtp.token-refused': [
      'E-postservern avvisade åtkomsttoken. Den kan ha gått ut.',
      'Ange en ny åtkomsttoken i Inställningar, eller kontrollera kontots behörighet att skicka.',
    ],
    'smtp.token-endpoint': [
      'Ingen åtkomsttoken kunde hämtas.',
      'Kontrollera adress, klient-id, klienthemlighet och omfång i Inställningar.',
    ],
    'smtp.token-deferred': ['Tjänsten som ger åtkomsttoken svarar inte som den ska just nu.', svAgain],
    'smtp.mailbox-full': ['Mottagarens brevlåda är full.', 'Kontakta kunden, eller skicka med post.'],
    'smtp.policy-refused': [
      'Mottagarens e-postserver avvisade brevet enligt sina regler.',
      'Kontakta den som sköter e-postservern och uppge serverns svar. Det kan gälla avsändarens SPF, DKIM eller DMARC.',
    ],
    'smtp.some-refused': [
      'Alla mottagare har inte fått fakturan: någon adress avvisades, de andra har brevet.',
      'Rätta den avvisade adressen i kundregistret, och skicka fakturan till den på annat sätt.',
    ],
    'smtp.copy-refused': [
      'Kunden har fakturan, men kopian till arkivadressen avvisades.',
      'Kontrollera arkivadressen i anslutningen.',
    ],
    'sftp.disk-full': [
      'Tryckeriets server har inte plats: disken eller kvoten är full.',
      `Kontakta tryckeriet om det upprepas. ${svAgain}`,
    ],
    'sftp.agent-missing': [
      'Ingen SSH-agent svarar på den här datorn.',
      'Starta agenten med nyckeln inladdad (SSH_AUTH_SOCK), eller välj nyckelfil i Inställningar.',
    ],
    'sftp.agent-empty': [
      'SSH-agenten på den här datorn håller inte den nyckel som behövs.',
      'Lägg till nyckeln i agenten (ssh-add), eller välj nyckelfil i Inställningar.',
    ],
    'sftp.quota-exceeded': [
      'Kontots utrymme på tryckeriets server är slut. Inget skickades.',
      `Be tryckeriet tömma mappen eller ge mer utrymme. ${svAgain}`,
    ],
    'sftp.rename-replaces': [
      'Servern ersätter en fil vars namn redan finns. Namnet kontrolleras därför en gång till före varje fil.',
      'Inget behöver göras.',
    ],
  },
  nb: {
    'smtp.utf8-not-offered': [
      'Adressen har æ, ø, å eller andre tegn før @, og e-postserveren tar ikke imot slike adresser. Ingenting ble sendt.',
      'Rett adressen i kunderegisteret, send med post, eller bruk en e-postserver med SMTPUTF8.',
    ],
    'smtp.too-many-recipients': [
      'Fakturaen har flere enn ti e-postadresser. Ingenting ble sendt.',
      'Rett adressene i kunderegisteret.',
    ],
    'smtp.certificate-expired': [
      'Sertifikatet til e-postserveren gjelder ikke lenger, eller ikke ennå.',
      'Kontroller klokken på maskinen. Ellers må serveren få et nytt sertifikat.',
    ],
    'smtp.certificate-untrusted': [
      'Sertifikatet til e-postserveren er utstedt av noen maskinen ikke stoler på.',
      'Hvis det er virksomhetens egen utsteder: oppgi filen med sertifikatet i tilkoblingen. Ellers må serveren få et gyldig sertifikat.',
    ],
    'smtp.certificate-name': [
      'Sertifikatet til e-postserveren gjelder et annet servernavn.',
      'Kontroller servernavnet i Innstillinger.',
    ],
    'smtp.ca-unreadable': [
      'Filen med egne sertifikatutstedere kan ikke leses.',
      'Kontroller stien i Innstillinger. Filen skal inneholde sertifikater i PEM-format.',
    ],
    'smtp.dkim-key': [
      'Nøkkelen for DKIM-signering kan ikke brukes. Ingenting ble sendt.',
      'Kontroller nøkkelfilen i Innstillinger: en RSA-nøkkel på minst 1024 biter i PEM-format.',
    ],
    'smtp.token-not-offered': [
      'E-postserveren tar ikke imot innlogging med tilgangstoken (XOAUTH2).',
      'Velg innlogging med passord, eller en annen server eller port.',
    ],
    'smtp.token-refused': [
      'E-postserveren avviste tilgangstokenet. Det kan ha utløpt.',
      'Oppgi et nytt tilgangstoken i Innstillinger, eller kontroller kontoens rett til å sende.',
    ],
    'smtp.token-endpoint': [
      'Ingen tilgangstoken kunne hentes.',
      'Kontroller adresse, klient-ID, klienthemmelighet og omfang i Innstillinger.',
    ],
    'smtp.token-deferred': ['Tjenesten som gir tilgangstoken, svarer ikke som den skal akkurat nå.', nbAgain],
    'smtp.mailbox-full': ['Postkassen til mottakeren er full.', 'Kontakt kunden, eller send med post.'],
    'smtp.policy-refused': [
      'E-postserveren til mottakeren avviste meldingen etter sine regler.',
      'Kontakt den som drifter e-postserveren, og oppgi svaret fra serveren. Det kan gjelde avsenderens SPF, DKIM eller DMARC.',
    ],
    'smtp.some-refused': [
      'Ikke alle mottakere har fått fakturaen: en adresse ble avvist, de andre har meldingen.',
      'Rett den avviste adressen i kunderegisteret, og send fakturaen dit på en annen måte.',
    ],
    'smtp.copy-refused': [
      'Kunden har fakturaen, men kopien til arkivadressen ble avvist.',
      'Kontroller arkivadressen i tilkoblingen.',
    ],
    'sftp.disk-full': [
      'Serveren til trykkeriet har ikke plass: disken eller kvoten er full.',
      `Kontakt trykkeriet hvis det gjentar seg. ${nbAgain}`,
    ],
    'sftp.agent-missing': [
      'Ingen SSH-agent svarer på denne maskinen.',
      'Start agenten med nøkkelen lastet (SSH_AUTH_SOCK), eller velg nøkkelfil i Innstillinger.',
    ],
    'sftp.agent-empty': [
      'SSH-agenten på denne maskinen har ikke nøkkelen som trengs.',
      'Legg nøkkelen til i agenten (ssh-add), eller velg nøkkelfil i Innstillinger.',
    ],
    'sftp.quota-exceeded': [
      'Kontoens plass på trykkeriets server er brukt opp. Ingenting ble sendt.',
      `Be trykkeriet tømme mappen eller gi mer plass. ${nbAgain}`,
    ],
    'sftp.rename-replaces': [
      'Serveren erstatter en fil når navnet allerede finnes. Navnet kontrolleres derfor en gang til før hver fil.',
      'Ingenting trenger å gjøres.',
    ],
  },
  en: {
    'smtp.utf8-not-offered': [
      'The address has letters such as å, ä or ø before the @, and the mail server does not take such addresses. Nothing was sent.',
      'Correct the address in the customer register, send by post, or use a mail server with SMTPUTF8.',
    ],
    'smtp.too-many-recipients': [
      'The invoice has more than ten e-mail addresses. Nothing was sent.',
      'Correct the addresses in the customer register.',
    ],
    'smtp.certificate-expired': [
      'The mail server’s certificate is no longer valid, or not yet.',
      'Check this computer’s clock. Otherwise the server needs a new certificate.',
    ],
    'smtp.certificate-untrusted': [
      'The mail server’s certificate was issued by somebody this computer does not trust.',
      'If it is the company’s own authority, name the file with its certificate in the connection. Otherwise the server needs a valid certificate.',
    ],
    'smtp.certificate-name': [
      'The mail server’s certificate is for another server name.',
      'Check the server’s name in Settings.',
    ],
    'smtp.ca-unreadable': [
      'The file with own certificate authorities can’t be read.',
      'Check the path in Settings. The file must hold certificates in PEM form.',
    ],
    'smtp.dkim-key': [
      'The key for DKIM signatures can’t be used. Nothing was sent.',
      'Check the key file in Settings: an RSA key of at least 1024 bits in PEM form.',
    ],
    'smtp.token-not-offered': [
      'The mail server takes no login with an access token (XOAUTH2).',
      'Choose login with a password, or another server or port.',
    ],
    'smtp.token-refused': [
      'The mail server refused the access token. It may have expired.',
      'Enter a new access token in Settings, or check that the account may send.',
    ],
    'smtp.token-endpoint': [
      'No access token could be fetched.',
      'Check address, client ID, client secret and scope in Settings.',
    ],
    'smtp.token-deferred': [
      'The service that gives access tokens does not answer as it should at the moment.',
      enAgain,
    ],
    'smtp.mailbox-full': ['The recipient’s mailbox is full.', 'Contact the customer, or send by post.'],
    'smtp.policy-refused': [
      'The recipient’s mail server refused the message by its policy.',
      'Contact whoever runs the mail server and quote the server’s reply. It may be about the sender’s SPF, DKIM or DMARC.',
    ],
    'smtp.some-refused': [
      'Not every recipient has the invoice: an address was refused, the others have the message.',
      'Correct the refused address in the customer register, and send the invoice there in another way.',
    ],
    'smtp.copy-refused': [
      'The customer has the invoice, but the copy to the archive’s address was refused.',
      'Check the archive’s address in the connection.',
    ],
    'sftp.disk-full': [
      'The print vendor’s server has no room: its disk or quota is full.',
      `Contact the print vendor if it happens again. ${enAgain}`,
    ],
    'sftp.agent-missing': [
      'No SSH agent answers on this computer.',
      'Start the agent with the key loaded (SSH_AUTH_SOCK), or choose a key file in Settings.',
    ],
    'sftp.agent-empty': [
      'The SSH agent on this computer does not hold the key that is needed.',
      'Add the key to the agent (ssh-add), or choose a key file in Settings.',
    ],
    'sftp.quota-exceeded': [
      'The account’s space on the print vendor’s server is used up. Nothing was sent.',
      `Ask the print vendor to clear the folder or give more space. ${enAgain}`,
    ],
    'sftp.rename-replaces': [
      'The server replaces a file whose name is taken. The name is therefore looked at once more before each file.',
      'Nothing needs to be done.',
    ],
  },
};
