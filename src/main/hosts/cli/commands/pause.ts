// utskick pause|resume: lets a connection stand still, and go on.

import type { Command } from '../command.ts';
import { readArguments } from '../command.ts';
import { connectionIdOf } from '../delivery-filter.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { sayError } from '../terminal.ts';

/** Lets a connection stand still. */
export const pauseCommand = pausing('pause', {
  isPaused: true,
  summary: 'Let a connection stand still: what is under way ends, nothing more is taken. Nothing is taken back.',
  done: 'stands still.',
});

/** Lets a connection go on. */
export const resumeCommand = pausing('resume', {
  isPaused: false,
  summary: 'Let a connection go on, whatever had stopped it. "utskick run" then delivers.',
  done: 'goes on.',
});

function pausing(
  name: string,
  { isPaused, summary, done }: { readonly isPaused: boolean; readonly summary: string; readonly done: string },
): Command {
  const usage = 'NAME [--data DIR] [--json]';
  return {
    name,
    usage,
    summary,
    async run(argv, terminal) {
      const parsed = readArguments(argv, { data: { type: 'string' }, json: { type: 'boolean' } }, 1);
      const connection = parsed.ok ? parsed.value.positionals[0] : undefined;
      if (!parsed.ok || connection === undefined) {
        const why = parsed.ok ? 'Name the connection.' : parsed.error.message;
        terminal.note(`${why}\nUsage: utskick ${name} ${usage}`);
        return exitCodes.usage;
      }
      const isJson = parsed.value.flag('json');
      return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson }, async (engine) => {
        const connectionId = await connectionIdOf(engine, connection);
        const changed = connectionId.ok
          ? await engine.call('connection.pause', { connectionId: connectionId.value, isPaused })
          : connectionId;
        if (!changed.ok) {
          sayError(terminal, changed.error, isJson);
          return exitCodes.usage;
        }
        terminal.out(isJson ? JSON.stringify({ connection, isPaused }) : `${connection} ${done}`);
        return exitCodes.ok;
      });
    },
  };
}
