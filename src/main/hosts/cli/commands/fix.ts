// utskick fix: corrects all that one rule found in a batch, or takes that back.

import { fixKindsByRule } from '../../../../shared/schema/fix.ts';
import type { FixOutcome, FixPreview } from '../../../../shared/schema/fix.ts';
import { fieldName } from '../../../../shared/words/field-names.ts';
import type { LocalEngine } from '../../../engine/local-engine.ts';
import { readArguments } from '../command.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { counted, sayError } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

interface FixCall {
  readonly batchId: string;
  readonly ruleId: string;
  readonly isJson: boolean;
}

/** The command. */
export const fixCommand: Command = {
  name: 'fix',
  usage: '--batch ID --rule RULE [--dry-run | --undo] [--reason TEXT] [--data DIR] [--json]',
  summary: `Correct every value one rule found, where that needs no judgement (${Object.keys(fixKindsByRule).join(', ')}). The source file stays as it came.`,
  async run(argv, terminal) {
    const parsed = readArguments(
      argv,
      {
        batch: { type: 'string' },
        rule: { type: 'string' },
        'dry-run': { type: 'boolean' },
        undo: { type: 'boolean' },
        reason: { type: 'string' },
        data: { type: 'string' },
        json: { type: 'boolean' },
      },
      0,
    );
    const batchId = parsed.ok ? parsed.value.text('batch') : null;
    const ruleId = parsed.ok ? parsed.value.text('rule') : null;
    const isBoth = parsed.ok && parsed.value.flag('dry-run') && parsed.value.flag('undo');
    if (!parsed.ok || batchId === null || ruleId === null || isBoth) {
      const message = parsed.ok
        ? isBoth
          ? '--dry-run and --undo do not go together.'
          : 'Both --batch and --rule are needed.'
        : parsed.error.message;
      terminal.note(`${message}\nUsage: utskick fix ${fixCommand.usage}`);
      return exitCodes.usage;
    }
    const call = { batchId, ruleId, isJson: parsed.value.flag('json') };
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson: call.isJson }, (engine) =>
      parsed.value.flag('dry-run')
        ? preview(engine, terminal, call)
        : change(engine, terminal, { ...call, args: parsed.value }),
    );
  },
};

async function preview(engine: LocalEngine, terminal: Terminal, call: FixCall): Promise<ExitCode> {
  const previewed = await engine.previewFix(call);
  if (!previewed.ok) {
    sayError(terminal, previewed.error, call.isJson);
    return exitCodes.usage;
  }
  const { value } = previewed;
  if (call.isJson) terminal.out(JSON.stringify(value, null, 2));
  else for (const line of previewLines(value)) terminal.out(line);
  return value.notMechanical + value.delivered > 0 ? exitCodes.findings : exitCodes.ok;
}

function previewLines(value: FixPreview): readonly string[] {
  return [
    ...value.samples.map(
      ({ invoiceNumber, line, field, before, after }) =>
        `${invoiceNumber}  line ${String(line)}  ${fieldName(field, 'en') ?? field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
    ),
    ...(value.values > value.samples.length ? [`… and ${String(value.values - value.samples.length)} more`] : []),
    `Would correct ${counted(value.values, 'value')} in ${counted(value.invoices, 'invoice')}. Nothing was changed.`,
    ...remarks({ ...value, changedMeanwhile: 0, isUndo: false }),
  ];
}

async function change(
  engine: LocalEngine,
  terminal: Terminal,
  { args, ...call }: FixCall & { readonly args: ParsedArguments },
): Promise<ExitCode> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stop.abort();
    });
  const control = {
    signal: stop.signal,
    onProgress: ({ done, total }: { readonly done: number; readonly total: number }): void => {
      terminal.progress(`${String(done)} of ${counted(total, 'invoice')}`);
    },
  };
  const done = args.flag('undo')
    ? await engine.undoFix(call, control)
    : await engine.applyFix({ ...call, reason: args.text('reason') ?? '' }, control);
  if (!done.ok) {
    sayError(terminal, done.error, call.isJson);
    return done.error.code === 'CANCELLED' ? exitCodes.findings : exitCodes.usage;
  }
  const { value } = done;
  if (call.isJson) terminal.out(JSON.stringify(value, null, 2));
  else for (const line of outcomeLines(value)) terminal.out(line);
  return value.notMechanical + value.delivered + value.changedMeanwhile > 0 ? exitCodes.findings : exitCodes.ok;
}

function outcomeLines(outcome: FixOutcome): readonly string[] {
  const { values, invoices, becameReady, isUndo } = outcome;
  const verb = isUndo ? 'Took back' : 'Corrected';
  const ready = isUndo ? 'no longer ready' : 'ready now';
  return [
    `${verb} ${counted(values, 'value')} in ${counted(invoices, 'invoice')}; ${counted(becameReady, 'invoice')} ${ready}.`,
    ...remarks(outcome),
  ];
}

function remarks({
  notMechanical,
  delivered,
  changedMeanwhile,
  isUndo,
}: Pick<FixOutcome, 'notMechanical' | 'delivered' | 'changedMeanwhile' | 'isUndo'>): readonly string[] {
  return [
    notMechanical === 0
      ? ''
      : `Left as they are: ${counted(notMechanical, 'invoice')} where what was meant cannot be told for certain. Correct them at the source.`,
    delivered === 0
      ? ''
      : `Left as they are: ${counted(delivered, 'invoice')} with a delivery. What was released does not change; cancel the delivery first where it has not been sent.`,
    changedMeanwhile === 0
      ? ''
      : isUndo
        ? `Left as they are: ${counted(changedMeanwhile, 'invoice')} with a later correction of the same value. Undo that rule first.`
        : `Left as they are: ${counted(changedMeanwhile, 'invoice')} that changed meanwhile. Run the command again.`,
  ].filter((line) => line !== '');
}
