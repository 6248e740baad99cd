// Checks a database file by reading it only: SQLite's own check, the audit log's chain, counts against rows, states against deliveries. Files
// that the rows name are checked by verify-files.ts.

import BetterSqlite3 from 'better-sqlite3';
import type { VerifyFinding, VerifyReport } from '../../shared/schema/storage.ts';
import { invoiceStateOf } from '../domain/delivery-state.ts';
import type { DeliveryState } from '../../shared/schema/delivery.ts';
import type { SourcePackPlace } from '../ports/source-store.ts';
import { createConcernedReader, hashBeforeFirst, sealedText, sha256Of } from './audit-chain.ts';
import type { AuditRow } from './audit-chain.ts';
import { applicationId, versionOf } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import { column, complaintOf, query } from './sqlite.ts';
import type { Db } from './sqlite.ts';
import { keptMessage } from './writes/messages.ts';
import { speaksForInvoice } from './writes/invoice-state.ts';
import { createReceiptTexts } from './writes/receipts.ts';

/** Findings of one kind are cut at this many. */
export const maxFindings = 100;

/** A kept file that a row names. */
export interface KeptFile {
  readonly part: 'sources' | 'documents' | 'receipts';
  readonly sha256: string;
  /** Who names it. */
  readonly name: string;
  /** Set where the file lies in a pack. */
  readonly pack?: SourcePackPlace & { readonly byteLength: number };
  /** A receipt's file is written after its row. */
  readonly mayBeMissing?: boolean;
}

/** What the database's own check gives. */
export interface DatabaseReport {
  readonly findings: readonly VerifyFinding[];
  readonly checked: Pick<VerifyReport['checked'], 'auditEntries' | 'batches' | 'deliveries' | 'messages'>;
  readonly auditHead: VerifyReport['auditHead'];
  readonly files: readonly KeptFile[];
}

const nothing: Omit<DatabaseReport, 'findings'> = {
  checked: { auditEntries: 0, batches: 0, deliveries: 0, messages: 0 },
  auditHead: null,
  files: [],
};

/** Changes nothing. Takes seconds for a large file. Throws for what is no damage (a folder that cannot be read). */
export function verifyDatabase(path: string): DatabaseReport {
  try {
    const db = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
    try {
      return verifyOpen(db);
    } finally {
      db.close();
    }
  } catch (error) {
    const complaint = complaintOf(error);
    if (complaint === null) throw error;
    return { ...nothing, findings: [found('database', 'damaged', complaint)] };
  }
}

function verifyOpen(db: Db): DatabaseReport {
  const version = versionOf(db);
  if (column<number>(db, 'PRAGMA application_id').get() !== applicationId)
    return { ...nothing, findings: [found('database', 'damaged', 'it was made by another program')] };
  const complaints = column<string>(db, `PRAGMA integrity_check(${maxFindings})`)
    .all()
    .filter((answer) => answer !== 'ok');
  const findings = complaints.map((answer) => found('database', 'damaged', answer));
  if (version !== migrations.length) {
    const detail = `version ${version}; open it once with this program (${migrations.length}) and check it again`;
    return { ...nothing, findings: [...findings, found('database', 'otherVersion', detail)] };
  }
  for (const { table, rowid } of query<{ table: string; rowid: number | null }>(db, 'PRAGMA foreign_key_check').all())
    if (findings.length < maxFindings)
      findings.push(found('database', 'damaged', `row ${String(rowid)} of ${table} points to nothing`));
  const log = verifyAuditLog(db);
  const messages = verifyMessages(db);
  const receipts = verifyReceipts(db);
  return {
    findings: [...findings, ...log.findings, ...verifyCounts(db), ...messages.findings, ...receipts.findings],
    checked: {
      auditEntries: log.entries,
      batches: column<number>(db, 'SELECT count(*) FROM batches').get() ?? 0,
      deliveries: column<number>(db, 'SELECT count(*) FROM deliveries').get() ?? 0,
      messages: messages.count,
    },
    auditHead: log.head,
    files: [...keptFiles(db), ...receipts.files],
  };
}

