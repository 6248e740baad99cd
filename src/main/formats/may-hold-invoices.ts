// Tells by a file's first bytes whether it may be an invoice file, so that pictures and notes in a folder are left out. Judges no format.

import { looksLikeStatementCsv } from './csv-head.ts';
import { detectEncoding } from './xml-encoding.ts';

/** XML that shows something rather than says something. */
const pictureOrPage = /^<(?:!doctype\s+html|html|(?:[\w-]+:)?svg)[\s>]/iu;

/** True for what begins as XML (pictures and web pages apart) and for a CSV with the columns of invoices. `head`: at most 4 KB. */
export function mayHoldInvoices(head: Uint8Array): boolean {
  const { encoding, bomLength } = detectEncoding(head);
  const text = new TextDecoder(encoding).decode(head.subarray(bomLength)).trimStart();
  if (!text.startsWith('<')) return looksLikeStatementCsv(text);
  const first = text.replace(/^<\?xml[^>]*\?>\s*/u, '').replace(/^(?:<!--[^]*?-->\s*)+/u, '');
  return !pictureOrPage.test(first);
}
