// What the command line says when it is used wrongly, and what it does with files, folders and signals that get in its way. Run as processes.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { entryPoints } from '../../../src/main/platform/entry-points.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { temporaryFolder, utskick } from '../../support/cli.ts';

const folder = temporaryFolder();
const file = join(folder, 'batch.xml');
const entry = resolve(import.meta.dirname, '../../../src/main/hosts/cli/main.ts');

interface ImportJson {
  readonly batches: readonly { readonly batchId: string; readonly state: string; readonly imported: number }[];
  readonly refused: readonly { readonly file: string; readonly code: string }[];
}

beforeAll(async () => {
  const made = await utskick(['sample', '--invoices', '12', '--errors', '2', '--seed', '3', '--out', file]);
  expect(made.code, made.stderr).toBe(0);
});

describe('wrong arguments', () => {
  it.each([
    { args: ['sample', '--bogus', '--out', 'x.xml'], says: 'There is no option --bogus' },
    { args: ['sample', '--invoices', '--out', 'x.xml'], says: '--invoices needs a value' },
    { args: ['validate', 'x.xml', '--json=1'], says: '--json takes no value' },
    { args: ['run', 'twice'], says: '"twice" is one argument too many' },
    { args: ['status', '--data', ''], says: '--data is empty' },
    { args: ['connection', 'add', 'email', '--name', 'mail', '--host', 'h'], says: '--port, --from are needed' },
    {
      args: ['connection', 'add', 'email', '--name', 'mail', '--host', 'h', '--port', '25', '--from', 'nobody'],
      says: '--from takes an e-mail address',
    },
    {
      args: [
        'connection',
        'add',
        'sftp',
        '--name',
        'p',
        '--host',
        'h',
        '--user',
        'u',
        '--path',
        '/',
        '--host-key',
        'x',
      ],
      says: '--host-key takes SHA256:',
    },
  ])('"$args" ends with 2 and "$says", with nothing on stdout', async ({ args, says }) => {
    const ran = await utskick(args, { UTSKICK_DATA: join(folder, 'never') });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(says);
    expect(ran.stderr).toContain('Usage:');
    expect(ran.stdout).toBe('');
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });

  it('refuses a key file that is not there before anything is stored', async () => {
    const key = join(folder, 'no-key');
    const sftp = ['connection', 'add', 'sftp', '--name', 'p', '--host', 'h', '--user', 'u', '--path', '/'];
    const ran = await utskick([...sftp, '--accept-host-key', '--key', key, '--data', join(folder, 'keyless')]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`The key file ${key} cannot be read`);
  });

  it('has help by -h, and all forms of connection in its help', async () => {
    expect((await utskick(['run', '-h'])).code).toBe(0);
    expect((await utskick(['connection', '--help'])).stdout).toContain('--accept-host-key');
  });

  it('says so when the practice folder or port cannot be had', async () => {
    const inFile = await utskick(['practice', '--dir', join(file, 'below')]);
    expect(inFile.code).toBe(2);
    expect(inFile.stderr).toContain('cannot be made or written');
    const running = await startPracticeProcess({ entry: entryPoints().practice, dir: join(folder, 'practice') });
    const port = String(running.endpoints.smtp.port);
    const taken = await utskick(['practice', '--dir', join(folder, 'other'), '--smtp-port', port]);
    await running.stop();
    expect(taken.code).toBe(2);
    expect(taken.stderr).toContain(`Port ${port} is taken`);
  });
});

describe('files and folders in the way', () => {
  it('tells a missing file, a folder without invoices and what to do apart', async () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    const ran = await utskick(['validate', join(folder, 'nowhere.xml'), inner]);
    expect(ran.code).toBe(2);
    expect(ran.stdout).toContain(`There is no file ${join(folder, 'nowhere.xml')}. Check its name and folder.`);
    expect(ran.stdout).toContain(`${inner}: not read`);
    expect(ran.stdout).toContain('There is no invoice file in it.');
    expect(ran.stdout).not.toContain('0 errors');
  });

  it('says that a data folder is new, so that a mistyped one is noticed', async () => {
    const data = join(folder, 'mistyped');
    expect((await utskick(['status', '--data', data])).stderr).toContain(`Made the new data folder ${data}.`);
    expect((await utskick(['status', '--data', data])).stderr).toBe('');
  });

  it('gives an error as JSON when JSON was asked for', async () => {
    const ran = await utskick(['status', '--batch', 'nope', '--data', join(folder, 'json'), '--json']);
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('goes on without a reader of stdout', async () => {
    const child = spawn(process.execPath, [entry, 'validate', file, file, file, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let notes = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (notes += text));
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, notes }).toEqual({ code: 1, notes: '' });
  });
});

