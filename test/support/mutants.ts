// Documents of every format at hand, broken at random, and a reading of them that must end in a result or in a refusal with a place.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { generateSampleBatch, generateSampleFiles } from '../../src/main/domain/sample/generate-sample-batch.ts';
import { sampleFormats, sampleWriters } from '../../src/main/domain/sample/sample-formats.ts';
import type { SampleFormat } from '../../src/main/domain/sample/sample-formats.ts';
import type { ProfileSet } from '../../src/main/formats/load-profiles.ts';
import { createFileDecoder, detectEncoding } from '../../src/main/formats/xml-encoding.ts';
import { readInPieces } from '../property/formats/pieces.ts';
import type { PiecesOutcome } from '../property/formats/pieces.ts';

/** Where sample documents lie; a format that puts one there is mutated from then on. */
const sampleFolders = ['test/fixtures/formats', 'resources/samples'].map((folder) =>
  join(import.meta.dirname, '../..', folder),
);
/** Larger samples would make a round slow and teach nothing new. */
const largestSampleBytes = 40_000;

/** A small sample of every format, generated ones and files; in UTF-8, and the first also in other encodings. */
export function mutationSamples(): readonly Buffer[] {
  const texts = sampleFormats.map(sampleText);
  for (const folder of sampleFolders) texts.push(...xmlTextsIn(folder));
  const [first = ''] = texts;
  return [
    ...texts.map((text) => Buffer.from(text)),
    Buffer.from(`\ufeff${first.replaceAll('\n', '\r\n')}`),
    Buffer.from(`\ufeff${first.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
    Buffer.from(first.replace('UTF-8', 'ISO-8859-1'), 'latin1'),
    Buffer.from(first.replace('UTF-8', 'windows-1252').replaceAll('\n', ''), 'latin1'),
  ];
}

function sampleText(format: SampleFormat): string {
  const { isSingleInvoice, takesErrors } = sampleWriters[format];
  const options = { invoices: 2, errors: takesErrors ? 1 : 0, seed: 3, format };
  if (!isSingleInvoice) return Array.from(generateSampleBatch(options)).join('');
  return Array.from(generateSampleFiles(options))[0]?.text ?? '';
}

function xmlTextsIn(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml'))
    .map((name) => readFileSync(join(folder, name)))
    .filter(({ length }) => length <= largestSampleBytes)
    .map((bytes) => bytes.toString('utf8'));
}

const tokens = [
  ...['<', '>', '&', '"', "'", '=', '/', ' ', '\n', '\r', '\r\n', '\t', ':', ']', '-', '?', '!', '#', ';'],
  ...[
    '<!--',
    '-->',
    '--',
    ']]>',
    '<![CDATA[',
    '<?',
    '?>',
    '</',
    '/>',
    '<!DOCTYPE a>',
    '<!ENTITY a "b">',
    '<?xml version="1.0"?>',
  ],
  ...[
    '&amp;',
    '&#0;',
    '&#x110000;',
    '&#xD800;',
    '&#65;',
    '&nbsp;',
    '&x',
    'xmlns:a=""',
    ' xmlns=""',
    ' xmlns:xml="u"',
    ' a="1" a="2"',
  ],
  ...['\0', '\u0001', '\u007f', '\u0085', '\u2028', '\ufeff', '\ufffe', '\uffff', '😀', 'å', '\u202e'],
  ...['<a>', '</a>', '<a/>', '<x:a>', '<a b="c">', '<a:b:c/>', '<d>'.repeat(140), ` ${'n'.repeat(1_100)}="1"`],
  ...[
    'encoding="UTF-16"',
    'encoding="windows-1252"',
    'encoding="x"',
    'standalone="maybe"',
    ' xsi:schemaLocation="u http://127.0.0.1:9/"',
  ],
].map((token) => Buffer.from(token));

const values = [
  ...[
    '',
    '-',
    '1e999',
    '99999999999999999999',
    '-0.00',
    '1,5',
    'NaN',
    '0x10',
    '2026-02-30',
    '9999-99-99',
    '../../x',
    '=1+1',
  ],
  ...['%00', '&amp;', '&#x202e;', '\u202e', 'å😀', ' ', '\n', '<a/>', '<!-- c -->', '<![CDATA[x]]>', 'x'.repeat(2_000)],
].map((value) => Buffer.from(value));

/** Numbers from 0 up to a bound, the same for the same seed (mulberry32). */
export function createRandom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** One of the samples with one to four changes, the same for the same seed. */
export function mutantOf(samples: readonly Buffer[], seed: number): Buffer {
  const random = createRandom(seed);
  let bytes = samples[random(samples.length)] ?? Buffer.alloc(0);
  for (let left = 1 + random(4); left > 0; left--)
    bytes = random(2) === 0 ? withOtherValue(bytes, random) : changed(bytes, random);
  return bytes;
}

/** Another text between two tags: mostly still well-formed, so that what comes after the tokenizer is met as well. */
function withOtherValue(bytes: Buffer, random: (below: number) => number): Buffer {
  const from = bytes.indexOf('>', random(bytes.length + 1)) + 1;
  const to = bytes.indexOf('<', from);
  if (from === 0 || to < 0) return bytes;
  const value = values[random(values.length)] ?? Buffer.alloc(0);
  return Buffer.concat([bytes.subarray(0, from), value, bytes.subarray(to)]);
}

function changed(bytes: Buffer, random: (below: number) => number): Buffer {
  // Every third change is near the start: declaration, root and header are short and hold most of the traps.
  const at = random(random(3) === 0 ? Math.min(600, bytes.length + 1) : bytes.length + 1);
  const some = bytes.subarray(at, at + 1 + random(40));
  const insert = (what: Uint8Array, to = at): Buffer =>
    Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(to)]);
  switch (random(9)) {
    case 0:
      return insert(Buffer.from([random(256)]), at + 1);
    case 1:
      return insert(Buffer.alloc(0), at + some.length);
    case 2:
      return insert(some);
    case 3:
      return insert(bytes.subarray(random(bytes.length)).subarray(0, random(200)));
    case 4:
      return random(10) === 0
        ? bytes.subarray(0, at)
        : insert(Buffer.from([(bytes[at] ?? 0) ^ (1 << random(8))]), at + 1);
    default:
      return insert(tokens[random(tokens.length)] ?? some, random(2) === 0 ? at : at + some.length);
  }
}

/** What reading a mutant gave: `read`, or the rule or code that refused it. Throws when a promise of the reader is broken. */
export function readMutant(bytes: Buffer, seed: number, profiles: ProfileSet): string {
  const random = createRandom(~seed);
  const pieceBytes = 1 + random(random(4) === 0 ? 60 : bytes.length);
  const cuts = Array.from({ length: Math.floor(bytes.length / pieceBytes) }, (_, index) => (index + 1) * pieceBytes);
  const outcome = readInPieces(bytes, cuts.slice(0, 400), profiles);
  if (random(8) === 0) compare(outcome, readInPieces(bytes, [], profiles, { isTokenizedOnly: true }));
  const { refusal, invoices } = outcome;
  const holds = createInside(bytes);
  for (const { line, column } of invoices) holds(line, column);
  if (refusal === null) return 'read';
  const { code } = refusal.error;
  if (code !== 'INVALID_XML' && code !== 'UNSUPPORTED_FORMAT') throw new Error(`refused with ${code}`);
  const [problem] = refusal.problems;
  if (problem?.line === null || problem?.column === null || problem === undefined)
    throw new Error('a refusal without a place');
  holds(problem.line, problem.column);
  if (problem.endLine !== null && problem.endColumn !== null) holds(problem.endLine, problem.endColumn);
  return problem.ruleId;
}

/** The fast lane and the way a file comes from the disk change neither invoices nor the place of a refusal. */
function compare(one: PiecesOutcome, other: PiecesOutcome): void {
  if (essence(one) !== essence(other)) throw new Error(`two readings differ:\n${essence(one)}\n${essence(other)}`);
}

function essence({ invoices, refusal }: PiecesOutcome): string {
  const refusals = refusal?.problems.map(({ ruleId, line, column, params }) => ({ ruleId, line, column, params }));
  return JSON.stringify({ invoices, refusals });
}

/** A check that a place is in the document, or right behind its end. */
function createInside(bytes: Buffer): (line: number, column: number) => void {
  const detected = detectEncoding(bytes);
  const { text } = createFileDecoder(detected).decode(bytes.subarray(detected.bomLength), true);
  const lines = text.split(/\r\n|\r|\n/);
  return (line, column) => {
    const length = Array.from(lines[line - 1] ?? '').length;
    // A byte that is in no character is one column behind the text.
    if (line < 1 || line > lines.length || column < 1 || column > length + 2)
      throw new Error(`${String(line)}:${String(column)} is not in a file of ${String(lines.length)} lines`);
  };
}
