// Where a delivery's files are in the vendor's folder, and what is to be seen of them there. Writes nothing.

import type { RenameHabit } from '../../../shared/schema/connection.ts';
import type { DeliveryItem, LookUpAnswer } from '../../ports/channel-adapter.ts';
import { isAbsent } from './classify.ts';
import type { RequestFailure } from './classify.ts';
import type { Folders } from './folders.ts';
import type { Patience, SftpChannel } from './sftp-channel.ts';
import { folderOf, isSafeKey, isSafeTarget, pathIn, sha256Of, temporaryName } from './wire.ts';

/** A channel and the vendor's folder on it. */
export interface Place {
  readonly channel: SftpChannel;
  readonly folder: string;
  readonly folders: Folders;
  /** Null: not known. */
  readonly renames: RenameHabit | null;
  /** Final names that a send of this session is at: two of the same name go one after the other. */
  readonly busy: Map<string, Promise<unknown>>;
  /** How long an aborted attempt may still wait for the answer to a rename that is out. */
  readonly abortGraceMs: number;
}

/** Paths of one attempt at the server. */
export interface Files {
  readonly final: string;
  readonly temporary: string;
}

/** No PDF of one invoice is as large as this, attachments included. */
const mostBytes = 64 * 1024 * 1024;

/** The temporary file is beside the final one, so that the rename stays within one folder. */
export function filesOf({ folder }: Place, item: Pick<DeliveryItem, 'idempotencyKey' | 'attempt' | 'target'>): Files {
  return {
    final: pathIn(folder, item.target),
    temporary: pathIn(folderOf(folder, item.target), temporaryName(item)),
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
  if (!isSafeTarget(item.target) || !isSafeKey(item.idempotencyKey))
    return { kind: 'unclear', code: 'unsafeName', detail: 'the file name is not one that can have been sent' };
  const { channel } = place;
  const { final, temporary: unfinished } = filesOf(place, item);
  const found = await compare(channel, { path: final, sha256: item.documentSha256 }, { signal });
  if (found === 'same') {
    const there = await channel.stat(final, { signal });
    const size = there.ok ? { sizeBytes: there.value.size } : {};
    return { kind: 'found', receipt: { path: final, ...size, sha256: item.documentSha256 } };
  }
  if (found === 'different')
    return { kind: 'unclear', code: 'otherContent', detail: `${final} is there with other content` };
  if (found !== 'absent') return { kind: 'unclear', code: 'noAnswer', detail: found.words };
  const temporary = await compare(channel, { path: unfinished, sha256: item.documentSha256 }, { signal });
  return temporary === 'same'
    ? { kind: 'absent', detail: 'the complete file still has its temporary name' }
    : { kind: 'unclear', code: 'gone', detail: `${final} is not there; the vendor may have taken it` };
}

/** Reads a file back and compares its hash. Something much larger than any document is not read at all: it is not ours. */
export async function compare(
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
