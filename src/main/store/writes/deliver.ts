// Verbs of the delivery runner: claim, mark as sending, record the outcome, recover after a crash. Every one checks the fence first,
// names the old state and the attempt, and counts the rows it changed.

import { canMove, sourcesOf } from '../../domain/delivery-state.ts';
import { longestWaitMs } from '../../domain/retry-schedule.ts';
import { isStoreFailure } from '../../ports/store.ts';
import type { ClaimedDelivery, DeliveryStore, OutcomeRecord } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { businessKeySql, hashOfKey } from '../sent-after-copy.ts';
import type { SentLine } from '../sent-journal.ts';
import { change, column, insert, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createFollowUp } from './follow-up.ts';
import { createInvoiceStateWriter } from './invoice-state.ts';
import { createUsageWriter } from './lane-usage.ts';
import { addAnswer, createLaneStatusWriter } from './lanes.ts';
import type { LaneAnswers } from './lanes.ts';
import { createFenceCheck } from './lease.ts';
import { createReceiptAdder } from './receipts.ts';
import { createPreviousReader } from '../reads/previous-step.ts';

/** Longest text of a peer that is kept with an attempt, in UTF-16 units. */
const maxDetailLength = 500;

const claimable = sourcesOf('claim')
  .map((state) => `'${state}'`)
  .join(', ');

/** The runner's verbs. */
export function createDeliverWrites(
  core: StoreCore,
): Pick<DeliveryStore, 'claim' | 'markSending' | 'record' | 'recover' | 'pullDueTimes'> {
  const { db, write } = core;
  const isCurrent = createFenceCheck(db);
  const claim = createClaimer(db);
  const markSending = createMarker(core);
  const recordOne = createRecorder(db);
  const recover = createRecoverer(db);
  const note = createLaneStatusWriter(db);
  const pull = change(
    db,
    // What the operator wants later is not pulled before its time.
    `UPDATE deliveries SET due_at_ms = max(?, coalesce(not_before_ms, 0)) WHERE state IN ('queued', 'waiting')
       AND due_at_ms > max(CASE WHEN state = 'queued' THEN ? ELSE ? END, coalesce(not_before_ms, 0))`,
  );
  return {
    claim: (options) => write(() => (isCurrent(options.fence) ? claim(options) : [])),
    markSending: (fence, claims, nowMs) => markSending(fence, claims, nowMs),
    record: (fence, outcomes) =>
      write(() => {
        if (!isCurrent(fence)) return { stale: outcomes.map(({ deliveryId }) => deliveryId) };
        const stale: number[] = [];
        const answers = new Map<string, LaneAnswers>();
        for (const outcome of outcomes) {
          const connectionId = recordOne(fence, outcome);
          if (connectionId === null) stale.push(outcome.deliveryId);
          else addAnswer(answers, connectionId, outcome);
        }
        for (const [connectionId, answer] of answers) note(connectionId, answer);
        return { stale };
      }),
    recover: (fence, nowMs) => write(() => (isCurrent(fence) ? recover(fence, nowMs) : { requeued: 0, unknown: 0 })),
    pullDueTimes: (fence, nowMs) => write(() => (isCurrent(fence) ? pull(nowMs, nowMs, nowMs + longestWaitMs) : 0)),
  };
}

/** Marks in the database, then writes the journal: both are on the disk before anybody may send. */
function createMarker(core: StoreCore): DeliveryStore['markSending'] {
  const { db, write, journal, log } = core;
  const isCurrent = createFenceCheck(db);
  const mark = query<{ idempotency_key: string; invoice: string }>(
    db,
    `UPDATE deliveries SET state = 'sending', updated_at_ms = ? WHERE id = ? AND attempt = ? AND state = 'claimed' AND claim_fence = ?
     RETURNING idempotency_key, (SELECT ${businessKeySql} FROM invoices WHERE id = invoice_id) AS invoice`,
  );
  const countMarked = column<number>(db, 'UPDATE sent_mark SET seq = seq + ? WHERE id = 1 RETURNING seq');
  const markAll = (fence: number, claims: readonly Claim[], nowMs: number): readonly Marked[] => {
    const found = claims.flatMap((claim) => {
      const row = mark.get(nowMs, claim.deliveryId, claim.attempt, fence);
      return row === undefined ? [] : [{ ...claim, ...row }];
    });
    if (found.length === 0) return [];
    const lastSeq = countMarked.get(found.length) ?? 0;
    return found.map(({ idempotency_key, invoice, ...claim }, at) => {
      const seq = lastSeq - found.length + at + 1;
      const line = { seq, atMs: nowMs, idempotencyKey: idempotency_key, businessKey: hashOfKey(invoice), act: null };
      return { ...claim, line };
    });
  };
  const putBack = createPutBack(db);
  return (fence, claims, nowMs) => {
    const marked = write(() => (isCurrent(fence) ? markAll(fence, claims, nowMs) : []));
    try {
      journal.append(marked.map(({ line }) => line));
      if (marked.length > 0) core.noteJournal(null);
    } catch (error) {
      if (isStoreFailure(error)) core.noteJournal(error.code);
      try {
        write(() => {
          for (const claim of marked) putBack(fence, claim, nowMs);
        });
      } catch (second) {
        // Left as sending they are unknown at the next start: a look-up more, but nothing is sent twice.
        log.warn('deliveries that were not sent could not be put back', { error: String(second) });
      }
      throw error;
    }
    return marked.map(({ deliveryId }) => deliveryId);
  };
}

