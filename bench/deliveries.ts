// How many deliveries a second the engine itself can carry (claim, mark, record, all durable), to a peer that answers at once; beside it
// a plain loop of write and sync on the same disk, the least that two durable commits a delivery cost when nothing else is done.

import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { createRunner } from '../src/main/delivery/runner.ts';
import { createSystemClock } from '../src/main/platform/system-clock.ts';
import { ok } from '../src/shared/result.ts';
import { createPeer, everyChannel } from '../test/support/delivery-peer.ts';
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
/** A commit of the engine writes about three pages to the log. */
const commitBytes = 3 * 4_096;
const commitsPerDelivery = 2;
const syncs = 4_000;

async function main(): Promise<void> {
  await measureSyncs();
  for (const parallel of [1, 5, 16, 64]) await measure(parallel);
}

/** Appends and syncs one after the other, as a log does; no database. */
async function measureSyncs(): Promise<void> {
  const folder = await temporaryFolder();
  const file = openSync(`${folder.path}/log`, 'w');
  const bytes = new Uint8Array(commitBytes);
  const startMs = performance.now();
  for (let at = 0; at < syncs; at += 1) {
    writeSync(file, bytes);
    fdatasyncSync(file);
  }
  const perSecond = syncs / ((performance.now() - startMs) / 1000);
  closeSync(file);
  await folder.dispose();
  console.log(
    `plain loop of write and sync: ${perSecond.toFixed(0)}/s, so ${(perSecond / commitsPerDelivery).toFixed(0)} deliveries/s if each costs ${String(commitsPerDelivery)} of its own`,
  );
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
    adapters: everyChannel(peer.adapter),
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
