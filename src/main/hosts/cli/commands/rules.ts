// utskick rules: lists every rule, or sets the severity of one in a data folder.

import { ownSeverities } from '../../../../shared/schema/rules.ts';
import type { OwnSeverity, RuleEntry } from '../../../../shared/schema/rules.ts';
import { languages } from '../../../../shared/schema/settings.ts';
import type { Language } from '../../../../shared/schema/settings.ts';
import { wordsForRule } from '../../../../shared/words/problem-words.ts';
import { isRuleId } from '../../../../shared/words/rule-facts.ts';
import { rulesAsTheyCome } from '../../../engine/check-files.ts';
import { readArguments } from '../command.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { sayError } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

const options = { json: { type: 'boolean' }, data: { type: 'string' }, language: { type: 'string' } } as const;

/** The command. */
export const rulesCommand: Command = {
  name: 'rules',
  usage: '[set RULE error|warning|info|off|default] [--data DIR] [--json] [--language sv|nb|en]',
  summary: 'List every rule with severity and explanation, or set the severity of one in a data folder.',
  async run(argv, terminal) {
    const parsed = readArguments(argv, options, 3);
    if (!parsed.ok) return wrongUse(terminal, parsed.error.message);
    const language = languages.find((known) => known === (parsed.value.text('language') ?? 'en'));
    if (language === undefined) return wrongUse(terminal, '--language takes sv, nb or en.');
    const [verb] = parsed.value.positionals;
    if (verb === undefined) return list(terminal, parsed.value, language);
    return verb === 'set'
      ? set(terminal, parsed.value, language)
      : wrongUse(terminal, `"${verb}" is none of the things "rules" can do.`);
  },
};

/** Without --data the rules' own severities: nothing is opened. */
async function list(terminal: Terminal, parsed: ParsedArguments, language: Language): Promise<ExitCode> {
  const isJson = parsed.flag('json');
  const dataOption = parsed.text('data');
  if (dataOption === null) {
    show(terminal, rulesAsTheyCome(), { isJson, language });
    return exitCodes.ok;
  }
  return withEngine(terminal, { dataOption, isJson }, async (engine) => {
    const listed = await engine.call('rule.list', {});
    if (!listed.ok) {
      sayError(terminal, listed.error, isJson);
      return exitCodes.usage;
    }
    show(terminal, listed.value.rules, { isJson, language });
    return exitCodes.ok;
  });
}

async function set(terminal: Terminal, parsed: ParsedArguments, language: Language): Promise<ExitCode> {
  const [, ruleId, wanted] = parsed.positionals;
  const severity = severityOf(wanted);
  if (ruleId === undefined || severity === undefined)
    return wrongUse(terminal, 'Name a rule and error, warning, info, off or default.');
  const isJson = parsed.flag('json');
  return withEngine(terminal, { dataOption: parsed.text('data'), isJson }, async (engine) => {
    const done = await engine.call('rule.set', { ruleId, severity });
    if (!done.ok) {
      sayError(terminal, done.error, isJson);
      return exitCodes.usage;
    }
    const rules = done.value.rules.filter(({ id }) => id === ruleId);
    show(terminal, rules, { isJson, language });
    return exitCodes.ok;
  });
}

/** Undefined when the text is no severity; null takes the organisation's own back. */
function severityOf(text: string | undefined): OwnSeverity | null | undefined {
  return text === 'default' ? null : ownSeverities.find((known) => known === text);
}

function show(
  terminal: Terminal,
  rules: readonly RuleEntry[],
  { isJson, language }: { readonly isJson: boolean; readonly language: Language },
): void {
  const worded = rules.map((rule) => ({ ...rule, ...wordsOf(rule.id, language) }));
  if (isJson) {
    terminal.out(JSON.stringify({ rules: worded }, null, 2));
    return;
  }
  for (const { id, severity, ownSeverity, mender, title } of worded) {
    const shown = ownSeverity === null ? severity : `${ownSeverity} (was ${severity})`;
    terminal.out(`${id.padEnd(28)}${shown.padEnd(10)} ${mender.padEnd(13)} ${title}`);
  }
}

function wordsOf(id: string, language: Language): { readonly title: string; readonly explanation: string } {
  if (!isRuleId(id)) return { title: '', explanation: '' };
  const { title, explanation } = wordsForRule(id, language);
  return { title, explanation };
}

function wrongUse(terminal: Terminal, message: string): ExitCode {
  terminal.note(`${message}\nUsage: utskick rules ${rulesCommand.usage}`);
  return exitCodes.usage;
}
