// A short round of the torture bench, and engines that are broken on purpose, which it must catch. `npm run torture` makes long ones.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdfChannels as channels } from '../../src/shared/schema/delivery.ts';
import { buildWriteNotes, cutWhileDelivering } from '../../torture/cut-power.ts';
import { EnginePool } from '../../torture/engine-process.ts';
import { fillDisk } from '../../torture/fill-disk.ts';
import { killDeliveries } from '../../torture/kill-deliveries.ts';
import { killImports, killReleases } from '../../torture/kill-imports.ts';
import { loseReplies, spoilAnywhere } from '../../torture/lose-replies.ts';
import { deliveredServices, loseServiceReplies } from '../../torture/lose-service-replies.ts';
import { createChance } from '../../torture/random.ts';
import type { Tally } from '../../torture/tally.ts';
import { openBench } from '../../torture/world.ts';
import type { Bench } from '../../torture/world.ts';

const seed = 1;

let dir: string;
let bench: Bench & { close(): Promise<void> };
/** Null where nothing can note what is written and synced (no C compiler, not Linux). */
let writeNotes: string | null;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'utskick-crash-'));
  const pool = new EnginePool({ cacheDir: join(dir, 'code') });
  bench = await openBench({ dir, chance: createChance(seed), pool, print: () => undefined });
  writeNotes = buildWriteNotes(dir);
});

afterAll(async () => {
  await bench.pool.close();
  await bench.close();
  await rm(dir, { recursive: true, force: true });
});

function expectNothingFound(tally: Tally): void {
  expect(tally.findings).toEqual([]);
}

test('an import that is killed has happened whole or not at all', async () => {
  const tally = await killImports(bench, 4);
  expectNothingFound(tally);
  expect(tally.invoices).toBeGreaterThan(0);
});

test('a release that is killed has released everything or nothing, with its documents', async () => {
  expectNothingFound(await killReleases(bench, 1));
});

describe.each(channels)('by %s', (channel) => {
  test('an engine that is killed again and again sends each invoice once, or says that it does not know', async () => {
    const tally = await killDeliveries(bench, { channel, kills: 8, name: `${channel}, killed` });
    expectNothingFound(tally);
    expect(tally.trials).toBeGreaterThanOrEqual(8);
  });

  // Each channel's worst: a changed byte where nothing guards the bytes, a broken connection where every change is seen.
  test('a reply that is lost leaves a doubt, and no second sending', async () => {
    const tally = await loseReplies(bench, { channel, fault: channel === 'email' ? 'corrupt' : 'reset', replies: 2 });
    expectNothingFound(tally);
    expect(tally.undecided).toBeGreaterThanOrEqual(tally.lostReplies);
  });
});

describe.each(deliveredServices)('by the service %s', (channel) => {
  test('an answer that is lost leaves a doubt at each step, and nothing is done twice', async () => {
    const tallies = await loseServiceReplies(bench, { channel, replies: 2, ways: 1 });
    for (const tally of tallies) {
      expectNothingFound(tally);
      expect(tally.undecided).toBeGreaterThanOrEqual(tally.lostReplies);
    }
  });
});

test('connections that are spoilt at any byte lose and double nothing', async () => {
  expectNothingFound(await spoilAnywhere(bench, { channel: 'sftp', faults: 3 }));
});

test('a clock that jumps while the engine is killed loses and doubles nothing', async () => {
  const name = 'killed while the clock jumps';
  expectNothingFound(await killDeliveries(bench, { channel: 'email', kills: 3, name, isClockJumping: true }));
});

test('a disk that is full sends nothing that is not kept, and all goes on when there is space', async () => {
  expectNothingFound(await fillDisk(bench, { channel: 'email', trials: 1 }));
});

test('a loss of power loses nothing that was synced, and so nothing at all', async ({ skip }) => {
  if (writeNotes === null) return skip('it needs Linux and a C compiler');
  const options = { channel: 'email', cuts: 4, library: writeNotes, isWeakened: false } as const;
  expectNothingFound(await cutWhileDelivering(bench, options));
});

describe('the bench catches an engine', () => {
  test('that does not sync its commits (synchronous=NORMAL) when the power is cut', async ({ skip }) => {
    if (writeNotes === null) return skip('it needs Linux and a C compiler');
    const options = { channel: 'email', cuts: 40, library: writeNotes, isWeakened: true } as const;
    expect((await cutWhileDelivering(bench, options)).findings).not.toEqual([]);
  });

  test('that sends before "sending" is committed, when it is killed', async () => {
    const tally = await killDeliveries(bench, { channel: 'email', kills: 60, name: 'no mark', weakness: 'noMark' });
    expect(tally.findings).not.toEqual([]);
  });
});
