// Starts, tells, kills and listens to engines under torture; keeps one started ahead, since starting is most of a trial.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { wordSchema } from './orders.ts';
import type { LookUp, Order, Word } from './orders.ts';

const entry = fileURLToPath(new URL('./engine.ts', import.meta.url));
/** An engine that takes longer hangs, and that is a finding. A peer that is silent costs it seconds each time; on a busy machine they add up to minutes. */
const patienceMs = 300_000;
const complaintChars = 2_000;

/** How an engine ended. */
export interface EngineEnd {
  /** `itself`: by its own; `point`: at a numbered place; `time`: killed from outside. */
  readonly by: 'itself' | 'point' | 'time' | 'crash' | 'hang';
  readonly failure: string | null;
  readonly lookUps: readonly LookUp[];
  /** Milliseconds from the order to the open workspace, and to the end; null: not reached. */
  readonly openMs: number | null;
  readonly tookMs: number;
  /** What a crashed engine wrote. */
  readonly complaint: string;
}

/** How an engine is started. */
export interface EngineStart {
  readonly cacheDir: string;
  /** More environment, for the power-loss shim. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Engines, started ahead. */
export class EnginePool {
  readonly #start: EngineStart;
  #spare: Engine | null = null;

  constructor(start: EngineStart) {
    this.#start = start;
  }

  /** Gives an order to an engine and waits for its end. `killAfterMs` counts from the order. */
  async run(order: Order, killAfterMs: number | null = null): Promise<EngineEnd> {
    const engine = this.#spare ?? new Engine(this.#start);
    this.#spare = new Engine(this.#start);
    return engine.run(order, killAfterMs);
  }

  /** Ends the engine that was started ahead. */
  async close(): Promise<void> {
    const spare = this.#spare;
    this.#spare = null;
    await spare?.drop();
  }
}

/** One process. */
class Engine {
  readonly #child: ChildProcess;
  readonly #words: Word[] = [];
  readonly #ended: Promise<unknown>;
  #complaint = '';
  #onWord: (word: Word) => void = () => undefined;

  constructor({ cacheDir, env }: EngineStart) {
    this.#child = spawn(process.execPath, [entry], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env, NODE_COMPILE_CACHE: cacheDir },
    });
    this.#ended = once(this.#child, 'close');
    // A killed engine's pipe breaks; its end is told by 'close'.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = `${this.#complaint}${text}`.slice(-complaintChars);
    });
    if (this.#child.stdout === null) throw new Error('an engine has no output');
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const word = wordSchema.parse(JSON.parse(line));
      this.#words.push(word);
      this.#onWord(word);
    });
  }

  async run(order: Order, killAfterMs: number | null): Promise<EngineEnd> {
    await this.#hear('ready');
    const startedAt = performance.now();
    const seen = { openMs: null as number | null, isHanging: false };
    this.#onWord = ({ say }) => {
      if (say === 'open') seen.openMs = performance.now() - startedAt;
    };
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
    const timers = [
      setTimeout(() => {
        seen.isHanging = true;
        this.#child.kill('SIGKILL');
      }, patienceMs),
    ];
    if (killAfterMs !== null) timers.push(setTimeout(() => this.#child.kill('SIGKILL'), killAfterMs));
    await this.#ended;
    for (const timer of timers) clearTimeout(timer);
    const end = this.#words.find((word) => word.say === 'ended');
    return {
      by: seen.isHanging ? 'hang' : this.#howItEnded(end !== undefined),
      failure: end?.failure ?? null,
      lookUps: end?.lookUps ?? [],
      openMs: seen.openMs,
      tookMs: performance.now() - startedAt,
      complaint: this.#complaint,
    };
  }

  async drop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #howItEnded(hasSaidSo: boolean): EngineEnd['by'] {
    if (hasSaidSo) return 'itself';
    if (this.#words.some(({ say }) => say === 'point')) return 'point';
    return this.#child.signalCode === 'SIGKILL' ? 'time' : 'crash';
  }

  async #hear(wanted: Word['say']): Promise<void> {
    if (this.#words.some(({ say }) => say === wanted)) return;
    await new Promise<void>((resolve, reject) => {
      this.#onWord = ({ say }) => {
        if (say === wanted) resolve();
      };
      void this.#ended.then(() => reject(new Error(`an engine did not start: ${this.#complaint}`)));
    });
  }
}
