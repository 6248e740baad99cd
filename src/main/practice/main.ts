// The practice process: mail server, print vendor, Svea, SendRegning and control address over one folder. Arguments in, one line of addresses out.

import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startControlServer } from './control-server.ts';
import type { HttpProvider } from './http-provider.ts';
import { readPracticeKeys } from './keys.ts';
import type { PracticeKeys } from './keys.ts';
import { openLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { practiceHost } from './listener.ts';
import { createSftpProvider } from './sftp-provider.ts';
import type { SftpProvider } from './sftp-provider.ts';
import { createSmtpProvider } from './smtp-provider.ts';
import type { SmtpProvider } from './smtp-provider.ts';
import { sendregningReceived } from './sendregning/ledger-entries.ts';
import type { SwsEntry } from './sendregning/ledger-entries.ts';
import { createSendregningProvider, sendregningEndpoint } from './sendregning/provider.ts';
import type { SendregningEndpoint } from './sendregning/provider.ts';
import { sveaReceived } from './svea/ledger-entries.ts';
import type { SveaEntry } from './svea/ledger-entries.ts';
import { createSveaProvider, sveaEndpoint } from './svea/provider.ts';
import type { SveaEndpoint } from './svea/provider.ts';

const user = 'practice';
const usage =
  'Usage: utskick practice --dir DIR [--smtp-port N] [--sftp-port N] [--svea-port N] [--sendregning-port N] [--json]';
const usageExit = 2;

interface PracticeArguments {
  readonly dir: string;
  readonly smtpPort: number;
  readonly sftpPort: number;
  readonly sveaPort: number;
  readonly sendregningPort: number;
  readonly isJson: boolean;
  /** Ends when standard input closes, so that it never outlives the program that started it. */
  readonly isWithParent: boolean;
}

const args = readArguments();
if (args === null) {
  console.error(usage);
  process.exitCode = usageExit;
} else
  await run(args).catch((error: unknown) => {
    const words = startFailure(error, args);
    if (words === null) throw error;
    console.error(words);
    process.exit(usageExit);
  });

async function run(options: PracticeArguments): Promise<void> {
  await mkdir(join(options.dir, 'sftp'), { recursive: true });
  const keys = await readPracticeKeys(options.dir);
  const login = { user, password: keys.password };
  const { ledgers, providers } = await openProviders(options, keys);
  const listeners = Object.values(providers).map(({ listener }) => listener);
  await Promise.all(listeners.map((listener) => listener.open()));

  const token = randomBytes(24).toString('base64url');
  const stateOf = (name: keyof typeof providers): unknown => ({
    isUp: providers[name].listener.isOpen,
    host: practiceHost,
    port: providers[name].listener.port,
    received: ledgers[name].received(),
    ledger: ledgers[name].path,
    misbehaving: providers[name].mischief.current(),
  });
  const control = await startControlServer(token, {
    state: () => ({
      smtp: stateOf('smtp'),
      sftp: stateOf('sftp'),
      svea: stateOf('svea'),
      sendregning: stateOf('sendregning'),
    }),
    misbehave(order) {
      providers[order.provider].mischief.set(order);
    },
    async setNetwork(isUp) {
      await Promise.all(listeners.map((listener) => (isUp ? listener.open() : listener.close())));
    },
    instruct: (provider, command) => providers[provider].instruct(command),
    shutdown: () => void stop(),
  });

  let isStopping = false;
  async function stop(): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    await Promise.all([...listeners.map((listener) => listener.close()), control.close()]);
    await Promise.all(Object.values(ledgers).map((ledger) => ledger.close()));
    process.exit(0);
  }

  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  if (options.isWithParent) process.stdin.resume().once('close', () => void stop());
  announce(options.isJson, {
    smtp: { host: practiceHost, port: providers.smtp.listener.port, ...login },
    sftp: { host: practiceHost, port: providers.sftp.listener.port, ...login, hostKey: keys.hostKeyFingerprint },
    svea: sveaEndpoint(providers.svea, login),
    sendregning: sendregningEndpoint(providers.sendregning, login),
    control: { url: control.url, token },
    ledgers: {
      smtp: ledgers.smtp.path,
      sftp: ledgers.sftp.path,
      svea: ledgers.svea.path,
      sendregning: ledgers.sendregning.path,
    },
  });
}

