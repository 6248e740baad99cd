// `npm run docs`: writes docs/formats from the profiles: the JSON Schema, a page for each profile, and the table in the README.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sampleFormats } from '../src/main/domain/sample/sample-formats.ts';
import type { SampleFormat } from '../src/main/domain/sample/sample-formats.ts';
import { conditionText } from '../src/main/formats/compile-dialects.ts';
import { loadProfiles } from '../src/main/formats/load-profiles.ts';
import type { LoadedProfile } from '../src/main/formats/load-profiles.ts';
import { entriesOf } from '../src/main/formats/own-profiles.ts';
import { headerFields, invoiceFields, invoiceLists } from '../src/main/formats/profile-fields.ts';
import type { FieldTypes, ListShape } from '../src/main/formats/profile-fields.ts';
import { profileSchema } from '../src/main/formats/profile-schema.ts';
import type { Dialect, ProfileField, ProfileList } from '../src/main/formats/profile-schema.ts';
import type { FormatEntry } from '../src/shared/schema/format.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'formats');

/** Which sample shows which format. */
const samples: Readonly<Record<string, SampleFormat>> = {
  'gasel-1.0': 'gasel',
  'xellent-1': 'xellent',
  'zynergy-1': 'zynergy',
  'ubl-invoice-2.1': 'ubl',
  'peppol-bis-3': 'peppol-bis',
  'ehf-3': 'ehf',
  'ehf-forward-billing-3': 'ehf-forward-billing',
  'ehf-2': 'ehf-2',
  'oioubl-2': 'oioubl',
  'svefaktura-1.0': 'svefaktura',
  'swedwise-statements': 'swedwise',
  'sendregning-invoices': 'sendregning',
  'en-16931': 'en-16931',
  'ubl-creditnote-2.1': 'ubl-creditnote',
  'en-16931-creditnote': 'en-16931-creditnote',
  'peppol-bis-3-creditnote': 'peppol-bis-creditnote',
  'ehf-3-creditnote': 'ehf-creditnote',
  'ehf-forward-billing-3-creditnote': 'ehf-forward-billing-creditnote',
  'ehf-2-creditnote': 'ehf-2-creditnote',
  'oioubl-2-creditnote': 'oioubl-creditnote',
};

const start = '<!-- formats: written by npm run docs -->';
const end = '<!-- formats: end -->';

/** Every generated file by its name in docs/formats. The README keeps what stands outside the marks. */
export function formatDocs(): ReadonlyMap<string, string> {
  const loaded = loadProfiles(join(root, 'resources', 'profiles'));
  if (!loaded.ok) throw new Error(loaded.error.message);
  const { all } = loaded.value;
  const unknown = Object.values(samples).filter((name) => !sampleFormats.includes(name));
  if (unknown.length > 0) throw new Error(`There is no sample ${unknown.join(', ')}.`);
  const files = new Map<string, string>();
  files.set('profile.schema.json', `${JSON.stringify(profileJsonSchema(), null, 2)}\n`);
  files.set('fields.md', fieldsPage());
  for (const profile of all) files.set(`${profile.compiled.profile.id}.md`, pageOf(profile));
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < 0) throw new Error('docs/formats/README.md has lost its marks.');
  files.set('README.md', `${readme.slice(0, from)}${start}\n\n${table(all)}\n\n${readme.slice(to)}`);
  return files;
}

/** The published schema: what zod checks, with the fields' names listed so that editors can offer them. */
function profileJsonSchema(): object {
  const schema = z.toJSONSchema(profileSchema, { io: 'input' });
  const names = { header: headerFields, fields: invoiceFields };
  const properties: Readonly<Record<string, object>> = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([key, value]) => [
      key,
      typeof value === 'object' && (key === 'header' || key === 'fields')
        ? { ...value, propertyNames: { enum: Object.keys(names[key]) } }
        : key === 'lists' && typeof value === 'object'
          ? { ...value, propertyNames: { enum: Object.keys(invoiceLists) } }
          : (value as object),
    ]),
  );
  return { ...schema, title: 'Utskick format profile', properties };
}

