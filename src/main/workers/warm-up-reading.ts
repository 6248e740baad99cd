// Makes a thread that has just started quick: it reads made-up invoices while nobody asks for anything, until the engine has compiled what an
// import runs through. What it reads is forgotten.

import { setTimeout } from 'node:timers/promises';
import { generateSampleBatch, generateSampleFiles } from '../domain/sample/generate-sample-batch.ts';
import type { AlikeDocuments } from '../formats/alike-documents.ts';
import { joinBytes } from '../formats/byte-track.ts';
import type { ProfileSet } from '../formats/load-profiles.ts';
import { readOpenSource } from '../formats/read-file.ts';
import { smallSource } from '../formats/small-source.ts';
import { newJob, readMany, readSingles } from './xml-reading.ts';
import type { Work } from './xml-reading.ts';

/** Whoever starts the thread may have work for it right away, or a window to open. */
const usualDelayMs = 1_000;
/** Between two steps, so that a starting window has the processor too. */
const restMs = 2;
/** V8 compiles a function for good after 3,000 calls (`--invocation-count-for-turbofan`); some are called once for each invoice. */
const steps = 175;
/** Read in each step from a batch, and twice as many documents of one invoice: a few milliseconds once it is warm, some tens in the first steps. */
const invoices = 20;
/** Of the made-up invoices, and today for their rules: nothing is past due. */
const baseDate = '2026-01-01';

/**
 * Reads until it is warm, or until `isWanted` says that there is work; gives way after every step. It reads by the same functions as in
 * earnest: code that is compiled for other shapes of objects would be thrown away with the first file.
 */
export async function warmUp(
  terms: Pick<Work<'parse'>, 'profiles' | 'rules'>,
  isWanted: () => boolean,
  delayMs = usualDelayMs,
): Promise<void> {
  if (!terms.profiles.ok) return;
  await setTimeout(delayMs, undefined, { ref: false });
  const sample = { invoices, errors: 0, seed: 1, baseDate };
  const encoder = new TextEncoder();
  const batch = encoder.encode([...generateSampleBatch(sample)].join(''));
  const documents = (['peppol-bis', 'ehf'] as const)
    .flatMap((format) => [...generateSampleFiles({ ...sample, format })])
    .map(({ text }) => encoder.encode(text));
  const files = documents.map(({ length }) => ({ length }));
  const bytes = joinBytes(documents);
  const known = new WeakMap<ProfileSet, AlikeDocuments>();
  for (let step = 0; step < steps && !isWanted(); step++) {
    const job = newJob(0);
    const many = { kind: 'parse', jobId: 0, path: '', today: baseDate } as const;
    const source = smallSource(batch);
    if (source !== null)
      await readMany(
        { request: many, job, ...terms },
        (options) => readOpenSource(source, options),
        () => {
          job.taken();
        },
      );
    const singles = { kind: 'singles', jobId: 0, files, bytes, today: baseDate } as const;
    await readSingles({ request: singles, job, ...terms }, known, () => undefined);
    await setTimeout(restMs, undefined, { ref: false });
  }
}
