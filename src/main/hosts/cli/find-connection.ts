// Finding the connection that a command names.

import type { Connection } from '../../../shared/schema/connection.ts';
import type { LocalEngine } from '../../engine/local-engine.ts';
import { sayError } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** By name or id; says so when there is none. */
export async function findConnection(
  engine: LocalEngine,
  terminal: Terminal,
  { name, isJson }: { readonly name: string; readonly isJson: boolean },
): Promise<Connection | null> {
  const listed = await engine.call('connection.list', {});
  const found = listed.ok
    ? listed.value.connections.find((connection) => connection.name === name || connection.id === name)
    : undefined;
  if (found !== undefined) return found;
  const message = `There is no connection called ${name}. "utskick connection list" lists them.`;
  sayError(terminal, { code: 'NOT_FOUND', message, details: { connection: name } }, isJson);
  return null;
}
