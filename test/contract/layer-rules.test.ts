// The layer rules hold in src/, and each of them really can be broken (test/fixtures/wrong-tree breaks them all).

import { cruise } from 'dependency-cruiser';
import type { ICruiseResult, IFlattenedRuleSet } from 'dependency-cruiser';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const wrongTree = fileURLToPath(new URL('../fixtures/wrong-tree', import.meta.url));

type RuleFile = Pick<IFlattenedRuleSet, 'forbidden'> & { readonly options: object };
const rules: RuleFile = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

describe('the layer rules', () => {
  it('hold in src/, and every source file there was read', async () => {
    const { modules, summary } = await check(root);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    const read = new Set(modules.map((module) => module.source));
    expect(sourceFiles().filter((file) => !read.has(file))).toEqual([]);
    expect(summary.totalDependenciesCruised ?? 0).toBeGreaterThan(0);
  });

  it('are all tripped by the wrong tree', async () => {
    const { summary } = await check(wrongTree);
    const tripped = new Set(summary.violations.map((violation) => violation.rule.name));
    const names = (rules.forbidden ?? []).map((rule) => rule.name ?? 'a rule without a name');
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name) => !tripped.has(name))).toEqual([]);
  });
});

async function check(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(['src'], {
    ...rules.options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: rules.forbidden ?? [] },
  });
  if (typeof output === 'string') throw new Error(`a report as text where an object was expected: ${output}`);
  return output;
}

/** Paths of the TypeScript files under src/, with forward slashes, as dependency-cruiser writes them. */
function sourceFiles(): readonly string[] {
  return readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
}
