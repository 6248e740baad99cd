// utskick sendregning constants|countries|status|document|ledger|balance|recipients|categories|dun|settle|rehearse|execute: the account behind a connection.

import { readFile } from 'node:fs/promises';
import { fail } from '../../../../shared/result.ts';
import type { Result } from '../../../../shared/result.ts';
import type { LocalEngine } from '../../../engine/local-engine.ts';
import type { SendRegningDesk } from '../../../engine/sendregning-desk.ts';
import { readArguments } from '../command.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import {
  balanceLines,
  constantLines,
  dunningLines,
  ledgerLines,
  recipientLines,
  rehearsalLines,
  statusLines,
  trackingLines,
} from '../sendregning-lines.ts';
import { sayError } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { writeOut } from '../write-out.ts';
import { sayMisused } from '../verbs.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  connection: text,
  recipient: text,
  name: text,
  category: text,
  invoice: text,
  last: text,
  documents: flag,
  fee: flag,
  interest: flag,
  type: text,
  days: text,
  text,
  'dry-run': flag,
  action: text,
  param: { type: 'string', multiple: true },
  xml: text,
  batch: text,
  reason: text,
  done: flag,
  'not-done': flag,
  'accept-json': flag,
  format: text,
  out: text,
  data: text,
  json: flag,
} as const;

const usageLines = [
  'utskick sendregning constants|countries|categories --connection N [--data DIR] [--json]',
  'utskick sendregning status --connection N [INVOICENO… | --last N | --documents] [--data DIR] [--json]',
  'utskick sendregning document --connection N --invoice INVOICENO --out FILE [--format pdf|jpg] [--data DIR]',
  'utskick sendregning ledger --connection N --recipient NO [--data DIR] [--json]',
  'utskick sendregning balance --connection N [--recipient NO] [--data DIR] [--json]',
  'utskick sendregning recipients --connection N [--recipient NO | --name TEXT | --category C] [--data DIR] [--json]',
  'utskick sendregning dun --connection N --invoice INVOICENO [--fee] [--interest] [--type 1Dunning…9Dunning|deptCollectionNotice] [--days N] [--text TEXT] [--dry-run] [--data DIR] [--json]',
  'utskick sendregning settle --connection N --invoice INVOICENO (--done | --not-done) --reason TEXT [--data DIR] [--json]',
  'utskick sendregning rehearse --connection N --batch ID [--data DIR] [--json]',
  'utskick sendregning execute --connection N --action A --type T [--param NAME=VALUE]… [--xml FILE] [--accept-json] [--out FILE] [--data DIR]',
] as const;

const summary =
  'Ask the SendRegning account of a connection, send a dunning, have a batch looked at without sending it, or make any call. INVOICENO is SendRegning’s own number; a dunning is for invoices that were sent from here.';

/** One verb's work; a text is what was used wrongly. */
type Verb = (parts: Parts) => Promise<ExitCode | string>;

interface Parts {
  readonly desk: SendRegningDesk;
  readonly args: ParsedArguments;
  readonly terminal: Terminal;
  readonly engine: LocalEngine;
  readonly connection: string;
}

/** The command. */
export const sendRegningCommand: Command = {
  name: 'sendregning',
  usage:
    'constants|countries|categories|status|document|ledger|balance|recipients|dun|settle|rehearse|execute --connection N …',
  summary,
  help: [...usageLines, summary].join('\n'),
  async run(argv, terminal) {
    const parsed = readArguments(argv, options, 1_000);
    if (!parsed.ok) return misused(terminal, parsed.error.message);
    const args = parsed.value;
    const verb = verbs[args.positionals[0] ?? ''];
    if (verb === undefined) return misused(terminal, `Say one of ${Object.keys(verbs).join(', ')}.`);
    const connection = args.text('connection');
    if (connection === null) return misused(terminal, '--connection is needed.');
    if (args.positionals.length > 1 && args.positionals[0] !== 'status')
      return misused(terminal, `"${args.positionals[1] ?? ''}" is one argument too many.`);
    const isJson = args.flag('json');
    return withEngine(terminal, { dataOption: args.text('data'), isJson }, async (engine) => {
      const desk = await engine.sendRegning(connection, new AbortController().signal);
      if (!desk.ok) {
        sayError(terminal, desk.error, isJson);
        return exitCodes.usage;
      }
      const ended = await verb({ desk: desk.value, args, terminal, engine, connection });
      return typeof ended === 'string' ? misused(terminal, ended) : ended;
    });
  },
};

function misused(terminal: Terminal, message: string): ExitCode {
  return sayMisused(terminal, message, usageLines);
}

