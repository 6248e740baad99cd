// Records that are used again from invoice to invoice, so that reading plain invoices leaves nothing to the garbage collector. No reading.

import type { RecordPlan } from './profile-plan.ts';
import { newRecord } from './record.ts';

/** A raw record whose identity may change. */
export interface PooledRecord {
  readonly plan: RecordPlan;
  parent: PooledRecord | null;
  index: number;
  start: number;
  readonly values: (string | null)[];
  readonly starts: number[];
  readonly ends: number[];
  readonly lists: (PooledRecord[] | undefined)[];
}

interface Shelf {
  readonly records: PooledRecord[];
  used: number;
}

/** Gives out records; all of them come back at once. */
export class RecordPool {
  readonly #shelves = new Map<RecordPlan, Shelf>();

  /** An empty record, good until the next {@link reset}. */
  take(
    plan: RecordPlan,
    parent: PooledRecord | null,
    at: { readonly index: number; readonly start: number },
  ): PooledRecord {
    let shelf = this.#shelves.get(plan);
    if (shelf === undefined) {
      shelf = { records: [], used: 0 };
      this.#shelves.set(plan, shelf);
    }
    const used = shelf.records[shelf.used++];
    if (used !== undefined) return refresh(used, parent, at);
    const made: PooledRecord = { ...newRecord(plan, null, at), parent, lists: [] };
    // A file with one enormous invoice must not keep its rows until the end.
    if (shelf.records.length < maxKept) shelf.records.push(made);
    return made;
  }

  /** Takes every record back. */
  reset(): void {
    for (const shelf of this.#shelves.values()) shelf.used = 0;
  }
}

const maxKept = 1_000;

function refresh(
  record: PooledRecord,
  parent: PooledRecord | null,
  at: { readonly index: number; readonly start: number },
): PooledRecord {
  record.parent = parent;
  record.index = at.index;
  record.start = at.start;
  const { values } = record;
  // `fill` is a call out of compiled code, which for a handful of values takes longer than writing them.
  for (let slot = 0; slot < values.length; slot++) values[slot] = null;
  // Offsets of absent values are never asked for.
  for (const items of record.lists) if (items !== undefined) items.length = 0;
  return record;
}
