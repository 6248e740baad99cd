// The practice providers' listening socket: a pulled plug closes every connection, whatever it was doing.

import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { Listener } from '../../../src/main/practice/listener.ts';

it.each([
  ['a connection under way', (): void => undefined],
  ['a connection that is saying goodbye', (socket: Socket): void => void socket.end()],
])('a pulled plug closes %s', async (_what, before) => {
  const { promise: served, resolve } = Promise.withResolvers<Socket>();
  const listener = new Listener(0, resolve);
  await listener.open();
  const client = connect(listener.port, '127.0.0.1');
  client.on('error', () => undefined);
  const socket = await served;
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(5_000) });
  before(socket);
  await listener.close();
  await closed;
  expect(socket.destroyed).toBe(true);
  client.destroy();
});
