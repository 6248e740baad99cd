// utskick connection host-key: shows the key an SFTP server has now beside the approved one, and approves it when it is named.

import type { LocalEngine } from '../../engine/local-engine.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { findConnection } from './find-connection.ts';
import { withEngine } from './open.ts';
import { sayError } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface HostKeyRequest {
  readonly name: string;
  /** The key the operator has compared; null = only show. */
  readonly approve: string | null;
}

/** A key is approved only when it is the one the server shows at that moment: what was compared is what is pinned. */
export function hostKeyCommand(
  terminal: Terminal,
  target: { readonly dataOption: string | null; readonly isJson: boolean },
  request: HostKeyRequest,
): Promise<ExitCode> {
  return withEngine(terminal, target, (engine) => hostKey(engine, terminal, { ...request, isJson: target.isJson }));
}

async function hostKey(
  engine: LocalEngine,
  terminal: Terminal,
  request: HostKeyRequest & { readonly isJson: boolean },
): Promise<ExitCode> {
  const { isJson, approve } = request;
  const connection = await findConnection(engine, terminal, request);
  if (connection === null) return exitCodes.usage;
  const no = (message: string): ExitCode => {
    sayError(terminal, { code: 'NOT_ALLOWED', message, details: { connection: connection.name } }, isJson);
    return exitCodes.usage;
  };
  if (connection.config.channel !== 'sftp') return no('Only SFTP connections have a host key.');
  const tested = await engine.call('connection.test', { connectionId: connection.id });
  if (!tested.ok) {
    sayError(terminal, tested.error, isJson);
    return exitCodes.usage;
  }
  const shown = tested.value.steps.find((step) => step.hostKey !== null)?.hostKey ?? null;
  if (shown === null)
    return no('The server showed no host key. Check that it can be reached: "utskick connection test".');
  const approved = connection.config.hostKey;
  if (approve === null) {
    terminal.out(isJson ? JSON.stringify({ approved, shown }) : keyLines(approved, shown));
    return approved === shown ? exitCodes.ok : exitCodes.findings;
  }
  if (approve !== shown) return no(`The server shows ${shown}, not ${approve}. Nothing was approved.`);
  const saved = await engine.call('connection.approveHostKey', { connectionId: connection.id, hostKey: shown });
  if (!saved.ok) {
    sayError(terminal, saved.error, isJson);
    return exitCodes.usage;
  }
  terminal.out(isJson ? JSON.stringify({ approved: shown, shown }) : `Approved ${shown}.`);
  return exitCodes.ok;
}

function keyLines(approved: string | null, shown: string): string {
  const advice =
    approved === shown
      ? 'They are the same.'
      : `Compare it with what the print vendor has given, then repeat with --approve ${shown}`;
  return [`approved  ${approved ?? 'none'}`, `shown     ${shown}`, advice].join('\n');
}
