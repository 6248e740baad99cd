// Handlers of the acts by which the operator steers deliveries: frame input to use case. No logic beyond that.

import { ok } from '../../../shared/result.ts';
import {
  cancelDeliveries,
  holdDeliveries,
  readdressDeliveries,
  rerouteDeliveries,
  retryDeliveries,
  scheduleDeliveries,
} from '../../app/act-on-deliveries.ts';
import type { AppContext } from '../../app/context.ts';
import { decideTrial } from '../../app/decide-trial.ts';
import { sendCopy } from '../../app/send-copy.ts';
import type { controlMethods } from '../../../shared/contract/control-methods.ts';
import type { Handlers } from '../router.ts';

type ControlMethods = keyof typeof controlMethods | 'delivery.retry' | 'delivery.cancel';

/** Handlers over one open workspace. */
export function controlHandlers(context: AppContext): Pick<Handlers, ControlMethods> {
  const { control } = context.store;
  return {
    'delivery.plan': ({ act, filter, connectionId }) => Promise.resolve(ok(control.plan(act, filter, connectionId))),
    'delivery.causes': ({ filter }) => Promise.resolve(ok({ causes: control.causes(filter) })),
    'delivery.addresses': ({ filter }) => Promise.resolve(ok(control.addresses(filter))),
    'delivery.retry': ({ filter }) => retryDeliveries(context, filter),
    'delivery.cancel': ({ filter }) => cancelDeliveries(context, filter),
    'delivery.hold': ({ filter, isHeld, reason }) => holdDeliveries(context, filter, { isHeld, reason }),
    'delivery.schedule': ({ filter, notBeforeMs }) => scheduleDeliveries(context, filter, notBeforeMs),
    'delivery.reroute': ({ filter, connectionId, reason }) =>
      rerouteDeliveries(context, filter, { connectionId, reason }),
    'delivery.readdress': ({ filter, addresses, reason }) =>
      readdressDeliveries(context, filter, { addresses, reason }),
    'delivery.copy': (wish, { requestId }) => Promise.resolve(sendCopy(context, wish, requestId)),
    'delivery.trials': ({ batchId }) => Promise.resolve(ok({ trials: control.trials(batchId) })),
    'delivery.decideTrial': ({ trialId, decision }) => decideTrial(context, trialId, decision),
  };
}
