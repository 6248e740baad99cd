// Handlers of delivery.*, connection.* and practice.*: frame input to use case. No logic beyond that.

import { fail, ok } from '../../../shared/result.ts';
import { isTrackedChannel } from '../../../shared/schema/delivery.ts';
import { actNow } from '../../app/context.ts';
import type { AppContext } from '../../app/context.ts';
import { saveConnection } from '../../app/save-connection.ts';
import { approveHostKey, testConnection } from '../../app/test-connection.ts';
import type { Handlers } from '../router.ts';
import { controlHandlers } from './control-handlers.ts';
import { laneHandlers } from './lane-handlers.ts';
import { unknownHandlers } from './proof-handlers.ts';

type DeliveryMethods = Extract<keyof Handlers, `delivery.${string}` | `connection.${string}` | `practice.${string}`>;

/** Handlers over one open workspace. */
export function deliveryHandlers(context: AppContext): Pick<Handlers, DeliveryMethods> {
  return { ...outboxHandlers(context), ...connectionHandlers(context), ...practiceHandlers(context) };
}

function outboxHandlers(context: AppContext): Pick<Handlers, Extract<keyof Handlers, `delivery.${string}`>> {
  const { reads } = context.store;
  return {
    ...controlHandlers(context),
    'delivery.lanes': ({ batchId }) => Promise.resolve(ok({ lanes: reads.lanes(batchId, context.clock.nowMs()) })),
    'delivery.page': ({ filter, offset, limit }) => Promise.resolve(ok(reads.deliveryPage(filter, offset, limit))),
    ...unknownHandlers(context),
  };
}

function connectionHandlers(context: AppContext): Pick<Handlers, Extract<keyof Handlers, `connection.${string}`>> {
  const { config, deliveries } = context.store;
  return {
    ...laneHandlers(context),
    'connection.list': () => Promise.resolve(ok({ connections: config.connections() })),
    'connection.reach': () => Promise.resolve(ok({ reach: [...context.reach()] })),
    'connection.add': (input) => saveConnection(context, null, input),
    'connection.update': ({ connectionId, connection }) => saveConnection(context, connectionId, connection),
    'connection.remove': async ({ connectionId }) => {
      if (!config.removeConnection(connectionId, actNow(context))) {
        return fail('CONFLICT', 'Deliveries still wait for this connection. Cancel them or let them finish first.', {
          connectionId,
        });
      }
      const removed = await context.secrets.remove(connectionId);
      if (!removed.ok)
        context.log.warn('a removed connection may have left its secret in the keychain', {
          connectionId,
          code: removed.error.code,
        });
      context.publish({ topic: 'connections' });
      return ok({});
    },
    'connection.test': async ({ connectionId }, { signal }) => {
      const tested = await testConnection(context, connectionId, signal);
      return tested.ok ? ok({ steps: [...tested.value.steps] }) : tested;
    },
    'connection.approveHostKey': ({ connectionId, hostKey }) =>
      Promise.resolve(approveHostKey(context, connectionId, hostKey)),
    'connection.pause': ({ connectionId, isPaused }) => {
      deliveries.setLaneBlock(
        connectionId,
        isPaused ? { blockedBy: 'paused', detail: '' } : null,
        context.clock.nowMs(),
        actNow(context),
      );
      context.publish({ topic: 'deliveries', batchId: null });
      context.runner.wake();
      return Promise.resolve(ok({}));
    },
  };
}

function practiceHandlers(context: AppContext): Pick<Handlers, Extract<keyof Handlers, `practice.${string}`>> {
  const notPractice = () => fail('NOT_ALLOWED', 'This is only possible in practice mode.');
  return {
    'practice.setNetwork': async ({ isUp }) => {
      if (context.practice === null) return notPractice();
      await context.practice.setNetwork(isUp);
      if (isUp) context.runner.wake();
      context.publish({ topic: 'app' });
      return ok({});
    },
    'practice.passMonth': async (_input, { signal }) => {
      if (context.practice === null) return notPractice();
      const passed = await context.practice.passMonth();
      for (const { id, channel } of context.store.config.connections())
        if (isTrackedChannel(channel)) await context.track(id, signal);
      return ok(passed);
    },
    'practice.state': async () => {
      if (context.practice === null) return notPractice();
      const state = await context.practice.state();
      return ok({ isUp: state.isUp, providers: [...state.providers] });
    },
  };
}
