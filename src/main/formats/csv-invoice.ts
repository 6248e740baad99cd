// One row of a Swedwise CSV as an invoice: its record, and where its values stand. The rules are the same as for every format.

import type { FieldPlace } from '../../shared/schema/invoice.ts';
import type { CompiledProfile } from './compile-profile.ts';
import type { CsvHead } from './csv-head.ts';
import type { CsvCell, CsvRow } from './csv-rows.ts';
import type { FieldMap, SourceSpan } from './field-places.ts';
import { newRecord } from './record.ts';
import type { RawRecord } from './record.ts';
import type { ReadInvoice } from './record-reader.ts';
import { createPlaceCursor } from './text-place.ts';
import type { TextPlace } from './text-place.ts';

/** A row with what is needed to read it. */
export interface CsvInvoiceSource {
  readonly row: CsvRow;
  readonly head: CsvHead;
  readonly profile: CompiledProfile;
  readonly ordinal: number;
  readonly place: TextPlace;
}

/** `1500,00`: Swedish programs that separate columns with a semicolon write the decimals after a comma. */
const decimalComma = /^-?\d+,\d{1,2}$/u;

/** The row as a read invoice. Cells beyond the header's columns are not in it. */
export function csvInvoice(source: CsvInvoiceSource): ReadInvoice {
  const { row, head, profile, ordinal, place } = source;
  const record = newRecord(profile.invoice, null, { index: ordinal, start: 0 });
  for (const { slots, nodes } of profile.invoice.fields.values()) {
    const [slot] = slots;
    const cell = cellOf(source, nodes[0]?.local);
    if (slot === undefined || cell === null) continue;
    record.values[slot] =
      head.delimiter === ';' && decimalComma.test(cell.text) ? cell.text.replace(',', '.') : cell.text;
  }
  return { record, nodeStarts: [], start: 0, end: row.text.length, place };
}

function cellOf({ row, head }: CsvInvoiceSource, column: string | undefined): CsvCell | null {
  const at = column === undefined ? -1 : head.columns.indexOf(column);
  return at < 0 ? null : (row.cells[at] ?? null);
}

/** Where the row's values stand; a field without a column stands where the row does. */
export function createCsvFieldMap(source: CsvInvoiceSource): FieldMap {
  const { row, profile, ordinal, place } = source;
  const placeAt = createPlaceCursor(row.text, place);
  const filled = new Map<string, number>();
  const columnOf = (field: string): string | undefined => profile.invoice.fields.get(field)?.nodes[0]?.local;

  function spanOf(field: string): SourceSpan {
    const column = columnOf(field);
    const cell = cellOf(source, column);
    const path = column === undefined ? `Row[${String(ordinal)}]` : `Row[${String(ordinal)}]/${column}`;
    return { path, start: placeAt(cell?.start ?? 0), end: placeAt(cell?.end ?? row.text.length) };
  }

  return {
    field(name: string, _record: RawRecord, slot: number) {
      filled.set(name, slot);
    },
    item: () => undefined,
    textOf: (field) => (filled.has(field) ? (cellOf(source, columnOf(field))?.text ?? null) : null),
    spanOf,
    places: (): FieldPlace[] =>
      [...filled.keys()].map((field) => {
        const { path, start, end } = spanOf(field);
        const text = cellOf(source, columnOf(field))?.text ?? '';
        const { line: endLine, column: endColumn } = end;
        return { field, path, text, line: start.line, column: start.column, endLine, endColumn };
      }),
  };
}
