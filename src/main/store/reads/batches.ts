// Reads over batches and their files.

import type { BatchFile, BatchSummary, Money, StateCount } from '../../../shared/schema/batch.ts';
import { invoiceStates } from '../../../shared/schema/batch.ts';
import type { SourcePackPlace } from '../../ports/source-store.ts';
import type { Reads } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { column, query } from '../sqlite.ts';

/** Shortest part of a batch id that may stand for it. */
const minPrefixLength = 6;

interface BatchRow extends Omit<BatchSummary, 'counts' | 'sums' | 'imported' | 'quarantined'> {
  readonly no: number;
}

interface CountRow {
  readonly state: StateCount['state'];
  readonly currency: string;
  readonly count: number;
  readonly amountMinor: number;
}

/** Names of which the list of a batch of several files is made; more are told by dots. */
const mostNames = 3;

/** What the files of a batch say, each once, in the order of the files; NULL where they agree, or are one. */
const namesOf = (name: string): string =>
  `(SELECT CASE WHEN count(*) > 1 THEN group_concat(CASE WHEN place <= ${mostNames} THEN name WHEN place = ${mostNames + 1} THEN '…' END, ', ') END FROM
     (SELECT name, row_number() OVER (ORDER BY first) AS place FROM
       (SELECT ${name} AS name, min(ordinal) AS first FROM batch_files WHERE batch_no = b.no GROUP BY 1) WHERE name IS NOT NULL ORDER BY first))`;

/** The format of the first file stands before it; others bring theirs. */
const versionWithFormat = `CASE WHEN format = b.format THEN format_version ELSE trim(format || ' ' || coalesce(format_version, '')) END`;

/** Warnings that nobody has accepted; those that somebody has stay in the list of problems. */
const openWarnings = `b.warning_count - coalesce((SELECT sum(c.problem_count) FROM waivers w JOIN problem_counts c ON c.batch_no = w.batch_no AND c.rule_id = w.rule_id WHERE w.batch_no = b.no AND c.severity = 'warning'), 0)`;

const batchColumns = `b.no, b.id, b.source_batch_id AS sourceBatchId, f.file_name AS fileName, (SELECT count(*) FROM batch_files WHERE batch_no = b.no) AS fileCount,
  (SELECT sum(size_bytes) FROM batch_files WHERE batch_no = b.no) AS sizeBytes, f.sha256, b.format, coalesce(${namesOf(versionWithFormat)}, b.format_version) AS formatVersion, b.mode, b.state, coalesce(${namesOf('seller_name')}, b.seller_name) AS sellerName,
  b.period_start AS periodStart, b.period_end AS periodEnd, b.due_date_min AS dueDateMin, b.due_date_max AS dueDateMax, b.read_count AS read, b.skipped_count AS skipped,
  b.error_count AS errorCount, ${openWarnings} AS warningCount, b.imported_at_ms AS importedAtMs, b.imported_by AS importedBy`;
const batchSource = `FROM batches b JOIN batch_files f ON f.batch_no = b.no AND f.ordinal = (SELECT min(ordinal) FROM batch_files WHERE batch_no = b.no) WHERE b.state <> 'importing'`;

type BatchReads = Pick<Reads, 'batchPage' | 'batch' | 'batchFiles' | 'batchFileSource'>;

/** The batch reads. Unfinished imports are never seen. */
export function createBatchReads(core: StoreCore): BatchReads {
  const { db } = core;
  const total = column<number>(db, "SELECT count(*) FROM batches WHERE state <> 'importing'");
  const page = query<BatchRow>(
    db,
    `SELECT ${batchColumns} ${batchSource} ORDER BY b.imported_at_ms DESC, b.no DESC LIMIT ? OFFSET ?`,
  );
  const byNo = query<BatchRow>(db, `SELECT ${batchColumns} ${batchSource} AND b.no = ?`);
  const numbersBy = (condition: string) =>
    column<number>(db, `SELECT no FROM batches WHERE state <> 'importing' AND ${condition} LIMIT 2`);
  const finders = {
    id: numbersBy('id = ?'),
    prefix: numbersBy('length(?) >= ? AND substr(id, 1, length(?)) = ?'),
    source: numbersBy('source_batch_id = ?'),
  };
  const withCounts = createCounts(core);
  return {
    batchPage: (offset, limit) => ({ total: total.get() ?? 0, batches: page.all(limit, offset).map(withCounts) }),
    batch: (idOrPrefix) => {
      const found = [
        () => finders.id.all(idOrPrefix),
        () => finders.prefix.all(idOrPrefix, minPrefixLength, idOrPrefix, idOrPrefix),
        () => finders.source.all(idOrPrefix),
      ];
      for (const find of found) {
        const [no, another] = find();
        if (no === undefined) continue;
        const row = another === undefined ? byNo.get(no) : undefined;
        return row === undefined ? null : withCounts(row);
      }
      return null;
    },
    ...createFileReads(core),
  };
}

