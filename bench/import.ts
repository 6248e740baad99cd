// The whole import (take in, read, check, store) of GASEL files of 1, 10 and 100 MB and of 10,000 single UBL files, beside `xmllint --noout --stream`
// and other parsers on the same file. Each import in a process of its own, by turns with xmllint; the single files by turns with the largest one.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { openLocalEngine } from '../src/main/engine/local-engine.ts';
import { writeSampleFile } from '../src/main/engine/sample-file.ts';
import { entryPoints, resourcesFolder } from '../src/main/platform/entry-points.ts';
import { createJsonLog } from '../src/main/platform/json-log.ts';
import { createKeychain } from '../src/main/platform/keychain.ts';
import { createSystemClock } from '../src/main/platform/system-clock.ts';
import { ublText } from '../test/support/ubl-text.ts';

const sizes = [500, 5_000, 50_000];
const singles = 10_000;
const rounds = 5;
const codeFolder = join(import.meta.dirname, '../.tools/code');
/** More than the reader needs to start and to warm up. */
const readerStartMs = 5_000;

interface Round {
  readonly wallMs: number;
  /** Of all threads. */
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly stallP99Ms: number;
  readonly stallMaxMs: number;
  readonly imported: number;
}

/** In a process of its own, so that the peak is this import's. `path` is a file, or a folder of files. */
async function importOnce(path: string): Promise<Round> {
  const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
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
  // As in a window, whose engine has started its reader long before a file is dropped: an import of nothing starts it here.
  const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
  await opened.value.importFiles([], 'lenient', quiet);
  await setTimeout(readerStartMs);
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const startCpu = process.cpuUsage();
  const startMs = performance.now();
  const report = await opened.value.importFiles(files, 'lenient', quiet);
  const wallMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(startCpu);
  stalls.disable();
  await opened.value.close();
  rmSync(dataDir, { recursive: true });
  return {
    wallMs,
    cpuMs: (user + system) / 1_000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    stallP99Ms: stalls.percentile(99) / 1e6,
    stallMaxMs: stalls.max / 1e6,
    imported: report.batches.reduce((sum, batch) => sum + batch.imported, 0),
  };
}

/** Parsing alone, into the library's own tree; seconds and the whole process's peak. Each library is loaded only where it is measured. */
async function parseOnce(library: string, file: string): Promise<Pick<Round, 'wallMs' | 'peakMb'>> {
  const { XMLParser } = library === 'fast-xml-parser' ? await import('fast-xml-parser') : {};
  const { XmlDocument } = library === 'libxml2-wasm' ? await import('libxml2-wasm') : {};
  const bytes = readFileSync(file);
  const startMs = performance.now();
  if (XMLParser !== undefined) new XMLParser({ ignoreAttributes: false }).parse(bytes);
  XmlDocument?.fromBuffer(bytes).dispose();
  return { wallMs: performance.now() - startMs, peakMb: process.resourceUsage().maxRSS / 1024 };
}

