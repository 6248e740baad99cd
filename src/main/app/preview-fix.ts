// What a fix would change, with samples: the operator's last look before giving the word. Writes nothing.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FixPreview, FixSample } from '../../shared/schema/fix.ts';
import { maskPersonalNumbersIn } from '../domain/masking.ts';
import type { FieldChange } from '../ports/invoice-doctor.ts';
import type { FixTarget } from '../ports/correction-store.ts';
import { fixableBatch, sliceOf } from './fix-problems.ts';
import type { FixContext, FixRequest } from './fix-problems.ts';
import { nextTurn } from './next-turn.ts';

/** Values shown. */
const maxSamples = 12;
/** Looks at invoices for this long; a person is waiting. */
const patienceMs = 5_000;

/** What a rule's fix would do. `kind` is null for a rule whose cause needs a person. Errors: NOT_FOUND, CANCELLED, and those of reading an invoice. */
export async function previewFix(
  context: FixContext,
  request: FixRequest,
  limit: { readonly signal: AbortSignal; readonly patienceMs?: number | null },
): Promise<Result<FixPreview>> {
  const batch = fixableBatch(context, request);
  if (!batch.ok) return batch.error.code === 'NOT_ALLOWED' ? ok(emptyPreview(request.ruleId)) : batch;
  const { kind, summary } = batch.value;
  const targets = context.store.corrections.targets(summary.id, request.ruleId);
  const preview = { ...emptyPreview(request.ruleId), kind, affected: targets.length };
  const until = limit.patienceMs === null ? Infinity : context.clock.monotonicMs() + (limit.patienceMs ?? patienceMs);
  for (const target of targets) {
    if (limit.signal.aborted) return fail('CANCELLED', 'The preview was cancelled.');
    if (context.clock.monotonicMs() > until) break;
    preview.examined += 1;
    if (preview.examined % 100 === 0) await nextTurn();
    if (target.isDelivered) {
      preview.delivered += 1;
      continue;
    }
    const slice = await sliceOf(context, target.invoiceId);
    if (!slice.ok) return slice;
    const changes = context.doctor.changesFor(slice.value, request.ruleId);
    if (!changes.ok) return changes;
    if (changes.value.length === 0) preview.notMechanical += 1;
    else preview.invoices += 1;
    preview.values += changes.value.length;
    for (const change of changes.value)
      if (preview.samples.length < maxSamples) preview.samples.push(sampleOf(target, change));
  }
  return ok(preview);
}

function emptyPreview(ruleId: string): FixPreview {
  return {
    ruleId,
    kind: null,
    values: 0,
    invoices: 0,
    notMechanical: 0,
    delivered: 0,
    examined: 0,
    affected: 0,
    samples: [],
  };
}

function sampleOf(target: FixTarget, { field, names, before, after, line }: FieldChange): FixSample {
  const { invoiceId, invoiceNumber, customerName, fileOrdinal } = target;
  return {
    invoiceId,
    invoiceNumber,
    customerName,
    fileOrdinal,
    field: names.at(-1) ?? field,
    before: maskPersonalNumbersIn(before),
    after: maskPersonalNumbersIn(after),
    line,
  };
}
