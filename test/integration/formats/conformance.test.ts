// The W3C conformance suite through the check of `validate --well-formed`: what is not well-formed is refused, what is well-formed is taken, DOCTYPE never.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkWellFormed } from '../../../src/main/formats/check-well-formed.ts';
import type { FileRefusal } from '../../../src/main/ports/import-source.ts';
import { suiteDocuments } from '../../support/conformance-suite.ts';
import type { SuiteDocument } from '../../support/conformance-suite.ts';

/** Each uses `:` as a name, which XML allowed before it had namespaces. */
const withoutNamespaces = ['oasis/p04pass1.xml', 'oasis/p05pass1.xml', 'xmltest/valid/sa/out/012.xml'];
let documents: readonly SuiteDocument[];

beforeAll(() => {
  documents = suiteDocuments();
});

function check(path: string): Promise<FileRefusal | null> {
  return checkWellFormed(path, new AbortController().signal);
}

describe('the conformance suite', () => {
  it('has its ill-formed documents without DOCTYPE refused, each with a place inside it', async () => {
    const illFormed = documents.filter(({ isWellFormed, hasDoctype }) => !isWellFormed && !hasDoctype);
    expect(illFormed.length).toBe(243);
    for (const { name, path } of illFormed) {
      const refusal = await check(path);
      expect({ name, code: refusal?.error.code }).toEqual({ name, code: 'INVALID_XML' });
      const [problem] = refusal?.problems ?? [];
      // `other` would mean that the fault was not found again, and that its place is a guess.
      expect({ name, reason: problem?.params.reason }).not.toEqual({ name, reason: 'other' });
      const lines = readFileSync(path, 'utf8').split(/\r\n|\r|\n/);
      expect({ name, line: problem?.line }).toEqual({ name, line: expect.any(Number) as number });
      expect(problem?.line).toBeLessThanOrEqual(lines.length);
      expect(problem?.column).toBeLessThanOrEqual(Array.from(lines[(problem?.line ?? 1) - 1] ?? '').length + 1);
    }
  });

  it('has its well-formed documents without DOCTYPE taken, but for the three that namespaces forbid', async () => {
    const sound = documents.filter(({ isWellFormed, hasDoctype }) => isWellFormed && !hasDoctype);
    expect(sound.length).toBe(426);
    const refused: SuiteDocument[] = [];
    for (const document of sound) if ((await check(document.path)) !== null) refused.push(document);
    expect(refused.map(({ name }) => name).toSorted()).toEqual(withoutNamespaces);
    expect(refused.filter(({ hasNamespaces }) => hasNamespaces).map(({ name }) => name)).toEqual([]);
  });

  it('has its documents with DOCTYPE refused, because of it or of a fault before it', async () => {
    const withDoctype = documents.filter(({ hasDoctype }) => hasDoctype);
    expect(withDoctype.length).toBe(1681);
    let because = 0;
    for (const { name, path } of withDoctype) {
      const refusal = await check(path);
      expect({ name, code: refusal?.error.code }).toEqual({ name, code: 'INVALID_XML' });
      if (refusal?.problems[0]?.ruleId === 'core.xml.doctype') because++;
    }
    expect(because).toBeGreaterThan(withDoctype.length * 0.9);
  });
});
