// The parts of the practice providers that the witness depends on: reading a message, counting orders, files that are never overwritten.

import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeHostKey } from '../../../src/main/practice/keys.ts';
import { openLedger } from '../../../src/main/practice/ledger.ts';
import { MischiefBook, mischiefSchema } from '../../../src/main/practice/mischief.ts';
import { readMessage } from '../../../src/main/practice/mime.ts';
import { SftpFiles, invoiceNumberOf } from '../../../src/main/practice/sftp-files.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'utskick-unit-'));
});
afterEach(() => rm(dir, { recursive: true }));

const message = (lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');

it('a host key can always be read again', { timeout: 60_000 }, () => {
  // The library's own keys can't, about once in 250.
  const unreadable = Array.from({ length: 1_500 }, makeHostKey).filter(
    (key) => ssh2.utils.parseKey(key) instanceof Error,
  );
  expect(unreadable).toEqual([]);
});

describe('reading a message', () => {
  it('finds number and PDF below nested parts', () => {
    const read = readMessage(
      message([
        'Message-ID: <a@b>',
        'X-Invoice-Number: =?UTF-8?Q?=C3=85-1?=',
        'Content-Type: multipart/mixed;',
        ' boundary="out"',
        '',
        'preamble',
        '--out',
        'Content-Type: multipart/alternative; boundary=in',
        '',
        '--in',
        'Content-Type: text/plain',
        '',
        'text',
        '--in--',
        '--out',
        'Content-Type: application/pdf; name="Faktura-1.pdf"',
        'Content-Transfer-Encoding: base64',
        '',
        'JVBE',
        'Ri0=',
        '--out--',
      ]),
    );
    expect(read).toEqual({
      messageId: '<a@b>',
      invoiceNumber: 'Å-1',
      pdf: Buffer.from('%PDF-'),
      pdfName: 'Faktura-1.pdf',
    });
  });

  it('takes the number from the name of the PDF when no header has it', () => {
    expect(readMessage(message(['Content-Type: application/pdf; name=Faktura-77.pdf', '', 'x'])).invoiceNumber).toBe(
      '77',
    );
  });

  it('of any other kind finds nothing and does not fail', () => {
    expect(readMessage(message(['Subject: hello', '', 'text']))).toEqual({
      messageId: null,
      invoiceNumber: null,
      pdf: null,
      pdfName: null,
    });
    expect(readMessage(Buffer.alloc(0)).pdf).toBeNull();
    expect(readMessage(message(['Content-Type: multipart/mixed; boundary=x', '', '--x'])).pdf).toBeNull();
  });
});

describe('an order to misbehave', () => {
  it('is carried out at its phase only, as often as told', () => {
    const book = new MischiefBook();
    book.set(mischiefSchema.parse({ provider: 'smtp', mode: 'cut', phase: 'in-data', count: 2 }));
    expect(book.take('mail')).toBeNull();
    expect([book.take('in-data')?.mode, book.take('in-data')?.mode, book.take('in-data')]).toEqual([
      'cut',
      'cut',
      null,
    ]);
  });

  it('without a count stays until it is ended', () => {
    const book = new MischiefBook();
    book.set(mischiefSchema.parse({ provider: 'sftp', mode: 'hang', phase: 'open' }));
    for (let time = 0; time < 5; time += 1) expect(book.take('open')?.mode).toBe('hang');
    book.set(mischiefSchema.parse({ provider: 'sftp', mode: 'none' }));
    expect(book.take('open')).toBeNull();
  });

  it('needs a phase that its provider has', () => {
    expect(mischiefSchema.safeParse({ provider: 'smtp', mode: 'cut' }).success).toBe(false);
    expect(mischiefSchema.safeParse({ provider: 'smtp', mode: 'cut', phase: 'before-rename' }).success).toBe(false);
  });
});

it('misbehaves at each so many passings of one operation, and not at those of another', () => {
  const book = new MischiefBook();
  const phase = 'before-effect';
  book.set(
    mischiefSchema.parse({ provider: 'svea', mode: 'cut', phase, operation: 'CreateOrderEu', every: 2, count: 2 }),
  );
  const passings = ['CreateOrderEu', 'Ping', 'CreateOrderEu', 'CreateOrderEu', 'CreateOrderEu', 'CreateOrderEu'];
  const taken = passings.map((operation) => book.take(phase, operation)?.mode ?? 'none');
  expect(taken).toEqual(['none', 'none', 'cut', 'none', 'cut', 'none']);
  expect(mischiefSchema.safeParse({ provider: 'svea', mode: 'garble', phase: 'connect' }).success).toBe(false);
});

describe('the files of the practice print vendor', () => {
  const make = async (): Promise<{
    readonly files: SftpFiles;
    readonly lines: () => Promise<readonly string[]>;
    readonly root: string;
  }> => {
    const root = join(dir, 'sftp');
    await mkdir(root);
    const ledger = await openLedger(join(dir, 'ledger.jsonl'), 'sftp');
    return {
      root,
      files: new SftpFiles(root, ledger),
      lines: async () => (await readFile(ledger.path, 'utf8')).split('\n').filter((line) => line !== ''),
    };
  };

  it('are in the ledger once they have their final name, and never overwritten by a rename', async () => {
    const { files, lines, root } = await make();
    await writeFile(join(root, 'a.part'), 'a');
    await writeFile(join(root, 'b.part'), 'b');
    await files.rename('/a.part', '/1_00000000.pdf');
    await expect(files.rename('/b.part', '/1_00000000.pdf')).rejects.toThrow();
    expect((await readdir(root)).sort()).toEqual(['1_00000000.pdf', 'b.part']);
    expect(await lines()).toHaveLength(1);
    await files.replace('/b.part', '/1_00000000.pdf');
    expect(await readFile(join(root, '1_00000000.pdf'), 'utf8')).toBe('b');
    expect(await lines()).toHaveLength(2);
  });

  it('cannot be named out of their folder', async () => {
    const { files } = await make();
    expect(files.virtual('../../etc/passwd')).toBe('/etc/passwd');
    expect(files.virtual('')).toBe('/');
    expect(() => files.virtual('/a\\..\\b')).toThrow();
    expect(() => files.virtual('C:/x')).toThrow();
  });

  it.each([
    ['/1042_0a1b2c3d.pdf', '1042'],
    ['/in/a_b_0a1b2c3d.pdf', 'a_b'],
    ['/index-0a1b2c3d-001.csv', null],
    ['/1042.pdf', null],
  ])('%s is invoice %s', (path, number) => {
    expect(invoiceNumberOf(path)).toBe(number);
  });
});

it('a ledger keeps the order of what was written side by side', async () => {
  const ledger = await openLedger(join(dir, 'l.jsonl'), 'smtp');
  await Promise.all(
    Array.from({ length: 100 }, (_none, index) =>
      ledger.append({ event: 'accepted', invoiceNumber: String(index), sha256: null, bytes: index }),
    ),
  );
  expect(ledger.received()).toBe(100);
  await ledger.close();
  const written = (await readFile(join(dir, 'l.jsonl'), 'utf8')).trim().split('\n');
  const numbers = written.map((line) => Number(/"bytes":(\d+)/u.exec(line)?.[1]));
  expect(numbers).toEqual(Array.from({ length: 100 }, (_none, index) => index));
  const again = await openLedger(join(dir, 'l.jsonl'), 'smtp');
  expect(again.received()).toBe(100);
  await again.close();
});
