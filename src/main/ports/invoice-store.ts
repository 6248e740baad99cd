// The store port for what an operator does with invoices themselves before they are released. Every write verb is one whole transaction.

import type { InvoiceSelection } from '../../shared/contract/methods.ts';
import type { Act } from './act.ts';

/** Verbs over invoices that have no delivery. */
export interface InvoiceStore {
  /** ready ↔ held; others in the selection are left. Returns how many changed. */
  setHeld(batchId: string, selection: InvoiceSelection, change: { readonly isHeld: boolean }, act: Act): number;
  /**
   * ready and held → excluded, or excluded → ready; others in the selection are left, and so is one whose number another invoice of the seller has: of
   * several with one number the first comes back. Returns how many changed.
   */
  setExcluded(
    batchId: string,
    selection: InvoiceSelection,
    change: { readonly isExcluded: boolean; readonly reason: string },
    act: Act,
  ): number;
}
