// Loses the peer's replies: documents that were taken, and the acceptance never comes back. By every fault of the network, and at any byte.

import { statSync } from 'node:fs';
import type { PdfChannel as Channel } from '../src/shared/schema/delivery.ts';
import { networkFaults } from './fault-proxy.ts';
import type { FaultProxy, NetworkFault } from './fault-proxy.ts';
import type { Chance } from './random.ts';
import { checkNow, settleWorld } from './settling.ts';
import { Tally } from './tally.ts';
import { makeTemplate, openWorld, plainOrder } from './world.ts';
import type { Bench, World } from './world.ts';

const invoices = 120;
/** The peer holds its answer back for so long after it took a document: the fault falls in between. */
const heldBackMs = 25;
const lookEveryMs = 2;
/** With a fault at any byte: so many connections in a hundred are spoilt. */
const spoiltPercent = 70;
/** Bytes of one document on the wire, and of a connection that carries several. */
const farthestByte = 300_000;

/** Faults that lose a reply; a delay loses none. */
export const losingFaults = networkFaults.filter((fault) => fault !== 'delay');

/** Loses replies by one fault until so many documents were taken without the engine's knowledge. */
export async function loseReplies(
  bench: Bench,
  { channel, fault, replies }: { readonly channel: Channel; readonly fault: NetworkFault; readonly replies: number },
): Promise<Tally> {
  const tally = new Tally(`${channel}, replies lost by ${fault}`);
  const chance = bench.chance.branch(tally.name);
  const template = await makeTemplate(bench, channel, { invoices, isReleased: true });
  for (let worlds = 1; tally.lostReplies < replies; worlds += 1) {
    const world = await openWorld(bench, template, { name: `${tally.name} world ${String(worlds)}` });
    try {
      await holdAnswersBack(world, channel);
      const striker = strikeAfterEffects(bench.proxies[channel], { fault, world, chance });
      await deliverThrough(bench, { world, tally, striker });
      await world.providers.misbehave({ provider: providerOf(channel), mode: 'none' });
      await settleWorld({ bench, template, world, tally });
    } finally {
      await world.close();
    }
    if (worlds > 5 + replies) throw new Error(`${tally.name}: hardly any reply is lost`);
  }
  return tally.end();
}

/** Spoils connections at any byte, by all faults in turn, until so many have come about. */
export async function spoilAnywhere(
  bench: Bench,
  { channel, faults }: { readonly channel: Channel; readonly faults: number },
): Promise<Tally> {
  const tally = new Tally(`${channel}, spoilt at any byte`);
  const chance = bench.chance.branch(tally.name);
  const template = await makeTemplate(bench, channel, { invoices, isReleased: true });
  const proxy = bench.proxies[channel];
  let next = 0;
  for (let worlds = 1; tally.count('connections spoilt') < faults; worlds += 1) {
    const world = await openWorld(bench, template, { name: `${tally.name} world ${String(worlds)}` });
    const before = struckBy(proxy);
    proxy.plan = () => {
      if (chance.below(100) >= spoiltPercent) return null;
      const fault = networkFaults[next++ % networkFaults.length] ?? 'cut';
      return { fault, afterBytes: chance.below(farthestByte) };
    };
    try {
      await deliverThrough(bench, { world, tally, striker: null });
      proxy.plan = () => null;
      tally.fault('connections spoilt', struckBy(proxy) - before);
      await settleWorld({ bench, template, world, tally });
    } finally {
      proxy.plan = () => null;
      await world.close();
    }
    if (worlds > 5 + faults) throw new Error(`${tally.name}: hardly any connection is spoilt`);
  }
  return tally.end();
}

function struckBy(proxy: FaultProxy): number {
  return [...proxy.struck.values()].reduce((sum, count) => sum + count, 0);
}

function providerOf(channel: Channel): 'smtp' | 'sftp' {
  return channel === 'email' ? 'smtp' : 'sftp';
}

async function holdAnswersBack(world: World, channel: Channel): Promise<void> {
  await world.providers.misbehave({
    provider: providerOf(channel),
    mode: 'answer-after',
    phase: channel === 'email' ? 'after-dot-before-reply' : 'after-rename-before-reply',
    delayMs: heldBackMs,
  });
}

/** Watches the peer's ledger, and strikes when a few more documents were taken. */
interface Striker {
  stop(): number;
}

function strikeAfterEffects(
  proxy: FaultProxy,
  { fault, world, chance }: { readonly fault: NetworkFault; readonly world: World; readonly chance: Chance },
): Striker {
  let seenBytes = statSync(world.ledgerPath).size;
  let strikes = 0;
  let restsLeft = 0;
  const timer = setInterval(() => {
    const { size } = statSync(world.ledgerPath);
    if (size === seenBytes) return;
    seenBytes = size;
    restsLeft -= 1;
    if (restsLeft >= 0) return;
    if (proxy.strike(fault) > 0) strikes += 1;
    // An acceptance now and then: a peer that answers nothing at all is a lane that stands still.
    restsLeft = chance.below(2);
  }, lookEveryMs);
  return {
    stop: () => {
      clearInterval(timer);
      return strikes;
    },
  };
}

async function deliverThrough(
  bench: Bench,
  { world, tally, striker }: { readonly world: World; readonly tally: Tally; readonly striker: Striker | null },
): Promise<void> {
  const end = await bench.pool.run(plainOrder(bench, world.dataDir, [{ do: 'deliver' }]));
  tally.trials += 1;
  if (striker !== null) tally.fault('times the network failed', striker.stop());
  if (end.by !== 'itself' || end.failure !== null)
    tally.found(
      [{ kind: 'wrong', what: `the engine ended with ${end.failure ?? end.by}: ${end.complaint}` }],
      world.name,
    );
  checkNow({ world, tally }, `${world.name}, after the network came back`);
}
