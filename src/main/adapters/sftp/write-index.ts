// The index file beside the documents: written under a temporary name, then put in place of the earlier one.

import type { AttemptOutcome, IndexEntry } from '../../ports/channel-adapter.ts';
import { classifyBeforeRename, unknownAfterRename } from './classify.ts';
import type { Place } from './look-up.ts';
import type { Answer } from './sftp-channel.ts';
import { encodeIndex, isSafeName, pathIn, sha256Of, temporaryIndexName } from './wire.ts';

/** Writes an index file. Same name and entries give the same bytes; what is already there like that is left alone. */
export async function writeIndex(
  place: Place,
  file: { readonly name: string; readonly entries: readonly IndexEntry[] },
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  const { channel, folder } = place;
  if (!isSafeName(file.name))
    return {
      kind: 'refused',
      code: 'sftp.unsafe-name',
      detail: 'the file name has characters that are not allowed at a vendor',
    };
  const bytes = encodeIndex(file.entries);
  const final = pathIn(folder, file.name);
  const temporary = pathIn(folder, temporaryIndexName(file.name));
  const accepted: AttemptOutcome = {
    kind: 'accepted',
    receipt: { path: final, sizeBytes: bytes.length, sha256: sha256Of(bytes) },
  };
  const existing = await channel.readFile(final, { signal });
  if (existing.ok && existing.value.equals(bytes)) return accepted;
  const opened = await channel.openForWriting(temporary, { signal });
  if (!opened.ok) return classifyBeforeRename(opened.failure);
  const written = await channel.write(opened.value, bytes, { signal });
  if (!written.ok) return classifyBeforeRename(written.failure);
  const closed = await channel.close(opened.value, { signal });
  if (!closed.ok) return classifyBeforeRename(closed.failure);
  const placed = await putInPlace(place, { temporary, final }, signal);
  if (placed.ok) return accepted;
  return placed.failure.kind === 'status' ? classifyBeforeRename(placed.failure) : unknownAfterRename(placed.failure);
}

/** In one step where the server can; else the earlier file is removed first, which leaves a moment without one. */
async function putInPlace(
  place: Place,
  paths: { readonly temporary: string; readonly final: string },
  signal: AbortSignal,
): Promise<Answer<null>> {
  const { channel } = place;
  const replaced = await channel.replace(paths.temporary, paths.final, { signal });
  if (replaced !== null) return replaced;
  const renamed = await channel.rename(paths.temporary, paths.final, { signal });
  if (renamed.ok || renamed.failure.kind !== 'status') return renamed;
  const removed = await channel.remove(paths.final, { signal });
  return removed.ok ? channel.rename(paths.temporary, paths.final, { signal }) : renamed;
}
