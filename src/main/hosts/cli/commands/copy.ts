// utskick copy: another copy of an invoice that arrived, with a reason.

import { fail } from '../../../../shared/result.ts';
import type { Result } from '../../../../shared/result.ts';
import type { Delivery } from '../../../../shared/schema/delivery.ts';
import type { LocalEngine } from '../../../engine/local-engine.ts';
import { readArguments } from '../command.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { connectionIdOf } from '../delivery-filter.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { sayError } from '../terminal.ts';
import { reasonOf } from './replace.ts';

const options = {
  invoice: { type: 'string' },
  connection: { type: 'string' },
  address: { type: 'string' },
  reason: { type: 'string' },
  'dry-run': { type: 'boolean' },
  data: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** The command. */
export const copyCommand: Command = {
  name: 'copy',
  usage: '--invoice NUMBER --reason TEXT [--connection NAME] [--address ADDRESS] [--dry-run] [--data DIR] [--json]',
  summary:
    'Queue another copy of an invoice that arrived: the only command that makes a customer get an invoice twice. The reason is kept.',
  async run(argv, terminal) {
    const parsed = readArguments(argv, options, 0);
    const invoice = parsed.ok ? parsed.value.text('invoice') : null;
    const reason = parsed.ok ? reasonOf(parsed.value) : parsed;
    if (!parsed.ok || invoice === null || !reason.ok) {
      const why = reason.ok ? '--invoice is needed.' : reason.error.message;
      terminal.note(`${why}\nUsage: utskick copy ${copyCommand.usage}`);
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson }, async (engine) => {
      const ordered = await order(engine, parsed.value, { invoice, reason: reason.value });
      if (!ordered.ok) {
        sayError(terminal, ordered.error, isJson);
        return exitCodes.usage;
      }
      const { target, connectionName, generation } = ordered.value;
      const isDry = parsed.value.flag('dry-run');
      if (isJson) terminal.out(JSON.stringify(ordered.value, null, 2));
      else if (isDry) terminal.out(`A copy of invoice ${invoice} would be made of the delivery to ${target}.`);
      else
        terminal.out(
          `Copy ${String(generation)} of invoice ${invoice} is queued: ${target} through ${connectionName}.`,
        );
      return exitCodes.ok;
    });
  },
};

/** With --dry-run the delivery that would be copied. */
async function order(
  engine: LocalEngine,
  given: ParsedArguments,
  { invoice, reason }: { readonly invoice: string; readonly reason: string },
): Promise<Result<Delivery>> {
  const found = await engine.call('delivery.page', {
    filter: { states: ['accepted'], search: invoice },
    offset: 0,
    limit: 500,
  });
  if (!found.ok) return found;
  const arrived = found.value.deliveries.findLast(({ invoiceNumber }) => invoiceNumber === invoice);
  if (arrived === undefined)
    return fail('NOT_FOUND', `No delivery of invoice ${invoice} has arrived. Only what arrived is sent once more.`);
  if (given.flag('dry-run')) return { ok: true, value: arrived };
  const to = given.text('connection');
  const connection = to === null ? null : await connectionIdOf(engine, to);
  if (connection?.ok === false) return connection;
  return engine.call('delivery.copy', {
    deliveryId: arrived.id,
    connectionId: connection === null ? null : connection.value,
    address: given.text('address'),
    reason,
  });
}
