// A listening socket on this computer whose plug can be pulled: connections dropped, and later open again on the same port.

import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** The only address practice providers listen on. */
export const practiceHost = '127.0.0.1';

/** One listening port with its connections. */
export class Listener {
  readonly #onSocket: (socket: Socket) => void;
  readonly #sockets = new Map<number, Socket>();
  #server: Server | null = null;
  #port: number;

  constructor(port: number, onSocket: (socket: Socket) => void) {
    this.#port = port;
    this.#onSocket = onSocket;
  }

  /** The port; known after the first `open`. */
  get port(): number {
    return this.#port;
  }

  /** True while it listens. */
  get isOpen(): boolean {
    return this.#server !== null;
  }

  /** Listens; the first time on any free port when the port given was 0. Repeating is harmless. */
  async open(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer((socket) => {
      this.#adopt(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, practiceHost, () => {
        server.off('error', reject);
        resolve();
      });
    });
    const address = server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
    this.#server = server;
  }

  /** Pulls the plug: no new connections, and those there are drop without a goodbye. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of this.#sockets.values()) drop(socket);
    if (server === null) return;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  }

  /** Drops the connection that comes from this port of the client. */
  cut(remotePort: number): void {
    const socket = this.#sockets.get(remotePort);
    if (socket !== undefined) drop(socket);
  }

  #adopt(socket: Socket): void {
    const { remotePort } = socket;
    socket.setNoDelay(true);
    // A client that vanishes is the client's business; its conversation ends with 'close'.
    socket.on('error', () => socket.destroy());
    if (remotePort !== undefined) {
      this.#sockets.set(remotePort, socket);
      socket.once('close', () => this.#sockets.delete(remotePort));
    }
    this.#onSocket(socket);
  }
}

/**
 * Drops a connection without a goodbye. One that is already saying goodbye is closed instead: the operating system refuses to reset it,
 * Node takes the refusal for done, and a thread with such a socket never ends.
 */
export function drop(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