describe('utskick validate', () => {
  it('counts all problems and lists at most 100,000 of them as valid JSON', { timeout: 120_000 }, async () => {
    const many = join(folder, 'many.xml');
    expect((await utskick(['sample', '--invoices', '1500', '--seed', '4', '--out', many])).code).toBe(0);
    const wrong = '<InvoiceLine><ID>9</ID><PriceAmount>1,5</PriceAmount></InvoiceLine>';
    const text = readFileSync(many, 'utf8').replaceAll('<TaxTotal>', `${wrong.repeat(35)}<TaxTotal>`);
    writeFileSync(many, text);
    const ran = await utskick(['validate', many, '--json']);
    const [report] = (
      JSON.parse(ran.stdout) as {
        files: { errorCount: number; warningCount: number; errors: unknown[]; warnings: unknown[] }[];
      }
    ).files;
    expect(ran.code).toBe(1);
    expect(report?.errorCount).toBeGreaterThan(150_000);
    expect((report?.errors.length ?? 0) + (report?.warnings.length ?? 0)).toBe(100_000);
  });
});

describe('utskick import', () => {
  it('takes the good invoices of a batch that strict kept back, when lenient is asked for', async () => {
    const data = join(folder, 'kept');
    await utskick(['import', file, '--mode', 'strict', '--data', data]);
    const silent = await utskick(['import', file, '--data', data, '--json']);
    expect((JSON.parse(silent.stdout) as ImportJson).refused[0]?.code).toBe('ALREADY_IMPORTED');
    const taken = await utskick(['import', file, '--mode', 'lenient', '--data', data, '--json']);
    expect(taken.code, taken.stderr).toBe(0);
    expect(JSON.parse(taken.stdout)).toMatchObject({
      batches: [{ state: 'imported', read: 12, imported: 10, quarantined: 2 }],
      refused: [],
    });
  });

  it('says why invoices are in quarantine, and ends with 1 when none came in', async () => {
    const data = join(folder, 'copies');
    await utskick(['import', file, '--data', data]);
    const copy = join(folder, 'copy.xml');
    writeFileSync(copy, `${readFileSync(file, 'utf8')}<!-- exported again -->\n`);
    const ran = await utskick(['import', copy, '--data', data]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('no invoice came in');
    expect(ran.stderr).toContain('12 invoices in quarantine');
    expect(ran.stderr).toMatch(/× core\.duplicate\.store, first on line \d+: /u);
  });

  it('ends an interrupted import with nothing imported, and accounts for every file', { timeout: 60_000 }, async () => {
    const big = join(folder, 'big.xml');
    await utskick(['sample', '--invoices', '20000', '--seed', '4', '--out', big]);
    const data = join(folder, 'interrupted');
    const child = spawn(process.execPath, [entry, 'import', big, file, '--data', data, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    const closed = once(child, 'close');
    // The first word on stderr is about the new folder: the engine is open and the import begins.
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    const [code] = (await closed) as [number | null];
    expect(code).toBe(1);
    const { batches, refused } = JSON.parse(out) as ImportJson;
    expect(batches).toEqual([]);
    expect(refused.map(({ code: cause }) => cause)).toEqual(['CANCELLED', 'CANCELLED']);
    const status = await utskick(['status', '--data', data, '--json']);
    expect(JSON.parse(status.stdout)).toMatchObject({ read: 0, batches: [] });
  });
});

describe('utskick run', () => {
  it('goes on when a password that was missing is there again', async () => {
    const data = join(folder, 'password');
    const practice = await startPracticeProcess({ entry: entryPoints().practice, dir: join(folder, 'peer') });
    const { sftp } = practice.endpoints;
    const env = { WRONG_USE_PASSWORD: sftp.password };
    const { stdout } = await utskick(['import', file, '--data', data, '--json']);
    const batchId = (JSON.parse(stdout) as ImportJson).batches[0]?.batchId ?? '';
    const peer = ['--host', sftp.host, '--port', String(sftp.port), '--user', sftp.user, '--path', '/'];
    const secrets = ['--host-key', sftp.hostKey, '--password-env', 'WRONG_USE_PASSWORD'];
    await utskick(['connection', 'add', 'sftp', '--name', 'print', ...peer, ...secrets, '--data', data], env);
    await utskick(['release', '--batch', batchId, '--connection', 'print', '--data', data], env);
    const without = await utskick(['run', '--data', data]);
    expect(without.code).toBe(1);
    expect(without.stderr).toContain('WRONG_USE_PASSWORD is not set');
    const again = await utskick(['run', '--data', data], env);
    expect(again.code, again.stderr).toBe(0);
    expect(again.stdout).toContain('Accepted 10, waiting 0');
    await practice.stop();
  });
});
