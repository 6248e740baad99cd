// The command line's file commands: sample and validate. Run as processes.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, utskick } from '../../support/cli.ts';

interface ValidateJson {
  readonly files: readonly {
    readonly file: string;
    readonly format: string | null;
    readonly version: string | null;
    readonly valid: boolean;
    readonly invoiceCount: number;
    readonly batchId: string | null;
    readonly error: { readonly code: string; readonly details: Readonly<Record<string, unknown>> } | null;
    readonly errors: readonly {
      readonly ruleId: string;
      readonly severity: string;
      readonly line: number;
      readonly column: number;
      readonly path: string;
      readonly message: string;
      readonly suggestion: string;
      readonly invoiceNumber: string | null;
    }[];
    readonly warnings: readonly { readonly ruleId: string }[];
  }[];
}

const folder = temporaryFolder();
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

async function sample(name: string, args: readonly string[]): Promise<string> {
  const out = join(folder, name);
  const made = await utskick(['sample', ...args, '--out', out]);
  expect(made, made.stderr).toMatchObject({ code: 0, stdout: '' });
  return out;
}

async function validate(...files: string[]): Promise<{ code: number | null; json: ValidateJson }> {
  const ran = await utskick(['validate', ...files, '--json']);
  return { code: ran.code, json: JSON.parse(ran.stdout) as ValidateJson };
}

