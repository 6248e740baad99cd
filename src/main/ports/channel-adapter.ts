// The port every channel adapter implements: prepare, send with known phases, look up. The delivery runner is its only caller.

import type { ChannelConfig, TestStep } from '../../shared/schema/connection.ts';
import type { Money } from '../../shared/schema/batch.ts';
import type { Invoice } from '../../shared/schema/invoice.ts';
import type { Result } from '../../shared/result.ts';
import type { AttemptPhase, Channel, LookUpCode } from '../../shared/schema/delivery.ts';
import type { AttemptOutcome, ChannelTarget, Receipt } from './attempt-outcome.ts';
import type { GroupReply, OpenGroup } from './group-store.ts';
import type { AccountDesk, PeerLists } from './account-service.ts';
import type { OrderDesk } from './order-service.ts';

export type { AttemptOutcome, ChannelTarget, Receipt };

/** What goes into one delivery; everything was frozen at release. */
export interface DeliveryItem {
  readonly deliveryId: number;
  /** 64 hex characters; the same for every attempt of this delivery. Stable Message-IDs and file names come from it. */
  readonly idempotencyKey: string;
  readonly attempt: number;
  readonly invoiceNumber: string;
  readonly customerName: string;
  /** One e-mail address or several with commas between, or the file's name (with folders) at the print vendor, made of an allow-list of characters. */
  readonly target: string;
  readonly documentSha256: string;
  /** The PDF, or what the channel composed; its hash was checked just before. */
  readonly document: Uint8Array;
  readonly documentFileName: string;
  /** Only for e-mail. */
  readonly message: MessageText | null;
  /** Which of the channel's steps this is; 1 where there is one. */
  readonly step: number;
  /** What the accepted step before this one left; null for a first step. */
  readonly previous: PreviousStep | null;
}

/** The accepted step before a delivery. */
export interface PreviousStep {
  readonly idempotencyKey: string;
  /** Null where it was settled by the operator's word. */
  readonly receipt: Receipt | null;
}

/** Subject and bodies of an e-mail, already in the recipient's language. */
export interface MessageText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What the runner hands to `send`. */
export interface SendContext {
  readonly signal: AbortSignal;
  /**
   * Must be awaited right before the first byte that can have an effect at the peer (SMTP: the end-of-data dot; SFTP: the rename).
   * Commits `sending` durably. Rejects when the claim was lost: then nothing may be sent and the adapter returns notSent.
   */
  markSending(): Promise<void>;
  /** Tells how far the attempt has come; cheap, not durable until the end. */
  onPhase(phase: AttemptPhase): void;
}

/** One row of a print vendor's index file. */
export interface IndexEntry {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly invoiceNumber: string;
}

/** An open, logged-in connection; safe for up to `parallel` concurrent sends. */
export interface ChannelSession {
  /** How many sends may run at once. */
  readonly parallel: number;
  send(item: DeliveryItem, context: SendContext): Promise<AttemptOutcome>;
  /** Is it there? Only where the peer can answer. */
  lookUp?(item: Omit<DeliveryItem, 'document' | 'message'>, signal: AbortSignal): Promise<LookUpAnswer>;
  /** Writes an index file (print vendors). Same name and entries give the same bytes; repeating is harmless. */
  writeIndex?(name: string, entries: readonly IndexEntry[], signal: AbortSignal): Promise<AttemptOutcome>;
  /** Where the peer takes many documents in one request: then nothing goes through `send`. */
  readonly groups?: GroupSender;
  close(): Promise<void>;
}

/** Answer of a look-up. `found`: there with the right size and hash. */
export type LookUpAnswer =
  | { readonly kind: 'found'; readonly receipt: Receipt }
  | { readonly kind: 'absent'; readonly detail: string }
  /** `detail` is the peer's own words, empty without any; `code` says what was seen. */
  | { readonly kind: 'unclear'; readonly detail: string; readonly code?: LookUpCode };

/** Opening failed: certainly nothing was sent. `isPermanent`: needs a person (password, host key), not time. */
export interface OpenFailure {
  readonly code: string;
  readonly detail: string;
  readonly isPermanent: boolean;
}