/** All providers over the folder, which must be there; none of them listening yet. */
async function openProviders(
  { dir, ...ports }: PracticeArguments,
  keys: PracticeKeys,
): Promise<{
  readonly ledgers: {
    readonly smtp: Ledger;
    readonly sftp: Ledger;
    readonly svea: Ledger<SveaEntry>;
    readonly sendregning: Ledger<SwsEntry>;
  };
  readonly providers: {
    readonly smtp: SmtpProvider;
    readonly sftp: SftpProvider;
    readonly svea: HttpProvider;
    readonly sendregning: HttpProvider;
  };
}> {
  const root = join(dir, 'sftp');
  const fileOf = (name: string): string => join(dir, `${name}-ledger.jsonl`);
  const ledgers = {
    smtp: await openLedger(fileOf('smtp'), 'smtp'),
    sftp: await openLedger(fileOf('sftp'), 'sftp'),
    svea: await openLedger<SveaEntry>(fileOf('svea'), 'svea', sveaReceived),
    sendregning: await openLedger<SwsEntry>(fileOf('sendregning'), 'sendregning', sendregningReceived),
  };
  const login = { user, password: keys.password };
  const { hostKey, authorizedKeys } = keys;
  const ssh = { root, hostKey, authorizedKeys };
  return {
    ledgers,
    providers: {
      smtp: createSmtpProvider({ port: ports.smtpPort, ...login, ledger: ledgers.smtp }),
      sftp: createSftpProvider({ port: ports.sftpPort, ...login, ...ssh, ledger: ledgers.sftp }),
      svea: createSveaProvider({ port: ports.sveaPort, ...login, ledger: ledgers.svea }),
      sendregning: createSendregningProvider({
        port: ports.sendregningPort,
        ...login,
        ledger: ledgers.sendregning,
      }),
    },
  };
}

interface Announcement {
  readonly smtp: { readonly host: string; readonly port: number; readonly user: string; readonly password: string };
  readonly sftp: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly hostKey: string;
  };
  readonly svea: SveaEndpoint;
  readonly sendregning: SendregningEndpoint;
  readonly control: { readonly url: string; readonly token: string };
  readonly ledgers: Readonly<Record<'smtp' | 'sftp' | 'svea' | 'sendregning', string>>;
}

function announce(isJson: boolean, found: Announcement): void {
  if (isJson) {
    console.log(JSON.stringify(found));
    return;
  }
  console.log(
    `Mail server   ${found.smtp.host}:${found.smtp.port} (no TLS, login optional: ${found.smtp.user} / ${found.smtp.password})`,
  );
  console.log(
    `Print vendor  ${found.sftp.host}:${found.sftp.port} (SFTP, user ${found.sftp.user}, password ${found.sftp.password})`,
  );
  console.log(`Host key      ${found.sftp.hostKey}`);
  console.log(`Svea          ${found.svea.url} (user ${found.svea.user}, password ${found.svea.password})`);
  console.log(`Svea clients  ${found.svea.clients.map(clientWords).join(', ')}`);
  console.log(
    `SendRegning   ${found.sendregning.url} (user ${found.sendregning.user}, password ${found.sendregning.password})`,
  );
  console.log(`Ledgers       ${Object.values(found.ledgers).join('\n              ')}`);
  console.log(`Control       ${found.control.url} (token ${found.control.token})`);
  console.log('Stop with Ctrl+C.');
}

function clientWords({ clientNumber, country, orderType }: SveaEndpoint['clients'][number]): string {
  return `${clientNumber} ${country} ${orderType}`;
}

/** Words for a folder or port that cannot be had; null for everything else, which is a bug. */
function startFailure(error: unknown, { dir }: PracticeArguments): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const port = 'port' in error ? String(error.port) : '';
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Choose another one, or leave the option out to get a free one.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      return port === ''
        ? `The folder ${dir} cannot be made or written. Check its permissions, or choose another with --dir.`
        : `Port ${port} may not be opened by this user. Choose one from 1024 on, or leave the option out.`;
    default:
      return null;
  }
}

function readArguments(): PracticeArguments | null {
  try {
    const { values } = parseArgs({
      options: {
        dir: { type: 'string' },
        'smtp-port': { type: 'string', default: '0' },
        'sftp-port': { type: 'string', default: '0' },
        'svea-port': { type: 'string', default: '0' },
        'sendregning-port': { type: 'string', default: '0' },
        json: { type: 'boolean', default: false },
        'with-parent': { type: 'boolean', default: false },
      },
    });
    const smtpPort = portOf(values['smtp-port']);
    const sftpPort = portOf(values['sftp-port']);
    const sveaPort = portOf(values['svea-port']);
    const sendregningPort = portOf(values['sendregning-port']);
    if (values.dir === undefined || smtpPort === null || sftpPort === null) return null;
    if (sveaPort === null || sendregningPort === null) return null;
    const ports = { smtpPort, sftpPort, sveaPort, sendregningPort };
    return { dir: resolve(values.dir), ...ports, isJson: values.json, isWithParent: values['with-parent'] };
  } catch (error) {
    // The first line names the argument; what follows is about escaping.
    console.error((error instanceof Error ? error.message : String(error)).split('\n')[0]);
    return null;
  }
}

function portOf(text: string): number | null {
  return /^\d{1,5}$/u.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}
