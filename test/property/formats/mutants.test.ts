// A short round of random mutations over the samples of every format; the bench `mutations` runs a million.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mutantOf, mutationSamples, readMutant } from '../../support/mutants.ts';
import { profiles } from '../../unit/formats/read-text.ts';

const samples = mutationSamples();
const set = profiles();

it('reads every sample that is not mutated', () => {
  expect(samples.length).toBeGreaterThan(15);
  for (const sample of samples) expect(readMutant(sample, 0, set)).toBe('read');
});

it('gives a result or a refusal with a place inside the file, whatever is done to a sample of any format', () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const end = readMutant(mutantOf(samples, seed), seed, set);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }),
    { numRuns: 1_500 },
  );
  // Neither all refused nor all read: the mutations reach behind the tokenizer.
  for (const end of ['read', 'core.xml.wellformed', 'core.encoding']) expect(ends.get(end)).toBeGreaterThan(20);
});
