// The operator's verbs over deliveries: retry, cancel, settle an unknown one.

import { sourcesOf } from '../../domain/delivery-state.ts';
import type { DeliveryFilter } from '../../../shared/contract/methods.ts';
import type { DeliveryState } from '../../../shared/schema/delivery.ts';
import type { Act } from '../../ports/act.ts';
import type { DeliveryStore } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { change, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { searchNeedle } from '../text-keys.ts';
import { createAuditWriter } from './audit.ts';
import type { AuditAction } from './audit.ts';
import { createInvoiceStateWriter } from './invoice-state.ts';
import { createResolver } from './unknowns.ts';

interface Target {
  readonly id: number;
  readonly invoice_id: number;
  readonly batch_no: number;
  readonly state: DeliveryState;
  readonly attempt: number;
}

/** The operator's verbs. */
export function createOperatorWrites(core: StoreCore): Pick<DeliveryStore, 'retry' | 'cancel' | 'resolveUnknown'> {
  const { db, write } = core;
  const requeue = change(
    db,
    `UPDATE deliveries SET state = 'queued', queue_rank = 0, due_at_ms = ?, tries = 0, budget_from_ms = NULL, updated_at_ms = ?
     WHERE id = ? AND attempt = ? AND state = ? AND EXISTS (SELECT 1 FROM connections WHERE id = connection_id AND removed_at_ms IS NULL)`,
  );
  const takeBack = change(
    db,
    "UPDATE deliveries SET state = 'cancelled', cancelled_no = id, updated_at_ms = ? WHERE id = ? AND attempt = ? AND state = ?",
  );
  const forAll = createActOverMany(db);
  const resolve = createResolver(db);
  return {
    retry: (filter, act) =>
      write(() =>
        forAll(
          { action: 'retry', filter, sources: sourcesOf('retry'), act },
          ({ id, attempt, state }) => requeue(act.nowMs, act.nowMs, id, attempt, state) === 1,
        ),
      ),
    cancel: (filter, act) =>
      write(() =>
        forAll(
          { action: 'cancel', filter, sources: sourcesOf('cancel'), act },
          ({ id, attempt, state }) => takeBack(act.nowMs, id, attempt, state) === 1,
        ),
      ),
    resolveUnknown: (deliveryId, verdict, act) => write(() => resolve(deliveryId, verdict, act)),
  };
}

interface ActOverMany {
  readonly action: AuditAction;
  readonly filter: DeliveryFilter;
  readonly sources: readonly DeliveryState[];
  readonly act: Act;
}

/** Applies an act to every delivery a filter means and a state allows; one audit entry for each batch. */
function createActOverMany(db: Db): (what: ActOverMany, apply: (target: Target) => boolean) => number {
  const inBatch = query<Target>(db, targetsSql('d.batch_no = (SELECT no FROM batches WHERE id = ?)'));
  const anywhere = query<Target>(db, targetsSql('? IS NULL'));
  const audit = createAuditWriter(db);
  const updateInvoice = createInvoiceStateWriter(db);
  return ({ action, filter, sources, act }, apply) => {
    const states = filter.states.length === 0 ? sources : sources.filter((state) => filter.states.includes(state));
    const needle = searchNeedle(filter.search);
    const ids = filter.ids === undefined ? null : JSON.stringify(filter.ids);
    const targets = (filter.batchId === null ? anywhere : inBatch).all(
      filter.batchId,
      JSON.stringify(states),
      filter.connectionId,
      filter.connectionId,
      needle,
      needle,
      needle,
      ids,
      ids,
    );
    const changed = targets.filter(apply);
    for (const [batchNo, targetsOfBatch] of Map.groupBy(changed, (target) => target.batch_no)) {
      const entry = audit.log(
        { action, batchNo, facts: { count: targetsOfBatch.length, connectionId: filter.connectionId } },
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

function targetsSql(batchCondition: string): string {
  return `SELECT d.id, d.invoice_id, d.batch_no, d.state, d.attempt FROM deliveries d JOIN invoices i ON i.id = d.invoice_id
    WHERE ${batchCondition} AND d.state IN (SELECT value FROM json_each(?)) AND (? IS NULL OR d.connection_id = ?)
      AND (? = '' OR instr(i.search_text, ?) > 0 OR instr(lower(d.target), ?) > 0)
      AND (? IS NULL OR d.id IN (SELECT value FROM json_each(?))) ORDER BY d.id`;
}
