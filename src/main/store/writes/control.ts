// The operator's acts that leave a delivery what it is: holding it, letting it go, and choosing when it is sent.

import type { ControlStore } from '../../ports/control-store.ts';
import type { StoreCore } from '../core.ts';
import { change } from '../sqlite.ts';
import { createActOverMany } from './operator.ts';

/** The verbs. Each change names the state, the attempt and the hold it starts from. */
export function createControlWrites(core: StoreCore): Pick<ControlStore, 'hold' | 'letGo' | 'schedule'> {
  const { db, write } = core;
  const forAll = createActOverMany(db);
  const hold = change(
    db,
    "UPDATE deliveries SET hold = 'operator', updated_at_ms = ? WHERE id = ? AND attempt = ? AND state = ? AND hold IS NULL",
  );
  const letGo = change(
    db,
    "UPDATE deliveries SET hold = NULL, updated_at_ms = ? WHERE id = ? AND attempt = ? AND state = ? AND hold = 'operator'",
  );
  const schedule = change(
    db,
    `UPDATE deliveries SET not_before_ms = ?, due_at_ms = ?, queue_rank = 1, updated_at_ms = ?
     WHERE id = ? AND attempt = ? AND state = ? AND hold IS NOT 'release' AND hold IS NOT 'trial'`,
  );
  return {
    hold: (deliveryIds, reason, act) =>
      write(() =>
        forAll(
          { action: 'holdDeliveries', of: 'hold', filter: only(deliveryIds), act, facts: { reason } },
          ({ id, attempt, state }) => hold(act.nowMs, id, attempt, state) === 1,
        ),
      ),
    letGo: (deliveryIds, act) =>
      write(() =>
        forAll(
          { action: 'letDeliveriesGo', of: 'letGo', filter: only(deliveryIds), act },
          ({ id, attempt, state }) => letGo(act.nowMs, id, attempt, state) === 1,
        ),
      ),
    schedule: (deliveryIds, notBeforeMs, act) =>
      write(() =>
        forAll(
          { action: 'schedule', of: 'schedule', filter: only(deliveryIds), act, facts: { notBeforeMs } },
          ({ id, attempt, state }) =>
            schedule(notBeforeMs, Math.max(act.nowMs, notBeforeMs ?? 0), act.nowMs, id, attempt, state) === 1,
        ),
      ),
  };
}

/** The filter that means exactly these. */
function only(ids: readonly number[]) {
  return { batchId: null, connectionId: null, states: [], search: '', ids: [...ids] };
}
