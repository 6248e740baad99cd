// utskick release: one batch to one connection.

import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { counted, sayError } from '../terminal.ts';

/** The command. */
export const releaseCommand: Command = {
  name: 'release',
  usage: '--batch ID --connection NAME [--only-ready] [--data DIR] [--json]',
  summary: 'Release every good invoice of a batch to one connection. "utskick run" then delivers them.',
  async run(argv, terminal) {
    const parsed = readArguments(
      argv,
      {
        batch: { type: 'string' },
        connection: { type: 'string' },
        'only-ready': { type: 'boolean' },
        data: { type: 'string' },
        json: { type: 'boolean' },
      },
      0,
    );
    const batchId = parsed.ok ? parsed.value.text('batch') : null;
    const connection = parsed.ok ? parsed.value.text('connection') : null;
    if (!parsed.ok || batchId === null || connection === null) {
      terminal.note(
        `${parsed.ok ? 'Both --batch and --connection are needed.' : parsed.error.message}\nUsage: utskick release ${releaseCommand.usage}`,
      );
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson }, async (engine) => {
      const released = await engine.releaseToConnection(
        { batchId, connection, isReadyOnly: parsed.value.flag('only-ready') },
        (progress) => {
          terminal.progress(`${String(progress.done)} of ${String(progress.total)} documents`);
        },
      );
      if (!released.ok) {
        sayError(terminal, released.error, isJson);
        return exitCodes.usage;
      }
      const { released: count, withoutAddress, alsoElsewhere, alreadyHere } = released.value;
      if (isJson) terminal.out(JSON.stringify(released.value));
      else terminal.out(`Released ${counted(count, 'invoice')} to ${connection}.`);
      if (count + withoutAddress + alreadyHere === 0)
        terminal.note('No invoice of the batch can be released. "utskick status" shows where they are.');
      if (withoutAddress > 0)
        terminal.note(
          `Left out: ${counted(withoutAddress, 'invoice')} without an e-mail address. Release the batch to a print connection (sftp) with --only-ready: it takes these alone.`,
        );
      if (alsoElsewhere > 0)
        terminal.note(
          `${counted(alsoElsewhere, 'invoice')} of these had been released to another connection before; the customers get them by both. --only-ready leaves such invoices out.`,
        );
      if (alreadyHere > 0)
        terminal.note(
          `${counted(alreadyHere, 'invoice')} had been released to ${connection} before, and nothing was changed about that.`,
        );
      return withoutAddress > 0 ? exitCodes.findings : exitCodes.ok;
    });
  },
};
