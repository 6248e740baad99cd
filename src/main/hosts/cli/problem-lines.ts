// How the command line writes a problem. The words are the catalogue's.

import type { Problem } from '../../../shared/schema/problem.ts';
import type { Language } from '../../../shared/schema/settings.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';

/** Deeper paths say no more to a person. */
const longestPath = 120;

/** Place, rule and message; below them the element and what to do. */
export function problemLines(problem: Problem, language: Language): readonly string[] {
  const words = wordsForProblem(problem, language);
  const place = problem.line === null ? 'whole file' : `${String(problem.line)}:${String(problem.column ?? 1)}`;
  const path = problem.path ?? '';
  const shownPath = path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
  const second = [shownPath, words.suggestion === '' ? '' : `→ ${words.suggestion}`].filter((part) => part !== '');
  return [
    `  ${place}  ${problem.severity}  ${problem.ruleId}  ${words.message}`,
    ...(second.length === 0 ? [] : [`      ${second.join('  ')}`]),
  ];
}
