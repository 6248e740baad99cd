// Folders and zips on the command line: what is in them is imported or checked, the rest is said. Run as processes.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, utskick } from '../../support/cli.ts';
import { ublText } from '../../support/ubl-text.ts';
import { writeZip } from '../../support/zip-file.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

const folder = temporaryFolder();
/** Several commands each: a busy machine takes seconds to start one. */
const patienceMs = 180_000;

/** A sound UBL invoice with this number. */
function document(number: string): string {
  return ublText({ kind: 'Invoice', number, customer: 'Kari Nordmann', email: 'kari@example.com', net: 400 });
}

interface ImportJson {
  readonly batches: readonly { readonly fileName: string; readonly format: string; readonly read: number }[];
  readonly refused: readonly { readonly file: string; readonly code: string; readonly details: object }[];
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[];
}

describe('utskick import', () => {
  it(
    'takes a folder and a zip: one batch of single invoices, one of each batch file, and says what it left out',
    async () => {
      const november = join(folder, 'november');
      mkdirSync(join(november, 'ubl'), { recursive: true });
      writeFileSync(join(november, 'gasel.xml'), batchText([invoiceText(), invoiceText({ id: '1002' })]));
      writeFileSync(join(november, 'ubl', 'a.xml'), document('U-1'));
      writeFileSync(join(november, 'ubl', 'b.xml'), document('U-2'));
      writeFileSync(join(november, 'readme.txt'), 'The invoices of November.');
      const zip = writeZip(join(folder, 'december.zip'), [
        { name: 'c.xml', data: document('U-3') },
        { name: 'broken.xml', data: `${document('U-4')}<` },
      ]);
      const data = join(folder, 'data');
      const ran = await utskick(['import', november, zip, '--data', data, '--json']);
      const json = JSON.parse(ran.stdout) as ImportJson;
      expect(ran.code, ran.stderr).toBe(1);
      expect(json.batches.map(({ fileName, format, read }) => [fileName, format, read])).toEqual([
        ['november/gasel.xml', 'GASEL', 2],
        ['november/ubl/a.xml', 'EHF', 3],
      ]);
      expect(json.refused).toMatchObject([{ file: 'december.zip/broken.xml', code: 'INVALID_XML' }]);
      expect(json.leftOut).toEqual([{ file: 'november/readme.txt', reason: 'notInvoices' }]);
      expect(ran.stderr).toContain('november/readme.txt: left out, is no invoice file');
    },
    patienceMs,
  );

  it(
    'refuses a zip that points outside itself, with the entry’s name, and imports nothing of it',
    async () => {
      const zip = writeZip(join(folder, 'escape.zip'), [
        { name: 'a.xml', data: document('E-1') },
        { name: '../../escape.xml', data: document('E-2') },
      ]);
      const ran = await utskick(['import', zip, '--data', join(folder, 'escape-data')]);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('The entry ../../escape.xml points outside the zip. Nothing of it was read.');
      expect(ran.stdout).toBe('');
    },
    patienceMs,
  );
});

describe('utskick validate', () => {
  it(
    'checks each file of a folder and of a zip, and lists what it left out',
    async () => {
      const mixed = join(folder, 'mixed');
      mkdirSync(mixed);
      writeFileSync(join(mixed, 'good.xml'), batchText([invoiceText()]));
      writeFileSync(join(mixed, 'photo.jpg'), Buffer.from([0xff, 0xd8, 0xff]));
      const zip = writeZip(join(mixed, 'more.zip'), [
        { name: 'bad.xml', data: batchText([invoiceText({ dueDate: '2026-02-30' })]) },
      ]);
      const ran = await utskick(['validate', mixed, '--json']);
      const json = JSON.parse(ran.stdout) as {
        readonly files: readonly { readonly file: string; readonly valid: boolean; readonly errorCount: number }[];
        readonly leftOut: readonly object[];
      };
      expect(ran.code, ran.stderr).toBe(1);
      expect(json.files.map(({ file, valid }) => [file, valid])).toEqual([
        [`${mixed}/good.xml`, true],
        [`${mixed}/more.zip/bad.xml`, false],
      ]);
      expect(json.leftOut).toEqual([{ file: `${mixed}/photo.jpg`, reason: 'notInvoices' }]);
      const text = await utskick(['validate', zip]);
      expect(text.stdout).toContain('more.zip/bad.xml: GASEL 1.0, 1 invoice, 1 error');
    },
    patienceMs,
  );
});
