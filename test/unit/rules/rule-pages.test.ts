// docs/rules says what the rules say; `npm run docs:rules` writes it again.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rulePages } from '../../../src/main/app/rule-pages.ts';
import { allRuleSets } from '../../../src/main/engine/channel-rules.ts';
import { languages } from '../../../src/shared/schema/settings.ts';
import { wordsForRule } from '../../../src/shared/words/problem-words.ts';
import { isRuleId, ruleFacts } from '../../../src/shared/words/rule-facts.ts';

const folder = join(import.meta.dirname, '../../../docs/rules');

describe('the pages of the rules', () => {
  it('are as the script writes them', () => {
    const pages = rulePages(allRuleSets);
    expect(readdirSync(folder).toSorted()).toEqual([...pages.keys()].toSorted());
    for (const [name, text] of pages) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });

  it('explain every rule in three languages, each in its own words', () => {
    for (const id of Object.keys(ruleFacts)) {
      if (!isRuleId(id)) throw new Error(id);
      const texts = languages.map((language) => wordsForRule(id, language));
      for (const { title, explanation } of texts) {
        expect(title.length).toBeGreaterThan(3);
        expect(explanation).toMatch(/^[^ ].{15,}\.$/u);
      }
      expect(new Set(texts.map(({ explanation }) => explanation)).size, id).toBe(3);
    }
  });
});
