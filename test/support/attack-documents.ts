// Documents made to exhaust, to fetch or to read what is not theirs, as files an operator might be given. For the test and the bench.

import { batchText, invoiceText } from '../unit/formats/gasel-text.ts';

/** Where the documents point: a file that is not theirs, and an address that counts its callers. */
export interface AttackTargets {
  readonly secretUrl: string;
  readonly address: string;
}

/** A document that must be refused: its name, how its text is made, and the problem it must give. */
export interface RefusedAttack {
  readonly name: string;
  readonly text: () => string;
  readonly ruleId: string;
  readonly limit?: string;
}

/** A document that is read as text, and nothing it names is fetched. */
export interface HarmlessAttack {
  readonly name: string;
  readonly text: () => string;
}

/** A GASEL batch with something before its root, in its root's tag, and in its second invoice. */
function batch({ prolog = '', attributes = '', extra = '' }): string {
  return batchText([invoiceText(), invoiceText({ id: '1002', extra })])
    .replace('<InvoiceBatch', `${prolog}<InvoiceBatch`)
    .replace(':1.0">', `:1.0"${attributes}>`);
}

const laughs = Array.from(
  { length: 10 },
  (_, index) => `<!ENTITY l${String(index + 1)} "${`&l${String(index)};`.repeat(10)}">`,
).join('');

type Row = readonly [name: string, text: () => string, problem: { readonly ruleId: string; readonly limit?: string }];

/** Everything that must be refused. */
export function refusedAttacks({ secretUrl, address }: AttackTargets): readonly RefusedAttack[] {
  return [...withDoctype(secretUrl, address), ...exhausting].map(([name, text, problem]) => ({
    name,
    text,
    ...problem,
  }));
}

function withDoctype(secretUrl: string, address: string): readonly Row[] {
  return [
    [
      'billion laughs',
      () => batch({ prolog: `<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]>`, extra: '<Note>&l10;</Note>' }),
      { ruleId: 'core.xml.doctype' },
    ],
    [
      'quadratic blow-up',
      () =>
        batch({
          prolog: `<!DOCTYPE a [<!ENTITY a "${'a'.repeat(100_000)}">]>`,
          extra: `<Note>${'&a;'.repeat(50_000)}</Note>`,
        }),
      { ruleId: 'core.xml.doctype' },
    ],
    [
      'an external entity',
      () => batch({ prolog: `<!DOCTYPE a [<!ENTITY x SYSTEM "${secretUrl}">]>`, extra: '<Note>&x;</Note>' }),
      { ruleId: 'core.xml.doctype' },
    ],
    [
      'an external entity on the network',
      () => batch({ prolog: `<!DOCTYPE a [<!ENTITY x SYSTEM "${address}">]>`, extra: '<Note>&x;</Note>' }),
      { ruleId: 'core.xml.doctype' },
    ],
    [
      'an external parameter entity',
      () => batch({ prolog: `<!DOCTYPE a [<!ENTITY % x SYSTEM "${address}"> %x;]>` }),
      { ruleId: 'core.xml.doctype' },
    ],
    [
      'an external DTD',
      () => batch({ prolog: `<!DOCTYPE InvoiceBatch SYSTEM "${address}">` }),
      { ruleId: 'core.xml.doctype' },
    ],
    [
      'a public DTD',
      () => batch({ prolog: `<!DOCTYPE InvoiceBatch PUBLIC "-//X//Y" "${address}">` }),
      { ruleId: 'core.xml.doctype' },
    ],
    [
      'a DOCTYPE of 50 MB',
      () => batch({ prolog: `<!DOCTYPE a [<!-- ${'x'.repeat(50_000_000)} -->]>` }),
      { ruleId: 'core.xml.doctype' },
    ],
  ];
}

