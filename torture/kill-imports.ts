// Kills the engine while it imports and while it releases: each has happened whole or not at all, and can be done again.

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineEnd, EnginePool } from './engine-process.ts';
import { pointsOf } from './fault-points.ts';
import type { FaultPoint } from './fault-points.ts';
import { placeName, placesInTurn } from './kill-deliveries.ts';
import type { Step, Weakness } from './orders.ts';
import type { Chance } from './random.ts';
import { Tally } from './tally.ts';
import { readSnapshot } from './witness.ts';
import type { Finding, Snapshot } from './witness.ts';
import { filesIn, makeTemplate, plainOrder } from './world.ts';
import type { Bench, ImportSource } from './world.ts';

const releasedInvoices = 12;
/** Whoever has seen the batch may take it for imported: from here on it must be there. */
const becameVisible: FaultPoint = 29;

/** What is done around the engines that are killed. */
interface Surroundings {
  /** Other engines than the bench's. */
  readonly pool?: EnginePool;
  readonly weakness?: Weakness;
  /** Called before each start of an engine, and after each kill before anything is looked at. */
  readonly beforeStart?: () => void;
  readonly afterKill?: () => void;
}

/** How imports are killed. */
export interface ImportKillOptions extends Surroundings {
  /** For the tally; also decides what chance says. */
  readonly name: string;
  /** Where the data folder lies, when not in the bench's own folder. */
  readonly dataDir?: string;
}

/** Work that is killed again and again until it has happened. */
interface Target {
  readonly bench: Bench;
  readonly tally: Tally;
  readonly chance: Chance;
  readonly points: () => FaultPoint;
  readonly dataDir: string;
  readonly step: Step;
  /** Looks after each kill; true when the work has happened. */
  readonly look: (snapshot: Snapshot, where: string) => boolean;
  readonly where: string;
  readonly pace: { workMs: number };
  readonly around: Surroundings;
}

/** Kills imports of a batch and of a folder in turn; with a weakness only until the first finding. */
export async function killImports(
  bench: Bench,
  kills: number,
  options: ImportKillOptions = { name: 'import' },
): Promise<Tally> {
  const tally = new Tally(options.name);
  const chance = bench.chance.branch(options.name);
  // A weakened engine is tried where it must show.
  const points = placesInTurn(options.weakness === undefined ? pointsOf.importing : [becameVisible]);
  const paces = { batch: { workMs: 800 }, singles: { workMs: 400 } };
  for (let worlds = 1; killsOf(tally) < kills; worlds += 1) {
    const kind = worlds % 2 === 0 ? 'singles' : 'batch';
    const source = bench.sources[kind];
    const where = `${options.name} world ${String(worlds)} (${kind})`;
    const dataDir = options.dataDir ?? join(bench.dir, 'import', 'data');
    const look = (snapshot: Snapshot): boolean => {
      tally.found(wrongBatches(snapshot, source), where);
      if (snapshot.batches.length > 0) tally.found(wrongSources(dataDir, source), where);
      return snapshot.batches.length > 0;
    };
    const step: Step = { do: 'import', path: source.path };
    const target = { bench, tally, chance, points, dataDir, step, look, where, pace: paces[kind], around: options };
    await killUntilHappened(target, kills);
    await finishImport(target, source);
    rmSync(dataDir, { recursive: true, force: true });
    if (tally.findings.length > 0 && options.weakness !== undefined) break;
    if (worlds % 20 === 0)
      bench.print(`  ${options.name}: ${String(killsOf(tally))} kills, ${String(tally.findings.length)} findings`);
  }
  return tally.end();
}

/** Kills releases, documents included. */
export async function killReleases(bench: Bench, kills: number): Promise<Tally> {
  const tally = new Tally('release');
  const chance = bench.chance.branch('release');
  const points = placesInTurn(pointsOf.release);
  const template = await makeTemplate(bench, 'sftp', { invoices: releasedInvoices, isReleased: false });
  const pace = { workMs: 1_500 };
  for (let worlds = 1; killsOf(tally) < kills; worlds += 1) {
    const where = `release world ${String(worlds)}`;
    const dataDir = join(bench.dir, 'release', 'data');
    mkdirSync(join(bench.dir, 'release'), { recursive: true });
    cpSync(template.dataDir, dataDir, { recursive: true });
    const look = (snapshot: Snapshot): boolean => {
      tally.found(wrongReleases(snapshot, dataDir), where);
      return snapshot.deliveries.length > 0;
    };
    const step: Step = { do: 'release', connection: 'sftp' };
    const target = { bench, tally, chance, points, dataDir, step, look, where, pace, around: {} };
    await killUntilHappened(target, kills);
    await runWhole(target);
    const { deliveries } = snapshotOf(target);
    if (deliveries.length !== releasedInvoices)
      tally.found([wrong(`${String(deliveries.length)} of ${String(releasedInvoices)} were released`)], where);
    tally.invoices += deliveries.length;
    rmSync(join(bench.dir, 'release'), { recursive: true, force: true });
  }
  return tally.end();
}

function killsOf(tally: Tally): number {
  return [...tally.faults.values()].reduce((sum, count) => sum + count, 0);
}

function snapshotOf({ bench, dataDir }: Pick<Target, 'bench' | 'dataDir'>): Snapshot {
  return readSnapshot(dataDir, join(bench.dir, 'scratch'));
}

