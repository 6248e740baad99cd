// utskick watch: imports what is put into a folder, and moves each file to done or failed.

import { resolve } from 'node:path';
import type { LocalEngine, WatchReport } from '../../../engine/local-engine.ts';
import { importModes } from '../../../../shared/schema/batch.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { counted, errorLine, sayError } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

const options = {
  data: { type: 'string' },
  mode: { type: 'string' },
  settle: { type: 'string' },
  once: { type: 'boolean' },
} as const;

/** The command. */
export const watchCommand: Command = {
  name: 'watch',
  usage: 'FOLDER [--data DIR] [--mode strict|lenient] [--settle SECONDS] [--once]',
  summary:
    'Import what is put into a folder once it has not changed for SECONDS (5), and move it to done or failed. --once takes what is there and ends.',
  async run(argv, terminal) {
    const parsed = readArguments(argv, options, 1);
    if (!parsed.ok) return usage(terminal, parsed.error.message);
    const [folder] = parsed.value.positionals;
    const wanted = parsed.value.text('mode') ?? 'lenient';
    const mode = importModes.find((known) => known === wanted);
    const settle = parsed.value.whole('settle', { min: 0, max: 3_600, fallback: 5 });
    if (folder === undefined) return usage(terminal, 'Name the folder to watch.');
    if (mode === undefined) return usage(terminal, '--mode takes strict or lenient.');
    if (!settle.ok) return usage(terminal, settle.error.message);
    const work = {
      path: resolve(folder),
      mode,
      settleMs: (settle.value ?? 5) * 1_000,
      isOnce: parsed.value.flag('once'),
    };
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson: false }, (engine) =>
      watchIt(engine, terminal, work),
    );
  },
};

function usage(terminal: Terminal, message: string): ExitCode {
  terminal.note(`${message}\nUsage: utskick watch ${watchCommand.usage}`);
  return exitCodes.usage;
}

async function watchIt(
  engine: LocalEngine,
  terminal: Terminal,
  work: Omit<Parameters<LocalEngine['watch']>[0], 'signal' | 'onRound'>,
): Promise<ExitCode> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  let worst: ExitCode = exitCodes.ok;
  if (!work.isOnce) terminal.note(`Watching ${work.path}. Ctrl+C ends it.`);
  const watched = await engine.watch({
    ...work,
    signal: stop.signal,
    onRound: (round) => {
      if (round.ok) worst = Math.max(worst, showRound(terminal, round.value)) as ExitCode;
      else if (!work.isOnce) terminal.note(errorLine(round.error));
    },
  });
  if (watched.ok) return worst;
  sayError(terminal, watched.error, false);
  return watched.error.code === 'STORE_BUSY' ? exitCodes.busy : exitCodes.usage;
}

function showRound(terminal: Terminal, { outcomes, batches }: WatchReport): ExitCode {
  for (const batch of batches)
    terminal.out(
      `${batch.id}  ${batch.fileName}  ${batch.format}: read ${String(batch.read)} = imported ${String(batch.imported)} + quarantined ${String(batch.quarantined)} + skipped ${String(batch.skipped)}`,
    );
  for (const { fileName, outcome, movedTo, error } of outcomes) {
    const why = error === null ? '' : ` (${errorLine(error)})`;
    switch (outcome) {
      case 'done':
        terminal.out(`${fileName}: imported, moved to done/${movedTo ?? ''}`);
        break;
      case 'failed':
        terminal.out(`${fileName}: moved to failed/${movedTo ?? ''}, with the reason beside it${why}`);
        break;
      case 'left':
        terminal.note(`${fileName}: stays in the folder and is tried again${why}`);
        break;
      case 'stuck':
        terminal.note(`${fileName}: is dealt with, but could not be moved${why}`);
    }
  }
  const open = outcomes.filter(({ outcome }) => outcome !== 'done').length;
  if (open > 0) terminal.note(`${counted(open, 'file')} of ${String(outcomes.length)} need a person.`);
  return open > 0 ? exitCodes.findings : exitCodes.ok;
}