function createFileReads({ db }: StoreCore): Pick<Reads, 'batchFiles' | 'batchFileSource'> {
  interface FileRow {
    readonly ordinal: number;
    readonly file_name: string;
    readonly size_bytes: number;
    readonly sha256: string;
    readonly pack_offset: number | null;
    readonly batch_id: string;
    readonly line_count: number;
    readonly context_json: string;
    readonly line_index_json: string;
  }
  const select = `SELECT f.ordinal, f.file_name, f.size_bytes, f.sha256, f.pack_offset, b.id AS batch_id, f.line_count, f.context_json, f.line_index_json
    FROM batch_files f JOIN batches b ON b.no = f.batch_no WHERE b.id = ? AND b.state <> 'importing'`;
  const all = query<FileRow>(db, `${select} ORDER BY f.ordinal`);
  const one = query<FileRow>(db, `${select} AND f.ordinal = ?`);
  return {
    batchFiles: (batchId) =>
      all.all(batchId).map((row): BatchFile => {
        const { encoding } = jsonColumns.context(row.context_json);
        return {
          ordinal: row.ordinal,
          fileName: row.file_name,
          sizeBytes: row.size_bytes,
          sha256: row.sha256,
          encoding,
          lineCount: row.line_count,
        };
      }),
    batchFileSource: (batchId, fileOrdinal) => {
      const row = one.get(batchId, fileOrdinal);
      if (row === undefined) return null;
      return {
        sha256: row.sha256,
        pack: packPlace(row.batch_id, row.pack_offset),
        context: jsonColumns.context(row.context_json),
        lineIndex: jsonColumns.lineIndex(row.line_index_json),
        lineCount: row.line_count,
        sizeBytes: row.size_bytes,
      };
    },
  };
}

/** Where a file lies in its batch's pack. */
export function packPlace(batchId: string, offset: number | null): SourcePackPlace | null {
  return offset === null ? null : { id: batchId, byteOffset: offset };
}

/** Adds counts by state and sums by currency to a batch's row. */
function createCounts({ db }: StoreCore): (row: BatchRow) => BatchSummary {
  const counts = query<CountRow>(
    db,
    'SELECT state, currency, invoice_count AS count, amount_minor AS amountMinor FROM invoice_counts WHERE batch_no = ? AND invoice_count > 0 ORDER BY currency',
  );
  return ({ no, ...row }) => {
    const found = counts.all(no);
    const byState = Map.groupBy(found, ({ state }) => state);
    const countOf = (rows: readonly CountRow[]): number => rows.reduce((sum, { count }) => sum + count, 0);
    const quarantined = countOf(byState.get('quarantined') ?? []);
    return {
      ...row,
      imported: countOf(found) - quarantined,
      quarantined,
      counts: invoiceStates.flatMap((state) => {
        const rows = byState.get(state) ?? [];
        return rows.length === 0 ? [] : [{ state, count: countOf(rows), sums: sumByCurrency(rows) }];
      }),
      // An amount in quarantine may be the very thing that is wrong.
      sums: sumByCurrency(found.filter(({ state }) => state !== 'quarantined')),
    };
  };
}

/** Adds up amounts currency by currency, in the order they come. */
export function sumByCurrency(rows: readonly Money[]): Money[] {
  const sums = new Map<string, number>();
  for (const { currency, amountMinor } of rows) sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  return [...sums].map(([currency, amountMinor]) => ({ currency, amountMinor }));
}
