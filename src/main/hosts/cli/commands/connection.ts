// utskick connection add|limits|list|test|remove: the targets deliveries go to.

import { addressOf, connectionInputSchema } from '../../../../shared/schema/connection.ts';
import type { Connection, SecretSource } from '../../../../shared/schema/connection.ts';
import { noLimits } from '../../../../shared/schema/connection-limits.ts';
import { channels } from '../../../../shared/schema/delivery.ts';
import type { Channel } from '../../../../shared/schema/delivery.ts';
import type { LocalEngine } from '../../../engine/local-engine.ts';
import { wordsForCause } from '../../../../shared/words/cause-words.ts';
import { readArguments } from '../command.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { emailDraft, isReadable, sendRegningDraft, sftpDraft, sveaDraft, unfit } from '../connection-draft.ts';
import { hasLimits, limitLines, limitOptions, limitUsage, readLimits } from '../limit-options.ts';
import { findConnection } from '../find-connection.ts';
import { hostKeyCommand } from '../host-key.ts';
import { withEngine } from '../open.ts';
import { errorLine, sayError } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

const addOptions = {
  name: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  tls: { type: 'string' },
  user: { type: 'string' },
  from: { type: 'string' },
  'from-name': { type: 'string' },
  ca: { type: 'string' },
  login: { type: 'string' },
  'token-url': { type: 'string' },
  'client-id': { type: 'string' },
  scope: { type: 'string' },
  cc: { type: 'string' },
  bcc: { type: 'string' },
  'dkim-domain': { type: 'string' },
  'dkim-selector': { type: 'string' },
  'dkim-key': { type: 'string' },
  approve: { type: 'string' },
  path: { type: 'string' },
  key: { type: 'string' },
  agent: { type: 'boolean' },
  names: { type: 'string' },
  'host-key': { type: 'string' },
  'accept-host-key': { type: 'boolean' },
  'password-env': { type: 'string' },
  parallel: { type: 'string' },
  url: { type: 'string' },
  shipment: { type: 'string' },
  test: { type: 'boolean' },
  'client-number': { type: 'string' },
  country: { type: 'string' },
  'order-type': { type: 'string' },
  distribution: { type: 'string' },
  campaign: { type: 'string' },
  'credit-days': { type: 'string' },
  endpoint: { type: 'string' },
  ...limitOptions,
  data: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const usageLines = {
  email:
    'utskick connection add email --name N --host H --port P [--tls none|starttls|tls] [--user U] [--password-env VAR] --from ADDRESS [--from-name TEXT] [--ca FILE] [--login password|accessToken|clientCredentials] [--token-url URL --client-id ID [--scope TEXT]] [--cc ADDRESS | --bcc ADDRESS] [--dkim-domain D --dkim-selector S --dkim-key FILE] [--parallel N] [limits] [--data DIR]',
  sftp: 'utskick connection add sftp --name N --host H [--port P] --user U (--password-env VAR | --key FILE [--password-env VAR] | --agent [--key FILE.pub]) (--host-key SHA256:… | --accept-host-key) --path DIR [--names PATTERN] [--parallel N] [limits] [--data DIR]',
  sendregning:
    'utskick connection add sendregning --name N [--url U] --user U [--password-env VAR] [--test] [--shipment as-invoice|paper|email|both] [limits] [--data DIR]',
  svea: 'utskick connection add svea --name N --url U --client-number C --user U [--password-env VAR] --country SE|NO|DK|FI|DE|NL [--order-type Invoice|PaymentPlan|AccountCredit] [--distribution Post|Email|EInvoiceB2B|Peppol] [--campaign CODE] [--credit-days N] [--endpoint test|production] [--parallel N] [limits] [--data DIR]',
  limits: `utskick connection limits NAME ${limitUsage} [--data DIR] [--json]`,
  list: 'utskick connection list [--data DIR] [--json]',
  test: 'utskick connection test NAME [--data DIR] [--json]',
  'host-key': 'utskick connection host-key NAME [--approve SHA256:…] [--data DIR] [--json]',
  remove: 'utskick connection remove NAME [--data DIR]',
} as const;
type Usage = keyof typeof usageLines;

const summary =
  'Add, limit, list, test and remove connections. Passwords go to the keychain, or are read from the variable named by --password-env.';

/** The command. */
export const connectionCommand: Command = {
  name: 'connection',
  usage: 'add email|sftp|svea|sendregning … | limits NAME … | list | test NAME | host-key NAME | remove NAME',
  summary,
  help: [
    ...Object.values(usageLines),
    summary,
    'Names: folders and file names with fields in braces, such as {date:yyyy-MM}/{invoiceNumber}_{key}.pdf.',
    'Limits: as in "connection limits"; none takes one away, and NAME alone shows what stands.',
  ].join('\n'),
  async run(argv, terminal) {
    const [verb, kind] = argv;
    const parsed = readArguments(argv, addOptions, verb === 'list' ? 1 : 2);
    if (!parsed.ok) return usage(terminal, parsed.error.message, usageFor(verb, kind));
    const [, subject] = parsed.value.positionals;
    const target = { dataOption: parsed.value.text('data'), isJson: parsed.value.flag('json') };
    switch (parsed.value.positionals[0]) {
      case 'add':
        return addConnection(terminal, subject, parsed.value);
      case 'list':
        return withEngine(terminal, target, (engine) => listConnections(engine, terminal, target.isJson));
      case 'limits':
        if (subject === undefined) return usage(terminal, 'Name the connection to limit.', ['limits']);
        return withEngine(terminal, target, (engine) =>
          limitConnection(engine, terminal, { name: subject, isJson: target.isJson, args: parsed.value }),
        );
      case 'test':
        if (subject === undefined) return usage(terminal, 'Name the connection to test.', ['test']);
        return withEngine(terminal, target, (engine) =>
          testConnection(engine, terminal, { name: subject, isJson: target.isJson }),
        );
      case 'host-key':
        if (subject === undefined) return usage(terminal, 'Name the connection whose host key is meant.', ['host-key']);
        return hostKeyCommand(terminal, target, { name: subject, approve: parsed.value.text('approve') });
      case 'remove':
        if (subject === undefined) return usage(terminal, 'Name the connection to remove.', ['remove']);
        return withEngine(terminal, target, (engine) =>
          removeConnection(engine, terminal, { name: subject, isJson: target.isJson }),
        );
      default:
        return usage(terminal, 'Say add, limits, list, test, host-key or remove.', allUsages);
    }
  },
};

const allUsages: readonly Usage[] = [
  'email',
  'sftp',
  'svea',
  'sendregning',
  'limits',
  'list',
  'test',
  'host-key',
  'remove',
];

/** The lines that fit what was begun. */
function usageFor(verb: string | undefined, kind: string | undefined): readonly Usage[] {
  if (verb === 'add') return channels.filter((each) => kind === each || !channels.some((other) => other === kind));
  return verb === 'limits' || verb === 'list' || verb === 'test' || verb === 'host-key' || verb === 'remove'
    ? [verb]
    : allUsages;
}

function usage(terminal: Terminal, message: string, lines: readonly Usage[]): ExitCode {
  terminal.note([message, 'Usage:', ...lines.map((line) => `  ${usageLines[line]}`)].join('\n'));
  return exitCodes.usage;
}

const drafts = { email: emailDraft, sftp: sftpDraft, svea: sveaDraft, sendregning: sendRegningDraft } as const;

async function addConnection(
  terminal: Terminal,
  channel: string | undefined,
  args: ParsedArguments,
): Promise<ExitCode> {
  const kind = channels.find((each) => each === channel);
  if (kind === undefined)
    return usage(terminal, 'Say which kind: connection add email, sftp, svea or sendregning.', channels);
  const draft = drafts[kind](args);
  if (typeof draft === 'string') return usage(terminal, draft, [kind]);
  const limits = readLimits(args, noLimits);
  if (!limits.ok) return usage(terminal, limits.error.message, [kind, 'limits']);
  const endpoint = args.text('endpoint') ?? (args.flag('test') ? 'test' : 'production');
  const key = args.text('key');
  if (kind === 'sftp' && key !== null && !(await isReadable(key)))
    return usage(terminal, `The key file ${key} cannot be read. Check its name and permissions.`, [kind]);
  const secret = await secretOf(terminal, kind, args);
  if (secret === null)
    return usage(
      terminal,
      'The password is needed: name a variable with --password-env, or run this in a terminal to be asked.',
      [kind],
    );
  const input = connectionInputSchema.safeParse({ ...draft, ...secret, endpoint, limits: limits.value });
  if (!input.success)
    return usage(terminal, input.error.issues.map(({ path }) => unfit(path, args)).join('\n'), [kind]);
  const target = { dataOption: args.text('data'), isJson: args.flag('json') };
  return withEngine(terminal, target, async (engine) => {
    const added = await engine.call('connection.add', input.data);
    if (!added.ok) {
      sayError(terminal, added.error, target.isJson);
      return exitCodes.usage;
    }
    if (args.flag('accept-host-key')) {
      const accepted = await acceptShownKey(engine, terminal, added.value);
      if (!accepted) {
        await engine.call('connection.remove', { connectionId: added.value.id });
        return exitCodes.usage;
      }
    }
    const saved = added.value;
    terminal.out(
      args.flag('json')
        ? JSON.stringify({ id: saved.id, name: saved.name, channel: saved.channel })
        : `Added ${saved.name} (${saved.channel}, ${addressOf(saved.config)}).`,
    );
    return exitCodes.ok;
  });
}

async function secretOf(
  terminal: Terminal,
  channel: Channel,
  args: ParsedArguments,
): Promise<{ readonly secret: SecretSource; readonly password: string | null } | null> {
  const variable = args.text('password-env');
  if (variable !== null) return { secret: { kind: 'environment', variable }, password: null };
  const needsPassword =
    channel === 'email'
      ? args.text('user') !== null
      : channel === 'svea' || channel === 'sendregning' || (args.text('key') === null && !args.flag('agent'));
  if (!needsPassword) return { secret: { kind: 'none' }, password: null };
  const password = await terminal.askSecret('Password: ');
  return password === null || password === '' ? null : { secret: { kind: 'keychain' }, password };
}

async function acceptShownKey(engine: LocalEngine, terminal: Terminal, connection: Connection): Promise<boolean> {
  const tested = await engine.call('connection.test', { connectionId: connection.id });
  if (!tested.ok) {
    terminal.note(`${errorLine(tested.error)} The connection was not added.`);
    return false;
  }
  const shown = tested.value.steps.find((step) => step.hostKey !== null)?.hostKey ?? null;
  if (shown === null) {
    const failed = tested.value.steps.find((step) => step.state === 'failed');
    terminal.note(
      `The server showed no host key (${failed?.step ?? 'address'}: ${failed?.detail ?? 'no answer'}). The connection was not added. Check --host and --port, and that the server can be reached.`,
    );
    return false;
  }
  const approved = await engine.call('connection.approveHostKey', { connectionId: connection.id, hostKey: shown });
  terminal.note(approved.ok ? `Accepted host key ${shown}.` : errorLine(approved.error));
  return approved.ok;
}

async function listConnections(engine: LocalEngine, terminal: Terminal, isJson: boolean): Promise<ExitCode> {
  const listed = await engine.call('connection.list', {});
  if (!listed.ok) {
    sayError(terminal, listed.error, isJson);
    return exitCodes.usage;
  }
  if (isJson) terminal.out(JSON.stringify({ connections: listed.value.connections.map(publicFacts) }, null, 2));
  else if (listed.value.connections.length === 0)
    terminal.out('There are no connections. Add one with "utskick connection add".');
  else
    for (const connection of listed.value.connections)
      terminal.out(`${connection.name}  ${connection.channel}  ${addressOf(connection.config)}`);
  return exitCodes.ok;
}

function publicFacts(connection: Connection): object {
  return {
    id: connection.id,
    name: connection.name,
    channel: connection.channel,
    endpoint: connection.endpoint,
    config: connection.config,
    secret: connection.secret.kind,
    limits: connection.limits,
    lastTest: connection.lastTest,
  };
}

/** Shows a connection's limits, or changes those that are given. */
async function limitConnection(
  engine: LocalEngine,
  terminal: Terminal,
  target: { readonly name: string; readonly isJson: boolean; readonly args: ParsedArguments },
): Promise<ExitCode> {
  const connection = await findConnection(engine, terminal, target);
  if (connection === null) return exitCodes.usage;
  let { limits } = connection;
  if (hasLimits(target.args)) {
    const wanted = readLimits(target.args, limits);
    if (!wanted.ok) return usage(terminal, wanted.error.message, ['limits']);
    const saved = await engine.call('connection.setLimits', { connectionId: connection.id, limits: wanted.value });
    if (!saved.ok) {
      sayError(terminal, saved.error, target.isJson);
      return exitCodes.usage;
    }
    ({ limits } = saved.value);
  }
  const lines = limitLines(limits);
  if (target.isJson) terminal.out(JSON.stringify({ name: connection.name, limits }, null, 2));
  else
    terminal.out(
      lines.length === 0 ? `Nothing limits ${connection.name}.` : `${connection.name}: ${lines.join('; ')}.`,
    );
  return exitCodes.ok;
}

async function testConnection(
  engine: LocalEngine,
  terminal: Terminal,
  test: { readonly name: string; readonly isJson: boolean },
): Promise<ExitCode> {
  const connection = await findConnection(engine, terminal, test);
  if (connection === null) return exitCodes.usage;
  const tested = await engine.call('connection.test', { connectionId: connection.id });
  if (!tested.ok) {
    sayError(terminal, tested.error, test.isJson);
    return exitCodes.usage;
  }
  if (test.isJson) terminal.out(JSON.stringify({ name: connection.name, steps: tested.value.steps }, null, 2));
  else
    for (const step of tested.value.steps) {
      terminal.out(`${step.step.padEnd(12)}${step.state.padEnd(9)}${step.detail ?? ''}`);
      if (step.state === 'failed' && step.code !== null) {
        const { title, next } = wordsForCause({ code: step.code, detail: step.detail, isRetried: false }, 'en');
        terminal.out(`${' '.repeat(21)}${title} ${next}`);
      }
    }
  return tested.value.steps.every((step) => step.state === 'ok') ? exitCodes.ok : exitCodes.findings;
}

async function removeConnection(
  engine: LocalEngine,
  terminal: Terminal,
  target: { readonly name: string; readonly isJson: boolean },
): Promise<ExitCode> {
  const connection = await findConnection(engine, terminal, target);
  if (connection === null) return exitCodes.usage;
  const removed = await engine.call('connection.remove', { connectionId: connection.id });
  if (!removed.ok) {
    sayError(terminal, removed.error, target.isJson);
    return exitCodes.usage;
  }
  terminal.out(
    target.isJson ? JSON.stringify({ id: connection.id, name: connection.name }) : `Removed ${connection.name}.`,
  );
  return exitCodes.ok;
}
