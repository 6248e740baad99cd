// utskick validate --well-formed: whether files are sound XML, and nothing else about them.

import type { Language } from '../../../shared/schema/settings.ts';
import { checkWellFormedOne } from '../../engine/check-files.ts';
import type { FileReport } from '../../engine/check-files.ts';
import type { ExitCode } from './exit-codes.ts';
import { exitCodeOf, jsonPieces, worst } from './file-report.ts';
import { problemLines } from './problem-lines.ts';
import { errorLine } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Checks one file after the other and writes what was found, as `validate` does. */
export async function checkWellFormedFiles(
  terminal: Terminal,
  work: { readonly files: readonly string[]; readonly language: Language; readonly isJson: boolean },
): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  if (work.isJson) await terminal.outPieces(['{ "files": [']);
  for (const [index, file] of work.files.entries()) {
    const report = await checkWellFormedOne(file);
    codes.push(exitCodeOf(report));
    if (work.isJson) {
      await terminal.outPieces([index === 0 ? '\n' : ',\n']);
      await terminal.outPieces(jsonPieces(file, report, work.language));
    } else writeText(terminal, { file, report, language: work.language });
  }
  if (work.isJson) await terminal.outPieces(['\n] }\n']);
  return worst(codes);
}

function writeText(
  terminal: Terminal,
  shown: { readonly file: string; readonly report: FileReport; readonly language: Language },
): void {
  const { file, report, language } = shown;
  if (report.refusal === null) terminal.out(`${file}: well-formed`);
  else if (report.problems.length === 0) terminal.out(`${file}: not read\n  ${errorLine(report.refusal)}`);
  else terminal.out(`${file}: refused (${report.refusal.code})`);
  for (const problem of report.problems) for (const line of problemLines(problem, language)) terminal.out(line);
}
