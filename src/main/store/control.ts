// Puts the operator's acts over deliveries together into their port. No SQL and no rules here.

import type { ControlStore } from '../ports/control-store.ts';
import type { StoreCore } from './core.ts';
import { createControlReads } from './reads/control.ts';
import { createDeliveryReads } from './reads/deliveries.ts';
import { createTrialRead } from './reads/trials.ts';
import { createControlWrites } from './writes/control.ts';
import { createReleaseRuns } from './writes/release-run.ts';
import { createReplaceWrites } from './writes/replace.ts';

/** The port over an open database. */
export function createControlStore(core: StoreCore): ControlStore {
  const { delivery } = createDeliveryReads(core);
  return {
    ...createControlReads(core),
    ...createTrialRead(core),
    ...createControlWrites(core),
    ...createReplaceWrites(core, delivery),
    ...createReleaseRuns(core),
  };
}
