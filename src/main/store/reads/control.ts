// Reads before an act over many deliveries: the count without doing it, causes, addresses, and what a replacement is made of.

import { firstStepOnly, holdsOfAct, whyLeft } from '../../domain/delivery-control.ts';
import type { DeliveryFilter } from '../../../shared/contract/methods.ts';
import type { CauseGroup, DeliveryAct, FailedAddress, LeftReason } from '../../../shared/schema/control.ts';
import { pdfChannels } from '../../../shared/schema/delivery.ts';
import type { DeliveryHold, DeliveryState } from '../../../shared/schema/delivery.ts';
import type { Money } from '../../../shared/schema/batch.ts';
import type { ControlStore, ReplaceTarget } from '../../ports/control-store.ts';
import type { StoreCore } from '../core.ts';
import { column, query } from '../sqlite.ts';
import { createTargetFinder } from '../writes/operator.ts';
import { deliveryConditions, prepareConditions } from './delivery-conditions.ts';
import type { DeliveryConditions } from './delivery-conditions.ts';

/** Causes and addresses that a window can show. */
const maxCauses = 100;
const maxAddresses = 500;

/** The reads. */
export function createControlReads(
  core: StoreCore,
): Pick<ControlStore, 'plan' | 'causes' | 'addresses' | 'targets' | 'replaceTargets'> {
  const { db } = core;
  prepareConditions(db);
  const conditionsOf = createConditions(core);
  const targetsOf = createTargetFinder(db);
  const replaceTargets = query<ReplaceTarget>(
    db,
    `SELECT d.id AS deliveryId, d.invoice_id AS invoiceId, i.invoice_number AS invoiceNumber, i.seller_key AS sellerKey, d.connection_id AS connectionId, d.channel, d.target, i.email,
       d.generation, d.document_sha256 AS documentSha256, i.kind, i.currency, i.invoice_date AS invoiceDate, i.due_date AS dueDate, coalesce(b.source_batch_id, b.id) AS batch
     FROM json_each(?) wanted JOIN deliveries d ON d.id = wanted.value JOIN invoices i ON i.id = d.invoice_id JOIN batches b ON b.no = i.batch_no ORDER BY wanted.key`,
  );
  return {
    plan: createPlan(core, conditionsOf),
    causes: createCauses(core, conditionsOf),
    addresses: createAddresses(core, conditionsOf),
    targets: (act, filter) => targetsOf(act, filter).map(({ id }) => id),
    replaceTargets: (deliveryIds) => replaceTargets.all(JSON.stringify(deliveryIds)),
  };
}

type ConditionsOf = (filter: DeliveryFilter) => DeliveryConditions;

function createConditions({ db }: StoreCore): ConditionsOf {
  const batchNo = column<number>(db, 'SELECT no FROM batches WHERE id = ?');
  return (filter) =>
    deliveryConditions(filter, filter.batchId === null ? null : (batchNo.get(filter.batchId) ?? -1), {
      withInvoices: true,
    });
}

interface PlanRow extends Money {
  readonly state: DeliveryState;
  readonly hold: DeliveryHold | null;
  readonly obstacle: 'noAddress' | 'alreadyThere' | 'laterStep' | 'otherDocument' | null;
  readonly count: number;
}

