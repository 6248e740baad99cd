// Import verbs while a batch comes in: begin, chunks, end of a file, and removal of what never finished. Making it visible is in finish-batch.

import type { Problem } from '../../../shared/schema/problem.ts';
import type { ParsedFile, ParsedInvoiceRow } from '../../ports/import-source.ts';
import type { UnusedSource } from '../../ports/source-store.ts';
import type { EarlierImport, ImportedFile, ImportStore } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { change, column, insert, query } from '../sqlite.ts';
import type { Db, SqlValue } from '../sqlite.ts';
import { searchText, sortKey } from '../text-keys.ts';
import { createProblemWriter } from './problems.ts';

/** An invoice already in the store under the same number and seller. */
export interface EarlierInvoice {
  readonly batch_no: number;
  readonly batch_id: string;
  readonly file_name: string;
  readonly ordinal: number;
  readonly source_line: number;
  readonly content_sha256: string;
}

type InsertInvoice = (
  row: ParsedInvoiceRow,
  place: { readonly batchNo: number; readonly state: 'ready' | 'quarantined'; readonly errorCount: number },
) => void;

/** The verbs of a running import. */
export function createImportWrites(
  core: StoreCore,
): Pick<ImportStore, 'findImportsOf' | 'beginBatch' | 'addChunk' | 'finishFile' | 'addFiles'> {
  const { db, write, writeLoosely } = core;
  const earlierImports = query<EarlierImport & { sha256: string }>(
    db,
    `SELECT f.sha256, b.id AS batchId, f.file_name AS fileName, b.imported_at_ms AS importedAtMs, b.imported_by AS importedBy
     FROM json_each(?) wanted JOIN batch_files f ON ${hasHash('f.sha256', 'wanted.value')} JOIN batches b ON b.no = f.batch_no
     WHERE b.state <> 'importing' ORDER BY b.visible_order DESC`,
  );
  const addBatch = insert(
    db,
    `INSERT INTO batches (id, state, mode, owner_pid, begun_after_order, begun_at_ms, imported_by)
     SELECT ?, 'importing', ?, ?, coalesce(max(visible_order), 0), ?, ? FROM batches`,
  );
  const addFile = insert(
    db,
    'INSERT INTO batch_files (batch_no, ordinal, file_name, size_bytes, sha256) VALUES (?, ?, ?, ?, ?)',
  );
  const batchNoOf = importingBatch(db);
  const rows = createRowWriter(db);
  const endFile = createFileEnder(db);
  const addWhole = createWholeFileWriter(db);
  const problems = createProblemWriter(db);
  return {
    // Of several imports the first one counts: it stands last, and overwrites the others.
    findImportsOf: (sha256s) =>
      new Map(earlierImports.all(JSON.stringify(sha256s)).map(({ sha256, ...earlier }) => [sha256, earlier])),
    beginBatch: (batch, act) => {
      write(() => {
        const batchNo = addBatch(batch.id, batch.mode, batch.ownerPid, act.nowMs, act.actor);
        for (const file of batch.files) addFile(batchNo, file.ordinal, file.fileName, file.sizeBytes, file.sha256);
      });
    },
    // An unfinished batch is removed at the next start: finishBatch syncs what stands here.
    addChunk: (batchId, fileOrdinal, chunk) =>
      writeLoosely(() => {
        const known = rows.known(chunk.rows);
        return rows.add({ batchNo: batchNoOf(batchId), fileOrdinal, known }, chunk.rows, chunk.problems);
      }),
    finishFile: (batchId, fileOrdinal, file) => {
      write(() => {
        endFile(batchNoOf(batchId), fileOrdinal, file);
      });
    },
    addFiles: (batchId, files) => {
      const store = files.some(({ packOffset }) => packOffset === null) ? write : writeLoosely;
      store(() => {
        const batchNo = batchNoOf(batchId);
        const known = rows.known(files.flatMap((each) => each.rows));
        for (const file of files) {
          addWhole(batchNo, file);
          rows.add({ batchNo, fileOrdinal: file.ordinal, known }, file.rows, file.problems);
          problems.add({ batchNo, fileOrdinal: file.ordinal }, file.file.problems);
        }
      });
    },
  };
}

