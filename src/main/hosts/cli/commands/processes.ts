// utskick practice and utskick serve: other programs of the product, run in the foreground with the same arguments.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { entryPoints } from '../../../platform/entry-points.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';

/** The command. */
export const practiceCommand: Command = {
  name: 'practice',
  usage: '--dir DIR [--smtp-port N] [--sftp-port N] [--svea-port N] [--sendregning-port N] [--json]',
  summary:
    'Start the practice providers (mail server, print vendor, Svea and SendRegning on this computer) and print their addresses, ledgers and control address.',
  run: (argv) => runProgram(entryPoints().practice, argv),
};

/** The command. */
export const serveCommand: Command = {
  name: 'serve',
  usage: '[--data ROOT] [--port N] [--practice | --work]',
  summary: 'Open the application for a browser on this computer; prints its address.',
  run: (argv) => runProgram(entryPoints().web, argv),
};

/** Runs to the end; signals are passed on, and the child's exit code is ours when it is one of the documented ones. */
function runProgram(entry: URL, argv: readonly string[]): Promise<ExitCode> {
  const child = spawn(process.execPath, [fileURLToPath(entry), ...argv], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', () => {
      resolve(exitCodes.busy);
    });
    child.once('exit', (code) => {
      resolve(
        Object.values(exitCodes).find((known) => known === code) ?? (code === null ? exitCodes.ok : exitCodes.busy),
      );
    });
  });
}
