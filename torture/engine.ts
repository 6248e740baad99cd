// The engine under torture: the product's own wiring in a process of its own, told by one line what to do, and killed while it does it.

import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmailAdapter } from '../src/main/adapters/email/adapter.ts';
import { createSftpAdapter } from '../src/main/adapters/sftp/adapter.ts';
import { actNow } from '../src/main/app/context.ts';
import { importGiven } from '../src/main/app/import-given.ts';
import { releaseToConnection } from '../src/main/app/release-to-connection.ts';
import { lookUpUnknown, resolveByOperator } from '../src/main/app/resolve-unknown.ts';
import { saveConnection } from '../src/main/app/save-connection.ts';
import { openWorkspace } from '../src/main/engine/open-workspace.ts';
import type { OuterPorts, Workspace } from '../src/main/engine/open-workspace.ts';
import { entryPoints, resourcesFolder } from '../src/main/platform/entry-points.ts';
import type { Log } from '../src/main/ports/log.ts';
import type { Secrets } from '../src/main/ports/secrets.ts';
import { isStoreFailure } from '../src/main/ports/store.ts';
import { connectionInputSchema } from '../src/shared/schema/connection.ts';
import type { DeliveryState } from '../src/shared/schema/delivery.ts';
import { ok } from '../src/shared/result.ts';
import { withFaultPoints } from './fault-points.ts';
import type { FaultPoint } from './fault-points.ts';
import { createJumpingClock } from './jumping-clock.ts';
import { orderSchema } from './orders.ts';
import type { LookUp, Order, Step, Word } from './orders.ts';
import { watchDatabases } from './weaken.ts';

/** A peer that is silent for longer than this counts as gone; the product's own patience is minutes. */
const patienceMs = 1_000;
/** A disk that stays full, or a peer that never answers, ends the delivering after so many rounds. */
const mostRounds = 400;
const roundPauseMs = 5;
const anyDelivery = { batchId: null, connectionId: null, search: '' };
const waitingStates: readonly DeliveryState[] = ['queued', 'claimed', 'sending', 'waiting'];

function say(word: Word): void {
  // At once: whatever is killed next has been said.
  writeSync(1, `${JSON.stringify(word)}\n`);
}

const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function secretsOf(password: string): Secrets {
  return {
    isKeychainAvailable: () => Promise.resolve(false),
    read: (_connectionId, source) => Promise.resolve(ok(source.kind === 'none' ? null : password)),
    write: () => Promise.resolve(ok(null)),
    remove: () => Promise.resolve(ok(null)),
  };
}

/** Kills this very process at the ordered passing of the ordered place. */
function killer({ kill }: Order): (point: FaultPoint) => void {
  let passings = 0;
  return (point) => {
    if (point !== kill?.point) return;
    passings += 1;
    if (passings < kill.passing) return;
    say({ say: 'point', point });
    process.kill(process.pid, 'SIGKILL');
  };
}

function impatient(ports: OuterPorts): OuterPorts {
  const timing = { connectTimeoutMs: patienceMs, abortGraceMs: 50 };
  return {
    ...ports,
    adapters: {
      ...ports.adapters,
      email: createEmailAdapter({ ...timing, commandTimeoutMs: patienceMs, replyTimeoutMs: patienceMs }),
      sftp: createSftpAdapter({ ...timing, openTimeoutMs: 2 * patienceMs, requestTimeoutMs: patienceMs }),
    },
  };
}

/** Sends first and marks afterwards: what the mark is there to prevent. */
function withoutMark(ports: OuterPorts): OuterPorts {
  const { deliveries } = ports.store;
  const marked = new Set<number>();
  const late: typeof deliveries = {
    ...deliveries,
    markSending: (_fence, claims) => {
      const ids = claims.map(({ deliveryId }) => deliveryId);
      for (const id of ids) marked.add(id);
      return ids;
    },
    record: (fence, outcomes) => {
      const claims = outcomes.filter(({ deliveryId }) => marked.delete(deliveryId));
      if (claims.length > 0) deliveries.markSending(fence, claims, claims[0]?.nowMs ?? 0);
      return deliveries.record(fence, outcomes);
    },
  };
  return { ...ports, store: { ...ports.store, deliveries: late } };
}

