// How many deliveries a second the engine itself can carry (claim, mark, record, all durable), to a peer that answers at once.

import { createRunner } from '../src/main/delivery/runner.ts';
import { createSystemClock } from '../src/main/platform/system-clock.ts';
import { ok } from '../src/shared/result.ts';
import { createPeer } from '../test/support/delivery-peer.ts';
import {
  act,
  connection,
  importBatch,
  openOrFail,
  releaseAll,
  rows,
  silentLog,
  temporaryFolder,
} from '../test/support/store-workspace.ts';

const deliveries = 10_000;
const document = new Uint8Array(10_240);

async function main(): Promise<void> {
  for (const parallel of [1, 5, 16, 64]) await measure(parallel);
}

async function measure(parallel: number): Promise<void> {
  const folder = await temporaryFolder();
  const store = await openOrFail(`${folder.path}/utskick.db`);
  const mail = connection('mail', 'email');
  store.config.saveConnection(mail, act());
  importBatch(store, 'bench-0001', { rows: rows(deliveries) });
  releaseAll(store, 'bench-0001', mail);
  const peer = createPeer('email', parallel);
  const runner = createRunner({
    store,
    adapters: { email: peer.adapter, sftp: peer.adapter },
    secrets: {
      isKeychainAvailable: () => Promise.resolve(true),
      read: () => Promise.resolve(ok(null)),
      write: () => Promise.resolve(ok(null)),
      remove: () => Promise.resolve(ok(null)),
    },
    documents: { read: () => Promise.resolve(ok(document)) },
    compose: () => Promise.resolve({ subject: 's', text: 't', html: 'h' }),
    clock: createSystemClock(),
    log: silentLog,
    random: Math.random,
    ownerPid: process.pid,
    isProcessAlive: () => true,
    onChange: () => undefined,
  });
  const startMs = performance.now();
  const ran = await runner.runUntilIdle();
  const seconds = (performance.now() - startMs) / 1000;
  if (!ran.ok || peer.effects.length !== deliveries) throw new Error('not everything was delivered');
  console.log(`${String(parallel).padStart(2)} at once: ${(deliveries / seconds).toFixed(0)} deliveries/s`);
  await runner.stop();
  store.close();
  await folder.dispose();
}

await main();
