// Compares what the peers have with what the database says. Reads both from outside, with nothing of the product: it is the witness.

import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';

const ledgerLineSchema = z.object({
  event: z.string(),
  invoiceNumber: z.string().nullable(),
  path: z.string().optional(),
  recipient: z.string().optional(),
  sha256: z.string().nullable(),
});
/** A line of a provider's ledger, as far as it is looked at here. */
export type LedgerLine = z.infer<typeof ledgerLineSchema>;

const deliverySchema = z.object({
  invoiceNumber: z.string(),
  state: z.string(),
  /** E-mail address, or file name at the print vendor. */
  target: z.string(),
  sha256: z.string(),
  indexFileId: z.number().nullable(),
});
/** A delivery as its row says. */
export type DeliveryRow = z.infer<typeof deliverySchema>;

/** Something that must never be. */
export interface Finding {
  readonly kind: 'lost' | 'double' | 'wrong';
  readonly what: string;
}

/** States in which the peer may have the document; in any other it certainly has not. */
const mayBeSent = new Set(['sending', 'unknown', 'accepted']);
const databaseName = 'utskick.db';

/** What the database of a data folder holds. */
export interface Snapshot {
  readonly deliveries: readonly DeliveryRow[];
  readonly batches: readonly { readonly state: string; readonly read: number; readonly invoices: number }[];
  /** Names of index files that were taken and not written. */
  readonly unwrittenIndexes: number;
  readonly findings: readonly Finding[];
}

/** All whole lines of a ledger; none when there is no file. */
export function readLedger(path: string): LedgerLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.filter((line) => line !== '').map((line) => ledgerLineSchema.parse(JSON.parse(line)));
}

/** Opens a copy, so that nothing is recovered or checkpointed before the product itself does it. */
export function readSnapshot(dataDir: string, scratchDir: string): Snapshot {
  rmSync(scratchDir, { recursive: true, force: true });
  mkdirSync(scratchDir, { recursive: true });
  const path = join(dataDir, databaseName);
  const nothing = { deliveries: [], batches: [], unwrittenIndexes: 0, findings: [] };
  if (!existsSync(path)) return nothing;
  const copy = join(scratchDir, databaseName);
  for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
  let db: Database.Database | null = null;
  try {
    db = new Database(copy);
    // Killed before the schema was made.
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'deliveries'").get() === undefined) return nothing;
    return look(db);
  } catch (error) {
    return { ...nothing, findings: [{ kind: 'wrong', what: `the database cannot be read: ${String(error)}` }] };
  } finally {
    db?.close();
  }
}

function look(db: Database.Database): Snapshot {
  const rows = db
    .prepare(
      `SELECT i.invoice_number AS invoiceNumber, d.state, d.target, d.document_sha256 AS sha256, d.index_file_id AS indexFileId
       FROM deliveries d JOIN invoices i ON i.id = d.invoice_id WHERE d.cancelled_no = 0`,
    )
    .all();
  const batches = db
    .prepare(
      `SELECT state, read_count AS read, skipped_count AS skipped, (SELECT count(*) FROM invoices i WHERE i.batch_no = b.no) AS invoices,
         (SELECT coalesce(sum(invoice_count), 0) FROM invoice_counts c WHERE c.batch_no = b.no) AS counted FROM batches b`,
    )
    .all()
    .map((row) => batchSchema.parse(row));
  return {
    deliveries: z.array(deliverySchema).parse(rows),
    batches: batches.filter(({ state }) => state !== 'importing'),
    unwrittenIndexes: Number(
      db.prepare('SELECT count(*) FROM index_files WHERE written_at_ms IS NULL').pluck().get() ?? 0,
    ),
    findings: [...soundness(db), ...batches.flatMap(sums)],
  };
}

const batchSchema = z.object({
  state: z.string(),
  read: z.number(),
  skipped: z.number(),
  invoices: z.number(),
  counted: z.number(),
});

function soundness(db: Database.Database): Finding[] {
  const integrity = String(db.pragma('integrity_check', { simple: true }));
  const foreign = z.array(z.unknown()).parse(db.pragma('foreign_key_check'));
  const counts = db
    .prepare(
      `SELECT 'invoices' AS what FROM (SELECT batch_no, state, currency, count(*) AS n FROM invoices WHERE batch_no IN (SELECT batch_no FROM invoice_counts) GROUP BY 1, 2, 3) i
         LEFT JOIN invoice_counts c USING (batch_no, state, currency) WHERE c.invoice_count IS NOT i.n
       UNION ALL SELECT 'deliveries' FROM (SELECT batch_no, connection_id, state, count(*) AS n FROM deliveries GROUP BY 1, 2, 3) d
         LEFT JOIN delivery_counts c USING (batch_no, connection_id, state) WHERE c.delivery_count IS NOT d.n`,
    )
    .pluck()
    .all();
  return [
    ...(integrity === 'ok' ? [] : [wrong(`integrity_check says ${integrity}`)]),
    ...(foreign.length === 0 ? [] : [wrong(`${String(foreign.length)} rows point nowhere`)]),
    ...counts.map((what) => wrong(`the counts of ${String(what)} do not add up`)),
  ];
}

