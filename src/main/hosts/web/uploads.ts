// Files that a page sends, since a browser tells no paths: streamed to a temporary folder and made known to the engine.

import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileToken } from '../../../shared/contract/bridge.ts';
import { fail } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { Engine } from '../../rpc/engine-api.ts';

/** Well above the largest importable file (100 MB), so that the import itself can say what is wrong with a larger one. */
export const maxUploadBytes = 256 * 1024 * 1024;
/** The engine copies a file when it imports it; what was uploaded and not imported in this time is thrown away. */
const keptForMs = 3_600_000;

/** The uploads of one host. */
export interface Uploads {
  /** Takes a request's body as a file; a name with `/` is that of a file in a dropped folder. Errors: FILE_TOO_LARGE, STORAGE_FULL, CANCELLED (the page went away), UNREADABLE. */
  take(request: IncomingMessage, name: string): Promise<Result<FileToken>>;
  /** Removes everything. */
  close(): Promise<void>;
}

/** Makes the temporary folder. */
export async function createUploads(engine: Pick<Engine, 'registerFile'>): Promise<Uploads> {
  const folder = await mkdtemp(join(tmpdir(), 'utskick-uploads-'));
  let count = 0;
  return {
    async take(request, name) {
      if (Number(request.headers['content-length'] ?? 0) > maxUploadBytes) return tooLarge();
      count += 1;
      // A folder of its own for each, so that the file can keep its name for messages.
      const place = join(folder, String(count));
      await mkdir(place);
      const path = join(place, safeName(name));
      const written = await write(request, path);
      if (!written.ok) {
        await rm(place, { recursive: true, force: true });
        return written;
      }
      setTimeout(() => void rm(place, { recursive: true, force: true }), keptForMs).unref();
      const shown = shownName(name);
      return shown.includes('/') ? engine.registerFile(path, shown) : engine.registerFile(path);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function write(request: IncomingMessage, path: string): Promise<Result<null>> {
  const cap = createCap(maxUploadBytes);
  try {
    await pipeline(request, cap.stream, createWriteStream(path, { flags: 'wx' }));
  } catch (error) {
    if (cap.isExceeded()) return tooLarge();
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      return fail('STORAGE_FULL', 'There is no space left for the uploaded file. Free some and try again.');
    if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET')
      return fail('CANCELLED', 'The upload was broken off.');
    throw error;
  }
  const declared = request.headers['content-length'];
  const isWhole = declared === undefined || (await stat(path)).size === Number(declared);
  return isWhole ? { ok: true, value: null } : fail('CANCELLED', 'The upload was broken off.');
}

/** Passes bytes on until there are too many. */
function createCap(limitBytes: number): { readonly stream: Transform; readonly isExceeded: () => boolean } {
  let sizeBytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) done(new Error('too large'));
      else done(null, chunk);
    },
  });
  return { stream, isExceeded: () => sizeBytes > limitBytes };
}

function tooLarge(): Result<never> {
  return fail('FILE_TOO_LARGE', 'The file is too large.', { limitBytes: maxUploadBytes });
}

/** A file of a dropped folder keeps its way in the folder, for messages. */
function shownName(name: string): string {
  const parts = name.split(/[\\/]/u).filter((part) => !/^\.*$/u.test(part));
  return parts
    .slice(-16)
    .map((part) => part.slice(-120).replaceAll(/[^\p{L}\p{N} ._()-]/gu, '_'))
    .join('/');
}

/** The last part of a name, with everything that a file system or a terminal could take amiss replaced. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/u).at(-1) ?? '';
  const plain = last
    .replaceAll(/[^\p{L}\p{N} ._()-]/gu, '_')
    .replace(/^\.+/u, '')
    .trim();
  return plain.slice(-120).trim() || 'file.xml';
}
