// Asks SendRegning what became of everything sent through a connection, and keeps what is new. Wiring only.

import { trackingFacts } from '../adapters/sendregning/tracking-facts.ts';
import { keepAccountDocument, settleDunnings } from '../app/account-desk.ts';
import type { AppContext } from '../app/context.ts';
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ReplyStatus } from '../adapters/sendregning/read-invoices.ts';
import type { TrackedInvoice } from '../ports/tracking-store.ts';
import type { SendRegningDesk } from './sendregning-desk.ts';

/** Invoices asked for in one request. */
const atOnce = 200;

/** What a round learnt. */
export interface TrackingRound {
  /** Sent invoices that were asked for, and how many of them the service knows. */
  readonly asked: number;
  readonly answered: number;
  /** Facts that were not known before. */
  readonly added: number;
  /** Dunnings in doubt that the service shows to have been sent. */
  readonly settled: number;
  /** Documents fetched into the archive. */
  readonly documents: number;
  readonly states: Readonly<Record<string, number>>;
}

/** Where to and how. */
export interface TrackingWork {
  readonly desk: SendRegningDesk;
  readonly connectionId: string;
  /** Also fetches the PDF of each invoice that is not in the archive. */
  readonly withDocuments: boolean;
}

/** One round over everything sent. Stops at the first failure; what was learnt before stays. Repeating it adds only what is new. */
export async function trackSent(context: AppContext, work: TrackingWork): Promise<Result<TrackingRound>> {
  const { desk, connectionId, withDocuments } = work;
  const { tracking } = context.store;
  const states: Record<string, number> = {};
  let [asked, answered, added, settled, documents] = [0, 0, 0, 0, 0];
  for (let afterId = 0; ;) {
    const sent = tracking.sentThrough(connectionId, { afterId, limit: atOnce });
    const last = sent.at(-1);
    if (last === undefined) break;
    afterId = last.deliveryId;
    asked += sent.length;
    const statuses = await desk.statuses({ invoiceNumbers: sent.map(({ peerNumber }) => peerNumber) });
    if (!statuses.ok) return statuses;
    const byNumber = new Map(statuses.value.map((status) => [status.invoiceNo, status]));
    for (const invoice of sent) {
      const status = byNumber.get(invoice.peerNumber);
      if (status === undefined) continue;
      answered += 1;
      states[status.state ?? ''] = (states[status.state ?? ''] ?? 0) + 1;
      added += tracking.add(invoice.deliveryId, trackingFacts(status), context.clock.nowMs());
      settled += settleShown(context, invoice, status);
    }
    for (const invoice of withDocuments ? sent.filter(({ hasDocument }) => !hasDocument) : []) {
      const kept = await keepDocument(context, desk, invoice);
      if (!kept.ok) return kept;
      documents += kept.value;
    }
  }
  return ok({ asked, answered, added, settled, documents, states });
}

function settleShown(
  context: AppContext,
  { deliveryId, invoiceId }: TrackedInvoice,
  { dunnings }: ReplyStatus,
): number {
  if (dunnings.length === 0) return 0;
  const acts = context.store.orders.actsOf(invoiceId).filter((act) => act.deliveryId === deliveryId);
  return settleDunnings(context, acts, dunnings.length);
}

/** The service's own PDF of an invoice, under its hash; 0 when it has none. */
async function keepDocument(
  context: AppContext,
  desk: SendRegningDesk,
  { deliveryId, peerNumber }: TrackedInvoice,
): Promise<Result<number>> {
  const fetched = await desk.document(peerNumber, 'PDF');
  if (!fetched.ok) return fetched;
  if (fetched.value === null) return ok(0);
  const kept = await keepAccountDocument(context, deliveryId, fetched.value);
  return kept.ok ? ok(1) : kept;
}
