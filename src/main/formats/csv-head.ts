// The header line of a Swedwise CSV: which character separates, and which of the invoice's columns are there. Reads no rows.

/** Characters that separate. Swedish Excel writes the semicolon. */
export const csvDelimiters = [',', ';'] as const;
/** One of {@link csvDelimiters}. */
export type CsvDelimiter = (typeof csvDelimiters)[number];

/** The columns that are read, in the seed's order (section 4.1); the last two are named by its other samples (3.4, 9.3). */
export const csvColumns = [
  'customer_id',
  'email',
  'invoice_number',
  'amount',
  'currency',
  'due_date',
  'invoice_date',
  'phone',
] as const;
/** One of {@link csvColumns}. */
export type CsvColumn = (typeof csvColumns)[number];

/** Columns without which a line says nothing that could be sent. */
export const requiredCsvColumns: readonly CsvColumn[] = [
  'customer_id',
  'invoice_number',
  'amount',
  'currency',
  'due_date',
];

/** The header, as read. */
export interface CsvHead {
  readonly delimiter: CsvDelimiter;
  /** Names in lower case, in file order; a name that is not known is kept as it is. */
  readonly columns: readonly string[];
}

/** Reads a header line without its line end. The character that gives more known columns separates. */
export function readCsvHead(line: string): CsvHead {
  const [comma, semicolon] = csvDelimiters.map((delimiter) => ({ delimiter, columns: namesIn(line, delimiter) }));
  if (comma === undefined || semicolon === undefined) throw new Error('there are two delimiters');
  return knownIn(semicolon.columns) > knownIn(comma.columns) ? semicolon : comma;
}

/** True when a text begins with a line that names an invoice's columns; two are enough, so that a missing one can be told. */
export function looksLikeStatementCsv(text: string): boolean {
  const [line = ''] = text.split(/\r\n?|\n/u, 1);
  const { columns } = readCsvHead(line.replace(/^\uFEFF/u, ''));
  return knownIn(columns) >= 2 && columns.length < 1_000;
}

function knownIn(columns: readonly string[]): number {
  return csvColumns.filter((name) => columns.includes(name)).length;
}

/** Names hold neither quotes nor separators: those around them are taken off. */
function namesIn(line: string, delimiter: CsvDelimiter): string[] {
  return line.split(delimiter).map((name) =>
    name
      .trim()
      .replace(/^"(.*)"$/u, '$1')
      .trim()
      .toLowerCase(),
  );
}
