// Reading, parsing and checking a 100 MB GASEL file of 50,000 invoices in the XML worker, beside xmllint and saxes alone. No store.

import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { SaxesParser } from 'saxes';
import { generateSampleBatch } from '../src/main/domain/sample/generate-sample-batch.ts';
import { createXmlPool } from '../src/main/workers/xml-pool.ts';

const invoices = 50_000;
const rounds = 3;
const root = join(import.meta.dirname, '..');

function writeBatch(path: string): void {
  const file = openSync(path, 'w');
  for (const text of generateSampleBatch({ invoices, errors: 0, seed: 1 })) writeSync(file, text);
  closeSync(file);
}

function timed(run: () => unknown): number {
  const startMs = performance.now();
  run();
  return performance.now() - startMs;
}

/** The tokenizer with empty handlers: what any reading with it costs at least. */
function saxesAlone(bytes: Buffer): void {
  const parser = new SaxesParser({ xmlns: true, position: false });
  for (const event of ['opentag', 'closetag', 'text'] as const) parser.on(event, () => undefined);
  for (let offset = 0; offset < bytes.length; offset += 131_072)
    parser.write(bytes.toString('latin1', offset, offset + 131_072));
}

/** One reading: milliseconds, the most resident memory above the start, and the main thread's longest stalls. */
async function readOnce(
  path: string,
): Promise<{ readonly ms: number; readonly extraMb: number; readonly stallMs: number; readonly rows: number }> {
  const pool = createXmlPool({
    workerUrl: pathToFileURL(join(root, 'src/main/engine/xml-thread.ts')),
    resourcesDir: join(root, 'resources'),
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const startMb = process.memoryUsage.rss() / 1e6;
  let peakMb = startMb;
  let rows = 0;
  const startMs = performance.now();
  delay.enable();
  const result = await pool.parse(path, {
    signal: new AbortController().signal,
    today: '2026-11-21',
    onChunk: (chunk) => {
      rows += chunk.rows.length;
      peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1e6);
      return Promise.resolve();
    },
  });
  const ms = performance.now() - startMs;
  delay.disable();
  await pool.close();
  if (!result.ok) throw new Error(result.refusal.error.message);
  return { ms, extraMb: peakMb - startMb, stallMs: delay.percentile(99) / 1e6, rows };
}

/** All measurements, printed. */
async function measure(path: string): Promise<void> {
  const readings: Awaited<ReturnType<typeof readOnce>>[] = [];
  for (let round = 0; round < rounds; round++) readings.push(await readOnce(path));
  const best = readings.reduce((one, other) => (other.ms < one.ms ? other : one));
  const most = Math.max(...readings.map(({ extraMb }) => extraMb));
  const hasLint = spawnSync('xmllint', ['--version']).error === undefined;
  const bytes = readFileSync(path);
  const saxes = fastest(() => {
    saxesAlone(bytes);
  });
  console.log(`${(bytes.length / 1e6).toFixed(1)} MB, ${best.rows} invoices; best of ${rounds}`);
  console.log(
    `read, parse and check in the worker: ${best.ms.toFixed(0)} ms, at most ${most.toFixed(0)} MB more, main thread p99 ${best.stallMs.toFixed(1)} ms`,
  );
  console.log(`saxes alone: ${saxes.toFixed(0)} ms (${(best.ms / saxes).toFixed(2)} times)`);
  if (!hasLint) console.log('xmllint --noout --stream: not on this machine');
  else {
    const lint = fastest(() => spawnSync('xmllint', ['--noout', '--stream', path]));
    console.log(`xmllint --noout --stream: ${lint.toFixed(0)} ms (${(best.ms / lint).toFixed(2)} times)`);
  }
}

function fastest(run: () => unknown): number {
  return Math.min(...Array.from({ length: rounds }, () => timed(run)));
}

const [option, target] = process.argv.slice(2);
if (option === '--write' && target !== undefined) writeBatch(target);
else {
  const folder = mkdtempSync(join(tmpdir(), 'utskick-bench-'));
  try {
    const path = join(folder, 'batch.xml');
    // In a process of its own: its garbage would hide what reading takes.
    spawnSync(process.execPath, [import.meta.filename, '--write', path], { stdio: 'inherit' });
    await measure(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
