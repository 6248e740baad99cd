// Folders and zips: what is found in them, what is left out, and what is refused with words that name the entry.

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayHoldInvoices } from '../../../src/main/formats/may-hold-invoices.ts';
import { clearScratch, createIntake } from '../../../src/main/platform/open-intake.ts';
import { intakeLimits } from '../../../src/main/platform/intake-limits.ts';
import type { IntakeLimits } from '../../../src/main/platform/intake-limits.ts';
import type { FoundFile, GivenPath, OpenedIntake } from '../../../src/main/ports/intake.ts';
import { writeZip, zipBytes } from '../../support/zip-file.ts';
import type { ZipEntry } from '../../support/zip-file.ts';

const xml = '<?xml version="1.0"?><Invoice/>';
const csv = 'customer_id,email,invoice_number,amount,currency,due_date\r\nC1,a@b.se,1,2.00,SEK,2026-01-01\r\n';

let root: string;
let scratchDir: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'utskick-intake-'));
  scratchDir = join(root, 'data', 'unpacked');
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** An intake that was gone through. */
interface GoneThrough extends Omit<OpenedIntake, 'files'> {
  readonly files: readonly GivenPath[];
}

async function openAll(
  paths: readonly string[],
  limits: Partial<IntakeLimits> = {},
  signal = new AbortController().signal,
): Promise<GoneThrough> {
  const given = paths.map((path) => ({ path, name: path.split(/[\\/]/u).at(-1) ?? '' }));
  return openGiven(given, limits, signal);
}

async function openGiven(
  given: readonly GivenPath[],
  limits: Partial<IntakeLimits> = {},
  signal = new AbortController().signal,
): Promise<GoneThrough> {
  const intake = createIntake({ scratchDir, mayHoldInvoices, limits: { ...intakeLimits, ...limits } });
  const opened = intake.open(given, signal);
  const files: GivenPath[] = [];
  for await (const found of opened.files) files.push(...found);
  return { ...opened, files };
}

/** Processor time since then, in milliseconds: on a busy machine the clock goes on without us. */
function usedMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

/** Opens a zip of these entries and gives what the operator is told about its refusal. */
async function refusalOf(entries: readonly ZipEntry[], limits: Partial<IntakeLimits> = {}, hasZip64End = false) {
  const path = writeZip(join(root, 'bad.zip'), entries, { hasZip64End });
  const before = everythingIn(root);
  const startedAt = process.cpuUsage();
  const opened = await openAll([path], limits);
  const tookMs = usedMs(startedAt);
  expect(opened.files).toEqual([]);
  expect(tookMs).toBeLessThan(1_000);
  await opened.close();
  expect(
    everythingIn(root).filter((name) => !before.includes(name) && !name.startsWith(join('data', 'unpacked'))),
  ).toEqual(before.includes('data') ? [] : ['data']);
  expect(readdirSync(scratchDir)).toEqual([]);
  const [refused, ...others] = opened.refused;
  expect(others).toEqual([]);
  expect(refused?.fileName).toBe('bad.zip');
  expect(refused?.error.code).toBe('INTAKE_REFUSED');
  return { ...refused?.error.details, message: refused?.error.message ?? '' };
}

function everythingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

