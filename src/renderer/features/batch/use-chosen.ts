// Which invoices of the table are ticked: some by id, or all that match the filter.

import { useMemo, useState } from 'react';
import type { InvoiceRow } from '../../../shared/schema/batch.ts';
import type { PagedRows } from '../../state/use-paged-rows.ts';
import type { GridChecks } from '../../ui/grid-types.ts';

/** What is ticked, as the table and the action bar need it. */
export interface Chosen {
  readonly checks: GridChecks<InvoiceRow>;
  readonly count: number;
  readonly ids: readonly number[];
  /** Everything that matches the filter, loaded or not. */
  readonly isAll: boolean;
  readonly chooseAll: () => void;
  readonly clear: () => void;
}

interface Ticks {
  readonly question: string;
  readonly isAll: boolean;
  readonly ids: ReadonlySet<number>;
}

const none: ReadonlySet<number> = new Set();

/** Ticks for one question (filter); another question starts without any. */
export function useChosen(rows: PagedRows<InvoiceRow, unknown>, question: string): Chosen {
  const [kept, setKept] = useState<Ticks>({ question, isAll: false, ids: none });
  const ticks = kept.question === question ? kept : { question, isAll: false, ids: none };
  return useMemo(() => {
    const setIds = (ids: ReadonlySet<number>): void => setKept({ question, isAll: false, ids });
    const clear = (): void => setIds(none);
    const chooseAll = (): void => setKept({ question, isAll: true, ids: none });
    const toggle = (row: InvoiceRow): void => {
      const ids = new Set(ticks.ids);
      if (!ids.delete(row.id)) ids.add(row.id);
      setIds(ids);
    };
    const toggleRange = (from: number, to: number): void => {
      const ids = new Set(ticks.ids);
      for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
        const row = rows.rowAt(index);
        if (row !== null) ids.add(row.id);
      }
      setIds(ids);
    };
    const count = ticks.isAll ? rows.total : ticks.ids.size;
    const checks: GridChecks<InvoiceRow> = {
      state: count === 0 ? 'none' : count === rows.total ? 'all' : 'some',
      isChecked: (row) => ticks.isAll || ticks.ids.has(row.id),
      toggle,
      toggleRange,
      toggleAll: () => (count > 0 ? clear() : chooseAll()),
    };
    return { checks, count, ids: [...ticks.ids], isAll: ticks.isAll, chooseAll, clear };
  }, [rows, ticks.isAll, ticks.ids, question]);
}