describe('utskick sample', () => {
  it('writes the same file for the same seed and another for another', async () => {
    const first = await sample('a.xml', ['--invoices', '30', '--errors', '3', '--seed', '7']);
    const second = await sample('b.xml', ['--invoices', '30', '--errors', '3', '--seed', '7']);
    const other = await sample('c.xml', ['--invoices', '30', '--errors', '3', '--seed', '8']);
    expect(hashOf(second)).toBe(hashOf(first));
    expect(hashOf(other)).not.toBe(hashOf(first));
  });

  it('says what is missing and writes nothing', async () => {
    const ran = await utskick(['sample', '--invoices', 'many', '--out', join(folder, 'never.xml')]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('--invoices takes a whole number');
  });
});

describe('utskick validate', () => {
  it('finds exactly the planted invoices, each with line, column, path and words', async () => {
    const file = await sample('errors.xml', ['--invoices', '200', '--errors', '9', '--seed', '11']);
    const { code, json } = await validate(file);
    const [report] = json.files;
    expect(code).toBe(1);
    expect(report).toMatchObject({ format: 'GASEL', version: '1.0', valid: false, invoiceCount: 200, error: null });
    expect(report?.batchId).toMatch(/^BATCH\d{13}$/u);
    expect(new Set(report?.errors.map((problem) => problem.path.split('/')[0])).size).toBe(9);
    const lines = readFileSync(file, 'utf8').split('\n');
    for (const problem of report?.errors ?? []) {
      expect(problem.severity).toBe('error');
      expect(problem.line).toBeGreaterThan(1);
      expect(problem.column).toBeGreaterThan(0);
      expect(problem.column).toBeLessThanOrEqual(Array.from(lines[problem.line - 1] ?? '').length + 1);
      expect(problem.path).toMatch(/^Invoice\[\d+\]/u);
      expect(problem.message).not.toBe('');
      expect(problem.suggestion).not.toBe('');
    }
  });

  it('ends with 0 for a clean file', async () => {
    const { code, json } = await validate(await sample('clean.xml', ['--invoices', '60', '--seed', '2']));
    expect(code).toBe(0);
    expect(json.files[0]).toMatchObject({ valid: true, errors: [], warnings: [] });
  });

  it('ends with 2 when a file is not there', async () => {
    const ran = await utskick(['validate', join(folder, 'nowhere.xml'), '--json']);
    expect(ran.code).toBe(2);
    expect((JSON.parse(ran.stdout) as ValidateJson).files[0]?.error?.code).toBe('UNREADABLE');
  });

  it('names the place of broken XML and the code EG Flow uses', async () => {
    const file = await sample('whole.xml', ['--invoices', '5', '--seed', '4']);
    const broken = join(folder, 'broken.xml');
    writeFileSync(broken, readFileSync(file, 'utf8').replace('</CustomerParty>', '</CustomerPart>'));
    const { code, json } = await validate(broken);
    expect(code).toBe(1);
    expect(json.files[0]?.error).toMatchObject({ code: 'INVALID_XML' });
    const line =
      readFileSync(broken, 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('</CustomerPart>')) + 1;
    expect(json.files[0]?.error?.details).toMatchObject({ line });
  });

  it('says which formats are known when the namespace is not', async () => {
    const file = join(folder, 'unknown.xml');
    writeFileSync(
      file,
      `<?xml version="1.0"?>\n<Bills xmlns="http://unknown.example/schema">${'<Bill/>'.repeat(200)}</Bills>\n`,
    );
    const { json } = await validate(file);
    expect(json.files[0]?.error).toMatchObject({
      code: 'UNSUPPORTED_FORMAT',
      details: { detectedNamespace: 'http://unknown.example/schema' },
    });
    expect(json.files[0]?.error?.details.supportedFormats).toContain('GASEL');
  });

  it('has help, a version, and words for a command that does not exist', async () => {
    expect((await utskick(['--help'])).stdout).toContain('export-pdf');
    expect((await utskick(['--version'])).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/u);
    const wrong = await utskick(['send']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('There is no command "send"');
  });
});

describe('utskick sample and validate in other formats', () => {
  it('write single-invoice formats as a folder of files, which validate by their names', async () => {
    const out = await sample('bis', ['--invoices', '3', '--format', 'peppol-bis']);
    const files = readdirSync(out).map((name) => join(out, name));
    expect(files).toHaveLength(3);
    const { code, json } = await validate(...files);
    expect(code).toBe(0);
    for (const file of json.files)
      expect(file).toMatchObject({ format: 'Peppol BIS', version: '3.0', valid: true, invoiceCount: 1 });
  });

  it('say what a format that can’t be released lacks, and refuse errors it has no fields for', async () => {
    const out = await sample('sr.xml', ['--invoices', '2', '--format', 'sendregning']);
    const { code, json } = await validate(out);
    expect(code).toBe(1);
    expect(json.files[0]).toMatchObject({ format: 'SendRegning', invoiceCount: 2 });
    expect(json.files[0]?.errors.map(({ ruleId }) => ruleId)).toEqual([
      'core.format.incomplete',
      'core.format.incomplete',
    ]);
    expect(json.files[0]?.errors[0]?.message).toContain('invoice number');
    const wrong = await utskick(['sample', '--invoices', '2', '--errors', '1', '--format', 'swedwise', '--out', out]);
    expect(wrong.code).toBe(2);
    const unknown = await utskick(['sample', '--invoices', '2', '--format', 'finvoice', '--out', out]);
    expect(unknown.stderr).toContain('--format takes one of gasel');
  });
});

describe('utskick formats', () => {
  const data = join(folder, 'data');
  const gasel = readFileSync(join(import.meta.dirname, '../../../resources/profiles/gasel-1.0.json'), 'utf8');

  it('lists formats with version, status, root and namespace, own ones among them', async () => {
    mkdirSync(join(data, 'profiles'), { recursive: true });
    const own = gasel.replace('"gasel-1.0"', '"own-1"').replace('invoice:1.0"', 'invoice:own"');
    writeFileSync(join(data, 'profiles', 'own.json'), own);
    const ran = await utskick(['formats', '--json', '--data', data]);
    expect(ran.code, ran.stderr).toBe(0);
    const { formats, broken } = JSON.parse(ran.stdout) as {
      formats: { id: string; status: string }[];
      broken: unknown[];
    };
    expect(broken).toEqual([]);
    expect(formats).toContainEqual(expect.objectContaining({ id: 'oioubl-2', format: 'OIOUBL', root: 'Invoice' }));
    expect(formats).toContainEqual(expect.objectContaining({ id: 'swedwise-csv-1', version: 'CSV' }));
    expect(formats.find(({ id }) => id === 'own-1')?.status).toBe('own');
    expect((await utskick(['formats', '--data', data])).stdout).toContain('Peppol BIS 3.0');
  });

  it('reads files of an own format', async () => {
    const text = readFileSync(await sample('own.xml', ['--invoices', '2']), 'utf8').replace(
      'invoice:1.0"',
      'invoice:own"',
    );
    const path = join(folder, 'own-format.xml');
    writeFileSync(path, text);
    expect((await utskick(['validate', path])).code).toBe(1);
    const ran = await utskick(['validate', path, '--data', data]);
    expect(ran.stdout, ran.stderr).toContain('GASEL 1.0, 2 invoices, no errors');
  });

  it('checks a profile: line, column, key and words in the language', async () => {
    const path = join(folder, 'wrong.json');
    writeFileSync(path, gasel.replace('"kind": "invoice"', '"kind": "receipt"'));
    const ran = await utskick(['formats', '--check', path, '--language', 'sv']);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/\d+:11 {2}kind: Värdet av ”kind” ska vara något av: invoice, creditNote\./u);
    const good = join(folder, 'good.json');
    writeFileSync(good, gasel);
    const sound = await utskick(['formats', '--check', good, '--json']);
    expect(sound.code).toBe(0);
    expect(JSON.parse(sound.stdout)).toMatchObject({ valid: true, problems: [], formats: [{ id: 'gasel-1.0' }] });
    expect((await utskick(['formats', '--check', join(folder, 'nowhere.json')])).code).toBe(2);
  });
});
