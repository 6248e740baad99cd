// VAT rates and countries of a service: fetched, kept with their date, and fetched again when they are a day old. The mapping of invoices goes by them.

import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { AccountListsView } from '../../shared/schema/accounts.ts';
import { accountAnswer, openAccount } from './account-desk.ts';
import type { AppContext } from './context.ts';

const dayMs = 24 * 3_600_000;
/** A release does not wait longer for lists: those that are kept are used. */
const patienceMs = 30_000;

/** What is kept. Without a fetch it is empty, and the service's own answer decides. */
export function accountLists(context: AppContext, connectionId: string): AccountListsView {
  const kept = context.store.accounts.lists(connectionId);
  if (kept === null) return { fetchedAtMs: null, vatRates: [], countries: 0 };
  return {
    fetchedAtMs: kept.fetchedAtMs,
    vatRates: kept.vatRates.map((rate) => ({ ...rate })),
    countries: kept.countries.length,
  };
}

/** Fetches and keeps both lists. Errors as openAccount. A service that lists nothing changes nothing: an empty list would stop every invoice. */
export async function fetchAccountLists(
  context: AppContext,
  connectionId: string,
  signal: AbortSignal,
): Promise<Result<AccountListsView>> {
  const opened = await openAccount(context, connectionId);
  if (!opened.ok) return opened;
  const { service, connection } = opened.value;
  const lists = accountAnswer(await service.lists(signal));
  if (!lists.ok) return lists;
  const { vatRates, countries } = lists.value;
  if (vatRates.length > 0 && countries.length > 0)
    context.store.accounts.keepLists(connection.id, lists.value, context.clock.nowMs());
  context.publish({ topic: 'connections' });
  return ok(accountLists(context, connection.id));
}

/** Fetches what is a day old, or not there yet, of each connection that has lists. What can't be fetched is said in the log, and what is kept goes on being used. */
export async function refreshAccountLists(
  context: AppContext,
  connectionIds: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  for (const connectionId of new Set(connectionIds)) {
    const connection = context.store.config.connection(connectionId);
    if (connection === null || context.adapters[connection.channel].account === undefined) continue;
    const fetchedAtMs = context.store.accounts.lists(connectionId)?.fetchedAtMs ?? 0;
    if (context.clock.nowMs() - fetchedAtMs < dayMs || signal.aborted) continue;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const fetched = await fetchAccountLists(context, connectionId, patience);
    if (!fetched.ok)
      context.log.warn('VAT rates and countries could not be fetched', { connectionId, code: fetched.error.code });
  }
}
