// Opens a receipt's file and says whether its bytes are still what they were; keeps the files of new receipts.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { OpenedReceipt, ReceiptState } from '../../shared/schema/timeline.ts';
import type { KeptReceipt } from '../ports/receipt-store.ts';
import type { AppContext } from './context.ts';

type ReceiptParts = Pick<AppContext, 'store' | 'receipts'>;

/** Receipts whose files are written before the mark is moved. */
const lot = 50;

/** Errors: NOT_FOUND, UNREADABLE (the file is there and cannot be read). A file that is gone or changed is no error: it is said. */
export async function openReceipt(context: ReceiptParts, receiptId: number): Promise<Result<OpenedReceipt>> {
  const receipt = context.store.receipts.receipt(receiptId);
  if (receipt === null) return fail('NOT_FOUND', 'There is no such receipt.', { receiptId });
  const found = await look(context, receipt);
  if (!found.ok) return found;
  const { state, text } = found.value;
  const { fileSha256, atMs, source, receipt: answer } = receipt;
  const fileName = `receipt-${String(receiptId)}.json`;
  return ok({ state, sha256: fileSha256, fileName, text: text ?? receipt.text, atMs, source, answer: { ...answer } });
}

async function look(
  { store, receipts }: ReceiptParts,
  receipt: KeptReceipt,
): Promise<Result<{ readonly state: ReceiptState; readonly text: string | null }>> {
  if (receipt.fileSha256 === null) return ok({ state: 'none', text: null });
  const read = await receipts.read(receipt.fileSha256);
  if (read.ok) return ok({ state: 'whole', text: Buffer.from(read.value).toString('utf8') });
  if (read.error.code === 'STORE_DAMAGED') return ok({ state: 'changed', text: null });
  if (read.error.code !== 'NOT_FOUND') return read;
  const [oldest] = store.receipts.withoutFile(1);
  return ok({ state: oldest !== undefined && oldest.id <= receipt.id ? 'notYet' : 'missing', text: null });
}

/** Writes the files of receipts that have none yet, one lot. Returns how many; errors as ContentStore.keepBytes, and nothing is lost by them. */
export async function keepReceiptFiles({ store, receipts }: ReceiptParts): Promise<Result<number>> {
  const waiting = store.receipts.withoutFile(lot);
  const last = waiting.at(-1);
  if (last === undefined) return ok(0);
  for (const { fileSha256, text } of waiting) {
    if (fileSha256 === null) continue;
    const kept = await receipts.keepBytes(Buffer.from(text, 'utf8'), fileSha256);
    if (!kept.ok) return kept;
  }
  store.receipts.filesKeptTo(last.id);
  return ok(waiting.length);
}
