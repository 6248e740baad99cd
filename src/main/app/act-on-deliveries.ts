// The operator's acts over many deliveries: found once, then changed in lots, each lot one transaction. Nothing here sends.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { DeliveryFilter } from '../../shared/contract/methods.ts';
import type { AddressChange, DeliveryAct } from '../../shared/schema/control.ts';
import type { Connection } from '../../shared/schema/connection.ts';
import { isPdfChannel } from '../../shared/schema/delivery.ts';
import { idempotencyKeyText } from '../domain/idempotency-key.ts';
import { isEmailAddress } from '../domain/identifiers/email-address.ts';
import { printTarget } from '../domain/print-name.ts';
import type { Act } from '../ports/act.ts';
import type { Replacement, ReplaceTarget } from '../ports/control-store.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { nextTurn } from './next-turn.ts';
import { deliveriesPerLot } from './settle-run.ts';
import { localDay } from './zoned-moment.ts';

/** What an act changed. */
export interface Changed {
  readonly changed: number;
}

/** Longest wait the operator can wish for: a year, beyond which it is a mistyped year. */
const longestWishMs = 366 * 24 * 3_600_000;

/** First in the queue, with a fresh budget. Never touches what may have been sent. */
export function retryDeliveries(context: AppContext, filter: DeliveryFilter): Promise<Result<Changed>> {
  return inLots(context, { of: 'retry', filter }, (ids, act) => context.store.deliveries.retry(only(ids), act));
}

/** Takes back what certainly was not sent; what is sent is never recalled. */
export function cancelDeliveries(context: AppContext, filter: DeliveryFilter): Promise<Result<Changed>> {
  return inLots(context, { of: 'cancel', filter }, (ids, act) => context.store.deliveries.cancel(only(ids), act));
}

/** Keeps what is queued or waiting from going, or ends that. */
export function holdDeliveries(
  context: AppContext,
  filter: DeliveryFilter,
  { isHeld, reason }: { readonly isHeld: boolean; readonly reason: string },
): Promise<Result<Changed>> {
  const { control } = context.store;
  return inLots(context, { of: isHeld ? 'hold' : 'letGo', filter }, (ids, act) =>
    isHeld ? control.hold(ids, reason, act) : control.letGo(ids, act),
  );
}

/** Not before a time; null or a time that has passed: as soon as possible. Errors: VALIDATION_ERROR (more than a year ahead). */
export async function scheduleDeliveries(
  context: AppContext,
  filter: DeliveryFilter,
  notBeforeMs: number | null,
): Promise<Result<Changed>> {
  const checked = checkWish(context, notBeforeMs);
  if (!checked.ok) return checked;
  return inLots(context, { of: 'schedule', filter }, (ids, act) =>
    context.store.control.schedule(ids, checked.value, act),
  );
}

/** A wished time as it counts: one that has passed is none. Errors: VALIDATION_ERROR. */
export function checkWish(context: Pick<AppContext, 'clock'>, notBeforeMs: number | null): Result<number | null> {
  if (notBeforeMs === null) return ok(null);
  const nowMs = context.clock.nowMs();
  if (notBeforeMs > nowMs + longestWishMs)
    return fail('VALIDATION_ERROR', 'The time is more than a year away. Choose an earlier one.', { notBeforeMs });
  return ok(notBeforeMs > nowMs ? notBeforeMs : null);
}

/**
 * The same documents to another connection: taken back here, queued there, in one transaction each. Left as they are: what may have been
 * sent, what the other connection has already, and e-mails without an address. Only between channels that take the invoice's PDF: another
 * channel's document is made at a release. Errors: NOT_FOUND (connection), NOT_ALLOWED (a channel that takes data).
 */
