// Says what machine a figure was measured on, with two reference figures of its own: hashing and durable writes.

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

const hashedBytes = 256 * 1024 * 1024;
const durableWrites = 500;

/** One paragraph; takes about a second. */
export function describeMachine(): string {
  const [cpu] = cpus();
  return [
    `${cpu?.model ?? 'unknown processor'}, ${String(cpus().length)} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform} ${process.arch}, Node ${process.version}`,
    `reference: SHA-256 ${hashRate().toFixed(0)} MB/s, write + fsync ${fsyncRate().toFixed(0)}/s`,
  ].join('\n');
}

function hashRate(): number {
  const block = new Uint8Array(1024 * 1024);
  const startMs = performance.now();
  const hash = createHash('sha256');
  for (let done = 0; done < hashedBytes; done += block.byteLength) hash.update(block);
  hash.digest();
  return hashedBytes / 1e6 / ((performance.now() - startMs) / 1000);
}

function fsyncRate(): number {
  const folder = mkdtempSync(join(tmpdir(), 'utskick-bench-'));
  const file = openSync(join(folder, 'sync'), 'w');
  const page = new Uint8Array(4096);
  const startMs = performance.now();
  for (let written = 0; written < durableWrites; written += 1) {
    writeSync(file, page);
    fsyncSync(file);
  }
  const perSecond = durableWrites / ((performance.now() - startMs) / 1000);
  closeSync(file);
  rmSync(folder, { recursive: true });
  return perSecond;
}
