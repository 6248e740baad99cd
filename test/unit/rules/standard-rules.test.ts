// Every rule of EN 16931, Sweden and Norway: a document that passes it and one that fails it, with the exact place. Through the product's reader.

import { describe, expect, it } from 'vitest';
import { allRuleSets } from '../../../src/main/engine/channel-rules.ts';
import { standardFacts } from '../../../src/shared/words/standard-rule-facts.ts';
import { placeOf, readContent } from '../formats/read-text.ts';
import { standardFailures } from './standard-failures.ts';
import type { Failure } from './standard-failures.ts';
import { standardText } from './standard-text.ts';

/** The base with changes; each must hit something. */
function changed(category: Failure['category'], changes: Failure['changes']): string {
  let text = standardText(category ?? 'S');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the base has no ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}

describe('the rules of the public standards', () => {
  it.each(['S', 'Z', 'E', 'AE', 'O'] as const)(
    'have nothing to say about a good document in category %s',
    async (category) => {
      const { result, problems } = await readContent(standardText(category));
      expect(result.ok).toBe(true);
      expect(problems).toEqual([]);
    },
  );

  it('each have a document here that they object to', () => {
    expect([...new Set(standardFailures.map(({ id }) => id))].sort()).toEqual(Object.keys(standardFacts).sort());
  });

  it('are all in a set, apart from those the reader reports itself', () => {
    const inSets = new Set(allRuleSets.flatMap((set) => set.rules.map(({ id }) => id)));
    expect(Object.keys(standardFacts).filter((id) => !inSets.has(id))).toEqual([
      'BR-02',
      'BR-03',
      'BR-05',
      'BR-06',
      'BR-07',
      'BR-12',
      'BR-13',
      'BR-14',
      'BR-15',
    ]);
  });

  it.each(standardFailures.map((failure, index) => [`${failure.id} (${String(index + 1)})`, failure] as const))(
    '%s is found at its line and column, and has nothing to say where all is well',
    async (_name, failure) => {
      const text = changed(failure.category, failure.changes);
      const { problems } = await readContent(text);
      expect([...new Set(problems.map(({ ruleId }) => ruleId))].sort()).toEqual(
        [failure.id, ...(failure.also ?? [])].sort(),
      );
      const found = problems.find(({ ruleId }) => ruleId === failure.id);
      const [needle, skip = 0] = failure.at;
      expect({ line: found?.line, column: found?.column }).toEqual(placeOf(text, needle, skip));
      expect(found?.severity).toBe(standardFacts[failure.id].severity);
      // The base of each category was asked above.
      if (failure.good === undefined) return;
      expect((await readContent(changed(failure.category, failure.good))).problems).toEqual([]);
    },
  );
});
