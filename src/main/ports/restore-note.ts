// What a restored database is marked with, and under which settings the outbox is paused. Nothing else.

/** Setting (true or false) with which the whole outbox is paused. */
export const outboxPausedSetting = 'outboxPaused';
/** Setting with the {@link RestoreNote} that explains the pause, until the operator lets the outbox go on. */
export const restoredSetting = 'restored';

/**
 * Setting with the time of a restore whose journal did not tell all: credits of orders from before it may be unknown here, and the peer is asked before
 * another is made.
 */
export const ordersUnsureSetting = 'ordersUnsureBeforeMs';

/** What was marked when a database turned out to be older than what was sent since. */
export interface RestoreNote {
  readonly atMs: number;
  /** Deliveries of the copy that are unknown now. */
  readonly unknown: number;
  /** Sent after the copy, and without a row in it: they are unknown as soon as they are released again. */
  readonly notInCopy: number;
  /** Credits, closings and dunnings after the copy: they are in doubt. */
  readonly orderActs: number;
}
