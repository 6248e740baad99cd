// The operator's verbs over deliveries: retry, cancel, settle an unknown one.

import type { AuditAction } from '../../../shared/schema/audit.ts';
import { firstStepOnly, holdsOfAct, statesOfAct } from '../../domain/delivery-control.ts';
import type { DeliveryFilter } from '../../../shared/contract/methods.ts';
import type { DeliveryAct } from '../../../shared/schema/control.ts';
import type { DeliveryHold, DeliveryState } from '../../../shared/schema/delivery.ts';
import type { Act } from '../../ports/act.ts';
import type { DeliveryStore } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { deliveryConditions, prepareConditions } from '../reads/delivery-conditions.ts';
import { change, column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import type { AuditFacts } from '../../ports/audit-store.ts';
import { createInvoiceStateWriter } from './invoice-state.ts';
import { createResolver } from './unknowns.ts';

/** A delivery as an act finds it: what its change is compared with. */
export interface ActTarget {
  readonly id: number;
  readonly invoice_id: number;
  readonly batch_no: number;
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly hold: DeliveryHold | null;
}

/** The operator's verbs over what a filter means, each one transaction. For many at once the use case goes through their ids in lots. */
export function createOperatorWrites(core: StoreCore): Pick<DeliveryStore, 'retry' | 'cancel' | 'resolveUnknown'> {
  const { db, write } = core;
  const requeue = change(
    db,
    `UPDATE deliveries SET state = 'queued', queue_rank = 0, due_at_ms = ?, not_before_ms = NULL, tries = 0, budget_from_ms = NULL, updated_at_ms = ?
     WHERE id = ? AND attempt = ? AND state = ? AND hold IS NULL AND EXISTS (SELECT 1 FROM connections WHERE id = connection_id AND removed_at_ms IS NULL)`,
  );
  const takeBack = createTakeBack(db);
  const forAll = createActOverMany(db);
  const resolve = createResolver(db);
  return {
    retry: (filter, act) =>
      write(() =>
        forAll(
          { action: 'retry', of: 'retry', filter, act },
          ({ id, attempt, state }) => requeue(act.nowMs, act.nowMs, id, attempt, state) === 1,
        ),
      ),
    cancel: (filter, act) =>
      write(() => forAll({ action: 'cancel', of: 'cancel', filter, act }, (target) => takeBack(target, act.nowMs))),
    resolveUnknown: (deliveryId, verdict, act) => write(() => resolve(deliveryId, verdict, act)),
  };
}

/** Prepares the change to `cancelled` of a delivery that is still as it was found; a release that is being written keeps its own. */
export function createTakeBack(
  db: Db,
): (target: Pick<ActTarget, 'id' | 'attempt' | 'state'>, nowMs: number) => boolean {
  const takeBack = change(
    db,
    `UPDATE deliveries SET state = 'cancelled', cancelled_no = id, hold = NULL, updated_at_ms = ?
     WHERE id = ? AND attempt = ? AND state = ? AND hold IS NOT 'release'`,
  );
  return ({ id, attempt, state }, nowMs) => takeBack(nowMs, id, attempt, state) === 1;
}

interface ActOverMany {
  readonly action: AuditAction;
  readonly of: DeliveryAct;
  readonly filter: DeliveryFilter;
  readonly act: Act;
  /** Beside the count: why, and where to. */
  readonly facts?: AuditFacts;
}

/** Applies an act to every delivery a filter means and a state and hold allow; one audit entry for each batch. */
export function createActOverMany(db: Db) {
  const targetsOf = createTargetFinder(db);
  const audit = createAuditWriter(db);
  const updateInvoice = createInvoiceStateWriter(db);
  return ({ action, of, filter, act, facts = {} }: ActOverMany, apply: (target: ActTarget) => boolean): number => {
    const changed = targetsOf(of, filter).filter(apply);
    for (const [batchNo, targetsOfBatch] of Map.groupBy(changed, (target) => target.batch_no)) {
      const entry = audit.log(
        { action, batchNo, facts: { count: targetsOfBatch.length, connectionId: filter.connectionId, ...facts } },
        act,
      );
      for (const { id, invoice_id } of targetsOfBatch) {
        audit.concerns(entry, invoice_id, id);
        updateInvoice(invoice_id);
      }
    }
    return changed.length;
  };
}

/** Prepares the search for what an act applies to now, oldest first. */
export function createTargetFinder(db: Db): (of: DeliveryAct, filter: DeliveryFilter) => ActTarget[] {
  prepareConditions(db);
  const batchNo = column<number>(db, 'SELECT no FROM batches WHERE id = ?');
  return (of, filter) => {
    const allowed = statesOfAct[of];
    const states = filter.states.length === 0 ? allowed : allowed.filter((state) => filter.states.includes(state));
    if (states.length === 0) return [];
    const no = filter.batchId === null ? null : (batchNo.get(filter.batchId) ?? -1);
    const { sql, values } = deliveryConditions({ ...filter, states: [...states] }, no);
    const holds = holdsOfAct[of];
    return query<ActTarget>(
      db,
      `SELECT d.id, d.invoice_id, d.batch_no, d.state, d.attempt, d.hold ${sql}
         AND coalesce(d.hold, '') IN (SELECT value FROM json_each(?)) AND (d.step = 1 OR ?) ORDER BY d.id`,
    ).all(...values, JSON.stringify(holds.map((hold) => hold ?? '')), firstStepOnly.includes(of) ? 0 : 1);
  };
}
