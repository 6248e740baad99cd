// Every way an SMTP conversation can fail → one stable code and one outcome. Decides on reply codes and phases, never on message text.

import type { AttemptOutcome, OpenFailure } from '../../ports/channel-adapter.ts';
import type { AttemptPhase } from '../../../shared/schema/delivery.ts';
import { netCodeOf, peerWords } from '../net.ts';
import type { NetCode } from '../net.ts';
import { enhancedStatus, meaningOf } from './enhanced-status.ts';
import type { StatusMeaning } from './enhanced-status.ts';

/** The e-mail adapter's own causes; those below the protocol are `net.*`. Append only. */
export const smtpCodes = [
  // refused here, before anything was connected
  'smtp.header-injection',
  'smtp.address-invalid',
  'smtp.no-message',
  'smtp.too-large',
  // opening
  'smtp.tls-required',
  'smtp.greeting-refused',
  'smtp.starttls-refused',
  'smtp.certificate',
  'smtp.tls-failed',
  'smtp.login-not-offered',
  'smtp.login-refused',
  'smtp.login-deferred',
  'smtp.secret-missing',
  // sending
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
  // after the dot
  'smtp.no-reply',
  'smtp.cut-after-dot',
  // refused here, before anything was connected
  'smtp.utf8-not-offered',
  'smtp.too-many-recipients',
  // opening
  'smtp.certificate-expired',
  'smtp.certificate-untrusted',
  'smtp.certificate-name',
  'smtp.ca-unreadable',
  'smtp.dkim-key',
  'smtp.token-not-offered',
  'smtp.token-refused',
  'smtp.token-endpoint',
  'smtp.token-deferred',
  // sending
  'smtp.mailbox-full',
  'smtp.policy-refused',
  // accepted, but not in every respect
  'smtp.some-refused',
  'smtp.copy-refused',
] as const;
/** One of {@link smtpCodes}. */
export type SmtpCode = (typeof smtpCodes)[number];

/** What is known about a failed step. */
export interface SmtpFault {
  /** The library's own code: EENVELOPE, EMESSAGE, ECONNECTION … */
  readonly libraryCode: string | undefined;
  /** The operating system's or TLS's code where there is one. */
  readonly systemCode: string | undefined;
  /** `MAIL FROM`, `RCPT TO`, `DATA`; not reliable for lost connections, where it is always `CONN`. */
  readonly command: string | undefined;
  /** The reply code (three digits) when the peer replied. */
  readonly replyCode: number | undefined;
  /** The enhanced status code (RFC 2034, RFC 3463) that stands right after the reply code, for example `5.1.1`; only where its class is the reply's. */
  readonly status: string | undefined;
  readonly words: string;
}

/** How long to leave a server alone that says it is busy (RFC 5321 4.5.4.1 suggests at least 30 minutes between tries of a queue; a lane tries sooner because a person waits). */
const busyMs = 60_000;
const fullMs = 300_000;

/** Reads the fields nodemailer puts on its errors. */
export function readFault(error: unknown): SmtpFault {
  const fields = new Map<string, unknown>(error instanceof Error ? Object.entries(error) : []);
  const text = (name: string): string | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const replyCode = fields.get('responseCode');
  const libraryCode = text('code');
  return {
    libraryCode,
    systemCode: text('originalCode') ?? libraryCode,
    command: text('command'),
    replyCode: typeof replyCode === 'number' ? replyCode : undefined,
    status: enhancedStatus(text('response')),
    words: peerWords(text('response') ?? error),
  };
}

/** The outcome an enhanced status code alone decides; null: the reply code decides. */
function classifyStatus(fault: SmtpFault, meaning: StatusMeaning | null): AttemptOutcome | null {
  const { status, words: detail, replyCode } = fault;
  const isPermanent = status?.startsWith('5') === true;
  switch (meaning) {
    case 'recipient':
      return { kind: 'refused', code: 'smtp.recipient-refused', detail };
    case 'sender':
      return { kind: 'notSent', code: 'smtp.sender-refused', detail, scope: 'connection', isPermanent: true };
    case 'mailboxFull':
      return isPermanent
        ? { kind: 'refused', code: 'smtp.mailbox-full', detail }
        : { kind: 'notSent', code: 'smtp.mailbox-full', detail, scope: 'delivery', isPermanent: false };
    case 'tooLarge':
      return { kind: 'refused', code: 'smtp.too-large', detail };
    case 'busy':
      return busy(replyCode ?? 0, detail);
    case 'policy':
      return { kind: 'refused', code: 'smtp.policy-refused', detail };
    case 'login':
      return { kind: 'notSent', code: 'smtp.login-required', detail, scope: 'connection', isPermanent: true };
    case null:
      return null;
  }
}

