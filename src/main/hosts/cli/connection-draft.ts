// Reads the options of `utskick connection add`, and says in the options' own names what does not fit.

import { access, constants } from 'node:fs/promises';
import type { z } from 'zod';
import type { connectionInputSchema } from '../../../shared/schema/connection.ts';
import type { ParsedArguments } from './command.ts';

/** A connection as far as the options tell; its secret is asked for afterwards. */
export type Draft = Pick<z.input<typeof connectionInputSchema>, 'name' | 'config'>;

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
  return {
    name,
    config: {
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
