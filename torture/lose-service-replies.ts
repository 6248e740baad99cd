// Loses a service's replies: an order made, delivered or an invoice sent, and the answer never comes back. Each operation, by each fault.

import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeSampleFile, writeSampleFolder } from '../src/main/engine/sample-file.ts';
import type { SampleFormat } from '../src/main/domain/sample/sample-formats.ts';
import { channels } from '../src/shared/schema/delivery.ts';
import { entryPoints } from '../src/main/platform/entry-points.ts';
import { startPracticeProcess } from '../src/main/platform/practice-process.ts';
import type { PracticeMischief, PracticeProcess } from '../src/main/platform/practice-process.ts';
import type { EngineEnd } from './engine-process.ts';
import { FaultProxy } from './fault-proxy.ts';
import type { Step } from './orders.ts';
import { compareServiceAtEnd, readMoment } from './service-witness.ts';
import type { ServiceLedger, ServiceMoment } from './service-witness.ts';
import { Tally } from './tally.ts';
import { plainOrder } from './world.ts';
import type { Bench } from './world.ts';

/** Invoices of one world: few for a few answers, more where many are to be lost. */
const fewest = 24;
const most = 240;

interface ServicePlan {
  readonly channel: Service;
  readonly format: SampleFormat;
  /** What changes something at the service, a step each. */
  readonly operations: readonly string[];
  readonly ledger: ServiceLedger;
  /** Which answers are lost: not all, for a service that never answers is a lane that stands still. */
  readonly share: Pick<PracticeMischief, 'every' | 'count'>;
  readonly configFor: (port: number) => object;
}

/** Services that take data of their own, as the practice providers serve them. */
const services = ['svea', 'sendregning'] as const;
/** One of {@link services}. */
export type Service = (typeof services)[number];
const known: readonly string[] = channels;
/** Those that the product delivers to. */
export const deliveredServices = services.filter((service) => known.includes(service));

const plans: Readonly<Record<Service, ServicePlan>> = {
  svea: {
    channel: 'svea',
    format: 'gasel',
    operations: ['CreateOrderEu', 'DeliverOrderEu'],
    ledger: {
      keyField: 'clientOrderNumber',
      effects: ['created', 'delivered'],
      contentOf: ({ customer, rows }) => [rows, customer],
    },
    share: { every: 2 },
    configFor: (port) => ({
      channel: 'svea',
      url: `http://127.0.0.1:${String(port)}/sveawebpay.asmx`,
      clientNumber: '71001',
      username: 'practice',
      country: 'SE',
      orderType: 'Invoice',
      distribution: 'Post',
    }),
  },
  sendregning: {
    channel: 'sendregning',
    // One invoice a file.
    format: 'ehf',
    operations: ['send invoice'],
    ledger: { keyField: 'orderNo', effects: ['sent'], contentOf: ({ orderNo }) => orderNo },
    // Many invoices go in one request.
    share: { count: 2 },
    configFor: (port) => ({
      channel: 'sendregning',
      url: `http://127.0.0.1:${String(port)}/ws/butler.do`,
      user: 'practice',
      isTest: false,
    }),
  },
};

interface Loss {
  readonly how: Pick<PracticeMischief, 'mode' | 'phase' | 'httpStatus'>;
  /** SendRegning: the first look-up does not find what was sent either, so that the same request goes again and is answered with 409. */
  readonly isListedLate?: boolean;
}

/** Ways of losing an answer whose effect is done; and one where nothing was done, which looks the same from here. */
const losses: Readonly<Record<string, Loss>> = {
  'a cut': { how: { mode: 'cut', phase: 'after-effect-before-reply' } },
  'a cut within the answer': { how: { mode: 'cut', phase: 'in-reply' } },
  'a spoilt answer': { how: { mode: 'garble', phase: 'in-reply' } },
  'a cut before anything was done': { how: { mode: 'cut', phase: 'before-effect' } },
  'an internal error': { how: { mode: 'refuse', phase: 'after-effect-before-reply', httpStatus: 500 } },
  'a cut, and listed too late': {
    how: { mode: 'cut', phase: 'after-effect-before-reply' },
    isListedLate: true,
  },
};

