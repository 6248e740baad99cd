// Puts the parts of the store together into the port. No SQL and no rules here.

import type { RestoreNote } from '../ports/restore-note.ts';
import type { Store } from '../ports/store.ts';
import { writeVerifiedCopy } from './backup.ts';
import type { StoreCore } from './core.ts';
import { createAuditStore } from './reads/audit.ts';
import { createBatchReads } from './reads/batches.ts';
import { createDeliveryReads, createDueReads } from './reads/deliveries.ts';
import { createImportFigures } from './reads/import-figures.ts';
import { createInvoiceReads } from './reads/invoices.ts';
import { createLaneReads } from './reads/lanes.ts';
import { createProblemReads } from './reads/problems.ts';
import { createProofReads } from './reads/proof.ts';
import { createTimelineRead } from './reads/timeline.ts';
import { createCustomerHistory } from './writes/customer-history.ts';
import { createConfigStore } from './writes/config.ts';
import { createControlStore } from './control.ts';
import { createCorrectionReads } from './reads/corrections.ts';
import { createCorrectionWrites } from './writes/corrections.ts';
import { createDeliverWrites } from './writes/deliver.ts';
import { createFinishWrites } from './writes/finish-batch.ts';
import { createInvoiceWrites } from './writes/hold.ts';
import { createGroupStore } from './writes/groups.ts';
import { createImportCleanup, createImportWrites } from './writes/import-batch.ts';
import { createIndexWrites } from './writes/index-files.ts';
import { createLaneStore, createLaneWrites } from './writes/lanes.ts';
import { createLeaseWrites } from './writes/lease.ts';
import { createMessageStore } from './writes/messages.ts';
import { createOperatorWrites } from './writes/operator.ts';
import { createAccountStore } from './writes/accounts.ts';
import { createOrderStore } from './writes/orders.ts';
import { createLateProblems } from './writes/problems.ts';
import { createReceiptStore } from './writes/receipts.ts';
import { createReleaseWrites } from './writes/release.ts';
import { createTrackingStore } from './writes/tracking.ts';
import { createUnknownStore } from './writes/unknowns.ts';
import { createWaiverStore } from './writes/waivers.ts';

/** The store over an open, migrated database. */
export function assembleStore(core: StoreCore, restored: RestoreNote | null): Store {
  const batches = createBatchReads(core);
  const { select, ...invoices } = createInvoiceReads(core);
  return {
    imports: { ...createImportWrites(core), ...createFinishWrites(core, batches.batch), ...createImportCleanup(core) },
    reads: {
      ...batches,
      ...invoices,
      ...createProblemReads(core),
      importFigures: createImportFigures(core),
      ...createDeliveryReads(core),
      ...createLaneReads(core),
      timeline: createTimelineRead(core),
    },
    invoices: createInvoiceWrites(core, select),
    releases: createReleaseWrites(core),
    deliveries: {
      ...createLeaseWrites(core),
      ...createDeliverWrites(core),
      ...createDueReads(core),
      ...createOperatorWrites(core),
      ...createLaneWrites(core),
      ...createIndexWrites(core),
    },
    groups: createGroupStore(core),
    tracking: createTrackingStore(core),
    orders: createOrderStore(core),
    accounts: createAccountStore(core),
    lanes: createLaneStore(core),
    corrections: { ...createCorrectionReads(core), ...createCorrectionWrites(core) },
    config: createConfigStore(core),
    waivers: createWaiverStore(core),
    audit: createAuditStore(core),
    history: createCustomerHistory(core),
    proofs: createProofReads(core),
    receipts: createReceiptStore(core),
    unknowns: createUnknownStore(core),
    messages: createMessageStore(core),
    control: createControlStore(core),
    addProblems: createLateProblems(core),
    backup: (path, check, follower) => writeVerifiedCopy(core.db, path, { check, ...follower }),
    lastWriteAtMs: () => core.lastWriteAtMs(),
    trouble: () => core.trouble(),
    restored,
    close: () => {
      core.db.close();
      core.journal.close();
    },
  };
}
