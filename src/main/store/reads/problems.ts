// Reads over findings: groups by rule with exact counts, pages by any filter, fields, one invoice's.

import type { ProblemField, ProblemGroup, Severity, StoredProblem } from '../../../shared/schema/problem.ts';
import { severities } from '../../../shared/schema/problem.ts';
import type { ProblemMatch, Reads } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { createIdLists } from '../id-lists.ts';
import { jsonColumns } from '../json.ts';
import { column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { addProblemFunctions, conditionsOf, isByRuleOnly } from './problem-match.ts';

interface ProblemRow extends Omit<StoredProblem, 'params'> {
  readonly params_json: string;
}

interface CountRow {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly count: number;
  readonly invoiceCount: number;
}

/** Fields offered as a filter: more than anybody would choose from. */
const mostFields = 200;

const columns = `p.id, b.id AS batchId, p.file_ordinal AS fileOrdinal, p.rule_id AS ruleId, p.severity, p.source_line AS line, p.source_column AS column, p.end_line AS endLine,
  p.end_column AS endColumn, p.path, p.found, p.expected, p.params_json, p.invoice_ordinal AS invoiceOrdinal, p.invoice_number AS invoiceNumber`;

/** The problem reads. */
export function createProblemReads(
  core: StoreCore,
): Pick<Reads, 'invoiceProblems' | 'problemGroups' | 'problemPage' | 'problemFields'> {
  const { db } = core;
  addProblemFunctions(db);
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state <> 'importing'");
  const ofInvoice = query<ProblemRow>(
    db,
    `SELECT ${columns} FROM invoices i JOIN problems p ON p.batch_no = i.batch_no AND p.invoice_ordinal = i.ordinal JOIN batches b ON b.no = p.batch_no WHERE i.id = ? ORDER BY p.id`,
  );
  const fields = query<ProblemField>(
    db,
    `SELECT problem_field(path) AS field, count(*) AS count FROM problems WHERE batch_no = ? AND path IS NOT NULL GROUP BY 1 HAVING field IS NOT NULL ORDER BY count DESC, field LIMIT ${mostFields}`,
  );
  // What a correction or its undoing brought to light was stored last, and stands anywhere in the file.
  const runs = column<0 | 1>(db, 'SELECT EXISTS (SELECT 1 FROM correction_runs WHERE batch_no = ?)');
  const isCorrected = (no: number): boolean => runs.get(no) === 1;
  const groupsOf = createGroups(db, isCorrected);
  const simplePage = createSimplePage(db);
  const matchPage = createMatchPage(core);
  return {
    invoiceProblems: (invoiceId) => ofInvoice.all(invoiceId).map(asProblem),
    problemGroups: (batchId, wanted) => {
      const no = batchNo.get(batchId);
      return no === undefined
        ? []
        : groupsOf(no, 'search' in wanted ? wanted : { ...everything, severities: [...wanted] });
    },
    problemPage: (...[batchId, wanted, offset, limit]) => {
      const no = batchNo.get(batchId);
      if (no === undefined) return { total: 0, problems: [] };
      const ruleId = asRule(wanted);
      if (ruleId === undefined) return matchPage(no, wanted as ProblemMatch, { offset, limit });
      return ruleId !== null && isCorrected(no)
        ? matchPage(no, { ...everything, ruleIds: [ruleId] }, { offset, limit })
        : simplePage(no, ruleId, { offset, limit });
    },
    problemFields: (batchId) => {
      const no = batchNo.get(batchId);
      return no === undefined ? [] : fields.all(no);
    },
  };
}

/** No restriction. */
const everything: ProblemMatch = { severities: [], ruleIds: [], fields: [], search: '', wordedRuleIds: [] };

interface Range {
  readonly offset: number;
  readonly limit: number;
}

/** A match that is about one rule, or about nothing, is answered from an index; undefined for any other. */
function asRule(wanted: string | null | ProblemMatch): string | null | undefined {
  if (wanted === null || typeof wanted === 'string') return wanted;
  if (!isByRuleOnly(wanted) || wanted.severities.length > 0 || wanted.ruleIds.length > 1) return undefined;
  return wanted.ruleIds[0] ?? null;
}

/** Of a group the id that a page lists first: the lowest ordinal before the lowest id. Ordinals stay under 2^23, ids under 2^40. */
const firstIdListed = 'min((coalesce(invoice_ordinal, -1) << 40) + id) & ((1 << 40) - 1)';

function createGroups(
  db: Db,
  isCorrected: (no: number) => boolean,
): (no: number, match: ProblemMatch) => ProblemGroup[] {
  const counts = query<CountRow>(
    db,
    `SELECT rule_id AS ruleId, severity, problem_count AS count, invoice_count AS invoiceCount FROM problem_counts WHERE batch_no = ? ORDER BY problem_count DESC, rule_id`,
  );
  const sampleBy = (order: string) =>
    query<ProblemRow>(
      db,
      `SELECT ${columns} FROM problems p JOIN batches b ON b.no = p.batch_no WHERE p.batch_no = ? AND p.rule_id = ? AND p.severity = ? ORDER BY ${order} LIMIT 1`,
    );
  const firstStored = sampleBy('p.id');
  const firstListed = sampleBy('p.invoice_ordinal, p.id');
  const byId = query<ProblemRow>(
    db,
    `SELECT ${columns} FROM problems p JOIN batches b ON b.no = p.batch_no WHERE p.id = ?`,
  );
  const exactly = (no: number, match: ProblemMatch): (CountRow & { readonly first: ProblemRow | undefined })[] => {
    const sample = isCorrected(no) ? firstListed : firstStored;
    return counts
      .all(no)
      .filter(({ severity }) => match.severities.length === 0 || match.severities.includes(severity))
      .filter(({ ruleId }) => match.ruleIds.length === 0 || match.ruleIds.includes(ruleId))
      .map((group) => ({ ...group, first: sample.get(no, group.ruleId, group.severity) }));
  };
  const amongStored = (no: number, match: ProblemMatch): (CountRow & { readonly first: ProblemRow | undefined })[] => {
    const where = conditionsOf(match);
    return query<CountRow & { readonly firstId: number }>(
      db,
      `SELECT rule_id AS ruleId, severity, count(*) AS count, count(DISTINCT invoice_ordinal) AS invoiceCount, ${firstIdListed} AS firstId
       FROM problems WHERE batch_no = ?${where.sql} GROUP BY rule_id, severity ORDER BY count DESC, rule_id`,
    )
      .all(no, ...where.values)
      .map(({ firstId, ...group }) => ({ ...group, first: byId.get(firstId) }));
  };
  return (no, match) => {
    const groups = isByRuleOnly(match) ? exactly(no, match) : amongStored(no, match);
    return groups
      .sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
      .flatMap(({ first, ...group }): ProblemGroup[] =>
        first === undefined ? [] : [{ ...group, sample: asProblem(first) }],
      );
  };
}

type PageOf<Wanted> = (
  no: number,
  wanted: Wanted,
  range: Range,
) => { readonly total: number; readonly problems: StoredProblem[] };

/** One rule's findings, or all of a batch. */
function createSimplePage(db: Db): PageOf<string | null> {
  const stored = column<number>(
    db,
    'SELECT coalesce(sum(stored_count), 0) FROM problem_counts WHERE batch_no = ? AND (? IS NULL OR rule_id = ?)',
  );
  // Only ids are walked to the offset, in an index.
  const byRule = query<ProblemRow>(
    db,
    `SELECT ${columns} FROM problems p JOIN batches b ON b.no = p.batch_no
     WHERE p.id IN (SELECT id FROM problems WHERE batch_no = ? AND rule_id = ? ORDER BY id LIMIT ? OFFSET ?) ORDER BY p.id`,
  );
  const inFileOrder = query<ProblemRow>(
    db,
    `SELECT ${columns} FROM problems p JOIN batches b ON b.no = p.batch_no
     WHERE p.id IN (SELECT id FROM problems WHERE batch_no = ? ORDER BY invoice_ordinal, id LIMIT ? OFFSET ?) ORDER BY p.invoice_ordinal, p.id`,
  );
  return (no, ruleId, { offset, limit }) => {
    const rows = ruleId === null ? inFileOrder.all(no, limit, offset) : byRule.all(no, ruleId, limit, offset);
    return { total: stored.get(no, ruleId, ruleId) ?? 0, problems: rows.map(asProblem) };
  };
}

/** What a filter finds: its ids are remembered, because a list asks for page after page. */
function createMatchPage(core: StoreCore): PageOf<ProblemMatch> {
  const { db } = core;
  const lists = createIdLists(core);
  const rows = query<ProblemRow>(
    db,
    `SELECT ${columns} FROM json_each(?) wanted JOIN problems p ON p.id = wanted.value JOIN batches b ON b.no = p.batch_no ORDER BY wanted.key`,
  );
  return (no, match, { offset, limit }) => {
    const where = conditionsOf(match);
    const ids = lists.get({
      key: JSON.stringify([no, where]),
      isChanging: true,
      find: () =>
        column<number>(db, `SELECT id FROM problems WHERE batch_no = ?${where.sql} ORDER BY invoice_ordinal, id`).all(
          no,
          ...where.values,
        ),
    });
    return { total: ids.length, problems: rows.all(JSON.stringify(ids.slice(offset, offset + limit))).map(asProblem) };
  };
}

function asProblem({ params_json, ...row }: ProblemRow): StoredProblem {
  return { ...row, params: jsonColumns.params(params_json) };
}
