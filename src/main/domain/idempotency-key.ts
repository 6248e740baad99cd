// What makes two deliveries the same one. The text is hashed by the caller (SHA-256, hex); no hashing lives here.

import type { Channel } from '../../shared/schema/delivery.ts';

/** Everything that tells one intended delivery from another. */
export interface DeliveryIdentity {
  readonly sellerKey: string;
  readonly invoiceNumber: string;
  readonly channel: Channel;
  readonly connectionId: string;
  readonly documentSha256: string;
  /** 0 at release; only "send another copy" raises it. */
  readonly generation: number;
}

/**
 * Canonical text of an identity, version marked so that a later form can never equal an earlier one. Each part is preceded by its
 * length, so that no choice of names can make two identities the same text.
 */
export function idempotencyKeyText(identity: DeliveryIdentity): string {
  const parts = [
    identity.sellerKey,
    identity.invoiceNumber,
    identity.channel,
    identity.connectionId,
    identity.documentSha256,
    String(identity.generation),
  ];
  return ['utskick-delivery-1', ...parts.map((part) => `${part.length}:${part}`)].join('\n');
}

/** Canonical text of a later step of a delivery in several: its own effect at the peer, told apart by its number. `previousKey` is the key of the step before. */
export function nextStepKeyText(previousKey: string, step: number): string {
  return `utskick-step-1\n${previousKey}\n${String(step)}`;
}
