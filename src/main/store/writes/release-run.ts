// Releases written in steps: nothing of one is taken before all of it is written, and one that was not finished is taken back.

import type { ControlStore } from '../../ports/control-store.ts';
import type { Act } from '../../ports/act.ts';
import type { StoreCore } from '../core.ts';
import { change, column, insert, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import { createInvoiceStateWriter } from './invoice-state.ts';
import { createCorrectedCount, createDeliveryAdder } from './release.ts';

interface RunRow {
  readonly batch_no: number;
  readonly state: 'writing' | 'live' | 'takenBack';
  readonly is_trial: number;
  readonly decision: 'goOn' | 'stop' | null;
}

type RunVerbs = 'beginRun' | 'addToRun' | 'finishRun' | 'giveUpRun' | 'settleRun' | 'unsettledRuns' | 'decideTrial';

/** The verbs. */
export function createReleaseRuns(core: StoreCore): Pick<ControlStore, RunVerbs> {
  const { db, write, writeLoosely } = core;
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state = 'imported'");
  const begin = insert(
    db,
    "INSERT INTO release_runs (batch_no, state, owner_pid, actor, at_ms, is_trial) VALUES (?, 'writing', ?, ?, ?, ?)",
  );
  const findRun = createRunFinder(db);
  const add = createDeliveryAdder(db);
  const countCorrected = createCorrectedCount(db);
  const finish = change(db, "UPDATE release_runs SET state = 'live' WHERE id = ? AND state = 'writing'");
  const giveUp = change(db, "UPDATE release_runs SET state = 'takenBack' WHERE id = ? AND state = 'writing'");
  const decide = change(
    db,
    "UPDATE release_runs SET decision = ?, decided_by = ?, decided_at_ms = ? WHERE id = ? AND is_trial = 1 AND state = 'live' AND decision IS NULL",
  );
  const audit = createAuditWriter(db);
  const settle = createSettler(db);
  return {
    beginRun: (batchId, { isTrial, ownerPid }, act) =>
      write(() => {
        const no = batchNo.get(batchId);
        if (no === undefined) throw new Error(`batch ${batchId} cannot be released`);
        return begin(no, ownerPid, act.actor, act.nowMs, isTrial ? 1 : 0);
      }),
    // Counts only once finishRun says so; that one reaches the disk, and everything before it.
    addToRun: (runId, items, act) =>
      writeLoosely(() => {
        const run = findRun(runId);
        if (run.state !== 'writing') throw new Error(`release ${runId} is not being written`);
        const added = items.filter(({ isFirst, ...item }) =>
          add(item, {
            batchNo: run.batch_no,
            ...act,
            hold: run.is_trial === 1 && !isFirst ? 'trial' : 'release',
            runId,
            isFirst: run.is_trial === 1 && isFirst,
          }),
        );
        return { written: added.length, corrected: countCorrected(added.map(({ invoiceId }) => invoiceId)) };
      }),
    finishRun: (runId, { written, left, corrected }, act) => {
      write(() => {
        const run = findRun(runId);
        if (finish(runId) !== 1) throw new Error(`release ${runId} is not being written`);
        const facts = { written, left, corrected, ...(run.is_trial === 1 ? { trialId: runId } : {}) };
        if (written > 0) audit.log({ action: 'release', batchNo: run.batch_no, facts }, act);
      });
    },
    giveUpRun: (runId) => {
      write(() => giveUp(runId));
    },
    // What the power takes of it is done again at the next start: the run's state is what counts.
    settleRun: (runId, limit, act) => writeLoosely(() => settle(runId, findRun(runId), { limit, act })),
    unsettledRuns: (isProcessAlive) => createLeftRuns(core, giveUp)(isProcessAlive),
    decideTrial: (runId, decision, act) =>
      write(() => {
        if (decide(decision, act.actor, act.nowMs, runId) !== 1) return false;
        const { batch_no } = findRun(runId);
        audit.log({ action: 'decideTrial', batchNo: batch_no, facts: { decision, trialId: runId } }, act);
        return true;
      }),
  };
}

function createRunFinder(db: Db): (runId: number) => RunRow {
  const find = query<RunRow>(db, 'SELECT batch_no, state, is_trial, decision FROM release_runs WHERE id = ?');
  return (runId) => {
    const run = find.get(runId);
    if (run === undefined) throw new Error(`there is no release ${runId}`);
    return run;
  };
}

function createSettler(db: Db) {
  const held = query<{ id: number; invoice_id: number; attempt: number }>(
    db,
    'SELECT id, invoice_id, attempt FROM deliveries WHERE hold IS NOT NULL AND batch_no = ? AND hold = ? AND release_run_id = ? LIMIT ?',
  );
  const letGo = change(db, 'UPDATE deliveries SET hold = NULL, updated_at_ms = ? WHERE id = ? AND hold = ?');
  const takeBack = change(
    db,
    "UPDATE deliveries SET state = 'cancelled', cancelled_no = id, hold = NULL, updated_at_ms = ? WHERE id = ? AND attempt = ? AND state IN ('queued', 'waiting') AND hold = ?",
  );
  const audit = createAuditWriter(db);
  const updateInvoice = createInvoiceStateWriter(db);
  return (runId: number, run: RunRow, { limit, act }: { readonly limit: number; readonly act: Act }): number => {
    const work = workOf(run);
    for (const { hold, isTakenBack } of work) {
      const rows = held.all(run.batch_no, hold, runId, limit);
      if (rows.length === 0) continue;
      if (!isTakenBack) {
        for (const { id } of rows) letGo(act.nowMs, id, hold);
        return rows.length;
      }
      const facts = { count: rows.length, cause: run.state === 'takenBack' ? 'notFinished' : 'stopped' };
      const entry = audit.log({ action: 'cancel', batchNo: run.batch_no, facts }, act);
      for (const { id, invoice_id, attempt } of rows) {
        if (takeBack(act.nowMs, id, attempt, hold) !== 1) continue;
        audit.concerns(entry, invoice_id, id);
        updateInvoice(invoice_id);
      }
      return rows.length;
    }
    return 0;
  };
}

/** What is to be done with which of a run's holds, in order. */
function workOf({
  state,
  decision,
}: RunRow): readonly { readonly hold: 'release' | 'trial'; readonly isTakenBack: boolean }[] {
  switch (state) {
    case 'writing':
      return [];
    case 'takenBack':
      return [
        { hold: 'release', isTakenBack: true },
        { hold: 'trial', isTakenBack: true },
      ];
    case 'live':
      return [
        { hold: 'release', isTakenBack: false },
        ...(decision === null ? [] : [{ hold: 'trial' as const, isTakenBack: decision === 'stop' }]),
      ];
  }
}

function createLeftRuns(
  { db, write }: StoreCore,
  giveUp: (runId: number) => number,
): (isProcessAlive: (pid: number) => boolean) => number[] {
  const writing = query<{ id: number; owner_pid: number }>(
    db,
    "SELECT id, owner_pid FROM release_runs WHERE state = 'writing'",
  );
  const withHolds = column<number>(
    db,
    `SELECT DISTINCT r.id FROM deliveries d JOIN release_runs r ON r.id = d.release_run_id WHERE d.hold IS NOT NULL AND (
       r.state = 'takenBack' OR (r.state = 'live' AND (d.hold = 'release' OR (d.hold = 'trial' AND r.decision IS NOT NULL))))`,
  );
  return (isProcessAlive) => {
    const dead = writing.all().filter(({ owner_pid }) => !isProcessAlive(owner_pid));
    if (dead.length > 0)
      write(() => {
        for (const { id } of dead) giveUp(id);
      });
    return withHolds.all();
  };
}
