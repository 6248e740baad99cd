// A batch goes to a mail server and a print vendor while the command line is killed with SIGKILL at random moments. The providers'
// ledgers are the witnesses. Options: UTSKICK_CRASH_INVOICES (2000), UTSKICK_CRASH_ROUNDS (20), UTSKICK_CRASH_SEED (1).

import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/main/ports/store.ts';
import type { DeliveryState } from '../../src/shared/schema/delivery.ts';
import { openOrFail, temporaryFolder } from '../support/store-workspace.ts';
import { CommandLine, killWhen, numberFrom, readLedger, seededRandom, sizeOf, startProviders } from './harness.ts';
import type { LedgerLine, Providers } from './harness.ts';

const invoices = numberFrom('UTSKICK_CRASH_INVOICES', 2_000);
const rounds = numberFrom('UTSKICK_CRASH_ROUNDS', 20);
const random = seededRandom(numberFrom('UTSKICK_CRASH_SEED', 1));
/** A start takes about this long before anything is sent; some kills fall into it. */
const startMs = 1_500;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let providers: Providers;
let cli: CommandLine;
let data: string;
let released = { mail: 0, print: 0 };
let preparedMs = 0;

beforeAll(async () => {
  const startedAt = performance.now();
  folder = await temporaryFolder();
  data = `${folder.path}/data`;
  providers = await startProviders(`${folder.path}/providers`);
  cli = new CommandLine(data, providers.smtp.password);
  await succeed('sample', '--invoices', String(invoices), '--seed', '7', '--out', `${folder.path}/batch.xml`);
  const imported = await succeed('import', `${folder.path}/batch.xml`, '--json');
  await cli.addConnections(providers);
  const { batches } = JSON.parse(imported) as { batches: { batchId: string; imported: number }[] };
  expect(batches[0]?.imported).toBe(invoices);
  // Both at once: most of the time goes into drawing the documents and waiting for the disk.
  const release = async (name: string): Promise<number> => {
    const done = await cli.run('release', '--batch', batches[0]?.batchId ?? '', '--connection', name, '--json');
    return (JSON.parse(done.out) as { released: number }).released;
  };
  const [mail, print] = await Promise.all([release('mail'), release('print')]);
  released = { mail, print };
  preparedMs = performance.now() - startedAt;
}, 600_000);

afterAll(async () => {
  await providers.stop();
  await folder.dispose();
});

async function succeed(...args: string[]): Promise<string> {
  const done = await cli.run(...args);
  if (done.code !== 0) throw new Error(`${args.join(' ')} ended with ${String(done.code)}: ${done.notes}`);
  return done.out;
}

test(`killed ${rounds} times, ${invoices} invoices reach each provider once or are said to be in doubt`, async () => {
  expect(released.print).toBe(invoices);
  expect(released.mail).toBeGreaterThan(invoices / 2);
  const startedAt = performance.now();
  let killed = 0;
  for (let round = 0; round < rounds; round += 1) {
    if (await killWhen(cli.start('run'), momentToKill(rounds - round))) killed += 1;
  }
  const roundsMs = performance.now() - startedAt;
  // A last run, to the end; what is in doubt stays in doubt.
  await cli.run('run');
  const status = JSON.parse(await succeed('status', '--json')) as { read: number; counts: Record<string, number> };
  expect(Object.values(status.counts).reduce((sum, count) => sum + count, 0)).toBe(status.read);
  expect(status.read).toBe(invoices);

  const store = await openOrFail(`${data}/utskick.db`);
  const mail = witness(store, {
    connection: 'mail',
    released: released.mail,
    ledger: readLedger(providers.ledgers.smtp),
  });
  const print = witness(store, {
    connection: 'print',
    released: released.print,
    ledger: readLedger(providers.ledgers.sftp),
  });
  const unindexed = store.deliveries.dueConnections(Date.now());
  store.close();
  console.log(
    `killed ${killed} of ${rounds} runs; unknown: mail ${mail.unknown}, print ${print.unknown}; at the peers: ${mail.atPeer} and ${print.atPeer}; seconds to prepare: ${seconds(preparedMs)}, for the rounds: ${seconds(roundsMs)}, with the last run: ${seconds(performance.now() - startedAt)}`,
  );
  expect(killed).toBeGreaterThanOrEqual(Math.floor(rounds * 0.7));
  expect(unindexed).toEqual([]);
  expectIndexFilesRepeatThemselves(readLedger(providers.ledgers.sftp));
  const raw = new Database(`${data}/utskick.db`);
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(raw.pragma('foreign_key_check')).toEqual([]);
  raw.close();
});

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

