// The practice process: mail server, print vendor, Svea and control address over one folder. Arguments in, one line of addresses out.

import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startControlServer } from './control-server.ts';
import { readPracticeKeys } from './keys.ts';
import { openLedger } from './ledger.ts';
import { practiceHost } from './listener.ts';
import { createSftpProvider } from './sftp-provider.ts';
import { createSmtpProvider } from './smtp-provider.ts';
import { sveaReceived } from './svea/ledger-entries.ts';
import type { SveaEntry } from './svea/ledger-entries.ts';
import { createSveaProvider, sveaEndpoint } from './svea/provider.ts';
import type { SveaEndpoint } from './svea/provider.ts';

const user = 'practice';
const usage = 'Usage: utskick practice --dir DIR [--smtp-port N] [--sftp-port N] [--svea-port N] [--json]';
const usageExit = 2;

interface PracticeArguments {
  readonly dir: string;
  readonly smtpPort: number;
  readonly sftpPort: number;
  readonly sveaPort: number;
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
  const root = join(options.dir, 'sftp');
  await mkdir(root, { recursive: true });
  const keys = await readPracticeKeys(options.dir);
  const ledgers = {
    smtp: await openLedger(join(options.dir, 'smtp-ledger.jsonl'), 'smtp'),
    sftp: await openLedger(join(options.dir, 'sftp-ledger.jsonl'), 'sftp'),
    svea: await openLedger<SveaEntry>(join(options.dir, 'svea-ledger.jsonl'), 'svea', sveaReceived),
  };
  const smtp = createSmtpProvider({ port: options.smtpPort, user, password: keys.password, ledger: ledgers.smtp });
  const sftp = createSftpProvider({
    port: options.sftpPort,
    root,
    user,
    password: keys.password,
    hostKey: keys.hostKey,
    authorizedKeys: keys.authorizedKeys,
    ledger: ledgers.sftp,
  });
  const login = { user, password: keys.password };
  const svea = createSveaProvider({ port: options.sveaPort, ...login, ledger: ledgers.svea });
  const providers = { smtp, sftp, svea };
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
    state: () => ({ smtp: stateOf('smtp'), sftp: stateOf('sftp'), svea: stateOf('svea') }),
    misbehave(order) {
      providers[order.provider].mischief.set(order);
    },
    async setNetwork(isUp) {
      await Promise.all(listeners.map((listener) => (isUp ? listener.open() : listener.close())));
    },
    instruct: async (provider, command) => (provider === 'svea' ? svea.instruct(command) : null),
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
    smtp: { host: practiceHost, port: smtp.listener.port, user, password: keys.password },
    sftp: {
      host: practiceHost,
      port: sftp.listener.port,
      user,
      password: keys.password,
      hostKey: keys.hostKeyFingerprint,
    },
    svea: sveaEndpoint(svea, login),
    control: { url: control.url, token },
    ledgers: { smtp: ledgers.smtp.path, sftp: ledgers.sftp.path, svea: ledgers.svea.path },
  });
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
  readonly control: { readonly url: string; readonly token: string };
  readonly ledgers: Readonly<Record<'smtp' | 'sftp' | 'svea', string>>;
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
        json: { type: 'boolean', default: false },
        'with-parent': { type: 'boolean', default: false },
      },
    });
    const smtpPort = portOf(values['smtp-port']);
    const sftpPort = portOf(values['sftp-port']);
    const sveaPort = portOf(values['svea-port']);
    if (values.dir === undefined || smtpPort === null || sftpPort === null || sveaPort === null) return null;
    const ports = { smtpPort, sftpPort, sveaPort };
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
