// Questions to a Svea account for the command line: reach, addresses, campaigns with what they cost, contracts, orders. Wiring only.

import { openDesk, resultOf } from '../app/order-desk.ts';
import type { AppContext } from '../app/context.ts';
import { cheapestPlan, lowestMonthlyCredit, paymentPlanCost } from '../domain/payment-plan.ts';
import type { PaymentPlanCost } from '../domain/payment-plan.ts';
import type {
  ContractDetails,
  CreditCampaign,
  CustomerNumber,
  OrderService,
  PeerAddress,
  PeerOrder,
  PlanCampaign,
} from '../ports/order-service.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { sveaCountries } from '../../shared/schema/connection.ts';

export type { PeerAddress, PeerOrder };

/** A connection's campaigns; costs are null without an amount, and where the amount is outside a campaign's limits. */
export interface CampaignCosts {
  readonly currency: string;
  readonly plans: readonly (PlanCampaign & { readonly cost: PaymentPlanCost | null; readonly isCheapest: boolean })[];
  readonly credits: readonly (CreditCampaign & { readonly lowestMonthlyMinor: number | null })[];
}

/** An account's desk. Errors everywhere: CONNECTION_FAILED with the cause's code in `details`. */
export interface SveaDesk {
  /** The connection's. */
  readonly country: string;
  ping(signal: AbortSignal): Promise<Result<string>>;
  addresses(of: CustomerNumber, signal: AbortSignal): Promise<Result<readonly PeerAddress[]>>;
  campaigns(amountMinor: number | null, signal: AbortSignal): Promise<Result<CampaignCosts>>;
  contract(monthlyAmount: string, signal: AbortSignal): Promise<Result<ContractDetails>>;
  orders(which: Parameters<OrderService['orders']>[0], signal: AbortSignal): Promise<Result<readonly PeerOrder[]>>;
}

const currencyOf = {
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  FI: 'EUR',
  DE: 'EUR',
  NL: 'EUR',
} as const satisfies Readonly<Record<(typeof sveaCountries)[number], string>>;

/** Errors as openDesk. */
export async function openSveaDesk(context: AppContext, name: string): Promise<Result<SveaDesk>> {
  const opened = await openDesk(context, name);
  if (!opened.ok) return opened;
  const { service, connection } = opened.value;
  if (connection.config.channel !== 'svea')
    return fail('NOT_ALLOWED', `${connection.name} is no connection to Svea.`, { connection: name });
  const { country } = connection.config;
  const currency = currencyOf[country];
  return ok({
    country,
    ping: async (signal) => resultOf(await service.ping(signal)),
    addresses: async (of, signal) => resultOf(await service.addresses(of, signal)),
    contract: async (monthlyAmount, signal) => resultOf(await service.contract(monthlyAmount, signal)),
    orders: async (which, signal) => resultOf(await service.orders(which, signal)),
    campaigns: async (amountMinor, signal) => {
      const plans = resultOf(await service.planCampaigns(signal));
      if (!plans.ok) return plans;
      const credits = resultOf(await service.creditCampaigns(signal));
      if (!credits.ok) return credits;
      const cheapest = amountMinor === null ? null : cheapestPlan(amountMinor, currency, plans.value);
      return ok({
        currency,
        plans: plans.value.map((plan) => ({
          ...plan,
          cost: amountMinor === null ? null : paymentPlanCost(amountMinor, currency, plan),
          isCheapest: plan === cheapest?.campaign,
        })),
        credits: credits.value.map((credit) => ({
          ...credit,
          lowestMonthlyMinor: amountMinor === null ? null : lowestMonthlyCredit(amountMinor, currency, credit),
        })),
      });
    },
  });
}
