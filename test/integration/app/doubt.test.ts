// Deliveries in doubt and receipts over a real workspace: looked up once by itself, noted, settled; receipt files that were changed or lost are said.

import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppContext } from '../../../src/main/app/context.ts';
import { keepReceiptFiles, openReceipt } from '../../../src/main/app/open-receipt.ts';
import { lookUpUnknown, resolveByOperator } from '../../../src/main/app/resolve-unknown.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { lookUpOnce } from '../../../src/main/engine/self-look-up.ts';
import type { PeerAnswer } from '../../../src/main/ports/unknown-store.ts';
import type { PdfChannel as Channel } from '../../../src/shared/schema/delivery.ts';
import { act, connection, importBatch, releaseAll, rows, temporaryFolder } from '../../support/store-workspace.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

const batchId = 'batch-0001';
const alive = () => true;
const never = new AbortController().signal;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let workspace: Workspace;
let context: AppContext;
let answer: PeerAnswer;
let asked: number[];

beforeEach(async () => {
  folder = await temporaryFolder();
  workspace = await openTestWorkspace(folder.path);
  asked = [];
  answer = { kind: 'unclear', code: 'gone', detail: 'ours' };
  context = {
    ...workspace.context,
    // The peer behind the connection: everything else is real.
    runner: {
      wake: () => undefined,
      lookUp: ({ deliveryIds }, { onAnswer }) => {
        for (const id of deliveryIds) {
          asked.push(id);
          onAnswer(id, answer);
        }
        return Promise.resolve();
      },
    },
  };
  importBatch(context.store, batchId, { rows: rows(3) });
});

afterEach(async () => {
  await workspace.close();
  await folder.dispose();
});

/** Releases all three and leaves them as an attempt ended them. */
function deliver(channel: Channel, end: 'unknown' | 'accepted'): void {
  const { deliveries, config } = context.store;
  const to = connection(channel, channel);
  config.saveConnection(to, act());
  releaseAll(context.store, batchId, to, 1_000);
  const lease = deliveries.acquireRunnerLease({ pid: process.pid, id: 'r' }, { nowMs: 1_000, untilMs: 9_000 }, alive);
  const fence = lease?.fence ?? 0;
  const claims = deliveries.claim({ fence, connectionId: channel, limit: 9, nowMs: 2_000 });
  deliveries.markSending(fence, claims, 2_000);
  const outcome =
    end === 'accepted'
      ? ({ kind: 'accepted', receipt: { path: '/in/a.pdf', sizeBytes: 100 } } as const)
      : ({ kind: 'unknown', phase: 'effect', code: 'sftp.no-reply', detail: 'silence' } as const);
  deliveries.record(
    fence,
    claims.map(({ deliveryId, attempt }) => ({
      deliveryId,
      attempt,
      outcome,
      phase: 'effect' as const,
      fromState: 'sending' as const,
      toState: end,
      dueAtMs: 0,
      nowMs: 3_000,
      countsAsAttempt: true,
    })),
  );
  deliveries.releaseRunnerLease(fence);
}

const doubts = () => context.store.unknowns.find({ all: { batchId } });
const timelineOf = (deliveryId: number) =>
  context.store.reads.timeline(context.store.reads.delivery(deliveryId)?.invoiceId ?? 0);

