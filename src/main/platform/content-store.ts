// Files kept by their SHA-256 in a two-level folder. Written to a temporary name, synced, then renamed: a name that exists is whole.

import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ContentPart, ContentStore, KeptContent } from '../ports/content-store.ts';

const copyChunkBytes = 1024 * 1024;

/** Opens (and makes, when missing) the folder. `extension` is for people who look into it: `.pdf`, `.xml`. */
export function createContentStore(folder: string, extension: string): ContentStore {
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), `${sha256}${extension}`);
  let temporaryCount = 0;
  const newTemporary = (): string => {
    temporaryCount += 1;
    return join(folder, `.${String(process.pid)}-${String(Date.now())}-${String(temporaryCount)}.part`);
  };

  async function keep(write: (handle: FileHandle) => Promise<Result<KeptContent>>): Promise<Result<KeptContent>> {
    const temporary = newTemporary();
    try {
      await mkdir(folder, { recursive: true });
      const handle = await open(temporary, 'wx');
      let kept: Result<KeptContent>;
      try {
        kept = await write(handle);
        if (kept.ok) await handle.sync();
      } finally {
        await handle.close();
      }
      if (!kept.ok) {
        await rm(temporary, { force: true });
        return kept;
      }
      const target = pathOf(kept.value.sha256);
      await mkdir(dirname(target), { recursive: true });
      await rename(temporary, target);
      await syncFolder(dirname(target));
      return kept;
    } catch (error) {
      await rm(temporary, { force: true });
      return writeFailure(error, folder);
    }
  }

  return {
    pathOf,
    async keepFile(path, signal) {
      let source: FileHandle;
      try {
        source = await open(path, 'r');
      } catch (error) {
        return fail(
          'UNREADABLE',
          `The file ${path} cannot be opened (${codeOf(error)}). Check that it exists and that you may read it.`,
          { path, cause: codeOf(error) },
        );
      }
      try {
        return await keep((target) => copyHashed(source, target, { path, signal }));
      } finally {
        await source.close();
      }
    },
    async keepBytes(bytes, sha256) {
      if (await isKept(pathOf(sha256), bytes)) return ok({ sha256, sizeBytes: bytes.byteLength });
      return keep(async (target) => {
        await target.writeFile(bytes);
        return ok({ sha256, sizeBytes: bytes.byteLength });
      });
    },
    async read(sha256) {
      const path = pathOf(sha256);
      try {
        return matching(await readFile(path), sha256, path);
      } catch (error) {
        return readFailure(error, path);
      }
    },
    async readPart(sha256, part) {
      const path = pathOf(sha256);
      try {
        return matching(await readBytes(path, part), part.sha256, path);
      } catch (error) {
        return readFailure(error, path);
      }
    },
  };
}

function matching(bytes: Uint8Array, sha256: string, path: string): Result<Uint8Array> {
  return createHash('sha256').update(bytes).digest('hex') === sha256
    ? ok(bytes)
    : fail('STORE_DAMAGED', 'A kept file no longer matches its hash. It is not used; restore it from a backup.', {
        sha256,
        path,
      });
}

/** Shorter at the end of the file. */
async function readBytes(path: string, { byteOffset, byteLength }: ContentPart): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const buffer = new Uint8Array(byteLength);
    let filled = 0;
    while (filled < byteLength) {
      const { bytesRead } = await handle.read(buffer, filled, byteLength - filled, byteOffset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

async function copyHashed(
  source: FileHandle,
  target: FileHandle,
  options: { readonly path: string; readonly signal: AbortSignal | undefined },
): Promise<Result<KeptContent>> {
  const hash: Hash = createHash('sha256');
  const buffer = new Uint8Array(copyChunkBytes);
  let sizeBytes = 0;
  for (;;) {
    if (options.signal?.aborted === true)
      return fail('CANCELLED', 'The import was cancelled. Nothing was kept.', { path: options.path });
    const { bytesRead } = await source.read(buffer, 0, copyChunkBytes, sizeBytes);
    if (bytesRead === 0) return ok({ sha256: hash.digest('hex'), sizeBytes });
    const part = buffer.subarray(0, bytesRead);
    hash.update(part);
    await target.writeFile(part);
    sizeBytes += bytesRead;
  }
}

/** A rename is durable only once its folder is; Windows has no such call and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** True when these very bytes are there; a file that was damaged or cannot be read is written anew. */
async function isKept(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    return (await stat(path)).size === bytes.byteLength && (await readFile(path)).equals(bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function writeFailure(error: unknown, folder: string): Result<never> {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return fail('STORAGE_FULL', 'The disk is full. Free some space and try again; nothing was lost.', { folder });
  return fail('UNREADABLE', `The data folder ${folder} cannot be written (${code}). Check its permissions.`, {
    folder,
    cause: code,
  });
}

function readFailure(error: unknown, path: string): Result<never> {
  const code = codeOf(error);
  if (code === 'ENOENT')
    return fail('NOT_FOUND', 'A kept file is missing from the data folder. Restore it from a backup.', { path });
  return fail('UNREADABLE', `A kept file cannot be read (${code}).`, { path, cause: code });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown cause';
}
