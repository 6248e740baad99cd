// What a command of the command line is, and how its arguments are read.

import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** One command. */
export interface Command {
  /** As typed: `connection add`. */
  readonly name: string;
  /** Arguments as the help shows them. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` shows instead of usage and summary. */
  readonly help?: string;
  run(argv: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

/** Options and file arguments of one call. */
export interface ParsedArguments {
  readonly positionals: readonly string[];
  text(name: string): string | null;
  /** All values of an option that may be given several times. */
  texts(name: string): readonly string[];
  flag(name: string): boolean;
  /** A whole number in a range, or the fallback when the option is missing. */
  whole(
    name: string,
    range: { readonly min: number; readonly max: number; readonly fallback: number | null },
  ): Result<number | null>;
}

/** Reads arguments. Errors: BAD_REQUEST, naming the argument. `positionals` is how many arguments without `--` make sense. */
export function readArguments(
  argv: readonly string[],
  options: ParseArgsOptionsConfig,
  positionals: number,
): Result<ParsedArguments> {
  let parsed: { values: Readonly<Record<string, unknown>>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    return fail('BAD_REQUEST', wrongArgument(error, argv, options));
  }
  const { values } = parsed;
  const surplus = parsed.positionals[positionals];
  if (surplus !== undefined)
    return fail('BAD_REQUEST', `"${surplus}" is one argument too many. Names with spaces stand in quotes.`);
  const empty = Object.keys(values).find((name) => values[name] === '');
  if (empty !== undefined) return fail('BAD_REQUEST', `--${empty} is empty. Give it a value, or leave it out.`);
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  return ok({
    positionals: parsed.positionals,
    text,
    texts: (name) => {
      const value: unknown = values[name];
      return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
    },
    flag: (name) => values[name] === true,
    whole(name, { min, max, fallback }) {
      const value = text(name);
      if (value === null) return ok(fallback);
      const number = Number(value);
      if (!/^\d+$/u.test(value) || number < min || number > max)
        return fail(
          'BAD_REQUEST',
          `--${name} takes a whole number from ${String(min)} to ${String(max)}, not "${value}".`,
        );
      return ok(number);
    },
  });
}

/** What parseArgs did not take. Its own texts speak to programmers. */
function wrongArgument(error: unknown, argv: readonly string[], options: ParseArgsOptionsConfig): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const named = argv.map((argument) => ({ argument, name: argument.replace(/^--?/u, '').replace(/=.*$/su, '') }));
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const unknown = named.find(({ argument, name }) => argument.startsWith('-') && !Object.hasOwn(options, name));
    return `There is no option ${unknown?.argument.replace(/=.*$/su, '') ?? 'of that name'} here.`;
  }
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const wrong = named.find(({ argument, name }, index) => {
      const next = argv[index + 1];
      if (!argument.startsWith('--') || !Object.hasOwn(options, name)) return false;
      const hasValue = argument.includes('=') || (next !== undefined && !next.startsWith('-'));
      return options[name]?.type === 'string' ? !hasValue : argument.includes('=');
    });
    if (wrong === undefined) return 'An option has no value, or one too many.';
    return options[wrong.name]?.type === 'string'
      ? `--${wrong.name} needs a value after it (--${wrong.name}=VALUE if it begins with a dash).`
      : `--${wrong.name} takes no value.`;
  }
  return error instanceof Error ? error.message : 'The arguments cannot be read.';
}
