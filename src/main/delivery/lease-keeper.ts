// Holds the runner's lease while it works: renews it, and says so at once when it is lost.

import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { DeliveryStore } from '../ports/store.ts';

/** A holder that is not heard of for this long may be replaced (a process that is gone: at once). */
const leaseMs = 20_000;
const renewEveryMs = 5_000;

/** A held lease. */
export interface HeldLease {
  readonly fence: number;
  /** Ends the lease; others may take it. */
  release(): Promise<void>;
}

/** Who wants it, and what to do when it is lost. */
export interface LeaseOptions {
  readonly deliveries: DeliveryStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly holder: { readonly pid: number; readonly id: string };
  readonly isProcessAlive: (pid: number) => boolean;
  readonly onLost: () => void;
}

/** Takes the lease and keeps it; null when a living process holds it. */
export function keepLease(options: LeaseOptions): HeldLease | null {
  const { deliveries, clock } = options;
  const nowMs = clock.nowMs();
  const held = deliveries.acquireRunnerLease(
    options.holder,
    { nowMs, untilMs: nowMs + leaseMs },
    options.isProcessAlive,
  );
  if (held === null) return null;
  const ended = new AbortController();
  const renewing = renew(options, held.fence, ended.signal);
  return {
    fence: held.fence,
    release: async () => {
      ended.abort();
      await renewing;
      deliveries.releaseRunnerLease(held.fence);
    },
  };
}

async function renew(
  { deliveries, clock, log, onLost }: LeaseOptions,
  fence: number,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await clock.sleep(renewEveryMs, signal);
    if (signal.aborted) return;
    try {
      if (deliveries.renewRunnerLease(fence, clock.nowMs() + leaseMs)) continue;
      log.warn('another process delivers now; this one stops');
      onLost();
      return;
    } catch (error) {
      // A full disk: the fence still protects every write, so going on does no harm.
      log.warn('the lease could not be renewed', { error: String(error) });
    }
  }
}
