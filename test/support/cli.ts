// Runs the command line as a process, as an operator's IT would.

import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const entry = resolve(import.meta.dirname, '../../src/main/hosts/cli/main.ts');

/** What a command ended with. */
export interface CommandEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `utskick` with these arguments to its end. */
export function utskick(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CommandEnd> {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      done({ code, stdout, stderr });
    });
  });
}

/** A folder of the test's own. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'utskick-test-'));
}

/** One line of a practice ledger. */
export interface LedgerLine {
  readonly provider: string;
  readonly event: string;
  readonly invoiceNumber: string | null;
  readonly recipient?: string;
  readonly path?: string;
  readonly sha256: string;
  readonly bytes: number;
}
