// Cuts the power while the engine delivers or imports: what was written and not synced is lost. With synchronous=NORMAL this must go wrong, and is tried too.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PdfChannel as Channel } from '../src/shared/schema/delivery.ts';
import { EnginePool } from './engine-process.ts';
import { killDeliveries } from './kill-deliveries.ts';
import { killImports } from './kill-imports.ts';
import { losePower } from './power/replay.ts';
import { Tally } from './tally.ts';
import type { Bench } from './world.ts';

const source = fileURLToPath(new URL('./power/lost-writes.c', import.meta.url));
/**
 * The weakened engine is caught within so many cuts, or the bench does not see what it should. Far more than it takes: during deliveries
 * that was the first run in one round and the 66th in another. The cutting ends with the world that showed it.
 */
export const mostControlCuts = 150;

/** Builds the library that notes writes and syncs; null where there is no C compiler, or the system is not Linux. */
export function buildWriteNotes(dir: string): string | null {
  if (process.platform !== 'linux') return null;
  const library = join(dir, 'lost-writes.so');
  const built = spawnSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl', '-lpthread'], {
    stdio: 'ignore',
  });
  return built.status === 0 ? library : null;
}

/** What is cut: deliveries to a peer, or imports. */
type CutWork = Channel | 'import';

/** How the power is cut. */
interface CutOptions {
  readonly work: CutWork;
  readonly cuts: number;
  readonly library: string;
  /** An engine with synchronous=NORMAL (then only until the first finding). */
  readonly isWeakened: boolean;
}

/** The cuts, and the negative control. Without a compiler nothing, said. */
export async function cutPower(
  bench: Bench,
  { work, cuts }: { readonly work: CutWork; readonly cuts: number },
): Promise<Tally[]> {
  const library = buildWriteNotes(bench.dir);
  if (library === null) {
    bench.print('power: not run: it needs Linux and a C compiler (cc)');
    return [];
  }
  return [
    await cutWhile(bench, { work, cuts, library, isWeakened: false }),
    await negativeControl(bench, { work, library }),
  ];
}

/** Cuts under the engine as it is, or weakened. */
export async function cutWhile(bench: Bench, options: CutOptions): Promise<Tally> {
  const { work, cuts, library, isWeakened } = options;
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
  const chance = bench.chance.branch(`power ${work}`);
  let lostBytes = 0;
  const around = {
    name: `${work}, power cut${isWeakened ? ', synchronous=NORMAL' : ''}`,
    pool,
    dataDir: folder,
    ...(isWeakened ? { weakness: 'normalSync' as const } : {}),
    beforeStart: () => {
      rmSync(journal, { force: true });
      rmSync(before, { recursive: true, force: true });
      if (existsSync(folder)) cpSync(folder, before, { recursive: true });
    },
    afterKill: () => {
      lostBytes += losePower({ folder, before, journal }, chance).lostBytes;
      // Shared memory is no file: it is gone.
      rmSync(join(folder, 'utskick.db-shm'), { force: true });
    },
  };
  try {
    const tally =
      work === 'import'
        ? await killImports(bench, cuts, around)
        : await killDeliveries(bench, { ...around, channel: work, kills: cuts });
    bench.print(`  ${tally.name}: ${String(lostBytes)} unsynced bytes lost`);
    return tally;
  } finally {
    await pool.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** An engine that does not sync its commits must be caught: then the finding is that it was not. */
async function negativeControl(bench: Bench, options: Pick<CutOptions, 'work' | 'library'>): Promise<Tally> {
  const weakened = await cutWhile(bench, { ...options, cuts: mostControlCuts, isWeakened: true });
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
