// utskick svea ping|addresses|campaigns|contract|order: the account behind a connection, and the orders of invoices.

import type { Result } from '../../../../shared/result.ts';
import type { InvoiceOrder, OrderAct } from '../../../../shared/schema/orders.ts';
import type { LocalEngine } from '../../../engine/local-engine.ts';
import type { SveaDesk } from '../../../engine/svea-desk.ts';
import { readArguments } from '../command.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { actLines, addressLines, campaignLines, orderLines, peerOrderLines } from '../svea-lines.ts';
import { sayError } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { runVerb, sayMisused } from '../verbs.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  connection: text,
  number: text,
  company: flag,
  country: text,
  amount: text,
  monthly: text,
  invoice: text,
  order: text,
  'order-number': text,
  rows: text,
  act: text,
  done: flag,
  'not-done': flag,
  reason: text,
  'look-up': flag,
  data: text,
  json: flag,
} as const;

const usageLines = [
  'utskick svea ping --connection N [--data DIR] [--json]',
  'utskick svea addresses --connection N --number NUMBER [--company] [--country SE|NO|DK] [--data DIR] [--json]',
  'utskick svea campaigns --connection N [--amount AMOUNT] [--data DIR] [--json]',
  'utskick svea contract --connection N --monthly AMOUNT [--data DIR] [--json]',
  'utskick svea order show (--invoice NUMBER [--look-up] | --connection N (--order SVEAORDERID | --order-number OWNNUMBER)) [--data DIR] [--json]',
  'utskick svea order deliver --invoice NUMBER [--data DIR] [--json]',
  'utskick svea order credit --invoice NUMBER [--rows 1,2,…] --reason TEXT [--data DIR] [--json]',
  'utskick svea order close --invoice NUMBER [--order SVEAORDERID] --reason TEXT [--data DIR] [--json]',
  'utskick svea order settle --invoice NUMBER --act ID (--done | --not-done) --reason TEXT [--data DIR] [--json]',
] as const;

const summary =
  'Ask Svea about reach, addresses, campaigns and orders; deliver, credit and close the orders of invoices. NUMBER is the invoice’s own; rows are counted from 1 as "order show" lists them.';

interface Parts {
  readonly args: ParsedArguments;
  readonly terminal: Terminal;
  readonly engine: LocalEngine;
}
/** One verb's work; a text is what was used wrongly. */
type Verb = (parts: Parts) => Promise<ExitCode | string>;

/** The command. */
export const sveaCommand: Command = {
  name: 'svea',
  usage: 'ping|addresses|campaigns|contract --connection N … | order show|deliver|credit|close|settle …',
  summary,
  help: [...usageLines, summary].join('\n'),
  async run(argv, terminal) {
    const parsed = readArguments(argv, options, 2);
    if (!parsed.ok) return sayMisused(terminal, parsed.error.message, usageLines);
    const args = parsed.value;
    const [first = '', second = ''] = args.positionals;
    const verb = first === 'order' ? orderVerbs[second] : second === '' ? verbs[first] : undefined;
    if (verb === undefined) {
      const known = first === 'order' ? Object.keys(orderVerbs) : [...Object.keys(verbs), 'order'];
      return sayMisused(terminal, `Say one of ${known.join(', ')}.`, usageLines);
    }
    return runVerb({ terminal, args, usageLines }, (engine) => verb({ args, terminal, engine }));
  },
};

const { signal } = new AbortController();

/** A verb over the desk of the connection that --connection names. */
function atDesk(work: (parts: Parts & { readonly desk: SveaDesk }) => Promise<ExitCode | string>): Verb {
  return async (parts) => {
    const connection = parts.args.text('connection');
    if (connection === null) return '--connection is needed.';
    const desk = await parts.engine.svea(connection);
    return desk.ok ? work({ ...parts, desk: desk.value }) : said(parts, desk);
  };
}

const verbs: Readonly<Record<string, Verb>> = {
  ping: atDesk(async ({ desk, ...parts }) =>
    show(parts, await desk.ping(signal), (answer) => [`Svea answers: ${answer}`]),
  ),
  addresses: atDesk(async ({ desk, ...parts }) => {
    const { args } = parts;
    const number = args.text('number');
    if (number === null) return '--number is needed.';
    const country = args.text('country') ?? desk.country;
    const of = { country, isCompany: args.flag('company'), number };
    return show(parts, await desk.addresses(of, signal), addressLines);
  }),
  campaigns: atDesk(async ({ desk, ...parts }) => {
    const amount = parts.args.text('amount');
    const found = amount === null ? null : /^(\d{1,9})(?:[.,](\d{1,2}))?$/u.exec(amount);
    if (amount !== null && found === null) return `--amount takes an amount such as 129.00, not "${amount}".`;
    const amountMinor = found === null ? null : Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
    return show(parts, await desk.campaigns(amountMinor, signal), campaignLines);
  }),
  contract: atDesk(async ({ desk, ...parts }) => {
    const monthly = parts.args.text('monthly');
    if (monthly === null || !/^\d{1,9}(?:\.\d{1,2})?$/u.test(monthly))
      return '--monthly takes an amount such as 36.00.';
    return show(parts, await desk.contract(monthly, signal), (contract) =>
      Object.entries(contract).map(([name, value]) => `${name}: ${value ?? '–'}`),
    );
  }),
};

