// Tells by a file's first bytes whether it is a zip. What invoices look like is not known here.

/** Bytes that are enough to tell what a file is. */
export const headBytes = 4_096;

/** True for a local file header, and for the end of a zip without entries. */
export function isZip(head: Uint8Array): boolean {
  const [p, k, third, fourth] = head;
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}
