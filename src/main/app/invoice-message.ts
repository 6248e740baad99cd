// The e-mail of one invoice: the frozen one when it was released by e-mail, else what a release would freeze now.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Invoice } from '../../shared/schema/invoice.ts';
import type { OwnMailTexts } from '../../shared/schema/mail-text.ts';
import type { Settings } from '../../shared/schema/settings.ts';
import type { MessageText } from '../ports/channel-adapter.ts';
import type { ComposedMessage } from '../ports/documents.ts';
import type { AppContext } from './context.ts';
import { documentInput } from './document-input.ts';
import { readMailTexts } from './mail-texts.ts';
import { readInvoice } from './read-invoice.ts';
import { readSettings } from './workspace-settings.ts';

/** What decides an e-mail beside the invoice; read once for a whole release. */
export interface MailDress {
  readonly settings: Settings;
  readonly texts: OwnMailTexts;
}

/** Settings and texts as they stand. */
export function readMailDress(context: Pick<AppContext, 'store' | 'log'>): MailDress {
  return { settings: readSettings(context), texts: readMailTexts(context) };
}

/** Composes the e-mail of an invoice in the language of its document. */
export function composeInvoiceMessage(
  context: Pick<AppContext, 'compose'>,
  invoice: Invoice,
  { settings, texts }: MailDress,
): ComposedMessage {
  const input = documentInput(invoice, settings);
  return context.compose(input, texts[input.language] ?? null);
}

/** Errors: NOT_FOUND, STORE_DAMAGED (a frozen message no longer matches its hash), those of readInvoice. */
export async function invoiceMessage(
  context: AppContext,
  invoiceId: number,
): Promise<Result<{ readonly message: MessageText; readonly isFrozen: boolean }>> {
  if (context.store.reads.invoice(invoiceId) === null)
    return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  const frozen = context.store.messages.ofInvoice(invoiceId);
  if (frozen !== null) {
    const message = context.store.messages.read(frozen);
    return message === null
      ? fail('STORE_DAMAGED', 'The kept e-mail of the invoice can no longer be read.', { invoiceId })
      : ok({ message, isFrozen: true });
  }
  const read = await readInvoice(context, invoiceId);
  if (!read.ok) return read;
  return ok({ message: composeInvoiceMessage(context, read.value.invoice, readMailDress(context)), isFrozen: false });
}