function table(all: readonly LoadedProfile[]): string {
  const rows = all.flatMap((profile) => entriesOf(profile).map((entry) => rowOf(entry, profile)));
  return [
    '| format | detected by | parsed | validated | positions | sample file | source of the profile |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    csvRow,
  ].join('\n');
}

/** The one format that is no profile. */
const csvRow =
  '| [Swedwise CSV](swedwise-csv.md) | a header line with the columns of an invoice | one invoice a row | all rules; not released: the format lacks fields | every field | [swedwise.csv](swedwise.csv) | assumed |';

function rowOf(entry: FormatEntry, { compiled: { profile, isSingleInvoice } }: LoadedProfile): string {
  const where = entry.namespace === '' ? ' without a namespace' : ` in \`${entry.namespace}\``;
  const detected =
    entry.condition === null ? `\`${entry.root}\`${where}` : `\`${entry.root}\`, ${code(entry.condition)}`;
  const sample = samples[entry.id];
  const kind = profile.kind === 'creditNote' ? ' credit note' : '';
  return `| ${[
    `[${entry.format} ${entry.version}${kind}](${entry.profileId}.md)`,
    detected,
    isSingleInvoice ? 'one invoice a file' : 'many invoices a file',
    entry.missingFields.length === 0 ? 'all rules' : 'all rules; not released: the format lacks fields',
    'every field',
    sample === undefined ? '' : `\`utskick sample --format ${sample}\``,
    entry.status === 'assumed' ? 'assumed' : 'public standard',
  ].join(' | ')} |`;
}

function pageOf(loaded: LoadedProfile): string {
  const { profile, missingFields } = loaded.compiled;
  const lists = Object.entries(profile.lists).flatMap(([name, list]) => listSection(name, list));
  const parts = [
    `# ${profile.format} ${profile.version}${profile.kind === 'creditNote' ? ' credit note' : ''}`,
    'Written from the profile by `npm run docs`; do not edit.',
    facts([
      ['Profile', `[\`${profile.id}.json\`](../../resources/profiles/${profile.id}.json)`],
      ['Vendor', profile.vendor],
      ['Status', profile.status === 'assumed' ? 'assumed: no real file has been seen' : 'public standard'],
      ['Source', profile.source ?? ''],
      ['Root', `\`${profile.root}\``],
      [
        'Namespaces',
        Object.entries(profile.namespaces)
          .map(
            ([prefix, uri]) =>
              `${prefix === '' ? 'no prefix' : `\`${prefix}:\``} = ${uri === '' ? 'none' : `\`${uri}\``}`,
          )
          .join('<br>'),
      ],
      [
        'Invoice',
        profile.invoice === null ? 'the root itself: one invoice a file' : `\`${profile.invoice}\`, any number of them`,
      ],
      ['Dates', profile.dates ?? 'YYYY-MM-DD'],
      ['Decimal mark', profile.decimals ?? 'point'],
      [
        'Sample',
        samples[profile.id] === undefined
          ? ''
          : `\`npx utskick sample --invoices 3 --format ${samples[profile.id] ?? ''} --out …\``,
      ],
    ]),
    ...(missingFields.length === 0
      ? []
      : [
          `**Not released.** The format has no ${missingFields.join(', ')}: every invoice says so with \`core.format.incomplete\`.`,
        ]),
    ...(profile.notes === undefined ? [] : [profile.notes.map((note) => `- ${note}`).join('\n')]),
    ...(profile.dialects === undefined ? [] : ['## Dialects', dialectTable(profile.dialects)]),
    ...(Object.keys(profile.header).length === 0 ? [] : ['## Batch', fieldTable(profile.header)]),
    '## Invoice',
    fieldTable(profile.fields),
    ...(profile.rows === undefined
      ? []
      : [
          '## Rows',
          [
            '| element | text | kind |',
            '|---|---|---|',
            ...profile.rows.map((row) => `| \`${row.path}\` | ${row.description} | ${row.kind} |`),
          ].join('\n'),
        ]),
    ...lists,
    ...(profile.derive === undefined
      ? []
      : [
          '## Derived sums',
          Object.entries(profile.derive)
            .map(
              ([name, from]) =>
                `- \`${name}\`: ${from === 'rows' ? 'the sum of the rows' : 'the amount to pay, without rounding and prepayment'}`,
            )
            .join('\n'),
        ]),
    ...(profile.skipRules === undefined
      ? []
      : ['## Rules that are not applied', profile.skipRules.map((rule) => `- \`${rule}\``).join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function facts(rows: readonly (readonly [string, string])[]): string {
  return [
    '| | |',
    '|---|---|',
    ...rows.filter(([, text]) => text !== '').map(([name, text]) => `| ${name} | ${text} |`),
  ].join('\n');
}

function dialectTable(dialects: readonly Dialect[]): string {
  const rows = dialects.map(({ format, version, vendor, when, fields, lists, roundingInGross }) => {
    const moves = [
      ...Object.entries(fields ?? {}),
      ...Object.entries(lists ?? {}).flatMap(([list, each]) =>
        Object.entries(each).map(([name, from]) => [`${list}.${name}`, from] as const),
      ),
    ].map(([name, from]) => (from === null ? `no \`${name}\`` : `\`${name}\` is read from \`${from}\``));
    const own = [...moves, ...(roundingInGross === true ? ['the total with VAT holds the rounding'] : [])].join('; ');
    return `| ${format} ${version} | ${vendor} | ${when.map((each) => code(conditionText(each))).join('<br>')} | ${own} |`;
  });
  return ['| format | vendor | told by | what differs |', '|---|---|---|---|', ...rows].join('\n');
}

function listSection(name: string, list: ProfileList): string[] {
  const inner = Object.entries(list.lists ?? {}).flatMap(([each, below]) => listSection(`${name} › ${each}`, below));
  return [`## List: ${name}`, `Each \`${list.element}\`:`, fieldTable(list.fields), ...inner];
}

function fieldTable(fields: Readonly<Record<string, ProfileField>>): string {
  const rows = Object.entries(fields).map(([name, field]) => {
    const paths = field.path === undefined ? [] : [field.path].flat();
    const remarks = [
      field.required === true ? 'required' : '',
      field.default === undefined ? '' : `\`${field.default}\` when absent`,
      ...[field.values, field.aliases].map((map) =>
        map === undefined
          ? ''
          : Object.entries(map)
              .map(([from, to]) => `${from} = ${to}`)
              .join(', '),
      ),
    ];
    return `| \`${name}\` | ${paths.map(code).join(' or ')} | ${field.type} | ${remarks.filter((each) => each !== '').join('; ')} |`;
  });
  return ['| field | path | type | |', '|---|---|---|---|', ...rows].join('\n');
}

function fieldsPage(): string {
  const lists = Object.entries(invoiceLists).flatMap(([name, shape]) => shapeSection(name, shape));
  return `${[
    '# Fields a profile can fill',
    'Written by `npm run docs`; do not edit. A field must have the type given here.',
    '## Batch (`header`)',
    typeTable(headerFields),
    '## Invoice (`fields`)',
    typeTable(invoiceFields),
    ...lists,
  ].join('\n\n')}\n`;
}

function shapeSection(name: string, shape: ListShape): string[] {
  const inner = Object.entries(shape.lists).flatMap(([each, below]) => shapeSection(`${name} › ${each}`, below));
  return [`## List: ${name}`, typeTable(shape.fields), ...inner];
}

function typeTable(types: FieldTypes): string {
  return [
    '| field | type |',
    '|---|---|',
    ...Object.entries(types).map(([name, type]) => `| \`${name}\` | ${type} |`),
  ].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

if (import.meta.main) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of formatDocs()) writeFileSync(join(folder, name), text);
}
