// Reads the options of `utskick connection add`, and says in the options' own names what does not fit.

import { access, constants } from 'node:fs/promises';
import type { z } from 'zod';
import { emailLogins } from '../../../shared/schema/connection.ts';
import type { EmailConfig, connectionInputSchema } from '../../../shared/schema/connection.ts';
import type { ParsedArguments } from './command.ts';

/** A connection as far as the options tell; its secret is asked for afterwards. */
export type Draft = Pick<z.input<typeof connectionInputSchema>, 'name' | 'config'>;

type EmailMore = Pick<EmailConfig, 'caPath' | 'login' | 'oauth' | 'copyTo' | 'dkim'>;

/** What was given for a mail server, or what is missing. */
export function emailDraft(args: ParsedArguments): Draft | string {
  const port = args.whole('port', { min: 1, max: 65_535, fallback: null });
  const parallel = args.whole('parallel', { min: 1, max: 20, fallback: 5 });
  if (!port.ok) return port.error.message;
  if (!parallel.ok) return parallel.error.message;
  const [name, host, from] = [args.text('name'), args.text('host'), args.text('from')];
  if (name === null || host === null || from === null || port.value === null)
    return missing({ name, host, port: args.text('port'), from });
  // A slip of the keyboard; the whole rule is checked when the connection is saved.
  if (!/^[^\s@]+@[^\s@]+$/u.test(from))
    return `--from takes an e-mail address such as faktura@example.com, not "${from}".`;
  const tls = args.text('tls') ?? 'starttls';
  if (tls !== 'none' && tls !== 'starttls' && tls !== 'tls') return '--tls takes none, starttls or tls.';
  const more = emailMore(args);
  if (typeof more === 'string') return more;
  return {
    name,
    config: {
      ...more,
      channel: 'email',
      host,
      port: port.value,
      tls,
      user: args.text('user'),
      fromAddress: from,
      fromName: args.text('from-name'),
      parallel: parallel.value ?? 5,
    },
  };
}

/** Own authorities, login with tokens, copies and DKIM; or what does not fit. */
function emailMore(args: ParsedArguments): EmailMore | string {
  const caPath = args.text('ca');
  const [cc, bcc] = [args.text('cc'), args.text('bcc')];
  if (cc !== null && bcc !== null) return 'Give --cc or --bcc, not both.';
  const login = emailLogins.find((each) => each === (args.text('login') ?? 'password'));
  if (login === undefined) return `--login takes ${emailLogins.join(', ')}.`;
  const [tokenUrl, clientId] = [args.text('token-url'), args.text('client-id')];
  if (login === 'clientCredentials' && (tokenUrl === null || clientId === null))
    return missing({ 'token-url': tokenUrl, 'client-id': clientId });
  const [domain, selector, keyPath] = [args.text('dkim-domain'), args.text('dkim-selector'), args.text('dkim-key')];
  const isSigned = domain !== null || selector !== null || keyPath !== null;
  if (isSigned && (domain === null || selector === null || keyPath === null))
    return missing({ 'dkim-domain': domain, 'dkim-selector': selector, 'dkim-key': keyPath });
  return {
    ...(caPath === null ? {} : { caPath }),
    ...(login === 'password' ? {} : { login }),
    ...(login === 'clientCredentials' && tokenUrl !== null && clientId !== null
      ? { oauth: { tokenUrl, clientId, scope: args.text('scope') ?? '' } }
      : {}),
    ...(bcc === null ? {} : { copyTo: { kind: 'bcc', address: bcc } }),
    ...(cc === null ? {} : { copyTo: { kind: 'cc', address: cc } }),
    ...(domain === null || selector === null || keyPath === null ? {} : { dkim: { domain, selector, keyPath } }),
  };
}

/** What was given for a print vendor, or what is missing. */
export function sftpDraft(args: ParsedArguments): Draft | string {
  const port = args.whole('port', { min: 1, max: 65_535, fallback: 22 });
  const parallel = args.whole('parallel', { min: 1, max: 64, fallback: 8 });
  if (!port.ok) return port.error.message;
  if (!parallel.ok) return parallel.error.message;
  const [name, host, user, path] = [args.text('name'), args.text('host'), args.text('user'), args.text('path')];
  if (name === null || host === null || user === null || path === null) return missing({ name, host, user, path });
  const hostKey = args.text('host-key');
  if (hostKey !== null && !/^SHA256:[A-Za-z0-9+/]{43}$/u.test(hostKey))
    return `--host-key takes SHA256: and 43 characters, as ssh-keygen -lf prints it, not "${hostKey}".`;
  if (hostKey === null && !args.flag('accept-host-key'))
    return 'Give the host key with --host-key SHA256:…, or take the one the server shows with --accept-host-key.';
  return {
    name,
    config: {
      channel: 'sftp',
      host,
      port: port.value ?? 22,
      user,
      privateKeyPath: args.text('key'),
      hostKey,
      path,
      parallel: parallel.value ?? 8,
    },
  };
}

function missing(given: Readonly<Record<string, string | null>>): string {
  const names = Object.keys(given).filter((name) => given[name] === null);
  return `${names.map((name) => `--${name}`).join(', ')} ${names.length === 1 ? 'is' : 'are'} needed.`;
}

const optionNames: Readonly<Record<string, string>> = {
  fromAddress: 'from',
  fromName: 'from-name',
  variable: 'password-env',
  privateKeyPath: 'key',
  caPath: 'ca',
  tokenUrl: 'token-url',
  clientId: 'client-id',
  domain: 'dkim-domain',
  selector: 'dkim-selector',
  keyPath: 'dkim-key',
  address: 'bcc',
  hostKey: 'host-key',
};

/** Words for a value the schema does not take, by its place in the draft. */
export function unfit(place: readonly PropertyKey[]): string {
  const last = String(place.at(-1) ?? '');
  const option = optionNames[last] ?? last;
  return option === 'password-env'
    ? '--password-env takes the name of an environment variable: letters, digits and underscores.'
    : `--${option} is too long, or holds a line break or another control character.`;
}

/** Whether a key file is there and may be read. */
export async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