describe('a folder', () => {
  it('gives its invoice files at any depth by name, and lists what is left out with the reason', async () => {
    const folder = join(root, 'november');
    mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
    mkdirSync(join(folder, '__MACOSX'));
    writeFileSync(join(folder, 'b.xml'), xml);
    writeFileSync(join(folder, 'deep', 'er', 'a.export'), `\uFEFF\n ${xml}`);
    writeFileSync(join(folder, 'rows.csv'), csv);
    writeFileSync(join(folder, 'other.csv'), 'name,shoe size\nEva,38\n');
    writeFileSync(join(folder, 'readme.txt'), 'Read me.');
    writeFileSync(join(folder, 'logo.svg'), '<?xml version="1.0"?>\n<!-- a logo -->\n<svg xmlns="x"/>');
    writeFileSync(join(folder, 'photo.xml'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]));
    writeFileSync(join(folder, 'nothing.xml'), '');
    writeFileSync(join(folder, '.DS_Store'), 'x');
    symlinkSync('/etc/hostname', join(folder, 'link.xml'));
    const opened = await openAll([folder]);
    expect(opened.files.map(({ name }) => name)).toEqual([
      'november/b.xml',
      'november/deep/er/a.export',
      'november/rows.csv',
    ]);
    expect(opened.leftOut).toEqual([
      { fileName: 'november/.DS_Store', reason: 'system' },
      { fileName: 'november/__MACOSX', reason: 'system' },
      { fileName: 'november/link.xml', reason: 'link' },
      { fileName: 'november/logo.svg', reason: 'notInvoices' },
      { fileName: 'november/nothing.xml', reason: 'empty' },
      { fileName: 'november/other.csv', reason: 'notInvoices' },
      { fileName: 'november/photo.xml', reason: 'notInvoices' },
      { fileName: 'november/readme.txt', reason: 'notInvoices' },
    ]);
    expect(opened.refused).toEqual([]);
    await opened.close();
  });

  it('without an invoice file, with too many files or too deep is refused, and does not stop the others', async () => {
    const folder = join(root, 'empty');
    const many = join(root, 'many');
    const deep = join(root, 'deep');
    const single = join(root, 'single.xml');
    mkdirSync(folder);
    mkdirSync(many);
    mkdirSync(join(deep, 'a', 'b', 'c', 'd'), { recursive: true });
    writeFileSync(join(folder, 'readme.txt'), 'Read me.');
    for (const name of ['1', '2', '3', '4', '5']) writeFileSync(join(many, name), xml);
    writeFileSync(single, xml);
    const opened = await openAll([folder, many, deep, single], { entries: 4, depth: 3 });
    expect(opened.refused.map(({ fileName, error }) => [fileName, error.details?.reason])).toEqual([
      ['empty', 'noInvoiceFiles'],
      ['many', 'entries'],
      ['deep', 'depth'],
    ]);
    expect(opened.files.map(({ path, name }) => ({ path, name }))).toEqual([{ path: single, name: 'single.xml' }]);
    await opened.close();
  });
});

describe('a file given by itself', () => {
  it('is passed on whatever it is, so that the reading says what is wrong with it', async () => {
    const path = join(root, 'readme.txt');
    writeFileSync(path, 'Read me.');
    const opened = await openAll([path, join(root, 'nowhere.xml')]);
    expect(opened.files.map(({ name }) => name)).toEqual(['readme.txt', 'nowhere.xml']);
    await opened.close();
  });

  it('that a browser took out of a folder is left out when it is no invoice file', async () => {
    const path = join(root, 'notes.txt');
    writeFileSync(path, 'Read me.');
    const opened = await openGiven([{ path, name: 'november/notes.txt', isFromFolder: true }]);
    expect(opened.leftOut).toEqual([{ fileName: 'november/notes.txt', reason: 'notInvoices' }]);
    await opened.close();
  });
});

