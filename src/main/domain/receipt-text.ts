// What the file of a receipt holds: readable by people and programs, and made of nothing that can change later. No hash and no file here.

/** Everything that goes into a receipt's file; all of it was frozen at the release or came with the answer. */
export interface ReceiptFacts {
  readonly invoiceNumber: string;
  readonly deliveryId: number;
  readonly attempt: number;
  readonly idempotencyKey: string;
  readonly channel: string;
  readonly target: string;
  readonly document: { readonly sha256: string; readonly sizeBytes: number; readonly fileName: string };
  /** `reply`: the peer's answer to the document. `lookUp`: its answer to a later question. */
  readonly source: 'reply' | 'lookUp';
  readonly atMs: number;
  /** What the peer answered, by name: the reply's text, its queue id, path, size, hash … */
  readonly answer: Readonly<Record<string, string | number>>;
}

/** JSON with a line feed at its end. Same facts, same text: the hash in the row is over its UTF-8 bytes. */
export function receiptText(facts: ReceiptFacts): string {
  const { atMs, answer, ...rest } = facts;
  return `${JSON.stringify({ ...rest, at: new Date(atMs).toISOString(), answer }, null, 2)}\n`;
}
