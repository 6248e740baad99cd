// Asks a peer whether a document is there. Sends nothing and changes nothing; what the answer means is decided by the use case.

import type { LookUpAnswer } from '../ports/channel-adapter.ts';
import type { Store } from '../ports/store.ts';
import { closeSession, openSession } from './open-session.ts';
import type { SessionParts } from './open-session.ts';

/** Answer of a look-up, or that this channel has none. */
export type LookUpResult = LookUpAnswer | { readonly kind: 'notPossible'; readonly detail: string };

const lookUpPatienceMs = 50_000;

/** Looks one delivery up. Never rejects for anything the peer does. */
export async function lookUpAtPeer(
  parts: SessionParts & { readonly store: Store },
  deliveryId: number,
): Promise<LookUpResult> {
  const delivery = parts.store.reads.delivery(deliveryId);
  if (delivery === null) return { kind: 'unclear', detail: 'There is no such delivery.' };
  const identity = parts.store.reads.deliveryIdentity(deliveryId);
  if (identity === null) return { kind: 'unclear', detail: 'There is no such delivery.' };
  const signal = AbortSignal.timeout(lookUpPatienceMs);
  const opened = await openSession(parts, delivery.connectionId, signal);
  if (!opened.ok) return { kind: 'unclear', detail: opened.block?.detail ?? 'The connection was removed.' };
  const { session } = opened.open;
  try {
    if (session.lookUp === undefined)
      return { kind: 'notPossible', detail: 'This channel cannot be asked. Check with the recipient.' };
    const { invoiceNumber, customerName, target, documentSha256 } = delivery;
    return await session.lookUp(
      { deliveryId, invoiceNumber, customerName, target, documentSha256, ...identity },
      signal,
    );
  } catch (error) {
    parts.log.error('an adapter failed at a look-up', { deliveryId, error: String(error) });
    return { kind: 'unclear', detail: 'The connection broke during the look-up.' };
  } finally {
    await closeSession(session, parts.log);
  }
}
