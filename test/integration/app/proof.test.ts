// A batch's proof over a real file: it adds up through every state, and says what differs once a copy of the database is damaged.

import { copyFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { batchProof, releasedDocumentList } from '../../../src/main/app/batch-proof.ts';
import type { Store } from '../../../src/main/ports/store.ts';
import type { BatchProof, ProofBucket } from '../../../src/shared/schema/proof.ts';
import { wordsForProofFault } from '../../../src/shared/words/proof-faults.ts';
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

const batchId = 'batch-0001';
const print = connection('print', 'sftp');
const alive = () => true;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
let store: Store;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = `${folder.path}/utskick.db`;
  store = await openOrFail(path);
  store.config.saveConnection(print, act());
  importBatch(store, batchId, {
    rows: rows(10, (ordinal) => ({
      ...(ordinal === 9 ? { errorCount: 1 } : {}),
      ...(ordinal === 8 ? { currency: 'NOK' } : {}),
    })),
  });
});

afterEach(async () => {
  store.close();
  await folder.dispose();
});

function proofOf(of: Store = store): BatchProof {
  const proof = batchProof({ store: of, sha256 }, batchId);
  if (!proof.ok) throw new Error(proof.error.message);
  return proof.value;
}

function countsOf(proof: BatchProof): Partial<Record<ProofBucket, number>> {
  return Object.fromEntries(proof.buckets.filter(({ count }) => count > 0).map(({ bucket, count }) => [bucket, count]));
}

function idsOf(): number[] {
  return store.releases
    .candidates(batchId, { states: ['ready'], notReleasedTo: null, limit: null })
    .map(({ invoiceId }) => invoiceId);
}

/** Sends four: accepted, failed, unknown, and one that stays queued. One is held, one excluded. */
function bringIntoEveryState(): void {
  const [held = 0, excluded = 0, ...others] = idsOf();
  store.invoices.setHeld(batchId, { ids: [held] }, { isHeld: true }, act(1_100_000));
  const change = { isExcluded: true, reason: 'the customer has paid in cash' };
  store.invoices.setExcluded(batchId, { ids: [excluded] }, change, act(1_200_000));
  const items = others.slice(0, 4).map((id) => releaseItem(id, String(id), print));
  store.releases.write(batchId, items, act(1_300_000));
  const lease = store.deliveries.acquireRunnerLease(
    { pid: process.pid, id: 'r' },
    { nowMs: 1_400_000, untilMs: 1_500_000 },
    alive,
  );
  const fence = lease?.fence ?? 0;
  const claims = store.deliveries.claim({ fence, connectionId: 'print', limit: 3, nowMs: 1_400_000 });
  store.deliveries.markSending(fence, claims, 1_400_001);
  const end = { fromState: 'sending', dueAtMs: 0, nowMs: 1_400_002, countsAsAttempt: true } as const;
  const [one, two, three] = claims;
  store.deliveries.record(fence, [
    {
      ...end,
      deliveryId: one?.deliveryId ?? 0,
      attempt: 1,
      phase: 'replySeen',
      toState: 'accepted',
      outcome: { kind: 'accepted', receipt: { path: '/a.pdf', sizeBytes: 100 } },
    },
    {
      ...end,
      deliveryId: two?.deliveryId ?? 0,
      attempt: 1,
      phase: 'effect',
      toState: 'rejected',
      outcome: { kind: 'refused', code: 'sftp.name-taken', detail: 'no' },
    },
    {
      ...end,
      deliveryId: three?.deliveryId ?? 0,
      attempt: 1,
      phase: 'effect',
      toState: 'unknown',
      outcome: { kind: 'unknown', phase: 'effect', code: 'sftp.no-reply', detail: '' },
    },
  ]);
}

