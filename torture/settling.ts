// The end of every world with deliveries: recovered, what is unknown counted and settled as an operator would, delivered to the end, compared.

import type { Weakness } from './orders.ts';
import type { Tally } from './tally.ts';
import { compareAtEnd, compareNow, receivedOf } from './witness.ts';
import type { Finding } from './witness.ts';
import { plainOrder } from './world.ts';
import type { Bench, Template, World } from './world.ts';
import type { EnginePool } from './engine-process.ts';

/** What is at its end. */
export interface Ending {
  readonly bench: Bench;
  readonly template: Template;
  readonly world: World;
  readonly tally: Tally;
  readonly weakness?: Weakness | null;
  /** Other engines than the bench's. */
  readonly pool?: EnginePool;
}

/** Compares now; returns how many deliveries are still to be sent. */
export function checkNow({ world, tally }: Pick<Ending, 'world' | 'tally'>, where: string): number {
  const { deliveries, findings } = world.snapshot();
  tally.found([...findings, ...compareNow(deliveries, world.ledger())], where);
  return deliveries.filter(({ state }) => state !== 'accepted' && state !== 'unknown' && state !== 'sending').length;
}

/** Brings a world to its end. Returns false when the engine could not deliver all. */
export async function settleWorld(ending: Ending): Promise<boolean> {
  const { bench, world, template, tally } = ending;
  const pool = ending.pool ?? bench.pool;
  const weak = { weakness: ending.weakness ?? null };
  const where = `${world.name}, at the end`;
  const recovered = await pool.run({ ...plainOrder(bench, world.dataDir, [{ do: 'deliver' }]), ...weak });
  const doubtful = world.snapshot().deliveries.filter(({ state }) => state === 'unknown');
  const arrived = receivedOf(world.ledger());
  tally.undecided += doubtful.length;
  tally.lostReplies += doubtful.filter(({ invoiceNumber }) => arrived.has(invoiceNumber)).length;
  const settled = await pool.run({
    ...plainOrder(bench, world.dataDir, [{ do: 'settle', arrived: [...arrived.keys()] }, { do: 'deliver' }]),
    ...weak,
  });
  for (const end of [recovered, settled])
    if (end.by !== 'itself' || end.failure !== null)
      tally.found([{ kind: 'wrong', what: `the engine ended with ${end.failure ?? end.by}: ${end.complaint}` }], where);
  tally.found(wrongLookUps(settled.lookUps, new Set(arrived.keys())), where);
  const snapshot = world.snapshot();
  const ledger = world.ledger();
  tally.found(
    [
      ...snapshot.findings,
      ...compareNow(snapshot.deliveries, ledger),
      ...compareAtEnd(template.released, snapshot, ledger),
    ],
    where,
  );
  tally.invoices += template.released.size;
  return settled.failure === null;
}

function wrongLookUps(
  lookUps: readonly { readonly invoiceNumber: string; readonly answer: string }[],
  arrived: ReadonlySet<string>,
): Finding[] {
  return lookUps
    .filter(({ invoiceNumber, answer }) => (arrived.has(invoiceNumber) ? answer === 'absent' : answer === 'found'))
    .map(({ invoiceNumber, answer }) => ({ kind: 'wrong', what: `the look-up of ${invoiceNumber} said ${answer}` }));
}
