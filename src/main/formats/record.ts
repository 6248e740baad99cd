// Raw records: what stands in an invoice element, by slot, before anything is parsed. Filled by record-reader, read by assemble-invoice.

import type { ListPlan, RecordPlan } from './profile-plan.ts';

/**
 * One invoice, header or list item. Offsets are in code units; `start` of a slot lies right after the start tag's `>`, `end` right after
 * the end tag's `>`; for an attribute both enclose the start tag.
 */
export interface RawRecord {
  readonly plan: RecordPlan;
  readonly parent: RawRecord | null;
  /** 0-based among the items of the same list in the same parent; an invoice's ordinal in its file. */
  readonly index: number;
  /** Offset of the element's `<`. */
  readonly start: number;
  /** Text by slot, trimmed; '' when the element is empty, null when it is not there. */
  readonly values: (string | null)[];
  readonly starts: number[];
  readonly ends: number[];
  /** Items by list index; empty arrays are made when the first item comes. */
  readonly lists: (RawRecord[] | undefined)[];
}

/** Makes an empty record. */
export function newRecord(
  plan: RecordPlan,
  parent: RawRecord | null,
  at: { readonly index: number; readonly start: number },
): RawRecord {
  const values: (string | null)[] = plan.emptyValues.slice();
  const starts = plan.emptyOffsets.slice();
  const ends = plan.emptyOffsets.slice();
  return { plan, parent, index: at.index, start: at.start, values, starts, ends, lists: [] };
}

/** The items of a list; empty when there are none or the profile has no such list. */
export function itemsOf(record: RawRecord, list: ListPlan | undefined): readonly RawRecord[] {
  return list === undefined ? [] : (record.lists[list.index] ?? []);
}