interface Claim {
  readonly deliveryId: number;
  readonly attempt: number;
}

interface Marked extends Claim {
  readonly line: SentLine;
}

/** Prepares the way back of a delivery that was marked and for which nothing was sent. */
function createPutBack(db: Db): (fence: number, claim: Claim, nowMs: number) => void {
  const requeue = change(
    db,
    "UPDATE deliveries SET state = 'queued', claim_fence = NULL, updated_at_ms = ? WHERE id = ? AND attempt = ? AND state = 'sending' AND claim_fence = ?",
  );
  const endAttempt = createAttemptEnder(db);
  return (fence, { deliveryId, attempt }, nowMs) => {
    if (requeue(nowMs, deliveryId, attempt, fence) !== 1) return;
    const end = { outcome: 'notSent', phase: 'preparing', counts: 0, code: 'run.put-back', detail: null };
    endAttempt({ deliveryId, attempt, nowMs, ...end });
  };
}

function createClaimer(db: Db): (options: Parameters<DeliveryStore['claim']>[0]) => ClaimedDelivery[] {
  const claimed = query<{ id: number; queue_rank: number; due_at_ms: number }>(
    db,
    `UPDATE deliveries SET state = 'claimed', attempt = attempt + 1, claim_fence = ?, updated_at_ms = ?
     WHERE state IN (${claimable}) AND id IN (
       SELECT id FROM deliveries WHERE state IN ('queued', 'waiting') AND hold IS NULL AND connection_id = ? AND due_at_ms <= ? ORDER BY queue_rank, due_at_ms, id LIMIT ?)
     RETURNING id, queue_rank, due_at_ms`,
  );
  const openAttempt = insert(
    db,
    `INSERT INTO attempts (delivery_id, number, started_at_ms, outcome, phase) SELECT id, attempt, ?, 'open', 'preparing' FROM deliveries WHERE id = ?`,
  );
  const previousOf = createPreviousReader(db);
  const details = query<Omit<ClaimedDelivery, 'previous'>>(
    db,
    `SELECT d.id AS deliveryId, b.id AS batchId, d.invoice_id AS invoiceId, i.invoice_number AS invoiceNumber, i.customer_name AS customerName, d.connection_id AS connectionId, d.channel,
       d.target, d.idempotency_key AS idempotencyKey, d.document_sha256 AS documentSha256, d.document_file_name AS documentFileName, d.message_sha256 AS messageSha256, d.attempt, d.tries, d.budget_from_ms AS budgetFromMs, d.step
     FROM deliveries d JOIN batches b ON b.no = d.batch_no JOIN invoices i ON i.id = d.invoice_id WHERE d.id = ?`,
  );
  return ({ fence, connectionId, limit, nowMs }) => {
    const rows = claimed.all(fence, nowMs, connectionId, nowMs, limit);
    // An UPDATE returns its rows in no order.
    return rows
      .sort((one, other) => one.queue_rank - other.queue_rank || one.due_at_ms - other.due_at_ms || one.id - other.id)
      .flatMap(({ id }) => {
        openAttempt(nowMs, id);
        return details.all(id).map((claim) => ({ ...claim, previous: claim.step === 1 ? null : previousOf(id) }));
      });
  };
}

