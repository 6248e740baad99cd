// utskick audit: the audit log as CSV or JSON lines.

import { auditForms } from '../../../../shared/schema/audit.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { errorLine } from '../terminal.ts';
import { writeOut } from '../write-out.ts';

/** The command. */
export const auditCommand: Command = {
  name: 'audit',
  usage: '[--format csv|jsonl] [--out FILE] [--search TEXT] [--data DIR]',
  summary: 'Write the audit log: who did what and when, before and after, with the hash of every entry.',
  async run(argv, terminal) {
    const text = { type: 'string' } as const;
    const parsed = readArguments(argv, { format: text, out: text, search: text, data: text }, 0);
    const wanted = parsed.ok ? (parsed.value.text('format') ?? 'jsonl') : '';
    const form = auditForms.find((known) => known === wanted);
    if (!parsed.ok || form === undefined) {
      const reason = parsed.ok ? `--format is ${auditForms.join(' or ')}, not "${wanted}".` : parsed.error.message;
      terminal.note(`${reason}\nUsage: utskick audit ${auditCommand.usage}`);
      return exitCodes.usage;
    }
    const { value } = parsed;
    return withEngine(terminal, { dataOption: value.text('data'), isJson: false }, async (engine) => {
      const filter = { search: value.text('search') ?? '' };
      const exported = await engine.call('audit.export', { filter, form, language: engine.language() });
      if (!exported.ok) {
        terminal.note(errorLine(exported.error));
        return exitCodes.usage;
      }
      const out = value.text('out');
      if (out === null) await terminal.outPieces([exported.value.text]);
      else if (!(await writeOut(out, exported.value.text, terminal))) return exitCodes.usage;
      return exitCodes.ok;
    });
  },
};
