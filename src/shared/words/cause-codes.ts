// Every cause code a delivery's attempt or a connection's test can end with, for which there are words. Append only.

import { channelCauseCodes } from './channel-cause-words.ts';
import type { CauseTexts } from './cause-texts.ts';

/** Codes of adapters and runner; a code that is not here is shown with the peer's own words. */
export const causeCodes = [
  'net.name-not-found',
  'net.refused',
  'net.unreachable',
  'net.timed-out',
  'net.cut',
  'net.aborted',
  'net.failed',
  'smtp.header-injection',
  'smtp.address-invalid',
  'smtp.no-message',
  'smtp.too-large',
  'smtp.tls-required',
  'smtp.greeting-refused',
  'smtp.starttls-refused',
  'smtp.certificate',
  'smtp.tls-failed',
  'smtp.login-not-offered',
  'smtp.login-refused',
  'smtp.login-deferred',
  'smtp.secret-missing',
  'smtp.login-required',
  'smtp.sender-refused',
  'smtp.sender-deferred',
  'smtp.recipient-refused',
  'smtp.recipient-deferred',
  'smtp.data-refused',
  'smtp.data-deferred',
  'smtp.message-refused',
  'smtp.message-deferred',
  'smtp.busy',
  'smtp.protocol',
  'smtp.claim-lost',
  'smtp.no-reply',
  'smtp.cut-after-dot',
  'sftp.unsafe-name',
  'sftp.unsafe-key',
  'sftp.host-key-unknown',
  'sftp.host-key-changed',
  'sftp.handshake-failed',
  'sftp.key-unreadable',
  'sftp.secret-missing',
  'sftp.login-refused',
  'sftp.no-sftp',
  'sftp.no-such-folder',
  'sftp.permission-denied',
  'sftp.upload-failed',
  'sftp.upload-short',
  'sftp.name-taken',
  'sftp.rename-refused',
  'sftp.claim-lost',
  'sftp.no-reply',
  'sftp.cut-in-rename',
  'sftp.gone-after-rename',
  'document.missing',
  'document.damaged',
  'document.unreadable',
  'document.compose-failed',
  'run.claim-lost',
  'run.adapter-failed',
  'run.put-back',
  'run.too-many-unknown',
  'run.too-many-refused',
  'run.interrupted',
  'run.restored',
  'limit.document-too-large',
  ...channelCauseCodes,
] as const;
/** One of {@link causeCodes}. */
export type CauseCode = (typeof causeCodes)[number];

/** A catalogue: every known cause has words; `other` is for a code that is not known, with the peer's words in quotation marks ('' if none). */
export interface CauseCatalogue {
  /** Ends a next step where another attempt is made without anybody's doing. */
  readonly goesByItself: string;
  /** Stands in its place where no further attempt follows: in a connection's test, after the last attempt. */
  readonly tryAgain: string;
  readonly known: Readonly<Record<CauseCode, CauseTexts>>;
  readonly other: (code: string, peerWords: string) => CauseTexts;
}
