// Files kept by their SHA-256 in a two-level folder. Written to a temporary name, synced, then renamed: a name that exists is whole.

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ContentPart, ContentStore, KeptContent } from '../ports/content-store.ts';
import { codeOf, syncFolder, writeFailure } from './durable-files.ts';
import { createStaging } from './staging.ts';

/** Names of the files in a folder, by their hash. */
export function contentPath(folder: string, extension: string): (sha256: string) => string {
  return (sha256) => join(folder, sha256.slice(0, 2), `${sha256}${extension}`);
}

/** Opens (and makes, when missing) the folder. `extension` is for people who look into it: `.pdf`, `.xml`. */
export function createContentStore(folder: string, extension: string): ContentStore {
  const pathOf = contentPath(folder, extension);
  const staging = createStaging(folder, pathOf);

  async function write(bytes: Uint8Array, sha256: string): Promise<Result<KeptContent>> {
    const temporary = staging.newPath();
    try {
      const target = pathOf(sha256);
      await mkdir(dirname(target), { recursive: true });
      const handle = await open(temporary, 'wx');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, target);
      await syncFolder(dirname(target));
      return ok({ sha256, sizeBytes: bytes.byteLength });
    } catch (error) {
      await rm(temporary, { force: true });
      return writeFailure(error, folder);
    }
  }

  return {
    pathOf,
    stage: staging.stage,
    settle: staging.settle,
    keep: staging.keep,
    discard: staging.discard,
    discardLeftovers: staging.discardLeftovers,
    remove(sha256) {
      try {
        rmSync(pathOf(sha256), { force: true });
        return true;
      } catch (error) {
        if (error instanceof Error && 'code' in error) return false;
        throw error;
      }
    },
    async keepBytes(bytes, sha256) {
      if (await isKept(pathOf(sha256), bytes)) return ok({ sha256, sizeBytes: bytes.byteLength });
      return write(bytes, sha256);
    },
    async read(sha256) {
      const path = pathOf(sha256);
      try {
        return matching(await readFile(path), sha256, path);
      } catch (error) {
        return readFailure(error, path);
      }
    },
    readPart: (sha256, part) => readChecked(pathOf(sha256), part),
  };
}

/** A part of a file, checked against its hash. Errors: NOT_FOUND, STORE_DAMAGED, UNREADABLE. */
export async function readChecked(path: string, part: ContentPart): Promise<Result<Uint8Array>> {
  try {
    return matching(await readBytes(path, part), part.sha256, path);
  } catch (error) {
    return readFailure(error, path);
  }
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

/** True when these very bytes are there; a file that was damaged or cannot be read is written anew. */
async function isKept(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    return (await stat(path)).size === bytes.byteLength && (await readFile(path)).equals(bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function readFailure(error: unknown, path: string): Result<never> {
  const code = codeOf(error);
  if (code === 'ENOENT')
    return fail('NOT_FOUND', 'A kept file is missing from the data folder. Restore it from a backup.', { path });
  return fail('UNREADABLE', `A kept file cannot be read (${code}).`, { path, cause: code });
}
