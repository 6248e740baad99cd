// Makes the disk read-only under the engine at any of its writes while it delivers, and looks whether anything was sent without being kept.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PdfChannel as Channel } from '../src/shared/schema/delivery.ts';
import { EnginePool } from './engine-process.ts';
import type { EngineEnd } from './engine-process.ts';
import type { Weakness } from './orders.ts';
import { checkNow, settleWorld } from './settling.ts';
import { Tally } from './tally.ts';
import { makeTemplate, openWorld, plainOrder } from './world.ts';
import type { Bench } from './world.ts';

const source = fileURLToPath(new URL('./disk/refused-writes.c', import.meta.url));
const invoices = 40;
/** A world is given up to the end after so many refusals without anything being delivered. */
const mostRefusals = 12;
/** The first refused write falls among so many at first; fewer when the engine was through before it. */
const firstReach = 400;
/** What an engine may say of a disk that takes nothing. */
const honest: readonly (string | null)[] = ['STORE_READONLY', 'STORAGE_FULL', 'NOT_FINISHED'];

/** Builds the library that refuses; null where there is no C compiler, or the system is not Linux. */
export function buildRefusal(dir: string): string | null {
  if (process.platform !== 'linux') return null;
  const library = join(dir, 'refused-writes.so');
  const built = spawnSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl', '-lpthread'], {
    stdio: 'ignore',
  });
  return built.status === 0 ? library : null;
}

/** How writes are refused. */
export interface RefusalOptions {
  readonly channel: Channel;
  readonly refusals: number;
  readonly library: string;
  /** A weakened engine: then only until the first finding. */
  readonly weakness?: Weakness;
}

/** Refuses at least so many times, each time from another write on. Then the disk can be written again, and everything must go out. */
export async function refuseWrites(
  bench: Bench,
  { channel, refusals, library, weakness }: RefusalOptions,
): Promise<Tally> {
  const dir = join(bench.dir, 'read-only');
  const dataDir = join(dir, 'data');
  const plan = join(dir, 'plan');
  mkdirSync(dir, { recursive: true });
  const pool = new EnginePool({
    cacheDir: join(bench.dir, 'code'),
    env: { LD_PRELOAD: library, REFUSED_WRITES_ROOT: dataDir, REFUSED_WRITES_PLAN: plan },
  });
  const tally = new Tally(`disk read-only, ${channel}`);
  const chance = bench.chance.branch(tally.name);
  const template = await makeTemplate(bench, channel, { invoices, isReleased: true });
  let reach = firstReach;
  const weak = { weakness: weakness ?? null };
  const isCaught = (): boolean => weakness !== undefined && tally.findings.length > 0;
  try {
    for (let worlds = 1; refusalsOf(tally) < refusals && !isCaught(); worlds += 1) {
      const world = await openWorld(bench, template, { name: `${tally.name} world ${String(worlds)}`, dataDir });
      try {
        for (let round = 0, left = invoices; left > 0 && round < mostRefusals && !isCaught(); round += 1) {
          writeFileSync(plan, String(1 + chance.below(reach)));
          const end = await pool.run({ ...plainOrder(bench, dataDir, [{ do: 'deliver' }]), ...weak });
          rmSync(plan);
          if (!noteEnd(tally, end, world.name)) reach = Math.max(20, Math.floor(reach * 0.8));
          left = checkNow({ world, tally }, `${world.name}, after refusal ${String(refusalsOf(tally))}`);
        }
        if (!isCaught()) await settleWorld({ bench, template, world, tally, ...weak });
      } finally {
        await world.close();
        rmSync(dataDir, { recursive: true, force: true });
      }
    }
    return tally.end();
  } finally {
    await pool.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function refusalsOf(tally: Tally): number {
  return tally.faults.get('read-only') ?? 0;
}

/** Counts a refusal; everything but its code is a fault of the engine. False: the engine was through before. */
function noteEnd(tally: Tally, end: EngineEnd, where: string): boolean {
  tally.trials += 1;
  if (end.by === 'itself' && end.failure === null) return false;
  if (end.by === 'itself' && honest.includes(end.failure)) tally.fault('read-only');
  else
    tally.found([{ kind: 'wrong', what: `the engine ended with ${end.failure ?? end.by}: ${end.complaint}` }], where);
  return true;
}
