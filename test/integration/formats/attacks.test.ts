// Documents made to exhaust, to fetch or to read what is not theirs: refused or harmless, in bounded time and memory, without network.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { checkWellFormed } from '../../../src/main/formats/check-well-formed.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';
import { readPath } from '../../unit/formats/read-text.ts';
import type { ReadOutcome } from '../../unit/formats/read-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'utskick-attacks-'));
const secret = 'Only the owner reads this line.';
const secretPath = join(folder, 'secret.txt');
writeFileSync(secretPath, secret);
const secretUrl = pathToFileURL(secretPath).href;

/** Whoever follows an address in a document ends up here. */
let callers = 0;
const server = createServer((socket) => {
  callers++;
  socket.destroy();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/x`;

afterEach(() => {
  expect(callers).toBe(0);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** A GASEL batch with something before its root, in its root's tag, and in its second invoice. */
function batch({ prolog = '', attributes = '', extra = '' }): string {
  return batchText([invoiceText(), invoiceText({ id: '1002', extra })])
    .replace('<InvoiceBatch', `${prolog}<InvoiceBatch`)
    .replace(':1.0">', `:1.0"${attributes}>`);
}

async function read(name: string, text: string): Promise<ReadOutcome & { readonly path: string }> {
  const path = join(folder, `${name.replaceAll(/\W/g, '-')}.xml`);
  writeFileSync(path, text);
  return { path, ...(await readPath(path)) };
}

const laughs = Array.from(
  { length: 10 },
  (_, index) => `<!ENTITY l${String(index + 1)} "${`&l${String(index)};`.repeat(10)}">`,
).join('');

const refused: readonly (readonly [string, string, { readonly ruleId: string; readonly limit?: string }])[] = [
  [
    'billion laughs',
    batch({ prolog: `<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]>`, extra: '<Note>&l10;</Note>' }),
    { ruleId: 'core.xml.doctype' },
  ],
  [
    'quadratic blow-up',
    batch({
      prolog: `<!DOCTYPE a [<!ENTITY a "${'a'.repeat(100_000)}">]>`,
      extra: `<Note>${'&a;'.repeat(50_000)}</Note>`,
    }),
    { ruleId: 'core.xml.doctype' },
  ],
  [
    'an external entity',
    batch({ prolog: `<!DOCTYPE a [<!ENTITY x SYSTEM "${secretUrl}">]>`, extra: '<Note>&x;</Note>' }),
    { ruleId: 'core.xml.doctype' },
  ],
  [
    'an external entity on the network',
    batch({ prolog: `<!DOCTYPE a [<!ENTITY x SYSTEM "${address}">]>`, extra: '<Note>&x;</Note>' }),
    { ruleId: 'core.xml.doctype' },
  ],
  [
    'an external parameter entity',
    batch({ prolog: `<!DOCTYPE a [<!ENTITY % x SYSTEM "${address}"> %x;]>` }),
    { ruleId: 'core.xml.doctype' },
  ],
  ['an external DTD', batch({ prolog: `<!DOCTYPE InvoiceBatch SYSTEM "${address}">` }), { ruleId: 'core.xml.doctype' }],
  [
    'a public DTD',
    batch({ prolog: `<!DOCTYPE InvoiceBatch PUBLIC "-//X//Y" "${address}">` }),
    { ruleId: 'core.xml.doctype' },
  ],
  [
    'a DOCTYPE of 50 MB',
    batch({ prolog: `<!DOCTYPE a [<!-- ${'x'.repeat(50_000_000)} -->]>` }),
    { ruleId: 'core.xml.doctype' },
  ],
  ['an entity nobody declared', batch({ extra: '<Note>&x;</Note>' }), { ruleId: 'core.xml.wellformed' }],
  [
    '100,000 levels',
    batch({ extra: '<a>'.repeat(100_000) + '</a>'.repeat(100_000) }),
    { ruleId: 'core.xml.limit', limit: 'depth' },
  ],
  [
    '100,000 levels never closed',
    batch({ extra: '<a>'.repeat(100_000) }),
    { ruleId: 'core.xml.limit', limit: 'depth' },
  ],
  [
    '100,000 levels with namespaces',
    batch({
      extra: Array.from({ length: 100_000 }, (_, at) => `<p${String(at)}:a xmlns:p${String(at)}="u">`).join(''),
    }),
    { ruleId: 'core.xml.limit', limit: 'depth' },
  ],
  [
    '200,000 attributes',
    batch({ extra: `<a ${manyAttributes(200_000)}/>` }),
    { ruleId: 'core.xml.limit', limit: 'attributes' },
  ],
  [
    '200,000 attributes of the root',
    batch({ attributes: ` ${manyAttributes(200_000)}` }),
    { ruleId: 'core.xml.limit', limit: 'attributes' },
  ],
  [
    '200,000 namespaces',
    batch({ extra: `<a ${manyAttributes(200_000).replaceAll('a', 'xmlns:a').replaceAll('""', '"u"')}/>` }),
    { ruleId: 'core.xml.limit', limit: 'attributes' },
  ],
  [
    'an attribute of 20 MB',
    batch({ extra: `<a b="${'x'.repeat(20_000_000)}"/>` }),
    { ruleId: 'core.xml.limit', limit: 'valueLength' },
  ],
  [
    'an attribute of 20 MB in references',
    batch({ extra: `<a b="${'&#x41;'.repeat(3_500_000)}"/>` }),
    { ruleId: 'core.xml.limit', limit: 'valueLength' },
  ],
  [
    'an attribute that never ends',
    batch({ extra: `<a b="${'x '.repeat(10_000_000)}` })
      .replaceAll('"', "'")
      .replaceAll('&', ''),
    { ruleId: 'core.xml.limit', limit: 'valueLength' },
  ],
  [
    'a name of 20 MB',
    batch({ extra: `<${'n'.repeat(20_000_000)}/>` }),
    { ruleId: 'core.xml.limit', limit: 'nameLength' },
  ],
  [
    'an attribute name of 20 MB',
    batch({ extra: `<a ${'n'.repeat(20_000_000)}=""/>` }),
    { ruleId: 'core.xml.limit', limit: 'nameLength' },
  ],
  ['a comment of 30 MB', batch({ extra: `<!--${'x'.repeat(30_000_000)}-->` }), { ruleId: 'core.xml.limit' }],
  ['an instruction of 30 MB', batch({ extra: `<?p ${'x'.repeat(30_000_000)}?>` }), { ruleId: 'core.xml.limit' }],
  [
    'CDATA of 30 MB',
    batch({ extra: `<Note><![CDATA[${'x'.repeat(30_000_000)}]]></Note>` }),
    { ruleId: 'core.xml.limit' },
  ],
  [
    'a reference of 30 MB',
    batch({ extra: `<Note>&#${'0'.repeat(30_000_000)}65;</Note>` }),
    { ruleId: 'core.xml.wellformed' },
  ],
];

function manyAttributes(count: number): string {
  return Array.from({ length: count }, (_, at) => `a${String(at)}=""`).join(' ');
}

describe('an attack that must be refused', () => {
  it.each(refused)(
    'is refused by import and by the check: %s',
    { timeout: 20_000 },
    async (name, text, { ruleId, limit }) => {
      const { path, result, rows } = await read(name, text);
      const check = await checkWellFormed(path, new AbortController().signal);
      const problem = { ruleId, ...(limit === undefined ? {} : { params: { limit } }) };
      expect(result).toMatchObject({ ok: false, refusal: { error: { code: 'INVALID_XML' }, problems: [problem] } });
      expect(check).toMatchObject({ error: { code: 'INVALID_XML' }, problems: [problem] });
      expect(JSON.stringify([result, rows, check])).not.toContain(secret);
    },
  );

  it('needs no more memory than any other file', { timeout: 60_000 }, async () => {
    const paths = refused.map(([name, text]) => {
      const path = join(folder, `${name.replaceAll(/\W/g, '-')}.xml`);
      writeFileSync(path, text);
      return path;
    });
    const main = join(import.meta.dirname, '../../../src/main/hosts/cli/main.ts');
    // A heap that holds none of the large ones; running out of it would end the process with a signal.
    const ran = await promisify(execFile)(
      process.execPath,
      ['--max-old-space-size=64', main, 'validate', '--well-formed', '--json', ...paths],
      { maxBuffer: 64_000_000 },
    ).catch((error: unknown) => error as { code: number; stdout: string });
    expect('code' in ran && ran.code).toBe(1);
    const { files } = JSON.parse(ran.stdout) as {
      readonly files: readonly { readonly error: { readonly code: string } }[];
    };
    expect(files.map(({ error }) => error.code)).toEqual(paths.map(() => 'INVALID_XML'));
  });
});

describe('an attack that is only text here', () => {
  it.each([
    [
      'XInclude of a file',
      { extra: `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${secretUrl}" parse="text"/>` },
    ],
    [
      'XInclude inside a value',
      {
        extra: `<Note>a<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${secretUrl}" parse="text"/></Note>`,
      },
    ],
    [
      'XInclude from the network',
      { extra: `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${address}"/>` },
    ],
    [
      'schemaLocation on the network',
      {
        attributes: ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:ediel:se:electricity:invoice:1.0 ${address}"`,
      },
    ],
    [
      'noNamespaceSchemaLocation on the network',
      {
        attributes: ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="${address}"`,
      },
    ],
    ['a style sheet on the network', { prolog: `<?xml-stylesheet type="text/xsl" href="${address}"?>` }],
    ['an RELAX NG schema on the network', { prolog: `<?xml-model href="${address}"?>` }],
    ['xml:base on the network', { attributes: ` xml:base="${address}"` }],
  ])('is read without following it: %s', async (name, parts) => {
    const { path, result, rows, problems } = await read(name, batch(parts));
    expect(result).toMatchObject({ ok: true, file: { invoiceCount: 2 } });
    expect(rows).toHaveLength(2);
    expect(await checkWellFormed(path, new AbortController().signal)).toBeNull();
    expect(JSON.stringify([result, rows, problems])).not.toContain(secret);
  });
});