const exhausting: readonly Row[] = [
  ['an entity nobody declared', () => batch({ extra: '<Note>&x;</Note>' }), { ruleId: 'core.xml.wellformed' }],
  [
    '100,000 levels',
    () => batch({ extra: '<a>'.repeat(100_000) + '</a>'.repeat(100_000) }),
    { ruleId: 'core.xml.limit', limit: 'depth' },
  ],
  [
    '100,000 levels never closed',
    () => batch({ extra: '<a>'.repeat(100_000) }),
    { ruleId: 'core.xml.limit', limit: 'depth' },
  ],
  [
    '100,000 levels with namespaces',
    () =>
      batch({
        extra: Array.from({ length: 100_000 }, (_, at) => `<p${String(at)}:a xmlns:p${String(at)}="u">`).join(''),
      }),
    { ruleId: 'core.xml.limit', limit: 'depth' },
  ],
  [
    '200,000 attributes',
    () => batch({ extra: `<a ${manyAttributes(200_000)}/>` }),
    { ruleId: 'core.xml.limit', limit: 'attributes' },
  ],
  [
    '200,000 attributes of the root',
    () => batch({ attributes: ` ${manyAttributes(200_000)}` }),
    { ruleId: 'core.xml.limit', limit: 'attributes' },
  ],
  [
    '200,000 namespaces',
    () => batch({ extra: `<a ${manyAttributes(200_000).replaceAll('a', 'xmlns:a').replaceAll('""', '"u"')}/>` }),
    { ruleId: 'core.xml.limit', limit: 'attributes' },
  ],
  [
    'an attribute of 20 MB',
    () => batch({ extra: `<a b="${'x'.repeat(20_000_000)}"/>` }),
    { ruleId: 'core.xml.limit', limit: 'valueLength' },
  ],
  [
    'an attribute of 20 MB in references',
    () => batch({ extra: `<a b="${'&#x41;'.repeat(3_500_000)}"/>` }),
    { ruleId: 'core.xml.limit', limit: 'valueLength' },
  ],
  [
    'an attribute that never ends',
    () =>
      batch({ extra: `<a b="${'x '.repeat(10_000_000)}` })
        .replaceAll('"', "'")
        .replaceAll('&', ''),
    { ruleId: 'core.xml.limit', limit: 'valueLength' },
  ],
  [
    'a name of 20 MB',
    () => batch({ extra: `<${'n'.repeat(20_000_000)}/>` }),
    { ruleId: 'core.xml.limit', limit: 'nameLength' },
  ],
  [
    'an attribute name of 20 MB',
    () => batch({ extra: `<a ${'n'.repeat(20_000_000)}=""/>` }),
    { ruleId: 'core.xml.limit', limit: 'nameLength' },
  ],
  ['a comment of 30 MB', () => batch({ extra: `<!--${'x'.repeat(30_000_000)}-->` }), { ruleId: 'core.xml.limit' }],
  ['an instruction of 30 MB', () => batch({ extra: `<?p ${'x'.repeat(30_000_000)}?>` }), { ruleId: 'core.xml.limit' }],
  [
    'CDATA of 30 MB',
    () => batch({ extra: `<Note><![CDATA[${'x'.repeat(30_000_000)}]]></Note>` }),
    { ruleId: 'core.xml.limit' },
  ],
  [
    'a reference of 30 MB',
    () => batch({ extra: `<Note>&#${'0'.repeat(30_000_000)}65;</Note>` }),
    { ruleId: 'core.xml.wellformed' },
  ],
];

function manyAttributes(count: number): string {
  return Array.from({ length: count }, (_, at) => `a${String(at)}=""`).join(' ');
}

/** Everything that is only text here. */
export function harmlessAttacks({ secretUrl, address }: AttackTargets): readonly HarmlessAttack[] {
  const rows: readonly (readonly [string, Parameters<typeof batch>[0]])[] = [
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
    ['a RELAX NG schema on the network', { prolog: `<?xml-model href="${address}"?>` }],
    ['xml:base on the network', { attributes: ` xml:base="${address}"` }],
  ];
  return rows.map(([name, parts]) => ({ name, text: () => batch(parts) }));
}
