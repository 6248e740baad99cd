// A problem filter as the store takes it: the text that is looked for may also stand in a rule's title, which the store does not know.

import type { ProblemFilter } from '../../shared/schema/problem.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { wordsForProblem } from '../../shared/words/problem-words.ts';
import { ruleFacts } from '../../shared/words/rule-facts.ts';
import type { ProblemMatch } from '../ports/store.ts';

/** Finds the rules whose title in this language holds the text, letters' case aside. */
export function matchOf(filter: ProblemFilter, language: Language): ProblemMatch {
  const { severities, ruleIds, fields, search } = filter;
  const needle = search.trim().toLowerCase();
  const worded =
    needle === ''
      ? []
      : Object.keys(ruleFacts).filter((ruleId) =>
          wordsForProblem({ ruleId, found: null, expected: null, params: {} }, language)
            .title.toLowerCase()
            .includes(needle),
        );
  return { severities, ruleIds, fields, search, wordedRuleIds: worded };
}
