// A million documents of every format, broken at random, through the reader: crashes, hangs and places outside the file are counted, and
// so is any file or socket it opens. `--documents=N --seed=S` for another round; `--seed=S --documents=1` for one document again.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { loadProfiles } from '../src/main/formats/load-profiles.ts';
import type { ProfileSet } from '../src/main/formats/load-profiles.ts';
import { mutantOf, mutationSamples, readMutant } from '../test/support/mutants.ts';

/** One of the numbers every thread counts by, mutants of the seeds `first`, `first + step`, … below `end`. */
interface Round {
  readonly first: number;
  readonly end: number;
  readonly step: number;
  /** The seed being read, for whoever watches. */
  readonly current: Int32Array;
}

/** What one thread saw. */
interface Tally {
  /** `read`, or the rule that refused, and how many. */
  readonly ends: Record<string, number>;
  readonly failures: { readonly seed: number; readonly message: string }[];
  slowestMs: number;
  slowestSeed: number;
  opened: number;
}

const threads = 2;
/** A document that takes longer is a hang; they take about two milliseconds. */
const hangMs = 60_000;
/** In place of a seed while a thread is loading. */
const notStarted = -1;
const shownFailures = 10;

function profiles(): ProfileSet {
  const loaded = loadProfiles(join(import.meta.dirname, '../resources/profiles'));
  if (!loaded.ok) throw new Error(loaded.error.message);
  return loaded.value;
}

/** Counts what is opened from now on, by any module. */
function watchOpenings(tally: Tally): void {
  const counted = <T extends object>(target: T, name: keyof T & string): void => {
    const original: unknown = Reflect.get(target, name);
    if (typeof original !== 'function') throw new Error(`there is no ${name} to watch`);
    Reflect.set(target, name, (...given: unknown[]): unknown => {
      tally.opened++;
      return Reflect.apply(original, target, given) as unknown;
    });
  };
  for (const name of ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream'] as const) counted(fs, name);
  for (const name of ['open', 'readFile'] as const) counted(fs.promises, name);
  for (const name of ['connect', 'createConnection'] as const) counted(net, name);
  syncBuiltinESMExports();
}

function readAll({ first, end, step, current }: Round): Tally {
  const set = profiles();
  const samples = mutationSamples();
  const tally: Tally = { ends: {}, failures: [], slowestMs: 0, slowestSeed: first, opened: 0 };
  watchOpenings(tally);
  for (let seed = first; seed < end; seed += step) {
    Atomics.store(current, 0, seed);
    const bytes = mutantOf(samples, seed);
    const start = process.threadCpuUsage();
    try {
      const ended = readMutant(bytes, seed, set);
      tally.ends[ended] = (tally.ends[ended] ?? 0) + 1;
    } catch (error) {
      tally.failures.push({ seed, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    // Processor time: by the clock, whatever else the machine does would make a document slow.
    const { user, system } = process.threadCpuUsage(start);
    const tookMs = (user + system) / 1_000;
    if (tookMs > tally.slowestMs) [tally.slowestMs, tally.slowestSeed] = [tookMs, seed];
  }
  return tally;
}

/** Runs one thread; null when it hung. */
async function watched(round: Omit<Round, 'current'>): Promise<Tally | null> {
  const current = new Int32Array(new SharedArrayBuffer(4));
  Atomics.store(current, 0, notStarted);
  const worker = new Worker(new URL(import.meta.url), { workerData: { ...round, current } });
  let seen = -1;
  let seenMs = performance.now();
  const watch = setInterval(() => {
    const seed = Atomics.load(current, 0);
    if (seed === notStarted || seed !== seen) [seen, seenMs] = [seed, performance.now()];
    else if (performance.now() - seenMs > hangMs) void worker.terminate();
  }, 1_000);
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => {
        if (performance.now() - seenMs > hangMs) console.error(`Seed ${String(seen)} hung.`);
        resolve(null);
      });
    });
  } finally {
    clearInterval(watch);
  }
}

function report(tallies: readonly (Tally | null)[], ms: number): boolean {
  const finished = tallies.filter((tally) => tally !== null);
  const ends = new Map<string, number>();
  for (const tally of finished)
    for (const [end, count] of Object.entries(tally.ends)) ends.set(end, (ends.get(end) ?? 0) + count);
  const failures = finished.flatMap((tally) => tally.failures);
  const opened = finished.reduce((sum, tally) => sum + tally.opened, 0);
  const read = Array.from(ends.values()).reduce((sum, count) => sum + count, 0) + failures.length;
  console.log(`${String(read)} documents in ${(ms / 1000).toFixed(0)} s, ${(read / (ms / 1000)).toFixed(0)} a second`);
  for (const [end, count] of [...ends].sort(([, one], [, other]) => other - one))
    console.log(`  ${end}: ${String(count)}`);
  const slowest = finished.reduce<Tally | null>(
    (one, other) => ((one?.slowestMs ?? 0) > other.slowestMs ? one : other),
    null,
  );
  console.log(
    `slowest: ${(slowest?.slowestMs ?? 0).toFixed(0)} ms of processor (seed ${String(slowest?.slowestSeed ?? 0)})`,
  );
  const hangs = tallies.length - finished.length;
  console.log(
    `crashes or wrong places: ${String(failures.length)}, hangs: ${String(hangs)}, files or sockets opened: ${String(opened)}`,
  );
  for (const { seed, message } of failures.slice(0, shownFailures)) console.error(`seed ${String(seed)}: ${message}`);
  return failures.length === 0 && hangs === 0 && opened === 0;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { documents: { type: 'string' }, seed: { type: 'string' } } });
  const documents = Number(values.documents ?? 1_000_000);
  const seed = Number(values.seed ?? 1);
  if (!Number.isInteger(documents) || documents < 1 || !Number.isInteger(seed) || seed < 0) {
    console.error('--documents takes a whole number from 1, --seed one from 0.');
    return 2;
  }
  const startMs = performance.now();
  const rounds = Array.from({ length: Math.min(threads, documents) }, (_, thread) =>
    watched({ first: seed + thread, end: seed + documents, step: threads }),
  );
  return report(await Promise.all(rounds), performance.now() - startMs) ? 0 : 1;
}

if (isMainThread) process.exitCode = await main();
else parentPort?.postMessage(readAll(workerData as Round));
