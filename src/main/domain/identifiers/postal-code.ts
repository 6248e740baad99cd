// Postal codes of Sweden and Norway, by form only.

/** Whether the text has the form the country uses: Sweden `NNN NN` (never 0 first), Norway `NNNN`. True for other countries. */
export function isPostalCode(text: string, country: string | null): boolean {
  if (country === 'SE') return /^(?:SE?-)?[1-9]\d{2} ?\d{2}$/u.test(text);
  if (country === 'NO') return /^(?:NO?-)?\d{4}$/u.test(text);
  return true;
}
