// utskick unknown: deliveries that may have been sent, and what is known of each.

import { timelineWords } from '../../../../shared/words/timeline-words.ts';
import { wordsForCause } from '../../../../shared/words/cause-words.ts';
import type { Language } from '../../../../shared/schema/settings.ts';
import type { UnknownEntry } from '../../../../shared/schema/delivery.ts';
import type { LocalEngine } from '../../../engine/local-engine.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { fullBatchId } from '../full-batch-id.ts';
import { withEngine } from '../open.ts';
import { sayError } from '../terminal.ts';

const pageSize = 500;

/** The command. */
export const unknownCommand: Command = {
  name: 'unknown',
  usage: '[--batch ID] [--look-up] [--data DIR] [--json]',
  summary: 'List deliveries that may have been sent; --look-up asks the print vendors first (e-mail cannot be asked).',
  async run(argv, terminal) {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const parsed = readArguments(argv, { batch: text, data: text, json: flag, 'look-up': flag }, 0);
    if (!parsed.ok) {
      terminal.note(`${parsed.error.message}\nUsage: utskick unknown ${unknownCommand.usage}`);
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson }, async (engine) => {
      const batchId = await fullBatchId(engine, parsed.value.text('batch'));
      if (!batchId.ok) {
        sayError(terminal, batchId.error, isJson);
        return exitCodes.usage;
      }
      const selection = { all: { batchId: batchId.value } };
      const asked = parsed.value.flag('look-up') ? await engine.call('delivery.lookUp', { selection }) : null;
      if (asked?.ok === false) {
        sayError(terminal, asked.error, isJson);
        return exitCodes.busy;
      }
      const entries = await everyUnknown(engine, batchId.value);
      if (isJson) {
        const lookUp = asked === null ? {} : { lookUp: { counts: asked.value.counts, left: asked.value.left } };
        terminal.out(JSON.stringify({ ...lookUp, unknown: entries }, null, 2));
      } else {
        if (asked !== null) {
          const { found, absent } = asked.value.counts;
          terminal.note(`Looked up: ${String(found)} found, ${String(absent)} not there and queued again.`);
        }
        if (entries.length === 0) terminal.out('No delivery is in doubt.');
        for (const entry of entries) terminal.out(lineOf(entry, engine.language()));
      }
      return entries.length === 0 ? exitCodes.ok : exitCodes.findings;
    });
  },
};

async function everyUnknown(engine: LocalEngine, batchId: string | null): Promise<readonly UnknownEntry[]> {
  const all: UnknownEntry[] = [];
  for (;;) {
    const page = await engine.call('delivery.unknown', { batchId, offset: all.length, limit: pageSize });
    if (!page.ok) return all;
    all.push(...page.value.entries);
    if (page.value.entries.length < pageSize) return all;
  }
}

function lineOf({ delivery, lastLookUp }: UnknownEntry, language: Language): string {
  const { id, invoiceNumber, customerName, connectionName, target, lastCode, lastDetail, updatedAtMs } = delivery;
  const cause =
    lastCode === null ? '' : wordsForCause({ code: lastCode, detail: lastDetail, isRetried: false }, language).title;
  const code = lastLookUp?.code ?? null;
  const seen = code === null ? '' : timelineWords[language].lookUps[code];
  const at = new Date(updatedAtMs).toISOString();
  return [`${String(id)}  ${invoiceNumber}  ${customerName}  ${connectionName} → ${target}  ${at}`, cause, seen]
    .filter((part) => part !== '')
    .join('  ');
}