const orderVerbs: Readonly<Record<string, Verb>> = {
  show: async (parts) => {
    const { args, engine } = parts;
    const [orderId, ownNumber] = [args.text('order'), args.text('order-number')];
    if (args.text('invoice') === null) {
      if ((orderId === null) === (ownNumber === null)) return 'Name an invoice, or --connection and one order.';
      return atDesk(async ({ desk, ...rest }) => {
        const which = orderId === null ? { ownNumber: ownNumber ?? '' } : { orderId };
        return show(rest, await desk.orders(which, signal), peerOrderLines);
      })(parts);
    }
    const invoice = invoiceOf(parts);
    if (!invoice.ok) return said(parts, invoice);
    const orders = await engine.call('order.ofInvoice', { invoiceId: invoice.value });
    if (!orders.ok || !args.flag('look-up')) return show(parts, orders, ({ orders: all }) => all.flatMap(orderLines));
    const [order] = orders.value.orders;
    if (order === undefined) return show(parts, orders, () => []);
    const { deliveryId } = order;
    const asked = await engine.call('order.lookUp', { invoiceId: invoice.value, deliveryId });
    if (!asked.ok) return said(parts, asked);
    const again = await engine.call('order.ofInvoice', { invoiceId: invoice.value });
    if (!again.ok) return said(parts, again);
    const both = { ...again.value, atSvea: asked.value.orders };
    return show(parts, { ok: true, value: both }, ({ orders: all, atSvea }) => [
      ...all.flatMap(orderLines),
      'At Svea:',
      ...peerOrderLines(atSvea),
    ]);
  },
  deliver: atOrder(async ({ order, ...parts }) => {
    if (order.secondId === null || order.isDelivered) return 'The order has nothing left to deliver.';
    const filter = { batchId: null, connectionId: null, states: [], search: '', ids: [order.secondId] };
    return show(parts, await parts.engine.call('delivery.retry', { filter }), ({ changed }) => [
      changed > 0
        ? 'The delivery is first in the queue. "utskick run" delivers it.'
        : 'Nothing was changed: "order show" says how it stands.',
    ]);
  }),
  credit: atOrder(async ({ order, invoiceId, ...parts }) => {
    const [reason, rows] = [parts.args.text('reason'), parts.args.text('rows')];
    if (reason === null) return '--reason is needed.';
    if (rows !== null && !/^\d{1,4}(?:,\d{1,4})*$/u.test(rows)) return '--rows takes numbers such as 1,3.';
    const numbers = rows?.split(',').map((number) => order.rows[Number(number) - 1]?.position) ?? null;
    const positions = numbers?.filter((position) => position !== undefined) ?? null;
    if (positions?.length !== numbers?.length) return `The order has ${String(order.rows.length)} rows.`;
    const { deliveryId } = order;
    return acted(parts, await parts.engine.call('order.credit', { invoiceId, deliveryId, positions, reason }));
  }),
  close: atOrder(async ({ order, invoiceId, ...parts }) => {
    const reason = parts.args.text('reason');
    const orderId = parts.args.text('order') ?? order.orderId;
    if (reason === null) return '--reason is needed.';
    if (orderId === null) return 'The order’s id at Svea is not known: look it up, and name it with --order.';
    const { deliveryId } = order;
    return acted(parts, await parts.engine.call('order.close', { invoiceId, deliveryId, orderId, reason }));
  }),
  settle: atOrder(async ({ invoiceId, ...parts }) => {
    const { args, engine } = parts;
    const [reason, act] = [args.text('reason'), args.whole('act', { min: 1, max: 2 ** 40, fallback: null })];
    if (!act.ok) return act.error.message;
    if (reason === null || act.value === null) return '--act and --reason are needed.';
    if (args.flag('done') === args.flag('not-done')) return 'Say --done or --not-done.';
    const isDone = args.flag('done');
    return acted(parts, await engine.call('order.settle', { invoiceId, actId: act.value, isDone, reason }));
  }),
};

/** A verb over the newest order of the invoice that --invoice names. */
function atOrder(
  work: (parts: Parts & { readonly order: InvoiceOrder; readonly invoiceId: number }) => Promise<ExitCode | string>,
): Verb {
  return async (parts) => {
    if (parts.args.text('invoice') === null) return '--invoice is needed.';
    const invoice = invoiceOf(parts);
    if (!invoice.ok) return said(parts, invoice);
    const orders = await parts.engine.call('order.ofInvoice', { invoiceId: invoice.value });
    if (!orders.ok) return said(parts, orders);
    const [order] = orders.value.orders;
    return order === undefined
      ? 'The invoice has no order at Svea.'
      : work({ ...parts, order, invoiceId: invoice.value });
  };
}

function invoiceOf({ args, engine }: Parts): Result<number> {
  return engine.invoiceId(args.text('invoice') ?? '');
}

/** What an act came to: everything but "done" needs a person. */
function acted(parts: Parts, act: Result<OrderAct>): ExitCode {
  const code = show(parts, act, (value) => actLines([value]));
  return act.ok && act.value.state !== 'done' ? exitCodes.findings : code;
}
function show<T>(
  { terminal, args }: Pick<Parts, 'terminal' | 'args'>,
  result: Result<T>,
  lines: (value: T) => readonly string[],
): ExitCode {
  if (!result.ok) return said({ terminal, args }, result);
  if (args.flag('json')) terminal.out(JSON.stringify(result.value, null, 2));
  else {
    const shown = lines(result.value);
    terminal.out(shown.length === 0 ? 'Nothing found.' : shown.join('\n'));
  }
  return exitCodes.ok;
}

function said(
  { terminal, args }: Pick<Parts, 'terminal' | 'args'>,
  failed: Extract<Result<unknown>, { readonly ok: false }>,
): ExitCode {
  sayError(terminal, failed.error, args.flag('json'));
  return failed.error.code === 'CONNECTION_FAILED' ? exitCodes.findings : exitCodes.usage;
}
