// Content hashes computed from the file beside the reading: the same as of the bytes, across windows, and an error when the file changes.

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RowHashes } from '../../../src/main/workers/row-hashes.ts';
import type { RowOnTheWay } from '../../../src/main/workers/row-hashes.ts';

let folder = '';
let path = '';
/** Larger than two windows, no two stretches alike. */
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_unused, index) => `${String(index)};`).join(''));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'utskick-row-hashes-'));
  path = join(folder, 'source.xml');
  writeFileSync(path, bytes);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function rowAt(byteOffset: number, byteLength: number, contentSha256 = ''): RowOnTheWay {
  return {
    fileOrdinal: 0,
    ordinal: 0,
    byteOffset,
    byteLength,
    line: 1,
    column: 1,
    kind: 'invoice',
    invoiceNumber: '1',
    sellerKey: '',
    customerName: '',
    city: '',
    email: null,
    invoiceDate: null,
    dueDate: null,
    currency: 'SEK',
    payableMinor: 0,
    channel: 'email',
    customerRef: '',
    vatRate: null,
    payeeAccounts: '',
    errorCount: 0,
    warningCount: 0,
    contentSha256,
  };
}

async function completed(rows: readonly RowOnTheWay[]): Promise<readonly string[]> {
  const hashes = new RowHashes(path);
  try {
    await hashes.complete(rows);
  } finally {
    await hashes.close();
  }
  return rows.map(({ contentSha256 }) => contentSha256);
}

test('rows one after the other, over the border of a window and larger than one, get the hash of their bytes', async () => {
  const stretches = [
    [7, 1_000],
    [1_048_000, 2_000],
    [1_050_000, 900_000],
    [100, 1_500_000],
    [bytes.length - 5, 5],
  ] as const;
  const expected = stretches.map(([from, length]) =>
    createHash('sha256')
      .update(bytes.subarray(from, from + length))
      .digest('hex'),
  );
  expect(await completed(stretches.map(([from, length]) => rowAt(from, length)))).toEqual(expected);
});

test('a row that has its hash keeps it, and the file is not opened for it', async () => {
  rmSync(path);
  expect(await completed([rowAt(0, 10, 'known')])).toEqual(['known']);
});

test('a file that became shorter is an error, not another hash', async () => {
  truncateSync(path, 500);
  await expect(completed([rowAt(400, 200)])).rejects.toMatchObject({ code: 'EIO' });
});