/** Writes one outcome and names its connection; null when the delivery has moved on (nothing is written then). A change the table forbids is a bug and throws. */
function createRecorder(db: Db): (fence: number, record: OutcomeRecord) => string | null {
  const move = query<{ invoice_id: number; connection_id: string }>(
    db,
    `UPDATE deliveries SET state = ?, claim_fence = NULL, due_at_ms = ?, updated_at_ms = ?, attempt_count = attempt_count + ?, tries = tries + ?,
       queue_rank = CASE WHEN ? = 'queued' THEN queue_rank ELSE 1 END, budget_from_ms = coalesce(budget_from_ms, CASE WHEN ? <> 'queued' THEN ? END), last_code = ?, last_detail = ?, last_phase = ?
     WHERE id = ? AND attempt = ? AND state = ? AND claim_fence = ? RETURNING invoice_id, connection_id`,
  );
  const endAttempt = createAttemptEnder(db);
  const addReceipt = createReceiptAdder(db);
  const follow = createFollowUp(db);
  const updateInvoice = createInvoiceStateWriter(db);
  return (fence, record) => {
    const { deliveryId, attempt, outcome, phase, fromState, toState, nowMs } = record;
    if (!canMove(fromState, toState)) throw new Error(`a delivery cannot go from ${fromState} to ${toState}`);
    const counts = record.countsAsAttempt ? 1 : 0;
    const told = outcome.kind === 'accepted' ? outcome.note : outcome;
    const code = told?.code ?? null;
    const detail = told?.detail.slice(0, maxDetailLength) ?? null;
    const moved = move.get(
      toState,
      record.dueAtMs,
      nowMs,
      counts,
      counts,
      toState,
      toState,
      nowMs,
      code,
      detail,
      phase,
      deliveryId,
      attempt,
      fromState,
      fence,
    );
    if (moved === undefined) return null;
    endAttempt({ deliveryId, attempt, nowMs, outcome: outcome.kind, phase, counts, code, detail });
    if (outcome.kind === 'accepted')
      addReceipt({ deliveryId, attempt, source: 'reply', atMs: nowMs, receipt: outcome.receipt });
    if (toState === 'accepted') follow(deliveryId, nowMs);
    updateInvoice(moved.invoice_id);
    return moved.connection_id;
  };
}

interface AttemptEnd {
  readonly deliveryId: number;
  readonly attempt: number;
  readonly nowMs: number;
  readonly outcome: string;
  readonly phase: string;
  readonly counts: number;
  readonly code: string | null;
  readonly detail: string | null;
}

function createAttemptEnder(db: Db): (end: AttemptEnd) => void {
  const end = change(
    db,
    "UPDATE attempts SET ended_at_ms = ?, outcome = ?, phase = ?, counts = ?, code = ?, detail = ? WHERE delivery_id = ? AND number = ? AND outcome = 'open'",
  );
  return ({ deliveryId, attempt, nowMs, outcome, phase, counts, code, detail }) => {
    if (end(nowMs, outcome, phase, counts, code, detail, deliveryId, attempt) !== 1)
      throw new Error(`attempt ${attempt} of delivery ${deliveryId} is not open`);
  };
}

/** Settles what an earlier runner left behind: what was only claimed was certainly not sent, what was being sent may have been. */
function createRecoverer(
  db: Db,
): (fence: number, nowMs: number) => { readonly requeued: number; readonly unknown: number } {
  const left = query<{
    id: number;
    attempt: number;
    invoice_id: number;
    connection_id: string;
    state: 'claimed' | 'sending';
  }>(
    db,
    'SELECT id, attempt, invoice_id, connection_id, state FROM deliveries WHERE claim_fence IS NOT NULL AND claim_fence <= ?',
  );
  const requeue = change(
    db,
    "UPDATE deliveries SET state = 'queued', claim_fence = NULL, updated_at_ms = ? WHERE id = ? AND attempt = ? AND state = 'claimed'",
  );
  const doubt = change(
    db,
    `UPDATE deliveries SET state = 'unknown', claim_fence = NULL, updated_at_ms = ?, attempt_count = attempt_count + 1, tries = tries + 1,
       last_code = 'run.interrupted', last_detail = NULL, last_phase = 'effect' WHERE id = ? AND attempt = ? AND state = 'sending'`,
  );
  const endAttempt = createAttemptEnder(db);
  const updateInvoice = createInvoiceStateWriter(db);
  const use = createUsageWriter(db);
  return (fence, nowMs) => {
    const counts = { requeued: 0, unknown: 0 };
    for (const { id, attempt, invoice_id, connection_id, state } of left.all(fence)) {
      const end = { deliveryId: id, attempt, nowMs, detail: null };
      if (state === 'claimed') {
        counts.requeued += requeue(nowMs, id, attempt);
        endAttempt({ ...end, code: 'run.put-back', outcome: 'notSent', phase: 'preparing', counts: 0 });
        continue;
      }
      counts.unknown += doubt(nowMs, id, attempt);
      endAttempt({ ...end, code: 'run.interrupted', outcome: 'unknown', phase: 'effect', counts: 1 });
      updateInvoice(invoice_id);
      use(connection_id, 1, nowMs);
    }
    return counts;
  };
}
