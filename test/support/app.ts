// Starts the product as its user does: the loopback host over a data folder of its own, in practice mode. Opens no browser.

import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LedgerLine } from './cli.ts';

const entry = resolve(import.meta.dirname, '../../src/main/hosts/cli/main.ts');
const startPatienceMs = 30_000;

/** The application over one data folder. */
export interface RunningApp {
  /** With the token that opens it. */
  readonly url: string;
  readonly data: PracticeData;
  /** Ends the process as Ctrl+C does and removes the data folder. May be repeated. */
  stop(): Promise<void>;
}

/** A practice workspace seen from outside: its files, never its database. */
export interface PracticeData {
  readonly folder: string;
  /** What the practice providers have taken in, one line an invoice, from their own ledgers. */
  delivered(): Promise<readonly LedgerLine[]>;
  /** SHA-256 of every frozen document. */
  documents(): Promise<ReadonlySet<string>>;
  /** Invoice numbers of all imported GASEL files, in the files' order. */
  sourceNumbers(): Promise<readonly string[]>;
}

/** Starts `utskick serve --practice` in a new data folder, or as told; resolves when it answers. */
export async function startApp(
  options: {
    /** Left out: a new one. Removed by `stop` in any case. */
    readonly folder?: string;
    readonly mode?: '--practice' | '--work';
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<RunningApp> {
  const folder = options.folder ?? (await newDataFolder());
  const child = spawn(process.execPath, [entry, 'serve', '--data', folder, options.mode ?? '--practice'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const url = await new Promise<string>((found, failed) => {
    let printed = '';
    const timer = setTimeout(() => failed(new Error(`no address was printed: ${printed}${errors}`)), startPatienceMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const address = /http:\/\/\S+\n/u.exec(printed)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      found(address.trim());
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      failed(new Error(`the application ended with ${code}: ${errors}`));
    });
  });
  return {
    url,
    data: practiceData(folder),
    async stop() {
      child.kill('SIGINT');
      await ended;
      await removeFolder(folder);
    },
  };
}

/** A folder of the test's own. */
export function newDataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'utskick-e2e-'));
}

/** Removes a data folder; a process that is just ending may still write to it. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Looks into the practice workspace of a data root. */
export function practiceData(folder: string): PracticeData {
  const workspace = join(folder, 'practice');
  return {
    folder,
    async delivered() {
      const texts = await Promise.all(
        ['smtp', 'sftp'].map((name) => textOf(join(workspace, `providers/${name}-ledger.jsonl`))),
      );
      const lines = texts.flatMap((text) => text.split('\n').filter((line) => line !== ''));
      const entries = lines.map((line) => JSON.parse(line) as LedgerLine);
      return entries.filter(
        ({ event, invoiceNumber }) => invoiceNumber !== null && (event === 'accepted' || event === 'stored'),
      );
    },
    async documents() {
      const files = await readdir(join(workspace, 'documents'), { recursive: true });
      return new Set(files.flatMap((file) => /([0-9a-f]{64})\.pdf$/u.exec(file)?.[1] ?? []));
    },
    async sourceNumbers() {
      const folderOfSources = join(workspace, 'sources');
      const files = (await readdir(folderOfSources, { recursive: true })).filter((file) => file.endsWith('.xml'));
      const texts = await Promise.all(files.map((file) => readFile(join(folderOfSources, file), 'utf8')));
      return texts.flatMap((text) =>
        [...text.matchAll(/<Invoice>\s*<ID>([^<]+)<\/ID>/gu)].map(([, number]) => number ?? ''),
      );
    },
  };
}

/** A ledger that does not exist yet holds nothing. */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
