// utskick validate: checks files without importing them.

import { localDay } from '../../../../shared/local-day.ts';
import { languages } from '../../../../shared/schema/settings.ts';
import type { Language } from '../../../../shared/schema/settings.ts';
import { openParser, validateOne } from '../../../engine/local-engine.ts';
import type { FileReport } from '../../../engine/local-engine.ts';
import type { SourceParser } from '../../../ports/import-source.ts';
import { entryPoints, resourcesFolder } from '../../../platform/entry-points.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodeOf, jsonPieces, worst } from '../file-report.ts';
import { dataFolder } from '../open.ts';
import { problemLines } from '../problem-lines.ts';
import { checkWellFormedFiles } from '../well-formed.ts';
import { counted, errorLine } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

const shownProblems = 20;

/** The command. */
export const validateCommand: Command = {
  name: 'validate',
  usage: 'FILE… [--well-formed] [--json] [--language sv|nb|en] [--data DIR]',
  summary: 'Check files without importing them. Exit 0: no errors, 1: errors found, 2: usage or unreadable.',
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
          : 'Name at least one file.';
      terminal.note(`${message}\nUsage: utskick validate ${validateCommand.usage}`);
      return exitCodes.usage;
    }
    const { positionals: files } = parsed.value;
    if (parsed.value.flag('well-formed'))
      return checkWellFormedFiles(terminal, { files, language, isJson: parsed.value.flag('json') });
    const parser = openParser({
      entryPoints: entryPoints(),
      resourcesDir: resourcesFolder(),
      dataDir: dataFolder(parsed.value.text('data')),
    });
    try {
      return parsed.value.flag('json')
        ? await writeJson(terminal, { parser, files, language })
        : await writeText(terminal, { parser, files, language });
    } finally {
      await parser.close();
    }
  },
};

interface Work {
  readonly parser: SourceParser;
  readonly files: readonly string[];
  readonly language: Language;
}

async function writeText(terminal: Terminal, { parser, files, language }: Work): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for (const file of files) {
    const report = await validateOne(parser, file, localDay(Date.now()));
    showReport(terminal, { file, report, language });
    codes.push(exitCodeOf(report));
  }
  return worst(codes);
}

/** One file after the other: the reports of many files are not held together. */
async function writeJson(terminal: Terminal, { parser, files, language }: Work): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  await terminal.outPieces(['{ "files": [']);
  for (const [index, file] of files.entries()) {
    const report = await validateOne(parser, file, localDay(Date.now()));
    await terminal.outPieces([index === 0 ? '\n' : ',\n']);
    await terminal.outPieces(jsonPieces(file, report, language));
    codes.push(exitCodeOf(report));
  }
  await terminal.outPieces(['\n] }\n']);
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
