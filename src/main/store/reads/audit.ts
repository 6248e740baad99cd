// Reads the audit log, a page for the screen or a piece for an export, and notes acts that change nothing else in the store.

import type { AuditEntry, AuditFilter } from '../../../shared/schema/audit.ts';
import type { AuditStore, SealedEntry } from '../../ports/audit-store.ts';
import { hashBeforeFirst, sealedText } from '../audit-chain.ts';
import type { AuditRow } from '../audit-chain.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { column, query } from '../sqlite.ts';
import type { SqlValue } from '../sqlite.ts';
import { searchNeedle } from '../text-keys.ts';
import { createAuditWriter } from '../writes/audit.ts';

interface EntryRow extends AuditRow {
  readonly batch_id: string | null;
  readonly batch_name: string | null;
  readonly concerned_count: number;
  readonly concerned_sha256: string;
  readonly hash: string;
  readonly hash_before: string | null;
}

const entryColumns = `a.id, a.at_ms, a.actor, a.action, a.batch_no, a.facts_json, b.id AS batch_id,
  (SELECT file_name FROM batch_files f WHERE f.batch_no = a.batch_no ORDER BY f.ordinal LIMIT 1) AS batch_name,
  c.concerned_count, c.concerned_sha256, c.hash,
  (SELECT p.hash FROM audit_chain p WHERE p.audit_id < a.id ORDER BY p.audit_id DESC LIMIT 1) AS hash_before`;
const entryTables = 'audit a JOIN audit_chain c ON c.audit_id = a.id LEFT JOIN batches b ON b.no = a.batch_no';
const entryMatches = `(? = '[]' OR a.action IN (SELECT value FROM json_each(?))) AND a.at_ms >= ? AND a.at_ms < ?
  AND (? = '' OR instr(lower(a.actor), ?) > 0 OR instr(lower(a.facts_json), ?) > 0 OR instr(lower(a.action), ?) > 0)`;

/** The verbs. */
export function createAuditStore(core: StoreCore): AuditStore {
  const { db, write } = core;
  const count = column<number>(db, `SELECT count(*) FROM ${entryTables} WHERE ${entryMatches}`);
  const page = query<EntryRow>(
    db,
    `SELECT ${entryColumns} FROM ${entryTables} WHERE ${entryMatches} ORDER BY a.id DESC LIMIT ? OFFSET ?`,
  );
  const after = query<EntryRow>(
    db,
    `SELECT ${entryColumns} FROM ${entryTables} WHERE a.id > ? AND ${entryMatches} ORDER BY a.id LIMIT ?`,
  );
  const audit = createAuditWriter(db);
  return {
    note: (action, facts, act) => {
      write(() => audit.log({ action, batchNo: null, facts }, act));
    },
    page: (filter, offset, limit) => {
      const values = matchValues(filter);
      return { total: count.get(...values) ?? 0, entries: page.all(...values, limit, offset).map(asEntry) };
    },
    after: (id, filter, limit) => after.all(id, ...matchValues(filter), limit).map(asSealed),
  };
}

function matchValues({ search, actions, fromMs, beforeMs }: AuditFilter): SqlValue[] {
  const needle = searchNeedle(search);
  const list = JSON.stringify(actions);
  return [list, list, fromMs ?? 0, beforeMs ?? Number.MAX_SAFE_INTEGER, needle, needle, needle, needle];
}

function asEntry(row: EntryRow): AuditEntry {
  return {
    id: row.id,
    atMs: row.at_ms,
    actor: row.actor,
    action: row.action,
    batchId: row.batch_id,
    batchName: row.batch_name,
    facts: jsonColumns.facts(row.facts_json),
    concerned: row.concerned_count,
    hash: row.hash,
  };
}

function asSealed(row: EntryRow): SealedEntry {
  const concerned = { count: row.concerned_count, sha256: row.concerned_sha256 };
  return { ...asEntry(row), sealed: sealedText(row, concerned, row.hash_before ?? hashBeforeFirst) };
}
