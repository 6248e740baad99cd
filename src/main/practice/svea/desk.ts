// What every operation of the practice Svea works with: who asks, the book of orders, and what was ordered over the control address.

import type { SveaClient } from './clients.ts';
import type { OrderBook } from './order-book.ts';
import type { Rejection } from './result-codes.ts';
import type { SoapNode } from './soap-text.ts';

/** How the service is set up; changed over the control address. */
export interface SveaSettings {
  /** 20019 for a client order number that is there already. Off on Svea's test accounts. */
  areClientOrderNumbersUnique: boolean;
  /** False: invoices wait for a person's approval in the service's own window. */
  isApprovingInvoices: boolean;
}

/** One request's surroundings. */
export interface Desk {
  readonly client: SveaClient;
  readonly book: OrderBook;
  readonly settings: SveaSettings;
  /** Reasons ordered for the next order; once. */
  takePendingReasons(): readonly string[];
}

/** The elements after ResultCode, or a no. */
export type Outcome = Rejection | readonly SoapNode[];
