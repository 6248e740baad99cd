// utskick import: files become batches.

import type { StoredProblem } from '../../../../shared/schema/problem.ts';
import type { BatchSummary, ImportMode } from '../../../../shared/schema/batch.ts';
import { leftOutWords } from '../../../../shared/words/intake-words.ts';
import { wordsForProblem } from '../../../../shared/words/problem-words.ts';
import { readArguments } from '../command.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { problemLines } from '../problem-lines.ts';
import { counted, errorLine } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import type { GivenReport, LocalEngine } from '../../../engine/local-engine.ts';

const shownProblems = 5;

/** The command. */
export const importCommand: Command = {
  name: 'import',
  usage: 'FILE|FOLDER|ZIP… [--data DIR] [--mode strict|lenient] [--json]',
  summary:
    'Import files, and those in folders and zips. lenient (default): bad invoices go to quarantine; strict: any error keeps the whole batch back.',
  async run(argv, terminal) {
    const parsed = readArguments(
      argv,
      { data: { type: 'string' }, mode: { type: 'string' }, json: { type: 'boolean' } },
      Infinity,
    );
    const mode = parsed.ok ? (parsed.value.text('mode') ?? 'lenient') : '';
    if (!parsed.ok || parsed.value.positionals.length === 0 || (mode !== 'strict' && mode !== 'lenient')) {
      const message = parsed.ok
        ? parsed.value.positionals.length === 0
          ? 'Name at least one file, folder or zip.'
          : '--mode takes strict or lenient.'
        : parsed.error.message;
      terminal.note(`${message}\nUsage: utskick import ${importCommand.usage}`);
      return exitCodes.usage;
    }
    return importThem(terminal, parsed.value, mode);
  },
};

function importThem(terminal: Terminal, args: ParsedArguments, mode: ImportMode): Promise<ExitCode> {
  const isJson = args.flag('json');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stop.abort();
    });
  return withEngine(terminal, { dataOption: args.text('data'), isJson }, async (engine) => {
    const imported = await engine.importFiles(args.positionals, mode, {
      signal: stop.signal,
      onProgress(progress) {
        const { doneBytes, totalBytes, invoices } = progress;
        terminal.progress(
          totalBytes === null
            ? `copied ${(doneBytes / 1e6).toFixed(1)} MB`
            : `${counted(invoices, 'invoice')}, ${String(Math.floor((100 * doneBytes) / Math.max(1, totalBytes)))} %`,
        );
      },
    });
    // Lenient is the default; only who says it has changed their mind about a batch that strict kept back.
    const report = args.text('mode') === 'lenient' ? await acceptKeptBack(engine, imported) : imported;
    if (isJson) terminal.out(JSON.stringify(asJson(report, await duplicatesOf(engine, report)), null, 2));
    for (const batch of report.batches) {
      if (!isJson) terminal.out(receiptLine(batch));
      await showReusedId(engine, terminal, batch);
      await showCauses(engine, terminal, batch);
    }
    for (const refused of report.refused) {
      // A problem has its own next step.
      const { code, message } = refused.error;
      const reason = refused.problems.length === 0 ? errorLine(refused.error) : `${code}: ${message}`;
      terminal.note(`${refused.fileName}: ${reason}`);
      for (const problem of refused.problems.slice(0, shownProblems))
        for (const line of problemLines(problem, 'en')) terminal.note(line);
    }
    for (const { fileName, reason } of report.leftOut)
      terminal.note(`${fileName}: left out, ${leftOutWords.en[reason]}`);
    return exitCodeOf(report);
  });
}

/** A file that an earlier strict import kept back: its good invoices come in, the others are in quarantine. */
async function acceptKeptBack(engine: LocalEngine, report: GivenReport): Promise<GivenReport> {
  const batches = [...report.batches];
  const refused: GivenReport['refused'][number][] = [];
  for (const file of report.refused) {
    const batchId = file.error.code === 'ALREADY_IMPORTED' ? file.error.details?.batchId : undefined;
    const earlier = typeof batchId === 'string' ? await engine.call('batch.get', { batchId }) : null;
    const accepted =
      earlier?.ok === true && earlier.value.batch.state === 'keptBack'
        ? await engine.call('batch.acceptGood', { batchId: earlier.value.batch.id })
        : null;
    if (accepted?.ok === true) batches.push(accepted.value);
    else refused.push(file);
  }
  return { batches, refused, leftOut: report.leftOut };
}

