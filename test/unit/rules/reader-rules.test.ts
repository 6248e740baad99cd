// The rules that the reader itself reports, on the file and its values: one document that passes each, one that fails it, with the exact place.

import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/shared/schema/problem.ts';
import { ruleFacts } from '../../../src/shared/words/rule-facts.ts';
import { readContent } from '../formats/read-text.ts';
import { readerFailures } from './reader-failures.ts';

/** Problems of a document, whether it was read or refused as a whole. */
async function problemsOf(content: string | Uint8Array): Promise<readonly Problem[]> {
  const { result, problems } = await readContent(content);
  return [...problems, ...(result.ok ? result.file.problems : result.refusal.problems)];
}

describe('the rules of the reader', () => {
  it.each(readerFailures.map((each) => [each.id, each] as const))(
    '%s passes what is good and finds what is not, at its line and column',
    async (id, { good, bad, place }) => {
      expect((await problemsOf(good)).filter(({ ruleId }) => ruleId === id)).toEqual([]);
      const found = (await problemsOf(bad)).filter(({ ruleId }) => ruleId === id);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ ...(place ?? { line: null, column: null }), severity: ruleFacts[id].severity });
    },
  );
});
