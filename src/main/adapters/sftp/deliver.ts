// One document to the vendor's folder: upload under a temporary name, mark, rename, and what to believe when the rename is refused or unanswered.

import type { AttemptOutcome, DeliveryItem, SendContext } from '../../ports/channel-adapter.ts';
import { peerWords } from '../net.ts';
import { classifyBeforeRename, classifyFolderStatus, diskFull, isAbsent, unknownAfterRename } from './classify.ts';
import type { RequestFailure } from './classify.ts';
import { mayBeGone } from './folders.ts';
import { compare, filesOf } from './look-up.ts';
import type { Files, Place } from './look-up.ts';
import type { Answer, Patience, SftpChannel } from './sftp-channel.ts';
import { isSafeKey, isSafeTarget } from './wire.ts';

/** Cleaning up is worth this much waiting and no more. */
const cleanUpMs = 5_000;

/** Delivers one document. The effect begins at the rename. */
export async function deliver(place: Place, item: DeliveryItem, context: SendContext): Promise<AttemptOutcome> {
  if (!isSafeTarget(item.target))
    return {
      kind: 'refused',
      code: 'sftp.unsafe-name',
      detail: 'the file name has characters that are not allowed at a vendor',
    };
  if (!isSafeKey(item.idempotencyKey))
    return { kind: 'refused', code: 'sftp.unsafe-key', detail: 'the idempotency key is not a SHA-256' };
  // Servers may tell capitals from small letters or not.
  const name = item.target.toLowerCase();
  for (let other = place.busy.get(name); other !== undefined; other = place.busy.get(name)) await other;
  const sending = deliverAlone(place, item, context);
  // What goes wrong is told to the one who sends; whoever waits for the name only has to know that it is over.
  const ended = sending.then(noop, noop);
  place.busy.set(name, ended);
  try {
    return await sending;
  } finally {
    place.busy.delete(name);
  }
}

function noop(): void {
  // Nothing is to be done.
}

/** No other send of this session is at the same name. */
async function deliverAlone(place: Place, item: DeliveryItem, context: SendContext): Promise<AttemptOutcome> {
  const { channel } = place;
  const files = filesOf(place, item);
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
  const taken = await lookBeforeRename(place, { files, item, context });
  if (taken !== null) {
    await removeQuietly(channel, files.temporary);
    return taken;
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

interface Upload {
  readonly files: Files;
  readonly item: DeliveryItem;
  readonly context: SendContext;
}

/**
 * Looks at the final name once more where the server's rename may replace what is there. Null: free, or not to be seen. Nothing else of
 * this program has the name now; a program elsewhere would have to take it within this one round trip.
 */
async function lookBeforeRename(place: Place, { files, item, context }: Upload): Promise<AttemptOutcome | null> {
  if (place.renames === 'refuses') return null;
  const { channel } = place;
  const there = await channel.stat(files.final, { signal: context.signal });
  if (there.ok) return settleTaken(place, { files, item, context, isMarked: true });
  return there.failure.kind === 'status' ? null : classifyBeforeRename(there.failure);
}

/** Opens the temporary file; a folder that is missing, or was tidied away, is made first. */
async function openTemporary(place: Place, { files, item, context }: Upload): Promise<Answer<Buffer>> {
  const { channel, folders } = place;
  const patience = { signal: context.signal };
  const ensured = await folders.ensure(item.target, patience);
  if (!ensured.ok) return ensured;
  const opened = await channel.openForWriting(files.temporary, patience);
  if (opened.ok || !item.target.includes('/') || !mayBeGone(opened.failure)) return opened;
  folders.forget();
  const again = await folders.ensure(item.target, patience);
  return again.ok ? channel.openForWriting(files.temporary, patience) : again;
}

/** What a failed upload means; a plain "failure" is held against the room that the server has left. */
async function notUploaded(
  { channel, folder }: Place,
  item: DeliveryItem,
  failure: RequestFailure,
): Promise<AttemptOutcome> {
  if (failure.kind !== 'status' || classifyFolderStatus(failure.status).code !== 'sftp.upload-failed')
    return classifyBeforeRename(failure);
  const free = await channel.freeBytes(folder, { signal: AbortSignal.timeout(cleanUpMs), timeoutMs: cleanUpMs });
  return free !== null && free < item.document.byteLength
    ? diskFull(free, failure.words)
    : classifyBeforeRename(failure);
}

/** Writes the temporary file while asking whether the name is free. `ready`: complete, closed and of the right size. */
async function upload(place: Place, { files, item, context }: Upload): Promise<AttemptOutcome | 'ready'> {
  const { channel } = place;
  const patience = { signal: context.signal };
  const [existing, opened] = await Promise.all([
    channel.stat(files.final, patience),
    openTemporary(place, { files, item, context }),
    removeEarlierAttempts(place, item),
  ]);
  if (!opened.ok) return notUploaded(place, item, opened.failure);
  if (existing.ok) {
    await channel.close(opened.value, patience);
    return settleTaken(place, { files, item, context, isMarked: false });
  }
  // A folder that may be written but not looked into: go on, the rename itself never replaces a file.
  const isHidden =
    existing.failure.kind === 'status' &&
    classifyFolderStatus(existing.failure.status).code === 'sftp.permission-denied';
  if (!isAbsent(existing.failure) && !isHidden) return classifyBeforeRename(existing.failure);
  context.onPhase('bodyStarted');
  const written = await channel.write(opened.value, item.document, patience);
  if (!written.ok) {
    await channel.close(opened.value, patience);
    return notUploaded(place, item, written.failure);
  }
  const measured = await channel.closeAndMeasure(opened.value, patience);
  if (!measured.ok) return notUploaded(place, item, measured.failure);
  if (measured.value !== item.document.byteLength) {
    const detail = `${measured.value} of ${item.document.byteLength} bytes arrived`;
    return { kind: 'notSent', code: 'sftp.upload-short', detail, scope: 'delivery', isPermanent: false };
  }
  context.onPhase('bodyFinished');
  return 'ready';
}

/** The name is taken: by this very document (an earlier attempt whose answer was lost), or by something else. */
async function settleTaken(
  place: Place,
  { files, item, context, isMarked }: Upload & { readonly isMarked: boolean },
): Promise<AttemptOutcome> {
  const found = await compare(
    place.channel,
    { path: files.final, sha256: item.documentSha256 },
    { signal: context.signal },
  );
  if (found === 'same') {
    const blocked = isMarked ? null : await mark(place.channel, context);
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

function accepted(path: string, item: DeliveryItem): AttemptOutcome {
  return { kind: 'accepted', receipt: { path, sizeBytes: item.document.byteLength, sha256: item.documentSha256 } };
}

/** Leftovers of attempts that were cut off before their rename. */
async function removeEarlierAttempts(place: Place, item: DeliveryItem): Promise<void> {
  const earlier = Array.from(
    { length: Math.max(0, item.attempt - 1) },
    (_none, index) => filesOf(place, { ...item, attempt: index + 1 }).temporary,
  );
  await Promise.all(earlier.map((path) => removeQuietly(place.channel, path)));
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
