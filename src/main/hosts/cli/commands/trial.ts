// utskick trial: how the first few of a release fared, and the decision over the rest.

import type { Trial } from '../../../../shared/schema/control.ts';
import type { LocalEngine } from '../../../engine/local-engine.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { counted, sayError } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

/** The command. */
export const trialCommand: Command = {
  name: 'trial',
  usage: '[--batch ID] [--go-on | --stop] [--data DIR] [--json]',
  summary:
    'Show releases whose first few were sent before the rest ("utskick release --first N"). --go-on sends the rest, --stop takes it back.',
  async run(argv, terminal) {
    const parsed = readArguments(
      argv,
      {
        batch: { type: 'string' },
        'go-on': { type: 'boolean' },
        stop: { type: 'boolean' },
        data: { type: 'string' },
        json: { type: 'boolean' },
      },
      0,
    );
    const isBoth = parsed.ok && parsed.value.flag('go-on') && parsed.value.flag('stop');
    if (!parsed.ok || isBoth) {
      terminal.note(
        `${parsed.ok ? 'Give either --go-on or --stop.' : parsed.error.message}\nUsage: utskick trial ${trialCommand.usage}`,
      );
      return exitCodes.usage;
    }
    const given = parsed.value;
    const isJson = given.flag('json');
    const decision = given.flag('go-on') ? 'goOn' : given.flag('stop') ? 'stop' : null;
    return withEngine(terminal, { dataOption: given.text('data'), isJson }, async (engine) => {
      const trials = await trialsOf(engine, terminal, { batch: given.text('batch'), isJson });
      if (trials === null) return exitCodes.usage;
      return decision === null
        ? show(terminal, trials, isJson)
        : decide(engine, terminal, { trials, decision, isJson });
    });
  },
};

async function trialsOf(
  engine: LocalEngine,
  terminal: Terminal,
  { batch, isJson }: { readonly batch: string | null; readonly isJson: boolean },
): Promise<readonly Trial[] | null> {
  const found = batch === null ? null : await engine.call('batch.get', { batchId: batch });
  const all =
    found?.ok === false
      ? found
      : await engine.call('delivery.trials', { batchId: found === null ? null : found.value.batch.id });
  if (all.ok) return all.value.trials;
  sayError(terminal, all.error, isJson);
  return null;
}

function show(terminal: Terminal, trials: readonly Trial[], isJson: boolean): ExitCode {
  if (isJson) terminal.out(JSON.stringify({ trials }, null, 2));
  else if (trials.length === 0) terminal.out('No release waits for a decision.');
  else for (const trial of trials) terminal.out(trialText(trial));
  return trials.length === 0 ? exitCodes.ok : exitCodes.findings;
}

/** "Batch 3f2a…: of the first 20 18 accepted, 1 rejected, 1 waiting. 4792 wait for the decision." */
function trialText({ batchId, firstCount, first, rest, verdict }: Trial): string {
  const states = Object.entries(first)
    .map(([state, count]) => `${String(count)} ${state}`)
    .join(', ');
  const next = {
    running: 'They are still under way.',
    good: 'All arrived.',
    faulty: 'Not all arrived: see why before going on.',
  }[verdict];
  return `Batch ${batchId}: of the first ${String(firstCount)} ${states}. ${next} ${counted(rest.count, 'delivery waits', 'deliveries wait')} for the decision.`;
}

async function decide(
  engine: LocalEngine,
  terminal: Terminal,
  {
    trials,
    decision,
    isJson,
  }: { readonly trials: readonly Trial[]; readonly decision: 'goOn' | 'stop'; readonly isJson: boolean },
): Promise<ExitCode> {
  const [trial, other] = trials;
  if (trial === undefined || other !== undefined) {
    terminal.note(
      trial === undefined ? 'No release waits for a decision.' : 'Several releases wait. Say which with --batch.',
    );
    return exitCodes.usage;
  }
  const decided = await engine.call('delivery.decideTrial', { trialId: trial.id, decision });
  if (!decided.ok) {
    sayError(terminal, decided.error, isJson);
    return decided.error.code === 'CONFLICT' ? exitCodes.findings : exitCodes.usage;
  }
  const { changed } = decided.value;
  if (isJson) terminal.out(JSON.stringify({ decision, changed }));
  else terminal.out(`${counted(changed, 'delivery', 'deliveries')} ${decision === 'goOn' ? 'let go' : 'taken back'}.`);
  return exitCodes.ok;
}