describe('several things given together', () => {
  it('come with all of a small file, good until the next one, and without anything of a large one', async () => {
    const longest = xml.padEnd(65_535);
    const texts = [xml, longest, `${longest} `, xml.padEnd(100_000)];
    const given = texts.map((text, at) => {
      const path = join(root, `size-${String(at)}.xml`);
      writeFileSync(path, text);
      return { path, name: String(at) };
    });
    const intake = createIntake({ scratchDir, mayHoldInvoices });
    const opened = intake.open(given, new AbortController().signal);
    const contents: (string | null)[] = [];
    for await (const found of opened.files)
      for (const { content } of found) contents.push(content === undefined ? null : Buffer.from(content).toString());
    expect(contents).toEqual([xml, longest, null, null]);
    await opened.close();
  });

  it.runIf(process.platform === 'linux')(
    'are handed on by their path alone where the size is not that of what was read',
    async () => {
      // The system's own files say that they are empty, as one does that is still being written.
      const given = [{ path: '/proc/version', name: 'version' }];
      const opened = createIntake({ scratchDir, mayHoldInvoices }).open(given, new AbortController().signal);
      const found: FoundFile[] = [];
      for await (const files of opened.files) found.push(...files);
      expect(found).toEqual(given);
      await opened.close();
    },
  );

  it.runIf(process.platform !== 'win32')(
    'that are no files are handed on to be refused, and a pipe is not waited for',
    async () => {
      const pipe = join(root, 'pipe.xml');
      execFileSync('mkfifo', [pipe]);
      const loop = join(root, 'loop.xml');
      symlinkSync(loop, loop);
      const given = [pipe, '/dev/null', join(root, 'gone.xml'), loop, join(root, `${'x'.repeat(300)}.xml`)];
      const opened = await openAll(given);
      expect(opened.files.map(({ path }) => path)).toEqual(given);
      expect(opened.refused).toEqual([]);
    },
  );

  it('are named once each when they are cancelled after some of them', async () => {
    const folder = join(root, 'cancelled');
    mkdirSync(folder);
    const all = Array.from({ length: 70 }, (_unused, at) => `${String(100 + at)}.xml`);
    for (const name of all) writeFileSync(join(folder, name), xml);
    const after = join(root, 'after.xml');
    writeFileSync(after, xml);
    const cancel = new AbortController();
    const given = [folder, after].map((path) => ({ path, name: basename(path) }));
    const opened = createIntake({ scratchDir, mayHoldInvoices }).open(given, cancel.signal);
    const names: string[] = [];
    for await (const found of opened.files) {
      names.push(...found.map(({ name }) => name));
      cancel.abort();
    }
    expect(names.length).toBeLessThan(70);
    expect([...names, ...opened.refused.map(({ fileName }) => fileName)]).toEqual([
      ...all.map((name) => `cancelled/${name}`),
      'after.xml',
    ]);
    expect(new Set(opened.refused.map(({ error }) => error.code))).toEqual(new Set(['CANCELLED']));
    await opened.close();
  });

  it('leave nothing unpacked behind when somebody stops asking', async () => {
    const path = writeZip(join(root, 'left.zip'), [
      { name: 'a.xml', data: xml },
      { name: 'b.xml', data: xml },
    ]);
    const opened = createIntake({ scratchDir, mayHoldInvoices }).open(
      [{ path, name: 'left.zip' }],
      new AbortController().signal,
    );
    for await (const [unpacked] of opened.files) {
      expect(existsSync(unpacked?.path ?? '')).toBe(true);
      break;
    }
    await opened.close();
    expect(readdirSync(scratchDir)).toEqual([]);
  });

  it('are opened one after the other, when their turn comes', async () => {
    const file = join(root, 'first.xml');
    writeFileSync(file, xml);
    const folder = join(root, 'second');
    mkdirSync(folder);
    const intake = createIntake({ scratchDir, mayHoldInvoices });
    const given = [file, folder].map((path) => ({ path, name: path }));
    const opened = intake.open(given, new AbortController().signal);
    const names: string[] = [];
    for await (const found of opened.files) {
      names.push(...found.map(({ path }) => path));
      if (found[0]?.path === file) writeFileSync(join(folder, 'late.xml'), xml);
    }
    expect(names).toEqual([file, join(folder, 'late.xml')]);
    expect(opened.refused).toEqual([]);
    await opened.close();
  });
});