/** Failure between the open socket and the end of EHLO (TLS included). */
export function classifyHandshake(fault: SmtpFault): OpenFailure {
  const { systemCode, libraryCode, replyCode, words: detail } = fault;
  if (isCertificateCode(systemCode))
    return { code: certificateCause(systemCode), detail: `${detail} (${systemCode ?? ''})`, isPermanent: true };
  if (libraryCode === 'ETLS' && replyCode !== undefined)
    return { code: 'smtp.starttls-refused', detail, isPermanent: replyCode >= 500 };
  if (systemCode?.startsWith('ERR_SSL_') === true || systemCode?.startsWith('ERR_TLS_') === true)
    return { code: 'smtp.tls-failed', detail, isPermanent: true };
  if (replyCode !== undefined) return { code: 'smtp.greeting-refused', detail, isPermanent: false };
  return { code: lostCode(fault), detail, isPermanent: false };
}

/** Failure of the login: 5xx needs a person, anything else may pass (RFC 4954 6: 454 is temporary). */
export function classifyLogin(fault: SmtpFault, isToken = false): OpenFailure {
  const { replyCode, words: detail } = fault;
  if (replyCode === undefined) return { code: lostCode(fault), detail, isPermanent: false };
  return replyCode >= 500
    ? { code: isToken ? 'smtp.token-refused' : 'smtp.login-refused', detail, isPermanent: true }
    : { code: 'smtp.login-deferred', detail, isPermanent: false };
}

/** True for a reply that says no (4xx, 5xx); anything else on an error is a reply that cannot be made sense of, or none. */
export function isDefiniteNo({ replyCode }: Pick<SmtpFault, 'replyCode'>): boolean {
  return replyCode !== undefined && replyCode >= 400 && replyCode <= 599;
}

/** How far a message had come when it failed. `dot`: the end of data may have been sent. */
export type MessageProgress = 'envelope' | 'body' | 'dot';

/** Outcome of a message that failed. A definite negative reply to the dot means: not accepted (RFC 5321 4.2.5, 6.1). */
export function classifyMessage(fault: SmtpFault, progress: MessageProgress): AttemptOutcome {
  const { libraryCode, command, replyCode, words: detail } = fault;
  // Replies that came out of step (an earlier one was garbled) end here: 354 is no answer to the dot.
  if (progress === 'dot' && !isDefiniteNo(fault)) return unknownAfterDot(fault);
  if (libraryCode === 'EMESSAGE' && replyCode === undefined && progress === 'envelope')
    return { kind: 'refused', code: 'smtp.too-large', detail };
  if (libraryCode === 'EENVELOPE' && progress === 'envelope' && command !== 'API')
    return replyCode !== undefined && isDefiniteNo(fault)
      ? classifyEnvelopeReply(fault, replyCode)
      : { kind: 'notSent', code: 'smtp.protocol', detail, scope: 'connection', isPermanent: false };
  if (replyCode !== undefined && libraryCode === 'EMESSAGE') return classifyDotReply(fault, replyCode);
  if (progress === 'dot') return unknownAfterDot(fault);
  if (replyCode === 421) return busy(replyCode, detail);
  if (libraryCode === 'EENVELOPE') return { kind: 'refused', code: 'smtp.address-invalid', detail };
  const code = libraryCode === 'EPROTOCOL' ? 'smtp.protocol' : lostCode(fault);
  return { kind: 'notSent', code, detail, scope: 'connection', isPermanent: false };
}

