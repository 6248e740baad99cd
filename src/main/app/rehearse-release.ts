// Rehearses a release at services that have a test mode: what they refuse, what they would ask another amount for, what is not released. Sends nothing, keeps nothing.

import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ReleasePlan } from '../../shared/contract/methods.ts';
import { mostNamed } from '../../shared/schema/accounts.ts';
import type { Rehearsal } from '../../shared/schema/accounts.ts';
import type { RehearsedInvoice } from '../ports/account-service.ts';
import { findDesk } from './account-desk.ts';
import { refreshAccountLists } from './account-lists.ts';
import { composeFor } from './compose-document.ts';
import type { AppContext } from './context.ts';
import { planRelease } from './plan-release.ts';
import type { PlannedInvoice } from './plan-release.ts';

/** How it is ended: `patienceMs` null: however long it takes. */
export interface RehearsalControl {
  readonly signal: AbortSignal;
  readonly patienceMs: number | null;
}

/** Composed and looked at together: as many as the service takes in one request. */
const lotSize = 500;

/** Errors: as planRelease and findDesk, and those of the kept sources. What a service answers is in the report. */
export async function rehearseRelease(
  context: AppContext,
  plan: Pick<ReleasePlan, 'batchId' | 'connections' | 'limit'>,
  { signal, patienceMs }: RehearsalControl,
): Promise<Result<{ readonly lanes: Rehearsal[] }>> {
  const found = planRelease(context, plan);
  if (!found.ok) return found;
  const time = patienceMs === null ? signal : AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const byConnection = Map.groupBy(found.value.planned, ({ connection }) => connection.id);
  const lanes: Rehearsal[] = [];
  for (const [connectionId, planned] of byConnection) {
    const [first] = planned;
    if (first === undefined || context.adapters[first.connection.channel].account === undefined) continue;
    await refreshAccountLists(context, [connectionId], time);
    const lane = await rehearseLane(context, { connection: first.connection, planned }, time);
    if (!lane.ok) return lane;
    lanes.push(lane.value);
  }
  return ok({ lanes });
}

/** Lot by lot, until all is looked at, the service says nothing more, or time is over. */
async function rehearseLane(
  context: AppContext,
  { connection, planned }: Pick<PlannedInvoice, 'connection'> & { readonly planned: readonly PlannedInvoice[] },
  signal: AbortSignal,
): Promise<Result<Rehearsal>> {
  const found = await findDesk(context, connection.id);
  if (!found.ok) return found;
  const { desk, target } = found.value;
  const lane: Rehearsal = {
    connectionId: connection.id,
    connectionName: connection.name,
    accepted: 0,
    compared: 0,
    differing: { count: 0, invoices: [] },
    refused: { count: 0, invoices: [] },
    unfit: { count: 0, invoices: [] },
    left: planned.length,
    fault: null,
  };
  const isOver = (): boolean => signal.aborted;
  for (let at = 0; at < planned.length && !isOver(); at += lotSize) {
    const lot = planned.slice(at, at + lotSize);
    const composed = await composeLot(context, lot, lane);
    if (!composed.ok) return composed;
    const { invoices, byKey } = composed.value;
    const answer = await desk.rehearse(target, invoices, signal);
    lane.accepted += answer.accepted;
    lane.compared += answer.compared;
    for (const { key, ...rest } of answer.differing) name(lane.differing, byKey.get(key), rest);
    for (const { key, ...rest } of answer.refused) name(lane.refused, byKey.get(key), rest);
    lane.left -= lot.length - invoices.length + answer.accepted + answer.refused.length;
    // What time cut off is left, and no fault.
    if (answer.fault === null || isOver()) continue;
    lane.fault = { ...answer.fault };
    break;
  }
  return ok(lane);
}

interface NamedInvoice {
  readonly invoiceId: number;
  readonly invoiceNumber: string;
}

async function composeLot(
  context: AppContext,
  lot: readonly PlannedInvoice[],
  { unfit }: Pick<Rehearsal, 'unfit'>,
): Promise<
  Result<{ readonly invoices: readonly RehearsedInvoice[]; readonly byKey: ReadonlyMap<string, NamedInvoice> }>
> {
  const invoices: RehearsedInvoice[] = [];
  const byKey = new Map<string, NamedInvoice>();
  for (const each of lot) {
    const { invoiceId, invoiceNumber } = each.candidate;
    const composed = await composeFor(context, each);
    if (!composed.ok) return composed;
    if ('problems' in composed.value) {
      const [problem] = composed.value.problems;
      const { code = '', found = '', expected = '' } = { ...problem };
      name(unfit, { invoiceId, invoiceNumber }, { code, found, expected });
      continue;
    }
    const { target: key, bytes: document } = composed.value.composed;
    byKey.set(key, { invoiceId, invoiceNumber });
    invoices.push({ key, document });
  }
  return ok({ invoices, byKey });
}

/** Counts one, and names it while there is room. */
function name<T>(
  list: { count: number; readonly invoices: (NamedInvoice & T)[] },
  invoice: NamedInvoice | undefined,
  rest: T,
): void {
  list.count += 1;
  if (invoice !== undefined && list.invoices.length < mostNamed) list.invoices.push({ ...invoice, ...rest });
}