describe('a zip', () => {
  it('is unpacked below the scratch folder under names of its own, and gone when it is closed', async () => {
    const inner = zipBytes([{ name: 'inner.xml', data: xml.replace('Invoice', 'Inner') }]);
    const path = writeZip(join(root, 'good.zip'), [
      { name: 'b/', mode: 0o040755 },
      { name: 'b/faktura å.xml', data: xml },
      { name: 'a.csv', data: csv, isStored: true },
      { name: 'readme.txt', data: 'Read me.' },
      { name: '__MACOSX/._a.csv', data: 'x' },
      { name: 'nothing.xml' },
      { name: 'more.zip', data: inner },
    ]);
    const opened = await openAll([path]);
    expect(opened.refused).toEqual([]);
    expect(opened.files.map(({ name }) => name)).toEqual([
      'good.zip/a.csv',
      'good.zip/b/faktura å.xml',
      'good.zip/more.zip/inner.xml',
    ]);
    expect(opened.files.map(({ path: at }) => readFileSync(at, 'utf8'))).toEqual([
      csv,
      xml,
      xml.replace('Invoice', 'Inner'),
    ]);
    for (const file of opened.files) expect(file.path.startsWith(scratchDir)).toBe(true);
    expect(opened.leftOut).toEqual([
      { fileName: 'good.zip/__MACOSX/._a.csv', reason: 'system' },
      { fileName: 'good.zip/nothing.xml', reason: 'empty' },
      { fileName: 'good.zip/readme.txt', reason: 'notInvoices' },
    ]);
    await opened.close();
    expect(readdirSync(scratchDir)).toEqual([]);
  });

  it.each([
    ['../escape.xml', 'outside'],
    ['a/../../escape.xml', 'outside'],
    ['a\\..\\..\\escape.xml', 'outside'],
    ['/etc/cron.d/x', 'absolute'],
    ['C:\\Windows\\x.xml', 'absolute'],
    ['a//b.xml', 'name'],
    ['a\u0007.xml', 'name'],
    [`${'x'.repeat(1_025)}.xml`, 'name'],
    [`${'d/'.repeat(20)}x.xml`, 'depth'],
  ])('with an entry named %j is refused as %s', async (name, reason) => {
    const refusal = await refusalOf([
      { name: 'good.xml', data: xml },
      { name, data: xml },
    ]);
    expect(refusal).toMatchObject({ reason });
    expect(refusal.message).toContain(name.replaceAll('\\', '/').replaceAll('\u0007', '\uFFFD').slice(0, 100));
    expect(existsSync(join(root, 'escape.xml'))).toBe(false);
  });

  it.each<[string, ZipEntry, string]>([
    ['a symbolic link', { name: 'odd.xml', data: '/etc/passwd', mode: 0o120777 }, 'link'],
    ['a device', { name: 'odd.xml', data: xml, mode: 0o020644 }, 'link'],
    ['a name twice, letters’ case aside', { name: 'GOOD.xml', data: xml }, 'duplicate'],
    ['an encrypted entry', { name: 'odd.xml', data: xml, flags: 0x801 }, 'encrypted'],
    ['a zip64 entry', { name: 'odd.xml', data: xml, extra: Buffer.from([1, 0, 0, 0]) }, 'zip64'],
    ['a wrong checksum', { name: 'odd.xml', data: xml, checksum: 1 }, 'checksum'],
    ['an unknown packing', { name: 'odd.xml', data: xml, method: 12 }, 'method'],
    ['packed bytes that are none', { name: 'odd.xml', data: xml, packed: Buffer.from('nonsense') }, 'damaged'],
    ['more bytes than it says', { name: 'odd.xml', data: xml, declaredSize: 5 }, 'damaged'],
    ['a bomb', { name: 'odd.xml', data: Buffer.alloc(3_000_000, 0x20) }, 'ratio'],
  ])('with %s is refused, and the entry is named', async (_what, entry, reason) => {
    const refusal = await refusalOf([{ name: 'good.xml', data: xml }, entry]);
    expect(refusal).toMatchObject({ reason, entry: entry.name });
    expect(refusal.message).toContain(entry.name);
  });

  it('with a zip64 directory, or cut off, is refused', async () => {
    expect(await refusalOf([{ name: 'a.xml', data: xml }], {}, true)).toMatchObject({ reason: 'zip64' });
    const whole = zipBytes([{ name: 'a.xml', data: xml }]);
    const path = join(root, 'cut.zip');
    writeFileSync(path, whole.subarray(0, whole.length - 30));
    const opened = await openAll([path]);
    expect(opened.refused[0]?.error.details).toMatchObject({ reason: 'damaged' });
    await opened.close();
  });

  it('with too many entries, too many bytes or zips in zips in zips is refused', async () => {
    const three = ['a', 'b', 'c'].map((name) => ({ name: `${name}.xml`, data: xml }));
    expect(await refusalOf(three, { entries: 2 })).toMatchObject({ reason: 'entries', limit: 2 });
    expect(await refusalOf(three, { totalBytes: xml.length * 2 })).toMatchObject({ reason: 'total', entry: 'c.xml' });
    const innermost = zipBytes([{ name: 'x.xml', data: xml }]);
    const nested = [{ name: 'one.zip', data: zipBytes([{ name: 'two.zip', data: innermost }]) }];
    expect(await refusalOf(nested)).toMatchObject({ reason: 'nesting', entry: 'one.zip/two.zip', limit: 2 });
    const inside = [{ name: 'one.zip', data: zipBytes([{ name: '../x.xml', data: xml }]) }];
    expect(await refusalOf(inside)).toMatchObject({ reason: 'outside', entry: 'one.zip/../x.xml' });
  });

  it('of 4 GB that lie in 4 MB is refused in under a second, and memory stays flat', async () => {
    const block = deflateRawSync(Buffer.alloc(1_000_000));
    const entries = Array.from({ length: 4_000 }, (_each, at) => ({
      name: `${String(at)}.xml`,
      packed: block,
      checksum: 1,
      declaredSize: 1_000_000,
    }));
    const path = writeZip(join(root, 'bad.zip'), entries);
    const before = process.memoryUsage().rss;
    const startedAt = process.cpuUsage();
    const opened = await openAll([path]);
    expect(usedMs(startedAt)).toBeLessThan(1_000);
    // Flat beside the 4 GB; what is left of the zip's own making is collected when it suits the runtime.
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    expect(opened.refused[0]?.error.details).toMatchObject({ reason: 'ratio', limit: intakeLimits.ratio });
    await opened.close();
  });

  it('keeps a file over 100 MB out by itself', async () => {
    const path = writeZip(join(root, 'large.zip'), [
      { name: 'a.xml', data: xml },
      { name: 'b.xml', data: `${xml}${'x'.repeat(200)}` },
    ]);
    const opened = await openAll([path], { fileBytes: 200 });
    expect(opened.refused).toMatchObject([{ fileName: 'large.zip/b.xml', error: { code: 'FILE_TOO_LARGE' } }]);
    expect(opened.files.map(({ name }) => name)).toEqual(['large.zip/a.xml']);
    await opened.close();
  });

  it('that is cancelled leaves nothing unpacked', async () => {
    const path = writeZip(join(root, 'cancel.zip'), [{ name: 'a.xml', data: xml }]);
    const opened = await openAll([path], {}, AbortSignal.abort());
    expect(opened.refused).toMatchObject([{ error: { code: 'CANCELLED' } }]);
    await opened.close();
    expect(readdirSync(scratchDir)).toEqual([]);
  });
});

describe('what was left unpacked', () => {
  it('goes when its process is gone, and stays while it runs', async () => {
    const folder = join(root, 'left');
    for (const name of ['utskick-999999999-abc', `utskick-${String(process.ppid)}-abc`, 'other'])
      mkdirSync(join(folder, name), { recursive: true });
    await clearScratch(folder);
    expect(readdirSync(folder).sort()).toEqual(['other', `utskick-${String(process.ppid)}-abc`].sort());
    await clearScratch(join(root, 'nowhere'));
  });
});
