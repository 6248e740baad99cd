// utskick timeline: everything that has happened to one invoice, in local time with the zone.

import { languages } from '../../../../shared/schema/settings.ts';
import { timelineForms } from '../../../../shared/schema/timeline.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { errorLine } from '../terminal.ts';
import { writeOut } from '../write-out.ts';

/** The command. */
export const timelineCommand: Command = {
  name: 'timeline',
  usage: '--invoice NUMBER [--format csv|json|html] [--out FILE] [--language sv|nb|en] [--data DIR]',
  summary:
    'Show every state and attempt of an invoice with the receipts; --format saves it for a spreadsheet or to print.',
  async run(argv, terminal) {
    const text = { type: 'string' } as const;
    const parsed = readArguments(argv, { invoice: text, format: text, out: text, language: text, data: text }, 0);
    const value = (name: string): string | null => (parsed.ok ? parsed.value.text(name) : null);
    const number = value('invoice');
    const form = timelineForms.find((known) => known === value('format')) ?? null;
    const language = languages.find((known) => known === value('language')) ?? null;
    const complaint = !parsed.ok
      ? parsed.error.message
      : number === null
        ? '--invoice is needed.'
        : form === null && value('format') !== null
          ? `--format is one of ${timelineForms.join(', ')}.`
          : language === null && value('language') !== null
            ? '--language is sv, nb or en.'
            : null;
    if (complaint !== null || number === null) {
      terminal.note(`${complaint ?? ''}\nUsage: utskick timeline ${timelineCommand.usage}`);
      return exitCodes.usage;
    }
    return withEngine(terminal, { dataOption: value('data'), isJson: false }, async (engine) => {
      const history = await engine.timelineOf(number, { form, language });
      if (!history.ok) {
        terminal.note(errorLine(history.error));
        return exitCodes.usage;
      }
      const out = value('out');
      if (out === null) terminal.out(history.value.trimEnd());
      else if (!(await writeOut(out, Buffer.from(history.value, 'utf8'), terminal))) return exitCodes.usage;
      else terminal.note(`Wrote ${out}.`);
      return exitCodes.ok;
    });
  },
};
