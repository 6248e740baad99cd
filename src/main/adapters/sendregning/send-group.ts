// Sends invoices in one request, and finds out what became of it. Every end of a request becomes one outcome for each invoice in it.

import type { AttemptOutcome, DeliveryItem, GroupDraft, GroupEnd, GroupSender } from '../../ports/channel-adapter.ts';
import { classifyReply, notConnectedOutcome, pageWords } from './classify.ts';
import type { CallEnd, RawReply } from './classify.ts';
import { estimateLine, minorToShort } from './decimals.ts';
import { divideBodies } from './divide-bodies.ts';
import { byOwnKey, findByOrderNo, receiptOf } from './find-sent.ts';
import { decimalAt, readInvoices } from './read-invoices.ts';
import { nodesAt, readXml, textAt } from './reply-tree.ts';
import { readAnswer } from './service.ts';
import type { Service } from './service.ts';
import { settleGroup } from './settle-group.ts';

/** Invoices of one request: the service needs minutes for hundreds, and its time ends at ten. */
export const mostItems = 500;

/** What sending needs. */
export interface GroupSenderOptions {
  readonly service: Service;
  readonly isTest: boolean;
  readonly now: () => number;
}

/** Sends in groups over one account. */
export function createGroupSender({ service, isTest, now }: GroupSenderOptions): GroupSender {
  const post = (body: Uint8Array, signal: AbortSignal): Promise<CallEnd> =>
    service.execute({ action: 'send', type: 'invoice', xml: body }, signal);

  async function send(draft: GroupDraft, signal: AbortSignal): Promise<GroupEnd> {
    const end = await post(draft.body, signal);
    if (end.kind === 'notConnected') return all(draft, notConnectedOutcome(end), null);
    if (end.kind === 'lost') return all(draft, unknown(end.code, end.detail), null);
    const { reply } = end;
    const kind = classifyReply(reply);
    const words = pageWords(reply.body);
    switch (kind.kind) {
      case 'loginRefused':
        return all(draft, notSent('sendregning.login-refused', words, 'connection'), reply);
      case 'refused':
        return { kind: 'refusedWhole', code: kind.code, detail: words, reply };
      case 'failed':
        return all(draft, unknown(kind.code, words), reply);
      case 'empty':
        return all(draft, unknown('sendregning.unexpected-answer', '204'), reply);
      case 'processed':
        return isTest ? all(draft, testOnly, reply) : afterConflict(draft, reply, signal);
      case 'content':
        return isTest ? all(draft, testOnly, reply) : afterContent(draft, end);
    }
  }

  /** The service had this request before, and its reply was lost on the way: the numbers are fetched. */
  async function afterConflict(draft: GroupDraft, reply: RawReply, signal: AbortSignal): Promise<GroupEnd> {
    const found = await findByOrderNo(
      service,
      draft.items.map(({ target }) => target),
      signal,
    );
    const outcomes = draft.items.map((item): [number, AttemptOutcome] => {
      const invoice = found.ok ? found.byOrderNo.get(item.target) : undefined;
      return [
        item.deliveryId,
        invoice === undefined
          ? unknown('sendregning.conflict', found.ok ? '' : found.detail)
          : { kind: 'accepted', receipt: receiptOf(invoice, draft.batchId) },
      ];
    });
    return { kind: 'ended', outcomes: new Map(outcomes), reply, stop: null };
  }

  return {
    mostItems,
    drafts: (items) => makeDrafts(items),
    send,
    settle: (group, control) => settleGroup({ service, isTest, now, post }, group, control),
  };
}

/** One draft for each body; what is larger than a whole request may be goes nowhere. */
function makeDrafts(items: readonly DeliveryItem[]): ReturnType<GroupSender['drafts']> {
  const { bodies, tooLarge } = divideBodies(items, mostItems);
  const unfit = new Map(
    tooLarge.map(({ deliveryId, document: { byteLength } }) => [
      deliveryId,
      notSent('sendregning.too-large', `${String(byteLength)} bytes`, 'delivery'),
    ]),
  );
  return { drafts: bodies, unfit };
}

/** Each item's own number, and whether the service asks for what the invoice does. */
function afterContent(draft: GroupDraft, end: CallEnd): GroupEnd {
  const reply = end.kind === 'answered' ? end.reply : null;
  const read = readAnswer(end, readInvoices);
  if (!read.ok || read.value === null)
    return all(draft, unknown('sendregning.unreadable-answer', read.ok ? '' : read.fault.detail), reply);
  const byKey = byOwnKey(read.value);
  const outcomes = new Map<number, AttemptOutcome>();
  const differing: string[] = [];
  for (const item of draft.items) {
    const invoice = byKey.get(item.target);
    if (invoice === undefined) {
      outcomes.set(item.deliveryId, unknown('sendregning.no-number', ''));
      continue;
    }
    outcomes.set(item.deliveryId, { kind: 'accepted', receipt: receiptOf(invoice, draft.batchId) });
    const own = ownTotal(item.document);
    if (own === null || invoice.totalMinor === null || Math.abs(own) === Math.abs(invoice.totalMinor)) continue;
    differing.push(`${item.invoiceNumber}: ${minorToShort(invoice.totalMinor)} ≠ ${minorToShort(own)}`);
  }
  const stop =
    differing.length === 0
      ? null
      : {
          code: 'sendregning.total-differs',
          detail: `${String(differing.length)} (${differing.slice(0, 3).join('; ')})`,
        };
  return { kind: 'ended', outcomes, reply, stop };
}

/** What a frozen invoice asks for, by our own arithmetic, in minor units; null when it can't be read. */
export function ownTotal(document: Uint8Array): number | null {
  const root = readXml(Buffer.from(document).toString('utf8'));
  if (!root.ok) return null;
  let sumMinor = 0;
  for (const line of nodesAt(root.value, 'lines/line')) {
    if (textAt(line, 'qty') === null) continue;
    const [qty, unitPrice] = [decimalAt(line, 'qty'), decimalAt(line, 'unitPrice')];
    const [discount, tax] = [decimalAt(line, 'discount'), decimalAt(line, 'tax')];
    const estimate = estimateLine({ qty, unitPrice, discount, tax });
    if (estimate === null) return null;
    sumMinor += estimate.totalMinor;
  }
  return sumMinor;
}

/** The service looked at it and sent nothing: so a connection in test mode shows what it would take, and nobody mistakes it for sent. */
const testOnly = notSent('sendregning.test-mode', '', 'delivery');

function notSent(code: string, detail: string, scope: 'delivery' | 'connection'): AttemptOutcome {
  return { kind: 'notSent', code, detail, scope, isPermanent: true };
}

function unknown(code: string, detail: string): AttemptOutcome {
  return { kind: 'unknown', phase: 'effect', code, detail };
}

function all(draft: GroupDraft, outcome: AttemptOutcome, reply: RawReply | null): GroupEnd {
  return {
    kind: 'ended',
    outcomes: new Map(draft.items.map(({ deliveryId }) => [deliveryId, outcome])),
    reply,
    stop: null,
  };
}