function classifyEnvelopeReply(fault: SmtpFault, replyCode: number): AttemptOutcome {
  const { command, words: detail } = fault;
  if (replyCode === 421 || replyCode === 452) return classifyFullOrBusy(fault, replyCode);
  const isPermanent = replyCode >= 500;
  if (isPermanent && (replyCode === 530 || replyCode === 534 || replyCode === 535 || replyCode === 538)) {
    return { kind: 'notSent', code: 'smtp.login-required', detail, scope: 'connection', isPermanent };
  }
  const meaning = meaningOf(fault.status);
  // In answer to the sender only these can be meant; whatever else it says is the sender's fault.
  const isMeant = command !== 'MAIL FROM' || meaning === 'tooLarge' || meaning === 'busy' || meaning === 'login';
  const told = isMeant ? classifyStatus(fault, meaning) : null;
  if (told !== null) return told;
  if (isPermanent && replyCode === 552) return { kind: 'refused', code: 'smtp.too-large', detail };
  if (command === 'MAIL FROM') {
    const code = isPermanent ? 'smtp.sender-refused' : 'smtp.sender-deferred';
    return { kind: 'notSent', code, detail, scope: 'connection', isPermanent };
  }
  if (command === 'RCPT TO') {
    return isPermanent
      ? { kind: 'refused', code: 'smtp.recipient-refused', detail }
      : { kind: 'notSent', code: 'smtp.recipient-deferred', detail, scope: 'delivery', isPermanent };
  }
  return isPermanent
    ? { kind: 'refused', code: 'smtp.data-refused', detail }
    : { kind: 'notSent', code: 'smtp.data-deferred', detail, scope: 'delivery', isPermanent };
}

function classifyDotReply(fault: SmtpFault, replyCode: number): AttemptOutcome {
  const { words: detail } = fault;
  if (replyCode === 421 || replyCode === 452) return classifyFullOrBusy(fault, replyCode);
  const told = classifyStatus(fault, meaningOf(fault.status));
  if (told !== null) return told;
  if (replyCode === 552) return { kind: 'refused', code: 'smtp.too-large', detail };
  return replyCode >= 500
    ? { kind: 'refused', code: 'smtp.message-refused', detail }
    : { kind: 'notSent', code: 'smtp.message-deferred', detail, scope: 'delivery', isPermanent: false };
}

/** No answer to the dot: the server may have the message and be about to deliver it (RFC 5321 4.5.3.2.6, RFC 1047). */
export function unknownAfterDot(fault: Pick<SmtpFault, 'libraryCode' | 'words'>): AttemptOutcome {
  const phase: AttemptPhase = 'effect';
  return {
    kind: 'unknown',
    phase,
    code: fault.libraryCode === 'ETIMEDOUT' ? 'smtp.no-reply' : 'smtp.cut-after-dot',
    detail: fault.words,
  };
}

/** 452 is a full system or too many recipients, unless its status says that it is this recipient's mailbox. */
function classifyFullOrBusy(fault: SmtpFault, replyCode: number): AttemptOutcome {
  const told = meaningOf(fault.status) === 'mailboxFull' ? classifyStatus(fault, 'mailboxFull') : null;
  return told ?? busy(replyCode, fault.words);
}

/** 421 closes the whole service for now (RFC 5321 3.8, 4.2.3); 452 may be one mailbox's or message's trouble. */
function busy(replyCode: number, detail: string): AttemptOutcome {
  const wait = replyCode === 421 ? ({ retryAfterMs: busyMs, scope: 'connection' } as const) : { retryAfterMs: fullMs };
  return { kind: 'throttled', code: 'smtp.busy', detail, ...wait };
}

function lostCode(fault: SmtpFault): NetCode {
  const known = netCodeOf(fault.systemCode);
  if (known !== null) return known;
  if (fault.libraryCode === 'ECONNECTION') return 'net.cut';
  return 'net.failed';
}

/** Which of the ways a certificate can fail; each needs something else done. */
function certificateCause(systemCode: string | undefined): SmtpCode {
  switch (systemCode) {
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'smtp.certificate-expired';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return 'smtp.certificate-name';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
      return 'smtp.certificate-untrusted';
    default:
      return 'smtp.certificate';
  }
}

/** Names that OpenSSL and Node give to a certificate that cannot be trusted (Node documentation, TLS: X509 certificate error codes). */
function isCertificateCode(systemCode: string | undefined): boolean {
  return (
    systemCode !== undefined &&
    /^(?:CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|ERROR_IN_C|INVALID_CA|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)/u.test(
      systemCode,
    )
  );
}
