// Reads the options of `utskick connection add`, and says in the options' own names what does not fit.

import { access, constants } from 'node:fs/promises';
import type { z } from 'zod';
import { nameDateFields, nameTextFields, readNamePattern } from '../../../shared/name-pattern.ts';
import type { NamePatternFault } from '../../../shared/name-pattern.ts';
import { emailLogins, sveaCountries, sveaDistributions, sveaOrderTypes } from '../../../shared/schema/connection.ts';
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
  for (const [option, address] of Object.entries({ cc, bcc }))
    if (address !== null && !/^[^\s@]+@[^\s@]+$/u.test(address))
      return `--${option} takes an e-mail address such as arkiv@example.com, not "${address}".`;
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
  const namePattern = args.text('names');
  const read = namePattern === null ? null : readNamePattern(namePattern);
  if (read?.ok === false) return `--names ${wordsForFault(read.fault)}`;
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
      ...(args.flag('agent') ? { login: 'agent' } : {}),
      ...(namePattern === null ? {} : { namePattern }),
    },
  };
}

/** SendRegning's own address. */
const sendRegningUrl = 'https://www.sendregning.no/ws/butler.do';

/** What was given for SendRegning, or what is missing. */
export function sendRegningDraft(args: ParsedArguments): Draft | string {
  const [name, user, url] = [args.text('name'), args.text('user'), args.text('url') ?? sendRegningUrl];
  if (name === null || user === null) return missing({ name, user });
  if (!URL.canParse(url) || !/^https?:$/u.test(new URL(url).protocol))
    return `--url takes the whole address of butler.do, such as ${sendRegningUrl}, not "${url}".`;
  const shipment = shipments[args.text('shipment') ?? 'as-invoice'];
  if (shipment === undefined) return `--shipment takes ${Object.keys(shipments).join(', ')}.`;
  return { name, config: { channel: 'sendregning', url, user, isTest: args.flag('test'), shipment } };
}

const shipments: Readonly<Record<string, 'asInvoice' | 'PAPER' | 'EMAIL' | 'PAPER_AND_EMAIL'>> = {
  'as-invoice': 'asInvoice',
  paper: 'PAPER',
  email: 'EMAIL',
  both: 'PAPER_AND_EMAIL',
};

/** What was given for Svea, or what is missing. */
export function sveaDraft(args: ParsedArguments): Draft | string {
  const parallel = args.whole('parallel', { min: 1, max: 16, fallback: 4 });
  const creditDays = args.whole('credit-days', { min: 0, max: 365, fallback: null });
  if (!parallel.ok) return parallel.error.message;
  if (!creditDays.ok) return creditDays.error.message;
  const [name, url, clientNumber, username] = [
    args.text('name'),
    args.text('url'),
    args.text('client-number'),
    args.text('user'),
  ];
  const country = oneOf(sveaCountries, args.text('country'));
  const orderType = oneOf(sveaOrderTypes, args.text('order-type') ?? 'Invoice');
  const distribution = oneOf(sveaDistributions, args.text('distribution') ?? 'Post');
  if (name === null || url === null || clientNumber === null || username === null || args.text('country') === null)
    return missing({ name, url, 'client-number': clientNumber, user: username, country: args.text('country') });
  if (country === null) return `--country takes ${sveaCountries.join(', ')}.`;
  if (orderType === null) return `--order-type takes ${sveaOrderTypes.join(', ')}.`;
  if (distribution === null) return `--distribution takes ${sveaDistributions.join(', ')}.`;
  const campaignCode = args.text('campaign');
  if (orderType === 'PaymentPlan' && campaignCode === null)
    return 'Payment plans need --campaign CODE; "utskick svea campaigns" lists the codes.';
  return {
    name,
    config: {
      channel: 'svea',
      url,
      clientNumber,
      username,
      country,
      orderType,
      distribution,
      campaignCode,
      creditDays: creditDays.value,
      parallel: parallel.value ?? 4,
    },
  };
}

function oneOf<Value extends string>(values: readonly Value[], text: string | null): Value | null {
  return values.find((value) => value === text) ?? null;
}

/** What does not fit in a pattern, after the option's name. */
function wordsForFault({ kind, column, found }: NamePatternFault): string {
  const at = `at character ${String(column)}`;
  switch (kind) {
    case 'unknownField':
      return `has ${found} ${at}; the fields are ${[...nameTextFields, ...nameDateFields].map((name) => `{${name}}`).join(', ')}.`;
    case 'unclosed':
      return `has a brace that is not closed ${at}.`;
    case 'dateForm':
      return `has ${found} ${at}; a date is written with yyyy, yy, MM, dd and - _ . between, such as {date:yyyy-MM}.`;
    case 'character':
      return `has "${found}" ${at}, which can't stand in a file name.`;
    case 'segment':
      return `has a folder or file name ${at} that does not begin with a letter, a digit or a field, or ends in a dot.`;
    case 'extension':
      return 'must end in .pdf.';
    case 'tooDeep':
      return 'makes more than four folders.';
    case 'tooLong':
      return `can become too long ${at}.`;
    case 'notUnique':
      return 'needs {invoiceNumber} or {key} in the file name, or all invoices would have the same.';
  }
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
  hostKey: 'host-key',
  namePattern: 'names',
};

/** Words for a value the schema does not take, by its place in the draft. */
export function unfit(place: readonly PropertyKey[], args: ParsedArguments): string {
  const last = String(place.at(-1) ?? '');
  const copy = args.text('cc') === null ? 'bcc' : 'cc';
  const option = last === 'address' ? copy : (optionNames[last] ?? last);
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