async function killUntilHappened(target: Target, kills: number): Promise<void> {
  const { tally, around } = target;
  const isCaught = (): boolean => around.weakness !== undefined && tally.findings.length > 0;
  let hasHappened = false;
  while (!hasHappened && !isCaught() && killsOf(tally) < kills) {
    const killedAt = await killOnce(target);
    const snapshot = snapshotOf(target);
    tally.found(snapshot.findings, target.where);
    hasHappened = target.look(snapshot, target.where);
    if (killedAt === becameVisible && !hasHappened)
      tally.found([{ kind: 'lost', what: 'a batch that had become visible is gone' }], target.where);
  }
}

/** The place it was killed at, if at one. */
async function killOnce(target: Target): Promise<FaultPoint | null> {
  const { bench, chance, tally, pace, dataDir, step, around } = target;
  const isAtPoint = chance.fraction() < 0.5;
  const kill = isAtPoint ? atPlace(target.points(), 1 + chance.below(2)) : null;
  const afterMs = kill === null ? chance.fraction() * pace.workMs : null;
  const weakness = around.weakness ?? null;
  around.beforeStart?.();
  const end = await (around.pool ?? bench.pool).run({ ...plainOrder(bench, dataDir, [step]), kill, weakness }, afterMs);
  tally.trials += 1;
  if (end.by === 'point' && kill !== null) tally.fault(`killed ${placeName(kill.point)}`);
  else if (end.by === 'time') tally.fault('killed at any moment');
  else noteEnd(target, end);
  // What a run to its end takes decides when a kill falls: any moment of the work, and none after it.
  if (end.by === 'itself') pace.workMs = pace.workMs * 0.7 + end.tookMs * 0.3;
  if (end.by === 'point' || end.by === 'time') around.afterKill?.();
  return end.by === 'point' && kill !== null ? kill.point : null;
}

/** An import passes the place where its batch becomes visible once. */
function atPlace(point: FaultPoint, passing: number): { readonly point: FaultPoint; readonly passing: number } {
  return { point, passing: point === becameVisible ? 1 : passing };
}

async function runWhole(target: Target): Promise<EngineEnd> {
  const { bench, dataDir, step, around } = target;
  const hasHappened = target.look(snapshotOf(target), target.where) && step.do === 'import';
  around.beforeStart?.();
  const end = await (around.pool ?? bench.pool).run(plainOrder(bench, dataDir, hasHappened ? [] : [step]));
  noteEnd(target, end);
  return end;
}

function noteEnd({ tally, where }: Target, end: EngineEnd): void {
  if (end.by !== 'itself' || end.failure !== null)
    tally.found([wrong(`the engine ended with ${end.failure ?? end.by}: ${end.complaint}`)], where);
}

/** The import to its end, or a start that cleans up after it: one whole batch, and no file beside its sources. */
async function finishImport(target: Target, source: ImportSource): Promise<void> {
  const { tally, where, dataDir } = target;
  await runWhole(target);
  const snapshot = snapshotOf(target);
  tally.found([...snapshot.findings, ...wrongBatches(snapshot, source)], where);
  if (snapshot.batches.length !== 1)
    tally.found(
      [{ kind: 'lost', what: `${String(snapshot.batches.length)} batches after an import to its end` }],
      where,
    );
  const files = filesIn(join(dataDir, 'sources')).length;
  if (files !== source.files)
    tally.found([wrong(`${String(files)} source files are kept for ${String(source.files)}`)], where);
  tally.invoices += source.invoices;
}

/** At most one batch, and that one whole. */
function wrongBatches({ batches }: Snapshot, source: ImportSource): Finding[] {
  const findings = batches
    .filter(({ invoices }) => invoices !== source.invoices)
    .map(({ invoices }) => ({
      kind: 'lost' as const,
      what: `a batch holds ${invoices} of ${source.invoices} invoices`,
    }));
  return batches.length > 1 ? [...findings, { kind: 'double', what: 'the batch is there twice' }] : findings;
}

/** What was imported is kept byte for byte: a file of its own under its SHA-256, single invoices within one pack. */
function wrongSources(dataDir: string, { path }: ImportSource): Finding[] {
  const folder = join(dataDir, 'sources');
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.includes('.part'));
  const kept = entries.filter((name) => /\.(?:xml|pack)$/u.test(name)).map((name) => readFileSync(join(folder, name)));
  const isFolder = statSync(path).isDirectory();
  const given = isFolder ? readdirSync(path).map((name) => join(path, name)) : [path];
  const missing = given.filter((name) => {
    const bytes = readFileSync(name);
    return isFolder ? !kept.some((pack) => pack.includes(bytes)) : !kept.some((each) => sha256(each) === sha256(bytes));
  });
  return missing.length === 0
    ? []
    : [{ kind: 'lost', what: `${String(missing.length)} source files of a batch are not kept as they came` }];
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** All or nothing, and every document of a delivery is kept. */
function wrongReleases({ deliveries }: Snapshot, dataDir: string): Finding[] {
  if (deliveries.length === 0) return [];
  const documents = new Set(filesIn(join(dataDir, 'documents')));
  const missing = deliveries.filter(({ sha256 }) => !documents.has(`${sha256}.pdf`)).length;
  return [
    ...(deliveries.length === releasedInvoices ? [] : [wrong(`${String(deliveries.length)} were released, not all`)]),
    ...(missing === 0 ? [] : [{ kind: 'lost' as const, what: `${String(missing)} documents are missing` }]),
  ];
}

function wrong(what: string): Finding {
  return { kind: 'wrong', what };
}
