// Writes a generated sample batch to a file, piece by piece.

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { generateSampleBatch } from '../domain/sample/generate-sample-batch.ts';
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
