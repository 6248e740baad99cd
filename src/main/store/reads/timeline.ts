// One invoice's history, put together from the batch, the audit log, its deliveries and their attempts.

import type { TimelineEntry } from '../../../shared/schema/delivery.ts';
import type { Reads } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { query } from '../sqlite.ts';

/** Code of an attempt that the runner put back before anything was tried; it is no news to anyone. */
const putBackCode = 'run.put-back';

type Kind = TimelineEntry['kind'];

const kindOfAction: Readonly<Record<string, Kind>> = {
  hold: 'held',
  unhold: 'unheld',
  exclude: 'excluded',
  include: 'included',
  lookUp: 'lookedUp',
  retry: 'retried',
  cancel: 'cancelled',
  resolve: 'resolved',
  holdDeliveries: 'deliveryHeld',
  letDeliveriesGo: 'deliveryLetGo',
  schedule: 'scheduled',
  reroute: 'rerouted',
  copy: 'copied',
  chooseAddress: 'addressChosen',
};

/** The timeline, oldest first. */
export function createTimelineRead(core: StoreCore): Reads['timeline'] {
  const { db } = core;
  const imported = query<{
    atMs: number;
    actor: string;
    fileName: string;
    line: number;
    errors: number;
    warnings: number;
  }>(
    db,
    `SELECT b.imported_at_ms AS atMs, b.imported_by AS actor, f.file_name AS fileName, i.source_line AS line, 
       coalesce(i.imported_error_count, i.error_count) AS errors, coalesce(i.imported_warning_count, i.warning_count) AS warnings
     FROM invoices i JOIN batches b ON b.no = i.batch_no JOIN batch_files f ON f.batch_no = i.batch_no AND f.ordinal = i.file_ordinal WHERE i.id = ? AND b.state <> 'importing'`,
  );
  // A later step comes by itself: nobody released it.
  const released = query<{ atMs: number; actor: string; connection: string; channel: string; target: string }>(
    db,
    `SELECT d.released_at_ms AS atMs, d.released_by AS actor, c.name AS connection, d.channel, d.target FROM deliveries d JOIN connections c ON c.id = d.connection_id WHERE d.invoice_id = ? AND d.step = 1 ORDER BY d.id`,
  );
  const audited = query<{ atMs: number; actor: string; action: string; facts_json: string; connection: string | null }>(
    db,
    `SELECT a.at_ms AS atMs, a.actor, a.action, a.facts_json, c.name AS connection FROM audit_invoices n JOIN audit a ON a.id = n.audit_id
     LEFT JOIN deliveries d ON d.id = n.delivery_id LEFT JOIN connections c ON c.id = d.connection_id WHERE n.invoice_id = ? ORDER BY a.id`,
  );
  const letIn = query<{ atMs: number; actor: string }>(
    db,
    `SELECT a.at_ms AS atMs, a.actor FROM invoices i JOIN audit a ON a.batch_no = i.batch_no AND a.action = 'acceptGood'
     WHERE i.id = ? AND i.state <> 'quarantined' ORDER BY a.id LIMIT 1`,
  );
  const correctionsOf = createCorrectionEntries(core);
  const addressesOf = createAddressEntries(core);
  const attemptsOf = createAttemptEntries(core);
  const trackedOf = createTrackedEntries(core);
  const actsOf = createOrderEntries(core);
  return (invoiceId) => {
    const entries: TimelineEntry[] = [];
    for (const { atMs, actor, fileName, line, errors, warnings } of imported.all(invoiceId)) {
      entries.push(
        { atMs, kind: 'imported', actor, facts: { fileName, line } },
        { atMs, kind: 'checked', actor, facts: { errors, warnings } },
      );
    }
    for (const entry of letIn.all(invoiceId)) entries.push({ ...entry, kind: 'letIn', facts: {} });
    for (const { atMs, actor, ...facts } of released.all(invoiceId))
      entries.push({ atMs, kind: 'released', actor, facts });
    for (const row of audited.all(invoiceId)) {
      const kind = kindOfAction[row.action];
      if (kind === undefined) continue;
      const facts =
        row.connection === null
          ? jsonColumns.facts(row.facts_json)
          : { ...jsonColumns.facts(row.facts_json), connection: row.connection };
      entries.push({ atMs: row.atMs, kind, actor: row.actor, facts });
    }
    return [
      ...entries,
      ...correctionsOf(invoiceId),
      ...addressesOf(invoiceId),
      ...attemptsOf(invoiceId),
      ...trackedOf(invoiceId),
      ...actsOf(invoiceId),
    ].sort((one, other) => one.atMs - other.atMs);
  };
}

/** One line a value: what stood there, what is used instead, and when that was taken back. */
function createCorrectionEntries({ db }: StoreCore): (invoiceId: number) => TimelineEntry[] {
  const corrections = query<{
    atMs: number;
    actor: string;
    undoneAtMs: number | null;
    undoneBy: string | null;
    names: string;
    before: string;
    after: string;
    ruleId: string;
    reason: string;
  }>(
    db,
    `SELECT r.at_ms AS atMs, r.actor, c.undone_at_ms AS undoneAtMs, c.undone_by AS undoneBy, c.names, c.before_text AS before, c.after_text AS after, r.rule_id AS ruleId, r.reason
     FROM corrections c JOIN correction_runs r ON r.id = c.run_id WHERE c.invoice_id = ? ORDER BY c.id`,
  );
  return (invoiceId) =>
    corrections.all(invoiceId).flatMap(({ atMs, actor, undoneAtMs, undoneBy, names, ...rest }): TimelineEntry[] => {
      const facts = { ...rest, field: names.split('\n').at(-1) ?? names };
      const made: TimelineEntry = { atMs, kind: 'corrected', actor, facts };
      if (undoneAtMs === null) return [made];
      const { reason: _, ...undoneFacts } = facts;
      return [made, { atMs: undoneAtMs, kind: 'uncorrected', actor: undoneBy ?? '', facts: undoneFacts }];
    });
}

