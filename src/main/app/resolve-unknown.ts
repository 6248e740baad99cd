// Settles a delivery whose outcome is not known: by asking the peer, or by the operator's word. Nothing here sends.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { MethodOutput } from '../../shared/contract/methods.ts';
import type { Delivery } from '../../shared/schema/delivery.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';

/** The operator's word. `notArrived` queues it again. Errors: NOT_FOUND, CONFLICT (it is not unknown any more). */
export function resolveByOperator(
  context: AppContext,
  deliveryId: number,
  { verdict, reason }: { readonly verdict: 'arrived' | 'notArrived'; readonly reason: string },
): Result<Delivery> {
  const isResolved = context.store.deliveries.resolveUnknown(
    deliveryId,
    { toState: verdict === 'arrived' ? 'accepted' : 'queued', by: 'operator', reason, receipt: null },
    actNow(context),
  );
  return settled(context, deliveryId, isResolved);
}

/** Asks the peer. `found` settles it as accepted, `absent` queues it again; otherwise it stays unknown. Errors as above. */
export async function lookUpDelivery(
  context: AppContext,
  deliveryId: number,
): Promise<Result<MethodOutput<'delivery.lookUp'>>> {
  const delivery = context.store.reads.delivery(deliveryId);
  if (delivery === null) return fail('NOT_FOUND', 'There is no such delivery.', { deliveryId });
  if (delivery.state !== 'unknown')
    return fail('CONFLICT', 'The outcome of this delivery is already known.', { deliveryId, state: delivery.state });
  const answer = await context.runner.lookUp(deliveryId);
  if (answer.kind === 'found' || answer.kind === 'absent') {
    const isResolved = context.store.deliveries.resolveUnknown(
      deliveryId,
      {
        toState: answer.kind === 'found' ? 'accepted' : 'queued',
        by: 'lookUp',
        reason: answer.kind === 'found' ? 'The document is at the peer, with the right size and hash.' : answer.detail,
        receipt: answer.kind === 'found' ? answer.receipt : null,
      },
      actNow(context),
    );
    const result = settled(context, deliveryId, isResolved);
    if (!result.ok) return result;
  }
  const now = context.store.reads.delivery(deliveryId) ?? delivery;
  return ok({ answer: answer.kind, detail: answer.kind === 'found' ? null : answer.detail, delivery: now });
}

function settled(context: AppContext, deliveryId: number, isResolved: boolean): Result<Delivery> {
  const delivery = context.store.reads.delivery(deliveryId);
  if (delivery === null) return fail('NOT_FOUND', 'There is no such delivery.', { deliveryId });
  if (!isResolved)
    return fail('CONFLICT', 'The outcome of this delivery is already known.', { deliveryId, state: delivery.state });
  context.publish({ topic: 'deliveries', batchId: delivery.batchId });
  context.publish({ topic: 'batches', batchId: delivery.batchId });
  context.runner.wake();
  return ok(delivery);
}
