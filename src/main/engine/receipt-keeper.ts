// Keeps the files of receipts behind the deliveries: the row with its hash is what is durable at once, the file follows. Wiring and timing only.

import { keepReceiptFiles } from '../app/open-receipt.ts';
import type { AppContext } from '../app/context.ts';

/** Writes receipts' files in the background. */
export interface ReceiptKeeper {
  /** Something was delivered. */
  wake(): void;
  /** Writes what is still to be written, as far as the disk allows, and ends. */
  close(): Promise<void>;
}

/** Pause after the disk failed; the rows have everything meanwhile. */
const mendMs = 30_000;
/** Deliveries come before the files of their receipts: between two lots the disk is theirs for a while. */
const restMs = 100;

/** Starts keeping; looks once for what an earlier run left. */
export function createReceiptKeeper(context: Pick<AppContext, 'store' | 'receipts' | 'clock' | 'log'>): ReceiptKeeper {
  const closing = new AbortController();
  let isWanted = true;
  let running: Promise<void> | null = null;

  async function work(): Promise<void> {
    while (isWanted) {
      isWanted = false;
      const kept = await keepReceiptFiles(context);
      if (!kept.ok) {
        context.log.warn('the files of receipts could not be written; they are written later', {
          code: kept.error.code,
        });
        if (closing.signal.aborted) return;
        await context.clock.sleep(mendMs, closing.signal);
        isWanted = true;
      } else if (kept.value > 0) {
        isWanted = true;
        if (!closing.signal.aborted) await context.clock.sleep(restMs, closing.signal);
      }
    }
  }

  const start = (): void => {
    running ??= work()
      .catch((error: unknown) => {
        context.log.error('the files of receipts could not be kept', { error: String(error) });
      })
      .finally(() => {
        running = null;
      });
  };
  start();
  return {
    wake: () => {
      isWanted = true;
      if (!closing.signal.aborted) start();
    },
    close: async () => {
      closing.abort();
      await running;
      isWanted = true;
      start();
      await running;
    },
  };
}
