// The torture bench's command: `npm run torture -- --kills N --seed S`. Arguments in, a table out; fails when anything was lost or sent twice.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pdfChannels as channels } from '../src/shared/schema/delivery.ts';
import type { PdfChannel as Channel } from '../src/shared/schema/delivery.ts';
import { cutPower } from './cut-power.ts';
import { EnginePool } from './engine-process.ts';
import { fillDisk } from './fill-disk.ts';
import { killDeliveries } from './kill-deliveries.ts';
import { killImports, killReleases } from './kill-imports.ts';
import { loseReplies, losingFaults, spoilAnywhere } from './lose-replies.ts';
import { deliveredServices, loseServiceReplies } from './lose-service-replies.ts';
import type { Service } from './lose-service-replies.ts';
import { buildRefusal, refuseWrites } from './refuse-writes.ts';
import { createChance } from './random.ts';
import { tell } from './tally.ts';
import type { Tally } from './tally.ts';
import { openBench } from './world.ts';
import type { Bench } from './world.ts';

const kinds = ['import', 'delivery', 'network', 'service', 'disk', 'clock', 'power'] as const;
type Kind = (typeof kinds)[number];
const usage = `Usage: npm run torture -- [--kills N] [--replies N] [--seed S] [--channel ${[...channels, ...deliveredServices].join('|')}] [--what ${kinds.join('|')}]`;
const usageExit = 2;

interface TortureArguments {
  /** Kills of imports and, for each channel, of deliveries; the slower kinds make a share of that. */
  readonly kills: number;
  /** Replies that are lost for each fault and channel. */
  readonly replies: number;
  readonly seed: number;
  readonly channels: readonly Channel[];
  /** No channel was named: what is tried by channel is tried on imports too. */
  readonly hasImports: boolean;
  /** Peers that take data of their own; they have the kind `service`, and only that. */
  readonly services: readonly Service[];
  readonly kinds: readonly Kind[];
}

async function main(given: TortureArguments): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'utskick-torture-'));
  const pool = new EnginePool({ cacheDir: join(dir, 'code') });
  const bench = await openBench({
    dir,
    chance: createChance(given.seed),
    pool,
    print: (line) => console.log(line),
  });
  try {
    const tallies: Tally[] = [];
    for (const kind of given.kinds) {
      console.log(`${new Date().toISOString()} ${kind}`);
      for (const work of tormentsOf(bench, kind, given)) {
        // Told at once: a long run that is stopped has not been in vain.
        const made = await work();
        tell(made, (line) => console.log(line));
        tallies.push(...made);
      }
    }
    console.log(`\nseed ${String(given.seed)}\n`);
    tell(tallies, (line) => console.log(line));
    return tallies.some(({ findings }) => findings.length > 0) ? 1 : 0;
  } finally {
    await pool.close();
    await bench.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** One after the other: they share the machine. */
function tormentsOf(
  bench: Bench,
  kind: Kind,
  { kills, replies, ...given }: TortureArguments,
): (() => Promise<Tally[]>)[] {
  const forEach = (work: (channel: Channel) => Promise<Tally>) =>
    given.channels.map((channel) => async () => [await work(channel)]);
  switch (kind) {
    case 'import':
      return [
        async () => [await killImports(bench, kills)],
        async () => [await killReleases(bench, shareOf(kills, 20))],
      ];
    case 'delivery':
      return forEach((channel) => killDeliveries(bench, { channel, kills, name: `${channel}, killed` }));
    case 'clock':
      return forEach((channel) => {
        const name = `${channel}, killed while the clock jumps`;
        return killDeliveries(bench, { channel, kills: shareOf(kills, 10), name, isClockJumping: true });
      });
    case 'network':
      return [
        ...losingFaults.flatMap((fault) => forEach((channel) => loseReplies(bench, { channel, fault, replies }))),
        ...forEach((channel) => spoilAnywhere(bench, { channel, faults: replies })),
      ];
    case 'service':
      return given.services.map((channel) => () => loseServiceReplies(bench, { channel, replies }));
    case 'disk':
      return [
        ...forEach((channel) => fillDisk(bench, { channel, trials: shareOf(kills, 50) })),
        ...given.channels.map((channel) => () => refuse(bench, channel, shareOf(kills, 5))),
      ];
    case 'power':
      return [...(given.hasImports ? (['import'] as const) : []), ...given.channels].map(
        (work) => () => cutPower(bench, { work, cuts: shareOf(kills, 10) }),
      );
  }
}

async function refuse(bench: Bench, channel: Channel, refusals: number): Promise<Tally[]> {
  const library = buildRefusal(bench.dir);
  if (library !== null) return [await refuseWrites(bench, { channel, refusals, library })];
  bench.print('read-only disk: not run: it needs Linux and a C compiler (cc)');
  return [];
}

function shareOf(count: number, part: number): number {
  return Math.max(1, Math.ceil(count / part));
}

function readArguments(): TortureArguments | null {
  try {
    const { values } = parseArgs({
      options: {
        kills: { type: 'string', default: '100' },
        replies: { type: 'string', default: '20' },
        seed: { type: 'string', default: '1' },
        channel: { type: 'string' },
        what: { type: 'string' },
      },
    });
    const numbers = [values.kills, values.replies, values.seed].map(Number);
    const [kills = 0, replies = 0, seed = 0] = numbers;
    const channel = channels.find((name) => name === values.channel);
    const service = deliveredServices.find((name) => name === values.channel);
    const kind = kinds.find((name) => name === values.what);
    if (numbers.some((number) => !Number.isSafeInteger(number) || number < 1)) return null;
    const isNamed = values.channel !== undefined;
    if (
      (channel === undefined && service === undefined && isNamed) ||
      (kind === undefined && values.what !== undefined)
    )
      return null;
    return {
      kills,
      replies,
      seed,
      hasImports: !isNamed,
      channels: isNamed ? channels.filter((name) => name === channel) : channels,
      services: isNamed ? deliveredServices.filter((name) => name === service) : deliveredServices,
      kinds: kind === undefined ? kinds : [kind],
    };
  } catch (error) {
    // The first line names the argument; what follows is about escaping.
    console.error((error instanceof Error ? error.message : String(error)).split('\n')[0]);
    return null;
  }
}

const given = readArguments();
if (given === null) {
  console.error(usage);
  process.exitCode = usageExit;
} else process.exitCode = await main(given);
