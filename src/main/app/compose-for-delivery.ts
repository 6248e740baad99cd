// The e-mail text of a delivery: read from the kept source again, in the language the document has.

import type { ComposeMessage } from '../ports/documents.ts';
import type { MessageText } from '../ports/channel-adapter.ts';
import type { ClaimedDelivery } from '../ports/store.ts';
import type { AppContext } from './context.ts';
import { documentInput } from './document-input.ts';
import { readInvoice } from './read-invoice.ts';
import { readSettings } from './workspace-settings.ts';

/** Builds the composer the runner calls. It resolves to null when the source can no longer be read; nothing is sent then. */
export function composeForDelivery(
  context: Pick<AppContext, 'store' | 'sources' | 'readSlice' | 'log'> & { readonly compose: ComposeMessage },
): (delivery: ClaimedDelivery) => Promise<MessageText | null> {
  return async (delivery) => {
    const read = await readInvoice(context, delivery.invoiceId);
    if (read.ok) return context.compose(documentInput(read.value.invoice, readSettings(context)));
    context.log.error('the source of an invoice cannot be read', {
      invoiceId: delivery.invoiceId,
      code: read.error.code,
    });
    return null;
  };
}
