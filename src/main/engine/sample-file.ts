// Writes a generated sample to disk, piece by piece: a batch to a file, single invoices to a folder.

import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { generateSampleBatch, generateSampleFiles } from '../domain/sample/generate-sample-batch.ts';
import type { SampleOptions } from '../domain/sample/generate-sample-batch.ts';

/** The same options give the same file. Errors: UNREADABLE (cannot be written). */
export async function writeSampleFile(
  path: string,
  options: SampleOptions,
): Promise<Result<{ readonly sizeBytes: number }>> {
  const file = createWriteStream(path);
  try {
    await pipeline(Readable.from(generateSampleBatch(options)), file);
    return ok({ sizeBytes: file.bytesWritten });
  } catch (error) {
    return fail('UNREADABLE', `${path} cannot be written. Check that the folder exists and that there is space.`, {
      path,
      cause: String(error),
    });
  }
}

/** One file for each invoice in a folder, which is made when it is not there. Errors: UNREADABLE (cannot be written). */
export async function writeSampleFolder(
  folder: string,
  options: SampleOptions,
): Promise<Result<{ readonly sizeBytes: number }>> {
  let sizeBytes = 0;
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, text } of generateSampleFiles(options)) {
      const bytes = Buffer.from(text);
      await writeFile(join(folder, name), bytes);
      sizeBytes += bytes.length;
    }
    return ok({ sizeBytes });
  } catch (error) {
    return fail('UNREADABLE', `${folder} cannot be written. Check that it is a folder and that there is space.`, {
      path: folder,
      cause: String(error),
    });
  }
}
