// Makes resources/fonts from the published Inter fonts: a Latin, Greek and Cyrillic subset whose digits are tabular by default.
// Run by hand when the font changes (`node scripts/subset-fonts.mjs`); the results are committed, so nothing else needs it.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** Exact versions: the same script gives the same files. fontkit is the one that pdfmake brings. */
const tools = ['@expo-google-fonts/inter@0.4.2', 'subset-font@2.9.0', 'harfbuzzjs@1.6.4'];
const weights = [
  { folder: '400Regular', source: 'Inter_400Regular.ttf', target: 'Inter-Regular.ttf' },
  { folder: '600SemiBold', source: 'Inter_600SemiBold.ttf', target: 'Inter-SemiBold.ttf' },
];

/** Code points kept where the font has them: first and last of each block. */
const blocks = [
  [0x20, 0x7e], // basic Latin
  [0xa0, 0x17f], // Latin-1 supplement and Latin Extended-A: å ä ö æ ø é č ł š
  [0x192, 0x192],
  [0x1cd, 0x1dc],
  [0x218, 0x21b], // Romanian
  [0x370, 0x3ff], // Greek
  [0x400, 0x45f], // Cyrillic
  [0x1e00, 0x1ef9], // Latin Extended Additional: Vietnamese names
  [0x2010, 0x2027], // dashes, quotation marks, bullet, ellipsis
  [0x202f, 0x203a], // narrow no-break space, per mille, single quotation marks
  [0x20ac, 0x20ac], // euro
  [0x2116, 0x2122], // numero, trade mark
  [0x2190, 0x2193],
  [0x2212, 0x2212], // minus
  [0x2248, 0x2265],
];

const resources = fileURLToPath(new URL('../resources/fonts/', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'utskick-fonts-'));
try {
  installTools();
  const load = createRequire(join(work, 'package.json'));
  const subsetFont = load('subset-font');
  const fontkit = createRequire(createRequire(import.meta.url).resolve('pdfkit'))('fontkit');
  mkdirSync(resources, { recursive: true });
  for (const weight of weights) {
    const source = readFileSync(join(work, 'node_modules/@expo-google-fonts/inter', weight.folder, weight.source));
    const font = await makeSubset(source, subsetFont, fontkit);
    writeFileSync(join(resources, weight.target), font);
    console.log(`${weight.target}: ${font.length} bytes, SHA-256 ${createHash('sha256').update(font).digest('hex')}`);
  }
  copyFileSync(join(work, 'node_modules/@expo-google-fonts/inter/LICENSE_FONT'), join(resources, 'Inter-OFL.txt'));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function installTools() {
  writeFileSync(join(work, 'package.json'), '{"private":true}');
  const installed = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...tools], {
    cwd: work,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (installed.status !== 0) throw new Error('npm install of the font tools failed');
}

/** Subset with kerning, then digits pointed at their tabular forms and the tables dropped that only served the choice. */
async function makeSubset(source, subsetFont, fontkit) {
  const original = fontkit.create(source);
  const text = blocks
    .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index))
    .filter((codePoint) => original.hasGlyphForCodePoint(codePoint))
    .map((codePoint) => String.fromCodePoint(codePoint))
    .join('');
  const kept = await subsetFont(source, text, {
    targetFormat: 'truetype',
    keepFeatures: ['kern', 'tnum'],
    noHinting: true,
    dropTables: ['STAT', 'DSIG', 'gasp'],
  });
  const font = fontkit.create(kept);
  const digits = font.layout('0123456789', ['tnum']).glyphs;
  if (new Set(digits.map((glyph) => glyph.advanceWidth)).size !== 1) throw new Error('the digits are not tabular');
  const glyphOf = new Map(font.characterSet.map((codePoint) => [codePoint, font.glyphForCodePoint(codePoint).id]));
  digits.forEach((glyph, digit) => glyphOf.set(0x30 + digit, glyph.id));
  const tables = readTables(kept);
  tables.delete('GSUB');
  tables.delete('GDEF');
  tables.set('cmap', encodeCmap(glyphOf));
  return writeTables(tables);
}

/** Table tag → bytes of a TrueType file. */
function readTables(file) {
  const tables = new Map();
  for (let index = 0; index < file.readUInt16BE(4); index++) {
    const entry = 12 + index * 16;
    const offset = file.readUInt32BE(entry + 8);
    tables.set(
      file.toString('latin1', entry, entry + 4),
      file.subarray(offset, offset + file.readUInt32BE(entry + 12)),
    );
  }
  return tables;
}

/** A cmap with one format 4 subtable (Unicode, basic plane); every run of code points with rising glyph ids is a segment. */
function encodeCmap(glyphOf) {
  const segments = [];
  for (const [code, glyph] of [...glyphOf].filter(([code]) => code < 0xffff).sort((a, b) => a[0] - b[0])) {
    const last = segments.at(-1);
    if (last !== undefined && code === last.end + 1 && glyph === last.glyph + (code - last.start)) last.end = code;
    else segments.push({ start: code, end: code, glyph });
  }
  segments.push({ start: 0xffff, end: 0xffff, glyph: 0 });
  const count = segments.length;
  const power = 2 ** Math.floor(Math.log2(count));
  const words = [
    4,
    16 + count * 8,
    0,
    count * 2,
    power * 2,
    Math.log2(power),
    (count - power) * 2,
    ...segments.map(({ end }) => end),
    0,
    ...segments.map(({ start }) => start),
    ...segments.map(({ start, glyph }) => (start === 0xffff ? 1 : (glyph - start) & 0xffff)),
    ...segments.map(() => 0),
  ];
  const header = [0, 2, 0, 3, 0, 20, 3, 1, 0, 20]; // version, two encodings: Unicode and Windows, both at offset 20
  const bytes = Buffer.alloc((header.length + words.length) * 2);
  [...header, ...words].forEach((word, index) => bytes.writeUInt16BE(word, index * 2));
  return bytes;
}

/** Writes a TrueType file with its directory and check sums. */
function writeTables(tables) {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  const directory = Buffer.alloc(12 + sorted.length * 16);
  directory.writeUInt32BE(0x00010000, 0);
  [sorted.length, power * 16, Math.log2(power), (sorted.length - power) * 16].forEach((word, index) =>
    directory.writeUInt16BE(word, 4 + index * 2),
  );
  const parts = [directory];
  let offset = directory.length;
  let headOffset = 0;
  sorted.forEach(([tag, content], index) => {
    const padded = Buffer.alloc(Math.ceil(content.length / 4) * 4);
    content.copy(padded);
    if (tag === 'head') {
      padded.writeUInt32BE(0, 8);
      headOffset = offset;
    }
    const entry = 12 + index * 16;
    directory.write(tag, entry, 'latin1');
    directory.writeUInt32BE(checkSum(padded), entry + 4);
    directory.writeUInt32BE(offset, entry + 8);
    directory.writeUInt32BE(content.length, entry + 12);
    parts.push(padded);
    offset += padded.length;
  });
  const file = Buffer.concat(parts);
  file.writeUInt32BE((0xb1b0afba - checkSum(file)) >>> 0, headOffset + 8);
  return file;
}

function checkSum(bytes) {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 4) sum = (sum + bytes.readUInt32BE(index)) >>> 0;
  return sum;
}