/** Walks the chain from its beginning; the first broken entry is named, and nothing behind it can be trusted. */
function verifyAuditLog(db: Db): {
  readonly entries: number;
  readonly head: VerifyReport['auditHead'];
  readonly findings: readonly VerifyFinding[];
} {
  type Row = AuditRow & { readonly hash: string | null; readonly concerned_count: number };
  const rows = db.prepare<[], Row>(
    `SELECT a.id, a.at_ms, a.actor, a.action, a.batch_no, a.facts_json, c.hash, c.concerned_count
     FROM audit a LEFT JOIN audit_chain c ON c.audit_id = a.id ORDER BY a.id`,
  );
  // The rows are walked over while others are asked for what they concerned.
  const concernedBy = createConcernedReader(db);
  let hash = hashBeforeFirst;
  let head: VerifyReport['auditHead'] = null;
  let entries = 0;
  const broken = (code: VerifyFinding['code'], detail: string) => ({
    entries,
    head,
    findings: [found('auditLog', code, detail)],
  });
  for (const row of rows.iterate()) {
    if (row.hash === null) return broken('entryUnsealed', `entry ${row.id} has no seal`);
    if (head !== null && row.id !== head.id + 1)
      return broken('chainBroken', `entry ${head.id + 1} is missing; the next one is ${row.id}`);
    const concerned = concernedBy(row.id);
    hash = sha256Of(sealedText(row, concerned, hash));
    if (hash !== row.hash)
      return broken('chainBroken', `entry ${row.id} (${row.action}) does not match its hash, or the one before it`);
    head = { id: row.id, hash };
    entries += 1;
  }
  const sealedAfter = column<number>(db, 'SELECT count(*) FROM audit_chain WHERE audit_id > ?').get(head?.id ?? 0) ?? 0;
  if (sealedAfter > 0) return broken('chainBroken', `${sealedAfter} entries after ${head?.id ?? 0} are missing`);
  return { entries, head, findings: [] };
}

/** Kept sums against the rows they sum up, and every invoice's state against its deliveries. */
function verifyCounts(db: Db): readonly VerifyFinding[] {
  const findings: VerifyFinding[] = [];
  const add = (code: VerifyFinding['code'], detail: string): void => {
    if (findings.length < maxFindings) findings.push(found('counts', code, detail));
  };
  for (const row of query<{ id: string; kept: string; real: string }>(db, invoiceCountsSql).all())
    add('countWrong', `batch ${row.id}: ${row.kept} invoices and money kept, ${row.real} in the rows`);
  for (const row of query<{ id: string; connection_id: string; state: string; kept: number; real: number }>(
    db,
    deliveryCountsSql,
  ).all())
    add('countWrong', `batch ${row.id}, ${row.connection_id}, ${row.state}: ${row.kept} kept, ${row.real} in the rows`);
  for (const row of query<{ id: string; read_count: number; real: number }>(db, readCountsSql).all())
    add('countWrong', `batch ${row.id}: ${row.read_count} read, ${row.real} imported, in quarantine or skipped`);
  const rows = db.prepare<[], { invoice_number: string; state: string; states: string }>(invoiceStatesSql);
  for (const { invoice_number, state, states } of rows.iterate()) {
    const expected = invoiceStateOf(states.split(',') as DeliveryState[]);
    if (state !== expected)
      add('stateWrong', `invoice ${invoice_number} is ${state}, its deliveries say ${expected} (${states})`);
  }
  return findings;
}

const invoiceCountsSql = `
  WITH kept AS (SELECT batch_no, sum(invoice_count) AS n, sum(amount_minor) AS money FROM invoice_counts GROUP BY batch_no),
       real AS (SELECT batch_no, count(*) AS n, coalesce(sum(payable_minor), 0) AS money FROM invoices GROUP BY batch_no)
  SELECT b.id, coalesce(kept.n, 0) || '/' || coalesce(kept.money, 0) AS kept, coalesce(real.n, 0) || '/' || coalesce(real.money, 0) AS real
  FROM batches b LEFT JOIN kept ON kept.batch_no = b.no LEFT JOIN real ON real.batch_no = b.no
  WHERE b.state <> 'importing' AND (coalesce(kept.n, 0) <> coalesce(real.n, 0) OR coalesce(kept.money, 0) <> coalesce(real.money, 0))`;
const deliveryCountsSql = `
  WITH real AS (SELECT batch_no, connection_id, state, count(*) AS n FROM deliveries GROUP BY batch_no, connection_id, state)
  SELECT b.id, k.connection_id, k.state, k.delivery_count AS kept, coalesce(r.n, 0) AS real
  FROM delivery_counts k JOIN batches b ON b.no = k.batch_no
  LEFT JOIN real r ON r.batch_no = k.batch_no AND r.connection_id = k.connection_id AND r.state = k.state
  WHERE k.delivery_count <> coalesce(r.n, 0)
  UNION ALL
  SELECT b.id, r.connection_id, r.state, 0, r.n FROM real r JOIN batches b ON b.no = r.batch_no
  WHERE NOT EXISTS (SELECT 1 FROM delivery_counts k WHERE k.batch_no = r.batch_no AND k.connection_id = r.connection_id AND k.state = r.state)`;