describe('a proof', () => {
  test('names every bucket, adds up in number and in each currency, and says who did what', () => {
    bringIntoEveryState();
    const proof = proofOf();
    expect(proof.faults).toEqual([]);
    expect(countsOf(proof)).toEqual({
      sent: 1,
      waiting: 1,
      ready: 3,
      held: 1,
      excluded: 1,
      quarantined: 1,
      failed: 1,
      unknown: 1,
    });
    expect(proof.read).toBe(10);
    const total = proof.buckets.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(10);
    for (const { currency, importedMinor, rowsMinor } of proof.money) {
      const inBuckets = proof.buckets.flatMap(({ sums }) => sums).filter((each) => each.currency === currency);
      expect(inBuckets.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(importedMinor);
      expect(rowsMinor).toBe(importedMinor);
    }
    expect(proof.money.map(({ currency }) => currency)).toEqual(['NOK', 'SEK']);
    expect(proof.acts.map(({ kind, invoices }) => [kind, invoices])).toEqual([
      ['import', 10],
      ['hold', 1],
      ['exclude', 1],
      ['release', 4],
    ]);
    expect(proof.files).toMatchObject([{ sha256: sha256(batchId), invoices: 10 }]);
    const list = releasedDocumentList({ store }, batchId);
    expect(list.trimEnd().split('\n')).toHaveLength(4);
    expect(proof.documents).toEqual({ count: 4, sha256: sha256(list) });
    expect(proof.accepted).toEqual({ count: 1, withReceipt: 1, byWord: 0 });
  });

  test('counts what the operator settled by word, and keeps the reason in the timeline', () => {
    bringIntoEveryState();
    const [doubt] = store.unknowns.find({ all: { batchId } });
    const reason = 'Tryckeriet bekräftade per telefon';
    expect(store.unknowns.settle([doubt?.id ?? 0], { toState: 'accepted', reason }, act(1_500_000))).toBe(1);
    expect(store.unknowns.settle([doubt?.id ?? 0], { toState: 'accepted', reason }, act(1_500_001))).toBe(0);
    const proof = proofOf();
    expect(proof.faults).toEqual([]);
    expect(proof.accepted).toEqual({ count: 2, withReceipt: 1, byWord: 1 });
    expect(countsOf(proof)).toMatchObject({ sent: 2 });
    const invoiceId = store.reads.delivery(doubt?.id ?? 0)?.invoiceId ?? 0;
    expect(store.reads.timeline(invoiceId).at(-1)).toMatchObject({
      kind: 'resolved',
      actor: 'test',
      facts: { by: 'operator', toState: 'accepted', reason },
    });
  });

  test('is the same for the same state, whenever it is asked for', () => {
    bringIntoEveryState();
    expect(proofOf()).toEqual(proofOf());
    expect(proofOf().asOfMs).toBe(1_400_002);
  });
});

describe('a damaged copy', () => {
  async function damaged(sql: string): Promise<BatchProof> {
    bringIntoEveryState();
    store.close();
    const copy = `${folder.path}/copy.db`;
    copyFileSync(path, copy);
    const db = new Database(copy);
    db.pragma('foreign_keys = OFF');
    db.exec(sql);
    db.close();
    store = await openOrFail(path);
    expect(proofOf().faults).toEqual([]);
    const opened = await openOrFail(copy);
    try {
      return proofOf(opened);
    } finally {
      opened.close();
    }
  }

  const kinds = (proof: BatchProof): string[] => proof.faults.map(({ kind }) => kind);

  test('that lost an invoice does not add up in number, in money and against the counters', async () => {
    const proof = await damaged('DELETE FROM invoices WHERE ordinal = 7');
    expect(kinds(proof)).toEqual(['count', 'rows', 'money', 'counter']);
    expect(wordsForProofFault(proof.faults[0] ?? { kind: 'state', count: 0 }, 'sv')).toBe(
      'Lästa fakturor är 10, men lägena är tillsammans 9.',
    );
  });

  test('whose amount was changed by hand says so, although the counters follow', async () => {
    const proof = await damaged('UPDATE invoices SET payable_minor = payable_minor + 5 WHERE ordinal = 7');
    expect(kinds(proof)).toEqual(['change']);
  });

  test('whose amount was changed behind the counters is off by that amount', async () => {
    const proof = await damaged(
      'DROP TRIGGER amount_change_noted; DROP TRIGGER invoice_amount_counted; UPDATE invoices SET payable_minor = payable_minor + 5 WHERE ordinal = 7',
    );
    expect(kinds(proof)).toEqual(['money', 'counter']);
    expect(proof.faults[0]).toMatchObject({ currency: 'SEK' });
  });

  test('that calls an invoice sent which no delivery took is caught', async () => {
    const proof = await damaged("UPDATE invoices SET state = 'sent' WHERE ordinal = 7");
    expect(kinds(proof)).toEqual(['state']);
  });

  test('that lost a receipt is caught', async () => {
    const proof = await damaged('DROP TRIGGER receipts_are_kept; DELETE FROM receipts');
    expect(kinds(proof)).toEqual(['receipt']);
  });
});
