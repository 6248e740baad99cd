// One lot of deliveries in as few requests as the peer takes: each request is in the store, and all of it marked as sending, before its first byte.

import type { AttemptOutcome, DeliveryItem, GroupDraft, GroupEnd, GroupSender } from '../ports/channel-adapter.ts';
import type { GroupMember, GroupStore, NewGroup } from '../ports/group-store.ts';
import type { ClaimedDelivery, DeliveryStore } from '../ports/store.ts';
import { claimLost, prepare, withPatience } from './deliver-one.ts';
import type { AttemptEnd, AttemptParts } from './deliver-one.ts';

/** What a lot of deliveries needs. */
export interface GroupParts extends AttemptParts {
  readonly store: { readonly groups: GroupStore; readonly deliveries: Pick<DeliveryStore, 'markSending'> };
  readonly fence: number;
}

/** An attempt with its end. */
export interface EndedClaim {
  readonly claim: ClaimedDelivery;
  readonly end: AttemptEnd;
}

/** What is sent, through what, and what gives it up. */
export interface GroupWork {
  readonly sender: GroupSender;
  readonly connectionId: string;
  readonly claims: readonly ClaimedDelivery[];
  readonly signal: AbortSignal;
  readonly maxDocumentBytes: number | null;
  /** Writes ends; called once for each claim that was started. */
  readonly record: (ends: readonly EndedClaim[]) => Promise<void>;
  /** False: start no further request. */
  readonly mayGoOn: () => boolean;
}

/** How a lot ended. */
export interface GroupLotEnd {
  /** Claims that no request was started for; certainly not sent. */
  readonly left: readonly ClaimedDelivery[];
  readonly stop: Extract<GroupEnd, { readonly kind: 'ended' }>['stop'];
}

/**
 * Requests that one refused request may become, divided in halves until the item that is not liked stands alone. Beyond them the rest is refused
 * with the words of the whole: something is wrong with all of it.
 */
const mostDivisions = 64;

interface Lot extends GroupWork {
  readonly byId: ReadonlyMap<number, ClaimedDelivery>;
  divisions: number;
  stop: GroupLotEnd['stop'];
}

/** Sends a lot. Never rejects for anything the peer or the adapter does. */
export async function deliverGroup(parts: GroupParts, work: GroupWork): Promise<GroupLotEnd> {
  const { claims, sender } = work;
  const lot: Lot = {
    ...work,
    byId: new Map(claims.map((claim) => [claim.deliveryId, claim])),
    divisions: 0,
    stop: null,
  };
  const items: DeliveryItem[] = [];
  const notPrepared = new Map<number, AttemptOutcome>();
  for (const claim of claims) {
    const prepared = await prepare(parts, { claim, maxDocumentBytes: work.maxDocumentBytes });
    if ('item' in prepared) items.push(prepared.item);
    else notPrepared.set(claim.deliveryId, prepared.outcome);
  }
  const { drafts, unfit } = sender.drafts(items);
  await record(lot, new Map([...notPrepared, ...unfit]), () => false);
  const left: ClaimedDelivery[] = [];
  for (const draft of drafts) {
    if (work.mayGoOn() && lot.stop === null) await sendDraft(parts, lot, { draft, keptAs: null });
    else left.push(...claimsOf(lot, draft));
  }
  return { left, stop: lot.stop };
}

/** Sends one request; one that is refused as a whole is divided. `keptAs`: it is a part of one that was, is in the store already, and its members are marked. */
async function sendDraft(
  parts: GroupParts,
  lot: Lot,
  { draft, keptAs }: { readonly draft: GroupDraft; readonly keptAs: number | null },
): Promise<void> {
  const isPart = keptAs !== null;
  const groupId = keptAs ?? keepDraft(parts, lot, draft);
  const marked = groupId === null || isPart ? nobody : mark(parts, draft);
  const isReady = isPart ? !lot.signal.aborted : marked.size === draft.items.length;
  const { groups } = parts.store;
  if (groupId === null || !isReady) {
    await record(lot, same(draft, claimLost), (id) => isPart || marked.has(id));
    if (isPart) keep(parts, () => groups.close(keptAs, 'ifSettled', parts.clock.nowMs()));
    return;
  }
  const end = await send(parts, lot, draft);
  const { reply } = end;
  if (reply !== null) keep(parts, () => groups.keepReply(groupId, reply));
  if (end.kind === 'ended') {
    lot.stop ??= end.stop;
    await record(lot, end.outcomes, isSent);
    keep(parts, () => groups.close(groupId, 'ifSettled', parts.clock.nowMs()));
    return;
  }
  const { code, detail } = end;
  const mayDivide = draft.items.length > 1 && lot.divisions < mostDivisions && !lot.signal.aborted;
  if (!mayDivide) {
    await record(lot, same(draft, { kind: 'refused', code, detail }), isSent);
    keep(parts, () => groups.close(groupId, 'refused', parts.clock.nowMs()));
    return;
  }
  const halves = divideDraft(parts, lot, { draft, groupId });
  lot.divisions += halves.length;
  for (const half of halves) await sendDraft(parts, lot, half);
  if (halves.length > 0) return;
  // The peer took nothing of it, and it could not be written down as what comes next.
  await record(lot, same(draft, claimLost), isSent);
  keep(parts, () => groups.close(groupId, 'refused', parts.clock.nowMs()));
}

