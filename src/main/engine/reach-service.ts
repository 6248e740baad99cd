// Asks now and then whether each idle connection's peer can be reached, so that its lamp tells the truth before something is sent. Wiring and timing only.

import type { ChannelConfig, ConnectionReach } from '../../shared/schema/connection.ts';
import type { AppContext } from '../app/context.ts';
import { reachPeer } from '../platform/reach-peer.ts';
import type { PeerAddress } from '../platform/reach-peer.ts';

/** What is known, and the asking of a workspace. */
export interface ReachService {
  /** The last answer of each connection that was asked. */
  known(): readonly ConnectionReach[];
  /** Something changed: what is old is asked again soon. */
  wake(): void;
  close(): Promise<void>;
}

/** Seldom enough that no peer takes it for an attack. */
const restMs = 120_000;
/** While a peer cannot be reached, and between rounds whatever happens. */
const retryMs = 15_000;

const standardPorts = { https: 443, http: 80 } as const;

type ReachContext = Pick<AppContext, 'store' | 'clock' | 'log' | 'publish'>;

/** Starts asking. A connection that delivers, is paused or waits for its peer is known by that and is not asked. */
export function createReachService(context: ReachContext, pace = { restMs, retryMs }): ReachService {
  const closing = new AbortController();
  let bell = new AbortController();
  let known: ReadonlyMap<string, ConnectionReach> = new Map();

  async function askAll(): Promise<void> {
    const nowMs = context.clock.nowMs();
    const lanes = context.store.reads.lanes(null, nowMs);
    const answers = await Promise.all(
      context.store.config.connections().map(async ({ id, config }): Promise<ConnectionReach | null> => {
        const lane = lanes.find(({ connectionId }) => connectionId === id);
        if ((lane?.blockedBy ?? null) !== null) return null;
        const answeredAtMs = lane?.lastAnswerAtMs ?? null;
        if (answeredAtMs !== null && nowMs - answeredAtMs < pace.restMs)
          return { connectionId: id, isReached: true, atMs: answeredAtMs };
        const isReached = await reachPeer(peerOf(config), closing.signal);
        return { connectionId: id, isReached, atMs: context.clock.nowMs() };
      }),
    );
    if (closing.signal.aborted) return;
    const next = new Map(
      answers.flatMap((answer) => (answer === null ? [] : [[answer.connectionId, answer] as const])),
    );
    const isNews =
      next.size !== known.size || [...next].some(([id, { isReached }]) => known.get(id)?.isReached !== isReached);
    known = next;
    if (isNews) context.publish({ topic: 'connections' });
  }

  async function serve(): Promise<void> {
    while (!closing.signal.aborted) {
      await askAll();
      await context.clock.sleep(pace.retryMs, closing.signal);
      const isAllReached = [...known.values()].every(({ isReached }) => isReached);
      if (isAllReached && !bell.signal.aborted)
        await context.clock.sleep(pace.restMs - pace.retryMs, AbortSignal.any([bell.signal, closing.signal]));
      if (bell.signal.aborted) bell = new AbortController();
    }
  }

  const served = serve().catch((error: unknown) => {
    context.log.error('asking whether peers can be reached ended', { error: String(error) });
  });
  return {
    known: () => [...known.values()],
    wake: () => {
      bell.abort();
    },
    close: async () => {
      closing.abort();
      await served;
    },
  };
}

function peerOf(config: ChannelConfig): PeerAddress {
  if (!('url' in config)) return config;
  const { hostname, port, protocol } = new URL(config.url);
  return { host: hostname, port: port === '' ? standardPorts[protocol === 'https:' ? 'https' : 'http'] : Number(port) };
}
