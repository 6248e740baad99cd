// Composes the document of an invoice for a channel that takes data, with what is known of it at the peer. Keeps nothing.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Invoice } from '../../shared/schema/invoice.ts';
import type { ComposeChoices, ComposeProblem, ComposedDocument } from '../ports/channel-adapter.ts';
import type { AppContext } from './context.ts';
import type { PlannedInvoice } from './plan-release.ts';
import { readInvoice } from './read-invoice.ts';

/** The channel has a composer. Errors: those of readInvoice, INTERNAL (asks for another amount than the invoice). */
export async function composeFor(
  context: AppContext,
  { candidate, connection }: PlannedInvoice,
): Promise<Result<{ readonly composed: ComposedDocument } | { readonly problems: readonly ComposeProblem[] }>> {
  const read = await readInvoice(context, candidate.invoiceId);
  if (!read.ok) return read;
  const { composer } = context.adapters[connection.channel];
  if (composer === undefined) throw new TypeError(`${connection.channel} composes no documents`);
  const { invoice } = read.value;
  const composed = composer.compose(
    invoice,
    connection.config,
    choicesFor(context, invoice, { candidate, connection }),
  );
  if (!composed.ok) return ok({ problems: composed.error });
  const { payable } = composed.value;
  // What is asked for at the peer is what the operator released, to the cent, whatever the channel's own arithmetic is.
  if (payable.amountMinor !== candidate.payableMinor || payable.currency !== candidate.currency)
    return fail(
      'INTERNAL',
      `The document of invoice ${candidate.invoiceNumber} asks for another amount than the invoice.`,
      {
        invoiceNumber: candidate.invoiceNumber,
        expectedMinor: candidate.payableMinor,
        foundMinor: payable.amountMinor,
      },
    );
  return ok({ composed: composed.value });
}

/** What was chosen or happened before for this invoice at this connection's peer. */
function choicesFor(
  { store }: AppContext,
  { creditedInvoiceNumber = null }: Invoice,
  { candidate: { invoiceId, sellerKey }, connection }: PlannedInvoice,
): ComposeChoices {
  const connectionId = connection.id;
  return {
    addressSelector: store.orders.chosenAddress(invoiceId, connectionId)?.selector ?? null,
    credited:
      creditedInvoiceNumber === null
        ? null
        : store.receipts.ofInvoice({ sellerKey, invoiceNumber: creditedInvoiceNumber, connectionId }),
    lists: store.accounts.lists(connectionId),
  };
}
