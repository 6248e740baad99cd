// Keeps an invoice's state equal to what its deliveries say (domain/delivery-state). Called inside other verbs' transactions.

import { invoiceStateOf } from '../../domain/delivery-state.ts';
import type { DeliveryState } from '../../../shared/schema/delivery.ts';
import { change, column } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

/** SQL: a delivery `d` that counts for its invoice. An accepted step that another one follows says nothing about it; the one after it does. */
export const speaksForInvoice = "d.cancelled_no = 0 AND NOT (d.state = 'accepted' AND d.step < d.steps)";

/** Prepares `update(invoiceId)`; a held, excluded or quarantined invoice has no delivery that counts and is left as it is. */
export function createInvoiceStateWriter(db: Db): (invoiceId: number) => void {
  const states = column<DeliveryState>(
    db,
    `SELECT d.state FROM deliveries d WHERE d.invoice_id = ? AND ${speaksForInvoice}`,
  );
  const update = change(
    db,
    "UPDATE invoices SET state = ? WHERE id = ? AND state <> ? AND state NOT IN ('held', 'excluded', 'quarantined')",
  );
  return (invoiceId) => {
    const state = invoiceStateOf(states.all(invoiceId));
    update(state, invoiceId, state);
  };
}
