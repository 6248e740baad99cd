// The port of a service that keeps a ledger of what was sent through it (SendRegning): what can be asked and done beside the deliveries. Nothing here is repeated by itself.

import type { AccountEntry, AccountRecipient, Dunning, DunningCheck } from '../../shared/schema/accounts.ts';
import type { AttemptOutcome, ChannelTarget } from './attempt-outcome.ts';
import type { PeerAnswerTo } from './order-service.ts';
import type { TrackingFact } from './tracking-store.ts';

/** VAT rates and countries as the service lists them. */
export interface PeerLists {
  /** Decimal text without a sign; open ends are null. */
  readonly vatRates: readonly { readonly percent: string; readonly from: string | null; readonly to: string | null }[];
  readonly countries: readonly string[];
}

/** What the service says about an invoice. */
export interface AccountStatus {
  readonly state: string | null;
  /** Dunnings that were sent. */
  readonly dunnings: number;
  readonly facts: readonly TrackingFact[];
}

/** One login at the service. A null value: the service has nothing of that number. */
export interface AccountService {
  lists(signal: AbortSignal): Promise<PeerAnswerTo<PeerLists>>;
  recipient(recipientNo: string, signal: AbortSignal): Promise<PeerAnswerTo<AccountRecipient | null>>;
  ledger(recipientNo: string, signal: AbortSignal): Promise<PeerAnswerTo<readonly AccountEntry[]>>;
  /** In minor units; above zero the recipient owes. */
  balance(recipientNo: string, signal: AbortSignal): Promise<PeerAnswerTo<number | null>>;
  status(invoiceNo: string, signal: AbortSignal): Promise<PeerAnswerTo<AccountStatus | null>>;
  /** The service's own PDF of an invoice. */
  document(invoiceNo: string, signal: AbortSignal): Promise<PeerAnswerTo<Uint8Array | null>>;
  /** Holds the vendor's rules against what the service says about the invoice; `today` is ISO. */
  checkDunning(
    of: { readonly invoiceNo: string; readonly dunning: Dunning; readonly today: string },
    signal: AbortSignal,
  ): Promise<PeerAnswerTo<DunningCheck | null>>;
  /** Not idempotent, and the service has no protection: the caller has written down that it is being sent. */
  dun(invoiceNo: string, dunning: Dunning, signal: AbortSignal): Promise<AttemptOutcome>;
}

/** A composed invoice that is only rehearsed. */
export interface RehearsedInvoice {
  /** Our own key of it at the service. */
  readonly key: string;
  readonly document: Uint8Array;
}

/** What the service said to a rehearsal, by our keys. */
export interface RehearsalAnswer {
  /** Invoices of requests that were found without fault. */
  readonly accepted: number;
  /** Those that the answers told a total of. */
  readonly compared: number;
  readonly differing: readonly { readonly key: string; readonly ownMinor: number; readonly peerMinor: number }[];
  readonly refused: readonly { readonly key: string; readonly detail: string }[];
  /** What broke it off; what was learnt before stands. */
  readonly fault: { readonly code: string; readonly detail: string } | null;
}

/** How a channel's account is handled beside its deliveries. `recipientOf` is pure. */
export interface AccountDesk {
  open(target: ChannelTarget): PeerAnswerTo<AccountService>;
  /** The recipient's number in a frozen document; null where there is none. */
  recipientOf(document: Uint8Array): string | null;
  /** Has the invoices looked at in the service's test mode, whatever the connection's is. Sends nothing. */
  rehearse(target: ChannelTarget, invoices: readonly RehearsedInvoice[], signal: AbortSignal): Promise<RehearsalAnswer>;
}
