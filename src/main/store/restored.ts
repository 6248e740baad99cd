// Notices at the opening that the database is older than what was sent since, and marks what may have been sent as unknown: a copy that was
// restored must never send again by itself. docs/delivery-states.md says it in words.

import type { AuditFacts } from '../ports/audit-store.ts';
import type { Act } from '../ports/act.ts';
import { ordersUnsureSetting, outboxPausedSetting, restoredSetting } from '../ports/restore-note.ts';
import type { RestoreNote } from '../ports/restore-note.ts';
import { createActSettler } from './acts-after-copy.ts';
import type { SentActLine } from './acts-after-copy.ts';
import { businessKeySql, createDoubter, hashOfKey } from './sent-after-copy.ts';
import type { Doubtful } from './sent-after-copy.ts';
import { change, query } from './sqlite.ts';
import type { Db, WriteTransaction } from './sqlite.ts';
import type { SentJournal, SentLine } from './sent-journal.ts';
import { createAuditWriter } from './writes/audit.ts';

type Finding =
  /** Database and journal agree. */
  | { readonly kind: 'current' }
  /** No journal yet, and nothing was ever sent. */
  | { readonly kind: 'new' }
  /** The journal tells exactly what was sent after the copy. */
  | { readonly kind: 'exact'; readonly lines: readonly SentLine[]; readonly lastSeq: number }
  /** The journal does not tell all of it: whatever waits is in doubt. */
  | { readonly kind: 'unsure'; readonly lines: readonly SentLine[]; readonly lastSeq: number };

const nothingMarked = { unknown: 0, notInCopy: 0, orderActs: 0 };

interface Mark {
  readonly store_id: string;
  readonly seq: number;
}

/** The parts that are needed. */
export interface RestoreParts {
  readonly db: Db;
  readonly write: WriteTransaction;
  readonly journal: SentJournal;
}

/**
 * Compares database and journal; call it at every opening. `restoredFrom` names the copy where a person restored it with the program; an old file
 * that was put in place by hand is noticed all the same. Null: nothing to mark. Throws a StoreFailure.
 */
export function settleRestored(
  { db, write, journal }: RestoreParts,
  { restoredFrom, act }: { readonly restoredFrom: string | null; readonly act: Act },
): RestoreNote | null {
  // The journal first: a process that sends right now commits to the database before it writes the line.
  const seen = journal.head();
  const readMark = query<Mark>(db, 'SELECT store_id, seq FROM sent_mark WHERE id = 1');
  const mark = readMark.get();
  if (mark === undefined) throw new Error('the mark of the sent journal is missing');
  const finding = judge(seen, mark, journal);
  if (finding.kind === 'new') journal.begin(mark.store_id, mark.seq, null);
  if (finding.kind === 'current' || finding.kind === 'new') {
    if (restoredFrom === null) return null;
    return write(() => noteRestore(db, { note: nothingMarked, how: 'same', restoredFrom, act }));
  }
  const settle = createSettler(db);
  const note = write(() => {
    const counts = settle(finding, act);
    change(db, 'UPDATE sent_mark SET seq = max(seq, ?) WHERE id = 1')(finding.lastSeq);
    return noteRestore(db, { note: counts, how: finding.kind, restoredFrom, act });
  });
  if (finding.kind === 'unsure')
    journal.begin(mark.store_id, Math.max(mark.seq, finding.lastSeq), `utskick.sent.before-${String(act.nowMs)}`);
  return note;
}

function judge(head: ReturnType<SentJournal['head']>, mark: Mark, journal: SentJournal): Finding {
  if (head.kind === 'missing') return mark.seq === 0 ? { kind: 'new' } : { kind: 'unsure', lines: [], lastSeq: 0 };
  if (head.kind === 'damaged') return { kind: 'unsure', lines: [], lastSeq: 0 };
  const { storeId, fromSeq, lastSeq } = head;
  if (storeId === mark.store_id && lastSeq <= mark.seq) return { kind: 'current' };
  const { lines, isDamaged } = journal.read();
  const isOurs = storeId === mark.store_id;
  const later = isOurs ? lines.filter(({ seq }) => seq > mark.seq) : lines;
  const isExact = isOurs && !isDamaged && fromSeq <= mark.seq;
  return { kind: isExact ? 'exact' : 'unsure', lines: later, lastSeq };
}

