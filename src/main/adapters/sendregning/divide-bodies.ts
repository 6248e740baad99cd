// Divides invoices into request bodies by the service's limits. Pure but for the ids.

import { randomUUID } from 'node:crypto';
import { invoicesFrame, maxBodyBytes } from './requests.ts';

/** A request with its invoices. */
export interface DividedBody<T> {
  readonly batchId: string;
  readonly body: Uint8Array;
  readonly items: readonly T[];
}

/** Divides by bytes of the XML, as the service counts them. Each body has an id of its own, new each time. */
export function divideBodies<T extends { readonly document: Uint8Array }>(
  items: readonly T[],
  mostItems: number,
): { readonly bodies: readonly DividedBody<T>[]; readonly tooLarge: readonly T[] } {
  const bodies: DividedBody<T>[] = [];
  const tooLarge: T[] = [];
  let open: T[] = [];
  let openBytes = 0;
  const frameBytes = bytesOf(invoicesFrame(newBatchId()).head) + bytesOf(invoicesFrame('').tail);
  const finish = (): void => {
    if (open.length === 0) return;
    const batchId = newBatchId();
    const { head, tail } = invoicesFrame(batchId);
    const body = Buffer.concat([Buffer.from(head), ...open.map(({ document }) => document), Buffer.from(tail)]);
    bodies.push({ batchId, body, items: open });
    open = [];
    openBytes = 0;
  };
  for (const item of items) {
    const sizeBytes = item.document.byteLength;
    if (frameBytes + sizeBytes > maxBodyBytes) {
      tooLarge.push(item);
      continue;
    }
    if (open.length >= mostItems || frameBytes + openBytes + sizeBytes > maxBodyBytes) finish();
    open.push(item);
    openBytes += sizeBytes;
  }
  finish();
  return { bodies, tooLarge };
}

function newBatchId(): string {
  return `utskick-${randomUUID()}`;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
