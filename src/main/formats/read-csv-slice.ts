// Re-reads one row of a CSV from its bytes, with the header that was kept of its import.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { SourceContext, SourcePlace } from '../ports/import-source.ts';
import type { InvoiceSource } from './check-invoice.ts';
import { createCsvFieldMap, csvInvoice } from './csv-invoice.ts';
import { csvProfile } from './csv-profile.ts';
import { scanRow } from './csv-rows.ts';
import { asEncoding, decodeWhole } from './xml-encoding.ts';

/** Error: INVALID_CSV when the bytes are not one row in the encoding (the source changed). */
export function readCsvSlice(bytes: Uint8Array, place: SourcePlace, context: SourceContext): Result<InvoiceSource> {
  const encoding = asEncoding(context.encoding);
  const text = encoding === null ? null : decodeWhole(bytes, encoding);
  const { columns } = context;
  const row =
    text === null || columns === undefined ? null : scanRow(text, 0, { delimiter: columns.delimiter, isLast: true });
  if (text === null || columns === undefined || row === null || row.next < text.length)
    return fail(
      'INVALID_CSV',
      'The bytes kept for this invoice are not the row that was imported. The source file has changed.',
      { line: place.line, column: place.column },
    );
  const profile = csvProfile();
  const source = {
    row,
    head: { delimiter: columns.delimiter, columns: columns.names },
    profile,
    ordinal: place.ordinal,
    place: { line: place.line, column: place.column },
  };
  return ok({
    read: csvInvoice(source),
    profile,
    text: () => text,
    fieldMap: () => createCsvFieldMap(source),
  });
}