function createSettler(
  db: Db,
): (finding: Extract<Finding, { kind: 'exact' | 'unsure' }>, act: Act) => Omit<RestoreNote, 'atMs'> {
  const byKey = query<Doubtful>(
    db,
    'SELECT id, invoice_id, state FROM deliveries WHERE idempotency_key = ? AND cancelled_no = 0',
  );
  const open = query<Doubtful>(
    db,
    "SELECT id, invoice_id, state FROM deliveries WHERE state IN ('queued', 'waiting', 'claimed', 'sending') ORDER BY id",
  );
  const keep = change(
    db,
    'INSERT INTO sent_after_copy (idempotency_key, business_key, at_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const doubt = createDoubter(db);
  const settleActs = createActSettler(db);
  return ({ kind, lines: all }, act) => {
    const isAct = (line: SentLine): line is SentActLine => line.act !== null;
    const lines = all.filter((line) => !isAct(line));
    const doubted = new Set<number>();
    const mayBeSent = (delivery: Doubtful, atMs: number): void => {
      if (delivery.state === 'accepted' || delivery.state === 'unknown' || doubted.has(delivery.id)) return;
      doubt(delivery, atMs, act.nowMs);
      doubted.add(delivery.id);
    };
    const notInCopy: SentLine[] = [];
    for (const line of lines) {
      const delivery = byKey.get(line.idempotencyKey);
      if (delivery !== undefined) mayBeSent(delivery, line.atMs);
      else if (keep(line.idempotencyKey, line.businessKey, line.atMs) === 1) notInCopy.push(line);
    }
    for (const { delivery, atMs } of notInCopy.length === 0 ? [] : sameInvoices(db, notInCopy))
      mayBeSent(delivery, atMs);
    for (const delivery of kind === 'unsure' ? open.all() : []) mayBeSent(delivery, act.nowMs);
    const orderActs = settleActs(all.filter(isAct), act.nowMs);
    return { unknown: doubted.size, notInCopy: notInCopy.length, orderActs };
  };
}

/** Deliveries of the copy that are not sent, whose invoice went after it by one that the copy does not have: re-routed, or to another address. */
function* sameInvoices(
  db: Db,
  lines: readonly SentLine[],
): Generator<{ readonly delivery: Doubtful; readonly atMs: number }> {
  const notSent = query<Doubtful & { invoice: string }>(
    db,
    `SELECT d.id, d.invoice_id, d.state, ${businessKeySql} AS invoice FROM deliveries d JOIN invoices i ON i.id = d.invoice_id
     WHERE d.state IN ('queued', 'waiting', 'claimed', 'sending', 'rejected', 'failed') ORDER BY d.id`,
  );
  const sentAt = new Map(lines.map(({ businessKey, atMs }) => [businessKey, atMs]));
  for (const { invoice, ...delivery } of notSent.all()) {
    const atMs = sentAt.get(hashOfKey(invoice));
    if (atMs !== undefined) yield { delivery, atMs };
  }
}

/** Pauses the outbox, since cancellations and holds made after the copy are gone too, and writes the audit entry. */
function noteRestore(
  db: Db,
  {
    note,
    how,
    restoredFrom,
    act,
  }: {
    readonly note: Omit<RestoreNote, 'atMs'>;
    readonly how: 'same' | 'exact' | 'unsure';
    readonly restoredFrom: string | null;
    readonly act: Act;
  },
): RestoreNote {
  const save = change(
    db,
    'INSERT INTO settings (key, value_json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value_json = excluded.value_json',
  );
  const kept: RestoreNote = { atMs: act.nowMs, ...note };
  save(outboxPausedSetting, 'true');
  save(restoredSetting, JSON.stringify(kept));
  if (how === 'unsure') save(ordersUnsureSetting, String(act.nowMs));
  const facts: AuditFacts = {
    copy: restoredFrom ?? 'put in place by hand',
    journal: how,
    unknown: note.unknown,
    notInCopy: note.notInCopy,
    orderActs: note.orderActs,
  };
  createAuditWriter(db).log({ action: 'restore', batchNo: null, facts }, act);
  return kept;
}
