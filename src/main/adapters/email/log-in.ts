// Logging in as the settings say: with a password, or with an access token that may have to be fetched first.

import type { EmailConfig } from '../../../shared/schema/connection.ts';
import { readAccessToken } from './access-token.ts';
import type { MailConnection, Step } from './mail-connection.ts';
import type { MailTiming } from './send-message.ts';

/** What a login is made of. */
export interface LoginParts {
  readonly config: EmailConfig;
  readonly secret: string | null;
  readonly timing: MailTiming;
  readonly authorities: readonly string[] | null;
}

/** Logs in; nothing to do without a user. After a failure the connection is closed. */
export async function logIn(mail: MailConnection, parts: LoginParts, signal: AbortSignal): Promise<Step<null>> {
  const { config, secret, timing, authorities } = parts;
  const { user } = config;
  const isToken = config.login === 'accessToken' || config.login === 'clientCredentials';
  if (!isToken || user === null || secret === null)
    return closing(mail, await mail.login({ user, secret, isToken }, signal));
  const token = await readAccessToken({ config, secret, authorities, timeoutMs: timing.connectTimeoutMs }, signal);
  return closing(mail, token.ok ? await mail.login({ user, secret: token.value, isToken }, signal) : token);
}

function closing<T>(mail: MailConnection, step: Step<T>): Step<T> {
  if (!step.ok) mail.close();
  return step;
}
