// Watches one folder until it is told to stop: looks, imports what has settled, waits for changes. Used by the window's engine and the command line.

import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { AppContext } from '../app/context.ts';
import { watchPass } from '../app/watch-pass.ts';
import type { WatchPassOptions, WatchReport } from '../app/watch-pass.ts';
import { localDay } from '../../shared/local-day.ts';

/** Between two looks, whatever the folder does: a file that grows would otherwise be looked at without a pause. */
const leastPauseMs = 250;
/** Between two looks at a folder where nothing happens: events do not come from every network drive. */
const longestPauseMs = 5_000;

/** How a folder is watched. */
export interface WatchOptions extends Omit<WatchPassOptions, 'time'> {
  readonly settleMs: number;
  /** Take what is settled and end. */
  readonly isOnce: boolean;
  readonly signal: AbortSignal;
  /** Told after every round that did something, and when the folder went away or came back. */
  readonly onRound: (round: Result<WatchReport>) => void;
}

/** Ends when aborted, or after one round with `isOnce`. Error: UNREADABLE, with `isOnce` only. */
export async function watchFolder(
  context: Pick<AppContext, 'store' | 'clock'>,
  options: WatchOptions,
): Promise<Result<null>> {
  const { clock } = context;
  const { folder, settleMs, signal } = options;
  const time = (): string => localTime(clock.nowMs());
  let isWell = true;
  for (let round = 1; !signal.aborted; round++) {
    const report = await watchPass(context, { ...options, time });
    // A folder that is gone is told once, and again when it is back.
    if (report.ok !== isWell || (report.ok && report.value.outcomes.length > 0)) options.onRound(report);
    isWell = report.ok;
    if (options.isOnce && (!report.ok || round > 1)) return report.ok ? ok(null) : report;
    const isWaiting = report.ok && report.value.waiting > 0;
    if (options.isOnce) await clock.sleep(settleMs + leastPauseMs, signal);
    else {
      await clock.sleep(leastPauseMs, signal);
      await folder.changed(
        isWaiting ? Math.min(longestPauseMs, Math.max(leastPauseMs, settleMs / 2)) : longestPauseMs,
        signal,
      );
    }
  }
  return ok(null);
}

/** `YYYY-MM-DD HH:MM` in the machine's own time zone. */
function localTime(atMs: number): string {
  const at = new Date(atMs);
  return `${localDay(atMs)} ${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
