// Starting the practice providers as a process of their own and speaking to them over their control address. None of their protocols here.

import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ownProgramKind, startOwnProgram } from './own-program.ts';
import type { OwnProgram } from './own-program.ts';
import type { Practice, PracticeProviderState } from '../ports/practice.ts';

const endpointsSchema = z.object({
  smtp: z.object({ host: z.string(), port: z.number().int(), user: z.string(), password: z.string() }),
  sftp: z.object({
    host: z.string(),
    port: z.number().int(),
    user: z.string(),
    password: z.string(),
    hostKey: z.string(),
  }),
  svea: z.object({
    host: z.string(),
    port: z.number().int(),
    url: z.string(),
    user: z.string(),
    password: z.string(),
    /** A client number fixes country and kind of order. */
    clients: z.array(z.object({ clientNumber: z.number().int(), country: z.string(), orderType: z.string() })),
  }),
  sendregning: z.object({
    host: z.string(),
    port: z.number().int(),
    url: z.string(),
    user: z.string(),
    password: z.string(),
  }),
  control: z.object({ url: z.string(), token: z.string() }),
  ledgers: z.object({ smtp: z.string(), sftp: z.string(), svea: z.string(), sendregning: z.string() }),
});
/** Where the providers listen, how to log in, and where their ledgers are. */
export type PracticeEndpoints = z.infer<typeof endpointsSchema>;

const providerSchema = z.object({
  isUp: z.boolean(),
  host: z.string(),
  port: z.number().int(),
  received: z.number().int(),
  ledger: z.string(),
});
const providerNames = ['smtp', 'sftp', 'svea', 'sendregning'] as const;
const passedSchema = z.object({ paid: z.number().int(), dunned: z.number().int() });
const stateSchema = z.record(z.enum(providerNames), providerSchema);

/** An order to a practice provider; phases and modes as in practice/mischief.ts. */
export interface PracticeMischief {
  readonly provider: (typeof providerNames)[number];
  readonly mode: 'none' | 'refuse' | 'hang' | 'cut' | 'answer-after' | 'garble' | 'replace';
  readonly phase?: string;
  /** How many times; without it until told otherwise. */
  readonly count?: number;
  /** At each so many passings; without it at every one. */
  readonly every?: number;
  readonly delayMs?: number;
  /** SMTP reply of a refusal. */
  readonly replyCode?: number;
  /** SFTP status of a refusal. */
  readonly status?: number;
  /** HTTP status of a refusal. */
  readonly httpStatus?: number;
  readonly retryAfterSeconds?: number;
  /** HTTP: only this operation, for example `DeliverOrderEu`. */
  readonly operation?: string;
}

/** The running practice providers. */
export interface PracticeProcess extends Practice {
  readonly endpoints: PracticeEndpoints;
  /** Makes a provider misbehave, or behave again. */
  misbehave(order: PracticeMischief): Promise<void>;
  /** Looks into a provider, or moves what is in it; commands as in its README. Throws for a command that is none. */
  instruct(provider: 'svea' | 'sendregning', command: unknown): Promise<unknown>;
  /** Ends the process; resolves when it has ended. Repeating is harmless. */
  stop(): Promise<void>;
}

/** How the providers are started. */
export interface PracticeProcessOptions {
  /** practice/main.ts, or out/main/practice.js when built. */
  readonly entry: URL;
  /** Folder of ledgers, keys and the print vendor's files; made when missing. */
  readonly dir: string;
  readonly signal?: AbortSignal;
  /** Left out: a thread inside Electron, a process everywhere else. */
  readonly as?: 'process' | 'thread';
}

/** Time for the process to print its addresses; a cold start on a slow disk takes a few seconds. */
const startTimeoutMs = 30_000;
const controlTimeoutMs = 10_000;
const stopTimeoutMs = 5_000;

/** Starts the providers. Throws when they do not come up: with their own words, and without a process left behind. The process ends with this one. */
export async function startPracticeProcess(options: PracticeProcessOptions): Promise<PracticeProcess> {
  const program = startOwnProgram(
    options.entry,
    ['--dir', options.dir, '--json', '--with-parent'],
    options.as ?? ownProgramKind(),
  );
  try {
    const endpoints = await readEndpoints(program, options.signal);
    return new RunningPractice(program, endpoints);
  } catch (error) {
    program.kill();
    throw error;
  }
}

async function readEndpoints(program: OwnProgram, signal: AbortSignal | undefined): Promise<PracticeEndpoints> {
  let complaint = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  const limit = AbortSignal.any([AbortSignal.timeout(startTimeoutMs), ...(signal === undefined ? [] : [signal])]);
  const lines = createInterface({ input: program.stdout });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    program.onEnd((code) => {
      reject(new Error(`the practice process ended (${code ?? 'killed'}): ${complaint.trim()}`));
    });
    limit.addEventListener(
      'abort',
      () => {
        reject(new Error('the practice process printed no addresses in time'));
      },
      { once: true },
    );
  });
  // Whatever it prints later is read and dropped, so that a full pipe never stops it.
  lines.on('line', () => undefined);
  return endpointsSchema.parse(JSON.parse(line));
}

/** A process that has printed its addresses. */
class RunningPractice implements PracticeProcess {
  readonly endpoints: PracticeEndpoints;
  readonly #program: OwnProgram;
  #last: readonly PracticeProviderState[];

  constructor(program: OwnProgram, endpoints: PracticeEndpoints) {
    this.#program = program;
    this.endpoints = endpoints;
    this.#last = providerNames.map((provider) => ({
      provider,
      address: `${endpoints[provider].host}:${endpoints[provider].port}`,
      ledgerFile: endpoints.ledgers[provider],
      received: 0,
    }));
  }

  async state(): Promise<{ readonly isUp: boolean; readonly providers: readonly PracticeProviderState[] }> {
    if (!this.#program.isRunning) return { isUp: false, providers: this.#last };
    const state = stateSchema.parse(await this.#ask('GET', '/state'));
    this.#last = providerNames.map((provider) => {
      const { host, port, received, ledger } = state[provider];
      return { provider, address: `${host}:${port}`, ledgerFile: ledger, received };
    });
    return { isUp: providerNames.every((name) => state[name].isUp), providers: this.#last };
  }

  async setNetwork(isUp: boolean): Promise<void> {
    await this.#ask('POST', '/network', { up: isUp });
  }

  async misbehave(order: PracticeMischief): Promise<void> {
    await this.#ask('POST', '/misbehave', order);
  }

  async passMonth(): Promise<{ readonly paid: number; readonly dunned: number }> {
    return passedSchema.parse(await this.instruct('sendregning', { do: 'passMonth' }));
  }

  async instruct(provider: 'svea' | 'sendregning', command: unknown): Promise<unknown> {
    return this.#ask('POST', `/${provider}`, command);
  }

  async stop(): Promise<void> {
    if (!this.#program.isRunning) return;
    const ended = new Promise<void>((resolve) => {
      this.#program.onEnd(() => {
        resolve();
      });
    });
    this.#program.closeInput();
    const timer = setTimeout(() => {
      this.#program.kill();
    }, stopTimeoutMs);
    await ended;
    clearTimeout(timer);
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const { url, token } = this.endpoints.control;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(controlTimeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok)
      throw new Error(
        `the practice providers refused ${method} ${path} (${response.status}): ${JSON.stringify(answer)}`,
      );
    return answer;
  }
}
