// English words of every cause a delivery or a connection's test can end with.

import type { CauseCatalogue } from './cause-codes.ts';
import { sendRegningCauses } from './sendregning-causes.ts';
import { channelCauses } from './channel-cause-words.ts';

const goesByItself = 'Nothing needs to be done: it is tried again by itself.';
const notAgain = 'May have been sent. Check with the recipient before sending again.';
const askServer = 'Contact whoever runs the mail server and quote the server’s reply.';
const askVendor = 'Contact the print vendor and quote the server’s reply.';
const checkSettings = 'Check the connection in Settings and test it.';
const release = 'Restore the file from a backup, or release the invoice again.';

/** English. */
export const enCauses: CauseCatalogue = {
  goesByItself,
  tryAgain: 'Try again once the cause is removed.',
  other: (code, peerWords) => [
    peerWords === ''
      ? `Stopped by a cause without a description (${code}).`
      : `The peer answered ${peerWords} (${code}).`,
    'See the details of the attempt, and contact the recipient if it happens again.',
  ],
  known: {
    ...sendRegningCauses.en(goesByItself),
    ...channelCauses.en,
    'net.name-not-found': [
      'The server’s name was not found.',
      `Check the network, and the spelling of the server in Settings. ${goesByItself}`,
    ],
    'net.refused': [
      'The server did not take the connection.',
      `Check port and firewall if it happens again. ${goesByItself}`,
    ],
    'net.unreachable': ['The server can’t be reached; the computer may have no network.', goesByItself],
    'net.timed-out': ['The server did not answer in time.', goesByItself],
    'net.cut': ['The connection was cut.', goesByItself],
    'net.aborted': ['The attempt was stopped before it was finished.', goesByItself],
    'net.failed': ['The connection failed.', goesByItself],
    'smtp.header-injection': [
      'A value holds a line break or control character and may not stand in a mail header. Nothing was sent.',
      'Correct the name or the address in the customer register.',
    ],
    'smtp.address-invalid': [
      'The e-mail address can’t be used. Nothing was sent.',
      'Correct the address in the customer register, or send by post.',
    ],
    'smtp.no-message': ['The text of the e-mail could not be made. Nothing was sent.', release],
    'smtp.too-large': [
      'The e-mail is larger than the server takes. Nothing was sent.',
      'Send the invoice by post, or ask for a higher limit on the server.',
    ],
    'smtp.tls-required': [
      'The connection is not encrypted, which is allowed to this computer only.',
      'Choose STARTTLS or TLS in Settings.',
    ],
    'smtp.greeting-refused': ['The mail server refused the connection.', askServer],
    'smtp.starttls-refused': [
      'The mail server offers no encryption (STARTTLS).',
      'Choose the right port and kind of encryption in Settings.',
    ],
    'smtp.certificate': [
      'The mail server’s certificate is not valid for its name.',
      'Check the server’s name in Settings. Otherwise the server needs a valid certificate.',
    ],
    'smtp.tls-failed': [
      'Encryption with the mail server could not be set up.',
      'Check port and kind of encryption in Settings.',
    ],
    'smtp.login-not-offered': [
      'The mail server takes no login on this connection.',
      'Remove the user name, or choose an encrypted connection.',
    ],
    'smtp.login-refused': [
      'The mail server refused the user name or password.',
      'Enter the right password in Settings, then resume.',
    ],
    'smtp.login-deferred': ['The mail server can’t take a login at the moment.', goesByItself],
    'smtp.secret-missing': ['The password for the mail server is missing.', 'Enter the password in Settings.'],
    'smtp.login-required': ['The mail server requires a login.', 'Enter user name and password in Settings.'],
    'smtp.sender-refused': [
      'The mail server does not allow the sender’s address.',
      'Enter a sender’s address that the account may use.',
    ],
    'smtp.sender-deferred': ['The mail server takes nothing from the sender at the moment.', goesByItself],
    'smtp.recipient-refused': [
      'The recipient’s address was refused.',
      'Correct the address in the customer register, or send by post.',
    ],
    'smtp.recipient-deferred': ['The recipient’s mailbox can’t take mail at the moment.', goesByItself],
    'smtp.data-refused': ['The mail server refused the message.', askServer],
    'smtp.data-deferred': ['The mail server takes no messages at the moment.', goesByItself],
    'smtp.message-refused': ['The mail server refused the message’s content.', askServer],
    'smtp.message-deferred': ['The mail server put the message off.', goesByItself],
    'smtp.busy': ['The mail server asked to wait.', goesByItself],
    'smtp.protocol': ['The mail server answered in a way that is not SMTP.', askServer],
    'smtp.claim-lost': [
      'Another process has taken over the delivery. Nothing was sent from here.',
      'Nothing needs to be done.',
    ],
    'smtp.no-reply': ['The message was transferred, but the server did not answer.', notAgain],
    'smtp.cut-after-dot': ['The message was transferred, but the connection was cut before the reply.', notAgain],
    'sftp.unsafe-name': [
      'The file name has characters that are not allowed. Nothing was sent.',
      'Check the invoice number in the billing system.',
    ],
    'sftp.unsafe-key': ['The delivery’s key is not valid. Nothing was sent.', 'Contact support and attach the log.'],
    'sftp.host-key-unknown': [
      'The server’s host key is not approved yet.',
      'Compare the key with what the print vendor has given, and approve it in Settings.',
    ],
    'sftp.host-key-changed': [
      'The server shows another host key than the approved one. Nothing was sent.',
      'Ask the print vendor whether the key was changed, and approve the new one only after that.',
    ],
    'sftp.handshake-failed': ['The encrypted connection to the SFTP server could not be set up.', checkSettings],
    'sftp.key-unreadable': [
      'The private key file can’t be read.',
      'Check the key file’s path, permissions and passphrase in Settings.',
    ],
    'sftp.secret-missing': ['The password for the SFTP server is missing.', 'Enter the password in Settings.'],
    'sftp.login-refused': ['The SFTP server refused the login.', 'Check user name, password or key in Settings.'],
    'sftp.no-sftp': ['The server offers no SFTP for the account.', askVendor],
    'sftp.no-such-folder': ['The folder does not exist on the SFTP server.', 'Check the folder’s path in Settings.'],
    'sftp.permission-denied': ['The account may not write in the folder on the SFTP server.', askVendor],
    'sftp.upload-failed': ['The file could not be uploaded.', goesByItself],
    'sftp.upload-short': ['The file arrived incomplete and is not used by the print vendor.', goesByItself],
    'sftp.name-taken': [
      'Another file of the same name is already at the print vendor. Nothing was overwritten.',
      askVendor,
    ],
    'sftp.rename-refused': [
      'The SFTP server did not let the file have its final name. The print vendor has not received it.',
      askVendor,
    ],
    'sftp.claim-lost': ['Another process has taken over the delivery.', 'Nothing needs to be done.'],
    'sftp.no-reply': [
      'The file was uploaded, but the server did not answer when it was to have its final name.',
      'May have been sent. Look the file up at the print vendor before sending again.',
    ],
    'sftp.cut-in-rename': [
      'The file was uploaded, but the connection was cut as it got its final name.',
      'May have been sent. Look the file up at the print vendor before sending again.',
    ],
    'sftp.gone-after-rename': [
      'The file is no longer where it was uploaded. The print vendor may have taken it.',
      notAgain,
    ],
    'document.missing': ['The stored PDF is missing. Nothing was sent.', release],
    'document.damaged': ['The stored PDF has changed since it was released. Nothing was sent.', release],
    'document.unreadable': [
      'The stored PDF can’t be read at the moment.',
      `Check that the data folder can be reached. ${goesByItself}`,
    ],
    'document.compose-failed': ['The document or e-mail could not be prepared. Nothing was sent.', release],
    'run.claim-lost': [
      'Another process has taken over the delivery. Nothing was sent from here.',
      'Nothing needs to be done.',
    ],
    'run.adapter-failed': [
      'A fault in the application stopped the attempt.',
      'See the delivery’s state. Contact support and attach the log if it happens again.',
    ],
    'run.interrupted': ['The application ended during the attempt.', notAgain],
    'run.restored': ['A backup of the database was restored. This may have been sent after it was made.', notAgain],
    'run.not-journaled': [
      'The journal of what is sent could not be written. Nothing was sent.',
      'Check that the data folder can be written to and has room, then do it again.',
    ],
    'run.put-back': ['The delivery was put back in the queue; nothing was sent.', goesByItself],
    'limit.document-too-large': [
      'The document is larger than the connection’s size limit. Nothing was sent.',
      'Raise the limit under Limits and hours in Settings and try again, or take the delivery back and send it through another connection.',
    ],
    'run.too-many-unknown': [
      'The connection was paused: several attempts ended with an unknown outcome.',
      'Find out what happened at the recipient before resuming the connection.',
    ],
    'run.too-many-refused': [
      'The connection was paused: many deliveries in a row were refused.',
      'Check the cause, then resume the connection.',
    ],
  },
};
