// Sends a dunning by hand: the vendor's rules first, written down before it is sent, sent once, never repeated by itself.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Dunning, DunningCheck, DunningEnd } from '../../shared/schema/accounts.ts';
import type { OrderAct } from '../../shared/schema/orders.ts';
import type { AccountService } from '../ports/account-service.ts';
import { accountAnswer, findAccount, hear, openAccount } from './account-desk.ts';
import type { AccountPlace } from './account-desk.ts';
import type { AppContext } from './context.ts';
import { carryOut, newestOf } from './order-acts.ts';
import { localDay } from './zoned-moment.ts';

type Wanted = AccountPlace & { readonly dunning: Dunning };

/** What the vendor's rules say about a dunning now. Sends nothing. Errors: as findAccount and openAccount, NOT_FOUND (the service has no such invoice). */
export async function checkAccountDunning(
  context: AppContext,
  { dunning, ...place }: Wanted,
  signal: AbortSignal,
): Promise<Result<DunningCheck>> {
  const found = await findAccount(context, place);
  if (!found.ok) return found;
  const opened = await openAccount(context, found.value.connectionId);
  if (!opened.ok) return opened;
  return askRules(context, opened.value.service, { invoiceNo: found.value.invoiceNo, dunning, signal });
}

async function askRules(
  context: AppContext,
  service: AccountService,
  {
    invoiceNo,
    dunning,
    signal,
  }: { readonly invoiceNo: string; readonly dunning: Dunning; readonly signal: AbortSignal },
): Promise<Result<DunningCheck>> {
  const today = localDay(context.clock.nowMs());
  const asked = accountAnswer(await service.checkDunning({ invoiceNo, dunning, today }, signal));
  if (!asked.ok) return asked;
  return asked.value === null
    ? fail('NOT_FOUND', `SendRegning has no invoice ${invoiceNo}.`, { invoiceNumber: invoiceNo })
    : ok(asked.value);
}

/**
 * Sends one dunning, unless a rule stands in its way (then the act is null and nothing was sent). What got no answer is in doubt until the invoice's status
 * shows it or a person settles it. Errors: as checkAccountDunning, CONFLICT (one is under way or in doubt, a credit note, settled; `bar` in the details).
 */
export async function dunInvoice(
  context: AppContext,
  { dunning, ...place }: Wanted,
  signal: AbortSignal,
): Promise<Result<DunningEnd>> {
  const found = await findAccount(context, place);
  if (!found.ok) return found;
  const { bar, invoiceNo, connectionId } = found.value;
  // What was last heard may be old: the rules ask the service itself.
  if (bar !== null && bar !== 'settled') return barred(bar);
  const opened = await openAccount(context, connectionId);
  if (!opened.ok) return opened;
  const { service } = opened.value;
  const checked = await askRules(context, service, { invoiceNo, dunning, signal });
  if (!checked.ok) return checked;
  const { findings, dunnings, nextType } = checked.value;
  if (findings.some(({ isInTheWay }) => isInTheWay)) return ok({ findings, act: null });
  const act = await carryOut(
    context,
    {
      deliveryId: place.deliveryId,
      kind: 'dun',
      peerOrderId: invoiceNo,
      reason: '',
      ownerPid: context.pid,
      newestAct: newestOf(found.value),
      credit: null,
      wish: wishOf(dunning, { nextType, dunnings }),
    },
    () => service.dun(invoiceNo, dunning, signal),
  );
  if (!act.ok) return act;
  if (act.value.state === 'done') await hearAfter(context, service, { place, signal });
  return ok({ findings, act: act.value });
}

/** What it did to the invoice's state, for its history; nothing depends on it. */
async function hearAfter(
  context: AppContext,
  service: AccountService,
  { place, signal }: { readonly place: AccountPlace; readonly signal: AbortSignal },
): Promise<void> {
  const account = await findAccount(context, place);
  const heard = account.ok ? await hear(context, service, { account: account.value, signal }) : account;
  if (!heard.ok) context.log.warn('the status after a dunning could not be asked for', { code: heard.error.code });
}

function wishOf(
  { dunningType, dunningFee, interest, dunningText, dunningDays }: Dunning,
  { nextType, dunnings }: Pick<DunningCheck, 'nextType' | 'dunnings'>,
): OrderAct['wish'] {
  return {
    dunningType: dunningType ?? nextType,
    dunningFee: String(dunningFee),
    interest: String(interest),
    ...(dunningText === null ? {} : { dunningText }),
    ...(dunningDays === null ? {} : { dunningDays }),
    dunningsBefore: dunnings,
  };
}

function barred(bar: string): Result<never> {
  return fail('CONFLICT', `The invoice does not allow a dunning now (${bar}).`, { bar });
}