interface ServiceBench {
  readonly bench: Bench;
  readonly plan: ServicePlan;
  readonly proxy: FaultProxy;
  readonly templateDir: string;
  readonly released: ReadonlySet<string>;
}

/** Requests that were answered with 409, and how many are wanted for each reply that is to be lost: a request holds many invoices. */
const conflicts = 'answered with 409';
const conflictShare = 0.4;

function lossesOf(channel: Service): readonly (readonly [string, Loss])[] {
  return Object.entries(losses).filter(([, { isListedLate }]) => isListedLate !== true || channel === 'sendregning');
}

/** For each operation of the service and each way of losing its answer (or the first few), until so many deliveries were in doubt. */
export async function loseServiceReplies(
  bench: Bench,
  {
    channel,
    replies,
    ways = Infinity,
  }: { readonly channel: Service; readonly replies: number; readonly ways?: number },
): Promise<Tally[]> {
  const plan = plans[channel];
  const proxy = new FaultProxy(bench.chance.branch(`${channel} proxy`), { corrupts: 'answers' });
  const port = await proxy.open();
  const invoices = Math.min(most, Math.max(fewest, replies));
  try {
    const made = { bench, plan, proxy, ...(await makeServiceTemplate(bench, plan, { port, invoices })) };
    const tallies: Tally[] = [];
    for (const operation of plan.operations)
      for (const [words, { how, isListedLate = false }] of lossesOf(channel).slice(0, ways)) {
        const tally = new Tally(`${channel}, ${operation}, ${words}`);
        const isEnough = (): boolean =>
          isListedLate ? tally.count(conflicts) >= replies * conflictShare : tally.undecided >= replies;
        for (let worlds = 1; !isEnough(); worlds += 1) {
          const order = { provider: channel, operation, ...plan.share, ...how, ...(isListedLate ? { count: 1 } : {}) };
          await oneWorld(made, { tally, order, isListedLate, worlds });
          if (worlds > 5 + replies) throw new Error(`${tally.name}: hardly any answer is lost`);
        }
        tallies.push(tally.end());
      }
    return tallies;
  } finally {
    await proxy.close();
  }
}

async function makeServiceTemplate(
  bench: Bench,
  plan: ServicePlan,
  { port, invoices }: { readonly port: number; readonly invoices: number },
): Promise<{ readonly templateDir: string; readonly released: ReadonlySet<string> }> {
  const { channel, format, ledger } = plan;
  const dir = join(bench.dir, `template-${channel}`);
  const templateDir = join(dir, 'data');
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'batch');
  const write = format === 'ehf' ? writeSampleFolder : writeSampleFile;
  await write(file, { invoices, errors: 0, seed: 7, format });
  const config = plan.configFor(port);
  const steps: Step[] = [
    { do: 'import', path: file },
    { do: 'connect', input: { name: channel, config, secret: { kind: 'environment', variable: 'UNUSED' } } },
    { do: 'release', connection: channel },
  ];
  const made = await bench.pool.run(plainOrder(bench, templateDir, steps));
  if (made.by !== 'itself' || made.failure !== null)
    throw new Error(`a template could not be made: ${made.failure ?? made.by} ${made.complaint}`);
  const place = { dataDir: templateDir, ledgerPath: join(dir, 'no-ledger'), scratchDir: join(dir, 'scratch') };
  const { rows } = readMoment(ledger, place);
  if (rows.length === 0) throw new Error(`nothing of the sample can go by ${channel}`);
  return { templateDir, released: new Set(rows.map(({ invoiceNumber }) => invoiceNumber)) };
}

interface Trial {
  readonly tally: Tally;
  readonly order: PracticeMischief;
  readonly isListedLate: boolean;
  readonly worlds: number;
}

