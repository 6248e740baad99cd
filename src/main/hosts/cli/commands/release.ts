// utskick release: one batch to one connection.

import { fail, ok } from '../../../../shared/result.ts';
import type { Result } from '../../../../shared/result.ts';
import { sveaWords } from '../../../../shared/words/svea-words.ts';
import { parseLocalTime } from '../../../../shared/local-time.ts';
import { readArguments } from '../command.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ConnectionRelease } from '../../../engine/local-engine.ts';
import { withEngine } from '../open.ts';
import { counted, sayError } from '../terminal.ts';

/** The command. */
export const releaseCommand: Command = {
  name: 'release',
  usage: '--batch ID --connection NAME [--only-ready] [--first N] [--at "YYYY-MM-DD HH:MM"] [--data DIR] [--json]',
  summary:
    'Release every good invoice of a batch to one connection. "utskick run" then delivers them. --first N: the first N go, the rest waits for "utskick trial".',
  async run(argv, terminal) {
    const parsed = readArguments(
      argv,
      {
        batch: { type: 'string' },
        connection: { type: 'string' },
        'only-ready': { type: 'boolean' },
        first: { type: 'string' },
        at: { type: 'string' },
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
    const wish = wishOf(parsed.value);
    if (!wish.ok) {
      terminal.note(`${wish.error.message}\nUsage: utskick release ${releaseCommand.usage}`);
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson }, async (engine) => {
      const released = await engine.releaseToConnection(
        { batchId, connection, isReadyOnly: parsed.value.flag('only-ready'), ...wish.value },
        (progress) => {
          terminal.progress(`${String(progress.done)} of ${String(progress.total)} documents`);
        },
      );
      if (!released.ok) {
        sayError(terminal, released.error, isJson);
        return exitCodes.usage;
      }
      const { released: count, withoutAddress, unfit, alsoElsewhere, alreadyHere } = released.value;
      if (isJson) terminal.out(JSON.stringify(released.value));
      else terminal.out(`Released ${counted(count, 'invoice')} to ${connection}.`);
      if (wish.value.firstFew !== null && count > wish.value.firstFew)
        terminal.note(
          `The first ${String(wish.value.firstFew)} go with the next run; the other ${String(count - wish.value.firstFew)} wait for "utskick trial --batch ${batchId} --go-on" or --stop.`,
        );
      for (const line of unfitLines(unfit)) terminal.note(line);
      if (count + withoutAddress + unfit.length + alreadyHere === 0)
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
      return withoutAddress + unfit.length > 0 ? exitCodes.findings : exitCodes.ok;
    });
  },
};

/** Invoices that the connection's channel cannot take; the first few by number and reason. */
function unfitLines(unfit: ConnectionRelease['unfit']): readonly string[] {
  if (unfit.length === 0) return [];
  const shown = unfit.slice(0, 20).map(({ invoiceNumber, problems }) => {
    const reasons = problems.map(
      ({ code, field, found, expected }) =>
        `${sveaWords(code, 'en')?.[0] ?? code} (${field ?? 'invoice'}: ${found === '' ? 'nothing' : found}; expected ${expected})`,
    );
    return `  ${invoiceNumber}: ${reasons.join(', ')}`;
  });
  const more = unfit.length - shown.length;
  return [
    `Left out: ${counted(unfit.length, 'invoice')} that this connection cannot take.`,
    ...shown,
    ...(more === 0 ? [] : [`  and ${counted(more, 'other')}; --json lists all.`]),
  ];
}

/** How many go first, and when. Errors: BAD_REQUEST. */
function wishOf(
  given: ParsedArguments,
): Result<{ readonly firstFew: number | null; readonly notBeforeMs: number | null }> {
  const first = given.whole('first', { min: 1, max: 100_000, fallback: null });
  if (!first.ok) return first;
  const at = given.text('at');
  const notBeforeMs = at === null ? null : parseLocalTime(at);
  if (at !== null && notBeforeMs === null)
    return fail('BAD_REQUEST', `"${at}" is no local date and time. Write it as 2026-11-23 08:00.`);
  return ok({ firstFew: first.value, notBeforeMs });
}
