// The calendar day an operator means by "today". Nothing else about time lives here.

/** ISO date of a moment (milliseconds since 1970 UTC) in the machine's own time zone. */
export function localDay(atMs: number): string {
  const at = new Date(atMs);
  return `${String(at.getFullYear()).padStart(4, '0')}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}
