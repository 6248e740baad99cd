// Makes a thread that has just started quick: it reads made-up invoices while nobody asks for anything, until the engine has compiled what an
// import runs through. What it reads is forgotten.

import { setTimeout } from 'node:timers/promises';
import { generateSampleBatch, generateSampleFiles } from '../domain/sample/generate-sample-batch.ts';
import { AlikeDocuments } from '../formats/alike-documents.ts';
import { readOpenSource } from '../formats/read-file.ts';
import type { ReadFileOptions } from '../formats/read-file.ts';
import { readSingle } from '../formats/read-single.ts';
import { smallSource } from '../formats/small-source.ts';

/** Whoever starts the thread may have work for it right away. */
const delayMs = 100;
/** Between two steps, so that a starting window has the processor too. */
const restMs = 2;
/** V8 compiles a function for good after 3,000 calls (`--invocation-count-for-turbofan`); some are called once for each invoice. */
const steps = 175;
/** Read in each step from a batch, and as many documents of one invoice: a few milliseconds. */
const sample = { invoices: 20, errors: 0, seed: 1, baseDate: '2026-01-01' };

/** Reads until it is warm, or until `isWanted` says that there is work; gives way after every step. */
export async function warmUpReading(
  options: Pick<ReadFileOptions, 'profiles' | 'rules'>,
  isWanted: () => boolean,
): Promise<void> {
  await setTimeout(delayMs, undefined, { ref: false });
  const batch = Buffer.from([...generateSampleBatch(sample)].join(''));
  const singles = [...generateSampleFiles({ ...sample, format: 'peppol-bis' })].map(({ text }) => Buffer.from(text));
  const own = {
    ...options,
    today: sample.baseDate,
    signal: new AbortController().signal,
    leavesHashes: true,
    alike: new AlikeDocuments(),
  };
  for (let step = 0; step < steps && !isWanted(); step++) {
    const source = smallSource(batch, null);
    if (source !== null) await readOpenSource(source, { ...own, onChunk: () => Promise.resolve() });
    for (const bytes of singles) await readSingle({ bytes }, own);
    await setTimeout(restMs, undefined, { ref: false });
  }
}
