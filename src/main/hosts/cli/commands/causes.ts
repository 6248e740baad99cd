// utskick causes: why deliveries were refused, failed or wait, by cause, for "utskick retry --cause".

import { wordsForCause } from '../../../../shared/words/cause-words.ts';
import type { Command } from '../command.ts';
import { readArguments } from '../command.ts';
import { readFilter } from '../delivery-filter.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { sayError } from '../terminal.ts';

const defaultStates = ['rejected', 'failed', 'waiting'] as const;

/** The command. */
export const causesCommand: Command = {
  name: 'causes',
  usage: '[--batch ID] [--connection NAME] [--state S,S] [--search TEXT] [--data DIR] [--json]',
  summary:
    'List why deliveries were refused, failed or wait, most frequent first, with the name each cause has for --cause.',
  async run(argv, terminal) {
    const options = {
      batch: { type: 'string' },
      connection: { type: 'string' },
      state: { type: 'string' },
      search: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    } as const;
    const parsed = readArguments(argv, options, 0);
    if (!parsed.ok) {
      terminal.note(`${parsed.error.message}\nUsage: utskick causes ${causesCommand.usage}`);
      return exitCodes.usage;
    }
    const given = parsed.value;
    const isJson = given.flag('json');
    return withEngine(terminal, { dataOption: given.text('data'), isJson }, async (engine) => {
      const isAll = ['batch', 'connection', 'state', 'search'].every((name) => given.text(name) === null);
      const filter = await readFilter(engine, {
        ...given,
        flag: (name) => (name === 'all' ? isAll : given.flag(name)),
      });
      const found = filter.ok
        ? await engine.call('delivery.causes', {
            filter: given.text('state') === null ? { ...filter.value, states: [...defaultStates] } : filter.value,
          })
        : filter;
      if (!found.ok) {
        sayError(terminal, found.error, isJson);
        return exitCodes.usage;
      }
      const { causes } = found.value;
      if (isJson) terminal.out(JSON.stringify({ causes }, null, 2));
      else
        for (const { cause, code, detail, count } of causes) {
          const { title } = wordsForCause({ code, detail, isRetried: false }, 'en');
          terminal.out(
            `${String(count).padStart(7)}  ${cause}\n         ${title}${detail === null ? '' : ` "${detail}"`}`,
          );
        }
      if (!isJson && causes.length === 0) terminal.out('Nothing was refused, failed or waits.');
      return causes.length === 0 ? exitCodes.ok : exitCodes.findings;
    });
  },
};
