// A connection as it is typed: texts until they are checked, then the contract's input. No drawing, no calls.

import { connectionInputSchema } from '../../../shared/schema/connection.ts';
import type { Connection, ConnectionInput, EndpointKind } from '../../../shared/schema/connection.ts';
import { readNamePattern, usualNamePattern } from '../../../shared/name-pattern.ts';
import type { NamePatternFault } from '../../../shared/name-pattern.ts';
import { noLimits } from '../../../shared/schema/connection-limits.ts';
import type { PdfChannel } from '../../../shared/schema/delivery.ts';
import { emailMoreConfig, emailMoreOf, emailMoreProblems, noEmailMore } from './email-more.ts';
import type { EmailMore } from './email-more.ts';
import { checkLimitsDraft, limitsDraftOf } from './limits-draft.ts';
import type { LimitProblems, LimitsDraft } from './limits-draft.ts';

/** The form's texts; fields of the other channel stay unused. */
export interface ConnectionDraft {
  readonly channel: PdfChannel;
  readonly name: string;
  readonly endpoint: EndpointKind;
  readonly host: string;
  readonly port: string;
  readonly tls: 'none' | 'starttls' | 'tls';
  readonly user: string;
  readonly password: string;
  readonly secret: 'none' | 'keychain' | 'environment';
  readonly variable: string;
  readonly fromAddress: string;
  readonly fromName: string;
  readonly login: 'password' | 'key' | 'agent';
  readonly privateKeyPath: string;
  readonly hostKey: string | null;
  readonly path: string;
  /** Empty = the usual names. Only SFTP. */
  readonly namePattern: string;
  readonly parallel: string;
  readonly limits: LimitsDraft;
  /** Only e-mail. */
  readonly more: EmailMore;
}

const draftFields = [
  'name',
  'host',
  'port',
  'user',
  'variable',
  'fromAddress',
  'fromName',
  'privateKeyPath',
  'path',
  'parallel',
] as const;
/** Names of the fields that can be wrong. */
export type DraftField = (typeof draftFields)[number];
/** What is wrong with a field, as a key of the words. */
export type DraftProblem = 'required' | 'port' | 'parallel' | 'email' | 'variable' | 'controlCharacter';
/** Problems by field. */
export type DraftProblems = Partial<Record<DraftField, DraftProblem>>;

/** Most sendings at the same time that the contract allows. */
export const mostParallel = { email: 20, sftp: 64 } as const satisfies Record<PdfChannel, number>;

/** An empty form for a channel, with the usual port and encryption. */
export function emptyDraft(channel: PdfChannel, hasKeychain: boolean): ConnectionDraft {
  return {
    channel,
    name: '',
    endpoint: 'production',
    host: '',
    port: channel === 'email' ? '587' : '22',
    tls: 'starttls',
    user: '',
    password: '',
    secret: hasKeychain ? 'keychain' : 'environment',
    variable: '',
    fromAddress: '',
    fromName: '',
    login: 'password',
    privateKeyPath: '',
    hostKey: null,
    path: '',
    namePattern: '',
    parallel: channel === 'email' ? '5' : '8',
    limits: limitsDraftOf(noLimits),
    more: noEmailMore,
  };
}

/** The form of an existing connection; null where there is none for its channel. The password is never sent to the window, so its field is empty. */
export function draftOf(connection: Connection): ConnectionDraft | null {
  const { config } = connection;
  if (config.channel === 'svea' || config.channel === 'sendregning') return null;
  const shared = {
    ...emptyDraft(config.channel, true),
    name: connection.name,
    endpoint: connection.endpoint,
    host: config.host,
    port: String(config.port),
    user: config.user ?? '',
    secret: connection.secret.kind,
    variable: connection.secret.kind === 'environment' ? connection.secret.variable : '',
    parallel: String(config.parallel),
    limits: limitsDraftOf(connection.limits),
  };
  if (config.channel === 'email')
    return {
      ...shared,
      tls: config.tls,
      fromAddress: config.fromAddress,
      fromName: config.fromName ?? '',
      more: emailMoreOf(config),
    };
  return {
    ...shared,
    login: config.login ?? (config.privateKeyPath === null ? 'password' : 'key'),
    privateKeyPath: config.privateKeyPath ?? '',
    hostKey: config.hostKey,
    path: config.path,
    namePattern: config.namePattern ?? '',
  };
}

