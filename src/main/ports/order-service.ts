// The port of a peer that keeps orders (Svea): what can be asked and done beside the deliveries. The desk's use cases are its only callers; nothing here is repeated by itself.

import type { ChannelConfig } from '../../shared/schema/connection.ts';
import type { Invoice } from '../../shared/schema/invoice.ts';
import type { AttemptOutcome, ChannelTarget } from './attempt-outcome.ts';

/** An answer, or the code of what stood in the way with the peer's own words. */
export type PeerAnswerTo<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string; readonly detail: string };

/** Whose address is asked for. */
export interface CustomerNumber {
  readonly country: string;
  readonly isCompany: boolean;
  readonly number: string;
}

/** An address the peer has for a customer; `selector` chooses it in an order. */
export interface PeerAddress {
  readonly selector: string;
  readonly name: string;
  /** Street and what stands above it, without empty lines. */
  readonly lines: readonly string[];
  readonly postalCode: string;
  readonly city: string;
}

/** A campaign for payment plans; amounts and rates are decimal text as listed. */
export interface PlanCampaign {
  readonly code: string;
  readonly description: string;
  readonly type: string;
  readonly contractLengthInMonths: number;
  readonly monthlyAnnuityFactor: string;
  readonly initialFee: string;
  readonly notificationFee: string;
  readonly interestRatePercent: string;
  readonly interestFreeMonths: number;
  readonly paymentFreeMonths: number;
  readonly fromAmount: string;
  readonly toAmount: string;
}

/** A campaign for account credits. */
export interface CreditCampaign {
  readonly code: string;
  readonly description: string;
  readonly initialFee: string;
  readonly notificationFee: string;
  readonly interestRatePercent: string;
  readonly lowestAmountToPayPerMonth: string;
  readonly lowestPercentToPayPerMonth: string;
  readonly lowestOrderAmount: string;
}

/** What a plan with a fixed monthly amount comes to, as the peer says it. */
export interface ContractDetails {
  readonly contractLengthMonths: string | null;
  readonly monthlyAmount: string | null;
  readonly amount: string | null;
  readonly initialFee: string | null;
}

/** An invoice of an order at the peer. */
export interface PeerInvoice {
  readonly number: string;
  readonly invoiceDate: string | null;
  readonly dueDate: string | null;
  /** A credit invoice has a negative amount; null where the peer did not say. */
  readonly isCredit: boolean | null;
}

/** An order as the peer has it now. */
export interface PeerOrder {
  readonly orderId: string;
  readonly ownNumber: string | null;
  readonly isActive: boolean;
  readonly createdAt: string | null;
  readonly closedAt: string | null;
  readonly expiresAt: string | null;
  readonly amount: string | null;
  readonly invoices: readonly PeerInvoice[];
}

/** An order row that can be credited. */
export interface OrderRowView {
  /** 0-based, in the order's own order. */
  readonly position: number;
  readonly text: string;
  readonly grossMinor: number;
  readonly vatPercent: string;
}

/** What is credited: positions of the frozen order's rows. */
export interface CreditOrder {
  readonly orderId: string;
  readonly invoiceId: string;
  /** The order's frozen document. */
  readonly document: Uint8Array;
  /** Null: every row, those that are only text too. */
  readonly positions: readonly number[] | null;
}

/** One login at the peer. */
export interface OrderService {
  ping(signal: AbortSignal): Promise<PeerAnswerTo<string>>;
  addresses(of: CustomerNumber, signal: AbortSignal): Promise<PeerAnswerTo<readonly PeerAddress[]>>;
  planCampaigns(signal: AbortSignal): Promise<PeerAnswerTo<readonly PlanCampaign[]>>;
  creditCampaigns(signal: AbortSignal): Promise<PeerAnswerTo<readonly CreditCampaign[]>>;
  /** An operation that the specification has and the service gave up. */
  contract(monthlyAmount: string, signal: AbortSignal): Promise<PeerAnswerTo<ContractDetails>>;
  /** By our number or by the peer's; none is an empty list. */
  orders(
    which: { readonly ownNumber: string } | { readonly orderId: string },
    signal: AbortSignal,
  ): Promise<PeerAnswerTo<readonly PeerOrder[]>>;
  /** Not idempotent: the caller has written down that it is being sent. */
  credit(order: CreditOrder, signal: AbortSignal): Promise<AttemptOutcome>;
  /** Not idempotent, as {@link credit}. */
  close(orderId: string, signal: AbortSignal): Promise<AttemptOutcome>;
}

/** How a channel's orders are handled beside its deliveries. All but `open` is pure. */
export interface OrderDesk {
  open(target: ChannelTarget): Promise<OrderService>;
  /** Our number of the order that a first step makes. */
  ownNumberOf(idempotencyKey: string): string;
  /** Rows of a frozen document with an amount. */
  rowsOf(document: Uint8Array): readonly OrderRowView[];
  /** How the customer is known at the peer; null where not by a number. */
  customerOf(invoice: Invoice, config: ChannelConfig): CustomerNumber | null;
}
