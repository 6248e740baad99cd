// utskick reroute|readdress: a new delivery of the same document in place of one that certainly was not sent.

import { readFile } from 'node:fs/promises';
import { fail, ok } from '../../../../shared/result.ts';
import type { Result } from '../../../../shared/result.ts';
import type { AddressChange } from '../../../../shared/schema/control.ts';
import { actCommand } from '../act-command.ts';
import type { ParsedArguments } from '../command.ts';
import { connectionIdOf } from '../delivery-filter.ts';

interface Rerouting {
  readonly connectionId: string;
  readonly reason: string;
}

/** Sends through another connection. */
export const rerouteCommand = actCommand<Rerouting>({
  name: 'reroute',
  of: 'reroute',
  usage: '--to NAME --reason TEXT',
  summary:
    'Take back what certainly was not sent and queue the same documents for another connection, each in one transaction.',
  options: { to: { type: 'string' }, reason: { type: 'string' } },
  done: 're-routed',
  wish: async (engine, given) => {
    const [to, reason] = [given.text('to'), reasonOf(given)];
    if (to === null) return fail('BAD_REQUEST', '--to is needed.');
    if (!reason.ok) return reason;
    const connectionId = await connectionIdOf(engine, to);
    return connectionId.ok ? ok({ connectionId: connectionId.value, reason: reason.value }) : connectionId;
  },
  connectionOf: ({ connectionId }) => connectionId,
  act: (engine, filter, { connectionId, reason }) => engine.call('delivery.reroute', { filter, connectionId, reason }),
});

interface Readdressing {
  readonly addresses: readonly AddressChange[];
  readonly reason: string;
}

/** Corrects e-mail addresses. */
export const readdressCommand = actCommand<Readdressing>({
  name: 'readdress',
  of: 'readdress',
  usage: '(--from ADDRESS --to ADDRESS | --file CSV) --reason TEXT',
  summary:
    'Send refused and failed e-mails to corrected addresses. The CSV has a line "old address;new address" for each. The source stays as it came.',
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    file: { type: 'string' },
    reason: { type: 'string' },
  },
  done: 'sent to new addresses',
  wish: async (_, given) => {
    const reason = reasonOf(given);
    if (!reason.ok) return reason;
    const addresses = await addressesOf(given);
    return addresses.ok ? ok({ addresses: addresses.value, reason: reason.value }) : addresses;
  },
  // One address can be counted exactly; of a list the refused and failed ones are.
  narrow: (filter, { addresses }) =>
    addresses.length === 1 && (filter.search ?? '') === '' ? { ...filter, search: addresses[0]?.from ?? '' } : filter,
  act: (engine, filter, { addresses, reason }) =>
    engine.call('delivery.readdress', { filter, addresses: [...addresses], reason }),
});

/** A reason that says something. Errors: BAD_REQUEST. */
export function reasonOf(given: ParsedArguments): Result<string> {
  const reason = given.text('reason')?.trim() ?? '';
  return reason.length < 3
    ? fail('BAD_REQUEST', '--reason is needed, in a few words. It is kept in the audit log.')
    : ok(reason);
}

async function addressesOf(given: ParsedArguments): Promise<Result<readonly AddressChange[]>> {
  const [from, to, file] = [given.text('from'), given.text('to'), given.text('file')];
  if (file === null)
    return from === null || to === null ? fail('BAD_REQUEST', 'Give --from and --to, or --file.') : ok([{ from, to }]);
  if (from !== null || to !== null) return fail('BAD_REQUEST', '--file stands in the place of --from and --to.');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return fail('UNREADABLE', `${file} could not be read.`, { cause: String(error) });
  }
  const lines = text.replace(/^\uFEFF/u, '').split(/\r?\n/u);
  const addresses: AddressChange[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [old = '', fresh = '', ...rest] = line.split(/[;,\t]/u).map((part) => part.trim().replace(/^"(.*)"$/u, '$1'));
    if (!old.includes('@') && at === 0) continue;
    if (old === '' || fresh === '' || rest.some((part) => part !== ''))
      return fail('BAD_REQUEST', `Line ${String(at + 1)} of ${file} is not "old address;new address".`);
    addresses.push({ from: old, to: fresh });
  }
  return addresses.length === 0 ? fail('BAD_REQUEST', `${file} holds no addresses.`) : ok(addresses);
}
