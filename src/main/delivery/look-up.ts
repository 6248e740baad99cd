// Asks a peer whether documents are there. Sends nothing and changes nothing; what the answers mean is decided by the use case.

import type { ChannelSession, GroupSender } from '../ports/channel-adapter.ts';
import type { Store } from '../ports/store.ts';
import type { PeerAnswer } from '../ports/unknown-store.ts';
import { closeSession, openSession } from './open-session.ts';
import type { SessionParts } from './open-session.ts';

/** What a look-up works with. */
export type LookUpParts = SessionParts & { readonly store: Store };

/** Deliveries of one connection, and where the answers go. */
export type LookUpRequest = readonly [
  which: { readonly connectionId: string; readonly deliveryIds: readonly number[] },
  control: {
    readonly signal: AbortSignal;
    readonly onAnswer: (deliveryId: number, answer: PeerAnswer) => void;
  },
];

/** Questions in flight over one session; each reads a whole document back. */
const mostAtOnce = 4;

/**
 * Looks deliveries of one connection up over one session. `onAnswer` comes once for each that was asked before the signal; after the
 * peer is lost the rest is answered as unreachable. Never rejects for anything the peer does.
 */
export async function lookUpAtPeer(parts: LookUpParts, ...[which, { signal, onAnswer }]: LookUpRequest): Promise<void> {
  const opened = await openSession(parts, which.connectionId, signal);
  if (!opened.ok) {
    const detail = opened.block?.detail ?? '';
    for (const id of which.deliveryIds) onAnswer(id, { kind: 'unreachable', detail });
    return;
  }
  const { session } = opened.open;
  const asked = new Set(which.deliveryIds);
  const { groups } = session;
  const queue: number[] = [];
  const askRest = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined && !signal.aborted; id = queue.shift())
      onAnswer(id, await ask(parts, session, { deliveryId: id, signal }));
  };
  try {
    const inGroups = groups === undefined ? null : await settleGroups(parts, groups, { asked, signal, onAnswer });
    queue.push(...which.deliveryIds.filter((id) => inGroups?.has(id) !== true));
    await Promise.all(Array.from({ length: Math.min(mostAtOnce, session.parallel) }, askRest));
  } finally {
    await closeSession(session, parts.log);
  }
}

/**
 * Settles the requests that carried what is asked for; returns which deliveries they were. A request that nothing came of is sent again, byte for byte and
 * with its own id: the peer refuses it where it had it before, so that this is no second sending.
 */
async function settleGroups(
  parts: LookUpParts,
  sender: GroupSender,
  { asked, signal, onAnswer }: LookUpRequest[1] & { readonly asked: ReadonlySet<number> },
): Promise<ReadonlySet<number>> {
  const { groups } = parts.store;
  const found = groups.openOf([...asked]);
  for (const group of found) {
    if (signal.aborted) break;
    const repeat = { isUnderWay: false };
    const mayRepeat = (): boolean => {
      repeat.isUnderWay = groups.beginRepeat(group.id, parts.clock.nowMs());
      return repeat.isUnderWay;
    };
    try {
      const answers = await sender.settle(group, { signal, mayRepeat });
      const ours = [...answers].filter(([id]) => asked.has(id));
      // Written before anyone may queue one of them again; what is not there is queued after, for until then nothing can be.
      for (const [id, answer] of ours) if (answer.kind !== 'absent') onAnswer(id, answer);
      if (repeat.isUnderWay) groups.endRepeat(group.id);
      repeat.isUnderWay = false;
      for (const [id, answer] of ours) if (answer.kind === 'absent') onAnswer(id, answer);
    } catch (error) {
      parts.log.error('an adapter failed at settling a request', { batchId: group.batchId, error: String(error) });
      for (const { deliveryId } of group.members)
        if (asked.has(deliveryId)) onAnswer(deliveryId, { kind: 'unreachable', detail: '' });
    } finally {
      if (repeat.isUnderWay) groups.endRepeat(group.id);
    }
    groups.close(group.id, 'ifSettled', parts.clock.nowMs());
  }
  return new Set(found.flatMap(({ members }) => members.map(({ deliveryId }) => deliveryId)));
}

async function ask(
  parts: LookUpParts,
  session: ChannelSession,
  { deliveryId, signal }: { readonly deliveryId: number; readonly signal: AbortSignal },
): Promise<PeerAnswer> {
  if (session.lookUp === undefined) return { kind: 'notPossible' };
  const delivery = parts.store.reads.delivery(deliveryId);
  const identity = parts.store.reads.deliveryIdentity(deliveryId);
  if (delivery === null || identity === null) return { kind: 'unclear', code: 'unsafeName', detail: '' };
  const { invoiceNumber, customerName, target, documentSha256 } = delivery;
  try {
    return await session.lookUp(
      { deliveryId, invoiceNumber, customerName, target, documentSha256, ...identity },
      signal,
    );
  } catch (error) {
    parts.log.error('an adapter failed at a look-up', { deliveryId, error: String(error) });
    return { kind: 'unreachable', detail: '' };
  }
}
