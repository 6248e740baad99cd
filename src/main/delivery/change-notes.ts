// Tells that batches changed, a few times a second at most: windows ask again after each note.

import type { Clock } from '../ports/clock.ts';

const quietMs = 250;

/** Collects changed batches. */
export interface ChangeNotes {
  changed(batchId: string): void;
  /** Tells what is pending now. */
  flush(): void;
}

/** `tell` is called once for each batch that changed since its last note. */
export function createChangeNotes(clock: Clock, tell: (batchId: string) => void): ChangeNotes {
  const pending = new Set<string>();
  let isWaiting = false;
  const flush = (): void => {
    const batches = [...pending];
    pending.clear();
    for (const batchId of batches) tell(batchId);
  };
  const flushLater = async (): Promise<void> => {
    isWaiting = true;
    await clock.sleep(quietMs);
    isWaiting = false;
    flush();
  };
  return {
    changed: (batchId) => {
      pending.add(batchId);
      if (!isWaiting) void flushLater();
    },
    flush,
  };
}
