// The organisation's own severities change findings at import, but never what the program itself needs.

import { describe, expect, it } from 'vitest';
import { checksWith } from '../../../src/main/app/rule-sets.ts';
import { channelRules } from '../../../src/main/engine/channel-rules.ts';
import { withOwnSeverities } from '../../../src/main/domain/rules/own-severities.ts';
import type { OwnSeverity } from '../../../src/shared/schema/rules.ts';
import { canSetSeverity } from '../../../src/shared/schema/rules.ts';
import { ruleFacts } from '../../../src/shared/words/rule-facts.ts';
import { readFile } from '../../../src/main/formats/read-file.ts';
import type { Problem } from '../../../src/shared/schema/problem.ts';
import { batchText, invoiceText } from '../formats/gasel-text.ts';
import { profiles, withFile } from '../formats/read-text.ts';
import { standardText } from './standard-text.ts';

function problemsOf(text: string, own: Readonly<Record<string, OwnSeverity>>): Promise<readonly Problem[]> {
  return withFile(text, async (path) => {
    const problems: Problem[] = [];
    await readFile(path, {
      profiles: profiles(),
      rules: checksWith(channelRules, undefined),
      today: '2026-11-21',
      severities: new Map(Object.entries(own)),
      signal: new AbortController().signal,
      onChunk: (chunk) => {
        problems.push(...chunk.problems);
        return Promise.resolve();
      },
    });
    return problems;
  });
}

describe('an organisation’s own severities', () => {
  const late = batchText([invoiceText({ dueDate: '2026-11-20' })]);

  it('make a warning an error, an information, or nothing at all', async () => {
    expect(await problemsOf(late, { 'core.duedate.past': 'error' })).toMatchObject([{ severity: 'error' }]);
    expect(await problemsOf(late, { 'core.duedate.past': 'info' })).toMatchObject([{ severity: 'info' }]);
    expect(await problemsOf(late, { 'core.duedate.past': 'off' })).toEqual([]);
    expect(await problemsOf(late, {})).toMatchObject([{ severity: 'warning' }]);
  });

  it('leave an amount that can’t be read an error, also under the standard’s name for it', async () => {
    const text = standardText().replace('128.00', '128.001');
    expect(await problemsOf(text, { 'BR-DEC-18': 'off' })).toMatchObject([{ ruleId: 'BR-DEC-18', severity: 'error' }]);
    const readable = standardText().replace('128.00', '128.000');
    expect(await problemsOf(readable, { 'BR-DEC-18': 'off' })).toEqual([]);
  });

  it('do not touch the list when nothing is set, so that an import pays nothing for them', () => {
    const findings = [] as const;
    expect(withOwnSeverities(findings, undefined)).toBe(findings);
    expect(withOwnSeverities(findings, new Map())).toBe(findings);
  });

  it('can’t be set for what the program needs: readable files, values that parse, single numbers', () => {
    const fixed = Object.keys(ruleFacts).filter((id) => !canSetSeverity(id));
    for (const id of [
      'core.xml.wellformed',
      'core.encoding',
      'core.required',
      'core.type.decimal',
      'core.duplicate.store',
      'BR-02',
    ])
      expect(fixed).toContain(id);
    for (const id of ['core.duedate.past', 'core.total.payable', 'BR-CO-15', 'SE-R-013'])
      expect(fixed).not.toContain(id);
    expect(canSetSeverity('no.such.rule')).toBe(false);
  });
});
