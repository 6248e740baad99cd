// What a lane shows beside its queue: its block, its last answer, its rate.

import type { AttemptOutcome } from '../../ports/channel-adapter.ts';
import type { DeliveryStore, OutcomeRecord } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { change, column } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';

/** Accepted deliveries are counted in slots of this length. */
export const rateSlotMs = 5_000;
/** Slots older than this are dropped. */
const rateKeptMs = 120_000;
const maxAnswerLength = 300;

/** Blocking and unblocking lanes. */
export function createLaneWrites(core: StoreCore): Pick<DeliveryStore, 'setLaneBlock' | 'clearLaneBlock'> {
  const { db, write } = core;
  const audit = createAuditWriter(db);
  const name = column<string>(db, 'SELECT name FROM connections WHERE id = ?');
  const block = change(
    db,
    `INSERT INTO lanes (connection_id, blocked_by, block_detail, blocked_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET blocked_by = excluded.blocked_by, block_detail = excluded.block_detail, blocked_at_ms = excluded.blocked_at_ms
     WHERE blocked_by IS NULL OR blocked_by <> 'paused' OR excluded.blocked_by = 'paused'`,
  );
  const lift = change(
    db,
    'UPDATE lanes SET blocked_by = NULL, block_detail = NULL, blocked_at_ms = NULL WHERE connection_id = ? AND blocked_by IS NOT NULL',
  );
  const liftOnly = change(
    db,
    'UPDATE lanes SET blocked_by = NULL, block_detail = NULL, blocked_at_ms = NULL WHERE connection_id = ? AND blocked_by = ?',
  );
  return {
    setLaneBlock: (...[connectionId, wanted, nowMs, act]) => {
      write(() => {
        const changed =
          wanted === null
            ? lift(connectionId)
            : block(connectionId, wanted.blockedBy, wanted.detail.slice(0, maxAnswerLength), nowMs);
        if (act === undefined || changed === 0) return;
        const action = wanted === null ? 'resumeConnection' : 'pauseConnection';
        audit.log({ action, batchNo: null, facts: { connectionId, name: name.get(connectionId) ?? null } }, act);
      });
    },
    clearLaneBlock: (connectionId, blockedBy) => write(() => liftOnly(connectionId, blockedBy) === 1),
  };
}

/** What a group of outcomes says about its lane. */
export interface LaneAnswers {
  text: string | null;
  accepted: number;
  atMs: number;
}

/** Adds one outcome to its lane's group; what the runner put back unasked is no answer. */
export function addAnswer(
  lanes: Map<string, LaneAnswers>,
  connectionId: string,
  { outcome, nowMs }: Pick<OutcomeRecord, 'outcome' | 'nowMs'>,
): void {
  const lane = lanes.get(connectionId) ?? { text: null, accepted: 0, atMs: nowMs };
  lanes.set(connectionId, lane);
  lane.text = answerText(outcome) ?? lane.text;
  lane.atMs = nowMs;
  if (outcome.kind === 'accepted') lane.accepted += 1;
}

/** Prepares the note of a lane's last answer and rate. Called inside the recording transaction. */
export function createLaneStatusWriter(db: Db): (connectionId: string, answers: LaneAnswers) => void {
  const answer = change(
    db,
    `INSERT INTO lanes (connection_id, last_answer, last_answer_at_ms) VALUES (?, ?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET last_answer = excluded.last_answer, last_answer_at_ms = excluded.last_answer_at_ms`,
  );
  const accept = change(
    db,
    `INSERT INTO lane_rates (connection_id, slot, accepted_count) VALUES (?, ?, ?)
     ON CONFLICT (connection_id, slot) DO UPDATE SET accepted_count = accepted_count + excluded.accepted_count`,
  );
  const forget = change(db, 'DELETE FROM lane_rates WHERE connection_id = ? AND slot < ?');
  return (connectionId, { text, accepted, atMs }) => {
    if (text !== null) answer(connectionId, text.slice(0, maxAnswerLength), atMs);
    if (accepted === 0) return;
    accept(connectionId, Math.floor(atMs / rateSlotMs), accepted);
    forget(connectionId, Math.floor((atMs - rateKeptMs) / rateSlotMs));
  };
}

function answerText(outcome: AttemptOutcome): string | null {
  if (outcome.kind !== 'accepted') return outcome.code.startsWith('run.') ? null : outcome.detail || outcome.code;
  const { reply, path } = outcome.receipt;
  const text = reply ?? path;
  return text === undefined ? null : String(text);
}
