// Runs the real command line against real practice providers, kills it, and reads the witnesses. No expectations here.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../src/main/hosts/cli/main.ts', import.meta.url));
const practiceEntry = fileURLToPath(new URL('../../src/main/practice/main.ts', import.meta.url));
const passwordVariable = 'UTSKICK_CRASH_PASSWORD';

/** A line of a provider's ledger, as far as it is looked at here. */
export interface LedgerLine {
  readonly event: string;
  readonly invoiceNumber: string | null;
  readonly path?: string;
  readonly sha256: string | null;
}

/** The providers' process. */
export interface Providers {
  readonly smtp: { readonly host: string; readonly port: number; readonly user: string; readonly password: string };
  readonly sftp: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly hostKey: string;
  };
  readonly ledgers: { readonly smtp: string; readonly sftp: string };
  stop(): Promise<void>;
}

/** Starts mail server and print vendor in a process of their own. */
export async function startProviders(dir: string): Promise<Providers> {
  const child = spawn(process.execPath, [practiceEntry, '--dir', dir, '--json', '--with-parent'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    ...(JSON.parse(line) as Omit<Providers, 'stop'>),
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

/** The command line over one data folder. */
export class CommandLine {
  readonly #data: string;
  readonly #password: string;

  constructor(data: string, password: string) {
    this.#data = data;
    this.#password = password;
  }

  /** Runs a command to its end. */
  async run(
    ...args: string[]
  ): Promise<{ readonly code: number | null; readonly out: string; readonly notes: string }> {
    const child = this.start(...args);
    const text = { out: '', notes: '' };
    child.stdout?.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (text.notes += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...text };
  }

  /** Starts a command; the caller ends it. */
  start(...args: string[]): ChildProcess {
    return spawn(process.execPath, [entry, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, UTSKICK_DATA: this.#data, [passwordVariable]: this.#password },
    });
  }

  /** Adds one e-mail and one SFTP connection. */
  async addConnections({ smtp, sftp }: Providers): Promise<void> {
    const login = ['--password-env', passwordVariable];
    const mail = [
      '--host',
      smtp.host,
      '--port',
      String(smtp.port),
      '--tls',
      'none',
      '--user',
      smtp.user,
      ...login,
      '--from',
      'faktura@example.com',
    ];
    const print = [
      '--host',
      sftp.host,
      '--port',
      String(sftp.port),
      '--user',
      sftp.user,
      ...login,
      '--host-key',
      sftp.hostKey,
      '--path',
      '/',
    ];
    for (const args of [
      ['connection', 'add', 'email', '--name', 'mail', ...mail],
      ['connection', 'add', 'sftp', '--name', 'print', ...print],
    ]) {
      const added = await this.run(...args);
      if (added.code !== 0) throw new Error(`${args.join(' ')}: ${added.notes}`);
    }
  }
}

/** Kills a started command with SIGKILL when `isTime` says so, looking every few milliseconds; false when it had ended by itself. */
export async function killWhen(child: ChildProcess, isTime: () => boolean): Promise<boolean> {
  const closed = once(child, 'close');
  // Output nobody reads would stop the child when its pipe is full.
  child.stdout?.resume();
  child.stderr?.resume();
  while (child.exitCode === null && child.signalCode === null && !isTime()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
  }
  const isKilled = child.exitCode === null && child.kill('SIGKILL');
  await closed;
  return isKilled;
}

/** Size of a file in bytes; 0 when it is not there. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** All whole lines of a ledger. */
export function readLedger(path: string): LedgerLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerLine);
}

/** Seeded random numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from the environment, or the default. */
export function numberFrom(variable: string, fallback: number): number {
  const value = Number(process.env[variable] ?? fallback);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${variable} must be a whole number`);
  return value;
}
