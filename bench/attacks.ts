// Files made to exhaust the machine, to fetch or to reach out of a folder: the time and the memory each takes to be refused by the product's
// reading thread and intake. More than a second of processor time, or any call to the address they name, fails the round.

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { mayHoldInvoices } from '../src/main/formats/may-hold-invoices.ts';
import { createIntake } from '../src/main/platform/open-intake.ts';
import { createXmlPool } from '../src/main/workers/xml-pool.ts';
import { harmlessAttacks, refusedAttacks } from '../test/support/attack-documents.ts';
import { writeZip } from '../test/support/zip-file.ts';
import type { ZipEntry } from '../test/support/zip-file.ts';

const goalMs = 1_000;
const root = join(import.meta.dirname, '..');
const samplingMs = 5;

interface Tried {
  readonly name: string;
  /** The rule or code that refused it; `read` when it is only text. */
  readonly end: string;
  readonly ms: number;
  /** Processor time of all threads: what the file costs, whatever else the machine does. */
  readonly cpuMs: number;
  /** Whole process, over what it was right before, MB. */
  readonly grewMb: number;
}

async function timed(name: string, work: () => Promise<string>): Promise<Tried> {
  global.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const sample = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const watch = setInterval(sample, samplingMs);
  const startCpu = process.cpuUsage();
  const startMs = performance.now();
  const end = await work();
  const ms = performance.now() - startMs;
  const { user, system } = process.cpuUsage(startCpu);
  sample();
  clearInterval(watch);
  return { name, end, ms, cpuMs: (user + system) / 1000, grewMb: (most - before) / 1e6 };
}

function show({ name, end, ms, cpuMs, grewMb }: Tried): void {
  console.log(
    `${name.padEnd(44)} ${end.padEnd(22)} ${ms.toFixed(0).padStart(5)} ms ${cpuMs.toFixed(0).padStart(5)} ms of processor ${grewMb.toFixed(0).padStart(5)} MB`,
  );
}

async function tryDocuments(folder: string, address: string): Promise<readonly Tried[]> {
  const pool = createXmlPool({
    workerUrl: pathToFileURL(join(root, 'src/main/engine/xml-thread.ts')),
    resourcesDir: join(root, 'resources'),
  });
  const secretPath = join(folder, 'secret.txt');
  writeFileSync(secretPath, 'not theirs');
  const targets = { secretUrl: pathToFileURL(secretPath).href, address };
  const read = async (path: string): Promise<string> => {
    const parsed = await pool.parse(path, {
      signal: new AbortController().signal,
      today: '2026-11-21',
      onChunk: () => Promise.resolve(),
    });
    return parsed.ok ? 'read' : (parsed.refusal.problems[0]?.ruleId ?? parsed.refusal.error.code);
  };
  const path = join(folder, 'attack.xml');
  const tried: Tried[] = [];
  const documents = [...harmlessAttacks(targets), ...refusedAttacks(targets)];
  // The thread is open and has read something, as in a window.
  writeFileSync(path, documents[0]?.text() ?? '');
  await read(path);
  for (const { name, text } of documents) {
    writeFileSync(path, text());
    const one = await timed(name, () => read(path));
    show(one);
    tried.push(one);
  }
  await pool.close();
  return tried;
}

async function tryZips(folder: string): Promise<readonly Tried[]> {
  const intake = createIntake({ scratchDir: join(folder, 'unpacked'), mayHoldInvoices });
  const packed = deflateRawSync(Buffer.alloc(1_000_000));
  const zips: readonly (readonly [string, readonly ZipEntry[]])[] = [
    [
      'a zip of 4 GB in 4 MB',
      Array.from({ length: 4_000 }, (_, at) => ({
        name: `${String(at)}.xml`,
        packed,
        checksum: 1,
        declaredSize: 1_000_000,
      })),
    ],
    ['a zip with ../', [{ name: '../../out.xml', data: '<a/>' }]],
  ];
  const tried: Tried[] = [];
  for (const [name, entries] of zips) {
    const path = writeZip(join(folder, 'attack.zip'), entries);
    const one = await timed(name, async () => {
      const opened = intake.open([{ path, name: 'attack.zip' }], new AbortController().signal);
      let files = 0;
      for await (const found of opened.files) files += found.length;
      await opened.close();
      return opened.refused[0]?.error.code ?? `read: ${String(files)} files`;
    });
    show(one);
    tried.push(one);
  }
  return tried;
}

async function main(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'utskick-attacks-'));
  let callers = 0;
  const server = createServer((socket) => {
    callers += 1;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/x`;
    const tried = [...(await tryDocuments(folder, address)), ...(await tryZips(folder))];
    const slowest = Math.max(...tried.map(({ ms }) => ms));
    const dearest = Math.max(...tried.map(({ cpuMs }) => cpuMs));
    const largest = Math.max(...tried.map(({ grewMb }) => grewMb));
    console.log(
      `${String(tried.length)} files, slowest ${slowest.toFixed(0)} ms, most processor time ${dearest.toFixed(0)} ms, most memory ${largest.toFixed(0)} MB more, calls to the network: ${String(callers)}`,
    );
    return callers === 0 && dearest < goalMs;
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = (await main()) ? 0 : 1;