const verbs: Readonly<Record<string, Verb>> = {
  constants: async ({ desk, args, terminal, engine, connection }) => {
    const constants = await desk.constants();
    // What the mapping of invoices goes by is fetched again with them.
    if (constants.ok) await engine.call('account.fetchLists', { connectionId: connection });
    return show({ terminal, args }, constants, (value) => (value === null ? [] : constantLines(value)));
  },
  countries: async ({ desk, args, terminal }) => show({ terminal, args }, await desk.countries(), (value) => value),
  categories: async ({ desk, args, terminal }) =>
    show({ terminal, args }, await desk.categories(), (value) =>
      value.map(({ name, recipientCount }) => `${name}  ${recipientCount ?? ''}`.trimEnd()),
    ),
  status: async ({ desk, args, terminal, engine, connection }) => {
    const invoiceNumbers = args.positionals.slice(1);
    const last = args.whole('last', { min: 1, max: 10_000, fallback: null });
    if (!last.ok) return last.error.message;
    const isNamed = invoiceNumbers.length > 0;
    if (isNamed && last.value !== null) return 'Name invoices, or say --last N.';
    if (!isNamed && last.value === null) return trackAll({ engine, connection, args, terminal });
    if (args.flag('documents')) return '--documents fetches those of everything that was sent: name no invoices.';
    const selection = last.value === null ? { invoiceNumbers } : { which: { last: last.value } };
    return show({ terminal, args }, await desk.statuses(selection), statusLines);
  },
  document: async ({ desk, args, terminal }) => {
    const [invoice, out, format] = [args.text('invoice'), args.text('out'), args.text('format') ?? 'pdf'];
    if (invoice === null || out === null) return '--invoice and --out are needed.';
    if (format !== 'pdf' && format !== 'jpg') return '--format is pdf or jpg.';
    const fetched = await desk.document(invoice, format === 'pdf' ? 'PDF' : 'JPG');
    if (!fetched.ok) return said(terminal, args, fetched);
    if (fetched.value === null) {
      terminal.note(`SendRegning has no invoice ${invoice}.`);
      return exitCodes.usage;
    }
    if (!(await writeOut(out, fetched.value, terminal))) return exitCodes.usage;
    terminal.note(`Wrote ${out} (${String(fetched.value.byteLength)} bytes).`);
    return exitCodes.ok;
  },
  ledger: async ({ desk, args, terminal }) => {
    const recipient = args.text('recipient');
    return recipient === null
      ? '--recipient is needed.'
      : show({ terminal, args }, await desk.ledger(recipient), ledgerLines);
  },
  balance: async ({ desk, args, terminal }) =>
    show({ terminal, args }, await desk.balances(args.text('recipient')), balanceLines),
  recipients: async ({ desk, args, terminal }) => {
    const [recipientNo, query, category] = [args.text('recipient'), args.text('name'), args.text('category')];
    if ([recipientNo, query, category].filter((value) => value !== null).length > 1)
      return 'Ask by --recipient, --name or --category, one of them.';
    const wanted = {
      ...(recipientNo === null ? {} : { recipientNo }),
      ...(query === null ? {} : { query }),
      ...(category === null ? {} : { category }),
    };
    return show({ terminal, args }, await desk.recipients(wanted), recipientLines);
  },
  dun: async ({ args, terminal, engine, connection }) => {
    const invoiceNo = args.text('invoice');
    const days = args.whole('days', { min: 1, max: 365, fallback: null });
    const type = args.text('type');
    if (invoiceNo === null) return '--invoice is needed.';
    if (!days.ok) return days.error.message;
    if (type !== null && !/^(?:[1-9]Dunning|deptCollectionNotice)$/u.test(type))
      return '--type is 1Dunning to 9Dunning, or deptCollectionNotice.';
    const dunning = {
      dunningFee: args.flag('fee'),
      interest: args.flag('interest'),
      dunningType: type,
      dunningText: args.text('text'),
      dunningDays: days.value,
    };
    const place = engine.sentInvoice(connection, invoiceNo);
    if (!place.ok) return said(terminal, args, place);
    if (args.flag('dry-run')) {
      const checked = await engine.call('account.checkDunning', { ...place.value, dunning });
      if (!checked.ok) return said(terminal, args, checked);
      const { findings } = checked.value;
      show({ terminal, args }, checked, () => dunningLines({ findings, act: null }));
      return findings.some(({ isInTheWay }) => isInTheWay) ? exitCodes.findings : exitCodes.ok;
    }
    const dunned = await engine.call('account.dun', { ...place.value, dunning });
    if (!dunned.ok) return said(terminal, args, dunned);
    show({ terminal, args }, dunned, dunningLines);
    return dunned.value.act?.state === 'done' ? exitCodes.ok : exitCodes.findings;
  },
  settle: async ({ args, terminal, engine, connection }) => {
    const [invoiceNo, reason, isDone] = [args.text('invoice'), args.text('reason'), args.flag('done')];
    if (invoiceNo === null || reason === null) return '--invoice and --reason are needed.';
    if (isDone === args.flag('not-done')) return 'Say --done or --not-done.';
    const place = engine.sentInvoice(connection, invoiceNo);
    if (!place.ok) return said(terminal, args, place);
    const { invoiceId, deliveryId } = place.value;
    const known = await engine.call('account.ofInvoice', { invoiceId });
    if (!known.ok) return said(terminal, args, known);
    const account = known.value.accounts.find((each) => each.deliveryId === deliveryId);
    const open = account?.acts.find(({ state }) => state === 'unknown');
    if (open === undefined)
      return said(
        terminal,
        args,
        fail('NOT_FOUND', 'The invoice has no dunning in doubt.', { invoiceNumber: invoiceNo }),
      );
    const settled = await engine.call('order.settle', { invoiceId, actId: open.id, isDone, reason });
    return show({ terminal, args }, settled, (act) => dunningLines({ findings: [], act }));
  },
  rehearse: async ({ args, terminal, engine, connection }) => {
    const batchId = args.text('batch');
    if (batchId === null) return '--batch is needed.';
    const rehearsed = await engine.rehearse(batchId, connection);
    if (!rehearsed.ok) return said(terminal, args, rehearsed);
    show({ terminal, args }, rehearsed, ({ lanes }) => lanes.flatMap(rehearsalLines));
    const isClean = rehearsed.value.lanes.every(
      ({ differing, refused, unfit, fault }) => differing.count + refused.count + unfit.count === 0 && fault === null,
    );
    return isClean ? exitCodes.ok : exitCodes.findings;
  },
  execute: async ({ desk, args, terminal }) => {
    const [action, type, file, out] = [args.text('action'), args.text('type'), args.text('xml'), args.text('out')];
    if (action === null || type === null) return '--action and --type are needed.';
    const pairs = args.texts('param').map((pair) => pair.split(/=(.*)/su));
    if (pairs.some(([name, value]) => name === undefined || name === '' || value === undefined))
      return '--param takes NAME=VALUE.';
    if (pairs.some(([name]) => name === 'action' || name === 'type' || name === 'test'))
      return 'action, type and test are no --param: test mode belongs to the connection.';
    const xml = file === null ? null : await readFile(file).catch(() => 'unreadable' as const);
    if (xml === 'unreadable') return `The file ${file ?? ''} cannot be read.`;
    const query = Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
    const answer = await desk.execute({ action, type, query, xml, isJson: args.flag('accept-json') });
    if (!answer.ok) return said(terminal, args, answer);
    const { status, mediaType, body } = answer.value;
    terminal.note(`${String(status)} ${mediaType} (${String(body.byteLength)} bytes)`);
    if (out !== null) {
      if (!(await writeOut(out, body, terminal))) return exitCodes.usage;
    } else if (body.byteLength > 0) terminal.out(Buffer.from(body).toString('utf8'));
    // A page for a person is a failure whatever its status says.
    return status < 300 && mediaType !== 'text/html' ? exitCodes.ok : exitCodes.findings;
  },
};

/** Everything sent through the connection: what is new goes into the invoices' histories. */
async function trackAll({ engine, connection, args, terminal }: Omit<Parts, 'desk'>): Promise<ExitCode> {
  const withDocuments = args.flag('documents');
  const tracked = await engine.trackSendRegning(connection, { withDocuments, signal: new AbortController().signal });
  return show({ terminal, args }, tracked, trackingLines);
}

function show<T>(
  { terminal, args }: Pick<Parts, 'terminal' | 'args'>,
  result: Result<T>,
  lines: (value: T) => readonly string[],
): ExitCode {
  if (!result.ok) return said(terminal, args, result);
  if (args.flag('json')) terminal.out(JSON.stringify(result.value, null, 2));
  else {
    const shown = lines(result.value);
    terminal.out(shown.length === 0 ? 'Nothing found.' : shown.join('\n'));
  }
  return exitCodes.ok;
}

function said(
  terminal: Terminal,
  args: ParsedArguments,
  failed: Extract<Result<unknown>, { readonly ok: false }>,
): ExitCode {
  sayError(terminal, failed.error, args.flag('json'));
  return failed.error.code === 'CONNECTION_FAILED' ? exitCodes.findings : exitCodes.usage;
}
