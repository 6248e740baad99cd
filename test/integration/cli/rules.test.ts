// `utskick rules`: the list, one severity set and taken back, and what is refused.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleFacts } from '../../../src/shared/words/rule-facts.ts';
import { temporaryFolder, utskick } from '../../support/cli.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

interface Listed {
  readonly rules: readonly {
    id: string;
    ownSeverity: string | null;
    canBeSet: boolean;
    title: string;
    explanation: string;
  }[];
}

describe('utskick rules', () => {
  it('lists every rule with its words as JSON, without a data folder', async () => {
    const { code, stdout } = await utskick(['rules', '--json', '--language', 'sv']);
    expect(code).toBe(0);
    const { rules } = JSON.parse(stdout) as Listed;
    expect(rules.map(({ id }) => id)).toEqual(Object.keys(ruleFacts));
    expect(rules.find(({ id }) => id === 'BR-CO-15')).toMatchObject({ canBeSet: true, ownSeverity: null });
    for (const { title, explanation } of rules) expect(title.length * explanation.length).toBeGreaterThan(0);
  });

  it('sets a severity in a data folder, and refuses what can’t be set', async () => {
    const data = temporaryFolder();
    const set = await utskick(['rules', 'set', 'core.duedate.past', 'error', '--data', data]);
    expect(set).toMatchObject({ code: 0 });
    expect(set.stdout).toContain('error (was warning)');
    const listed = JSON.parse((await utskick(['rules', '--data', data, '--json'])).stdout) as Listed;
    expect(listed.rules.find(({ id }) => id === 'core.duedate.past')?.ownSeverity).toBe('error');
    const refused = await utskick(['rules', 'set', 'core.xml.wellformed', 'off', '--data', data]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('NOT_ALLOWED');
    expect((await utskick(['rules', 'set', 'core.duedate.past', 'loud'])).code).toBe(2);
    expect((await utskick(['rules', 'get'])).code).toBe(2);
  });

  it('judges validate by the severities of a folder that is named, and makes none that is not there', async () => {
    const data = temporaryFolder();
    await utskick(['rules', 'set', 'core.duedate.past', 'error', '--data', data]);
    const file = join(data, 'late.xml');
    writeFileSync(file, batchText([invoiceText({ issueDate: '2020-11-06', dueDate: '2020-12-06' })]));
    const alone = await utskick(['validate', file, '--json']);
    expect(alone).toMatchObject({ code: 0 });
    const judged = await utskick(['validate', file, '--json', '--data', data]);
    expect(judged).toMatchObject({ code: 1 });
    expect(judged.stdout).toContain('core.duedate.past');
    const nowhere = join(data, 'nothing-here');
    expect(await utskick(['validate', file, '--data', nowhere])).toMatchObject({ code: 0 });
    expect(existsSync(nowhere)).toBe(false);
  });
});
