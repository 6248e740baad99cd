// A watched folder on the command line, with a real folder: settled files come in, and end in done or failed. Run as processes.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, utskick } from '../../support/cli.ts';
import { writeZip } from '../../support/zip-file.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

const root = temporaryFolder();
const entry = resolve(import.meta.dirname, '../../../src/main/hosts/cli/main.ts');

function newFolder(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) =>
      join(each.parentPath, each.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

/** Several commands each: a busy machine takes seconds to start one. */
const patienceMs = 180_000;

const good = (id: string): string => batchText([invoiceText({ id })]);

describe('utskick watch --once', () => {
  it(
    'puts each file where it belongs, with the reason beside those that failed, and writes over nothing',
    async () => {
      const folder = newFolder('once');
      const data = join(root, 'once-data');
      mkdirSync(join(folder, 'done'));
      mkdirSync(join(folder, 'failed'));
      writeFileSync(join(folder, 'done', 'good.xml'), 'an earlier one');
      writeFileSync(join(folder, 'failed', 'broken.xml.txt'), 'an earlier reason');
      writeFileSync(join(folder, 'good.xml'), good('W-1'));
      writeFileSync(join(folder, 'broken.xml'), `${good('W-2')}<`);
      writeFileSync(join(folder, 'quarantined.xml'), batchText([invoiceText({ id: 'W-3', dueDate: '2026-02-30' })]));
      writeFileSync(join(folder, 'being-written.xml.part'), good('W-4'));
      writeZip(join(folder, 'mixed.zip'), [
        { name: 'a.xml', data: good('W-5') },
        { name: 'b.xml', data: `${good('W-6')}<` },
      ]);
      const ran = await utskick(['watch', folder, '--once', '--settle', '0', '--data', data]);
      expect(ran.code, ran.stderr).toBe(1);
      expect(filesIn(folder)).toEqual([
        'being-written.xml.part',
        'done/good (2).xml',
        'done/good.xml',
        'failed/broken (2).xml',
        'failed/broken (2).xml.txt',
        'failed/broken.xml.txt',
        'failed/mixed.zip',
        'failed/mixed.zip.txt',
        'failed/quarantined.xml',
        'failed/quarantined.xml.txt',
      ]);
      expect(readFileSync(join(folder, 'done', 'good.xml'), 'utf8')).toBe('an earlier one');
      expect(readFileSync(join(folder, 'done', 'good (2).xml'), 'utf8')).toBe(good('W-1'));
      expect(readFileSync(join(folder, 'failed', 'broken.xml.txt'), 'utf8')).toBe('an earlier reason');
      const reason = readFileSync(join(folder, 'failed', 'broken (2).xml.txt'), 'utf8');
      expect(reason).toMatch(/^broken\.xml importerades inte\.\r\nTid: \d{4}-\d\d-\d\d \d\d:\d\d\r\n/u);
      expect(reason).toMatch(/INVALID_XML: .*\r\n.*\r\nrad \d+, kolumn \d+: /u);
      expect(reason).toContain('Lägg en rättad fil i den bevakade mappen.');
      expect(readFileSync(join(folder, 'failed', 'mixed.zip.txt'), 'utf8')).toMatch(
        /^mixed\.zip importerades bara delvis: 1 fakturor kom in\.[^]*mixed\.zip\/b\.xml:/u,
      );
      expect(readFileSync(join(folder, 'failed', 'quarantined.xml.txt'), 'utf8')).toMatch(
        /rad \d+, kolumn \d+: [^]*core\.type\.date[^]*DueDate/u,
      );
      expect(ran.stdout).toContain('good.xml: imported, moved to done/good (2).xml');
      const again = newFolder('again');
      writeFileSync(join(again, 'renamed.xml'), good('W-1'));
      expect((await utskick(['watch', again, '--once', '--settle', '0', '--data', data])).code).toBe(1);
      expect(readFileSync(join(again, 'failed', 'renamed.xml.txt'), 'utf8')).toContain('ALREADY_IMPORTED');
    },
    patienceMs,
  );

  it(
    'ends with 0 when there is nothing, and says what is wrong with a folder',
    async () => {
      const folder = newFolder('nothing');
      const data = join(root, 'nothing-data');
      expect((await utskick(['watch', folder, '--once', '--settle', '0', '--data', data])).code).toBe(0);
      const missing = await utskick(['watch', join(root, 'nowhere'), '--once', '--data', data]);
      expect(missing.code).toBe(2);
      expect(missing.stderr).toContain(`${join(root, 'nowhere')} cannot be read or written`);
      const inside = newFolder(join('nothing-data', 'inside'));
      expect((await utskick(['watch', inside, '--once', '--data', data])).stderr).toContain('must lie apart');
      expect((await utskick(['watch', '--once'])).code).toBe(2);
    },
    patienceMs,
  );
});

describe('utskick watch', () => {
  it(
    'takes a file that comes while it runs, and a second process leaves the folder alone',
    async () => {
      const folder = newFolder('live');
      const data = join(root, 'live-data');
      const child = spawn(process.execPath, [entry, 'watch', folder, '--settle', '1', '--data', data], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let printed = '';
      const said = async (words: RegExp): Promise<void> => {
        while (!words.test(printed)) await once(child.stdout, 'data');
      };
      child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
      const ready = new Promise<void>((found) => {
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          if (text.includes('Watching')) found();
        });
      });
      await ready;
      const text = good('L-1');
      writeFileSync(join(folder, 'late.xml.part'), text);
      const second = await utskick(['watch', folder, '--once', '--settle', '0', '--data', join(root, 'other-data')]);
      expect(second.code).toBe(3);
      expect(second.stderr).toContain('is already watched by another Utskick');
      renameSync(join(folder, 'late.xml.part'), join(folder, 'late.xml'));
      await said(/late\.xml: imported, moved to done\/late\.xml/u);
      expect(readFileSync(join(folder, 'done', 'late.xml'), 'utf8')).toBe(text);
      child.kill('SIGINT');
      const [code] = (await once(child, 'close')) as [number | null];
      expect(code).toBe(0);
      const status = await utskick(['status', '--data', data, '--json']);
      expect(JSON.parse(status.stdout)).toMatchObject({ read: 1, counts: { ready: 1 } });
    },
    patienceMs,
  );
});
