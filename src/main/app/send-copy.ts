// Another copy of a document that arrived: the only act that raises the generation, always with a reason. Nothing here sends.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { isPdfChannel } from '../../shared/schema/delivery.ts';
import type { Delivery } from '../../shared/schema/delivery.ts';
import { isEmailAddress } from '../domain/identifiers/email-address.ts';
import { replacementOf } from './act-on-deliveries.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';

/** What is ordered; null keeps what the first one had. */
export interface CopyWish {
  readonly deliveryId: number;
  readonly connectionId: string | null;
  readonly address: string | null;
  readonly reason: string;
}

/**
 * Queues the same document once more. The same request repeated, also after a crash, orders nothing new. Errors: NOT_FOUND (delivery,
 * connection), NOT_ALLOWED (it has not arrived, or the connection takes another document), VALIDATION_ERROR (address), CONFLICT (changed meanwhile).
 */
export function sendCopy(context: AppContext, wish: CopyWish, requestId: string): Result<Delivery> {
  const { control, reads, config } = context.store;
  const earlier = control.copyOf(requestId);
  if (earlier !== null) return ok(earlier);
  const delivery = reads.delivery(wish.deliveryId);
  const [target] = control.replaceTargets([wish.deliveryId]);
  if (delivery === null || target === undefined)
    return fail('NOT_FOUND', 'There is no such delivery.', { deliveryId: wish.deliveryId });
  if (delivery.state !== 'accepted')
    return fail('NOT_ALLOWED', 'Only what has arrived is sent once more. This delivery has not.', {
      state: delivery.state,
    });
  const connection = config.connection(wish.connectionId ?? delivery.connectionId);
  if (connection === null)
    return fail('NOT_FOUND', 'The connection is not there any more. Choose another.', {
      connectionId: wish.connectionId ?? delivery.connectionId,
    });
  if (connection.id !== delivery.connectionId && !(isPdfChannel(connection.channel) && isPdfChannel(delivery.channel)))
    return fail('NOT_ALLOWED', 'That connection takes another document. Release the invoice to it instead.', {
      connectionId: connection.id,
    });
  const address = wish.address?.trim() ?? (delivery.channel === 'email' ? delivery.target : (target.email ?? ''));
  if (connection.channel === 'email' && !isEmailAddress(address))
    return fail('VALIDATION_ERROR', `"${address}" is not an e-mail address.`, { address });
  const generation = control.lastGeneration(target.invoiceId) + 1;
  const copy = replacementOf(context, { ...target, generation }, { connection, address });
  const id = control.copy({ ...copy, generation, reason: wish.reason, requestId }, actNow(context));
  const ordered = id === null ? null : reads.delivery(id);
  if (ordered === null) return fail('CONFLICT', 'Something changed meanwhile. Look at the invoice, then try again.');
  context.publish({ topic: 'deliveries', batchId: ordered.batchId });
  context.publish({ topic: 'batches', batchId: ordered.batchId });
  context.runner.wake();
  return ok(ordered);
}
