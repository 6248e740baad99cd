// utskick settle: the operator's word on deliveries that may have been sent, with a reason that is kept.

import { readArguments } from '../command.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { fail, ok } from '../../../../shared/result.ts';
import type { Result } from '../../../../shared/result.ts';
import { exitCodes } from '../exit-codes.ts';
import { fullBatchId } from '../full-batch-id.ts';
import { withEngine } from '../open.ts';
import { sayError } from '../terminal.ts';

interface Word {
  readonly ids: readonly number[];
  readonly batch: string | null;
  readonly verdict: 'arrived' | 'notArrived';
  readonly reason: string;
}

/** The command. */
export const settleCommand: Command = {
  name: 'settle',
  usage: '(--delivery ID … | --batch ID | --all) (--arrived | --not-arrived) --reason TEXT [--data DIR] [--json]',
  summary:
    'Say that deliveries in doubt arrived, or that they did not and are to be sent again. "utskick unknown" lists them.',
  async run(argv, terminal) {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const options = {
      delivery: { type: 'string', multiple: true } as const,
      batch: text,
      all: flag,
      arrived: flag,
      'not-arrived': flag,
      reason: text,
      data: text,
      json: flag,
    };
    const parsed = readArguments(argv, options, 0);
    const word = parsed.ok ? wordOf(parsed.value) : parsed;
    if (!parsed.ok || !word.ok) {
      terminal.note(`${word.ok ? '' : word.error.message}\nUsage: utskick settle ${settleCommand.usage}`);
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson }, async (engine) => {
      const { ids, batch, verdict, reason } = word.value;
      const batchId = await fullBatchId(engine, batch);
      if (!batchId.ok) {
        sayError(terminal, batchId.error, isJson);
        return exitCodes.usage;
      }
      const selection = ids.length > 0 ? { ids: [...ids] } : { all: { batchId: batchId.value } };
      const settled = await engine.call('delivery.resolve', { selection, verdict, reason });
      if (!settled.ok) {
        sayError(terminal, settled.error, isJson);
        return exitCodes.usage;
      }
      const { changed } = settled.value;
      const next = verdict === 'arrived' ? 'count as sent' : 'are queued to be sent again ("utskick run" sends)';
      if (isJson) terminal.out(JSON.stringify({ changed, verdict }));
      else
        terminal.out(
          changed === 0 ? 'Nothing changed: none of them is in doubt.' : `${String(changed)} deliveries ${next}.`,
        );
      return changed === 0 ? exitCodes.findings : exitCodes.ok;
    });
  },
};

function wordOf(given: ParsedArguments): Result<Word> {
  const ids = given.texts('delivery').map(Number);
  const batch = given.text('batch');
  const reason = given.text('reason')?.trim() ?? '';
  const ways = [ids.length > 0, batch !== null, given.flag('all')].filter(Boolean).length;
  if (ids.some((id) => !Number.isSafeInteger(id) || id <= 0))
    return fail('BAD_REQUEST', '--delivery takes the number that "utskick unknown" shows first.');
  if (ways !== 1) return fail('BAD_REQUEST', 'Say which: --delivery (several are possible), --batch or --all.');
  if (given.flag('arrived') === given.flag('not-arrived'))
    return fail('BAD_REQUEST', 'Say one of --arrived and --not-arrived.');
  if (reason === '' || reason.length > 500)
    return fail('BAD_REQUEST', '--reason is needed, at most 500 characters: how is it known?');
  return ok({ ids, batch, verdict: given.flag('arrived') ? 'arrived' : 'notArrived', reason });
}
