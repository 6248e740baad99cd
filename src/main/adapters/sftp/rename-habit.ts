// What a server's rename does when the new name is taken, found out with three small unfinished files that are taken away again.

import { randomBytes } from 'node:crypto';
import type { RenameHabit } from '../../../shared/schema/connection.ts';
import type { RequestFailure } from './classify.ts';
import type { Patience, SftpChannel } from './sftp-channel.ts';
import { pathIn, probeName } from './wire.ts';

/** What was seen; `rename`: files can be written but not renamed, so that no document would ever get its name. */
export type RenameTrial =
  | { readonly ok: true; readonly habit: RenameHabit }
  | {
      readonly ok: false;
      readonly at: 'write' | 'rename' | 'remove';
      readonly path: string;
      readonly failure: RequestFailure;
    };

/**
 * Writes two files, renames one to a free name and then to the name of the other. A refusal is what the protocol says
 * (draft-ietf-secsh-filexfer-02 section 6.5); many servers hand the request to their file system, which replaces. Leaves nothing behind
 * unless the server refuses to remove.
 */
export async function tryRename(channel: SftpChannel, folder: string, patience: Patience): Promise<RenameTrial> {
  const path = (): string => pathIn(folder, probeName(randomBytes(8).toString('hex')));
  const [first, taken, free] = [path(), path(), path()];
  for (const file of [first, taken]) {
    const opened = await channel.openForWriting(file, patience);
    if (!opened.ok) {
      if (file === taken) await channel.remove(first, patience);
      return { ok: false, at: 'write', path: file, failure: opened.failure };
    }
    await channel.close(opened.value, patience);
  }
  const renamed = await channel.rename(first, free, patience);
  if (!renamed.ok) {
    await Promise.all([channel.remove(first, patience), channel.remove(taken, patience)]);
    return { ok: false, at: 'rename', path: free, failure: renamed.failure };
  }
  const onto = await channel.rename(free, taken, patience);
  const removed = await channel.remove(taken, patience);
  // Refused, or refused after half of it was done: what is left has the free name.
  if (!onto.ok) await channel.remove(free, patience);
  if (!removed.ok) return { ok: false, at: 'remove', path: taken, failure: removed.failure };
  if (!onto.ok && onto.failure.kind !== 'status')
    return { ok: false, at: 'rename', path: taken, failure: onto.failure };
  return { ok: true, habit: onto.ok ? 'replaces' : 'refuses' };
}
