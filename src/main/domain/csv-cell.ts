// One CSV cell that no spreadsheet takes for a formula.

/** Quotes for a semicolon-separated file; a cell that starts with = + - @ or a control character gets a leading apostrophe. Numbers stay numbers. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[";\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
