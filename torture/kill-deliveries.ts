// Kills the engine while it delivers, at any moment and at each numbered place in turn, until so many kills are made.

import type { PdfChannel as Channel } from '../src/shared/schema/delivery.ts';
import type { EngineEnd, EnginePool } from './engine-process.ts';
import { faultPoints, pointsOf } from './fault-points.ts';
import type { FaultPoint } from './fault-points.ts';
import type { Order, Weakness } from './orders.ts';
import type { Chance } from './random.ts';
import { checkNow, settleWorld } from './settling.ts';
import { Tally } from './tally.ts';
import { makeTemplate, openWorld, plainOrder } from './world.ts';
import type { Bench, Template, World } from './world.ts';

/** Invoices of one world: about ten kills use them up. */
const invoices = 40;
/** A kill falls among the next so many documents. */
const reach = 12;

/** How deliveries are killed. */
export interface KillOptions {
  readonly channel: Channel;
  readonly kills: number;
  /** For the tally. */
  readonly name: string;
  readonly weakness?: Weakness;
  /** The engine's clock jumps. */
  readonly isClockJumping?: boolean;
  /** Other engines than the bench's. */
  readonly pool?: EnginePool;
  /** Where the data folder lies, when not in the world's own folder. */
  readonly dataDir?: string;
  /** Called before each start of an engine and after each kill, before anything is compared. */
  readonly beforeStart?: (world: World) => void;
  readonly afterKill?: (world: World) => void;
}

/** What is known of the machine's pace; decides when a kill falls, so that it falls into the work. */
interface Pace {
  openMs: number;
  itemMs: number;
}

/** Makes the kills; checks after each, and at the end of each world. */
export async function killDeliveries(bench: Bench, options: KillOptions): Promise<Tally> {
  const tally = new Tally(options.name);
  const template = await makeTemplate(bench, options.channel, { invoices, isReleased: true });
  const chance = bench.chance.branch(options.name);
  const points = placesInTurn(pointsOf.delivery);
  const indexPoints = placesInTurn(pointsOf.index);
  const pace: Pace = { openMs: 150, itemMs: 10 };
  for (let worlds = 1; killsOf(tally) < options.kills; worlds += 1) {
    const world = await openWorld(bench, template, {
      name: `${options.name} world ${String(worlds)}`,
      ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    });
    const torment = { bench, template, world, tally, chance, options, pace };
    try {
      await killUntilDone(torment, points);
      if (options.channel === 'sftp') await killOnce(torment, { point: indexPoints(), passing: 1 });
      options.beforeStart?.(world);
      await settleWorld({
        ...torment,
        weakness: options.weakness ?? null,
        ...(options.pool === undefined ? {} : { pool: options.pool }),
      });
    } finally {
      await world.close();
    }
    if (tally.findings.length > 0 && options.weakness !== undefined) break;
    if (worlds % 20 === 0)
      bench.print(`  ${options.name}: ${String(killsOf(tally))} kills, ${String(tally.findings.length)} findings`);
  }
  return tally.end();
}

interface Torment {
  readonly bench: Bench;
  readonly template: Template;
  readonly world: World;
  readonly tally: Tally;
  readonly chance: Chance;
  readonly options: KillOptions;
  readonly pace: Pace;
}

function killsOf(tally: Tally): number {
  return [...tally.faults.values()].reduce((sum, count) => sum + count, 0);
}

/** The places one after the other, for ever. */
export function placesInTurn(points: readonly FaultPoint[]): () => FaultPoint {
  let next = 0;
  return () => {
    const point = points[next % points.length] ?? 1;
    next += 1;
    return point;
  };
}

async function killUntilDone(torment: Torment, points: () => FaultPoint): Promise<void> {
  const { chance, options, tally, template } = torment;
  let left = template.released.size;
  while (left > 0 && killsOf(tally) < options.kills) {
    const isAtPoint = chance.fraction() < 0.5;
    const kill = isAtPoint ? { point: points(), passing: 1 + chance.below(3) } : null;
    const end = await killOnce(torment, kill, left);
    if (end.by === 'hang' || end.by === 'crash') return;
    left = checkNow(torment, `${torment.world.name}, after kill ${String(killsOf(tally))}`);
    learn(torment.pace, end, left);
  }
}

async function killOnce(torment: Torment, kill: Order['kill'], left = reach): Promise<EngineEnd> {
  const { bench, world, chance, options, tally, pace } = torment;
  const clockSeed = options.isClockJumping === true ? chance.below(1_000_000) : null;
  const afterMs = kill === null ? momentOf(chance, pace, left) : null;
  options.beforeStart?.(world);
  const end = await (options.pool ?? bench.pool).run(
    {
      ...plainOrder(bench, world.dataDir, [{ do: 'deliver' }]),
      kill,
      clockSeed,
      weakness: options.weakness ?? null,
    },
    afterMs,
  );
  tally.trials += 1;
  if (end.by === 'point' && kill !== null) tally.fault(`killed ${placeName(kill.point)}`);
  if (end.by === 'time') tally.fault('killed at any moment');
  if (end.by === 'hang' || end.by === 'crash' || end.failure !== null)
    tally.found(
      [{ kind: 'wrong', what: `the engine ended with ${end.failure ?? end.by}: ${end.complaint}` }],
      world.name,
    );
  if (end.by === 'point' || end.by === 'time') options.afterKill?.(world);
  return end;
}

/** The number and the words of a place. */
export function placeName(point: number): string {
  const words = Object.entries(faultPoints).find(([number]) => Number(number) === point)?.[1];
  return `${words ?? 'nowhere'} (${String(point)})`;
}

/** One kill in seven falls into the start, the others among the next documents. */
function momentOf(chance: Chance, pace: Pace, left: number): number {
  if (chance.fraction() < 0.15) return chance.fraction() * pace.openMs;
  return pace.openMs + chance.fraction() * pace.itemMs * Math.min(left, reach);
}

function learn(pace: Pace, end: EngineEnd, left: number): void {
  if (end.openMs === null) return;
  pace.openMs = pace.openMs * 0.8 + end.openMs * 0.2;
  const workMs = end.tookMs - end.openMs;
  if (end.by === 'itself' && left === 0) pace.itemMs = Math.min(50, Math.max(3, workMs / reach));
}
