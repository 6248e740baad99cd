// Corrects every value of a batch that a rule's fix can mend, and takes such corrections back. Chunk after chunk, each one transaction.

import { localDay } from '../../shared/local-day.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { BatchSummary } from '../../shared/schema/batch.ts';
import type { FixKind, FixOutcome } from '../../shared/schema/fix.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import { historyRuleIds, judgeByHistory } from '../domain/rules/history/set.ts';
import type { CheckedSlice, InvoiceSlice } from '../ports/invoice-doctor.ts';
import type { FixResult, FixTarget, InvoiceFix, InvoiceUndo } from '../ports/correction-store.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { nextTurn } from './next-turn.ts';
import { rememberAll } from './review-history.ts';

/** Invoices in one transaction: a few tenths of a second, after which others get their turn. */
const invoicesPerChunk = 200;

/** What a fix needs of the open workspace. */
export type FixContext = Pick<AppContext, 'store' | 'sources' | 'doctor' | 'clock' | 'actor' | 'publish'>;

/** Which rule of which batch. */
export interface FixRequest {
  readonly batchId: string;
  readonly ruleId: string;
}

/** How a fix is followed and stopped. */
export interface FixControl {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
}

/**
 * Corrects all that the rule's fix can mend; the source stays as it came. Stopped half-way, what was done stands and can be undone.
 * Repeating it corrects what is left. Errors: NOT_FOUND (batch), NOT_ALLOWED (the rule's cause needs a person), CANCELLED with the outcome
 * so far in `details`, and those of reading an invoice.
 */
export async function applyFix(
  context: FixContext,
  request: FixRequest & { readonly reason: string },
  control: FixControl,
): Promise<Result<FixOutcome>> {
  const batch = fixableBatch(context, request);
  if (!batch.ok) return batch;
  const { kind, summary } = batch.value;
  const { corrections } = context.store;
  const today = checkDay(summary);
  const work = new FixWork(request.ruleId, { isUndo: false });
  let runId: number | null = null;
  // The sound invoices of the batch come first: a corrected one would stand as the customer's newest, and theirs be passed over.
  await rememberAll(context);
  const targets = corrections.targets(summary.id, request.ruleId);
  for (const chunk of chunksOf(targets)) {
    if (control.signal.aborted) return work.cancelled();
    const fixes: InvoiceFix[] = [];
    for (const target of chunk) {
      if (target.isDelivered) {
        work.outcome.delivered += 1;
        continue;
      }
      const fix = await fixOf(context, target, { ruleId: request.ruleId, today });
      if (!fix.ok) return fix;
      if (fix.value === null) work.outcome.notMechanical += 1;
      else fixes.push(fix.value);
    }
    if (fixes.length > 0) {
      runId ??= corrections.begin(
        summary.id,
        { ruleId: request.ruleId, kind, reason: request.reason },
        actNow(context),
      );
      work.add(corrections.apply(runId, fixes, actNow(context)));
    }
    await work.report(control, { chunk, total: targets.length });
  }
  tellOthers(context, summary.id);
  return ok(work.outcome);
}

/**
 * Takes back every correction of the rule that stands, so that the invoices read as the source has it. Errors: NOT_FOUND (batch), NOT_ALLOWED, CANCELLED
 * with the outcome so far, and those of reading an invoice.
 */
export async function undoFix(
  context: FixContext,
  request: FixRequest,
  control: FixControl,
): Promise<Result<FixOutcome>> {
  const batch = fixableBatch(context, request);
  if (!batch.ok) return batch;
  const { summary } = batch.value;
  const { corrections } = context.store;
  const today = checkDay(summary);
  const work = new FixWork(request.ruleId, { isUndo: true });
  // Last corrected, first undone: what was known of a customer before is put back only where the invoice is the newest remembered.
  const targets = corrections.correctedTargets(summary.id, request.ruleId).toReversed();
  for (const chunk of chunksOf(targets)) {
    if (control.signal.aborted) return work.cancelled();
    const undos: InvoiceUndo[] = [];
    for (const target of chunk) {
      if (target.isDelivered) {
        work.outcome.delivered += 1;
        continue;
      }
      const undo = await undoOf(context, target, { ruleId: request.ruleId, today });
      if (!undo.ok) return undo;
      if (undo.value === null) work.outcome.changedMeanwhile += 1;
      else undos.push(undo.value);
    }
    if (undos.length > 0) work.add(corrections.undo(summary.id, request.ruleId, undos, actNow(context)));
    await work.report(control, { chunk, total: targets.length });
  }
  tellOthers(context, summary.id);
  return ok(work.outcome);
}

/** The batch and the kind of the rule's fix. Errors: NOT_FOUND, NOT_ALLOWED. */
export function fixableBatch(
  context: FixContext,
  { batchId, ruleId }: FixRequest,
): Result<{ readonly summary: BatchSummary; readonly kind: FixKind }> {
  const summary = context.store.reads.batch(batchId);
  if (summary === null) return noBatch(batchId);
  const kind = context.doctor.kindOf(ruleId);
  if (kind === null)
    return fail(
      'NOT_ALLOWED',
      `What ${ruleId} finds cannot be corrected without judgement. Correct it at its source.`,
      {
        ruleId,
      },
    );
  return ok({ summary, kind });
}

