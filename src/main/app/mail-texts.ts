// The e-mail texts an operator can edit: read, checked and kept, and shown filled with a real invoice.

import { readMailTemplate } from '../../shared/mail-template.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { InvoiceRow } from '../../shared/schema/batch.ts';
import { mailTextParts, ownMailTextsSchema } from '../../shared/schema/mail-text.ts';
import type {
  MailText,
  MailTextEntry,
  MailTextFault,
  OwnMailTexts,
  ShownMessage,
} from '../../shared/schema/mail-text.ts';
import { languages } from '../../shared/schema/settings.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { standardMailTexts } from '../../shared/words/standard-mail-texts.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { documentInput } from './document-input.ts';
import { readInvoice } from './read-invoice.ts';
import { readSettings } from './workspace-settings.ts';

const textsKey = 'mailTexts';

/** The organisation's own texts; a stored value that no longer fits its schema counts as not set, and is logged. */
export function readMailTexts(context: Pick<AppContext, 'store' | 'log'>): OwnMailTexts {
  const stored = context.store.config.setting(textsKey);
  if (stored === null || stored === undefined) return {};
  const parsed = ownMailTextsSchema.safeParse(stored);
  if (parsed.success) return parsed.data;
  context.log.warn('stored e-mail texts do not fit, the standard ones are used', {
    issues: parsed.error.issues.length,
  });
  return {};
}

/** Every language's text as it is used. */
export function listMailTexts(context: AppContext): readonly MailTextEntry[] {
  const own = readMailTexts(context);
  return languages.map((language) => ({
    language,
    text: own[language] ?? standardMailTexts[language],
    standard: standardMailTexts[language],
    isOwn: own[language] !== undefined,
  }));
}

/** Keeps a text, or (null) goes back to the standard one. Errors: VALIDATION_ERROR with the faults and their places. */
export function saveMailText(
  context: AppContext,
  language: Language,
  text: MailText | null,
): Result<readonly MailTextEntry[]> {
  const [first, ...others] = text === null ? [] : mailTextFaults(text);
  if (first !== undefined)
    return fail(
      'VALIDATION_ERROR',
      `The ${first.part} has something that is no field at line ${String(first.line)}, column ${String(first.column)}: ${first.found}`,
      { field: first.part, faults: [first, ...others] },
    );
  const { [language]: _before, ...rest } = readMailTexts(context);
  const texts: OwnMailTexts = text === null ? rest : { ...rest, [language]: text };
  context.store.config.saveSetting(textsKey, texts, actNow(context));
  context.publish({ topic: 'app' });
  return ok(listMailTexts(context));
}

/** Everything that is wrong with a text, part by part. */
export function mailTextFaults(text: MailText): readonly MailTextFault[] {
  return mailTextParts.flatMap((part) =>
    readMailTemplate(text[part], part === 'body' || part === 'creditBody' ? 'body' : 'subject').faults.map((fault) => ({
      part,
      ...fault,
    })),
  );
}

/** What a preview shows. */
export interface MailTextPreview {
  readonly faults: readonly MailTextFault[];
  readonly invoiceNumber: string | null;
  readonly message: ShownMessage | null;
}

/** Fills a text with a real invoice, in the text's language. Errors: NOT_FOUND (the number that was asked for), those of readInvoice. */
export async function previewMailText(
  context: AppContext,
  request: { readonly language: Language; readonly text: MailText; readonly invoiceNumber: string | null },
): Promise<Result<MailTextPreview>> {
  const faults = mailTextFaults(request.text);
  const row = invoiceToShow(context, request.invoiceNumber);
  if (row === null && request.invoiceNumber !== null)
    return fail('NOT_FOUND', `There is no invoice ${request.invoiceNumber}.`, { invoiceNumber: request.invoiceNumber });
  if (row === null) return ok({ faults, invoiceNumber: null, message: null });
  const read = await readInvoice(context, row.id);
  if (!read.ok) return read;
  const input = { ...documentInput(read.value.invoice, readSettings(context)), language: request.language };
  const { subject, text, blocks } = context.compose(input, request.text);
  return ok({ faults, invoiceNumber: row.invoiceNumber, message: { subject, text, blocks: [...blocks] } });
}

function invoiceToShow(context: AppContext, invoiceNumber: string | null): InvoiceRow | null {
  if (invoiceNumber !== null) return context.store.reads.invoiceByNumber(invoiceNumber);
  const [newest] = context.store.reads.batchPage(0, 1).batches;
  return newest === undefined ? null : context.store.reads.invoiceAt(newest.id, 0);
}