/** Which address was used in place of which, and why. */
function createAddressEntries({ db }: StoreCore): (invoiceId: number) => TimelineEntry[] {
  const changes = query<{ atMs: number; actor: string; before: string; after: string; reason: string }>(
    db,
    'SELECT at_ms AS atMs, actor, before_text AS before, after_text AS after, reason FROM address_changes WHERE invoice_id = ? ORDER BY id',
  );
  return (invoiceId) =>
    changes.all(invoiceId).map(({ atMs, actor, ...facts }) => ({ atMs, kind: 'readdressed', actor, facts }));
}

/** What the peer said about the invoice after it was sent, by when it was learnt; `kind` and `date` say what happened and when. */
function createTrackedEntries({ db }: StoreCore): (invoiceId: number) => TimelineEntry[] {
  const tracked = query<{ atMs: number; kind: string; facts_json: string; connection: string }>(
    db,
    `SELECT t.at_ms AS atMs, t.kind, t.facts_json, c.name AS connection FROM tracking_facts t JOIN deliveries d ON d.id = t.delivery_id
     JOIN connections c ON c.id = d.connection_id WHERE t.invoice_id = ? ORDER BY t.id`,
  );
  return (invoiceId) =>
    tracked.all(invoiceId).map(({ atMs, kind, facts_json, connection }) => ({
      atMs,
      kind: 'tracked',
      actor: '',
      facts: { ...jsonColumns.facts(facts_json), fact: kind, connection },
    }));
}

/** What was done to the invoice's order beside its deliveries, by when it ended. */
function createOrderEntries({ db }: StoreCore): (invoiceId: number) => TimelineEntry[] {
  const acts = query<{
    atMs: number;
    actor: string;
    connection: string;
    act: string;
    state: string;
    settledBy: string | null;
    sveaOrderId: string;
    reason: string;
    amountMinor: number | null;
    currency: string | null;
    code: string | null;
    detail: string | null;
    receipt_json: string | null;
  }>(
    db,
    `SELECT coalesce(a.ended_at_ms, a.started_at_ms) AS atMs, a.actor, c.name AS connection, a.kind AS act, a.state, a.settled_by AS settledBy, a.peer_order_id AS sveaOrderId,
       a.reason, a.amount_minor AS amountMinor, a.currency, a.code, a.detail, a.receipt_json
     FROM order_acts a JOIN deliveries d ON d.id = a.delivery_id JOIN connections c ON c.id = d.connection_id WHERE a.invoice_id = ? ORDER BY a.id`,
  );
  return (invoiceId) =>
    acts.all(invoiceId).map(({ atMs, actor, receipt_json, ...facts }) => ({
      atMs,
      kind: 'order',
      actor,
      facts: { ...(receipt_json === null ? {} : jsonColumns.receipt(receipt_json)), ...facts },
    }));
}

function createAttemptEntries({ db }: StoreCore): (invoiceId: number) => TimelineEntry[] {
  interface Row {
    readonly atMs: number;
    readonly connection: string;
    readonly number: number;
    readonly outcome: string;
    readonly phase: string;
    readonly code: string | null;
    readonly detail: string | null;
    readonly startedAtMs: number;
    readonly receiptId: number | null;
    readonly receiptSha256: string | null;
    readonly receipt_json: string | null;
    readonly isDeliveredStep: number;
    /** Null for a delivery in one step. */
    readonly step: number | null;
  }
  const attempts = query<Row>(
    db,
    `SELECT coalesce(a.ended_at_ms, a.started_at_ms) AS atMs, c.name AS connection, a.number, a.outcome, a.phase, a.code, a.detail,
       a.started_at_ms AS startedAtMs, d.channel = 'svea' AND d.step = d.steps AS isDeliveredStep, CASE WHEN d.steps > 1 THEN d.step END AS step, r.id AS receiptId, r.file_sha256 AS receiptSha256, r.receipt_json
     FROM deliveries d JOIN attempts a ON a.delivery_id = d.id JOIN connections c ON c.id = d.connection_id
     LEFT JOIN receipts r ON r.id = (SELECT max(id) FROM receipts WHERE delivery_id = a.delivery_id AND attempt_number = a.number)
     WHERE d.invoice_id = ? ORDER BY d.id, a.number`,
  );
  return (invoiceId) =>
    attempts.all(invoiceId).flatMap(({ atMs, receipt_json, isDeliveredStep, step, ...told }): TimelineEntry[] => {
      if (told.code === putBackCode) return [];
      const facts = step === null ? told : { ...told, step };
      const receipt = receipt_json === null ? {} : jsonColumns.receipt(receipt_json);
      const attempt: TimelineEntry = { atMs, kind: 'attempt', actor: 'utskick', facts: { ...receipt, ...facts } };
      if (isDeliveredStep === 0 || facts.outcome !== 'accepted') return [attempt];
      // That the peer has it is not that its customer has: a person there may have to approve the invoice first.
      const tracked = { fact: 'state', state: 'deliveredAtPeer', connection: facts.connection };
      return [attempt, { atMs, kind: 'tracked', actor: '', facts: tracked }];
    });
}
