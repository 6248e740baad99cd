// Whether idle connections' peers can be reached: a real listener that goes and comes, and a store with connections.

import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createReachService } from '../../../src/main/engine/reach-service.ts';
import type { ReachService } from '../../../src/main/engine/reach-service.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import type { Store } from '../../../src/main/ports/store.ts';
import type { EngineEvent } from '../../../src/shared/contract/frames.ts';
import { act, connection, openOrFail, silentLog, temporaryFolder } from '../../support/store-workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;
let service: ReachService | null = null;
let events: EngineEvent[] = [];
let peer: Server | null = null;

beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openOrFail(join(folder.path, 'utskick.db'));
  events = [];
});

afterEach(async () => {
  await service?.close();
  service = null;
  peer?.close();
  store.close();
  await folder.dispose();
});

async function listenAt(port: number): Promise<number> {
  peer = createServer((socket) => socket.on('error', () => undefined).end('220 hello\r\n'));
  peer.listen(port, '127.0.0.1');
  await once(peer, 'listening');
  return (peer.address() as AddressInfo).port;
}

function save(id: string, port: number): void {
  const made = connection(id, 'sftp');
  store.config.saveConnection({ ...made, config: { ...made.config, port } as typeof made.config }, act());
}

function start(): ReachService {
  service = createReachService(
    { store, clock: createSystemClock(), log: silentLog, publish: (event) => void events.push(event) },
    { restMs: 60, retryMs: 20 },
  );
  return service;
}

const patience = { timeout: 15_000, interval: 10 };

test('a peer that goes is seen to be gone and seen again when it is back, and each change is told once', async () => {
  const port = await listenAt(0);
  save('vendor', port);
  const reach = start();
  await vi.waitFor(() => expect(reach.known()).toMatchObject([{ connectionId: 'vendor', isReached: true }]), patience);
  peer?.close();
  await vi.waitFor(() => expect(reach.known()).toMatchObject([{ isReached: false }]), patience);
  await listenAt(port);
  await vi.waitFor(() => expect(reach.known()).toMatchObject([{ isReached: true }]), patience);
  expect(events).toEqual([{ topic: 'connections' }, { topic: 'connections' }, { topic: 'connections' }]);
});

test('a connection that is paused is not asked', async () => {
  const port = await listenAt(0);
  const asked: number[] = [];
  peer?.on('connection', () => asked.push(1));
  save('paused', port);
  save('open', await freePort());
  store.deliveries.setLaneBlock('paused', { blockedBy: 'paused', detail: '' }, Date.now());
  const reach = start();
  await vi.waitFor(() => expect(reach.known()).toMatchObject([{ connectionId: 'open', isReached: false }]), patience);
  expect(asked).toEqual([]);
});

/** A port where nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
