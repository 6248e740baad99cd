// Asks a peer whether documents are there. Sends nothing and changes nothing; what the answers mean is decided by the use case.

import type { ChannelSession } from '../ports/channel-adapter.ts';
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
  const queue = [...which.deliveryIds];
  const askRest = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined && !signal.aborted; id = queue.shift())
      onAnswer(id, await ask(parts, session, { deliveryId: id, signal }));
  };
  try {
    await Promise.all(Array.from({ length: Math.min(mostAtOnce, session.parallel) }, askRest));
  } finally {
    await closeSession(session, parts.log);
  }
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