async function carryOut(order: Order): Promise<{ readonly failure: string | null; readonly lookUps: LookUp[] }> {
  const databases = await watchDatabases(order.weakness !== null || order.sparePages !== null);
  const kill = killer(order);
  const opened = await openWorkspace({
    dataDir: order.dataDir,
    isPractice: false,
    isDelivering: false,
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    clock: createJumpingClock(order.clockSeed),
    log: quietLog,
    secrets: secretsOf(order.password),
    actor: 'torture',
    publish: () => undefined,
    around: (ports) => {
      const shorter = impatient(ports);
      return withFaultPoints(order.weakness === 'noMark' ? withoutMark(shorter) : shorter, kill);
    },
  });
  if (!opened.ok) return { failure: opened.error.code, lookUps: [] };
  if (order.weakness === 'normalSync') databases.setNormalSync();
  if (order.sparePages !== null) databases.limitGrowth(order.sparePages);
  say({ say: 'open' });
  const lookUps: LookUp[] = [];
  let failure: string | null = null;
  for (const step of order.steps) {
    failure = await take(opened.value, step, lookUps).catch(codeOfStore);
    if (failure !== null) break;
  }
  await opened.value.close();
  return { failure, lookUps };
}

/** The operator's own acts meet the same disk; the window says the code, and so does this engine. */
function codeOfStore(error: unknown): string {
  if (isStoreFailure(error)) return error.code;
  throw error;
}

/** Null, or the code of what could not be done. */
async function take(workspace: Workspace, step: Step, lookUps: LookUp[]): Promise<string | null> {
  const { context } = workspace;
  const signal = new AbortController().signal;
  switch (step.do) {
    case 'import': {
      const report = await importGiven(context, {
        files: [{ path: step.path, name: step.path }],
        mode: 'lenient',
        ownerPid: process.pid,
        signal,
        onProgress: () => undefined,
      });
      return report.refused[0]?.error.code ?? null;
    }
    case 'connect': {
      const saved = await saveConnection(context, null, connectionInputSchema.parse(step.input));
      return saved.ok ? null : saved.error.code;
    }
    case 'release': {
      const batchId = context.store.reads.batchPage(0, 1).batches[0]?.id ?? '';
      const released = await releaseToConnection(
        context,
        { batchId, connection: step.connection, isReadyOnly: false },
        { signal, onProgress: () => undefined },
      );
      return released.ok ? null : released.error.code;
    }
    case 'deliver':
      return deliver(workspace);
    case 'settle':
      await settle(workspace, { arrived: new Set(step.arrived), lookUps });
      return null;
  }
}

/** What an operator does who wants everything out now: resumes lanes that stand still, and tries at once what waits. */
async function deliver({ context, runner }: Workspace): Promise<string | null> {
  const { deliveries, reads } = context.store;
  for (let round = 0; round < mostRounds; round += 1) {
    const act = actNow(context);
    for (const lane of reads.lanes(null, act.nowMs))
      if (lane.blockedBy !== null) deliveries.setLaneBlock(lane.connectionId, null, act.nowMs);
    deliveries.retry({ ...anyDelivery, states: ['waiting', 'failed', 'rejected'] }, act);
    const ran = await runner.runUntilIdle();
    if (!ran.ok) return ran.error.code;
    const left = reads.deliveryPage({ ...anyDelivery, states: [...waitingStates, 'failed', 'rejected'] }, 0, 1).total;
    if (left === 0) return null;
    await sleep(roundPauseMs);
  }
  return 'NOT_FINISHED';
}

async function settle(
  { context }: Workspace,
  { arrived, lookUps }: { readonly arrived: ReadonlySet<string>; readonly lookUps: LookUp[] },
): Promise<void> {
  const { unknowns, reads } = context.store;
  const everything = { all: { batchId: null } };
  const numberOf = (id: number): string => reads.delivery(id)?.invoiceNumber ?? '';
  const round = await lookUpUnknown(context, unknowns.find(everything), {
    signal: new AbortController().signal,
    isAutomatic: false,
  });
  for (const { delivery, answer } of round.answers) lookUps.push({ invoiceNumber: numberOf(delivery.id), answer });
  const left = Map.groupBy(unknowns.find(everything), ({ id }) => arrived.has(numberOf(id)));
  for (const [hasArrived, deliveries] of left)
    resolveByOperator(
      context,
      { ids: deliveries.map(({ id }) => id) },
      { verdict: hasArrived ? 'arrived' : 'notArrived', reason: 'asked the recipient' },
    );
}

async function main(): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  say({ say: 'ready' });
  for await (const line of lines) {
    say({ say: 'ended', ...(await carryOut(orderSchema.parse(JSON.parse(line)))) });
    break;
  }
  process.exit(0);
}

await main();
