// Looks rules up by id, title or explanation. Pure; draws nothing.

import type { RuleEntry } from '../../../shared/schema/rules.ts';

/** A rule with its words in the chosen language. */
export interface WordedRule extends RuleEntry {
  readonly title: string;
  readonly explanation: string;
}

/** Rules in which every word of the search stands somewhere; those the organisation has set come first. */
export function findRules(rules: readonly WordedRule[], search: string): readonly WordedRule[] {
  const words = search
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const found = rules.filter(({ id, title, explanation }) => {
    const text = `${id} ${title} ${explanation}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return [
    ...found.filter(({ ownSeverity }) => ownSeverity !== null),
    ...found.filter(({ ownSeverity }) => ownSeverity === null),
  ];
}