/** A batch id that an earlier import has too: a warning, and easily the most important one. */
async function showReusedId(engine: LocalEngine, terminal: Terminal, batch: BatchSummary): Promise<void> {
  const found = await engine.call('problem.groups', { batchId: batch.id, ruleIds: ['core.batch.idReused'] });
  for (const { sample } of found.ok ? found.value.groups : []) {
    const { message, suggestion } = wordsForProblem(sample, 'en');
    terminal.note(`${batch.fileName}: ${message} ${suggestion}`);
  }
}

/** Why invoices did not come in, by rule; the first place of each. */
async function showCauses(engine: LocalEngine, terminal: Terminal, batch: BatchSummary): Promise<void> {
  if (batch.errorCount === 0) return;
  const found = await engine.call('problem.groups', { batchId: batch.id, severities: ['error'] });
  const groups = found.ok ? found.value.groups : [];
  terminal.note(
    `${batch.fileName}: ${counted(batch.quarantined, 'invoice')} in quarantine, ${counted(batch.errorCount, 'error')}:`,
  );
  for (const { ruleId, count, sample } of groups.slice(0, shownProblems)) {
    const { message, suggestion } = wordsForProblem(sample, 'en');
    const place = sample.line === null ? '' : `line ${String(sample.line)}: `;
    terminal.note(`  ${String(count)} × ${ruleId}, first on ${place}${message} ${suggestion}`);
  }
  if (groups.length > shownProblems)
    terminal.note(`  … and ${counted(groups.length - shownProblems, 'more rule')} (utskick validate shows all)`);
}

function exitCodeOf(report: GivenReport): ExitCode {
  const isUnreadable = report.refused.some(({ error }) => error.code === 'UNREADABLE' || error.code === 'NOT_FOUND');
  if (isUnreadable) return exitCodes.usage;
  const needsPerson = report.batches.some((batch) => batch.state === 'keptBack' || batch.imported === 0);
  return report.refused.length > 0 || needsPerson ? exitCodes.findings : exitCodes.ok;
}

/** Batch id → its invoices that were known before. */
type Duplicates = ReadonlyMap<string, readonly StoredProblem[]>;

const duplicateRules = ['core.duplicate.batch', 'core.duplicate.store', 'core.duplicate.conflict'];

async function duplicatesOf(engine: LocalEngine, { batches }: GivenReport): Promise<Duplicates> {
  const found = new Map<string, StoredProblem[]>();
  for (const { id, quarantined } of batches) {
    const all: StoredProblem[] = [];
    for (let isMore = quarantined > 0; isMore;) {
      const page = await engine.call('problem.page', {
        batchId: id,
        ruleId: null,
        ruleIds: duplicateRules,
        offset: all.length,
        limit: 500,
      });
      if (page.ok) all.push(...page.value.problems);
      isMore = page.ok && page.value.problems.length > 0 && all.length < page.value.total;
    }
    found.set(id, all);
  }
  return found;
}

/** A duplicate: which invoice, and where the one stands that came first. */
function duplicateAsJson({ ruleId, invoiceNumber, line, params }: StoredProblem): object {
  return {
    rule: ruleId,
    invoiceNumber,
    line,
    firstBatchId: params.otherBatch ?? null,
    firstFile: params.otherFile ?? null,
    firstLine: params.otherLine ?? params.firstLine ?? null,
  };
}

function asJson(report: GivenReport, duplicates: Duplicates): object {
  return {
    batches: report.batches.map((batch) => ({
      batchId: batch.id,
      sourceBatchId: batch.sourceBatchId,
      fileName: batch.fileName,
      format: batch.format,
      version: batch.formatVersion,
      mode: batch.mode,
      state: batch.state,
      read: batch.read,
      imported: batch.imported,
      quarantined: batch.quarantined,
      skipped: batch.skipped,
      errors: batch.errorCount,
      warnings: batch.warningCount,
      sums: batch.sums,
      duplicates: (duplicates.get(batch.id) ?? []).map(duplicateAsJson),
      sha256: batch.sha256,
    })),
    refused: report.refused.map(({ fileName, error, problems }) => ({
      file: fileName,
      code: error.code,
      message: error.message,
      details: error.details ?? {},
      problems,
    })),
    leftOut: report.leftOut.map(({ fileName, reason }) => ({ file: fileName, reason })),
  };
}

function receiptLine(batch: BatchSummary): string {
  const outcome =
    batch.state === 'keptBack'
      ? 'kept back: import a corrected file, or this one again with --mode lenient to take the good invoices'
      : batch.imported === 0
        ? 'no invoice came in'
        : 'imported';
  return `${batch.id}  ${batch.fileName}  ${batch.format}: read ${String(batch.read)} = imported ${String(batch.imported)} + quarantined ${String(batch.quarantined)} + skipped ${String(batch.skipped)} (${outcome})`;
}
