// utskick problems: the problem report of a batch as a file, with only what the filter lets through.

import { fail, ok } from '../../../../shared/result.ts';
import type { Result } from '../../../../shared/result.ts';
import { reportForms, severities } from '../../../../shared/schema/problem.ts';
import { languages } from '../../../../shared/schema/settings.ts';
import type { MethodInput } from '../../../../shared/contract/methods.ts';
import { readArguments } from '../command.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { errorLine } from '../terminal.ts';
import { writeOut } from '../write-out.ts';

type ExportInput = Omit<MethodInput<'problem.export'>, 'language'> & {
  readonly language: MethodInput<'problem.export'>['language'] | null;
};

const usage =
  '--batch ID [--format csv|json|html|eml] [--out FILE] [--severity error|warning|info] [--rule ID] [--field PATH] [--search TEXT] [--to ADDRESS] [--language sv|nb|en] [--data DIR]';

/** The command. */
export const problemsCommand: Command = {
  name: 'problems',
  usage,
  summary: 'Write the problems of a batch as CSV (default), JSON, HTML, or an e-mail to the billing system’s vendor.',
  async run(argv, terminal) {
    const text = { type: 'string' } as const;
    const many = { type: 'string', multiple: true } as const;
    const parsed = readArguments(
      argv,
      {
        batch: text,
        format: text,
        out: text,
        severity: many,
        rule: many,
        field: many,
        search: text,
        to: text,
        language: text,
        data: text,
      },
      0,
    );
    const request = parsed.ok ? requestOf(parsed.value) : parsed;
    if (!parsed.ok || !request.ok) {
      terminal.note(`${request.ok ? '' : request.error.message}\nUsage: utskick problems ${usage}`);
      return exitCodes.usage;
    }
    const out = parsed.value.text('out');
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson: false }, async (engine) => {
      const language = request.value.language ?? engine.language();
      const report = await engine.call('problem.export', { ...request.value, language });
      if (!report.ok) {
        terminal.note(errorLine(report.error));
        return exitCodes.usage;
      }
      if (out === null) {
        terminal.out(report.value.text.replace(/\r?\n$/u, ''));
        return exitCodes.ok;
      }
      if (!(await writeOut(out, report.value.text, terminal))) return exitCodes.usage;
      terminal.note(`Wrote ${out}.`);
      return exitCodes.ok;
    });
  },
};

function requestOf(args: ParsedArguments): Result<ExportInput> {
  const batchId = args.text('batch');
  if (batchId === null) return fail('BAD_REQUEST', '--batch is needed. "utskick status" lists the batches.');
  const form = oneOf(args.text('format'), 'format', reportForms);
  if (!form.ok) return form;
  const language = oneOf(args.text('language'), 'language', languages);
  if (!language.ok) return language;
  const wanted = args.texts('severity').map((name) => oneOf(name, 'severity', severities));
  const wrong = wanted.find((one) => !one.ok);
  if (wrong?.ok === false) return wrong;
  return ok({
    batchId,
    form: form.value ?? 'csv',
    language: language.value,
    severities: wanted.flatMap((one) => (one.ok && one.value !== null ? [one.value] : [])),
    ruleIds: [...args.texts('rule')],
    fields: [...args.texts('field')],
    search: args.text('search') ?? '',
    to: args.text('to'),
  });
}

function oneOf<T extends string>(text: string | null, name: string, known: readonly T[]): Result<T | null> {
  if (text === null) return ok(null);
  const found = known.find((one) => one === text);
  return found === undefined
    ? fail('BAD_REQUEST', `--${name} is one of ${known.join(', ')}, not "${text}".`)
    : ok(found);
}
