// A TCP proxy on this computer in front of a practice provider, that spoils connections when told to. Knows no protocol.

import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Chance } from './random.ts';

const host = '127.0.0.1';

/**
 * What happens to a connection. `cut`: closed, as by a peer that goes. `reset`: RST. `hang`: not one byte more, in either direction.
 * `corrupt`: the next bytes of the answer are changed. `delay`: every piece of an answer comes late.
 */
export const networkFaults = ['cut', 'reset', 'hang', 'corrupt', 'delay'] as const;
/** One of {@link networkFaults}. */
export type NetworkFault = (typeof networkFaults)[number];

/** A fault that waits for a connection's bytes. */
export interface PlannedFault {
  readonly fault: NetworkFault;
  /** Counted over both directions. */
  readonly afterBytes: number;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  fault: NetworkFault | null;
  passedBytes: number;
  plan: PlannedFault | null;
  isCorrupted: boolean;
}

/** One proxy; its port stays while what is behind it changes. */
export class FaultProxy {
  readonly #pairs = new Set<Pair>();
  readonly #chance: Chance;
  #server: Server | null = null;
  #target = 0;
  /** Asked for every new connection. */
  plan: () => PlannedFault | null = () => null;
  /** Faults that have come about, by kind. */
  readonly struck = new Map<NetworkFault, number>();
  /** From a client's bytes only what is encrypted may be changed: without a checksum the receiver could not see it. */
  readonly #isBothWays: boolean;

  constructor(chance: Chance, options: { readonly corrupts: 'answers' | 'bothWays' }) {
    this.#chance = chance;
    this.#isBothWays = options.corrupts === 'bothWays';
  }

  /** Listens on a free port; resolves to it. */
  async open(): Promise<number> {
    const server = createServer({ allowHalfOpen: true }, (client) => {
      this.#adopt(client);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, host, resolve);
    });
    this.#server = server;
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  /** New connections go there. */
  aim(port: number): void {
    this.#target = port;
  }

  /** Spoils what is open now; returns how many connections that were. */
  strike(fault: NetworkFault): number {
    const pairs = [...this.#pairs].filter((pair) => pair.fault === null);
    for (const pair of pairs) this.#spoil(pair, fault);
    return pairs.length;
  }

  /** Drops everything that is open. */
  dropAll(): void {
    for (const pair of this.#pairs) {
      pair.client.destroy();
      pair.server.destroy();
    }
  }

  /** Ends the proxy. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.dropAll();
    if (server === null) return;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  }

  #adopt(client: Socket): void {
    const server = connect({ host, port: this.#target, allowHalfOpen: true });
    const pair: Pair = {
      client,
      server,
      fault: null,
      passedBytes: 0,
      plan: this.plan(),
      isCorrupted: false,
    };
    this.#pairs.add(pair);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('data', (bytes: Buffer) => {
        this.#carry(pair, bytes, socket === server ? 'answer' : 'request');
      });
      socket.on('end', () => {
        if (pair.fault !== 'hang') other.end();
      });
      socket.once('close', () => {
        // A connection that hangs is let go when the client gives up.
        if (socket === client || pair.fault !== 'hang') other.destroy();
        if (socket === client) this.#pairs.delete(pair);
      });
    }
  }

  #carry(pair: Pair, bytes: Buffer, way: 'answer' | 'request'): void {
    pair.passedBytes += bytes.length;
    if (pair.plan !== null && pair.fault === null && pair.passedBytes >= pair.plan.afterBytes)
      this.#spoil(pair, pair.plan.fault);
    const to = way === 'answer' ? pair.client : pair.server;
    switch (pair.fault) {
      case 'cut':
      case 'reset':
      case 'hang':
        return;
      case 'corrupt':
        to.write(this.#changed(pair, bytes, way));
        return;
      case 'delay':
        if (way === 'answer') setTimeout(() => to.write(bytes), 20);
        else to.write(bytes);
        return;
      case null:
        to.write(bytes);
    }
  }

  /** The highest bit of one byte: no letter or digit, so that no other answer comes about. */
  #changed(pair: Pair, bytes: Buffer, way: 'answer' | 'request'): Buffer {
    if (pair.isCorrupted || (way === 'request' && !this.#isBothWays)) return bytes;
    pair.isCorrupted = true;
    const changed = Buffer.from(bytes);
    // The reply code stands first: what is changed behind it would change nothing.
    const at = this.#isBothWays ? this.#chance.below(changed.length) : 0;
    changed[at] = (changed[at] ?? 0) ^ 0x80;
    return changed;
  }

  #spoil(pair: Pair, fault: NetworkFault): void {
    pair.fault = fault;
    this.struck.set(fault, (this.struck.get(fault) ?? 0) + 1);
    if (fault === 'cut') {
      pair.client.end();
      pair.client.destroySoon();
      pair.server.destroy();
    }
    if (fault === 'reset') {
      pair.client.resetAndDestroy();
      pair.server.destroy();
    }
  }
}
