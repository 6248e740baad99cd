// A problem filter as SQL conditions, and the two functions that SQL lacks for it: a path's field, and text to look through.

import type { ProblemMatch } from '../../ports/store.ts';
import { fieldOfPath } from '../../domain/problem-field.ts';
import type { Db, SqlValue } from '../sqlite.ts';
import { searchNeedle, searchText } from '../text-keys.ts';

/** Conditions to put after a WHERE, with their values in order. */
export interface Conditions {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Teaches this connection `problem_field(path)` and `problem_text(…)`. Call once for each connection. */
export function addProblemFunctions(db: Db): void {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  db.function('problem_field', { deterministic: true }, (path: unknown) => fieldOfPath(text(path)));
  db.function('problem_text', { deterministic: true, varargs: true }, (...parts: unknown[]) =>
    searchText(parts.map(text)),
  );
}

/** True where only severity and rule are asked for: those are counted exactly, whatever is stored. */
export function isByRuleOnly(match: ProblemMatch): boolean {
  return match.fields.length === 0 && searchNeedle(match.search) === '';
}

/** Begins with ` AND` unless nothing is restricted. Columns are those of `problems`, without a prefix. */
export function conditionsOf(match: ProblemMatch): Conditions {
  const isIn = (name: string, wanted: readonly string[]) =>
    wanted.length === 0
      ? []
      : [{ sql: `${name} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(wanted)] }];
  const needle = searchNeedle(match.search);
  const parts = [
    ...isIn('severity', match.severities),
    ...isIn('rule_id', match.ruleIds),
    ...isIn('problem_field(path)', match.fields),
    ...(needle === ''
      ? []
      : [
          {
            sql: '(instr(problem_text(found, expected, invoice_number, path, rule_id), ?) > 0 OR rule_id IN (SELECT value FROM json_each(?)))',
            values: [needle, JSON.stringify(match.wordedRuleIds)],
          },
        ]),
  ];
  return { sql: parts.map(({ sql }) => ` AND ${sql}`).join(''), values: parts.flatMap(({ values }) => values) };
}
