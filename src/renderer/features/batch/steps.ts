// Where a batch is on its way, from its state and counts. No drawing.

import type { BatchSummary, InvoiceState } from '../../../shared/schema/batch.ts';

/** Steps of a batch, in order. */
export const stepIds = ['imported', 'checked', 'released', 'sent'] as const;
/** One of {@link stepIds}. */
export type StepId = (typeof stepIds)[number];

/** Each step with whether it is done, under way, or to come. */
export function stepsOf(
  batch: Pick<BatchSummary, 'state' | 'counts'>,
): readonly { readonly id: StepId; readonly state: 'done' | 'now' | 'later' }[] {
  const count = (states: readonly InvoiceState[]): number =>
    batch.counts.reduce((sum, entry) => (states.includes(entry.state) ? sum + entry.count : sum), 0);
  const notReleased = count(['ready', 'held']);
  const released = count(['waiting', 'sent', 'failed', 'unknown']);
  const notSent = count(['waiting', 'failed', 'unknown']);
  const isDone: Record<StepId, boolean> = {
    imported: true,
    checked: batch.state === 'imported',
    released: batch.state === 'imported' && released > 0 && notReleased === 0,
    sent: batch.state === 'imported' && released > 0 && notReleased === 0 && notSent === 0,
  };
  const now = stepIds.find((id) => !isDone[id]) ?? null;
  return stepIds.map((id) => ({ id, state: isDone[id] ? 'done' : id === now ? 'now' : 'later' }));
}
