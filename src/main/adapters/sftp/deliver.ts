// One document to the vendor's folder: upload under a temporary name, mark, rename, and what to believe when the rename is refused or unanswered.

import type { AttemptOutcome, DeliveryItem, LookUpAnswer, SendContext } from '../../ports/channel-adapter.ts';
import { peerWords } from '../net.ts';
import { classifyBeforeRename, classifyFolderStatus, isAbsent, unknownAfterRename } from './classify.ts';
import type { RequestFailure } from './classify.ts';
import type { Patience, SftpChannel } from './sftp-channel.ts';
import { isSafeKey, isSafeName, pathIn, sha256Of, temporaryName } from './wire.ts';

/** A channel and the vendor's folder on it. */
export interface Place {
  readonly channel: SftpChannel;
  readonly folder: string;
  /** How long an aborted attempt may still wait for the answer to a rename that is out. */
  readonly abortGraceMs: number;
}

/** Cleaning up is worth this much waiting and no more. */
const cleanUpMs = 5_000;

/** No PDF of one invoice is as large as this, attachments included. */
const mostBytes = 64 * 1024 * 1024;

/** Delivers one document. The effect begins at the rename. */
export async function deliver(place: Place, item: DeliveryItem, context: SendContext): Promise<AttemptOutcome> {
  if (!isSafeName(item.target))
    return {
      kind: 'refused',
      code: 'sftp.unsafe-name',
      detail: 'the file name has characters that are not allowed at a vendor',
    };
  if (!isSafeKey(item.idempotencyKey))
    return { kind: 'refused', code: 'sftp.unsafe-key', detail: 'the idempotency key is not a SHA-256' };
  const { channel } = place;
  const files: Files = {
    final: pathIn(place.folder, item.target),
    temporary: pathIn(place.folder, temporaryName(item)),
  };
  context.onPhase('connected');
  const uploaded = await upload(place, { files, item, context });
  if (uploaded !== 'ready') {
    await removeQuietly(channel, files.temporary);
    return uploaded;
  }
  const blocked = await mark(channel, context);
  if (blocked !== null) {
    await removeQuietly(channel, files.temporary);
    return blocked;
  }
  context.onPhase('effect');
  const grace = withGrace(context.signal, place.abortGraceMs);
  const renamed = await channel.rename(files.temporary, files.final, { signal: grace.signal });
  grace.release();
  if (renamed.ok) {
    context.onPhase('replySeen');
    return accepted(files.final, item);
  }
  return settleUnrenamed(place, { files, item }, renamed.failure);
}

interface Files {
  readonly final: string;
  readonly temporary: string;
}

interface Upload {
  readonly files: Files;
  readonly item: DeliveryItem;
  readonly context: SendContext;
}

/** Writes the temporary file while asking whether the name is free. `ready`: complete, closed and of the right size. */
async function upload(place: Place, { files, item, context }: Upload): Promise<AttemptOutcome | 'ready'> {
  const { channel } = place;
  const patience = { signal: context.signal };
  const [existing, opened] = await Promise.all([
    channel.stat(files.final, patience),
    channel.openForWriting(files.temporary, patience),
    removeEarlierAttempts(place, item),
  ]);
  if (!opened.ok) return classifyBeforeRename(opened.failure);
  if (existing.ok) {
    await channel.close(opened.value, patience);
    return settleTaken(place, { files, item, context });
  }
  // A folder that may be written but not looked into: go on, the rename itself never replaces a file.
  const isHidden =
    existing.failure.kind === 'status' &&
    classifyFolderStatus(existing.failure.status).code === 'sftp.permission-denied';
  if (!isAbsent(existing.failure) && !isHidden) return classifyBeforeRename(existing.failure);
  context.onPhase('bodyStarted');
  const written = await channel.write(opened.value, item.document, patience);
  if (!written.ok) return classifyBeforeRename(written.failure);
  const measured = await channel.closeAndMeasure(opened.value, patience);
  if (!measured.ok) return classifyBeforeRename(measured.failure);
  if (measured.value !== item.document.byteLength) {
    const detail = `${measured.value} of ${item.document.byteLength} bytes arrived`;
    return { kind: 'notSent', code: 'sftp.upload-short', detail, scope: 'delivery', isPermanent: false };
  }
  context.onPhase('bodyFinished');
  return 'ready';
}

/** The name is taken: by this very document (an earlier attempt whose answer was lost), or by something else. */
async function settleTaken(place: Place, { files, item, context }: Upload): Promise<AttemptOutcome> {
  const found = await compare(
    place.channel,
    { path: files.final, sha256: item.documentSha256 },
    { signal: context.signal },
  );
  if (found === 'same') {
    const blocked = await mark(place.channel, context);
    if (blocked !== null)
      return {
        kind: 'unknown',
        phase: 'effect',
        code: 'sftp.claim-lost',
        detail: 'the file is there, but this attempt may no longer say so',
      };
    context.onPhase('replySeen');
    return accepted(files.final, item);
  }
  if (found === 'different')
    return { kind: 'refused', code: 'sftp.name-taken', detail: `${files.final} is there with other content` };
  return found === 'absent'
    ? {
        kind: 'notSent',
        code: 'sftp.upload-failed',
        detail: `${files.final} came and went`,
        scope: 'delivery',
        isPermanent: false,
      }
    : classifyBeforeRename(found);
}

