// What one trial happens in: a data folder made from a template, and practice providers of its own behind the fault proxies.

import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeSampleFile, writeSampleFolder } from '../src/main/engine/sample-file.ts';
import { entryPoints } from '../src/main/platform/entry-points.ts';
import { startPracticeProcess } from '../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../src/main/platform/practice-process.ts';
import type { PdfChannel as Channel } from '../src/shared/schema/delivery.ts';
import type { EnginePool } from './engine-process.ts';
import { FaultProxy } from './fault-proxy.ts';
import type { Order, Step } from './orders.ts';
import type { Chance } from './random.ts';
import { readLedger, readSnapshot } from './witness.ts';
import type { LedgerLine, Snapshot } from './witness.ts';

/** What all trials of a run share. */
export interface Bench {
  readonly dir: string;
  readonly chance: Chance;
  readonly pool: EnginePool;
  readonly proxies: Readonly<Record<Channel, FaultProxy>>;
  readonly ports: Readonly<Record<Channel, number>>;
  readonly password: string;
  readonly hostKey: string;
  /** A batch to import, and a folder of single invoices. */
  readonly sources: { readonly batch: ImportSource; readonly singles: ImportSource };
  print(line: string): void;
}

/** Something to import. */
export interface ImportSource {
  readonly path: string;
  readonly invoices: number;
  /** Kept source files after the import; single invoices share one pack. */
  readonly files: number;
}

/** A data folder that is copied for each world. */
export interface Template {
  readonly dataDir: string;
  readonly channel: Channel;
  /** Numbers of the released invoices. */
  readonly released: ReadonlySet<string>;
}

/** One data folder and its providers. */
export interface World {
  readonly name: string;
  readonly dataDir: string;
  readonly providers: PracticeProcess;
  readonly ledger: () => LedgerLine[];
  readonly ledgerPath: string;
  readonly snapshot: () => Snapshot;
  close(): Promise<void>;
}

/** Sizes of what is imported: more than two chunks, and a handful of files. */
const batchInvoices = 600;
const singleInvoices = 40;
const parallel = 4;
const keyFiles = ['host-key', 'password'];

/** An order with nothing special about it. */
export function plainOrder(bench: Bench, dataDir: string, steps: readonly Step[]): Order {
  return {
    dataDir,
    password: bench.password,
    steps: [...steps],
    kill: null,
    clockSeed: null,
    weakness: null,
    sparePages: null,
  };
}

/** Makes what all trials share; `dir` must be there. */
export async function openBench(
  options: Pick<Bench, 'dir' | 'chance' | 'pool' | 'print'>,
): Promise<Bench & { close(): Promise<void> }> {
  const { dir, chance } = options;
  const keys = await startPracticeProcess({ entry: entryPoints().practice, dir: join(dir, 'keys') });
  const { password, hostKey } = keys.endpoints.sftp;
  await keys.stop();
  const proxies = {
    email: new FaultProxy(chance.branch('mail proxy'), { corrupts: 'answers' }),
    sftp: new FaultProxy(chance.branch('print proxy'), { corrupts: 'bothWays' }),
  };
  const ports = { email: await proxies.email.open(), sftp: await proxies.sftp.open() };
  const sources = {
    batch: { path: join(dir, 'batch.xml'), invoices: batchInvoices, files: 1 },
    singles: { path: join(dir, 'singles'), invoices: singleInvoices, files: 1 },
  };
  await writeSampleFile(sources.batch.path, { invoices: batchInvoices, errors: 0, seed: 8, format: 'gasel' });
  await writeSampleFolder(sources.singles.path, { invoices: singleInvoices, errors: 0, seed: 9, format: 'ubl' });
  return {
    ...options,
    proxies,
    ports,
    password,
    hostKey,
    sources,
    close: async () => {
      await Promise.all([proxies.email.close(), proxies.sftp.close()]);
    },
  };
}

/** A data folder with a batch that is imported, and released where `isReleased`. */
export async function makeTemplate(
  bench: Bench,
  channel: Channel,
  options: { readonly invoices: number; readonly isReleased: boolean },
): Promise<Template> {
  const dir = join(bench.dir, `template-${channel}-${String(options.invoices)}${options.isReleased ? '' : '-ready'}`);
  const dataDir = join(dir, 'data');
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'batch.xml');
  await writeSampleFile(file, { invoices: options.invoices, errors: 0, seed: 7, format: 'gasel' });
  const steps: Step[] = [
    { do: 'import', path: file },
    { do: 'connect', input: connectionInput(bench, channel) },
    ...(options.isReleased ? [{ do: 'release' as const, connection: channel }] : []),
  ];
  if (!existsSync(dataDir)) {
    const made = await bench.pool.run(plainOrder(bench, dataDir, steps));
    if (made.by !== 'itself' || made.failure !== null)
      throw new Error(`a template could not be made: ${made.failure ?? made.by} ${made.complaint}`);
  }
  const { deliveries } = readSnapshot(dataDir, join(bench.dir, 'scratch'));
  return { dataDir, channel, released: new Set(deliveries.map(({ invoiceNumber }) => invoiceNumber)) };
}

function connectionInput(bench: Bench, channel: Channel): unknown {
  const login = { host: '127.0.0.1', port: bench.ports[channel], user: 'practice', parallel };
  const config =
    channel === 'email'
      ? { channel, ...login, tls: 'none', fromAddress: 'faktura@example.com', fromName: null }
      : { channel, ...login, privateKeyPath: null, hostKey: bench.hostKey, path: '/' };
  return { name: channel, config, secret: { kind: 'environment', variable: 'UNUSED' } };
}

/** Copies a template and starts providers for it. `dataDir` elsewhere for a disk of its own. */
export async function openWorld(
  bench: Bench,
  template: Template,
  options: { readonly name: string; readonly dataDir?: string },
): Promise<World> {
  const { channel } = template;
  const dir = join(bench.dir, options.name.replaceAll(/[^a-z0-9]+/giu, '-'));
  const dataDir = options.dataDir ?? join(dir, 'data');
  const providersDir = join(dir, 'providers');
  mkdirSync(providersDir, { recursive: true });
  for (const file of keyFiles) copyFileSync(join(bench.dir, 'keys', file), join(providersDir, file));
  cpSync(template.dataDir, dataDir, { recursive: true });
  const providers = await startPracticeProcess({ entry: entryPoints().practice, dir: providersDir });
  const provider = channel === 'email' ? 'smtp' : 'sftp';
  bench.proxies[channel].aim(providers.endpoints[provider].port);
  const ledgerPath = providers.endpoints.ledgers[provider];
  return {
    name: options.name,
    dataDir,
    providers,
    ledgerPath,
    ledger: () => readLedger(ledgerPath),
    snapshot: () => readSnapshot(dataDir, join(dir, 'scratch')),
    close: async () => {
      bench.proxies[channel].dropAll();
      await providers.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Files under a folder, copies half-way included. */
export function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