function inOwnProcess(...args: string[]): unknown {
  // As the command line is started: with a small young generation, and with the compiled code of the start before.
  const ran = spawnSync(process.execPath, ['--max-semi-space-size=8', import.meta.filename, ...args], {
    encoding: 'utf8',
    env: { NODE_COMPILE_CACHE: codeFolder, ...process.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (ran.status !== 0) throw new Error(`${args.join(' ')} ended with ${String(ran.status)}`);
  return JSON.parse(ran.stdout);
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

function row(name: string, value: string): void {
  console.log(`${name.padEnd(44)}${value}`);
}

function of(results: readonly Round[], figure: (round: Round) => number): number {
  return median(results.map(figure));
}

/** What Norway asks a company to write on its invoices (NO-R-002): with it the documents are as free of findings as the GASEL sample. */
const registerNote =
  '<cac:PartyTaxScheme><cbc:CompanyID>Foretaksregisteret</cbc:CompanyID><cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>';

/** A file, or a folder of files, with what came of it. */
interface Measured {
  readonly name: string;
  readonly path: string;
  readonly results: Round[];
  /** What xmllint took before each round; empty for a folder, and where there is no xmllint. */
  readonly referencesMs: number[];
}

/** Imports all of them by turns, each file after xmllint, and prints the figures: the machine's own speed varies from one minute to the next. */
function measure(named: readonly (readonly [name: string, path: string])[]): readonly Measured[] {
  const all = named.map(([name, path]): Measured => ({ name, path, results: [], referencesMs: [] }));
  for (let round = 0; round < rounds; round += 1)
    for (const { path, results, referencesMs } of all) {
      const reference = statSync(path).isFile() ? runXmllint(path) : null;
      if (reference !== null) referencesMs.push(reference);
      results.push(inOwnProcess('once', path) as Round);
    }
  for (const each of all) print(each);
  return all;
}

function print({ name, path, results, referencesMs }: Measured): void {
  const rate = of(results, rateOf);
  row(`${name}: wall`, `${of(results, (round) => round.wallMs).toFixed(0)} ms (${rate.toFixed(0)} invoices/s)`);
  row('  processor time, all threads', `${of(results, (round) => round.cpuMs).toFixed(0)} ms`);
  row('  peak memory of the process', `${of(results, (round) => round.peakMb).toFixed(0)} MB`);
  row(
    '  event loop delay, p99 / longest',
    `${of(results, (round) => round.stallP99Ms).toFixed(1)} / ${of(results, (round) => round.stallMaxMs).toFixed(1)} ms`,
  );
  const times = median(results.map(({ wallMs }, at) => wallMs / (referencesMs[at] ?? Number.NaN)));
  if (referencesMs.length > 0)
    row(
      '  xmllint --noout --stream',
      `${median(referencesMs).toFixed(0)} ms; import takes ${times.toFixed(1)} times as long, round by round`,
    );
  else if (statSync(path).isFile()) row('  xmllint --noout --stream', 'not run: xmllint is not installed');
}

/** Invoices a second. */
function rateOf({ imported, wallMs }: Round): number {
  return imported / (wallMs / 1_000);
}

function writeSingles(folder: string): void {
  mkdirSync(folder);
  for (let index = 0; index < singles; index += 1) {
    const number = String(500_000 + index);
    const email = `kunde${number}@example.com`;
    const customer = `Kari Nordmann ${number}`;
    const text = ublText({ kind: 'Invoice', number, customer, email, net: 100 + (index % 900) });
    writeFileSync(join(folder, `${number}.xml`), text.replace('<cac:PartyLegalEntity>', `${registerNote}$&`));
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'utskick-bench-'));
  console.log(`${String(rounds)} rounds, medians`);
  const files: [name: string, path: string][] = [];
  for (const invoices of sizes) {
    const path = join(folder, `${String(invoices)}.xml`);
    const written = await writeSampleFile(path, { invoices, errors: 0, seed: 1 });
    if (!written.ok) throw new Error(written.error.message);
    files.push([`GASEL ${(written.value.sizeBytes / 1e6).toFixed(1)} MB, ${String(invoices)} invoices`, path]);
  }
  const largest = files.pop() ?? ['', ''];
  for (const each of files) measure([each]);
  writeSingles(join(folder, 'ubl'));
  const [gasel, ubl] = measure([largest, [`UBL, ${String(singles)} files in one drop`, join(folder, 'ubl')]]);
  const shares = (ubl?.results ?? []).map(
    (round, at) => rateOf(round) / of(gasel?.results.slice(at, at + 1) ?? [], rateOf),
  );
  row(
    '  beside the rate of the largest GASEL file',
    `${(100 * median(shares)).toFixed(0)} %, round by round ${shares.map((share) => (100 * share).toFixed(0)).join(', ')} (goal: 50 %)`,
  );
  for (const library of ['fast-xml-parser', 'libxml2-wasm']) {
    const { wallMs, peakMb } = inOwnProcess('parse', library, largest[1]) as Pick<Round, 'wallMs' | 'peakMb'>;
    row(`${library}, parsing alone, largest file`, `${wallMs.toFixed(0)} ms, peak ${peakMb.toFixed(0)} MB`);
  }
  rmSync(folder, { recursive: true });
}

const [command, first = '', second = ''] = process.argv.slice(2);
if (command === 'once') console.log(JSON.stringify(await importOnce(first)));
else if (command === 'parse') console.log(JSON.stringify(await parseOnce(first, second)));
else await main();
