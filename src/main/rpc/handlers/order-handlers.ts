// Handlers of order.*: frame input to use case. No logic beyond that.

import { ok } from '../../../shared/result.ts';
import type { AppContext } from '../../app/context.ts';
import { closeOrder, creditOrder, lookUpOrder, settleOrderAct } from '../../app/order-acts.ts';
import { chooseAddress, fetchCampaigns, invoicePlans, orderAddresses } from '../../app/order-choices.ts';
import { expiringOrders, ordersOfInvoice } from '../../app/order-desk.ts';
import type { Handlers } from '../router.ts';

/** Handlers over one open workspace. */
export function orderHandlers(context: AppContext): Pick<Handlers, Extract<keyof Handlers, `order.${string}`>> {
  return {
    'order.ofInvoice': async ({ invoiceId }) => {
      const orders = await ordersOfInvoice(context, invoiceId);
      return orders.ok ? ok({ orders: orders.value }) : orders;
    },
    // What was sent can't be called back: the caller's leaving ends none of these.
    'order.credit': (request) => creditOrder(context, request, new AbortController().signal),
    'order.close': (request) => closeOrder(context, request, new AbortController().signal),
    'order.lookUp': (place, { signal }) => lookUpOrder(context, place, signal),
    'order.settle': (request) => Promise.resolve(settleOrderAct(context, request)),
    'order.addresses': (place, { signal }) => orderAddresses(context, place, signal),
    'order.chooseAddress': (request) => Promise.resolve(chooseAddress(context, request)),
    'order.plans': (place) => Promise.resolve(invoicePlans(context, place)),
    'order.fetchCampaigns': ({ connectionId }, { signal }) => fetchCampaigns(context, connectionId, signal),
    'order.inDoubt': () => Promise.resolve(ok({ acts: context.store.orders.actsInDoubt() })),
    'order.expiring': () => Promise.resolve(ok({ orders: expiringOrders(context) })),
  };
}
