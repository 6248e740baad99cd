// Carries out what a release's state and decision say, in lots: letting its deliveries go, or taking them back. Safe to repeat.

import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { nextTurn } from './next-turn.ts';

/** Deliveries in one transaction: some hundredths of a second, after which others get their turn. */
export const deliveriesPerLot = 500;

/** What is needed. */
export type SettleContext = Pick<AppContext, 'store' | 'clock' | 'actor'>;

/** Settles a whole run; returns how many deliveries were let go or taken back. What a crash leaves is settled at the next start. */
export async function settleRun(context: SettleContext, runId: number): Promise<number> {
  let settled = 0;
  for (;;) {
    const lot = context.store.control.settleRun(runId, deliveriesPerLot, actNow(context));
    settled += lot;
    if (lot === 0) return settled;
    await nextTurn();
  }
}

/** Settles what processes left that are gone: a release that was being written is taken back, one that was decided is carried out. */
export async function settleLeftRuns(context: SettleContext, isProcessAlive: (pid: number) => boolean): Promise<void> {
  for (const runId of context.store.control.unsettledRuns(isProcessAlive)) await settleRun(context, runId);
}