describe('a look-up by itself', () => {
  test('settles what is there with a receipt and queues what is not, in the name of the program', async () => {
    deliver('sftp', 'unknown');
    const [first, ...others] = doubts();
    answer = { kind: 'found', receipt: { path: '/in/a.pdf', sizeBytes: 100 } };
    await lookUpUnknown(context, first === undefined ? [] : [first], { signal: never, isAutomatic: true });
    answer = { kind: 'absent', detail: 'ours' };
    const { counts } = await lookUpOnce(context, new Set(), never);
    expect(counts).toMatchObject({ absent: 2, found: 0 });
    expect(context.store.reads.delivery(first?.id ?? 0)?.state).toBe('accepted');
    for (const { id } of others) expect(context.store.reads.delivery(id)?.state).toBe('queued');
    expect(timelineOf(first?.id ?? 0).at(-1)).toMatchObject({
      kind: 'resolved',
      actor: 'utskick',
      facts: { by: 'lookUp', toState: 'accepted', reason: '' },
    });
  });

  test('asks once about each attempt, leaves a note of what was seen, and none of its own words', async () => {
    deliver('sftp', 'unknown');
    const known = new Set<string>();
    await lookUpOnce(context, known, never);
    await lookUpOnce(context, known, never);
    expect(asked).toHaveLength(3);
    const ids = doubts().map(({ id }) => id);
    expect(ids).toHaveLength(3);
    const notes = context.store.unknowns.lastLookUps(ids);
    for (const id of ids) expect(notes.get(id)).toMatchObject({ answer: 'unclear', code: 'gone', detail: null });
  });

  test('tries again what could not be reached, and leaves paused connections and e-mail alone', async () => {
    deliver('sftp', 'unknown');
    const known = new Set<string>();
    answer = { kind: 'unreachable', detail: 'ECONNREFUSED' };
    await lookUpOnce(context, known, never);
    expect(context.store.unknowns.lastLookUps(doubts().map(({ id }) => id)).size).toBe(0);
    context.store.deliveries.setLaneBlock('sftp', { blockedBy: 'paused', detail: '' }, 4_000);
    await lookUpOnce(context, known, never);
    expect(asked).toHaveLength(3);
    context.store.deliveries.setLaneBlock('sftp', null, 4_000);
    await lookUpOnce(context, known, never);
    expect(asked).toHaveLength(6);
  });

  test('never asks about e-mail; the operator who asks is told', async () => {
    deliver('email', 'unknown');
    await lookUpOnce(context, new Set(), never);
    const round = await lookUpUnknown(context, doubts(), { signal: never, isAutomatic: false });
    expect(round.counts.notPossible).toBe(3);
    expect(asked).toEqual([]);
    expect(doubts()).toHaveLength(3);
  });
});

describe('the operator’s word', () => {
  test('on all of a batch is one audit entry, and a second word changes nothing', () => {
    deliver('email', 'unknown');
    const word = { verdict: 'notArrived', reason: 'Inte i serverns logg' } as const;
    const [first] = doubts();
    expect(resolveByOperator(context, { all: { batchId: 'another' } }, word)).toEqual({ changed: 0 });
    expect(resolveByOperator(context, { all: { batchId } }, word)).toEqual({ changed: 3 });
    expect(resolveByOperator(context, { all: { batchId } }, word)).toEqual({ changed: 0 });
    expect(timelineOf(first?.id ?? 0).at(-1)).toMatchObject({
      kind: 'resolved',
      facts: { count: 3, reason: word.reason },
    });
  });
});

describe('a receipt', () => {
  test('is a file under its hash; changed, lost and not yet written are each said, with what the row has', async () => {
    deliver('sftp', 'accepted');
    const receipts = context.store.receipts.withoutFile(10);
    const [first, second, third] = receipts;
    expect(receipts).toHaveLength(3);
    const state = async (id: number | undefined) => {
      const opened = await openReceipt(context, id ?? 0);
      if (!opened.ok) throw new Error(opened.error.message);
      return opened.value;
    };
    expect(await state(third?.id)).toMatchObject({ state: 'notYet', answer: { path: '/in/a.pdf', sizeBytes: 100 } });
    expect(await keepReceiptFiles(context)).toEqual({ ok: true, value: 3 });
    expect(await keepReceiptFiles(context)).toEqual({ ok: true, value: 0 });
    expect(await state(first?.id)).toMatchObject({ state: 'whole', sha256: first?.fileSha256, text: first?.text });
    writeFileSync(context.receipts.pathOf(first?.fileSha256 ?? ''), `${first?.text ?? ''} `);
    expect(await state(first?.id)).toMatchObject({ state: 'changed', text: first?.text });
    rmSync(context.receipts.pathOf(second?.fileSha256 ?? ''));
    expect(await state(second?.id)).toMatchObject({ state: 'missing', text: second?.text });
    expect(await openReceipt(context, 99)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });
});