/** Commits `sending`; an outcome means: do not go on. */
async function mark(channel: SftpChannel, context: SendContext): Promise<AttemptOutcome | null> {
  try {
    await context.markSending();
  } catch (error) {
    return {
      kind: 'notSent',
      code: 'sftp.claim-lost',
      detail: peerWords(error),
      scope: 'delivery',
      isPermanent: false,
    };
  }
  if (context.signal.aborted)
    return classifyBeforeRename({ kind: 'stopped', words: 'stopped before the file got its name' });
  if (!channel.isAlive) return classifyBeforeRename({ kind: 'lost', words: 'the server ended the connection' });
  return null;
}

/** The rename was not confirmed. Only what can be seen on this very session counts; a server that said no may have done half of it. */
async function settleUnrenamed(
  place: Place,
  sent: { readonly files: Files; readonly item: DeliveryItem },
  failure: RequestFailure,
): Promise<AttemptOutcome> {
  const { channel } = place;
  const { files, item } = sent;
  const patience: Patience = { signal: AbortSignal.timeout(cleanUpMs), timeoutMs: cleanUpMs };
  const found = await compare(channel, { path: files.final, sha256: item.documentSha256 }, patience);
  if (failure.kind !== 'status') return found === 'same' ? accepted(files.final, item) : unknownAfterRename(failure);
  if (found === 'same') {
    await removeQuietly(channel, files.temporary);
    return accepted(files.final, item);
  }
  if (found === 'different') {
    await removeQuietly(channel, files.temporary);
    return { kind: 'refused', code: 'sftp.name-taken', detail: `${files.final} is there with other content` };
  }
  const temporary = await channel.stat(files.temporary, patience);
  if (found !== 'absent' || !temporary.ok) {
    return {
      kind: 'unknown',
      phase: 'effect',
      code: 'sftp.gone-after-rename',
      detail: `the server refused the new name (${failure.words}), and the file is not where it was`,
    };
  }
  await removeQuietly(channel, files.temporary);
  const folder = classifyFolderStatus(failure.status);
  const isDenied = folder.code === 'sftp.permission-denied';
  return {
    kind: 'notSent',
    code: isDenied ? folder.code : 'sftp.rename-refused',
    detail: failure.words,
    scope: isDenied ? 'connection' : 'delivery',
    isPermanent: isDenied,
  };
}

/**
 * Looks the delivery up. `absent` only when this attempt's complete temporary file is still there: then its rename has not happened.
 * Neither there is unclear, because a vendor takes files away to print them.
 */
export async function lookUp(
  place: Place,
  item: Omit<DeliveryItem, 'document' | 'message'>,
  signal: AbortSignal,
): Promise<LookUpAnswer> {
  if (!isSafeName(item.target) || !isSafeKey(item.idempotencyKey))
    return { kind: 'unclear', code: 'unsafeName', detail: 'the file name is not one that can have been sent' };
  const { channel } = place;
  const final = pathIn(place.folder, item.target);
  const found = await compare(channel, { path: final, sha256: item.documentSha256 }, { signal });
  if (found === 'same') {
    const there = await channel.stat(final, { signal });
    const size = there.ok ? { sizeBytes: there.value.size } : {};
    return { kind: 'found', receipt: { path: final, ...size, sha256: item.documentSha256 } };
  }
  if (found === 'different')
    return { kind: 'unclear', code: 'otherContent', detail: `${final} is there with other content` };
  if (found !== 'absent') return { kind: 'unclear', code: 'noAnswer', detail: found.words };
  const temporary = await compare(
    channel,
    { path: pathIn(place.folder, temporaryName(item)), sha256: item.documentSha256 },
    { signal },
  );
  return temporary === 'same'
    ? { kind: 'absent', detail: 'the complete file still has its temporary name' }
    : { kind: 'unclear', code: 'gone', detail: `${final} is not there; the vendor may have taken it` };
}

/** Reads a file back and compares its hash. Something much larger than any document is not read at all: it is not ours. */
async function compare(
  channel: SftpChannel,
  wanted: { readonly path: string; readonly sha256: string },
  patience: Patience,
): Promise<'same' | 'different' | 'absent' | RequestFailure> {
  const there = await channel.stat(wanted.path, patience);
  if (there.ok && there.value.size > mostBytes) return 'different';
  const read = await channel.readFile(wanted.path, patience);
  if (read.ok) return sha256Of(read.value) === wanted.sha256 ? 'same' : 'different';
  return isAbsent(read.failure) ? 'absent' : read.failure;
}

function accepted(path: string, item: DeliveryItem): AttemptOutcome {
  return { kind: 'accepted', receipt: { path, sizeBytes: item.document.byteLength, sha256: item.documentSha256 } };
}

/** Leftovers of attempts that were cut off before their rename. */
async function removeEarlierAttempts(place: Place, item: DeliveryItem): Promise<void> {
  const earlier = Array.from({ length: Math.max(0, item.attempt - 1) }, (_none, index) =>
    temporaryName({ ...item, attempt: index + 1 }),
  );
  await Promise.all(earlier.map((name) => removeQuietly(place.channel, pathIn(place.folder, name))));
}

/** Best effort: what stays behind is an unfinished file that the vendor ignores and a later attempt removes. */
async function removeQuietly(channel: SftpChannel, path: string): Promise<void> {
  if (channel.isAlive) await channel.remove(path, { signal: AbortSignal.timeout(cleanUpMs), timeoutMs: cleanUpMs });
}

/** A signal that follows another with a delay, so that an answer on its way can still arrive. */
function withGrace(
  signal: AbortSignal,
  graceMs: number,
): { readonly signal: AbortSignal; readonly release: () => void } {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => {
      late.abort();
    }, graceMs);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: late.signal,
    release: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
