// A short round of the torture bench. `npm run torture` makes long ones.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdfChannels as channels } from '../../src/shared/schema/delivery.ts';
import { cutWhile } from '../../torture/cut-power.ts';
import { fillDisk } from '../../torture/fill-disk.ts';
import { killDeliveries } from '../../torture/kill-deliveries.ts';
import { killImports, killReleases } from '../../torture/kill-imports.ts';
import { loseReplies, spoilAnywhere } from '../../torture/lose-replies.ts';
import { deliveredServices, loseServiceReplies } from '../../torture/lose-service-replies.ts';
import { refuseWrites } from '../../torture/refuse-writes.ts';
import type { Tally } from '../../torture/tally.ts';
import { openCrashBench } from './crash-bench.ts';
import type { CrashBench } from './crash-bench.ts';

let opened: CrashBench;

beforeAll(async () => {
  opened = await openCrashBench();
});

afterAll(() => opened.close());

function expectNothingFound(tally: Tally): void {
  expect(tally.findings).toEqual([]);
}

test('an import that is killed has happened whole or not at all', async () => {
  const tally = await killImports(opened.bench, 4);
  expectNothingFound(tally);
  expect(tally.invoices).toBeGreaterThan(0);
});

test('a release that is killed has released everything or nothing, with its documents', async () => {
  expectNothingFound(await killReleases(opened.bench, 1));
});

describe.each(channels)('by %s', (channel) => {
  test('an engine that is killed again and again sends each invoice once, or says that it does not know', async () => {
    const tally = await killDeliveries(opened.bench, { channel, kills: 8, name: `${channel}, killed` });
    expectNothingFound(tally);
    expect(tally.trials).toBeGreaterThanOrEqual(8);
  });

  // Each channel's worst: a changed byte where nothing guards the bytes, a broken connection where every change is seen.
  test('a reply that is lost leaves a doubt, and no second sending', async () => {
    const tally = await loseReplies(opened.bench, {
      channel,
      fault: channel === 'email' ? 'corrupt' : 'reset',
      replies: 2,
    });
    expectNothingFound(tally);
    expect(tally.undecided).toBeGreaterThanOrEqual(tally.lostReplies);
  });
});

describe.each(deliveredServices)('by the service %s', (channel) => {
  test('an answer that is lost leaves a doubt at each step, and nothing is done twice', async () => {
    const tallies = await loseServiceReplies(opened.bench, { channel, replies: 2, ways: 1 });
    for (const tally of tallies) {
      expectNothingFound(tally);
      expect(tally.undecided).toBeGreaterThanOrEqual(tally.lostReplies);
    }
  });
});

test('connections that are spoilt at any byte lose and double nothing', async () => {
  expectNothingFound(await spoilAnywhere(opened.bench, { channel: 'sftp', faults: 3 }));
});

test('a clock that jumps while the engine is killed loses and doubles nothing', async () => {
  const name = 'killed while the clock jumps';
  expectNothingFound(await killDeliveries(opened.bench, { channel: 'email', kills: 3, name, isClockJumping: true }));
});

test('a disk that is full sends nothing that is not kept, and all goes on when there is space', async () => {
  expectNothingFound(await fillDisk(opened.bench, { channel: 'email', trials: 1 }));
});

test('a disk that is read-only from any write on sends nothing that is not kept, and all goes on afterwards', async ({
  skip,
}) => {
  const { writeRefusal } = opened;
  if (writeRefusal === null) return skip('it needs Linux and a C compiler');
  const tally = await refuseWrites(opened.bench, { channel: 'sftp', refusals: 3, library: writeRefusal });
  expectNothingFound(tally);
});

test.for([
  ['email', 4],
  ['import', 2],
] as const)(
  'a loss of power loses nothing that was synced, and so nothing at all (%s)',
  async ([work, cuts], { skip }) => {
    const { writeNotes } = opened;
    if (writeNotes === null) return skip('it needs Linux and a C compiler');
    expectNothingFound(await cutWhile(opened.bench, { work, cuts, library: writeNotes, isWeakened: false }));
  },
);
