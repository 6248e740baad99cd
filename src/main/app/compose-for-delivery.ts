// The e-mail of a delivery: the one its release froze; composed from the kept source only for what an older version released.

import type { ComposeMessage } from '../ports/documents.ts';
import type { MessageText } from '../ports/channel-adapter.ts';
import type { ClaimedDelivery } from '../ports/store.ts';
import type { AppContext } from './context.ts';
import { composeInvoiceMessage, readMailDress } from './invoice-message.ts';
import { readInvoice } from './read-invoice.ts';

/** Builds the composer the runner calls. It resolves to null when message or source can no longer be read; nothing is sent then. */
export function composeForDelivery(
  context: Pick<AppContext, 'store' | 'sources' | 'readSlice' | 'log'> & { readonly compose: ComposeMessage },
): (delivery: ClaimedDelivery) => Promise<MessageText | null> {
  return async (delivery) => {
    if (delivery.messageSha256 !== null) return context.store.messages.read(delivery.messageSha256);
    const read = await readInvoice(context, delivery.invoiceId);
    if (read.ok) return composeInvoiceMessage(context, read.value.invoice, readMailDress(context));
    context.log.error('the source of an invoice cannot be read', {
      invoiceId: delivery.invoiceId,
      code: read.error.code,
    });
    return null;
  };
}
