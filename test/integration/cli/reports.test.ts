// The command line's reports: problems in four forms with only what the filter lets through, and the receipt of an import.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { temporaryFolder, utskick } from '../../support/cli.ts';
import { readPdf } from '../../support/pdf-text.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

// Every command is a process of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = temporaryFolder();
const data = join(folder, 'data');
const names = { first: 'Åsa Hemlig', second: 'Knut Dolsk' };
const source = batchText(
  [
    invoiceText({ id: '1001', dueDate: '2026-02-30', name: names.first, email: 'asa.hemlig@example.com' }),
    invoiceText({ id: '1002', name: names.second, email: 'knut@@example.com' }),
    invoiceText({ id: '1003', payable: '600.00', name: '=HYPERLINK("http://x")' }),
    invoiceText({ id: '=1+1', dueDate: 'no;date' }),
    invoiceText({ id: '1005' }),
  ],
  { total: '2600.00' },
);
let batchId = '';

async function run(...args: string[]) {
  const ended = await utskick([...args, '--data', data]);
  expect(ended.code, ended.stderr).toBe(0);
  return ended.stdout;
}

beforeAll(async () => {
  const file = join(folder, 'run.xml');
  writeFileSync(file, source);
  const imported = JSON.parse(await run('import', file, '--json')) as { batches: { batchId: string }[] };
  batchId = imported.batches[0]?.batchId ?? '';
});

describe('utskick problems', () => {
  it('writes CSV that Excel opens with å ä ö and without formulas', async () => {
    const out = join(folder, 'p.csv');
    await run('problems', '--batch', batchId, '--out', out);
    const bytes = readFileSync(out);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString('utf8').slice(1).trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      'severity;ruleId;title;file;line;column;path;invoiceNumber;found;expected;message;suggestion;mender;waived',
    );
    const text = lines.join('\n');
    expect(text).toContain('2026-02-30');
    expect(text).toContain('Förfallodatum är ”2026-02-30”');
    expect(text).toContain(";'=1+1;");
    expect(text).toContain('"no;date"');
    expect(text).not.toMatch(/(?:^|;)[=+@]/mu);
  });

  it('shows only what the filter lets through, by severity, rule, field and text', async () => {
    const problems = async (...filter: string[]) => {
      const text = await run('problems', '--batch', batchId, '--format', 'json', ...filter);
      const report = JSON.parse(text) as { problems: { ruleId: string; severity: string; path: string | null }[] };
      return report.problems;
    };
    const all = await problems();
    const warnings = await problems('--severity', 'warning', '--severity', 'info');
    expect(warnings).toHaveLength(all.filter(({ severity }) => severity !== 'error').length);
    const dated = await problems('--field', 'DueDate');
    expect(dated.length).toBeGreaterThan(1);
    expect(dated.every(({ path }) => path?.endsWith('/DueDate') === true)).toBe(true);
    expect(all.length).toBeGreaterThan(dated.length + 1);
    // Words of a rule's title, in the language that was asked for.
    const worded = await problems('--rule', 'core.email.syntax', '--search', 'E-MAIL address', '--language', 'en');
    expect(worded).toMatchObject([{ ruleId: 'core.email.syntax' }]);
  });

  it('writes one HTML page that loads nothing and takes no text for markup', async () => {
    const html = await run('problems', '--batch', batchId, '--format', 'html', '--language', 'nb');
    expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="nb">/u);
    expect(html).toContain('<title>Problemer i run.xml</title>');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|src=|<link|@import|https?:/iu);
    expect(html).toContain('core.type.date');
    expect(html).toContain('@media print');
  });

  it('writes an e-mail with rule, line, column and the lines themselves, and nobody’s name in it', async () => {
    const out = join(folder, 'p.eml');
    await run('problems', '--batch', batchId, '--format', 'eml', '--to', 'vendor@example.org', '--out', out);
    const mail = await simpleParser(readFileSync(out));
    const text = mail.text ?? '';
    expect(mail.subject).toBe('Problem i fakturafilen run.xml');
    expect(mail.to).toMatchObject({ value: [{ address: 'vendor@example.org' }] });
    const line = source.split('\n').findIndex((each) => each.includes('2026-02-30')) + 1;
    expect(text).toContain(`Rad ${line}, kolumn 14, faktura 1001:`);
    expect(text).toContain('core.type.date');
    expect(text).toContain('<DueDate>2026-02-30</DueDate>');
    // The caret stands under the value.
    expect(text).toMatch(/\n( *)<DueDate>2026-02-30<\/DueDate>\n\1 {9}\^\n/u);
    // A wrong address in the customer register is not the vendor's to mend.
    expect(text).not.toContain('core.email.syntax');
    const chosen = await run('problems', '--batch', batchId, '--format', 'eml', '--rule', 'core.email.syntax');
    const covered = (await simpleParser(chosen)).text ?? '';
    expect(covered).toContain('<ElectronicMail>k***@@example.com</ElectronicMail>');
    for (const hidden of [...Object.values(names), 'Dolsk', 'knut@@', 'asa.hemlig', 'Provgatan'])
      expect(text + covered).not.toContain(hidden);
  });

  it('keeps the neighbours of a place covered in a file of one line', async () => {
    const file = join(folder, 'one-line.xml');
    const people = ['Rut Ettnamn', 'Ulf Tvanamn', 'Siv Trenamn'];
    const invoices = people.map((name, at) =>
      invoiceText({
        id: String(2001 + at),
        name,
        email: `${at}.person@example.com`,
        dueDate: at === 1 ? '2026-13-01' : '2026-12-24',
      }),
    );
    writeFileSync(file, batchText(invoices).replaceAll(/\n\s*/gu, ''));
    const imported = JSON.parse(await run('import', file, '--json')) as { batches: { batchId: string }[] };
    const eml = await run('problems', '--batch', imported.batches[0]?.batchId ?? '', '--format', 'eml');
    const text = (await simpleParser(eml)).text ?? '';
    expect(text).toContain('2026-13-01');
    for (const name of people.flatMap((each) => each.split(' '))) expect(text).not.toContain(name);
  });

  it('says what is wrong with its arguments', async () => {
    const wrong = await utskick(['problems', '--batch', batchId, '--format', 'xlsx', '--data', data]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('--format is one of csv, json, html, eml');
    const nowhere = await utskick(['problems', '--batch', 'nothing', '--data', data]);
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain('NOT_FOUND');
    expect((await utskick(['problems', '--data', data])).stderr).toContain('--batch is needed');
  });
});

