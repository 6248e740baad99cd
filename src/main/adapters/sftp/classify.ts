// Every way an SFTP session can fail → one stable code and one outcome. Decides on SFTP status numbers and phases, never on message text.

import type { AttemptOutcome, OpenFailure } from '../../ports/channel-adapter.ts';
import { netCodeOf, peerWords, systemCodeOf } from '../net.ts';

/** The SFTP adapter's own causes; those below the protocol are `net.*`. Append only. */
export const sftpCodes = [
  // refused here, before anything was connected
  'sftp.unsafe-name',
  'sftp.unsafe-key',
  // opening
  'sftp.host-key-unknown',
  'sftp.host-key-changed',
  'sftp.handshake-failed',
  'sftp.key-unreadable',
  'sftp.secret-missing',
  'sftp.login-refused',
  'sftp.no-sftp',
  'sftp.no-such-folder',
  // sending
  'sftp.permission-denied',
  'sftp.upload-failed',
  'sftp.upload-short',
  'sftp.name-taken',
  'sftp.rename-refused',
  'sftp.claim-lost',
  // from the rename on
  'sftp.no-reply',
  'sftp.cut-in-rename',
  'sftp.gone-after-rename',
  // added later
  'sftp.disk-full',
  'sftp.quota-exceeded',
  'sftp.rename-replaces',
  'sftp.agent-missing',
  'sftp.agent-empty',
] as const;
/** One of {@link sftpCodes}. */
export type SftpCode = (typeof sftpCodes)[number];

/** SFTP status numbers, draft-ietf-secsh-filexfer-02 section 7. */
const noSuchFile = 2;
const permissionDenied = 3;
/** Numbers of later versions (draft-ietf-secsh-filexfer-13 section 9.1), which some servers also send in version 3. */
const noSpace = 14;
const quotaExceeded = 15;

/** Why a request failed. `status`: the peer answered no. `lost`: no answer will come. `late`: none came in time. `stopped`: aborted here. */
export type RequestFailure =
  | { readonly kind: 'status'; readonly status: number; readonly words: string }
  | { readonly kind: 'lost' | 'late' | 'stopped'; readonly words: string };

/** Reads what ssh2 hands to a request's callback: an answered status has a number as its `code`, everything else is a lost connection. */
export function readRequestFailure(error: unknown): RequestFailure {
  const words = peerWords(error);
  return error instanceof Error && 'code' in error && typeof error.code === 'number'
    ? { kind: 'status', status: error.code, words }
    : { kind: 'lost', words };
}

/** True for the peer's "there is no such file". */
export function isAbsent(failure: RequestFailure): boolean {
  return failure.kind === 'status' && failure.status === noSuchFile;
}

/** Failure before the rename was sent: certainly nothing at the vendor but an unfinished temporary file. */
export function classifyBeforeRename(failure: RequestFailure): AttemptOutcome {
  const detail = failure.words;
  switch (failure.kind) {
    case 'lost':
      return { kind: 'notSent', code: 'net.cut', detail, scope: 'connection', isPermanent: false };
    case 'late':
      return { kind: 'notSent', code: 'net.timed-out', detail, scope: 'connection', isPermanent: false };
    case 'stopped':
      return { kind: 'notSent', code: 'net.aborted', detail, scope: 'delivery', isPermanent: false };
    case 'status': {
      const { code, isPermanent } = classifyFolderStatus(failure.status);
      const concernsAll = isPermanent || code === 'sftp.disk-full' || code === 'sftp.quota-exceeded';
      return { kind: 'notSent', code, detail, scope: concernsAll ? 'connection' : 'delivery', isPermanent };
    }
  }
}

/** What a refused request on the target folder means. Missing folder and missing rights need a person; a plain failure (disk full, busy) may pass. */
export function classifyFolderStatus(status: number): { readonly code: SftpCode; readonly isPermanent: boolean } {
  if (status === noSuchFile) return { code: 'sftp.no-such-folder', isPermanent: true };
  if (status === permissionDenied) return { code: 'sftp.permission-denied', isPermanent: true };
  if (status === noSpace) return { code: 'sftp.disk-full', isPermanent: false };
  if (status === quotaExceeded) return { code: 'sftp.quota-exceeded', isPermanent: false };
  return { code: 'sftp.upload-failed', isPermanent: false };
}

/** The server failed to write and has no room: nothing else gets through now either, and it passes without anything being done here. */
export function diskFull(freeBytes: number, words: string): AttemptOutcome {
  const detail = `${words} (${freeBytes} bytes free at the server)`;
  return { kind: 'notSent', code: 'sftp.disk-full', detail, scope: 'connection', isPermanent: false };
}

/** No answer to the rename: the vendor may have the file, and may have taken it already. */
export function unknownAfterRename(failure: Exclude<RequestFailure, { readonly kind: 'status' }>): AttemptOutcome {
  return {
    kind: 'unknown',
    phase: 'effect',
    code: failure.kind === 'late' ? 'sftp.no-reply' : 'sftp.cut-in-rename',
    detail: failure.words,
  };
}

/** Failure of the SSH conversation before SFTP stood. ssh2 tells the layer in `level`. */
export function classifyOpening(error: unknown): OpenFailure {
  const detail = peerWords(error);
  const level = error instanceof Error && 'level' in error ? error.level : undefined;
  if (level === 'client-authentication') return { code: 'sftp.login-refused', detail, isPermanent: true };
  if (level === 'client-timeout') return { code: 'net.timed-out', detail, isPermanent: false };
  const netCode = netCodeOf(systemCodeOf(error));
  if (netCode !== null || level === 'client-socket') return { code: netCode ?? 'net.cut', detail, isPermanent: false };
  return { code: 'sftp.handshake-failed', detail, isPermanent: false };
}