/** Removal of unfinished batches, with the source files that no other batch has. */
export function createImportCleanup(core: StoreCore): Pick<ImportStore, 'dropBatch' | 'dropAbandoned'> {
  const { db, write } = core;
  const unfinished = query<{ no: number; owner_pid: number }>(
    db,
    "SELECT no, owner_pid FROM batches WHERE state = 'importing'",
  );
  const unfinishedNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state = 'importing'");
  const idOf = column<string>(db, 'SELECT id FROM batches WHERE no = ?');
  const sources = column<string>(
    db,
    'SELECT DISTINCT sha256 FROM batch_files WHERE batch_no = ? AND pack_offset IS NULL',
  );
  const isUsed = column<number>(
    db,
    `SELECT 1 FROM (SELECT ? AS sha256) wanted JOIN batch_files f ON ${hasHash('f.sha256', 'wanted.sha256')} WHERE f.pack_offset IS NULL LIMIT 1`,
  );
  const removals = ['problems', 'invoices'].map((table) => change(db, `DELETE FROM ${table} WHERE batch_no = ?`));
  const removeBatch = change(db, "DELETE FROM batches WHERE no = ? AND state = 'importing'");
  const drop = (batchNo: number, removeSource: (unused: UnusedSource) => void): void => {
    write(() => {
      const id = idOf.get(batchNo);
      const files = sources.all(batchNo);
      for (const remove of removals) remove(batchNo);
      removeBatch(batchNo);
      // Inside the transaction: another import of the same bytes writes its row before it puts its file there, and waits for this.
      // Killed here, the rows come back, and the next start removes both.
      for (const sha256 of files) if (isUsed.get(sha256) === undefined) removeSource({ kind: 'file', sha256 });
      // A pack is its batch's alone.
      if (id !== undefined) removeSource({ kind: 'pack', id });
    });
  };
  return {
    dropBatch: (batchId, removeSource) => {
      const batchNo = unfinishedNo.get(batchId);
      if (batchNo !== undefined) drop(batchNo, removeSource);
    },
    dropAbandoned: (isProcessAlive, removeSource) => {
      const abandoned = unfinished.all().filter((batch) => !isProcessAlive(batch.owner_pid));
      for (const { no } of abandoned) drop(no, removeSource);
      return abandoned.length;
    },
  };
}

/** Number of a batch that is being imported; asking for another is a bug. */
export function importingBatch(db: Db): (batchId: string) => number {
  const find = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state = 'importing'");
  return (batchId) => {
    const batchNo = find.get(batchId);
    if (batchNo === undefined) throw new Error(`batch ${batchId} is not being imported`);
    return batchNo;
  };
}

/** SQL: whether a file has this hash, by the index over how hashes begin. */
function hasHash(sha256: string, wanted: string): string {
  return `substr(${sha256}, 1, 8) = substr(${wanted}, 1, 8) AND ${sha256} = ${wanted}`;
}

/**
 * SQL: whether an invoice keeps its number from another one with this content. What is in quarantine never came in. One that was excluded makes room for a
 * corrected one, but not for itself: dropped once more, the same content would come back as ready.
 */
export function holdsNumber(alias: string, contentSha256: string): string {
  return `${alias}.state <> 'quarantined' AND (${alias}.state <> 'excluded' OR ${alias}.content_sha256 = ${contentSha256})`;
}

/** The finding for a number that is already there: in this batch, or in an earlier one with the same bytes or with other ones. */
export function duplicateProblem(
  row: Pick<ParsedInvoiceRow, 'ordinal' | 'invoiceNumber' | 'line' | 'column' | 'contentSha256'>,
  earlier: EarlierInvoice,
  batchNo: number,
): Problem {
  const isSameBatch = earlier.batch_no === batchNo;
  return {
    ruleId: isSameBatch
      ? 'core.duplicate.batch'
      : earlier.content_sha256 === row.contentSha256
        ? 'core.duplicate.store'
        : 'core.duplicate.conflict',
    severity: 'error',
    line: row.line,
    column: row.column,
    endLine: null,
    endColumn: null,
    path: null,
    found: row.invoiceNumber,
    expected: null,
    params: isSameBatch
      ? { number: row.invoiceNumber, firstLine: earlier.source_line, firstOrdinal: earlier.ordinal }
      : {
          number: row.invoiceNumber,
          otherBatch: earlier.batch_id,
          otherFile: earlier.file_name,
          otherLine: earlier.source_line,
        },
    invoiceOrdinal: row.ordinal,
    invoiceNumber: row.invoiceNumber,
  };
}

