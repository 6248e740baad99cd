// English words of every error code: state and cause, then the next step.

import type { ErrorCatalogue } from './error-text.ts';
import { intakeErrors } from './intake-words.ts';

/** English. */
export const enErrors: ErrorCatalogue = {
  VALIDATION_ERROR: ({ has }) => {
    if (has('element'))
      return ['The file holds no invoices.', 'Check the selection in the billing system and make the export again.'];
    if (has('field')) return ['A value can’t be used.', 'Correct the marked value and save again.'];
    return ['The values can’t be used.', 'Correct them and try again.'];
  },
  FILE_TOO_LARGE: ({ text, count }) => {
    if (text('fileSize') === '0')
      return ['The file is empty.', 'Make the export in the billing system again; it may have been cut off.'];
    if (Number(text('fileSize')) < Number(text('minimum'))) {
      return [
        `The file is ${count('fileSize')} bytes, too small for an invoice file.`,
        'Check that the right file was chosen and that its export was finished.',
      ];
    }
    return ['The file is larger than 100 MB.', 'Split the batch into several files in the billing system.'];
  },
  INVALID_CONTENT_TYPE: () => ['The file is not an XML file.', 'Choose the XML file that the billing system has made.'],
  INVALID_XML: ({ text, has }) => [
    has('line')
      ? `The file can’t be read as XML: error on line ${text('line')}, column ${text('column')}.`
      : 'The file can’t be read as XML.',
    'See the problem for what is wrong and who can mend it.',
  ],
  UNSUPPORTED_FORMAT: ({ text }) => [
    text('detectedRoot') === ''
      ? 'The file’s format is not known.'
      : `The file’s format is not known (root element ${text('detectedRoot')}).`,
    'Check that the file comes from a system whose format can be read.',
  ],
  CONFLICT: ({ text, has }) => {
    if (text('field') === 'name') return ['There is already a connection with that name.', 'Choose another name.'];
    if (has('connectionId'))
      return ['Deliveries still wait for this connection.', 'Let them finish or cancel them first.'];
    if (text('bar') === 'underWay')
      return [
        'Something else is being done to the order or invoice already.',
        'Wait until it is finished, then look at the new state.',
      ];
    if (text('bar') === 'actedOn')
      return [
        'Something else was done to the order or invoice meanwhile. Nothing more was sent.',
        'Look at the new state and choose again if it is still needed.',
      ];
    return [
      'The state has changed since it was shown.',
      'Look at the new state and choose again if it is still needed.',
    ];
  },
  SERVICE_UNAVAILABLE: () => ['The service does not answer at the moment.', 'Wait a little and try again.'],
  ALREADY_IMPORTED: ({ text }) => [
    text('fileName') === ''
      ? 'The same file was chosen twice; it is imported once.'
      : `The same file was imported before, as ${text('fileName')}. Nothing was imported again.`,
    'Open the earlier batch to see its invoices.',
  ],
  UNREADABLE: ({ text }) => [
    text('path') === '' ? 'The file or folder can’t be read or written.' : `${text('path')} can’t be read or written.`,
    'Check that it exists, that the permissions suffice and that no other program holds it open.',
  ],
  NOT_FOUND: () => ['What was asked for is no longer there.', 'Go back to the list and choose again.'],
  CANCELLED: () => ['The work was cancelled. Nothing of it was kept.', 'Start again when it suits.'],
  BAD_REQUEST: () => [
    'The request could not be understood.',
    'Start the application again. Otherwise keep the log and contact support.',
  ],
  NOT_ALLOWED: ({ has }) =>
    has('batchId')
      ? ['The batch is kept back because it has errors.', 'Import a corrected file, or take the good invoices.']
      : ['This is not possible in the present state.', 'See what applies to the selection, and try another way.'],
  STORE_NEWER: () => [
    'The data folder was made by a newer version of Utskick. Nothing was changed.',
    'Update the application and open the data folder again.',
  ],
  STORE_DAMAGED: () => [
    'Stored data is damaged and not used. It was left as it is.',
    'Restore a backup, or choose another data folder.',
  ],
  STORE_BUSY: () => [
    'The data folder is in use by another program, or lies where it can’t be kept safely.',
    'Close other windows of Utskick, and move the data folder to a local disk if it is on the network.',
  ],
  STORAGE_FULL: () => ['The disk is full. Nothing was lost.', 'Free some space and try again.'],
  KEYCHAIN_UNAVAILABLE: () => [
    'The operating system’s keychain can’t be used, so the password was not saved.',
    'Unlock the keychain, or name an environment variable that the password is read from.',
  ],
  SECRET_MISSING: () => ['The connection’s password is missing.', 'Enter the password in Settings and try again.'],
  CONNECTION_FAILED: () => [
    'The connection could not be made. Nothing was sent.',
    'Test the connection in Settings to see which step stops.',
  ],
  HOST_KEY_UNKNOWN: () => [
    'The server’s host key is not approved yet.',
    'Compare the key with the one the recipient has given, and approve it in Settings.',
  ],
  HOST_KEY_CHANGED: () => [
    'The server shows another host key than the one that was approved. Nothing was sent.',
    'Ask the recipient whether the key was changed. Approve the new one only when that is confirmed.',
  ],
  ENGINE_GONE: () => [
    'The application’s engine is starting again. Released deliveries are kept.',
    'Wait a few seconds and try again.',
  ],
  TIMED_OUT: () => [
    'It took too long and no answer came.',
    'See whether it was done all the same before trying again.',
  ],
  INTERNAL: () => [
    'A fault in the application stopped the action.',
    'Try again. If it comes back, contact support and attach the log.',
  ],
  INTAKE_REFUSED: intakeErrors.en,
  INVALID_CSV: ({ text }) => [
    `The file can’t be read as CSV: error on line ${text('line')}, column ${text('column')}.`,
    'Correct the place in the file, or make the export again.',
  ],
  STORE_READONLY: () => [
    'The data folder can’t be written: the disk or the file allows reading only. Nothing is lost.',
    'Give the program the right to write there, and try again.',
  ],
};
