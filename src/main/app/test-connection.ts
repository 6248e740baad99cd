// Tests a connection step by step and keeps the result beside it; approves the host key the operator compared.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Connection, RenameHabit, TestStep } from '../../shared/schema/connection.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';

/**
 * Walks address, transport, login and permission, which takes up to a minute. The result is kept only where it is still about the
 * connection as it stands: one that was changed or removed meanwhile is left as it is. Errors: NOT_FOUND, KEYCHAIN_UNAVAILABLE, SECRET_MISSING.
 */
export async function testConnection(
  context: AppContext,
  connectionId: string,
  signal: AbortSignal,
): Promise<Result<{ readonly steps: readonly TestStep[] }>> {
  const connection = context.store.config.connection(connectionId);
  if (connection === null) return fail('NOT_FOUND', 'There is no such connection.', { connectionId });
  const secret = await context.secrets.read(connection.id, connection.secret);
  if (!secret.ok) return secret;
  const steps = await context.adapters[connection.channel].test(
    { connectionId: connection.id, config: connection.config, secret: secret.value },
    signal,
  );
  const failed = steps.find((step) => step.state === 'failed');
  const lastTest = {
    atMs: context.clock.nowMs(),
    isOk: failed === undefined,
    failedStep: failed?.step ?? null,
    detail: failed?.detail ?? null,
    ...renamesOf(connection, steps),
  };
  const now = context.store.config.connection(connection.id);
  if (now !== null && isSamePeer(now, connection)) {
    context.store.config.saveConnection({ ...now, lastTest }, actNow(context));
    if (failed === undefined) resumeLane(context, now);
    context.publish({ topic: 'connections' });
  }
  return ok({ steps });
}

/** Pins the key. Errors: NOT_FOUND, NOT_ALLOWED (not an SFTP connection). */
export function approveHostKey(context: AppContext, connectionId: string, hostKey: string): Result<Connection> {
  const connection = context.store.config.connection(connectionId);
  if (connection === null) return fail('NOT_FOUND', 'There is no such connection.', { connectionId });
  if (connection.config.channel !== 'sftp')
    return fail('NOT_ALLOWED', 'Only SFTP connections have a host key.', { connectionId });
  const approved: Connection = { ...connection, config: { ...connection.config, hostKey } };
  context.store.config.saveConnection(approved, actNow(context));
  resumeLane(context, approved);
  context.publish({ topic: 'connections' });
  return ok(approved);
}

/** An SFTP server's rename was tried in the last step. */
function renamesOf({ channel }: Connection, steps: readonly TestStep[]): { readonly renames?: RenameHabit } {
  const tried = steps.find(({ step, state }) => step === 'permission' && state === 'ok');
  if (channel !== 'sftp' || tried === undefined) return {};
  return { renames: tried.code === 'sftp.rename-replaces' ? 'replaces' : 'refuses' };
}

function isSamePeer(one: Connection, other: Connection): boolean {
  return JSON.stringify([one.config, one.secret]) === JSON.stringify([other.config, other.secret]);
}

/** A peer that answers again, or a key that is approved again, ends a block that a failure had set; the operator's own pause stays. */
function resumeLane(context: AppContext, connection: Connection): void {
  const lane = context.store.reads
    .lanes(null, context.clock.nowMs())
    .find((entry) => entry.connectionId === connection.id);
  if (lane?.blockedBy === null || lane?.blockedBy === 'paused') return;
  context.store.deliveries.setLaneBlock(connection.id, null, context.clock.nowMs());
  context.runner.wake();
}
