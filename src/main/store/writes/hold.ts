// Holding invoices back, excluding them, and letting them go again.

import type { InvoiceSelection } from '../../../shared/contract/methods.ts';
import type { Act } from '../../ports/act.ts';
import type { Store } from '../../ports/store.ts';
import type { AuditAction } from '../../../shared/schema/audit.ts';
import type { AuditFacts } from '../../ports/audit-store.ts';
import type { StoreCore } from '../core.ts';
import { column } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';

/** Finds the invoices a selection means; from reads/invoices. */
export type SelectInvoices = (batchId: string, selection: InvoiceSelection) => readonly number[];

/** The verbs over invoices themselves. */
export function createInvoiceWrites(core: StoreCore, select: SelectInvoices): Store['invoices'] {
  const { write } = core;
  const shift = createShift(core);
  return {
    setHeld: (...[batchId, selection, { isHeld }, act]) =>
      write(() =>
        shift(
          { batchId, ids: select(batchId, selection) },
          isHeld
            ? { action: 'hold', from: ['ready'], to: 'held', facts: {} }
            : { action: 'unhold', from: ['held'], to: 'ready', facts: {} },
          act,
        ),
      ),
    setExcluded: (...[batchId, selection, { isExcluded, reason }, act]) =>
      write(() =>
        shift(
          { batchId, ids: select(batchId, selection) },
          isExcluded
            ? { action: 'exclude', from: ['ready', 'held'], to: 'excluded', facts: { reason } }
            : { action: 'include', from: ['excluded'], to: 'ready', facts: { reason }, isNumberFree: true },
          act,
        ),
      ),
  };
}

interface Shift {
  readonly from: readonly string[];
  readonly to: string;
  readonly action: AuditAction;
  readonly facts: AuditFacts;
  /** Only those whose number no other invoice of the seller has taken meanwhile; of several with one number, the first. */
  readonly isNumberFree?: true;
}

/** Moves those of the invoices that are in one of the old states, with one audit entry for all of them. Runs inside the caller's transaction. */
function createShift({ db }: StoreCore) {
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state <> 'importing'");
  const move = column<number>(
    db,
    'UPDATE invoices SET state = ? WHERE batch_no = ? AND state IN (SELECT value FROM json_each(?)) AND id IN (SELECT value FROM json_each(?)) RETURNING id',
  );
  const free = column<number>(
    db,
    `SELECT own.id FROM invoices own WHERE own.id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
       SELECT 1 FROM invoices other JOIN batches b ON b.no = other.batch_no
       WHERE other.invoice_number = own.invoice_number AND other.seller_key = own.seller_key AND other.id <> own.id
         AND (other.state NOT IN ('quarantined', 'excluded') AND b.state <> 'importing'
           OR other.state = 'excluded' AND other.batch_no = own.batch_no AND other.id < own.id AND other.id IN (SELECT value FROM json_each(?))))`,
  );
  const audit = createAuditWriter(db);
  return (which: { readonly batchId: string; readonly ids: readonly number[] }, shift: Shift, act: Act): number => {
    const no = batchNo.get(which.batchId);
    if (no === undefined) return 0;
    const asked = JSON.stringify(which.ids);
    const ids = shift.isNumberFree === true ? JSON.stringify(free.all(asked, asked)) : asked;
    const moved = move.all(shift.to, no, JSON.stringify(shift.from), ids);
    if (moved.length === 0) return 0;
    const entry = audit.log({ action: shift.action, batchNo: no, facts: { count: moved.length, ...shift.facts } }, act);
    for (const invoiceId of moved) audit.concerns(entry, invoiceId, null);
    return moved.length;
  };
}