const readCountsSql = `
  SELECT b.id, b.read_count, b.skipped_count + (SELECT count(*) FROM invoices i WHERE i.batch_no = b.no) AS real FROM batches b
  WHERE b.state <> 'importing' AND b.read_count <> b.skipped_count + (SELECT count(*) FROM invoices i WHERE i.batch_no = b.no)`;
const invoiceStatesSql = `
  SELECT i.invoice_number, i.state, group_concat(d.state) AS states FROM deliveries d JOIN invoices i ON i.id = d.invoice_id
  WHERE ${speaksForInvoice} GROUP BY d.invoice_id`;

/** Every e-mail that a release froze must be there and give the hash under which its delivery names it. */
function verifyMessages(db: Db): { readonly count: number; readonly findings: readonly VerifyFinding[] } {
  const findings: VerifyFinding[] = [];
  let count = 0;
  const named = db.prepare<[], { sha256: string; invoice_number: string; body: Buffer | null }>(
    `SELECT d.message_sha256 AS sha256, min(i.invoice_number) AS invoice_number, m.body
     FROM deliveries d JOIN invoices i ON i.id = d.invoice_id LEFT JOIN messages m ON m.sha256 = d.message_sha256
     WHERE d.message_sha256 IS NOT NULL GROUP BY d.message_sha256`,
  );
  for (const { sha256, invoice_number, body } of named.iterate()) {
    count += 1;
    const json = body === null ? null : keptMessage(body);
    if ((json !== null && sha256Of(json) === sha256) || findings.length >= maxFindings) continue;
    const name = `the e-mail of invoice ${invoice_number} (${sha256})`;
    findings.push(
      body === null
        ? found('messages', 'missing', `${name} is not in the database`)
        : found('messages', 'changed', `${name} does not give its hash`),
    );
  }
  return { count, findings };
}

/** Every receipt's row must still give the text whose hash was written with it; the file with that text may not be written yet. */
function verifyReceipts(db: Db): { readonly findings: readonly VerifyFinding[]; readonly files: readonly KeptFile[] } {
  const findings: VerifyFinding[] = [];
  const files: KeptFile[] = [];
  const keptTo = column<number>(db, 'SELECT kept_to FROM receipt_files WHERE id = 1').get() ?? 0;
  for (const { id, invoiceNumber, fileSha256, text } of createReceiptTexts(db)()) {
    const name = `receipt ${String(id)} of invoice ${invoiceNumber}`;
    if (text === null || sha256Of(text) !== fileSha256) {
      if (findings.length < maxFindings)
        findings.push(found('receipts', 'changed', `the row of ${name} does not give the hash ${fileSha256}`));
      continue;
    }
    files.push({ part: 'receipts', sha256: fileSha256, name, mayBeMissing: id > keptTo });
  }
  return { findings, files };
}

function keptFiles(db: Db): readonly KeptFile[] {
  const sources = query<{ sha256: string; name: string }>(
    db,
    `SELECT f.sha256, min(f.file_name) AS name FROM batch_files f JOIN batches b ON b.no = f.batch_no
     WHERE b.state <> 'importing' AND f.pack_offset IS NULL GROUP BY f.sha256`,
  );
  const packed = query<{ sha256: string; name: string; id: string; byteOffset: number; byteLength: number }>(
    db,
    `SELECT f.sha256, f.file_name AS name, b.id, f.pack_offset AS byteOffset, f.size_bytes AS byteLength
     FROM batch_files f JOIN batches b ON b.no = f.batch_no
     WHERE b.state <> 'importing' AND f.pack_offset IS NOT NULL ORDER BY f.batch_no, f.pack_offset`,
  );
  const documents = query<{ sha256: string; name: string }>(
    db,
    'SELECT document_sha256 AS sha256, min(document_file_name) AS name FROM deliveries GROUP BY document_sha256',
  );
  return [
    ...sources.all().map((file): KeptFile => ({ part: 'sources', ...file })),
    ...packed.all().map(({ sha256, name, ...pack }): KeptFile => ({ part: 'sources', sha256, name, pack })),
    ...documents.all().map((file): KeptFile => ({ part: 'documents', ...file })),
  ];
}

function found(part: VerifyFinding['part'], code: VerifyFinding['code'], detail: string): VerifyFinding {
  return { part, code, detail };
}
