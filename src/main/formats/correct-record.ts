// Puts corrections into a raw record before it is assembled, and names raw values so that a correction finds its own again. No judgement.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FieldPlace } from '../../shared/schema/invoice.ts';
import type { AppliedCorrection } from '../ports/import-source.ts';
import { assembleInvoice } from './assemble-invoice.ts';
import type { InvoiceSource } from './check-invoice.ts';
import type { FieldPlan } from './profile-plan.ts';
import type { FieldTrace } from './field-values.ts';
import { itemsOf } from './record.ts';
import type { RawRecord } from './record.ts';

/** A value that is read as something else than what stands in the source. */
export interface CorrectedValue {
  readonly record: RawRecord;
  readonly slot: number;
  readonly sourceText: string;
}

/** A value that the assembly really reads, with the canonical names it ends up under. */
export interface ReadValue {
  /** Names the value among all of its invoice: `buyer.name`, `taxTotals/0/vat/1/taxMinor`. */
  readonly field: string;
  readonly names: readonly string[];
  readonly type: FieldPlan['type'];
  readonly text: string;
  readonly record: RawRecord;
  readonly slot: number;
}

/**
 * Writes the corrections into the record, oldest first. Errors: CONFLICT when one does not find what it was made for: then nothing of
 * the invoice may be used, because it would not be what the operator saw.
 */
export function applyCorrections(
  record: RawRecord,
  corrections: readonly AppliedCorrection[],
): Result<readonly CorrectedValue[]> {
  const corrected = new Map<string, CorrectedValue>();
  for (const { field, before, after } of corrections) {
    const value = valueAt(record, field);
    const text = value === null ? null : (value.record.values[value.slot] ?? null);
    if (value === null || text !== before)
      return fail(
        'CONFLICT',
        'A correction of this invoice does not fit what is read from its source any more. Undo the correction, then make it again.',
        { field },
      );
    if (!corrected.has(field)) corrected.set(field, { ...value, sourceText: text });
    value.record.values[value.slot] = after;
  }
  return ok([...corrected.values()]);
}

/** Places tell what stands in the source; beside a corrected value stands what is used. */
export function withUsedTexts(
  places: readonly FieldPlace[],
  slice: { readonly source: InvoiceSource; readonly corrected: readonly CorrectedValue[] },
): FieldPlace[] {
  const sourceTexts = new Map<string, string>();
  for (const { record, slot, names } of readValues(slice.source)) {
    const original = slice.corrected.find((each) => each.record === record && each.slot === slot);
    if (original !== undefined) for (const name of names) sourceTexts.set(name, original.sourceText);
  }
  return places.map((place) => {
    const text = sourceTexts.get(place.field);
    return text === undefined ? place : { ...place, text, usedText: place.text };
  });
}

/** Every value of the invoice that its assembly reads, once each, in the order it is read. */
export function readValues({ read, profile }: InvoiceSource): readonly ReadValue[] {
  const found = new Map<RawRecord, Map<number, string[]>>();
  const trace: FieldTrace = {
    field(name, record, slot) {
      const slots = found.get(record) ?? new Map<number, string[]>();
      found.set(record, slots);
      const names = slots.get(slot) ?? [];
      slots.set(slot, names);
      if (!names.includes(name)) names.push(name);
    },
    item: () => undefined,
  };
  assembleInvoice(read.record, profile, trace);
  const values: ReadValue[] = [];
  for (const [record, slots] of found)
    for (const [slot, names] of slots) {
      const plan = [...record.plan.fields.values()].find((each) => each.slots.includes(slot));
      const text = record.values[slot];
      if (plan === undefined || text === null || text === undefined) continue;
      values.push({ field: `${pathTo(record)}${plan.name}`, names, type: plan.type, text, record, slot });
    }
  return values;
}

/** `lines/3/adjustments/0/` for a row, '' for the invoice itself. */
function pathTo(record: RawRecord): string {
  const { parent } = record;
  if (parent === null) return '';
  for (const list of parent.plan.lists.values())
    if (list.record === record.plan) return `${pathTo(parent)}${list.name}/${record.index}/`;
  return pathTo(parent);
}

/** The filled slot a name means; null when there is none. */
function valueAt(record: RawRecord, field: string): { readonly record: RawRecord; readonly slot: number } | null {
  const step = /^([^/]+)\/(\d+)\/(.+)$/u.exec(field);
  if (step !== null) {
    const [, list = '', index = '', rest = ''] = step;
    const item = itemsOf(record, record.plan.lists.get(list))[Number(index)];
    return item === undefined ? null : valueAt(item, rest);
  }
  const slot = record.plan.fields.get(field)?.slots.find((each) => (record.values[each] ?? '') !== '');
  return slot === undefined ? null : { record, slot };
}
