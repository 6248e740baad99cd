// The torture bench as the tests open it: one seed, a folder of its own, nothing printed.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWriteNotes } from '../../torture/cut-power.ts';
import { EnginePool } from '../../torture/engine-process.ts';
import { createChance } from '../../torture/random.ts';
import { buildRefusal } from '../../torture/refuse-writes.ts';
import { openBench } from '../../torture/world.ts';
import type { Bench } from '../../torture/world.ts';

/** Seed of every round in the tests. */
const seed = 1;

/** A bench in a folder of its own, with its peers. */
export interface CrashBench {
  readonly bench: Bench;
  /** Null where nothing can note what is written and synced (no C compiler, not Linux). */
  readonly writeNotes: string | null;
  /** Null likewise: nothing can refuse writes. */
  readonly writeRefusal: string | null;
  close(): Promise<void>;
}

/** Opens one for a test file. */
export async function openCrashBench(): Promise<CrashBench> {
  const dir = await mkdtemp(join(tmpdir(), 'utskick-crash-'));
  const pool = new EnginePool({ cacheDir: join(dir, 'code') });
  const bench = await openBench({ dir, chance: createChance(seed), pool, print: () => undefined });
  return {
    bench,
    writeNotes: buildWriteNotes(dir),
    writeRefusal: buildRefusal(dir),
    close: async () => {
      await pool.close();
      await bench.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
