// What commands with verbs have in common: how a wrong use is said, and what a verb's work comes to. No verb of its own.

import type { LocalEngine } from '../../engine/local-engine.ts';
import type { ParsedArguments } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { withEngine } from './open.ts';
import type { Terminal } from './terminal.ts';

/** Says what was used wrongly, and how it is used. */
export function sayMisused(terminal: Terminal, message: string, usageLines: readonly string[]): ExitCode {
  terminal.note([message, 'Usage:', ...usageLines.map((line) => `  ${line}`)].join('\n'));
  return exitCodes.usage;
}

/** Opens the engine for a verb's work; a text that it comes to is what was used wrongly. */
export function runVerb(
  {
    terminal,
    args,
    usageLines,
  }: { readonly terminal: Terminal; readonly args: ParsedArguments; readonly usageLines: readonly string[] },
  work: (engine: LocalEngine) => Promise<ExitCode | string>,
): Promise<ExitCode> {
  return withEngine(terminal, { dataOption: args.text('data'), isJson: args.flag('json') }, async (engine) => {
    const ended = await work(engine);
    return typeof ended === 'string' ? sayMisused(terminal, ended, usageLines) : ended;
  });
}
