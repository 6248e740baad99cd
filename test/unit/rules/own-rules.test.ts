// Every one of the product's own rules on invoices: the GASEL file that passes all of them, and one that fails each, with the exact place.

import { describe, expect, it } from 'vitest';
import { allRuleSets } from '../../../src/main/engine/channel-rules.ts';
import { ruleFacts } from '../../../src/shared/words/rule-facts.ts';
import { batchText, invoiceText } from '../formats/gasel-text.ts';
import { placeOf, readContent } from '../formats/read-text.ts';
import { ownFailures } from './own-failures.ts';
import type { OwnFailure } from './own-failures.ts';

const base = batchText([invoiceText()]);

function changed(changes: OwnFailure['changes']): string {
  let text = base;
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the base has no ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}

describe('the product’s own rules', () => {
  it('have nothing to say about a good file', async () => {
    expect((await readContent(base)).problems).toEqual([]);
  });

  it('each have a file here that they object to', () => {
    const ids = allRuleSets
      .filter(({ id }) => id === 'core' || id === 'channel' || id === 'vendor')
      .flatMap((set) => set.rules.map(({ id }) => id))
      // Those of the services have their own: service-rules.test.ts.
      .filter((id) => !/^channel\.(?:svea|sendregning)\./u.test(id));
    expect([...new Set(ownFailures.map(({ id }) => id))].sort()).toEqual(ids.sort());
  });

  it.each(ownFailures.map((failure, index) => [`${failure.id} (${String(index + 1)})`, failure] as const))(
    '%s is found at its line and column, and has nothing to say where all is well',
    async (_name, failure) => {
      const text = changed(failure.changes);
      const { problems } = await readContent(text);
      expect([...new Set(problems.map(({ ruleId }) => ruleId))].sort()).toEqual(
        [failure.id, ...(failure.also ?? [])].sort(),
      );
      const found = problems.find(({ ruleId }) => ruleId === failure.id);
      const [needle, skip = 0] = failure.at;
      expect({ line: found?.line, column: found?.column }).toEqual(placeOf(text, needle, skip));
      const good = await readContent(changed(failure.good ?? []));
      expect(good.problems).toEqual([]);
      expect(found?.severity).toBe(failure.severity ?? ruleFacts[failure.id].severity);
    },
  );
});
