// Writing and undoing corrections: in one transaction the corrections, the findings, the invoices' values and states, all counts, and the audit entry.

import type { Act } from '../../ports/act.ts';
import type {
  CorrectionStore,
  FixResult,
  FixTarget,
  FixVerdict,
  InvoiceFix,
  InvoiceUndo,
} from '../../ports/correction-store.ts';
import type { StoreCore } from '../core.ts';
import { change, column, insert, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import { createInvoiceReplacer } from './corrected-invoice.ts';
import { createAccepter, dueRange } from './finish-batch.ts';
import { createProblemRecount } from './problems.ts';

interface RunRow {
  readonly batch_no: number;
  readonly batch_id: string;
  readonly rule_id: string;
  readonly fix: string;
}

interface Tally {
  values: number;
  invoices: number;
  delivered: number;
  changedMeanwhile: number;
  becameReady: number;
}

/** The verbs that change corrections. */
export function createCorrectionWrites(core: StoreCore): Pick<CorrectionStore, 'begin' | 'apply' | 'undo'> {
  const { db, write } = core;
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state <> 'importing'");
  const begin = insert(
    db,
    'INSERT INTO correction_runs (batch_no, rule_id, fix, reason, actor, at_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const apply = createApply(db);
  const undo = createUndo(db);
  return {
    begin: (batchId, { ruleId, kind, reason }, act) =>
      write(() => {
        const no = batchNo.get(batchId);
        if (no === undefined) throw new Error(`there is no batch ${batchId}`);
        return begin(no, ruleId, kind, reason, act.actor, act.nowMs);
      }),
    apply: (runId, fixes, act) => write(() => apply(runId, fixes, act)),
    undo: (...[batchId, ruleId, undos, act]) =>
      write(() => {
        const no = batchNo.get(batchId);
        if (no === undefined) throw new Error(`there is no batch ${batchId}`);
        return undo({ batchNo: no, batchId, ruleId }, undos, act);
      }),
  };
}

function createApply(db: Db): CorrectionStore['apply'] {
  const run = query<RunRow>(
    db,
    'SELECT r.batch_no, b.id AS batch_id, r.rule_id, r.fix FROM correction_runs r JOIN batches b ON b.no = r.batch_no WHERE r.id = ?',
  );
  const add = insert(
    db,
    'INSERT INTO corrections (run_id, invoice_id, field, names, before_text, after_text) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const each = createForEach(db);
  const batch = createBatchUpdate(db);
  const audit = createAuditWriter(db);
  return (runId, fixes, act) => {
    const found = run.get(runId);
    if (found === undefined) throw new Error(`there is no run ${runId} of corrections`);
    const concerned: number[] = [];
    const tally = each(
      fixes,
      (fix: InvoiceFix) => {
        for (const { field, names, before, after } of fix.changes)
          add(runId, fix.target.invoiceId, field, names.join('\n'), before, after);
        concerned.push(fix.target.invoiceId);
        return fix.changes.length;
      },
      { batchNo: found.batch_no, runId, isUndo: false },
    );
    if (concerned.length === 0) return tally;
    const entry = audit.log(
      {
        action: 'correct',
        batchNo: found.batch_no,
        facts: { ruleId: found.rule_id, fix: found.fix, values: tally.values, invoices: tally.invoices },
      },
      act,
    );
    for (const invoiceId of concerned) audit.concerns(entry, invoiceId, null);
    const letIn = batch.settle(found, runId, act);
    return { ...tally, becameReady: letIn ?? tally.becameReady };
  };
}

function createUndo(
  db: Db,
): (
  about: { readonly batchNo: number; readonly batchId: string; readonly ruleId: string },
  undos: readonly InvoiceUndo[],
  act: Act,
) => FixResult {
  const takeBack = change(
    db,
    'UPDATE corrections SET undone_at_ms = ?, undone_by = ? WHERE id = ? AND invoice_id = ? AND undone_at_ms IS NULL',
  );
  const runsOf = column<number>(
    db,
    'SELECT DISTINCT run_id FROM corrections WHERE id IN (SELECT value FROM json_each(?))',
  );
  const each = createForEach(db);
  const batch = createBatchUpdate(db);
  const audit = createAuditWriter(db);
  return ({ batchNo, batchId, ruleId }, undos, act) => {
    const concerned: number[] = [];
    const runs = new Set<number>();
    const tally = each(
      undos,
      (undo: InvoiceUndo) => {
        for (const runId of runsOf.all(JSON.stringify(undo.correctionIds))) runs.add(runId);
        const values = undo.correctionIds.filter(
          (id) => takeBack(act.nowMs, act.actor, id, undo.target.invoiceId) === 1,
        ).length;
        concerned.push(undo.target.invoiceId);
        return values;
      },
      { batchNo, runId: null, isUndo: true },
    );
    if (concerned.length === 0) return tally;
    const facts = { ruleId, values: tally.values, invoices: tally.invoices };
    const entry = audit.log({ action: 'undoCorrections', batchNo, facts }, act);
    for (const invoiceId of concerned) audit.concerns(entry, invoiceId, null);
    const keptBack = batch.unsettle({ batch_no: batchNo, batch_id: batchId }, [...runs]);
    return { ...tally, becameReady: tally.becameReady + (keptBack ?? 0) };
  };
}

interface ForEachPlace {
  readonly batchNo: number;
  /** Marks a duplicate that comes to light with this run. */
  readonly runId: number | null;
  readonly isUndo: boolean;
}

/** Writes each invoice that is still as it was when it was read and has no delivery; counts the others. */
function createForEach(db: Db) {
  const current = query<{ state: string; content_version: number }>(
    db,
    'SELECT state, content_version FROM invoices WHERE id = ? AND batch_no = ?',
  );
  const replace = createInvoiceReplacer(db);
  return <Item extends FixVerdict>(
    items: readonly Item[],
    writeCorrections: (item: Item) => number,
    place: ForEachPlace,
  ): FixResult => {
    const tally: Tally = { values: 0, invoices: 0, delivered: 0, changedMeanwhile: 0, becameReady: 0 };
    for (const item of items) {
      const verdict = fitness(item.target, current.get(item.target.invoiceId, place.batchNo));
      if (verdict !== 'fit') {
        tally[verdict] += 1;
        continue;
      }
      tally.values += writeCorrections(item);
      tally.invoices += 1;
      const { wasReady, isReady } = replace(item, place);
      if (place.isUndo ? wasReady && !isReady : isReady && !wasReady) tally.becameReady += 1;
    }
    return tally;
  };
}

function fitness(
  target: FixTarget,
  now: { readonly state: string; readonly content_version: number } | undefined,
): 'fit' | 'delivered' | 'changedMeanwhile' {
  if (now?.content_version !== target.contentVersion) return 'changedMeanwhile';
  return ['ready', 'held', 'excluded', 'quarantined'].includes(now.state) ? 'fit' : 'delivered';
}

/** Sums of the batch, and whether strict mode lets it in. */
function createBatchUpdate(db: Db) {
  const touch = change(db, `UPDATE batches SET content_version = content_version + 1, ${dueRange} WHERE no = ?`);
  const recount = createProblemRecount(db);
  const state = query<{ state: string; mode: string; error_count: number }>(
    db,
    'SELECT state, mode, error_count FROM batches WHERE no = ?',
  );
  const readyCount = column<number>(db, "SELECT count(*) FROM invoices WHERE batch_no = ? AND state = 'ready'");
  const accept = createAccepter(db);
  const markLetIn = change(db, 'UPDATE correction_runs SET let_in = 1 WHERE id = ?');
  const unmarkLetIn = change(
    db,
    'UPDATE correction_runs SET let_in = 0 WHERE let_in = 1 AND id IN (SELECT value FROM json_each(?))',
  );
  const released = column<number>(
    db,
    "SELECT count(*) FROM invoices WHERE batch_no = ? AND state NOT IN ('ready', 'held', 'excluded', 'quarantined')",
  );
  const quarantineAll = change(
    db,
    "UPDATE invoices SET state = 'quarantined' WHERE batch_no = ? AND state IN ('ready', 'held')",
  );
  const keepBack = change(db, "UPDATE batches SET state = 'keptBack' WHERE no = ? AND state = 'imported'");
  return {
    /** How many invoices became ready because the whole batch was let in; null when it was not. */
    settle(batch: Pick<RunRow, 'batch_no' | 'batch_id'>, runId: number, act: Act): number | null {
      recount(batch.batch_no);
      const now = state.get(batch.batch_no);
      const isLetIn = now?.state === 'keptBack' && now.mode === 'strict' && now.error_count === 0;
      if (isLetIn) {
        accept(batch.batch_id, act);
        markLetIn(runId);
        recount(batch.batch_no);
      }
      touch(batch.batch_no);
      return isLetIn ? (readyCount.get(batch.batch_no) ?? 0) : null;
    },
    /** How many invoices are kept back again with the whole batch; null when it stays as it is. */
    unsettle(batch: Pick<RunRow, 'batch_no' | 'batch_id'>, runIds: readonly number[]): number | null {
      recount(batch.batch_no);
      const now = state.get(batch.batch_no);
      const mayKeepBack =
        now?.state === 'imported' && now.mode === 'strict' && now.error_count > 0 && released.get(batch.batch_no) === 0;
      const isKeptBack = mayKeepBack && unmarkLetIn(JSON.stringify(runIds)) > 0;
      const changed = isKeptBack ? quarantineAll(batch.batch_no) : 0;
      if (isKeptBack) keepBack(batch.batch_no);
      touch(batch.batch_no);
      return isKeptBack ? changed : null;
    },
  };
}