function createRowWriter(db: Db) {
  const addInvoice = prepareInvoice(db);
  const problems = createProblemWriter(db);
  const knownNumbers = column<string>(
    db,
    "SELECT wanted.value FROM json_each(?) wanted WHERE EXISTS (SELECT 1 FROM invoices WHERE invoice_number = wanted.value AND state <> 'quarantined')",
  );
  // Rows of other unfinished imports do not count: they may never become visible. finish-batch looks at those that did.
  const earlierInvoice = query<EarlierInvoice>(
    db,
    `SELECT i.batch_no, b.id AS batch_id, f.file_name, i.ordinal, i.source_line, i.content_sha256
     FROM invoices i JOIN batches b ON b.no = i.batch_no JOIN batch_files f ON f.batch_no = i.batch_no AND f.ordinal = i.file_ordinal
     WHERE i.invoice_number = ? AND i.seller_key = ? AND ${holdsNumber('i', '?')} AND (i.batch_no = ? OR b.state <> 'importing') LIMIT 1`,
  );
  /** Numbers of whole rows that some invoice has already, whoever sold it: asked once for many rows. {@link add} puts its own rows to them. */
  const known = (rows: readonly ParsedInvoiceRow[]): Set<string> =>
    new Set(knownNumbers.all(JSON.stringify(rows.filter(isWholeRow).map(({ invoiceNumber }) => invoiceNumber))));
  const add = (
    place: { readonly batchNo: number; readonly fileOrdinal: number; readonly known: Set<string> },
    rows: readonly ParsedInvoiceRow[],
    found: readonly Problem[],
  ): { imported: number; quarantined: number } => {
    let imported = 0;
    const duplicates: Problem[] = [];
    for (const row of rows) {
      const isWhole = isWholeRow(row);
      const mayBeCopy = isWhole && place.known.has(row.invoiceNumber);
      const earlier = mayBeCopy
        ? earlierInvoice.get(row.invoiceNumber, row.sellerKey, row.contentSha256, place.batchNo)
        : undefined;
      if (earlier !== undefined) duplicates.push(duplicateProblem(row, earlier, place.batchNo));
      const isGood = isWhole && earlier === undefined;
      if (isGood) {
        imported += 1;
        place.known.add(row.invoiceNumber);
      }
      addInvoice(row, {
        batchNo: place.batchNo,
        state: isGood ? 'ready' : 'quarantined',
        errorCount: row.errorCount + (earlier === undefined ? 0 : 1),
      });
    }
    problems.add(place, found);
    problems.add(place, duplicates);
    return { imported, quarantined: rows.length - imported };
  };
  return { known, add };
}

/** Whether nothing but its number can keep an invoice back. */
function isWholeRow({ errorCount, payableMinor, invoiceNumber }: ParsedInvoiceRow): boolean {
  return errorCount === 0 && payableMinor !== null && invoiceNumber !== '';
}

function prepareInvoice(db: Db): InsertInvoice {
  const add = insert(
    db,
    `INSERT INTO invoices (batch_no, ordinal, file_ordinal, byte_offset, byte_length, source_line, source_column, kind, invoice_number, seller_key, customer_name, city, email,
       invoice_date, due_date, currency, payable_minor, channel, state, error_count, warning_count, content_sha256, customer_key, city_key, search_text,
       customer_ref, vat_rate, payee_accounts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (row, { batchNo, state, errorCount }) => {
    add(
      batchNo,
      row.ordinal,
      row.fileOrdinal,
      row.byteOffset,
      row.byteLength,
      row.line,
      row.column,
      row.kind,
      row.invoiceNumber,
      row.sellerKey,
      row.customerName,
      row.city,
      row.email,
      row.invoiceDate,
      row.dueDate,
      row.currency,
      row.payableMinor,
      row.channel,
      state,
      errorCount,
      row.warningCount,
      row.contentSha256,
      sortKey(row.customerName),
      sortKey(row.city),
      searchText([row.invoiceNumber, row.customerName, row.city, row.email]),
      row.customerRef,
      row.vatRate,
      row.payeeAccounts,
    );
  };
}

/** What is known of a file at its end, in the order of {@link fileColumns}. */
function fileValues(file: ParsedFile): SqlValue[] {
  return [
    file.format,
    file.formatVersion,
    file.sourceBatchId,
    file.sourceBatchIdPlace?.line ?? null,
    file.sourceBatchIdPlace?.column ?? null,
    file.sellerName,
    file.periodStart,
    file.periodEnd,
    file.invoiceCount,
    file.lineCount,
    JSON.stringify(file.context),
    JSON.stringify(file.lineIndex),
  ];
}

const fileColumns = [
  'format',
  'format_version',
  'source_batch_id',
  'source_batch_id_line',
  'source_batch_id_column',
  'seller_name',
  'period_start',
  'period_end',
  'invoice_count',
  'line_count',
  'context_json',
  'line_index_json',
];

function createFileEnder(db: Db) {
  const end = change(
    db,
    `UPDATE batch_files SET is_finished = 1, ${fileColumns.map((name) => `${name} = ?`).join(', ')} WHERE batch_no = ? AND ordinal = ? AND is_finished = 0`,
  );
  const problems = createProblemWriter(db);
  return (batchNo: number, fileOrdinal: number, file: ParsedFile): void => {
    const changed = end(...fileValues(file), batchNo, fileOrdinal);
    if (changed !== 1) throw new Error(`file ${fileOrdinal} of batch ${batchNo} was finished before or never begun`);
    problems.add({ batchNo, fileOrdinal }, file.problems);
  };
}

/** Adds a file with all that is known of it but its findings. */
function createWholeFileWriter(db: Db) {
  const add = insert(
    db,
    `INSERT INTO batch_files (batch_no, ordinal, file_name, size_bytes, sha256, pack_offset, is_finished, ${fileColumns.join(', ')})
     VALUES (?, ?, ?, ?, ?, ?, 1, ${fileColumns.map(() => '?').join(', ')})`,
  );
  return (batchNo: number, { ordinal, fileName, sizeBytes, sha256, packOffset, file }: ImportedFile): void => {
    add(batchNo, ordinal, fileName, sizeBytes, sha256, packOffset, ...fileValues(file));
  };
}
