// A delivery filter as SQL, the same for lists, counts and acts. Says which rows; reads none.

import { causeOf } from '../../domain/delivery-control.ts';
import type { DeliveryFilter } from '../../../shared/contract/methods.ts';
import type { Db, SqlValue } from '../sqlite.ts';
import { searchNeedle } from '../text-keys.ts';

/** A `FROM … WHERE …` over deliveries `d` (and invoices `i`) with its values. */
export interface DeliveryConditions {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Makes `cause_of` known to the database. May be repeated. */
export function prepareConditions(db: Db): void {
  db.function('cause_of', { deterministic: true }, (code: unknown, detail: unknown) =>
    typeof code === 'string' ? causeOf(code, typeof detail === 'string' ? detail : null) : null,
  );
}

/**
 * `batchNo`: the filter's batch as its row's number, null for all. Ids come first where they are given: the rest then looks at few rows.
 * Invoices are joined where the search needs them, or where `withInvoices` asks for their columns.
 */
export function deliveryConditions(
  filter: DeliveryFilter,
  batchNo: number | null,
  { withInvoices = false }: { readonly withInvoices?: boolean } = {},
): DeliveryConditions {
  const parts: DeliveryConditions[] = [];
  const needle = searchNeedle(filter.search);
  const from =
    filter.ids === undefined
      ? 'FROM deliveries d'
      : 'FROM json_each(?) wanted CROSS JOIN deliveries d ON d.id = wanted.value';
  if (batchNo !== null) parts.push({ sql: 'd.batch_no = ?', values: [batchNo] });
  if (filter.connectionId !== null) parts.push({ sql: 'd.connection_id = ?', values: [filter.connectionId] });
  if (filter.states.length > 0)
    parts.push({ sql: 'd.state IN (SELECT value FROM json_each(?))', values: [JSON.stringify(filter.states)] });
  if (needle !== '')
    parts.push({ sql: '(instr(i.search_text, ?) > 0 OR instr(lower(d.target), ?) > 0)', values: [needle, needle] });
  if (filter.causes !== undefined)
    parts.push({
      sql: 'd.last_code IS NOT NULL AND cause_of(d.last_code, d.last_detail) IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(filter.causes)],
    });
  if (filter.isHeld !== undefined) parts.push({ sql: `d.hold IS ${filter.isHeld ? 'NOT ' : ''}NULL`, values: [] });
  const where = parts.length === 0 ? '' : `WHERE ${parts.map(({ sql }) => sql).join(' AND ')}`;
  const join = withInvoices || needle !== '' ? 'JOIN invoices i ON i.id = d.invoice_id' : '';
  return {
    sql: `${from} ${join} ${where}`,
    values: [
      ...(filter.ids === undefined ? [] : [JSON.stringify(filter.ids)]),
      ...parts.flatMap(({ values }) => values),
    ],
  };
}
