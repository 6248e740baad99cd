// Holding invoices back and letting them go again.

import type { InvoiceSelection } from '../../../shared/contract/methods.ts';
import type { Store } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { column } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';

/** Finds the invoices a selection means; from reads/invoices. */
export type SelectInvoices = (batchId: string, selection: InvoiceSelection) => readonly number[];

/** The verbs over invoices themselves. */
export function createInvoiceWrites(core: StoreCore, select: SelectInvoices): Store['invoices'] {
  const { db, write } = core;
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state <> 'importing'");
  const move = column<number>(
    db,
    'UPDATE invoices SET state = ? WHERE batch_no = ? AND state = ? AND id IN (SELECT value FROM json_each(?)) RETURNING id',
  );
  const audit = createAuditWriter(db);
  return {
    setHeld: (...[batchId, selection, { isHeld }, act]) =>
      write(() => {
        const no = batchNo.get(batchId);
        if (no === undefined) return 0;
        const [from, to] = isHeld ? ['ready', 'held'] : ['held', 'ready'];
        const moved = move.all(to, no, from, JSON.stringify(select(batchId, selection)));
        if (moved.length === 0) return 0;
        const entry = audit.log(
          { action: isHeld ? 'hold' : 'unhold', batchNo: no, facts: { count: moved.length } },
          act,
        );
        for (const invoiceId of moved) audit.concerns(entry, invoiceId, null);
        return moved.length;
      }),
  };
}
