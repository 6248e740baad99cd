// utskick formats: lists the formats that can be read, and checks a profile file.

import { join } from 'node:path';
import type { FormatEntry, ProfileComplaint } from '../../../../shared/schema/format.ts';
import { languages } from '../../../../shared/schema/settings.ts';
import type { Language } from '../../../../shared/schema/settings.ts';
import { placeOfComplaint, wordsForComplaint } from '../../../../shared/words/profile-words.ts';
import { openFormats } from '../../../engine/check-files.ts';
import { resourcesFolder } from '../../../platform/entry-points.ts';
import type { FormatProfiles } from '../../../ports/format-profiles.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { dataFolder } from '../open.ts';
import { counted, sayError } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

/** The command. */
export const formatsCommand: Command = {
  name: 'formats',
  usage: '[--check FILE] [--json] [--language sv|nb|en] [--data DIR]',
  summary:
    'List the formats that can be read, with own ones; --check says what is wrong in a profile and where. Exit 1: something is wrong.',
  run(argv, terminal) {
    const parsed = readArguments(
      argv,
      {
        check: { type: 'string' },
        json: { type: 'boolean' },
        language: { type: 'string' },
        data: { type: 'string' },
      },
      0,
    );
    const language = parsed.ok
      ? languages.find((known) => known === (parsed.value.text('language') ?? 'en'))
      : undefined;
    if (!parsed.ok || language === undefined) {
      terminal.note(
        `${parsed.ok ? '--language takes sv, nb or en.' : parsed.error.message}\nUsage: utskick formats ${formatsCommand.usage}`,
      );
      return Promise.resolve(exitCodes.usage);
    }
    const profiles = openFormats({
      resourcesDir: resourcesFolder(),
      ownProfilesDir: join(dataFolder(parsed.value.text('data')), 'profiles'),
    });
    const how = { profiles, language, isJson: parsed.value.flag('json') };
    const file = parsed.value.text('check');
    return Promise.resolve(file === null ? list(terminal, how) : check(terminal, how, file));
  },
};

interface How {
  readonly profiles: FormatProfiles;
  readonly language: Language;
  readonly isJson: boolean;
}

function list(terminal: Terminal, { profiles, language, isJson }: How): ExitCode {
  const listed = profiles.list();
  if (!listed.ok) {
    sayError(terminal, listed.error, isJson);
    return exitCodes.usage;
  }
  const { formats, broken } = listed.value;
  if (isJson)
    terminal.out(
      JSON.stringify(
        {
          formats,
          broken: broken.map(({ fileName, complaints }) => ({ fileName, problems: worded(complaints, language) })),
        },
        null,
        2,
      ),
    );
  else {
    for (const line of table(formats)) terminal.out(line);
    for (const { fileName, complaints } of broken) {
      terminal.out(`${fileName}: can’t be used`);
      for (const line of complaintLines(complaints, language)) terminal.out(line);
    }
  }
  return broken.length === 0 ? exitCodes.ok : exitCodes.findings;
}

function check(terminal: Terminal, { profiles, language, isJson }: How, file: string): ExitCode {
  const checked = profiles.check(file);
  if (!checked.ok) {
    sayError(terminal, checked.error, isJson);
    return exitCodes.usage;
  }
  const { complaints, entries } = checked.value;
  if (isJson)
    terminal.out(
      JSON.stringify(
        { file, valid: complaints.length === 0, problems: worded(complaints, language), formats: entries },
        null,
        2,
      ),
    );
  else if (complaints.length > 0) {
    terminal.out(`${file}: ${counted(complaints.length, 'problem')}`);
    for (const line of complaintLines(complaints, language)) terminal.out(line);
  } else {
    terminal.out(`${file}: a profile that can be used`);
    for (const line of table(entries)) terminal.out(`  ${line}`);
    const missing = entries[0]?.missingFields ?? [];
    if (missing.length > 0)
      terminal.out(`  Its invoices can’t be released: there is no path or default for ${missing.join(', ')}.`);
  }
  return complaints.length === 0 ? exitCodes.ok : exitCodes.findings;
}

function worded(complaints: readonly ProfileComplaint[], language: Language): object[] {
  return complaints.map((complaint) => ({
    code: complaint.code,
    place: placeOfComplaint(complaint),
    line: complaint.line,
    column: complaint.column,
    message: wordsForComplaint(complaint, language),
  }));
}

function complaintLines(complaints: readonly ProfileComplaint[], language: Language): string[] {
  return complaints.map((complaint) => {
    const { line, column } = complaint;
    const at = line === null || column === null ? '' : `${String(line)}:${String(column)}  `;
    const place = placeOfComplaint(complaint);
    return `  ${at}${place === '' ? '' : `${place}: `}${wordsForComplaint(complaint, language)}`;
  });
}

function table(formats: readonly FormatEntry[]): string[] {
  const rows = formats.map(({ format, version, status, root, namespace, condition }) => [
    `${format} ${version}`,
    status,
    condition === null ? `${root}${namespace === '' ? '' : ` in ${namespace}`}` : `${root}, ${condition}`,
  ]);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
