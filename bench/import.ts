// The whole import (keep, read, check, store) of a 100 MB GASEL file of 50,000 invoices, beside `xmllint --noout --stream` on the same file.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openLocalEngine } from '../src/main/engine/local-engine.ts';
import { writeSampleFile } from '../src/main/engine/sample-file.ts';
import { entryPoints, resourcesFolder } from '../src/main/platform/entry-points.ts';
import { createJsonLog } from '../src/main/platform/json-log.ts';
import { createKeychain } from '../src/main/platform/keychain.ts';
import { createSystemClock } from '../src/main/platform/system-clock.ts';

const invoices = 50_000;
const rounds = 5;

interface Round {
  readonly wallMs: number;
  readonly peakMb: number;
  readonly stallP99Ms: number;
  readonly stallMaxMs: number;
  readonly imported: number;
}

/** In a process of its own, so that the peak is this import's. */
async function importOnce(file: string): Promise<Round> {
  const dataDir = mkdtempSync(join(tmpdir(), 'utskick-bench-data-'));
  const opened = await openLocalEngine({
    dataDir,
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    clock: createSystemClock(),
    log: createJsonLog({ folder: dataDir }),
    secrets: createKeychain({ env: {} }),
    actor: 'bench',
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const startMs = performance.now();
  const report = await opened.value.importFiles([file], 'lenient', {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const wallMs = performance.now() - startMs;
  stalls.disable();
  await opened.value.close();
  rmSync(dataDir, { recursive: true });
  return {
    wallMs,
    peakMb: process.resourceUsage().maxRSS / 1024,
    stallP99Ms: stalls.percentile(99) / 1e6,
    stallMaxMs: stalls.max / 1e6,
    imported: report.batches[0]?.imported ?? 0,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function runXmllint(file: string): number | null {
  const startMs = performance.now();
  const ran = spawnSync('xmllint', ['--noout', '--stream', file]);
  return ran.status === 0 ? performance.now() - startMs : null;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'utskick-bench-'));
  const file = join(folder, 'batch.xml');
  const written = await writeSampleFile(file, { invoices, errors: 0, seed: 1 });
  if (!written.ok) throw new Error(written.error.message);
  console.log(
    `${String(invoices)} invoices, ${(statSync(file).size / 1e6).toFixed(1)} MB, ${String(rounds)} rounds, medians`,
  );
  const references: number[] = [];
  const results: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const reference = runXmllint(file);
    if (reference !== null) references.push(reference);
    const ran = spawnSync(process.execPath, [import.meta.filename, 'once', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    results.push(JSON.parse(ran.stdout) as Round);
  }
  const wallMs = median(results.map((result) => result.wallMs));
  const row = (name: string, value: string): void => {
    console.log(`${name.padEnd(48)}${value}`);
  };
  row('import: wall', `${wallMs.toFixed(0)} ms (${(invoices / (wallMs / 1000)).toFixed(0)} invoices/s)`);
  row('import: peak memory of the process', `${median(results.map((result) => result.peakMb)).toFixed(0)} MB`);
  row(
    'import: event loop delay, p99 / longest',
    `${median(results.map((result) => result.stallP99Ms)).toFixed(1)} / ${median(results.map((result) => result.stallMaxMs)).toFixed(1)} ms`,
  );
  if (references.length === 0) row('xmllint --noout --stream', 'not run: xmllint is not installed');
  else
    row(
      'xmllint --noout --stream (reference)',
      `${median(references).toFixed(0)} ms; import takes ${(wallMs / median(references)).toFixed(1)} times as long`,
    );
  rmSync(folder, { recursive: true });
}

if (process.argv[2] === 'once') console.log(JSON.stringify(await importOnce(process.argv[3] ?? '')));
else await main();
