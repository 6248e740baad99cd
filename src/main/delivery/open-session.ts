// Opens a session to a connection: its settings and secret as they stand now, and which block of the lane a failure means.

import type { Connection } from '../../shared/schema/connection.ts';
import type { Channel } from '../../shared/schema/delivery.ts';
import type { ChannelAdapter, ChannelSession } from '../ports/channel-adapter.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { LaneBlock } from '../ports/lane-store.ts';
import type { Store } from '../ports/store.ts';

/** What opening needs. */
export interface SessionParts {
  readonly store: Pick<Store, 'config'>;
  readonly adapters: Readonly<Record<Channel, ChannelAdapter>>;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
}

/** Why a lane stands still, as a session that could not be opened or broke says it. */
export type FoundBlock = Required<Pick<LaneBlock, 'blockedBy' | 'code' | 'detail'>>;

/** An open session with the settings it was opened with. */
export interface OpenSession {
  readonly session: ChannelSession;
  /** Equal text: the settings have not changed since. */
  readonly settings: string;
}

/** Longest time for address, transport and login together; above the adapters' own deadlines. */
const openPatienceMs = 120_000;

/** The settings of a connection as a text to compare; null when it was removed. */
export function settingsOf(store: SessionParts['store'], connectionId: string): string | null {
  const connection = store.config.connection(connectionId);
  return connection === null ? null : settingsText(connection);
}

/** Opens a session. Never rejects; certainly nothing is sent. */
export async function openSession(
  parts: SessionParts,
  connectionId: string,
  signal: AbortSignal,
): Promise<
  { readonly ok: true; readonly open: OpenSession } | { readonly ok: false; readonly block: FoundBlock | null }
> {
  const connection = parts.store.config.connection(connectionId);
  if (connection === null) return { ok: false, block: null };
  const secret = await parts.secrets.read(connection.id, connection.secret);
  if (!secret.ok)
    return {
      ok: false,
      block: {
        blockedBy: 'secretMissing',
        code: `${connection.channel === 'email' ? 'smtp' : connection.channel}.secret-missing`,
        detail: secret.error.message,
      },
    };
  const patience = AbortSignal.any([signal, AbortSignal.timeout(openPatienceMs)]);
  try {
    const renames = connection.lastTest?.renames;
    const target = {
      connectionId: connection.id,
      config: connection.config,
      secret: secret.value,
      ...(renames === undefined ? {} : { renames }),
    };
    const opened = await parts.adapters[connection.channel].open(target, patience);
    if (opened.ok) return { ok: true, open: { session: opened.session, settings: settingsText(connection) } };
    const { code, detail, isPermanent } = opened.failure;
    return { ok: false, block: blockFor({ code, detail, isPermanent }) };
  } catch (error) {
    parts.log.error('an adapter failed while opening', { connectionId, error: String(error) });
    return { ok: false, block: { blockedBy: 'offline', code: 'run.adapter-failed', detail: 'run.adapter-failed' } };
  }
}

/** What a session depends on; limits are no part of it. */
export function settingsText(connection: Connection): string {
  return JSON.stringify([connection.config, connection.secret]);
}

/** What a lost connection means for its lane. Decided by the stable code, never by the peer's words. */
export function blockFor(failure: {
  readonly code: string;
  readonly detail: string;
  readonly isPermanent: boolean;
}): FoundBlock {
  const { code } = failure;
  const detail = failure.detail === '' ? code : failure.detail;
  if (!failure.isPermanent) return { blockedBy: 'offline', code, detail };
  if (code.includes('host-key')) return { blockedBy: 'hostKeyChanged', code, detail };
  if (code.endsWith('.secret-missing')) return { blockedBy: 'secretMissing', code, detail };
  return { blockedBy: 'pausedByFailures', code, detail };
}

/** Closes a session; a failure to say goodbye is logged and changes nothing. */
export async function closeSession(session: ChannelSession, log: Log): Promise<void> {
  try {
    await session.close();
  } catch (error) {
    log.warn('a session did not close cleanly', { error: String(error) });
  }
}
