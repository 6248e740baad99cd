// Handlers of the calls about limits and lanes: frame input to use case. No logic beyond that.

import { ok } from '../../../shared/result.ts';
import { setLimits, tryLaneNow } from '../../app/connection-limits.ts';
import type { AppContext } from '../../app/context.ts';
import type { Handlers } from '../router.ts';

/** Handlers over one open workspace. */
export function laneHandlers(
  context: AppContext,
): Pick<Handlers, 'connection.setLimits' | 'connection.tryNow' | 'connection.track'> {
  return {
    'connection.setLimits': ({ connectionId, limits }) => Promise.resolve(setLimits(context, connectionId, limits)),
    'connection.track': ({ connectionId }, { signal }) => context.track(connectionId, signal),
    'connection.tryNow': ({ connectionId }) => Promise.resolve(ok({ isTried: tryLaneNow(context, connectionId) })),
  };
}
