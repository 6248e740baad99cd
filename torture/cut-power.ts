// Cuts the power while the engine delivers: what was written and not synced is lost. With synchronous=NORMAL this must go wrong, and is tried too.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PdfChannel as Channel } from '../src/shared/schema/delivery.ts';
import { EnginePool } from './engine-process.ts';
import { killDeliveries } from './kill-deliveries.ts';
import { losePower } from './power/replay.ts';
import { Tally } from './tally.ts';
import type { Bench } from './world.ts';

const source = fileURLToPath(new URL('./power/lost-writes.c', import.meta.url));
/** The weakened engine is caught within so many cuts, or the bench does not see what it should. */
const mostControlCuts = 40;

/** Builds the library that notes writes and syncs; null where there is no C compiler, or the system is not Linux. */
export function buildWriteNotes(dir: string): string | null {
  if (process.platform !== 'linux') return null;
  const library = join(dir, 'lost-writes.so');
  const built = spawnSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl', '-lpthread'], {
    stdio: 'ignore',
  });
  return built.status === 0 ? library : null;
}

/** The cuts, and the negative control. Without a compiler nothing, said. */
export async function cutPower(
  bench: Bench,
  { channel, cuts }: { readonly channel: Channel; readonly cuts: number },
): Promise<Tally[]> {
  const library = buildWriteNotes(bench.dir);
  if (library === null) {
    bench.print('power: not run: it needs Linux and a C compiler (cc)');
    return [];
  }
  return [
    await cutWhileDelivering(bench, { channel, cuts, library, isWeakened: false }),
    await negativeControl(bench, { channel, library }),
  ];
}

/** Cuts under the engine as it is, or under one with synchronous=NORMAL (then only until the first finding). */
export async function cutWhileDelivering(
  bench: Bench,
  options: { readonly channel: Channel; readonly cuts: number; readonly library: string; readonly isWeakened: boolean },
): Promise<Tally> {
  const { channel, cuts, library, isWeakened } = options;
  const dir = join(bench.dir, 'power');
  const folder = join(dir, 'data');
  const before = join(dir, 'before');
  const journal = join(dir, 'journal');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const pool = new EnginePool({
    cacheDir: join(bench.dir, 'code'),
    env: { LD_PRELOAD: library, LOST_WRITES_ROOT: folder, LOST_WRITES_JOURNAL: journal },
  });
  const chance = bench.chance.branch(`power ${channel}`);
  let lostBytes = 0;
  try {
    const tally = await killDeliveries(bench, {
      channel,
      kills: cuts,
      name: `${channel}, power cut${isWeakened ? ', synchronous=NORMAL' : ''}`,
      pool,
      dataDir: folder,
      ...(isWeakened ? { weakness: 'normalSync' as const } : {}),
      beforeStart: () => {
        rmSync(journal, { force: true });
        rmSync(before, { recursive: true, force: true });
        cpSync(folder, before, { recursive: true });
      },
      afterKill: () => {
        lostBytes += losePower({ folder, before, journal }, chance).lostBytes;
        // Shared memory is no file: it is gone.
        rmSync(join(folder, 'utskick.db-shm'), { force: true });
      },
    });
    bench.print(`  ${tally.name}: ${String(lostBytes)} unsynced bytes lost`);
    return tally;
  } finally {
    await pool.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** An engine that does not sync its commits must be caught: then the finding is that it was not. */
async function negativeControl(
  bench: Bench,
  options: { readonly channel: Channel; readonly library: string },
): Promise<Tally> {
  const weakened = await cutWhileDelivering(bench, { ...options, cuts: mostControlCuts, isWeakened: true });
  const tally = new Tally(`${weakened.name}, as a control`);
  tally.trials = weakened.trials;
  for (const [kind, count] of weakened.faults) tally.fault(kind, count);
  tally.seconds = weakened.seconds;
  if (weakened.findings.length === 0)
    tally.found([{ kind: 'wrong', what: 'an engine with synchronous=NORMAL was not caught' }], tally.name);
  else {
    const [first] = weakened.findings;
    bench.print(`  ${weakened.name}: caught after ${String(weakened.trials)} runs: ${first?.what ?? ''}`);
  }
  return tally;
}