async function oneWorld(made: ServiceBench, { tally, order, isListedLate, worlds }: Trial): Promise<void> {
  const { bench, plan, proxy, templateDir, released } = made;
  const name = `${tally.name} world ${String(worlds)}`;
  const dir = join(bench.dir, name.replaceAll(/[^a-z0-9]+/giu, '-'));
  const dataDir = join(dir, 'data');
  const providersDir = join(dir, 'providers');
  mkdirSync(providersDir, { recursive: true });
  copyFileSync(join(bench.dir, 'keys', 'password'), join(providersDir, 'password'));
  cpSync(templateDir, dataDir, { recursive: true });
  const providers = await startPracticeProcess({ entry: entryPoints().practice, dir: providersDir });
  const place = {
    dataDir,
    ledgerPath: providers.endpoints.ledgers[plan.channel],
    scratchDir: join(dir, 'scratch'),
  };
  const look = (where: string): ServiceMoment => {
    const moment = readMoment(plan.ledger, place);
    tally.found(moment.findings, `${name}, ${where}`);
    return moment;
  };
  try {
    proxy.aim(providers.endpoints[plan.channel].port);
    await providers.misbehave(order);
    await run(made, { tally, name, dataDir, steps: [{ do: 'deliver' }] });
    if (isListedLate) await providers.instruct('sendregning', { do: 'setUp', emptySelections: 1 });
    await settle(made, { tally, name, dataDir, providers, look });
    const end = look('at the end');
    tally.found(compareServiceAtEnd(end, plan.ledger, released), `${name}, at the end`);
    tally.fault(conflicts, end.lines.filter(({ event, status }) => event === 'refused' && status === 409).length);
    tally.invoices += released.size;
  } finally {
    proxy.dropAll();
    await providers.stop();
    if (existsSync(dir)) rmSync(dir, { recursive: true, force: true });
  }
}

interface Running {
  readonly tally: Tally;
  readonly name: string;
  readonly dataDir: string;
}

/** Gives the order and notes an engine that did not end well. */
async function run(
  { bench }: ServiceBench,
  { tally, name, dataDir, steps }: Running & { readonly steps: readonly Step[] },
): Promise<EngineEnd> {
  const end = await bench.pool.run(plainOrder(bench, dataDir, steps));
  tally.trials += 1;
  if (end.by !== 'itself' || end.failure !== null)
    tally.found([{ kind: 'wrong', what: `the engine ended with ${end.failure ?? end.by}: ${end.complaint}` }], name);
  return end;
}

/** Steps follow each other, and each may leave doubts: settled by look-up, else by an operator who looks at the service. */
async function settle(
  made: ServiceBench,
  given: Running & { readonly providers: PracticeProcess; readonly look: (where: string) => ServiceMoment },
): Promise<void> {
  for (const _step of made.plan.operations) await settleOnce(made, given);
  await given.providers.misbehave({ provider: made.plan.channel, mode: 'none' });
  await settleOnce(made, given);
}

async function settleOnce(
  made: ServiceBench,
  given: Running & { readonly look: (where: string) => ServiceMoment },
): Promise<void> {
  const { tally, name, look } = given;
  const { rows, effectsOf } = look('after answers were lost');
  const doubtful = rows.filter(({ state }) => state === 'unknown');
  const arrived = new Set(doubtful.filter((row) => effectsOf(row).length > 0).map((row) => row.invoiceNumber));
  tally.undecided += doubtful.length;
  tally.lostReplies += arrived.size;
  tally.fault('in doubt', doubtful.length);
  const steps: Step[] = [{ do: 'settle', arrived: [...arrived] }, { do: 'deliver' }];
  const { lookUps } = await run(made, { ...given, steps });
  for (const { invoiceNumber, answer } of lookUps)
    if (arrived.has(invoiceNumber) ? answer === 'absent' : answer === 'found')
      tally.found([{ kind: 'wrong', what: `the look-up of ${invoiceNumber} said ${answer}` }], name);
}