/** The bytes of an invoice with the corrections that stand. Errors: NOT_FOUND, UNREADABLE, STORE_DAMAGED. */
export async function sliceOf(context: FixContext, invoiceId: number): Promise<Result<InvoiceSlice>> {
  const source = context.store.reads.invoiceSource(invoiceId);
  if (source === null) return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  const { place, corrections } = source;
  const { byteOffset, byteLength } = place;
  const bytes = await context.sources.readPart(source, { byteOffset, byteLength, sha256: source.contentSha256 });
  return bytes.ok ? ok({ bytes: bytes.value, place, context: { ...source.context, corrections } }) : bytes;
}

interface Reading {
  readonly ruleId: string;
  readonly today: string;
}

/** What is to be written for one invoice; null when nothing in it can be mended. */
async function fixOf(
  context: FixContext,
  target: FixTarget,
  { ruleId, today }: Reading,
): Promise<Result<InvoiceFix | null>> {
  const slice = await sliceOf(context, target.invoiceId);
  if (!slice.ok) return slice;
  const changes = context.doctor.changesFor(slice.value, ruleId);
  if (!changes.ok) return changes;
  if (changes.value.length === 0) return ok(null);
  const before = context.doctor.check(slice.value, today);
  if (!before.ok) return before;
  const corrections = [...(slice.value.context.corrections ?? []), ...changes.value];
  const corrected = { ...slice.value, context: { ...slice.value.context, corrections } };
  const after = context.doctor.check(corrected, today);
  if (!after.ok) return after;
  const history = historyOf(context, { target, slice: corrected, row: after.value.row, today });
  return ok({ target, changes: changes.value, before: before.value, after: after.value, history });
}

/** Null when a later correction of another rule stands on one of the values: that one has to go first. */
async function undoOf(
  context: FixContext,
  target: FixTarget,
  { ruleId, today }: Reading,
): Promise<Result<InvoiceUndo | null>> {
  const slice = await sliceOf(context, target.invoiceId);
  if (!slice.ok) return slice;
  const standing = context.store.corrections.standing(target.invoiceId);
  const own = standing.filter((each) => each.ruleId === ruleId);
  const others = standing.filter((each) => each.ruleId !== ruleId);
  if (others.some((other) => own.some(({ field, id }) => other.field === field && other.id > id))) return ok(null);
  const before = context.doctor.check(slice.value, today);
  if (!before.ok) return before;
  const restored = { ...slice.value, context: { ...slice.value.context, corrections: others } };
  const after = context.doctor.check(restored, today);
  if (!after.ok) return after;
  const history = historyOf(context, { target, slice: restored, row: after.value.row, today });
  return ok({ target, correctionIds: own.map(({ id }) => id), before: before.value, after: after.value, history });
}

interface Judged {
  readonly target: FixTarget;
  readonly slice: InvoiceSlice;
  readonly row: CheckedSlice['row'];
  readonly today: string;
}

/** What the customer's earlier invoices say of the values as they are now, each finding at its place. */
function historyOf({ store, doctor }: FixContext, { target, slice, row, today }: Judged): readonly Problem[] | null {
  const known = store.history.knownBefore(target.invoiceId, row);
  if (known === null) return null;
  if (row.kind !== 'invoice' || judgeByHistory({ ...row, vatField: 'vat' }, known).length === 0) return [];
  const checked = doctor.check(slice, today, known);
  return checked.ok ? checked.value.problems.filter(({ ruleId }) => historyRuleIds.has(ruleId)) : null;
}

/** The rules run again as of the import: what depends on the day is judged as it was for the rest of the batch. */
function checkDay(summary: BatchSummary): string {
  return localDay(summary.importedAtMs);
}

function chunksOf(targets: readonly FixTarget[]): readonly (readonly FixTarget[])[] {
  return Array.from({ length: Math.ceil(targets.length / invoicesPerChunk) }, (_, index) =>
    targets.slice(index * invoicesPerChunk, (index + 1) * invoicesPerChunk),
  );
}

function noBatch(batchId: string): Result<never> {
  return fail('NOT_FOUND', 'There is no such batch.', { batchId });
}

function tellOthers(context: FixContext, batchId: string): void {
  context.publish({ topic: 'batches', batchId });
}

type Tally = { -readonly [Key in keyof FixOutcome]: FixOutcome[Key] };

/** What has been done so far. */
class FixWork {
  readonly outcome: Tally;
  #done = 0;

  constructor(ruleId: string, { isUndo }: { readonly isUndo: boolean }) {
    this.outcome = {
      ruleId,
      isUndo,
      values: 0,
      invoices: 0,
      delivered: 0,
      changedMeanwhile: 0,
      notMechanical: 0,
      becameReady: 0,
    };
  }

  add(result: FixResult): void {
    this.outcome.values += result.values;
    this.outcome.invoices += result.invoices;
    this.outcome.delivered += result.delivered;
    this.outcome.changedMeanwhile += result.changedMeanwhile;
    this.outcome.becameReady += result.becameReady;
  }

  async report(
    control: FixControl,
    { chunk, total }: { readonly chunk: readonly FixTarget[]; readonly total: number },
  ): Promise<void> {
    this.#done += chunk.length;
    control.onProgress({ done: this.#done, total });
    await nextTurn();
  }

  cancelled(): Result<never> {
    return fail(
      'CANCELLED',
      `The work was stopped. ${String(this.outcome.invoices)} invoices were done before; they stand as they are now.`,
      { ...this.outcome },
    );
  }
}
