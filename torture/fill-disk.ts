// Fills the disk under the engine while it imports and delivers, gives space back, and looks whether anything was sent without being kept.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PdfChannel as Channel } from '../src/shared/schema/delivery.ts';
import type { EngineEnd } from './engine-process.ts';
import type { Order } from './orders.ts';
import { checkNow, settleWorld } from './settling.ts';
import { Tally } from './tally.ts';
import { readSnapshot } from './witness.ts';
import { filesIn, makeTemplate, openWorld, plainOrder } from './world.ts';
import type { Bench } from './world.ts';

const invoices = 60;
const mib = 1024 * 1024;
const pageBytes = 4096;
/** The write-ahead log of a whole round is about this large: the disk fills somewhere on the way. */
const mostSpareBytes = mib;
const leastSpareBytes = 64 * 1024;
const roomyMib = 256;

/** How the disk is made small: a file system of its own (root on Linux), or a limit in the database. */
export interface SmallDisk {
  readonly kind: 'tmpfs' | 'max_page_count';
  /** Empties the disk and gives it this much room. */
  resize(bytes: number): void;
  enlarge(): void;
  close(): void;
}

/** A tmpfs where that is allowed; otherwise null, and the database's own limit is used. */
export function mountSmallDisk(folder: string): SmallDisk | null {
  mkdirSync(folder, { recursive: true });
  const mount = (options: string): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' }).status === 0;
  const unmount = (): void => {
    spawnSync('umount', [folder], { stdio: 'ignore' });
  };
  if (process.platform !== 'linux' || !mount('size=1m')) return null;
  return {
    kind: 'tmpfs',
    resize: (bytes) => {
      unmount();
      if (!mount(`size=${String(Math.ceil(bytes / 1024))}k`)) throw new Error('the small disk cannot be made again');
    },
    enlarge: () => {
      if (!mount(`remount,size=${String(roomyMib)}m`)) throw new Error('the small disk cannot be enlarged');
    },
    close: unmount,
  };
}

/** What one trial fills. */
interface Filling {
  readonly bench: Bench;
  readonly tally: Tally;
  readonly disk: SmallDisk | null;
  readonly folder: string;
  readonly spareBytes: number;
  readonly where: string;
}

/** So many trials of each: delivering by one channel, and importing. */
export async function fillDisk(
  bench: Bench,
  { channel, trials }: { readonly channel: Channel; readonly trials: number },
): Promise<Tally> {
  const folder = join(bench.dir, 'disk');
  const disk = mountSmallDisk(folder);
  const tally = new Tally(`disk full, ${channel} (${disk?.kind ?? 'max_page_count'})`);
  const chance = bench.chance.branch(tally.name);
  try {
    for (let trial = 1; trial <= trials; trial += 1) {
      const spareBytes = leastSpareBytes + chance.below(mostSpareBytes - leastSpareBytes);
      const filling = { bench, tally, disk, folder, spareBytes, where: `${tally.name} trial ${String(trial)}` };
      await fillWhileDelivering(filling, channel);
      await fillWhileImporting(filling);
    }
  } finally {
    disk?.close();
  }
  return tally.end();
}

async function fillWhileDelivering(filling: Filling, channel: Channel): Promise<void> {
  const { bench, tally, disk, folder, where } = filling;
  const template = await makeTemplate(bench, channel, { invoices, isReleased: true });
  const dataDir = join(folder, 'data');
  disk?.resize(sizeOf(template.dataDir) + filling.spareBytes);
  const world = await openWorld(bench, template, { name: where, dataDir });
  try {
    noteEnd(filling, await bench.pool.run(orderOf(filling, dataDir, { do: 'deliver' })));
    checkNow({ world, tally }, `${where}, with the disk full`);
    disk?.enlarge();
    await settleWorld({ bench, template, world, tally });
  } finally {
    await world.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function fillWhileImporting(filling: Filling): Promise<void> {
  const { bench, tally, disk, folder, where } = filling;
  const source = bench.sources.batch;
  const dataDir = join(folder, 'data');
  const empty = await emptyData(bench);
  disk?.resize(sizeOf(empty) + statSync(source.path).size + filling.spareBytes);
  cpSync(empty, dataDir, { recursive: true });
  const step = { do: 'import', path: source.path } as const;
  noteEnd(filling, await bench.pool.run(orderOf(filling, dataDir, step)));
  const look = () => readSnapshot(dataDir, join(bench.dir, 'scratch'));
  const full = look();
  tally.found(full.findings, `${where}, with the disk full`);
  disk?.enlarge();
  await bench.pool.run(plainOrder(bench, dataDir, full.batches.length === 0 ? [step] : []));
  const { batches, findings } = look();
  tally.found(findings, where);
  if (batches.length !== 1 || batches[0]?.invoices !== source.invoices)
    tally.found([{ kind: 'lost', what: 'the import is not whole after space was made' }], where);
  const files = filesIn(join(dataDir, 'sources')).length;
  if (files !== source.files) tally.found([{ kind: 'wrong', what: `${String(files)} source files are kept` }], where);
  tally.invoices += source.invoices;
  rmSync(dataDir, { recursive: true, force: true });
}

/** A data folder in which nothing has happened yet. */
async function emptyData(bench: Bench): Promise<string> {
  const empty = join(bench.dir, 'empty', 'data');
  if (existsSync(empty)) return empty;
  mkdirSync(join(bench.dir, 'empty'), { recursive: true });
  const made = await bench.pool.run(plainOrder(bench, empty, []));
  if (made.by !== 'itself') throw new Error(`no data folder could be made: ${made.complaint}`);
  return empty;
}

function orderOf({ bench, disk, spareBytes }: Filling, dataDir: string, step: Order['steps'][number]): Order {
  const order = plainOrder(bench, dataDir, [step]);
  return disk === null ? { ...order, sparePages: Math.floor(spareBytes / 8 / pageBytes) } : order;
}

/** A full disk is said by its code; everything else is a fault of the engine. */
function noteEnd({ tally, where }: Filling, end: EngineEnd): void {
  tally.trials += 1;
  if (end.failure === 'STORAGE_FULL') tally.fault('disk full');
  else if (end.by !== 'itself' || (end.failure !== null && end.failure !== 'NOT_FINISHED'))
    tally.found([{ kind: 'wrong', what: `the engine ended with ${end.failure ?? end.by}: ${end.complaint}` }], where);
}

/** With every file rounded up to whole pages, as a tmpfs counts. */
function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files.reduce((sum, entry) => {
    const bytes = entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0;
    return sum + (Math.ceil(bytes / pageBytes) + 1) * pageBytes;
  }, 0);
}
