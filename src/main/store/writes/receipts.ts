// Receipts as rows with the hash of their file, and which of the files are known to be on disk. The only place that adds a receipt.

import { createHash } from 'node:crypto';
import { receiptText } from '../../domain/receipt-text.ts';
import type { ReceiptFacts } from '../../domain/receipt-text.ts';
import type { Receipt } from '../../ports/channel-adapter.ts';
import type { KeptReceipt, ReceiptStore } from '../../ports/receipt-store.ts';
import { isStoreFailure } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { change, insert, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

interface DeliveryFacts {
  readonly invoiceNumber: string;
  readonly idempotencyKey: string;
  readonly channel: string;
  readonly target: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly fileName: string;
}

const deliveryFacts = `i.invoice_number AS invoiceNumber, d.idempotency_key AS idempotencyKey, d.channel, d.target, d.document_sha256 AS sha256,
  d.document_size_bytes AS sizeBytes, d.document_file_name AS fileName`;

/** A receipt to be added. */
export interface NewReceipt {
  readonly deliveryId: number;
  readonly attempt: number;
  readonly source: 'reply' | 'lookUp';
  readonly atMs: number;
  readonly receipt: Receipt;
}

/** Prepares the insert; called inside other verbs' transactions. */
export function createReceiptAdder(db: Db): (receipt: NewReceipt) => void {
  const facts = query<DeliveryFacts>(
    db,
    `SELECT ${deliveryFacts} FROM deliveries d JOIN invoices i ON i.id = d.invoice_id WHERE d.id = ?`,
  );
  const add = insert(
    db,
    'INSERT INTO receipts (delivery_id, attempt_number, source, at_ms, receipt_json, file_sha256) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return ({ deliveryId, attempt, source, atMs, receipt }) => {
    const delivery = facts.get(deliveryId);
    if (delivery === undefined) throw new Error(`delivery ${deliveryId} is not there`);
    const text = textOf(delivery, { deliveryId, attempt, source, atMs, receipt });
    const sha256 = createHash('sha256').update(text).digest('hex');
    add(deliveryId, attempt, source, atMs, JSON.stringify(receipt), sha256);
  };
}

type Row = DeliveryFacts &
  Omit<NewReceipt, 'receipt'> &
  Pick<KeptReceipt, 'id' | 'invoiceId' | 'fileSha256'> & { readonly receipt_json: string };

const select = `SELECT r.id, d.invoice_id AS invoiceId, r.delivery_id AS deliveryId, r.attempt_number AS attempt, r.source, r.at_ms AS atMs, r.receipt_json, r.file_sha256 AS fileSha256,
  ${deliveryFacts} FROM receipts r JOIN deliveries d ON d.id = r.delivery_id JOIN invoices i ON i.id = d.invoice_id`;

/** A receipt as its row has it. */
export interface ReceiptText {
  readonly id: number;
  readonly invoiceNumber: string;
  readonly fileSha256: string;
  /** Null where the row cannot be read. */
  readonly text: string | null;
}

/** Prepares the walk over all receipts that have a hash. */
export function createReceiptTexts(db: Db): () => Generator<ReceiptText> {
  const rows = db.prepare<[], Row & { readonly fileSha256: string }>(
    `${select} WHERE r.file_sha256 IS NOT NULL ORDER BY r.id`,
  );
  const read = (row: Row): string | null => {
    try {
      return textOf(row, { ...row, receipt: jsonColumns.receipt(row.receipt_json) });
    } catch (error) {
      if (isStoreFailure(error)) return null;
      throw error;
    }
  };
  return function* () {
    for (const row of rows.iterate()) {
      const { id, invoiceNumber, fileSha256 } = row;
      yield { id, invoiceNumber, fileSha256, text: read(row) };
    }
  };
}

/** The reads over receipts and the mark of their files. */
export function createReceiptStore(core: StoreCore): ReceiptStore {
  const { db, writeLoosely } = core;
  const without = query<Row>(db, `${select} WHERE r.id > (SELECT kept_to FROM receipt_files) ORDER BY r.id LIMIT ?`);
  const one = query<Row>(db, `${select} WHERE r.id = ?`);
  const ofInvoice = query<Row>(
    db,
    `${select} WHERE i.invoice_number = ? AND i.seller_key = ? AND d.connection_id = ? AND d.state = 'accepted' ORDER BY r.id DESC LIMIT 1`,
  );
  const mark = change(db, 'UPDATE receipt_files SET kept_to = max(kept_to, ?) WHERE id = 1');
  const kept = (row: Row): KeptReceipt => {
    const receipt = jsonColumns.receipt(row.receipt_json);
    const { id, invoiceId, source, atMs, fileSha256 } = row;
    return { id, invoiceId, source, atMs, receipt, fileSha256, text: textOf(row, { ...row, receipt }) };
  };
  return {
    withoutFile: (limit) => without.all(limit).map(kept),
    filesKeptTo: (receiptId) => {
      writeLoosely(() => mark(receiptId));
    },
    ofInvoice: ({ invoiceNumber, sellerKey, connectionId }) => {
      const row = ofInvoice.get(invoiceNumber, sellerKey, connectionId);
      return row === undefined ? null : jsonColumns.receipt(row.receipt_json);
    },
    receipt: (receiptId) => {
      const row = one.get(receiptId);
      return row === undefined ? null : kept(row);
    },
  };
}

function textOf(delivery: DeliveryFacts, { deliveryId, attempt, source, atMs, receipt }: NewReceipt): string {
  const { invoiceNumber, idempotencyKey, channel, target, sha256, sizeBytes, fileName } = delivery;
  const facts: ReceiptFacts = {
    invoiceNumber,
    deliveryId,
    attempt,
    idempotencyKey,
    channel,
    target,
    document: { sha256, sizeBytes, fileName },
    source,
    atMs,
    answer: receipt,
  };
  return receiptText(facts);
}
