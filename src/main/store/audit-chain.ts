// The chain of the audit log: what an entry's hash covers, and the sealing of new entries. docs/audit-log.md describes the encoding.

import { createHash } from 'node:crypto';
import { change, query } from './sqlite.ts';
import type { Db } from './sqlite.ts';

/** Stands for the hash before the first entry. */
export const hashBeforeFirst = '0'.repeat(64);

/** Marks the encoding, so that a later one can never give the same text. */
const encodingName = 'utskick-audit-1';

/** One entry as it lies in the store. */
export interface AuditRow {
  readonly id: number;
  readonly at_ms: number;
  readonly actor: string;
  readonly action: string;
  readonly batch_no: number | null;
  readonly facts_json: string;
}

/** What an entry concerned, as a count and a hash. */
export interface Concerned {
  readonly count: number;
  readonly sha256: string;
}

/** The text whose SHA-256 (as UTF-8) is the entry's hash: a JSON array without spaces, in this order. */
export function sealedText(row: AuditRow, concerned: Concerned, hashBefore: string): string {
  return JSON.stringify([
    encodingName,
    hashBefore,
    row.id,
    row.at_ms,
    row.actor,
    row.action,
    row.batch_no,
    row.facts_json,
    concerned.count,
    concerned.sha256,
  ]);
}

/** SHA-256 of a text's UTF-8, in hex. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Prepares the reading of what an entry concerned: a line `invoice/delivery` for each, by invoice and delivery. */
export function createConcernedReader(db: Db): (auditId: number) => Concerned {
  const lines = db
    .prepare<[number], string>(
      "SELECT invoice_id || '/' || delivery_id FROM audit_invoices WHERE audit_id = ? ORDER BY invoice_id, delivery_id",
    )
    .pluck();
  return (auditId) => {
    const hash = createHash('sha256');
    let count = 0;
    for (const line of lines.iterate(auditId)) {
      hash.update(`${line}\n`);
      count += 1;
    }
    return { count, sha256: hash.digest('hex') };
  };
}

/** Prepares the sealing of every entry that has no link yet, oldest first. Runs inside the transaction that wrote them. */
export function createAuditSealer(db: Db): () => void {
  const unsealed = query<AuditRow>(
    db,
    `SELECT id, at_ms, actor, action, batch_no, facts_json FROM audit
     WHERE id > coalesce((SELECT max(audit_id) FROM audit_chain), 0) ORDER BY id`,
  );
  const last = query<{ hash: string }>(db, 'SELECT hash FROM audit_chain ORDER BY audit_id DESC LIMIT 1');
  const concernedBy = createConcernedReader(db);
  const seal = change(
    db,
    'INSERT INTO audit_chain (audit_id, concerned_count, concerned_sha256, hash) VALUES (?, ?, ?, ?)',
  );
  return () => {
    const rows = unsealed.all();
    if (rows.length === 0) return;
    let hash = last.get()?.hash ?? hashBeforeFirst;
    for (const row of rows) {
      const concerned = concernedBy(row.id);
      hash = sha256Of(sealedText(row, concerned, hash));
      seal(row.id, concerned.count, concerned.sha256, hash);
    }
  };
}
