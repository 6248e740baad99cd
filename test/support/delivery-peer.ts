// A peer with its own ledger, and the adapter that speaks to it: the other side of the delivery runner in its tests. Knows nothing of the store.

import type {
  AttemptOutcome,
  ChannelAdapter,
  DeliveryItem,
  IndexEntry,
  LookUpAnswer,
  OpenFailure,
  SendContext,
} from '../../src/main/ports/channel-adapter.ts';
import { channels } from '../../src/shared/schema/delivery.ts';
import type { Channel } from '../../src/shared/schema/delivery.ts';

/** What the peer does with one document. */
export type Behaviour =
  | 'accept'
  | 'acceptWithNumber'
  | 'refuse'
  | 'throttle'
  | 'failBefore'
  | 'failPermanently'
  | 'cutBefore'
  | 'cutAfter'
  | 'throwBefore'
  | 'throwAfter'
  | 'hang';

/** The peer. */
export interface Peer {
  readonly adapter: ChannelAdapter;
  /** Every document that took effect, in order; a key twice would be an invoice sent twice. */
  readonly effects: string[];
  readonly indexes: { readonly name: string; readonly entries: readonly IndexEntry[] }[];
  opened: number;
  openFailure: OpenFailure | null;
  /** Asked for each document; `accept` unless told otherwise. */
  behave: (item: DeliveryItem) => Behaviour;
  lookUp: (key: string) => LookUpAnswer;
  /** Awaited after the mark and before the effect. */
  beforeEffect: (item: DeliveryItem) => Promise<void>;
  mostAtOnce: number;
}

/** Makes a peer for one channel. */
export function createPeer(channel: Channel, parallel = 4): Peer {
  let atOnce = 0;
  const peer: Peer = {
    effects: [],
    indexes: [],
    opened: 0,
    openFailure: null,
    behave: () => 'accept',
    lookUp: () => ({ kind: 'unclear', detail: 'not asked' }),
    beforeEffect: () => Promise.resolve(),
    mostAtOnce: 0,
    adapter: {
      channel,
      open: () => {
        if (peer.openFailure !== null) return Promise.resolve({ ok: false as const, failure: peer.openFailure });
        peer.opened += 1;
        return Promise.resolve({
          ok: true as const,
          session: {
            parallel,
            send: async (item: DeliveryItem, context: SendContext) => {
              atOnce += 1;
              peer.mostAtOnce = Math.max(peer.mostAtOnce, atOnce);
              try {
                return await send(peer, item, context);
              } finally {
                atOnce -= 1;
              }
            },
            ...(channel === 'sftp'
              ? {
                  lookUp: ({ idempotencyKey }: { idempotencyKey: string }) =>
                    Promise.resolve(peer.lookUp(idempotencyKey)),
                }
              : {}),
            ...(channel === 'sftp'
              ? {
                  writeIndex: (name: string, entries: readonly IndexEntry[]): Promise<AttemptOutcome> => {
                    peer.indexes.push({ name, entries });
                    return Promise.resolve({ kind: 'accepted', receipt: { path: name } });
                  },
                }
              : {}),
            close: () => Promise.resolve(),
          },
        });
      },
      test: () => Promise.resolve([]),
    },
  };
  return peer;
}

/** One adapter behind every channel. */
export function everyChannel(adapter: ChannelAdapter): Readonly<Record<Channel, ChannelAdapter>> {
  return Object.fromEntries(channels.map((channel) => [channel, adapter])) as Record<Channel, ChannelAdapter>;
}

async function send(peer: Peer, item: DeliveryItem, context: SendContext): Promise<AttemptOutcome> {
  const behaviour = peer.behave(item);
  context.onPhase('connected');
  switch (behaviour) {
    case 'refuse':
      return { kind: 'refused', code: 'test.refused', detail: '550 no such user' };
    case 'throttle':
      return { kind: 'throttled', retryAfterMs: 60_000, code: 'test.busy', detail: '421 later' };
    case 'failBefore':
      return { kind: 'notSent', code: 'test.later', detail: '450', scope: 'delivery', isPermanent: false };
    case 'failPermanently':
      return { kind: 'notSent', code: 'test.never', detail: '', scope: 'delivery', isPermanent: true };
    case 'cutBefore':
      return { kind: 'notSent', code: 'net.cut', detail: 'cut', scope: 'connection', isPermanent: false };
    case 'throwBefore':
      throw new Error('a bug before the mark');
    case 'hang':
      await new Promise<void>((resolve) => {
        context.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      return { kind: 'notSent', code: 'test.aborted', detail: '', scope: 'connection', isPermanent: false };
    case 'accept':
    case 'acceptWithNumber':
    case 'cutAfter':
    case 'throwAfter':
  }
  try {
    await context.markSending();
  } catch {
    return { kind: 'notSent', code: 'test.claim-lost', detail: '', scope: 'delivery', isPermanent: false };
  }
  await peer.beforeEffect(item);
  peer.effects.push(item.idempotencyKey);
  if (behaviour === 'cutAfter') return { kind: 'unknown', phase: 'effect', code: 'test.cut-after', detail: 'cut' };
  if (behaviour === 'throwAfter') throw new Error('a bug after the mark');
  context.onPhase('replySeen');
  if (behaviour === 'acceptWithNumber') return { kind: 'accepted', receipt: { peerNumber: item.invoiceNumber } };
  return { kind: 'accepted', receipt: { reply: `250 ${item.invoiceNumber}` } };
}
