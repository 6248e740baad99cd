// Whether something takes connections at an address, asked by connecting and hanging up: no byte is sent, nobody logs in.

import { connect } from 'node:net';

const patienceMs = 5_000;

/** True when a connection was taken within five seconds. `address` is host and port, an IPv6 host in brackets or not. Never rejects. */
export function reachPeer(address: PeerAddress, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: address.host.replace(/^\[|\]$/gu, ''), port: address.port });
  const end = (isReached: boolean): void => {
    socket.destroy();
    resolve(isReached);
  };
  const stop = (): void => {
    end(false);
  };
  signal.addEventListener('abort', stop, { once: true });
  socket.setTimeout(patienceMs, stop);
  socket.on('error', stop);
  socket.once('connect', () => {
    end(true);
  });
  if (signal.aborted) stop();
  return promise.finally(() => {
    signal.removeEventListener('abort', stop);
  });
}

/** Where a peer listens. */
export interface PeerAddress {
  readonly host: string;
  readonly port: number;
}
