// What is chosen before an order is made: one of the customer's addresses, and what the invoice would cost under the peer's campaigns. Changes nothing at the peer.

import type { MethodOutput } from '../../shared/contract/methods.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { InvoicePlans, OrderAddress } from '../../shared/schema/orders.ts';
import { cheapestPlan, lowestMonthlyCredit, paymentPlanCost } from '../domain/payment-plan.ts';
import type { PeerAddress } from '../ports/order-service.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { openDesk, resultOf } from './order-desk.ts';
import { readInvoice } from './read-invoice.ts';

interface ChoicePlace {
  readonly invoiceId: number;
  readonly connectionId: string;
}

/**
 * The addresses the peer has for the invoice's customer. Errors: as readInvoice and openDesk, NOT_ALLOWED (the customer is not known by a number),
 * CONNECTION_FAILED.
 */
export async function orderAddresses(
  context: AppContext,
  place: ChoicePlace,
  signal: AbortSignal,
): Promise<Result<{ readonly addresses: OrderAddress[] }>> {
  const read = await readInvoice(context, place.invoiceId);
  if (!read.ok) return read;
  const opened = await openDesk(context, place.connectionId);
  if (!opened.ok) return opened;
  const { desk, service, connection } = opened.value;
  const customer = desk.customerOf(read.value.invoice, connection.config);
  if (customer === null)
    return fail('NOT_ALLOWED', 'The invoice’s customer has no number that Svea can look up.', { cause: 'noNumber' });
  const asked = resultOf(await service.addresses(customer, signal));
  if (!asked.ok) return asked;
  const chosen = context.store.orders.chosenAddress(place.invoiceId, connection.id)?.selector;
  return ok({
    addresses: asked.value.map((address) => ({
      ...address,
      lines: [...address.lines],
      isChosen: address.selector === chosen,
    })),
  });
}

/** The invoice's order will have this address; null: the peer's own choice. Errors: NOT_FOUND, CONFLICT (released already). */
export function chooseAddress(
  context: AppContext,
  {
    invoiceId,
    connectionId,
    address,
  }: ChoicePlace & { readonly address: (Omit<PeerAddress, 'lines'> & { readonly lines: readonly string[] }) | null },
): Result<Record<string, never>> {
  const invoice = context.store.reads.invoice(invoiceId);
  if (invoice === null) return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  if (invoice.state !== 'ready' && invoice.state !== 'held')
    return fail('CONFLICT', 'The invoice has been released: its order is what it was.', { invoiceId });
  const text =
    address === null ? null : [address.name, ...address.lines, `${address.postalCode} ${address.city}`].join(', ');
  context.store.orders.chooseAddress(
    { invoiceId, connectionId },
    address === null || text === null ? null : { selector: address.selector, text },
    actNow(context),
  );
  context.publish({ topic: 'batches', batchId: invoice.batchId });
  return ok({});
}

/** Asks for a connection's campaigns and keeps them. A client of another kind of order has none of a list: that is an empty one. Errors: as openDesk, CONNECTION_FAILED. */
export async function fetchCampaigns(
  context: AppContext,
  connectionId: string,
  signal: AbortSignal,
): Promise<Result<MethodOutput<'order.fetchCampaigns'>>> {
  const opened = await openDesk(context, connectionId);
  if (!opened.ok) return opened;
  const { service, connection } = opened.value;
  const plans = resultOf(await service.planCampaigns(signal));
  if (!plans.ok) return plans;
  const credits = resultOf(await service.creditCampaigns(signal));
  if (!credits.ok) return credits;
  const nowMs = context.clock.nowMs();
  context.store.orders.keepCampaigns(connection.id, { plans: plans.value, credits: credits.value }, nowMs);
  context.publish({ topic: 'connections' });
  return ok({ plans: plans.value.length, credits: credits.value.length });
}

/** What the invoice costs under the campaigns as they were last listed. Errors: NOT_FOUND. */
export function invoicePlans(context: AppContext, { invoiceId, connectionId }: ChoicePlace): Result<InvoicePlans> {
  const invoice = context.store.reads.invoice(invoiceId);
  if (invoice === null) return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  const { currency } = invoice;
  const payableMinor = invoice.payableMinor ?? 0;
  const kept = context.store.orders.campaigns(connectionId);
  const lists = kept ?? { plans: [], credits: [], fetchedAtMs: null };
  const cheapest = cheapestPlan(payableMinor, currency, lists.plans)?.campaign;
  const plans = lists.plans.flatMap((campaign) => {
    const cost = paymentPlanCost(payableMinor, currency, campaign);
    if (cost === null) return [];
    const { code, description, contractLengthInMonths: months } = campaign;
    return [{ code, description, months, ...cost, isCheapest: campaign === cheapest }];
  });
  plans.sort((one, other) => one.monthlyMinor - other.monthlyMinor);
  return ok({
    fetchedAtMs: lists.fetchedAtMs,
    currency,
    payableMinor,
    plans,
    notApplicable: lists.plans.length - plans.length,
    credits: lists.credits.map((campaign) => ({
      code: campaign.code,
      description: campaign.description,
      lowestMonthlyMinor: lowestMonthlyCredit(payableMinor, currency, campaign),
    })),
  });
}