/** A document that a peer takes as data. */
export interface ComposedDocument {
  readonly bytes: Uint8Array;
  /** How its file's name ends. */
  readonly extension: 'xml' | 'json';
  /** Where it goes, in a few words for lists; no whole personal number. */
  readonly target: string;
  /** What the recipient is asked to pay by it, as the peer computes it. A release takes it only when it is what the invoice says. */
  readonly payable: Money;
}

/** Why an invoice does not fit the peer. Codes are stable and listed in the adapter; `field` is the invoice's canonical name. */
export interface ComposeProblem {
  readonly code: string;
  readonly field: string | null;
  /** The value that does not fit, and what would. */
  readonly found: string;
  readonly expected: string;
}

/** How a channel makes its own documents. */
export interface DocumentComposer {
  /** Steps for one document: 1, or 2 where the peer takes an order first and its delivery after. */
  readonly steps: number;
  /** Pure: the same invoice, settings and choices give the same bytes. At least one problem where it fails. */
  compose(
    invoice: Invoice,
    config: ChannelConfig,
    chosen?: ComposeChoices,
  ): Result<ComposedDocument, readonly ComposeProblem[]>;
}

/** What is known of one invoice at the peer before its release, beside the invoice itself. */
export interface ComposeChoices {
  /** One of the customer's addresses that the peer listed; null: the peer's own choice. */
  readonly addressSelector: string | null;
  /** What the peer answered when it took the invoice that a credit note names; null: it names none, or this connection did not take it. */
  readonly credited: Receipt | null;
  /** VAT rates and countries as the peer last listed them; null: it lists none, or was not asked yet. */
  readonly lists?: PeerLists | null;
}

/** One request, not sent yet. The same draft is never made twice: its batchId is new each time. */
export interface GroupDraft {
  readonly batchId: string;
  readonly body: Uint8Array;
  readonly items: readonly DeliveryItem[];
}

/** How a request ended. */
export type GroupEnd =
  | {
      readonly kind: 'ended';
      /** By delivery id; one for each item. */
      readonly outcomes: ReadonlyMap<number, AttemptOutcome>;
      readonly reply: GroupReply | null;
      /** Something a person has to see before more is sent. */
      readonly stop: { readonly code: string; readonly detail: string } | null;
    }
  /** Refused as a whole, certainly without any effect: one bad item may be the cause for all. */
  | {
      readonly kind: 'refusedWhole';
      readonly code: string;
      readonly detail: string;
      readonly reply: GroupReply | null;
    };

/** What a settled request says about one delivery; `unreachable` is asked again later. */
export type GroupAnswer = LookUpAnswer | { readonly kind: 'unreachable'; readonly detail: string };

/** Sends in groups. Certainly nothing leaves before the request is in the store, with all its members marked as sending. */
export interface GroupSender {
  readonly mostItems: number;
  /** Divides items by the peer's limits; what fits into no request has its outcome instead. */
  drafts(items: readonly DeliveryItem[]): {
    readonly drafts: readonly GroupDraft[];
    readonly unfit: ReadonlyMap<number, AttemptOutcome>;
  };
  send(draft: GroupDraft, signal: AbortSignal): Promise<GroupEnd>;
  /**
   * Finds out what became of a request: looks its items up, and where none is there sends the identical bytes with the same id again. Only after
   * `mayRepeat` said yes, which it is asked at most once.
   */
  settle(
    group: OpenGroup,
    control: { readonly signal: AbortSignal; readonly mayRepeat: () => boolean },
  ): Promise<ReadonlyMap<number, GroupAnswer>>;
}

/** One kind of target. */
export interface ChannelAdapter {
  readonly channel: Channel;
  /** Where the peer takes data; left out: it gets the PDF. */
  readonly composer?: DocumentComposer;
  /** Where the peer keeps orders that can be looked at, credited and closed. */
  readonly orders?: OrderDesk;
  /** Where the peer keeps a ledger of what it took: recipients, balances, dunnings. */
  readonly account?: AccountDesk;
  open(
    target: ChannelTarget,
    signal: AbortSignal,
  ): Promise<
    { readonly ok: true; readonly session: ChannelSession } | { readonly ok: false; readonly failure: OpenFailure }
  >;
  /** Walks address, transport, login, permission; stops at the first failure and lists the rest as skipped. Leaves nothing behind at the peer. */
  test(target: ChannelTarget, signal: AbortSignal): Promise<readonly TestStep[]>;
}