/** The contract's input, or what is wrong field by field. An empty password field leaves the stored one. */
export function checkDraft(
  draft: ConnectionDraft,
): { readonly input: ConnectionInput } | { readonly problems: DraftProblems; readonly limitProblems: LimitProblems } {
  const wrong = problemsOf(draft);
  const limited = checkLimitsDraft(draft.limits);
  const isMoreWrong =
    draft.channel === 'email'
      ? Object.keys(emailMoreProblems(draft.more)).length > 0
      : namePatternFault(draft) !== null;
  if ('problems' in limited || isMoreWrong || Object.keys(wrong).length > 0)
    return { problems: wrong, limitProblems: 'problems' in limited ? limited.problems : {} };
  const parsed = connectionInputSchema.safeParse({ ...inputOf(draft), limits: limited.limits });
  if (parsed.success) return { input: parsed.data };
  const problems: DraftProblems = {};
  for (const { path } of parsed.error.issues) {
    const field = draftFields.find((name) => name === path.at(-1));
    if (field !== undefined) problems[field] = 'controlCharacter';
  }
  return { problems, limitProblems: {} };
}

function problemsOf(draft: ConnectionDraft): DraftProblems {
  const isEmpty = (text: string): boolean => text.trim() === '';
  const needsLogin = draft.channel === 'sftp';
  const wanted: readonly [DraftField, boolean][] = [
    ['name', true],
    ['host', true],
    ['user', needsLogin],
    ['fromAddress', draft.channel === 'email'],
    ['path', draft.channel === 'sftp'],
    ['privateKeyPath', draft.channel === 'sftp' && draft.login === 'key'],
    ['variable', usesSecret(draft) && draft.secret === 'environment'],
  ];
  const problems: DraftProblems = {};
  for (const [field, isWanted] of wanted) if (isWanted && isEmpty(draft[field])) problems[field] = 'required';
  if (!isWholeNumber(draft.port, 65_535)) problems.port = 'port';
  if (!isWholeNumber(draft.parallel, mostParallel[draft.channel])) problems.parallel = 'parallel';
  if (
    draft.channel === 'email' &&
    problems.fromAddress === undefined &&
    !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(draft.fromAddress.trim())
  )
    problems.fromAddress = 'email';
  if (
    problems.variable === undefined &&
    usesSecret(draft) &&
    draft.secret === 'environment' &&
    !/^[A-Za-z_]\w*$/u.test(draft.variable.trim())
  )
    problems.variable = 'variable';
  return problems;
}

/** What is wrong with the file names' pattern; an empty one is the usual. */
export function namePatternFault({ namePattern }: Pick<ConnectionDraft, 'namePattern'>): NamePatternFault | null {
  const read = readNamePattern(namePattern.trim() === '' ? usualNamePattern : namePattern.trim());
  return read.ok ? null : read.fault;
}

/** A login without a user needs no password, nor does one with the agent's keys; a key file may still have a passphrase. */
export function usesSecret(draft: ConnectionDraft): boolean {
  return draft.channel === 'sftp' ? draft.login !== 'agent' : draft.user.trim() !== '';
}

function inputOf(draft: ConnectionDraft): object {
  const shared = { host: draft.host.trim(), port: Number(draft.port), parallel: Number(draft.parallel) };
  const user = draft.user.trim();
  const config =
    draft.channel === 'email'
      ? {
          ...shared,
          channel: 'email',
          tls: draft.tls,
          user: user === '' ? null : user,
          fromAddress: draft.fromAddress.trim(),
          fromName: draft.fromName.trim() === '' ? null : draft.fromName.trim(),
          ...emailMoreConfig(draft.more),
        }
      : {
          ...shared,
          channel: 'sftp',
          user,
          privateKeyPath:
            draft.login === 'password' || draft.privateKeyPath.trim() === '' ? null : draft.privateKeyPath.trim(),
          hostKey: draft.hostKey,
          path: draft.path.trim(),
          ...(draft.login === 'agent' ? { login: draft.login } : {}),
          ...(draft.namePattern.trim() === '' ? {} : { namePattern: draft.namePattern.trim() }),
        };
  const secret = !usesSecret(draft)
    ? { kind: 'none' }
    : draft.secret === 'environment'
      ? { kind: 'environment', variable: draft.variable.trim() }
      : { kind: draft.secret };
  const password = usesSecret(draft) && draft.secret === 'keychain' && draft.password !== '' ? draft.password : null;
  return { name: draft.name.trim(), endpoint: draft.endpoint, config, secret, password };
}

function isWholeNumber(text: string, largest: number): boolean {
  const value = Number(text);
  return /^\d+$/u.test(text.trim()) && value >= 1 && value <= largest;
}
