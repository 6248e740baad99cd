// Makes and freezes what one delivery of a release sends: the invoice's PDF, or the document its channel composes. Nothing is released here.

import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { documentFileName } from '../domain/document-name.ts';
import { idempotencyKeyText } from '../domain/idempotency-key.ts';
import { printTarget } from '../domain/print-name.ts';
import type { ComposeProblem } from '../ports/channel-adapter.ts';
import type { ComposedMessage } from '../ports/documents.ts';
import type { ReleaseItem } from '../ports/release-item.ts';
import type { AppContext } from './context.ts';
import { composeFor } from './compose-document.ts';
import { documentInput } from './document-input.ts';
import { composeInvoiceMessage } from './invoice-message.ts';
import type { MailDress } from './invoice-message.ts';
import type { PlannedInvoice } from './plan-release.ts';
import { readInvoice } from './read-invoice.ts';

/** An invoice whose channel cannot take it: left where it is, with the reasons. */
export interface UnfitInvoice {
  readonly invoiceId: number;
  readonly invoiceNumber: string;
  readonly problems: readonly ComposeProblem[];
}

/** What all names of one release have in common, so that none depends on when its document was drawn. */
export interface ReleaseNames {
  readonly batch: string;
  /** The day in the machine's time zone. */
  readonly today: string;
}

/** What is frozen, and how it is given up. */
export interface FreezeWork {
  readonly invoice: PlannedInvoice;
  readonly dress: MailDress;
  readonly names: ReleaseNames;
  readonly signal: AbortSignal;
}

/** Only a copy ordered later has a higher one. */
const generation = 0;

/** A document under its hash, and what else a delivery of it is made of. */
interface Frozen {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly fileName: string;
  readonly steps: number;
  /** A print vendor's file name may have the delivery's key in it. */
  readonly targetOf: (idempotencyKey: string) => string;
  /** Only for e-mail. */
  readonly message: ComposedMessage | null;
}

/** `unfit` where the channel's document cannot be made. Errors: those of readInvoice, STORAGE_FULL. Rejects for bugs. */
export async function freezeDocument(
  context: AppContext,
  work: FreezeWork,
): Promise<Result<{ readonly item: ReleaseItem } | { readonly unfit: UnfitInvoice }>> {
  const { candidate, connection } = work.invoice;
  const made = await makeDocument(context, work);
  if (!made.ok) return made;
  if ('problems' in made.value) {
    const { invoiceId, invoiceNumber } = candidate;
    return ok({ unfit: { invoiceId, invoiceNumber, problems: made.value.problems } });
  }
  const { bytes, sha256, fileName, steps, targetOf, message } = made.value;
  const kept = await context.documents.keepBytes(bytes, sha256);
  if (!kept.ok) return kept;
  const key = context.sha256(
    idempotencyKeyText({
      sellerKey: candidate.sellerKey,
      invoiceNumber: candidate.invoiceNumber,
      channel: connection.channel,
      connectionId: connection.id,
      documentSha256: sha256,
      generation,
    }),
  );
  return ok({
    item: {
      invoiceId: candidate.invoiceId,
      connectionId: connection.id,
      channel: connection.channel,
      target: targetOf(key),
      documentSha256: sha256,
      documentSizeBytes: kept.value.sizeBytes,
      documentFileName: fileName,
      ...(message === null ? {} : { messageSha256: context.store.messages.keep(message) }),
      idempotencyKey: key,
      generation,
      contentVersion: candidate.contentVersion,
      steps,
    },
  });
}

async function makeDocument(
  context: AppContext,
  { invoice: { candidate, connection }, dress, names, signal }: FreezeWork,
): Promise<Result<Frozen | { readonly problems: readonly ComposeProblem[] }>> {
  const { composer } = context.adapters[connection.channel];
  if (composer === undefined) {
    const read = await readInvoice(context, candidate.invoiceId);
    if (!read.ok) return read;
    const { invoice } = read.value;
    const rendered = await context.renderer.render(documentInput(invoice, dress.settings), signal);
    const made = { ...rendered, fileName: documentFileName(candidate.invoiceNumber), steps: 1 };
    if (connection.config.channel !== 'sftp')
      return ok({
        ...made,
        targetOf: () => candidate.email ?? '',
        message: composeInvoiceMessage(context, invoice, dress),
      });
    const { namePattern } = connection.config;
    const { kind, invoiceDate, dueDate } = invoice;
    const facts = { ...candidate, ...names, kind, invoiceDate, dueDate, generation };
    return ok({
      ...made,
      targetOf: (idempotencyKey) => printTarget(namePattern, { ...facts, idempotencyKey }),
      message: null,
    });
  }
  const composed = await composeFor(context, { candidate, connection });
  if (!composed.ok) return composed;
  if ('problems' in composed.value) return ok(composed.value);
  const { bytes, extension, target } = composed.value.composed;
  const fileName = documentFileName(candidate.invoiceNumber, extension);
  return ok({
    bytes,
    sha256: context.sha256(bytes),
    fileName,
    steps: composer.steps,
    targetOf: () => target,
    message: null,
  });
}
