// Adds or changes a connection; its password goes to the keychain and nowhere else.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Connection, ConnectionInput, SveaConfig } from '../../shared/schema/connection.ts';
import { noLimits } from '../../shared/schema/connection-limits.ts';
import { isEmailAddress } from '../domain/identifiers/email-address.ts';
import { checkLimits } from './connection-limits.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';

/**
 * Adds (connectionId null) or changes a connection. Errors: CONFLICT (name taken), NOT_FOUND, NOT_ALLOWED (channel changed),
 * VALIDATION_ERROR (sender's address, no TLS outside this computer, what Svea does not take, hours that never open), KEYCHAIN_UNAVAILABLE (nothing was saved).
 */
export async function saveConnection(
  context: AppContext,
  connectionId: string | null,
  input: ConnectionInput,
): Promise<Result<Connection>> {
  const checked = check(context, connectionId, input);
  if (!checked.ok) return checked;
  const { existing } = checked.value;
  const id = existing?.id ?? context.newId();
  if (input.password !== null && input.secret.kind === 'keychain') {
    const written = await context.secrets.write(id, input.password);
    if (!written.ok) return written;
  }
  const connection: Connection = {
    id,
    name: input.name,
    channel: input.config.channel,
    endpoint: input.endpoint,
    config: keepHostKey(existing, input),
    secret: input.secret,
    limits: input.limits ?? existing?.limits ?? noLimits,
    createdAtMs: existing?.createdAtMs ?? context.clock.nowMs(),
    lastTest: null,
  };
  context.store.config.saveConnection(connection, actNow(context));
  if (existing?.secret.kind === 'keychain' && input.secret.kind !== 'keychain') await forgetSecret(context, id);
  context.publish({ topic: 'connections' });
  context.runner.wake();
  return ok(connection);
}

/** After the connection was saved: one that could not be saved keeps its secret. */
async function forgetSecret({ secrets, log }: AppContext, connectionId: string): Promise<void> {
  const removed = await secrets.remove(connectionId);
  if (!removed.ok)
    log.warn('a connection may have left its secret in the keychain', { connectionId, code: removed.error.code });
}

function check(
  context: AppContext,
  connectionId: string | null,
  input: ConnectionInput,
): Result<{ readonly existing: Connection | null }> {
  const existing =
    connectionId === null
      ? null
      : context.store.config.connections().find((connection) => connection.id === connectionId);
  if (existing === undefined) return fail('NOT_FOUND', 'There is no such connection.', { connectionId });
  if (existing !== null && existing.channel !== input.config.channel)
    return fail('NOT_ALLOWED', 'A connection keeps its channel. Add a new connection instead.');
  const sameName = context.store.config
    .connections()
    .find((connection) => connection.name.toLowerCase() === input.name.toLowerCase());
  if (sameName !== undefined && sameName.id !== connectionId)
    return fail('CONFLICT', `There is already a connection called ${sameName.name}. Choose another name.`, {
      field: 'name',
    });
  if (input.config.channel === 'email' && !isEmailAddress(input.config.fromAddress)) {
    return fail(
      'VALIDATION_ERROR',
      `The sender "${input.config.fromAddress}" is not an e-mail address. Give one such as faktura@example.com.`,
      { field: 'fromAddress' },
    );
  }
  if (input.config.channel === 'email' && input.config.copyTo !== undefined) {
    const { address } = input.config.copyTo;
    if (!isEmailAddress(address))
      return fail('VALIDATION_ERROR', `The archive's address "${address}" is not an e-mail address.`, {
        field: 'copyAddress',
      });
  }
  if (input.config.channel === 'email' && input.config.tls === 'none' && !isLoopback(input.config.host)) {
    return fail(
      'VALIDATION_ERROR',
      'Mail without TLS is only allowed to this computer itself. Choose STARTTLS or TLS.',
      { field: 'tls' },
    );
  }
  if (input.config.channel === 'sendregning') {
    const { protocol, hostname } = new URL(input.config.url);
    if (protocol !== 'https:' && !isLoopback(hostname))
      return fail(
        'VALIDATION_ERROR',
        'SendRegning is only called over https. Give an address that begins with https://.',
        {
          field: 'url',
        },
      );
  }
  const wrong = input.config.channel === 'svea' ? checkSvea(input.config) : null;
  if (wrong !== null) return wrong;
  const limited = checkLimits(context, input.limits);
  return limited.ok ? ok({ existing }) : limited;
}

/** What Svea's service needs beside the fields' own forms. */
function checkSvea(config: SveaConfig): Result<never> | null {
  const { protocol, hostname } = new URL(config.url);
  if (protocol !== 'https:' && !isLoopback(hostname.replace(/^\[|\]$/gu, '')))
    return fail('VALIDATION_ERROR', 'Svea is only reached over https. Give an address that begins with https://.', {
      field: 'url',
    });
  if (config.orderType === 'PaymentPlan' && config.campaignCode === null)
    return fail('VALIDATION_ERROR', 'Payment plans need a campaign. Choose one of those that Svea lists.', {
      field: 'campaignCode',
    });
  if (config.distribution === 'EInvoiceB2B' && config.country !== 'NO')
    return fail('VALIDATION_ERROR', 'EInvoiceB2B is for Norway only. Choose Post, Email or Peppol.', {
      field: 'distribution',
    });
  return null;
}

/** A changed address is a changed peer: its pinned key does not carry over. */
function keepHostKey(existing: Connection | null, input: ConnectionInput): ConnectionInput['config'] {
  const { config } = input;
  if (config.channel !== 'sftp' || config.hostKey !== null || existing?.config.channel !== 'sftp') return config;
  const isSamePeer = existing.config.host === config.host && existing.config.port === config.port;
  return isSamePeer ? { ...config, hostKey: existing.config.hostKey } : config;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}
