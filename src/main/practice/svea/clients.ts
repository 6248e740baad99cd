// The practice clients: a number of its own for each country and kind of order, one login, and the campaigns they have.

import type { OrderType } from './ledger-entries.ts';
import { orderTypes } from './ledger-entries.ts';

/** A client number and what it is for. It fixes country, currency and kind of order. */
export interface SveaClient {
  readonly clientNumber: number;
  readonly country: string;
  readonly orderType: OrderType;
}

/** Countries that the service knows. */
export const sveaCountries = ['SE', 'NO', 'FI', 'DK', 'NL', 'DE'] as const;

/** 71001 is Sweden's for invoices, 71002 its for payment plans, 72001 Norway's for invoices, and so on. */
export const sveaClients: readonly SveaClient[] = sveaCountries.flatMap((country, place) =>
  orderTypes.map((orderType, kind) => ({ clientNumber: 71_001 + place * 1_000 + kind, country, orderType })),
);

/** A campaign for payment plans. Numbers as they go on the wire: the service's decimals have no fixed scale. */
export interface Campaign {
  readonly code: string;
  readonly description: string;
  readonly type: 'Standard' | 'InterestFree' | 'InterestAndAmortizationFree';
  readonly months: number;
  readonly factor: string;
  readonly initialFee: string;
  readonly notificationFee: string;
  readonly interest: string;
  readonly interestFreeMonths: number;
  readonly paymentFreeMonths: number;
  readonly from: string;
  readonly to: string;
}

/** The first is the specification's example. */
export const campaigns: readonly Campaign[] = [
  {
    code: '999999',
    description: 'Dela upp betalningen på 24 månader',
    type: 'Standard',
    months: 24,
    factor: '0.050020791054524637',
    initialFee: '0',
    notificationFee: '29',
    interest: '18.2',
    interestFreeMonths: 0,
    paymentFreeMonths: 0,
    from: '1',
    to: '30000',
  },
  {
    code: '213060',
    description: 'Köp nu, betala om 3 månader (räntefritt)',
    type: 'InterestAndAmortizationFree',
    months: 3,
    factor: '1',
    initialFee: '0',
    notificationFee: '29.00',
    interest: '0',
    interestFreeMonths: 3,
    paymentFreeMonths: 3,
    from: '1000.00',
    to: '50000',
  },
  {
    code: '310012',
    description: 'Räntefri delbetalning 12 månader',
    type: 'InterestFree',
    months: 12,
    factor: '0.08333',
    initialFee: '100',
    notificationFee: '29',
    interest: '0',
    interestFreeMonths: 12,
    paymentFreeMonths: 0,
    from: '500.00',
    to: '30000.00',
  },
];

/** A campaign for account credits. */
export interface CreditCampaign {
  readonly code: string;
  readonly description: string;
  readonly initialFee: string;
  readonly lowestAmount: string;
  readonly lowestPercent: string;
  readonly lowestOrder: string;
  readonly interest: string;
  readonly notificationFee: string;
}

/** One only: a list of one element, as the service often gives. */
export const creditCampaigns: readonly CreditCampaign[] = [
  {
    code: '410001',
    description: 'Konto',
    initialFee: '0',
    lowestAmount: '50',
    lowestPercent: '3',
    lowestOrder: '100.00',
    interest: '9.95',
    notificationFee: '19',
  },
];
