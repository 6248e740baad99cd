// Engines that are broken on purpose: the torture bench must catch them, or it would prove nothing.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { cutWhile, mostControlCuts } from '../../torture/cut-power.ts';
import { killDeliveries } from '../../torture/kill-deliveries.ts';
import { refuseWrites } from '../../torture/refuse-writes.ts';
import { openCrashBench } from './crash-bench.ts';
import type { CrashBench } from './crash-bench.ts';

let opened: CrashBench;

beforeAll(async () => {
  opened = await openCrashBench();
});

afterAll(() => opened.close());

test.for(['email', 'import'] as const)(
  'an engine that does not sync its commits (synchronous=NORMAL) is caught when the power is cut (%s)',
  async (work, { skip }) => {
    const { writeNotes } = opened;
    if (writeNotes === null) return skip('it needs Linux and a C compiler');
    const options = { work, cuts: mostControlCuts, library: writeNotes, isWeakened: true } as const;
    expect((await cutWhile(opened.bench, options)).findings).not.toEqual([]);
  },
);

test('an engine that sends before "sending" is committed is caught when it is killed', async () => {
  const tally = await killDeliveries(opened.bench, {
    channel: 'email',
    kills: 60,
    name: 'no mark',
    weakness: 'noMark',
  });
  expect(tally.findings).not.toEqual([]);
});

test('an engine that sends before "sending" is committed is caught when the disk takes nothing any more', async ({
  skip,
}) => {
  const { writeRefusal } = opened;
  if (writeRefusal === null) return skip('it needs Linux and a C compiler');
  const options = { channel: 'email', refusals: 5, library: writeRefusal, weakness: 'noMark' } as const;
  const { findings } = await refuseWrites(opened.bench, options);
  expect(findings.map(({ what }) => what).join('\n')).toMatch(
    /is at the peer and shown as (?:claimed|queued|waiting)/u,
  );
});
