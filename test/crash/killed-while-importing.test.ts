// Imports and releases killed with SIGKILL at random moments: each has happened whole, or not at all, and can be done again.

import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOrFail, temporaryFolder } from '../support/store-workspace.ts';
import { CommandLine, killWhen, numberFrom, seededRandom, startProviders } from './harness.ts';
import type { Providers } from './harness.ts';

const random = seededRandom(numberFrom('UTSKICK_CRASH_SEED', 1) + 1);
const importRounds = 6;
const releaseRounds = 3;
const invoices = 1_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let providers: Providers;
let cli: CommandLine;
let data: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = `${folder.path}/data`;
  providers = await startProviders(`${folder.path}/providers`);
  cli = new CommandLine(data, providers.smtp.password);
  const made = await cli.run(
    'sample',
    '--invoices',
    String(invoices),
    '--seed',
    '8',
    '--out',
    `${folder.path}/batch.xml`,
  );
  expect(made.code).toBe(0);
  await cli.addConnections(providers);
}, 60_000);

afterAll(async () => {
  await providers.stop();
  await folder.dispose();
});

test('an import that is killed has happened whole or not at all', async () => {
  const startedAt = performance.now();
  await cli.run('status');
  const startMs = performance.now() - startedAt;
  for (let round = 0; round < importRounds; round += 1) {
    // From the start of the work on; a whole import of this size takes about as long as a start.
    const killAt = performance.now() + startMs * (0.5 + random());
    await killWhen(cli.start('import', `${folder.path}/batch.xml`), () => performance.now() >= killAt);
    const batch = await onlyBatch();
    if (batch !== null) expect(batch).toMatchObject({ read: invoices, imported: invoices, quarantined: 0, skipped: 0 });
    await cli.run('status');
    expect(await sourceFiles()).toHaveLength(batch === null ? 0 : 1);
  }
  await cli.run('import', `${folder.path}/batch.xml`);
  expect(await onlyBatch()).toMatchObject({ read: invoices, imported: invoices });
});

test('a release that is killed has released everything or nothing', async () => {
  const batch = await onlyBatch();
  for (let round = 0; round < releaseRounds; round += 1) {
    const killAt = performance.now() + 800 + random() * 5_000;
    await killWhen(
      cli.start('release', '--batch', batch?.id ?? '', '--connection', 'print'),
      () => performance.now() >= killAt,
    );
    const released = await releasedCount();
    expect([0, invoices]).toContain(released);
    if (released > 0) break;
  }
  const done = await cli.run('release', '--batch', batch?.id ?? '', '--connection', 'print');
  expect(done.code).toBe(0);
  expect(await releasedCount()).toBe(invoices);
});

async function onlyBatch() {
  const store = await openOrFail(`${data}/utskick.db`);
  try {
    const { total, batches } = store.reads.batchPage(0, 2);
    expect(total).toBeLessThanOrEqual(1);
    return batches[0] ?? null;
  } finally {
    store.close();
  }
}

/** Names of everything under sources/, copies half-way included. */
async function sourceFiles(): Promise<readonly string[]> {
  const entries = await readdir(`${data}/sources`, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function releasedCount(): Promise<number> {
  const store = await openOrFail(`${data}/utskick.db`);
  try {
    return store.reads.deliveryPage({ batchId: null, connectionId: null, states: [], search: '' }, 0, 1).total;
  } finally {
    store.close();
  }
}