function sums({ state, read, skipped, invoices, counted }: z.infer<typeof batchSchema>): Finding[] {
  if (state === 'importing') return [];
  return read - skipped === invoices && counted === invoices
    ? []
    : [
        wrong(
          `a batch says that ${String(read)} were read, and holds ${String(invoices)} (counted ${String(counted)})`,
        ),
      ];
}

function wrong(what: string): Finding {
  return { kind: 'wrong', what };
}

/** What must be true at every moment, however the engine ended. */
export function compareNow(deliveries: readonly DeliveryRow[], ledger: readonly LedgerLine[]): Finding[] {
  const received = receivedOf(ledger);
  const findings: Finding[] = [];
  for (const [invoiceNumber, lines] of received) {
    if (lines.length > 1)
      findings.push({ kind: 'double', what: `${invoiceNumber} is at the peer ${lines.length} times` });
    const delivery = deliveries.find((row) => row.invoiceNumber === invoiceNumber);
    if (delivery === undefined) findings.push(wrong(`${invoiceNumber} is at the peer and in no delivery`));
    else if (!mayBeSent.has(delivery.state))
      findings.push(wrong(`${invoiceNumber} is at the peer and shown as ${delivery.state}`));
    else if (lines.some(({ sha256 }) => sha256 !== delivery.sha256))
      findings.push(wrong(`the peer has another document for ${invoiceNumber} than the frozen one`));
    else if (lines.some((line) => !isFor(delivery, line)))
      findings.push(wrong(`${invoiceNumber} went to another recipient than the one it was released to`));
  }
  for (const { invoiceNumber, state } of deliveries)
    if (state === 'accepted' && !received.has(invoiceNumber))
      findings.push({ kind: 'lost', what: `${invoiceNumber} is shown as sent and the peer has it not` });
  return findings;
}

function isFor({ target }: DeliveryRow, { recipient, path }: LedgerLine): boolean {
  if (recipient === undefined) return path?.endsWith(`/${target}`) === true;
  return target.split(/[,;]/u).some((address) => address.trim() === recipient);
}

/** What must be true when all is settled: every released invoice is at the peer, and said to be. */
export function compareAtEnd(
  expected: ReadonlySet<string>,
  snapshot: Snapshot,
  ledger: readonly LedgerLine[],
): Finding[] {
  const received = receivedOf(ledger);
  const states = new Map(snapshot.deliveries.map(({ invoiceNumber, state }) => [invoiceNumber, state]));
  const findings: Finding[] = [];
  for (const invoiceNumber of expected) {
    if (!received.has(invoiceNumber)) findings.push({ kind: 'lost', what: `${invoiceNumber} never came to the peer` });
    const state = states.get(invoiceNumber);
    if (state !== 'accepted') findings.push(wrong(`${invoiceNumber} ended as ${state ?? 'nothing'}`));
  }
  return [...findings, ...compareIndexes(snapshot, ledger)];
}

/** Index files at a print vendor: all written, and one that was written again has the same bytes. */
function compareIndexes(snapshot: Snapshot, ledger: readonly LedgerLine[]): Finding[] {
  const stored = ledger.filter(({ event, invoiceNumber }) => event === 'stored' && invoiceNumber === null);
  const isPrint = ledger.some(({ event }) => event === 'stored');
  const findings: Finding[] = [];
  for (const [path, lines] of Map.groupBy(stored, (line) => line.path))
    if (new Set(lines.map(({ sha256 }) => sha256)).size > 1)
      findings.push(wrong(`the index file ${String(path)} was written again with other bytes`));
  if (isPrint && snapshot.deliveries.some(({ state, indexFileId }) => state === 'accepted' && indexFileId === null))
    findings.push(wrong('an accepted file is in no index file'));
  if (snapshot.unwrittenIndexes > 0) findings.push(wrong('an index file was not written'));
  return findings;
}

/** By invoice number, the lines that say that the peer took it. */
export function receivedOf(ledger: readonly LedgerLine[]): ReadonlyMap<string, readonly LedgerLine[]> {
  const lines = ledger.filter(
    ({ event, invoiceNumber }) => invoiceNumber !== null && (event === 'accepted' || event === 'stored'),
  );
  return Map.groupBy(lines, ({ invoiceNumber }) => invoiceNumber ?? '');
}
