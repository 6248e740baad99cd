// Makes a command of an act over many deliveries: reads the filter, counts with --dry-run, else acts and tells how many.

import { ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { DeliveryAct } from '../../../shared/schema/control.ts';
import type { LocalEngine } from '../../engine/local-engine.ts';
import { readArguments } from './command.ts';
import type { Command, ParsedArguments } from './command.ts';
import { filterOptions, filterUsage, planText, readFilter } from './delivery-filter.ts';
import type { CliFilter } from './delivery-filter.ts';
import { exitCodes } from './exit-codes.ts';
import { withEngine } from './open.ts';
import { counted, sayError } from './terminal.ts';

/** An act as a command. */
export interface ActCommand<Wish> {
  readonly name: string;
  readonly of: DeliveryAct;
  /** What stands before the filter in the usage line; '' = nothing. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
  /** "taken back", as in "3 deliveries would be taken back". */
  readonly done: string;
  /** Reads what the act needs beside the filter. Errors are shown with the usage. */
  readonly wish: (engine: LocalEngine, given: ParsedArguments) => Promise<Result<Wish>>;
  /** Narrows the filter by the wish; left out = as given. */
  readonly narrow?: (filter: CliFilter, wish: Wish) => CliFilter;
  /** Where a re-routing goes, for the count. */
  readonly connectionOf?: (wish: Wish) => string;
  readonly act: (engine: LocalEngine, filter: CliFilter, wish: Wish) => Promise<Result<{ readonly changed: number }>>;
}

/** For acts that need nothing beside the filter. */
export const noWish = (): Promise<Result<null>> => Promise.resolve(ok(null));

/** Exit 1 when nothing was (or would be) changed. */
export function actCommand<Wish>(what: ActCommand<Wish>): Command {
  const usage = `${what.usage === '' ? '' : `${what.usage} `}${filterUsage}`;
  return {
    name: what.name,
    usage,
    summary: what.summary,
    async run(argv, terminal) {
      const parsed = readArguments(argv, { ...filterOptions, ...what.options }, 0);
      if (!parsed.ok) {
        terminal.note(`${parsed.error.message}\nUsage: utskick ${what.name} ${usage}`);
        return exitCodes.usage;
      }
      const given = parsed.value;
      const isJson = given.flag('json');
      return withEngine(terminal, { dataOption: given.text('data'), isJson }, async (engine) => {
        const wish = await what.wish(engine, given);
        const read = wish.ok ? await readFilter(engine, given) : wish;
        if (!wish.ok || !read.ok) {
          const { error } = wish.ok ? (read.ok ? { error: null } : read) : wish;
          if (error !== null) sayError(terminal, error, isJson);
          if (error?.code === 'BAD_REQUEST') terminal.note(`Usage: utskick ${what.name} ${usage}`);
          return exitCodes.usage;
        }
        const filter = what.narrow?.(read.value, wish.value) ?? read.value;
        if (given.flag('dry-run')) {
          const connectionId = what.connectionOf?.(wish.value) ?? null;
          const plan = await engine.call('delivery.plan', { act: what.of, filter, connectionId });
          if (!plan.ok) {
            sayError(terminal, plan.error, isJson);
            return exitCodes.usage;
          }
          terminal.out(isJson ? JSON.stringify(plan.value, null, 2) : planText(plan.value, what.done));
          return plan.value.count > 0 ? exitCodes.ok : exitCodes.findings;
        }
        const acted = await what.act(engine, filter, wish.value);
        if (!acted.ok) {
          sayError(terminal, acted.error, isJson);
          return exitCodes.usage;
        }
        const { changed } = acted.value;
        terminal.out(
          isJson ? JSON.stringify(acted.value) : `${counted(changed, 'delivery', 'deliveries')} ${what.done}.`,
        );
        if (changed === 0) terminal.note('Nothing fits. --dry-run tells what was left and why.');
        return changed > 0 ? exitCodes.ok : exitCodes.findings;
      });
    },
  };
}
