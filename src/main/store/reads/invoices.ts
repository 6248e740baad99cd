// Reads over invoices: pages of a table in any order and filter, single rows, neighbours, and where an invoice's bytes are.

import type { InvoiceFilter, InvoiceRow, Money } from '../../../shared/schema/batch.ts';
import type { InvoiceSelection } from '../../../shared/contract/methods.ts';
import type { AppliedCorrection } from '../../ports/import-source.ts';
import type { InvoiceQuery, InvoiceSort, Reads } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { createIdLists } from '../id-lists.ts';
import type { IdLists } from '../id-lists.ts';
import { jsonColumns } from '../json.ts';
import { column, query } from '../sqlite.ts';
import type { SqlValue } from '../sqlite.ts';
import { searchNeedle } from '../text-keys.ts';
import { packPlace, sumByCurrency } from './batches.ts';

const rowColumns = `i.id, b.id AS batchId, i.ordinal, i.kind, i.invoice_number AS invoiceNumber, i.customer_name AS customerName, i.city, i.email, i.invoice_date AS invoiceDate, i.due_date AS dueDate,
  i.currency, i.payable_minor AS payableMinor, i.channel, i.state, i.error_count AS errorCount, i.warning_count AS warningCount, i.file_ordinal AS fileOrdinal, i.source_line AS line`;

/** Order by each column; numbers as text sort by length first, so that 99 comes before 100. What is missing comes last. */
const orders = {
  ordinal: ['ordinal'],
  invoiceNumber: ['length(invoice_number)', 'invoice_number'],
  customerName: ['customer_key'],
  city: ['city_key'],
  dueDate: ["coalesce(due_date, '9999')"],
  payableMinor: ['coalesce(payable_minor, 9007199254740991)'],
  channel: ['channel'],
  state: ['state'],
  problems: ['-error_count', '-warning_count'],
} as const satisfies Record<InvoiceSort, readonly string[]>;

/** Where an invoice list is asked for, with the finder that verbs over a selection use. */
export interface InvoiceReads extends Pick<
  Reads,
  'invoicePage' | 'invoice' | 'invoiceAt' | 'invoiceTwins' | 'invoiceByNumber' | 'invoiceSource' | 'neighbours'
> {
  readonly select: (batchId: string, selection: InvoiceSelection) => readonly number[];
}

/** The invoice reads. */
export function createInvoiceReads(core: StoreCore): InvoiceReads {
  const { db } = core;
  const lists = createIdLists(core);
  const idsOf = createFinder(core, lists);
  const rows = query<InvoiceRow>(
    db,
    `SELECT ${rowColumns} FROM json_each(?) wanted JOIN invoices i ON i.id = wanted.value JOIN batches b ON b.no = i.batch_no ORDER BY wanted.key`,
  );
  const one = query<InvoiceRow>(
    db,
    `SELECT ${rowColumns} FROM invoices i JOIN batches b ON b.no = i.batch_no WHERE i.id = ? AND b.state <> 'importing'`,
  );
  const newest = query<InvoiceRow>(
    db,
    `SELECT ${rowColumns} FROM invoices i JOIN batches b ON b.no = i.batch_no WHERE i.invoice_number = ? AND b.state <> 'importing'
     ORDER BY i.state = 'quarantined', b.imported_at_ms DESC, i.id DESC LIMIT 1`,
  );
  const at = query<InvoiceRow>(
    db,
    `SELECT ${rowColumns} FROM invoices i JOIN batches b ON b.no = i.batch_no WHERE b.id = ? AND i.ordinal = ? AND b.state <> 'importing'`,
  );
  const twins = query<InvoiceRow>(
    db,
    `SELECT ${rowColumns} FROM invoices own JOIN invoices i ON i.invoice_number = own.invoice_number AND i.seller_key = own.seller_key AND i.id <> own.id
     JOIN batches b ON b.no = i.batch_no WHERE own.id = ? AND own.invoice_number <> '' AND b.state <> 'importing'
     ORDER BY i.state = 'quarantined', i.batch_no <> own.batch_no, b.visible_order, i.ordinal LIMIT 20`,
  );
  const sumsOf = createSums(core);
  return {
    select: (batchId, selection) =>
      'ids' in selection
        ? selection.ids
        : idsOf({ batchId, filter: selection.filter, sort: 'ordinal', isDescending: false }),
    invoicePage: (request, offset, limit) => {
      const ids = idsOf(request);
      return {
        total: ids.length,
        sums: sumsOf(request, ids),
        rows: rows.all(JSON.stringify(ids.slice(offset, offset + limit))),
      };
    },
    invoice: (invoiceId) => one.get(invoiceId) ?? null,
    invoiceAt: (batchId, ordinal) => at.get(batchId, ordinal) ?? null,
    invoiceTwins: (invoiceId) => twins.all(invoiceId),
    invoiceByNumber: (invoiceNumber) => newest.get(invoiceNumber) ?? null,
    invoiceSource: createSourceRead(core, 'visible'),
    neighbours: (invoiceId, request) => {
      const ids = idsOf(request);
      const at = ids.indexOf(invoiceId);
      return at < 0
        ? { previousId: null, nextId: null }
        : { previousId: ids[at - 1] ?? null, nextId: ids[at + 1] ?? null };
    },
  };
}