describe('utskick receipt', () => {
  it('is a PDF with the file, its checksum, counts and sums that add up, the same bytes every time', async () => {
    const [one, two] = [join(folder, 'r1.pdf'), join(folder, 'r2.pdf')];
    await run('receipt', '--batch', batchId, '--out', one, '--language', 'en');
    await run('receipt', '--batch', batchId, '--out', two, '--language', 'en');
    expect(readFileSync(two).equals(readFileSync(one))).toBe(true);
    const { text, info, language } = await readPdf(readFileSync(one));
    expect(info.Title).toBe('Import receipt run.xml');
    expect(language).toBe('en');
    expect(text).toContain('Import receipt');
    expect(text).toMatch(/[0-9a-f]{64}/u);
    expect(text).toContain('Adds up: read = imported + in quarantine + skipped');
    expect(text).toMatch(
      /Imported 1 500\.00 SEK In quarantine 4 2,100\.00 SEK Skipped 0 0\.00 SEK Sum 5 2,600\.00 SEK Read 5 2,600\.00 SEK/u,
    );
    expect(text).toContain('core.email.syntax');
  });

  it('says in red what does not add up', async () => {
    const file = join(folder, 'short.xml');
    writeFileSync(file, batchText([invoiceText({ id: '3001' })], { count: '7' }));
    const imported = JSON.parse(await run('import', file, '--json')) as {
      batches: { batchId: string; errors: number }[];
    };
    expect(imported.batches[0]?.errors).toBe(1);
    const out = join(folder, 'short.pdf');
    await run('receipt', '--batch', imported.batches[0]?.batchId ?? '', '--out', out, '--language', 'sv');
    const { text } = await readPdf(readFileSync(out));
    expect(text).toContain('Stämmer inte');
    expect(text).toContain('Filen uppger 7 fakturor men innehåller 1.');
  });
});
