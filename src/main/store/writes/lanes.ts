// What a lane shows beside its queue: its block, its last answer, its rate.

import { passingBlocks } from '../../../shared/schema/delivery.ts';
import type { AttemptOutcome } from '../../ports/channel-adapter.ts';
import type { LaneStore } from '../../ports/lane-store.ts';
import type { DeliveryStore, OutcomeRecord } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { limitsText } from '../limits-text.ts';
import { change, column } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import { createUsageReader, createUsageRecount, createUsageWriter } from './lane-usage.ts';

/** Accepted deliveries are counted in slots of this length. */
export const rateSlotMs = 5_000;
/** Slots older than this are dropped. */
const rateKeptMs = 120_000;
const maxAnswerLength = 300;

/** Sets a lane free. The runs go with the block: whoever lifts it starts the count anew. */
export const liftColumns =
  'blocked_by = NULL, block_code = NULL, block_detail = NULL, blocked_at_ms = NULL, next_try_at_ms = NULL';

/** Kinds of block that end by themselves, as an SQL list. */
export const passingList = passingBlocks.map((kind) => `'${kind}'`).join(', ');

/** Blocking and unblocking lanes. */
export function createLaneWrites(core: StoreCore): Pick<DeliveryStore, 'setLaneBlock' | 'clearLaneBlock'> {
  const { db, write } = core;
  const audit = createAuditWriter(db);
  const name = column<string>(db, 'SELECT name FROM connections WHERE id = ?');
  const block = change(
    db,
    `INSERT INTO lanes (connection_id, blocked_by, block_code, block_detail, blocked_at_ms, next_try_at_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET blocked_by = excluded.blocked_by, block_code = excluded.block_code, block_detail = excluded.block_detail,
       blocked_at_ms = CASE WHEN blocked_by IS excluded.blocked_by THEN blocked_at_ms ELSE excluded.blocked_at_ms END, next_try_at_ms = excluded.next_try_at_ms
     WHERE blocked_by IS NULL OR blocked_by <> 'paused' OR excluded.blocked_by = 'paused'`,
  );
  const lift = change(
    db,
    `UPDATE lanes SET ${liftColumns}, runs_json = NULL WHERE connection_id = ? AND blocked_by IS NOT NULL`,
  );
  const liftOnly = change(db, `UPDATE lanes SET ${liftColumns} WHERE connection_id = ? AND blocked_by = ?`);
  return {
    setLaneBlock: (...[connectionId, wanted, nowMs, act]) => {
      write(() => {
        const changed =
          wanted === null
            ? lift(connectionId)
            : block(
                connectionId,
                wanted.blockedBy,
                wanted.code ?? null,
                wanted.detail.slice(0, maxAnswerLength),
                nowMs,
                wanted.nextTryAtMs ?? null,
              );
        if (act === undefined || changed === 0) return;
        const action = wanted === null ? 'resumeConnection' : 'pauseConnection';
        audit.log({ action, batchNo: null, facts: { connectionId, name: name.get(connectionId) ?? null } }, act);
      });
    },
    clearLaneBlock: (connectionId, blockedBy) => write(() => liftOnly(connectionId, blockedBy) === 1),
  };
}

/** What a lane keeps beside its block. */
export function createLaneStore({ db, write }: StoreCore): LaneStore {
  const runs = column<string | null>(db, 'SELECT runs_json FROM lanes WHERE connection_id = ?');
  const save = change(
    db,
    `INSERT INTO lanes (connection_id, runs_json) VALUES (?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET runs_json = excluded.runs_json`,
  );
  const tryNow = change(
    db,
    `UPDATE lanes SET next_try_at_ms = ? WHERE connection_id = ? AND blocked_by IN (${passingList})`,
  );
  const limit = change(db, 'UPDATE connections SET limits_json = ? WHERE id = ? AND removed_at_ms IS NULL');
  const audit = createAuditWriter(db);
  const name = column<string>(db, 'SELECT name FROM connections WHERE id = ?');
  const recount = createUsageRecount(db);
  return {
    saveLimits: (connectionId, limits, act) =>
      write(() => {
        const text = limitsText(limits);
        if (limit(text, connectionId) === 0) return false;
        recount(connectionId, text, act.nowMs);
        audit.log({ action: 'saveConnection', batchNo: null, facts: { connectionId, limits: text } }, act);
        return true;
      }),
    runs: (connectionId) => {
      const json = runs.get(connectionId) ?? null;
      return json === null ? null : jsonColumns.laneRuns(json);
    },
    saveRuns: (connectionId, wanted) => {
      write(() => save(connectionId, wanted === null ? null : JSON.stringify(wanted)));
    },
    usage: createUsageReader(db),
    tryNow: (connectionId, act) =>
      write(() => {
        if (tryNow(act.nowMs, connectionId) !== 1) return false;
        const facts = { connectionId, name: name.get(connectionId) ?? null };
        audit.log({ action: 'tryConnectionNow', batchNo: null, facts }, act);
        return true;
      }),
  };
}

/** What a group of outcomes says about its lane. */
export interface LaneAnswers {
  text: string | null;
  accepted: number;
  /** Attempts that reached the peer, whatever came of them. */
  reached: number;
  atMs: number;
}

/** Adds one outcome to its lane's group; what the runner put back unasked is no answer. */
export function addAnswer(
  lanes: Map<string, LaneAnswers>,
  connectionId: string,
  { outcome, phase, toState, nowMs }: Pick<OutcomeRecord, 'outcome' | 'phase' | 'toState' | 'nowMs'>,
): void {
  const lane = lanes.get(connectionId) ?? { text: null, accepted: 0, reached: 0, atMs: nowMs };
  lanes.set(connectionId, lane);
  lane.text = answerText(outcome) ?? lane.text;
  lane.atMs = nowMs;
  if (outcome.kind === 'accepted') lane.accepted += 1;
  if (outcome.kind === 'accepted' || (phase !== 'preparing' && toState !== 'queued')) lane.reached += 1;
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
  const use = createUsageWriter(db);
  return (connectionId, { text, accepted, reached, atMs }) => {
    use(connectionId, reached, atMs);
    if (text !== null) answer(connectionId, text.slice(0, maxAnswerLength), atMs);
    if (accepted === 0) return;
    accept(connectionId, Math.floor(atMs / rateSlotMs), accepted);
    forget(connectionId, Math.floor((atMs - rateKeptMs) / rateSlotMs));
  };
}

/** The peer's words; empty when it said yes without any, null when it was not asked. */
function answerText(outcome: AttemptOutcome): string | null {
  if (outcome.kind !== 'accepted') return outcome.code.startsWith('run.') ? null : outcome.detail || outcome.code;
  const { reply, path } = outcome.receipt;
  const text = reply ?? path;
  if (text !== undefined) return String(text);
  // A service answers with numbers, not with words: its first one is shown under the name that it has there.
  return Object.entries(outcome.receipt)
    .slice(0, 1)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join('');
}
