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

/** Errors: as planRelease and findDesk, and those of the kept sources. What a service answers is in the report. */
export async function rehearseRelease(
  context: AppContext,
  plan: Pick<ReleasePlan, 'batchId' | 'connections' | 'limit'>,
  signal: AbortSignal,
): Promise<Result<{ readonly lanes: Rehearsal[] }>> {
  const found = planRelease(context, plan);
  if (!found.ok) return found;
  const byConnection = Map.groupBy(found.value.planned, ({ connection }) => connection.id);
  const lanes: Rehearsal[] = [];
  for (const [connectionId, planned] of byConnection) {
    const [first] = planned;
    if (first === undefined || context.adapters[first.connection.channel].account === undefined) continue;
    await refreshAccountLists(context, [connectionId], signal);
    const lane = await rehearseLane(context, { connection: first.connection, planned }, signal);
    if (!lane.ok) return lane;
    lanes.push(lane.value);
  }
  return ok({ lanes });
}

async function rehearseLane(
  context: AppContext,
  { connection, planned }: Pick<PlannedInvoice, 'connection'> & { readonly planned: readonly PlannedInvoice[] },
  signal: AbortSignal,
): Promise<Result<Rehearsal>> {
  const found = await findDesk(context, connection.id);
  if (!found.ok) return found;
  const invoices: RehearsedInvoice[] = [];
  const byKey = new Map<string, { readonly invoiceId: number; readonly invoiceNumber: string }>();
  const unfit: Rehearsal['unfit']['invoices'] = [];
  for (const each of planned) {
    const { invoiceId, invoiceNumber } = each.candidate;
    const composed = await composeFor(context, each);
    if (!composed.ok) return composed;
    if ('problems' in composed.value) {
      const [problem] = composed.value.problems;
      unfit.push({
        invoiceId,
        invoiceNumber,
        code: problem?.code ?? '',
        found: problem?.found ?? '',
        expected: problem?.expected ?? '',
      });
      continue;
    }
    const { target: key, bytes: document } = composed.value.composed;
    byKey.set(key, { invoiceId, invoiceNumber });
    invoices.push({ key, document });
  }
  const { desk, target } = found.value;
  const { accepted, compared, differing, refused, fault } = await desk.rehearse(target, invoices, signal);
  const named = <T extends { readonly key: string }>(all: readonly T[]) =>
    all.slice(0, mostNamed).flatMap(({ key, ...rest }) => {
      const invoice = byKey.get(key);
      return invoice === undefined ? [] : [{ ...invoice, ...rest }];
    });
  return ok({
    connectionId: connection.id,
    connectionName: connection.name,
    accepted,
    compared,
    differing: { count: differing.length, invoices: named(differing) },
    refused: { count: refused.length, invoices: named(refused) },
    unfit: { count: unfit.length, invoices: unfit.slice(0, mostNamed) },
    fault: fault === null ? null : { ...fault },
  });
}
