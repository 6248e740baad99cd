// Words for a problem, by its rule and its facts. The texts themselves are shared with the command line and the reports.

import type { Problem } from '../../shared/schema/problem.ts';
import { wordsForProblem } from '../../shared/words/problem-words.ts';
import type { ProblemWords } from '../../shared/words/problem-words.ts';
import { useLanguage } from './use-words.ts';

/** What is wrong, what to do, and who can mend it, in the chosen language. */
export function useProblemWords(problem: Problem): ProblemWords {
  return wordsForProblem(problem, useLanguage());
}