export async function rerouteDeliveries(
  context: AppContext,
  filter: DeliveryFilter,
  { connectionId, reason }: { readonly connectionId: string; readonly reason: string },
): Promise<Result<Changed>> {
  const connection = context.store.config.connection(connectionId);
  if (connection === null) return fail('NOT_FOUND', 'There is no such connection.', { connectionId });
  if (!isPdfChannel(connection.channel))
    return fail(
      'NOT_ALLOWED',
      'That connection takes another document. Take these back, and release the invoices to it.',
      {
        connectionId,
      },
    );
  return inLots(context, { of: 'reroute', filter }, (ids, act) => {
    const items = context.store.control
      .replaceTargets(ids)
      .filter((target) => target.connectionId !== connection.id && isPdfChannel(target.channel))
      .flatMap((target) => {
        const address = connection.channel === 'email' ? target.email : '';
        return address === null ? [] : [replacementOf(context, target, { connection, address })];
      });
    return context.store.control.replace(items, { as: 'reroute', reason }, act);
  });
}

/**
 * New addresses for e-mails that were refused or failed; the same documents are queued again, and the invoices keep the new address.
 * Errors: VALIDATION_ERROR (an address that can't be one; then nothing is changed).
 */
export async function readdressDeliveries(
  context: AppContext,
  filter: DeliveryFilter,
  { addresses, reason }: { readonly addresses: readonly AddressChange[]; readonly reason: string },
): Promise<Result<Changed>> {
  const wrong = addresses.find(({ to }) => !isEmailAddress(to.trim()));
  if (wrong !== undefined)
    return fail('VALIDATION_ERROR', `"${wrong.to}" is not an e-mail address. Nothing was changed.`, {
      address: wrong.to,
    });
  const newOf = new Map(addresses.map(({ from, to }) => [from.toLowerCase(), to.trim()]));
  return inLots(context, { of: 'readdress', filter }, (ids, act) => {
    const items = context.store.control.replaceTargets(ids).flatMap((target) => {
      const address = newOf.get(target.target.toLowerCase());
      const connection = target.channel === 'email' ? context.store.config.connection(target.connectionId) : null;
      if (address === undefined || address === target.target || connection === null) return [];
      return [replacementOf(context, target, { connection, address })];
    });
    return context.store.control.replace(items, { as: 'readdress', reason }, act);
  });
}

/** The new delivery of a target: the identity's key, and where it goes. `address` counts for e-mail only. */
export function replacementOf(
  context: Pick<AppContext, 'sha256' | 'clock'>,
  target: ReplaceTarget,
  { connection, address }: { readonly connection: Connection; readonly address: string },
): Replacement {
  const { deliveryId, sellerKey, invoiceNumber, documentSha256, generation } = target;
  const { id: connectionId, channel } = connection;
  const idempotencyKey = context.sha256(
    idempotencyKeyText({ sellerKey, invoiceNumber, channel, connectionId, documentSha256, generation }),
  );
  const targetOf = (): string => {
    if (channel === 'email') return address;
    if (connection.config.channel !== 'sftp') return target.target;
    const today = localDay(context.clock.nowMs());
    return printTarget(connection.config.namePattern, { ...target, today, idempotencyKey });
  };
  return {
    deliveryId,
    connectionId,
    channel,
    target: targetOf(),
    idempotencyKey,
  };
}

/**
 * Finds what the act applies to once, then changes it lot by lot: what moves on meanwhile is left, what comes in later is not touched.
 * A crash leaves some lots done and the others as they were; repeating the act does the rest.
 */
async function inLots(
  context: AppContext,
  { of, filter }: { readonly of: DeliveryAct; readonly filter: DeliveryFilter },
  change: (ids: readonly number[], act: Act) => number,
): Promise<Result<Changed>> {
  const ids = context.store.control.targets(of, filter);
  let changed = 0;
  try {
    for (let at = 0; at < ids.length; at += deliveriesPerLot) {
      changed += change(ids.slice(at, at + deliveriesPerLot), actNow(context));
      await nextTurn();
    }
  } finally {
    if (changed > 0) tellOthers(context, filter.batchId);
  }
  return ok({ changed });
}

function tellOthers(context: AppContext, batchId: string | null): void {
  context.publish({ topic: 'deliveries', batchId });
  context.publish({ topic: 'batches', batchId });
  context.runner.wake();
}

/** The filter that means exactly these. */
function only(ids: readonly number[]): DeliveryFilter {
  return { batchId: null, connectionId: null, states: [], search: '', ids: [...ids] };
}
