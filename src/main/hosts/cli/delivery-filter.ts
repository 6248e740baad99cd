// The options that say which deliveries a command is about, and how a count before an act is told. No acts here.

import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { MethodInput } from '../../../shared/contract/methods.ts';
import type { ActPlan, LeftReason } from '../../../shared/schema/control.ts';
import { deliveryStates } from '../../../shared/schema/delivery.ts';
import type { LocalEngine } from '../../engine/local-engine.ts';
import type { ParsedArguments } from './command.ts';
import { counted } from './terminal.ts';

/** Options of every command over many deliveries. */
export const filterOptions = {
  batch: { type: 'string' },
  connection: { type: 'string' },
  state: { type: 'string' },
  cause: { type: 'string', multiple: true },
  search: { type: 'string' },
  all: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  data: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** The same as a usage line. */
export const filterUsage =
  '(--all | [--batch ID] [--connection NAME] [--state S,S] [--cause CAUSE]… [--search TEXT]) [--dry-run] [--data DIR] [--json]';

/** A filter as the contract takes it. */
export type CliFilter = MethodInput<'delivery.plan'>['filter'];

/** Errors: BAD_REQUEST (nothing chosen, no such state), NOT_FOUND (batch, connection). */
export async function readFilter(engine: LocalEngine, given: ParsedArguments): Promise<Result<CliFilter>> {
  const [batch, connection, state, search] = [
    given.text('batch'),
    given.text('connection'),
    given.text('state'),
    given.text('search'),
  ];
  const causes = given.texts('cause');
  const isChosen = [batch, connection, state, search].some((text) => text !== null) || causes.length > 0;
  if (isChosen === given.flag('all'))
    return fail(
      'BAD_REQUEST',
      isChosen
        ? '--all stands alone.'
        : 'Say which deliveries: --batch, --connection, --state, --cause or --search, or --all.',
    );
  const states = (state ?? '').split(',').filter((name) => name !== '');
  const wrong = states.find((name) => !deliveryStates.some((each) => each === name));
  if (wrong !== undefined)
    return fail('BAD_REQUEST', `There is no state "${wrong}". The states are ${deliveryStates.join(', ')}.`);
  const found = await namesOf(engine, { batch, connection });
  if (!found.ok) return found;
  return ok({
    ...found.value,
    states: deliveryStates.filter((each) => states.includes(each)),
    search: search ?? '',
    ...(causes.length === 0 ? {} : { causes: [...causes] }),
  });
}

/** A connection's id by its name. Errors: NOT_FOUND. */
export async function connectionIdOf(engine: LocalEngine, name: string): Promise<Result<string>> {
  const all = await engine.call('connection.list', {});
  if (!all.ok) return all;
  const found = all.value.connections.find(
    (connection) => connection.id === name || connection.name.toLowerCase() === name.toLowerCase(),
  );
  return found === undefined
    ? fail('NOT_FOUND', `There is no connection ${name}. "utskick connection list" lists them.`)
    : ok(found.id);
}

async function namesOf(
  engine: LocalEngine,
  { batch, connection }: { readonly batch: string | null; readonly connection: string | null },
): Promise<Result<Pick<CliFilter, 'batchId' | 'connectionId'>>> {
  const connectionId = connection === null ? ok(null) : await connectionIdOf(engine, connection);
  if (!connectionId.ok) return connectionId;
  if (batch === null) return ok({ batchId: null, connectionId: connectionId.value });
  const found = await engine.call('batch.get', { batchId: batch });
  if (!found.ok) return fail('NOT_FOUND', `There is no batch ${batch}. "utskick status" lists them.`);
  return ok({ batchId: found.value.batch.id, connectionId: connectionId.value });
}

const leftWords = {
  sent: 'sent already, and nothing recalls them',
  underWay: 'being sent right now',
  unknown: 'may have been sent; settle them first',
  cancelled: 'taken back before',
  held: 'held',
  otherState: 'in a state this does not apply to',
  noAddress: 'without an e-mail address',
  alreadyThere: 'there already',
  laterStep: 'ordered at the recipient already',
  otherDocument: 'with another document than that connection takes',
} as const satisfies Record<LeftReason, string>;

/** "42 deliveries. Left as they are: 3 sent already, …". */
export function planText(plan: ActPlan, would: string): string {
  const left = plan.left.map(({ reason, count }) => `${String(count)} ${leftWords[reason]}`);
  const leftText = left.length === 0 ? '' : ` Left as they are: ${left.join('; ')}.`;
  return `${counted(plan.count, 'delivery', 'deliveries')} would be ${would}.${leftText}`;
}
