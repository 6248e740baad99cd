// The check of all that is kept: receipts by their rows and files, steps, and a journal that cannot be written, over a real data folder.

import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../../src/main/ports/store.ts';
import { verifyDatabase } from '../../../src/main/store/verify.ts';
import { verifyDataFolder } from '../../../src/main/store/verify-files.ts';
import {
  act,
  connection,
  importBatch,
  openOrFail,
  releaseItem,
  rows,
  sha256,
  temporaryFolder,
} from '../../support/store-workspace.ts';

const mail = connection('mail', 'email');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
let store: Store;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'utskick.db');
  store = await openOrFail(path);
  store.config.saveConnection(mail, act());
  importBatch(store, 'batch-0001', { rows: rows(2) });
  const candidates = store.releases.candidates('batch-0001', { states: ['ready'], notReleasedTo: null, limit: null });
  const items = candidates.map(({ invoiceId, invoiceNumber }, at) => ({
    ...releaseItem(invoiceId, invoiceNumber, mail),
    steps: at === 0 ? 2 : 1,
    ...(at === 0
      ? {}
      : { messageSha256: store.messages.keep({ subject: 'Invoice', text: 'Hello', html: '<p>Hello' }) }),
  }));
  store.releases.write('batch-0001', items, act(1));
});

afterEach(async () => {
  store.close();
  await folder.dispose();
});

function claim(): { readonly fence: number; readonly claims: ReturnType<Store['deliveries']['claim']> } {
  const held = store.deliveries.acquireRunnerLease({ pid: process.pid, id: 'r' }, { nowMs: 1, untilMs: 2 }, () => true);
  if (held === null) throw new Error('the lease is held');
  const { fence } = held;
  return { fence, claims: store.deliveries.claim({ fence, connectionId: 'mail', limit: 10, nowMs: Date.now() }) };
}

function deliverAll(): void {
  const { fence, claims } = claim();
  store.deliveries.markSending(fence, claims, Date.now());
  store.deliveries.record(
    fence,
    claims.map(({ deliveryId, attempt }) => ({
      deliveryId,
      attempt,
      outcome: { kind: 'accepted', receipt: { reply: '250 ok' } },
      phase: 'replySeen',
      fromState: 'sending',
      toState: 'accepted',
      dueAtMs: 0,
      nowMs: Date.now(),
      countsAsAttempt: true,
    })),
  );
}

const receiptFindings = () => verifyDataFolder(folder.path).findings.filter(({ part }) => part === 'receipts');

async function writeReceipt(sha256: string, text: string): Promise<void> {
  const file = join(folder.path, 'receipts', sha256.slice(0, 2), `${sha256}.json`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

test('a receipt’s row gives its hash, its file may come later, and then neither may change nor go', async () => {
  deliverAll();
  const waiting = store.receipts.withoutFile(10);
  expect(waiting).toHaveLength(2);
  expect(verifyDataFolder(folder.path)).toMatchObject({ checked: { receipts: 2 } });
  expect(receiptFindings()).toEqual([]);
  for (const { fileSha256, text } of waiting) await writeReceipt(fileSha256 ?? '', text);
  store.receipts.filesKeptTo(waiting.at(-1)?.id ?? 0);
  expect(receiptFindings()).toEqual([]);
  await writeReceipt(waiting[0]?.fileSha256 ?? '', 'something else');
  await rm(join(folder.path, 'receipts', (waiting[1]?.fileSha256 ?? '').slice(0, 2)), { recursive: true });
  expect(receiptFindings()).toMatchObject([{ code: 'changed' }, { code: 'missing' }]);
});

test('a receipt whose row was changed is found, also while its file is not written yet', () => {
  deliverAll();
  const db = new Database(path);
  for (const name of db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'receipts'")
    .pluck()
    .all())
    db.exec(`DROP TRIGGER ${String(name)}`);
  db.exec(`UPDATE receipts SET receipt_json = '{"reply":"550 no"}' WHERE id = 1`);
  db.close();
  expect(receiptFindings()).toMatchObject([
    { code: 'changed', detail: expect.stringContaining('receipt 1') as string },
  ]);
});

const keepDocument = async (sha256: string, ending: string, text: string): Promise<void> => {
  const file = join(folder.path, 'documents', sha256.slice(0, 2), `${sha256}${ending}`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
};

test('documents of every kind are found and checked, whatever their file’s ending', async () => {
  const hashes = ['.pdf', '.xml', '.json'].map((ending) => {
    const text = `a document with the ending ${ending}`;
    return { ending, text, sha256: sha256(text) };
  });
  importBatch(store, 'batch-0002', { rows: rows(3, (ordinal) => ({ invoiceNumber: `B${String(ordinal)}` })) });
  const candidates = store.releases.candidates('batch-0002', { states: ['ready'], notReleasedTo: null, limit: null });
  const items = candidates.map(({ invoiceId, invoiceNumber }, at) => ({
    ...releaseItem(invoiceId, invoiceNumber, mail),
    documentSha256: hashes[at]?.sha256 ?? '',
  }));
  store.releases.write('batch-0002', items, act(2));
  const wrong = () =>
    verifyDataFolder(folder.path)
      .findings.filter(
        ({ part, detail }) => part === 'documents' && hashes.some(({ sha256 }) => detail.includes(sha256)),
      )
      .map(({ code }) => code);
  expect(wrong()).toEqual(['missing', 'missing', 'missing']);
  for (const { sha256, ending, text } of hashes) await keepDocument(sha256, ending, text);
  expect(wrong()).toEqual([]);
  await keepDocument(hashes[1]?.sha256 ?? '', '.xml', 'something else');
  expect(wrong()).toEqual(['changed']);
});

test('an e-mail that a release froze may neither change nor go', () => {
  const report = () => {
    const { checked, findings } = verifyDatabase(path);
    return [checked.messages, ...findings.filter(({ part }) => part === 'messages').map(({ code }) => code)];
  };
  expect(report()).toEqual([1]);
  const db = new Database(path);
  db.exec('DROP TRIGGER messages_are_not_changed');
  db.prepare('UPDATE messages SET body = ?').run(deflateRawSync('{"subject":"Another","text":"","html":""}'));
  expect(report()).toEqual([1, 'changed']);
  db.prepare('UPDATE messages SET body = ?').run(Buffer.from('no deflated bytes'));
  expect(report()).toEqual([1, 'changed']);
  db.exec('DELETE FROM messages');
  expect(report()).toEqual([1, 'missing']);
  db.close();
});

test('an accepted step that another one follows is no finding: its invoice waits for the last', () => {
  deliverAll();
  expect(verifyDatabase(path).findings).toEqual([]);
});

test('while the journal of what is sent cannot be written nothing is sent, the trouble is said, and then all goes on', async () => {
  const journal = join(folder.path, 'utskick.sent');
  await rename(journal, `${journal}.away`);
  await mkdir(journal);
  const { fence, claims } = claim();
  expect(() => store.deliveries.markSending(fence, claims, Date.now())).toThrow(
    expect.objectContaining({ code: 'STORAGE_FULL' }) as Error,
  );
  expect(store.trouble()).toBe('STORAGE_FULL');
  expect(claims.map(({ deliveryId }) => store.reads.delivery(deliveryId)?.state)).toEqual(['queued', 'queued']);
  await rm(journal, { recursive: true });
  await rename(`${journal}.away`, journal);
  deliverAll();
  expect(store.trouble()).toBeNull();
  expect(claims.map(({ deliveryId }) => store.reads.delivery(deliveryId)?.state)).toEqual(['accepted', 'accepted']);
});