/** All ids a query means, in its order; remembered, because a table asks for page after page. */
function createFinder({ db }: StoreCore, lists: IdLists): (request: InvoiceQuery) => readonly number[] {
  const batch = query<{ no: number; content_version: number }>(
    db,
    "SELECT no, content_version FROM batches WHERE id = ? AND state <> 'importing'",
  );
  return (request) => {
    const found = batch.get(request.batchId);
    if (found === undefined) return [];
    const { no, content_version } = found;
    const { filter, sort, isDescending } = request;
    return lists.get({
      key: JSON.stringify([
        no,
        content_version,
        filter.states,
        filter.channels,
        filter.withProblems,
        searchNeedle(filter.search),
        sort,
        isDescending,
      ]),
      isChanging: sort === 'state' || sort === 'problems' || filter.states.length > 0 || filter.withProblems,
      find: () => {
        const where = conditions(filter);
        const direction = isDescending ? 'DESC' : 'ASC';
        const order = [...orders[sort].map((key) => `${key} ${direction}`), 'ordinal'].join(', ');
        return column<number>(
          db,
          `SELECT id FROM invoices WHERE batch_no = ?${where.sql} ORDER BY ${sort === 'ordinal' ? `ordinal ${direction}` : order}`,
        ).all(no, ...where.values);
      },
    });
  };
}

function conditions(filter: InvoiceFilter): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const parts: { readonly sql: string; readonly value: SqlValue }[] = [];
  const { states, channels, withProblems } = filter;
  const needle = searchNeedle(filter.search);
  if (states.length > 0)
    parts.push({ sql: 'state IN (SELECT value FROM json_each(?))', value: JSON.stringify(states) });
  if (channels.length > 0)
    parts.push({ sql: 'channel IN (SELECT value FROM json_each(?))', value: JSON.stringify(channels) });
  if (withProblems) parts.push({ sql: 'error_count + warning_count > ?', value: 0 });
  if (needle !== '') parts.push({ sql: 'instr(search_text, ?) > 0', value: needle });
  return { sql: parts.map(({ sql }) => ` AND ${sql}`).join(''), values: parts.map(({ value }) => value) };
}

/** Money of all invoices a query finds; asked again only when the list or a state changed. */
function createSums({ db }: StoreCore): (request: InvoiceQuery, ids: readonly number[]) => Money[] {
  const counted = query<Money & { state: string }>(
    db,
    `SELECT c.state, c.currency, c.amount_minor AS amountMinor FROM invoice_counts c JOIN batches b ON b.no = c.batch_no WHERE b.id = ? AND c.invoice_count > 0 ORDER BY c.currency`,
  );
  const added = query<Money>(
    db,
    `SELECT currency, coalesce(sum(payable_minor), 0) AS amountMinor FROM invoices WHERE id IN (SELECT value FROM json_each(?)) GROUP BY currency ORDER BY currency`,
  );
  const known = new WeakMap<readonly number[], Money[]>();
  return ({ batchId, filter }, ids) => {
    const isByState = filter.channels.length === 0 && !filter.withProblems && searchNeedle(filter.search) === '';
    if (isByState)
      return sumByCurrency(
        counted
          .all(batchId)
          .filter(({ state }) => filter.states.length === 0 || filter.states.some((wanted) => wanted === state)),
      );
    const sums = known.get(ids) ?? added.all(JSON.stringify(ids));
    known.set(ids, sums);
    return sums;
  };
}

/** An invoice's ordinal counts through all files of its batch; the place counts from its own file's first. */
export function createSourceRead({ db }: StoreCore, of: 'visible' | 'importing'): Reads['invoiceSource'] {
  interface SourceRow {
    readonly batchId: string;
    readonly sha256: string;
    readonly pack_offset: number | null;
    readonly context_json: string;
    readonly contentSha256: string;
    readonly ordinal: number;
    readonly fileOrdinal: number;
    readonly byteOffset: number;
    readonly byteLength: number;
    readonly line: number;
    readonly column: number;
  }
  const find = query<SourceRow>(
    db,
    `SELECT b.id AS batchId, f.sha256, f.pack_offset, f.context_json, i.content_sha256 AS contentSha256,
       i.ordinal - coalesce((SELECT p.ordinal + 1 FROM invoices p WHERE p.batch_no = i.batch_no AND p.ordinal < i.ordinal AND p.file_ordinal < i.file_ordinal ORDER BY p.ordinal DESC LIMIT 1), 0) AS ordinal,
       i.file_ordinal AS fileOrdinal, i.byte_offset AS byteOffset, i.byte_length AS byteLength, i.source_line AS line, i.source_column AS column
     FROM invoices i JOIN batches b ON b.no = i.batch_no JOIN batch_files f ON f.batch_no = i.batch_no AND f.ordinal = i.file_ordinal WHERE i.id = ? AND b.state ${of === 'visible' ? '<>' : '='} 'importing'`,
  );
  const corrections = query<AppliedCorrection>(
    db,
    'SELECT field, before_text AS before, after_text AS after FROM corrections WHERE invoice_id = ? AND undone_at_ms IS NULL ORDER BY id',
  );
  return (invoiceId) => {
    const row = find.get(invoiceId);
    if (row === undefined) return null;
    const { batchId, sha256, pack_offset, context_json, contentSha256, ...place } = row;
    const pack = packPlace(batchId, pack_offset);
    const context = jsonColumns.context(context_json);
    return { batchId, sha256, pack, place, context, contentSha256, corrections: corrections.all(invoiceId) };
  };
}