function createPlan({ db }: StoreCore, conditionsOf: ConditionsOf): ControlStore['plan'] {
  const channelOf = column<string>(db, 'SELECT channel FROM connections WHERE id = ? AND removed_at_ms IS NULL');
  return (act, filter, connectionId) => {
    const { sql, values } = conditionsOf(filter);
    const channel = connectionId === null ? undefined : channelOf.get(connectionId);
    const isMail = channel === 'email';
    const isOther = channel !== undefined && !pdfChannels.some((each) => each === channel);
    const later = firstStepOnly.includes(act) ? "WHEN d.step > 1 THEN 'laterStep'" : '';
    // Beside a later step, only a re-routing can meet an obstacle that the state does not tell.
    const obstacle =
      act === 'reroute' && connectionId !== null
        ? `CASE ${later} WHEN d.connection_id = ? OR EXISTS (SELECT 1 FROM deliveries o WHERE o.invoice_id = d.invoice_id AND o.cancelled_no = 0 AND o.connection_id = ? AND o.generation = d.generation)
             THEN 'alreadyThere' WHEN ? OR d.channel NOT IN (SELECT value FROM json_each(?)) THEN 'otherDocument' WHEN ? AND i.email IS NULL THEN 'noAddress' END`
        : later === ''
          ? 'NULL'
          : `CASE ${later} END`;
    const obstacleValues =
      act === 'reroute' && connectionId !== null
        ? [connectionId, connectionId, isOther ? 1 : 0, JSON.stringify(pdfChannels), isMail ? 1 : 0]
        : [];
    const rows = query<PlanRow>(
      db,
      `SELECT d.state, d.hold, ${obstacle} AS obstacle, i.currency, count(*) AS count, coalesce(sum(i.payable_minor), 0) AS amountMinor ${sql} GROUP BY 1, 2, 3, 4`,
    ).all(...obstacleValues, ...values);
    const left = new Map<LeftReason, number>();
    const sums = new Map<string, number>();
    let count = 0;
    for (const row of rows) {
      const reason = leftReason(act, row);
      if (reason !== null) {
        left.set(reason, (left.get(reason) ?? 0) + row.count);
        continue;
      }
      count += row.count;
      sums.set(row.currency, (sums.get(row.currency) ?? 0) + row.amountMinor);
    }
    return {
      count,
      sums: [...sums].map(([currency, amountMinor]) => ({ currency, amountMinor })),
      left: [...left].map(([reason, each]) => ({ reason, count: each })),
    };
  };
}

function leftReason(act: DeliveryAct, row: PlanRow): LeftReason | null {
  const reason = whyLeft(act, row.state, row.hold);
  return reason ?? (holdsOfAct[act].includes(row.hold) ? row.obstacle : 'held');
}

function createCauses({ db }: StoreCore, conditionsOf: ConditionsOf): ControlStore['causes'] {
  type Row = Omit<CauseGroup, 'sums' | 'status'> & Money;
  return (filter) => {
    const { sql, values } = conditionsOf(filter);
    const both = /\bWHERE\b/u.test(sql) ? `${sql} AND` : `${sql} WHERE`;
    const rows = query<Row>(
      db,
      `SELECT cause_of(d.last_code, d.last_detail) AS cause, d.last_code AS code, d.channel, max(d.last_detail) AS detail, count(*) AS count, i.currency, coalesce(sum(i.payable_minor), 0) AS amountMinor
       ${both} d.last_code IS NOT NULL GROUP BY 1, 3, i.currency`,
    ).all(...values);
    return [...Map.groupBy(rows, ({ cause, channel }) => `${channel} ${cause}`).values()]
      .flatMap((group): CauseGroup[] => {
        const [first] = group;
        if (first === undefined) return [];
        const { cause, code, channel, detail } = first;
        return [
          {
            cause,
            code,
            channel,
            detail,
            status: cause === code ? null : cause.slice(code.length + 1),
            count: group.reduce((sum, row) => sum + row.count, 0),
            sums: group.map(({ currency, amountMinor }) => ({ currency, amountMinor })),
          },
        ];
      })
      .sort((one, other) => other.count - one.count)
      .slice(0, maxCauses);
  };
}

function createAddresses({ db }: StoreCore, conditionsOf: ConditionsOf): ControlStore['addresses'] {
  return (filter) => {
    const { sql, values } = conditionsOf(filter);
    const both = /\bWHERE\b/u.test(sql) ? `${sql} AND` : `${sql} WHERE`;
    const wanted = `${both} d.channel = 'email' AND d.state IN ('rejected', 'failed')`;
    const total = column<number>(db, `SELECT count(DISTINCT d.target) ${wanted}`).get(...values) ?? 0;
    const addresses = query<FailedAddress & { readonly newest: number }>(
      db,
      // With max() SQLite takes the other columns from the same row.
      `SELECT d.target AS address, i.customer_name AS customerName, count(*) AS count, max(d.updated_at_ms) AS newest, d.last_code AS lastCode, d.last_detail AS lastDetail, d.last_phase AS lastPhase
       ${wanted} GROUP BY d.target ORDER BY count(*) DESC, d.target LIMIT ${maxAddresses}`,
    ).all(...values);
    return { total, addresses: addresses.map(({ newest: _, ...address }) => address) };
  };
}
