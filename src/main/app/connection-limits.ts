// Changes what limits a connection, and ends the wait of a lane that tries again by itself.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Connection } from '../../shared/schema/connection.ts';
import type { ConnectionLimits } from '../../shared/schema/connection-limits.ts';
import { createDoors } from '../domain/opening-hours.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';

/** Hours that are closed from now on and do not open within 400 days are a slip. Errors: VALIDATION_ERROR. Left-out limits are right. */
export function checkLimits(context: Pick<AppContext, 'clock'>, limits: ConnectionLimits | undefined): Result<null> {
  const hours = limits?.hours ?? null;
  if (hours === null) return ok(null);
  const { isOpen, untilMs } = createDoors(hours).at(context.clock.nowMs());
  return isOpen || untilMs !== null
    ? ok(null)
    : fail('VALIDATION_ERROR', 'With these hours the connection never opens. Leave some time open.', {
        field: 'hours',
      });
}

/** Sets a connection's limits; its address, login and last test stay as they are. Takes hold with the next claim. Errors: NOT_FOUND, VALIDATION_ERROR. */
export function setLimits(context: AppContext, connectionId: string, limits: ConnectionLimits): Result<Connection> {
  const checked = checkLimits(context, limits);
  if (!checked.ok) return checked;
  if (!context.store.lanes.saveLimits(connectionId, limits, actNow(context))) return noConnection(connectionId);
  const saved = context.store.config.connection(connectionId);
  if (saved === null) return noConnection(connectionId);
  context.publish({ topic: 'connections' });
  context.publish({ topic: 'deliveries', batchId: null });
  context.runner.wake();
  return ok(saved);
}

/** Tries one delivery of a lane now that would try later by itself. False: it waits for something else, or does not wait. */
export function tryLaneNow(context: AppContext, connectionId: string): boolean {
  const isTried = context.store.lanes.tryNow(connectionId, actNow(context));
  context.publish({ topic: 'deliveries', batchId: null });
  context.runner.wake();
  return isTried;
}

function noConnection(connectionId: string): Result<never> {
  return fail('NOT_FOUND', 'There is no such connection.', { connectionId });
}
