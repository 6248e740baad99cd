// utskick validate --well-formed, run as a process.

import { closeSync, mkdtempSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { utskick } from '../../support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'utskick-well-formed-'));

function fileWith(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('utskick validate --well-formed', () => {
  it('takes any sound XML, however small, and ends with 0', async () => {
    const files = [fileWith('a.xml', '<a/>'), fileWith('b.xml', Buffer.from('\ufeff<å>😀</å>', 'utf16le'))];
    const ran = await utskick(['validate', '--well-formed', ...files]);
    expect(ran).toEqual({ code: 0, stdout: files.map((file) => `${file}: well-formed\n`).join(''), stderr: '' });
  });

  it('names code, line and column of the first fault in JSON of the shape that validate has', async () => {
    const bad = fileWith('bad.xml', '<a>\r\n\t😀 & b</a>');
    const good = fileWith('good.xml', '<a/>');
    const ran = await utskick(['validate', bad, '--well-formed', '--json', good]);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      files: [
        {
          file: bad,
          format: null,
          version: null,
          valid: false,
          invoiceCount: 0,
          batchId: null,
          errorCount: 1,
          warningCount: 0,
          error: { code: 'INVALID_XML', details: { line: 2, column: 4 } },
          errors: [{ ruleId: 'core.xml.wellformed', severity: 'error', line: 2, column: 4, endLine: 2, endColumn: 5 }],
          warnings: [],
        },
        { file: good, valid: true, error: null, errorCount: 0, errors: [], warnings: [] },
      ],
    });
  });

  it('shows place, cause and next step to people, in their language', async () => {
    const file = fileWith('ns.xml', '<a xmlns:b="">\n</a>');
    const ran = await utskick(['validate', '--well-formed', '--language', 'nb', file]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toBe(
      `${file}: refused (INVALID_XML)\n` +
        '  1:4  error  core.xml.wellformed  Deklarasjonen xmlns:b bryter reglene for XML-navnerom.\n' +
        '      → Fjern deklarasjonen, eller gi prefikset en adresse som ikke er reservert.\n',
    );
  });

  it('refuses an empty file as XML without a root', async () => {
    const ran = await utskick(['validate', '--well-formed', '--json', fileWith('empty.xml', '')]);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      files: [{ error: { code: 'INVALID_XML', details: { line: 1, column: 1 } } }],
    });
  });

  it('ends with 2 for a file that is not there and for a folder', async () => {
    for (const path of [join(folder, 'nowhere.xml'), folder]) {
      const ran = await utskick(['validate', '--well-formed', '--json', path]);
      expect(ran.code).toBe(2);
      expect(JSON.parse(ran.stdout)).toMatchObject({ files: [{ valid: false, error: { code: 'UNREADABLE' } }] });
    }
  });

  it(
    'reads a file larger than a batch may be, with one text of 60 MB, and finds a fault at its end',
    { timeout: 120_000 },
    async () => {
      const path = join(folder, 'large.xml');
      const part = `<row n="1">${'åäö😀'.repeat(20)}</row>`;
      const [rows, letters] = [300_000, 30_000_000];
      const file = openSync(path, 'w');
      writeSync(file, '<rows>');
      for (let row = 0; row < rows; row += 1000) writeSync(file, part.repeat(1000));
      for (let at = 0; at < letters; at += 100_000) writeSync(file, 'é'.repeat(100_000));
      writeSync(file, '&</rows>');
      closeSync(file);
      const ran = await utskick(['validate', '--well-formed', '--json', path]);
      const column = 7 + rows * Array.from(part).length + letters;
      expect(JSON.parse(ran.stdout)).toMatchObject({
        files: [{ error: { code: 'INVALID_XML', details: { line: 1, column } } }],
      });
    },
  );
});
