// The runner's lease: one process delivers at a time. The fence rises with every new holder, and every runner write checks it.

import type { DeliveryStore } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { change, column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

interface LeaseRow {
  readonly holder_pid: number | null;
  readonly holder_id: string | null;
  readonly fence: number;
  readonly held_until_ms: number;
}

type LeaseVerbs = Pick<
  DeliveryStore,
  'acquireRunnerLease' | 'renewRunnerLease' | 'releaseRunnerLease' | 'isRunnerElsewhere'
>;

/** The lease verbs. */
export function createLeaseWrites(core: StoreCore): LeaseVerbs {
  const { db, write } = core;
  const read = query<LeaseRow>(db, 'SELECT holder_pid, holder_id, fence, held_until_ms FROM runner_lease WHERE id = 1');
  const take = change(
    db,
    'UPDATE runner_lease SET holder_pid = ?, holder_id = ?, fence = fence + 1, held_until_ms = ? WHERE id = 1 AND fence = ?',
  );
  const renew = change(
    db,
    'UPDATE runner_lease SET held_until_ms = ? WHERE id = 1 AND fence = ? AND holder_pid IS NOT NULL',
  );
  const release = change(
    db,
    'UPDATE runner_lease SET holder_pid = NULL, holder_id = NULL, held_until_ms = 0 WHERE id = 1 AND fence = ?',
  );
  return {
    acquireRunnerLease: (holder, { nowMs, untilMs }, isProcessAlive) =>
      write(() => {
        const lease = read.get();
        if (lease === undefined) throw new Error('the lease row is missing');
        if (isHeldByOther(lease, { ownPid: holder.pid, nowMs }, isProcessAlive)) return null;
        take(holder.pid, holder.id, untilMs, lease.fence);
        return { fence: lease.fence + 1 };
      }),
    renewRunnerLease: (fence, untilMs) => write(() => renew(untilMs, fence) === 1),
    releaseRunnerLease: (fence) => {
      write(() => release(fence));
    },
    isRunnerElsewhere: (ownPid, nowMs, isProcessAlive) => {
      const lease = read.get();
      return lease !== undefined && isHeldByOther(lease, { ownPid, nowMs }, isProcessAlive);
    },
  };
}

/** Prepares the check that opens every runner write; false: another holder came, nothing may be written. */
export function createFenceCheck(db: Db): (fence: number) => boolean {
  const current = column<number>(db, 'SELECT fence FROM runner_lease WHERE id = 1 AND holder_pid IS NOT NULL');
  return (fence) => current.get() === fence;
}

/** A lease that ran out may be taken even from a living process: that one hangs, and the fence keeps it from writing if it wakes. */
function isHeldByOther(
  lease: LeaseRow,
  own: { readonly ownPid: number; readonly nowMs: number },
  isProcessAlive: (pid: number) => boolean,
): boolean {
  if (lease.holder_pid === null || lease.holder_pid === own.ownPid || lease.held_until_ms <= own.nowMs) return false;
  return isProcessAlive(lease.holder_pid);
}