/** Both halves in the store, in place of the whole, before either is sent: a crash leaves nothing that a look-up could not settle. Empty: not possible. */
function divideDraft(
  parts: GroupParts,
  lot: Lot,
  { draft, groupId }: { readonly draft: GroupDraft; readonly groupId: number },
): readonly { readonly draft: GroupDraft; readonly keptAs: number }[] {
  const middle = Math.ceil(draft.items.length / 2);
  const halves = [draft.items.slice(0, middle), draft.items.slice(middle)].flatMap((half) => [
    ...lot.sender.drafts(half).drafts,
  ]);
  const kept = halves.map((half) => newGroup(lot, half));
  try {
    const ids = parts.store.groups.divide(parts.fence, { groupId, parts: kept }, parts.clock.nowMs()) ?? [];
    return halves.flatMap((half, at) => {
      const keptAs = ids[at];
      return keptAs === undefined ? [] : [{ draft: half, keptAs }];
    });
  } catch (error) {
    parts.log.error('the halves of a request could not be written down and were not sent', { error: String(error) });
    return [];
  }
}

/** Null when nothing may be sent: the claim was lost, the runner is being ended, or the store could not write it down. */
function keepDraft(parts: GroupParts, lot: Lot, draft: GroupDraft): number | null {
  if (lot.signal.aborted) return null;
  try {
    return parts.store.groups.begin(parts.fence, newGroup(lot, draft), parts.clock.nowMs());
  } catch (error) {
    parts.log.error('a request could not be written down and was not sent', { error: String(error) });
    return null;
  }
}

function newGroup({ connectionId }: Lot, { batchId, body, items }: GroupDraft): NewGroup {
  return { connectionId, batchId, body, members: items.map(membership) };
}

/** Marks members as sending, durably, and names those that were; unless it is all of them nothing may be sent. */
function mark(parts: GroupParts, { items }: GroupDraft): ReadonlySet<number> {
  try {
    return new Set(parts.store.deliveries.markSending(parts.fence, items.map(membership), parts.clock.nowMs()));
  } catch (error) {
    // The store has put back what it marked.
    parts.log.error('a request could not be marked and was not sent', { error: String(error) });
    return nobody;
  }
}

const nobody: ReadonlySet<number> = new Set();

function membership({ deliveryId, attempt }: DeliveryItem): GroupMember {
  return { deliveryId, attempt };
}

async function send(parts: GroupParts, lot: Lot, draft: GroupDraft): Promise<GroupEnd> {
  const over = new AbortController();
  const context = AbortSignal.any([lot.signal, over.signal]);
  try {
    return await withPatience(parts, { over, signal: lot.signal }, lot.sender.send(draft, context));
  } catch (error) {
    parts.log.error('an adapter failed after an effect was possible', { batchId: draft.batchId, error: String(error) });
    const outcome = { kind: 'unknown', phase: 'effect', code: 'run.adapter-failed', detail: '' } as const;
    return { kind: 'ended', outcomes: same(draft, outcome), reply: null, stop: null };
  } finally {
    over.abort();
  }
}

const isSent = (): boolean => true;

async function record(
  lot: Lot,
  outcomes: ReadonlyMap<number, AttemptOutcome>,
  isMarked: (deliveryId: number) => boolean,
): Promise<void> {
  const ends = [...outcomes].flatMap(([deliveryId, outcome]): EndedClaim[] => {
    const claim = lot.byId.get(deliveryId);
    const wasMarked = isMarked(deliveryId);
    const phase = outcome.kind === 'unknown' ? outcome.phase : wasMarked ? 'replySeen' : 'preparing';
    return claim === undefined ? [] : [{ claim, end: { outcome, phase, isMarked: wasMarked } }];
  });
  if (ends.length > 0) await lot.record(ends);
}

/** What the peer answered is kept where it can be; the deliveries' own states are what counts. */
function keep(parts: GroupParts, write: () => void): void {
  try {
    write();
  } catch (error) {
    parts.log.warn('a grouped send could not be noted', { error: String(error) });
  }
}

function same({ items }: GroupDraft, outcome: AttemptOutcome): ReadonlyMap<number, AttemptOutcome> {
  return new Map(items.map(({ deliveryId }) => [deliveryId, outcome]));
}

function claimsOf(lot: Lot, { items }: GroupDraft): ClaimedDelivery[] {
  return items.flatMap(({ deliveryId }) => lot.byId.get(deliveryId) ?? []);
}
