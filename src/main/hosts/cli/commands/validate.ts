// utskick validate: checks files without importing them.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { localDay } from '../../../../shared/local-day.ts';
import { languages } from '../../../../shared/schema/settings.ts';
import type { Language } from '../../../../shared/schema/settings.ts';
import { leftOutWords } from '../../../../shared/words/intake-words.ts';
import { openForChecking, openParser, validateOne } from '../../../engine/check-files.ts';
import type { FileReport, OwnRules } from '../../../engine/check-files.ts';
import type { AppError } from '../../../../shared/result.ts';
import type { SourceParser } from '../../../ports/import-source.ts';
import type { GivenPath, OpenedIntake } from '../../../ports/intake.ts';
import { entryPoints, resourcesFolder } from '../../../platform/entry-points.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodeOf, jsonPieces, worst } from '../file-report.ts';
import { dataFolder, withEngine } from '../open.ts';
import { problemLines } from '../problem-lines.ts';
import { checkWellFormedFiles } from '../well-formed.ts';
import { counted, errorLine, sayError } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

const shownProblems = 20;

/** The command. */
export const validateCommand: Command = {
  name: 'validate',
  usage: 'FILE|FOLDER|ZIP… [--well-formed] [--json] [--language sv|nb|en] [--data DIR]',
  summary:
    'Check files, folders and zips without importing them; with --data by the severities set there. Exit 0: no errors, 1: errors found, 2: usage or unreadable.',
  async run(argv, terminal) {
    const parsed = readArguments(
      argv,
      {
        json: { type: 'boolean' },
        language: { type: 'string' },
        data: { type: 'string' },
        'well-formed': { type: 'boolean' },
      },
      Infinity,
    );
    const language = parsed.ok
      ? languages.find((known) => known === (parsed.value.text('language') ?? 'en'))
      : undefined;
    if (!parsed.ok || parsed.value.positionals.length === 0 || language === undefined) {
      const message = !parsed.ok
        ? parsed.error.message
        : language === undefined
          ? '--language takes sv, nb or en.'
          : 'Name at least one file, folder or zip.';
      terminal.note(`${message}\nUsage: utskick validate ${validateCommand.usage}`);
      return exitCodes.usage;
    }
    const { positionals: files } = parsed.value;
    if (parsed.value.flag('well-formed'))
      return checkWellFormedFiles(terminal, { files, language, isJson: parsed.value.flag('json') });
    const own = await ownRulesOf(terminal, parsed.value.text('data'), parsed.value.flag('json'));
    if (own === null) return exitCodes.busy;
    const parser = openParser({
      entryPoints: entryPoints(),
      resourcesDir: resourcesFolder(),
      dataDir: dataFolder(parsed.value.text('data')),
      own,
    });
    const opened = openForChecking(files, new AbortController().signal);
    try {
      const write = parsed.value.flag('json') ? writeJson : writeText;
      return await write(terminal, { parser, opened, language });
    } finally {
      await Promise.all([parser.close(), opened.close()]);
    }
  },
};

/** What the organisation has set in a data folder that is named and there; nothing is made. Null when it can't be opened, which has been said. */
async function ownRulesOf(terminal: Terminal, dataOption: string | null, isJson: boolean): Promise<OwnRules | null> {
  if (dataOption === null || !existsSync(join(dataFolder(dataOption), 'utskick.db')))
    return { severities: {}, connected: [] };
  let own: OwnRules | null = null;
  await withEngine(terminal, { dataOption, isJson }, async (engine) => {
    const listed = await engine.call('rule.list', {});
    if (!listed.ok) {
      sayError(terminal, listed.error, isJson);
      return exitCodes.busy;
    }
    const connections = await engine.call('connection.list', {});
    if (!connections.ok) {
      sayError(terminal, connections.error, isJson);
      return exitCodes.busy;
    }
    own = {
      severities: Object.fromEntries(
        listed.value.rules.flatMap(({ id, ownSeverity }) => (ownSeverity === null ? [] : [[id, ownSeverity]])),
      ),
      connected: [...new Set(connections.value.connections.map(({ channel }) => channel))],
    };
    return exitCodes.ok;
  });
  return own;
}

interface Work {
  readonly parser: SourceParser;
  readonly opened: OpenedIntake;
  readonly language: Language;
}

/** One file after the other: the reports of many files are not held together. */
async function* reportsOf({ parser, opened }: Work): AsyncGenerator<{ file: string; report: FileReport }> {
  const files: GivenPath[] = [];
  for await (const found of opened.files) files.push(...found.map(({ path, name }) => ({ path, name })));
  for (const { fileName, error } of opened.refused) yield { file: fileName, report: refusedReport(error) };
  for (const { path, name } of files)
    yield { file: name, report: await validateOne(parser, path, localDay(Date.now())) };
}

function refusedReport(refusal: AppError): FileReport {
  return {
    format: null,
    version: null,
    isValid: false,
    invoiceCount: 0,
    sourceBatchId: null,
    refusal,
    errorCount: 0,
    warningCount: 0,
    problems: [],
  };
}

async function writeText(terminal: Terminal, work: Work): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for await (const { file, report } of reportsOf(work)) {
    showReport(terminal, { file, report, language: work.language });
    codes.push(exitCodeOf(report));
  }
  for (const { fileName, reason } of work.opened.leftOut)
    terminal.out(`${fileName}: left out, ${leftOutWords.en[reason]}`);
  return worst(codes);
}

async function writeJson(terminal: Terminal, work: Work): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  await terminal.outPieces(['{ "files": [']);
  for await (const { file, report } of reportsOf(work)) {
    await terminal.outPieces([codes.length === 0 ? '\n' : ',\n']);
    await terminal.outPieces(jsonPieces(file, report, work.language));
    codes.push(exitCodeOf(report));
  }
  const leftOut = work.opened.leftOut.map(({ fileName, reason }) => ({ file: fileName, reason }));
  await terminal.outPieces([`\n], "leftOut": ${JSON.stringify(leftOut)} }\n`]);
  return worst(codes);
}

function showReport(
  terminal: Terminal,
  shown: { readonly file: string; readonly report: FileReport; readonly language: Language },
): void {
  const { file, report, language } = shown;
  if (report.refusal !== null && report.problems.length === 0) {
    terminal.out(`${file}: not read`);
    terminal.out(`  ${errorLine(report.refusal)}`);
    return;
  }
  const what =
    report.format === null
      ? `not a batch that can be read (${report.refusal?.code ?? 'no format'})`
      : `${report.format} ${report.version ?? ''}, ${counted(report.invoiceCount, 'invoice')}`;
  const verdict = report.errorCount === 0 ? 'no errors' : counted(report.errorCount, 'error');
  terminal.out(`${file}: ${what}, ${verdict}, ${counted(report.warningCount, 'warning')}`);
  for (const problem of report.problems.slice(0, shownProblems))
    for (const line of problemLines(problem, language)) terminal.out(line);
  const hidden = report.errorCount + report.warningCount - Math.min(shownProblems, report.problems.length);
  if (hidden > 0) terminal.out(`  … and ${String(hidden)} more (--json lists them)`);
}