/** Some kills fall into the start, most into the sending: after a random share of what is left has reached the ledgers, and a moment more. */
function momentToKill(roundsLeft: number): () => boolean {
  const startedAt = performance.now();
  if (random() < 0.25) {
    const afterMs = random() * startMs;
    return () => performance.now() - startedAt >= afterMs;
  }
  const { smtp, sftp } = providers.ledgers;
  const done = () => sizeOf(smtp) + sizeOf(sftp);
  const before = done();
  const lines = readLedger(smtp).length + readLedger(sftp).length;
  const bytesPerLine = lines === 0 ? 300 : before / lines;
  const left = released.mail + released.print - lines;
  const target = before + bytesPerLine * Math.max(1, (random() * 2 * left) / (roundsLeft + 1));
  const extraMs = random() * 12;
  let reachedAt: number | null = null;
  return () => {
    if (reachedAt === null && done() >= target) reachedAt = performance.now();
    return reachedAt !== null && performance.now() - reachedAt >= extraMs;
  };
}

interface Account {
  readonly connection: string;
  readonly released: number;
  readonly ledger: readonly LedgerLine[];
}

/** Compares one provider's ledger with the store, invoice by invoice. */
function witness(
  store: Store,
  { connection, released: expected, ledger }: Account,
): { readonly unknown: number; readonly atPeer: number } {
  const received = ledger
    .filter(({ event, invoiceNumber }) => (event === 'accepted' || event === 'stored') && invoiceNumber !== null)
    .map(({ invoiceNumber }) => invoiceNumber ?? '');
  const atPeer = new Set(received);
  expect(received.length, `${connection}: an invoice reached the peer twice`).toBe(atPeer.size);
  const connectionId = store.config.connection(connection)?.id ?? '';
  const { total, deliveries } = store.reads.deliveryPage(
    { batchId: null, connectionId, states: [], search: '' },
    0,
    expected + 1,
  );
  expect(total).toBe(expected);
  const byState = Map.groupBy(deliveries, ({ state }) => state);
  const numbers = (state: DeliveryState) =>
    new Set(byState.get(state)?.map(({ invoiceNumber }) => invoiceNumber) ?? []);
  const accepted = numbers('accepted');
  const unknown = numbers('unknown');
  expect([...byState.keys()].filter((state) => state !== 'accepted' && state !== 'unknown')).toEqual([]);
  const claimedOnly = [...accepted].filter((number) => !atPeer.has(number));
  expect(claimedOnly, `${connection}: said to be accepted, but the peer has it not`).toEqual([]);
  const unaccounted = [...atPeer].filter((number) => !accepted.has(number) && !unknown.has(number));
  expect(unaccounted, `${connection}: at the peer, but not accounted for`).toEqual([]);
  expect(accepted.size + unknown.size).toBe(expected);
  return { unknown: unknown.size, atPeer: atPeer.size };
}

/** An index file that was written again after a crash has the same bytes. */
function expectIndexFilesRepeatThemselves(ledger: readonly LedgerLine[]): void {
  const indexes = ledger.filter(({ event, invoiceNumber }) => event === 'stored' && invoiceNumber === null);
  expect(indexes.length).toBeGreaterThan(0);
  for (const [path, written] of Map.groupBy(indexes, ({ path: name }) => name)) {
    expect(new Set(written.map(({ sha256 }) => sha256)).size, String(path)).toBe(1);
  }
}
