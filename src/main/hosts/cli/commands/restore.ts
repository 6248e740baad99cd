// utskick restore: lists the copies of the database, or puts one in its place.

import { userInfo } from 'node:os';
import { copiesHere, restoreHere } from '../../../engine/local-storage.ts';
import type { RestoreReport } from '../../../engine/local-storage.ts';
import { entryPoints } from '../../../platform/entry-points.ts';
import { createJsonLog } from '../../../platform/json-log.ts';
import { createSystemClock } from '../../../platform/system-clock.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { dataFolder } from '../open.ts';
import { sayError } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

/** The command. */
export const restoreCommand: Command = {
  name: 'restore',
  usage: '[COPY] [--list] [--data DIR] [--json]',
  summary:
    'Put a copy (the newest, or the one named) in place of the database, which is kept aside. What may have been sent since is unknown afterwards, and the outbox is paused.',
  async run(argv, terminal) {
    const flag = { type: 'boolean' } as const;
    const parsed = readArguments(argv, { data: { type: 'string' }, json: flag, list: flag }, 1);
    const copy = parsed.ok ? (parsed.value.positionals[0] ?? null) : null;
    if (!parsed.ok || (copy !== null && parsed.value.flag('list'))) {
      const reason = parsed.ok ? 'Name a copy, or give --list.' : parsed.error.message;
      terminal.note(`${reason}\nUsage: utskick restore ${restoreCommand.usage}`);
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    const dataDir = dataFolder(parsed.value.text('data'));
    return parsed.value.flag('list') ? list(dataDir, isJson, terminal) : restore({ dataDir, copy, isJson }, terminal);
  },
};

function list(dataDir: string, isJson: boolean, terminal: Terminal): ExitCode {
  const copies = copiesHere(dataDir);
  if (isJson) terminal.out(JSON.stringify({ copies }, null, 2));
  else if (copies.length === 0) terminal.note(`There are no copies in ${dataDir}.`);
  else
    for (const { name, kind, sizeBytes } of copies)
      terminal.out(`${name}  ${String(sizeBytes)} bytes${isAside(kind) ? '  put aside by a restore' : ''}`);
  return exitCodes.ok;
}

function isAside(kind: string): boolean {
  return kind === 'replaced' || kind === 'damaged';
}

async function restore(
  { dataDir, copy, isJson }: { readonly dataDir: string; readonly copy: string | null; readonly isJson: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const restored = await restoreHere(
    {
      dataDir,
      entryPoints: entryPoints(),
      clock: createSystemClock(),
      log: createJsonLog({ folder: dataDir }),
      actor: userInfo().username,
    },
    copy,
  );
  if (!restored.ok) {
    sayError(terminal, restored.error, isJson);
    return restored.error.code === 'NOT_FOUND' ? exitCodes.usage : exitCodes.busy;
  }
  terminal.out(isJson ? JSON.stringify(restored.value, null, 2) : inWords(restored.value));
  const { unknown, notInCopy, orderActs } = restored.value;
  return unknown + notInCopy + orderActs > 0 ? exitCodes.findings : exitCodes.ok;
}

function inWords({ copy, setAside, unknown, notInCopy, orderActs }: RestoreReport): string {
  return [
    `Restored ${copy}.`,
    setAside === null
      ? 'There was no database in place.'
      : `The database that was in place is kept as backups/${setAside}.`,
    `${String(unknown)} deliveries may have been sent since the copy and are unknown now: look them up, or settle them.`,
    `${String(notInCopy)} were sent since by releases that the copy does not have: released again, they are unknown too.`,
    ...(orderActs === 0
      ? []
      : [
          `${String(orderActs)} credits, closings and dunnings may have been done since and are in doubt: look them up.`,
        ]),
    'The outbox is paused: holds and cancellations made since the copy are gone. Look through what waits, and let it go on in the application.',
  ].join('\n');
}
