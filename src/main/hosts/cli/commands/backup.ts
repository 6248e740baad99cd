// utskick backup: a checked copy of the database now.

import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { sayError } from '../terminal.ts';

/** The command. */
export const backupCommand: Command = {
  name: 'backup',
  usage: '[--data DIR] [--json]',
  summary: 'Make a copy of the database in the data folder’s backups, checked before it counts. Others go on working.',
  async run(argv, terminal) {
    const parsed = readArguments(argv, { data: { type: 'string' }, json: { type: 'boolean' } }, 0);
    if (!parsed.ok) {
      terminal.note(`${parsed.error.message}\nUsage: utskick backup ${backupCommand.usage}`);
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson }, async (engine) => {
      const made = await engine.makeCopy();
      if (!made.ok) {
        sayError(terminal, made.error, isJson);
        return exitCodes.busy;
      }
      const { name, sizeBytes } = made.value;
      terminal.out(
        isJson ? JSON.stringify(made.value, null, 2) : `Made ${name} (${String(sizeBytes)} bytes), checked.`,
      );
      return exitCodes.ok;
    });
  },
};
