// What few mail connections need, as it is typed: login with tokens, own authorities, archive copies, DKIM. No drawing, no calls.

import type { EmailConfig, EmailLogin } from '../../../shared/schema/connection.ts';

/** The texts of the form's further part; an empty one is left out of the settings. */
export interface EmailMore {
  readonly login: EmailLogin;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly scope: string;
  readonly caPath: string;
  readonly copyKind: 'none' | 'cc' | 'bcc';
  readonly copyAddress: string;
  readonly dkimDomain: string;
  readonly dkimSelector: string;
  readonly dkimKeyPath: string;
}
/** Its fields that can be wrong. */
export type EmailMoreField = Exclude<keyof EmailMore, 'login' | 'copyKind'>;
/** What is wrong with them, as keys of the words. */
export type EmailMoreProblems = Partial<Record<EmailMoreField, 'required' | 'https' | 'address' | 'dnsName'>>;

/** Nothing set. */
export const noEmailMore: EmailMore = {
  login: 'password',
  tokenUrl: '',
  clientId: '',
  scope: '',
  caPath: '',
  copyKind: 'none',
  copyAddress: '',
  dkimDomain: '',
  dkimSelector: '',
  dkimKeyPath: '',
};

/** The texts of an existing connection. */
export function emailMoreOf(config: EmailConfig): EmailMore {
  const { login, oauth, caPath, copyTo, dkim } = config;
  return {
    login: login ?? 'password',
    tokenUrl: oauth?.tokenUrl ?? '',
    clientId: oauth?.clientId ?? '',
    scope: oauth?.scope ?? '',
    caPath: caPath ?? '',
    copyKind: copyTo?.kind ?? 'none',
    copyAddress: copyTo?.address ?? '',
    dkimDomain: dkim?.domain ?? '',
    dkimSelector: dkim?.selector ?? '',
    dkimKeyPath: dkim?.keyPath ?? '',
  };
}

/** True where any of it is set, so that the form shows it opened. */
export function isEmailMoreUsed(more: EmailMore): boolean {
  return Object.entries(more).some(([field, text]) =>
    Object.entries(noEmailMore).some(([name, empty]) => name === field && empty !== text),
  );
}

/** What is wrong, field by field. A DKIM signature needs all three of its fields or none. */
export function emailMoreProblems(more: EmailMore): EmailMoreProblems {
  const problems: EmailMoreProblems = {};
  if (more.login === 'clientCredentials') {
    if (!/^https:\/\/\S+$/u.test(more.tokenUrl.trim())) problems.tokenUrl = 'https';
    if (more.clientId.trim() === '') problems.clientId = 'required';
  }
  if (more.copyKind !== 'none' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(more.copyAddress.trim()))
    problems.copyAddress = 'address';
  const dkim = ['dkimDomain', 'dkimSelector', 'dkimKeyPath'] as const;
  if (dkim.some((field) => more[field].trim() !== '')) {
    for (const field of dkim) if (more[field].trim() === '') problems[field] = 'required';
    for (const field of ['dkimDomain', 'dkimSelector'] as const)
      if (more[field].trim() !== '' && !/^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/u.test(more[field].trim()))
        problems[field] = 'dnsName';
  }
  return problems;
}

/** The settings they become. */
export function emailMoreConfig(more: EmailMore): Partial<EmailConfig> {
  const { login, copyKind } = more;
  const caPath = more.caPath.trim();
  return {
    ...(login === 'password' ? {} : { login }),
    ...(login === 'clientCredentials'
      ? { oauth: { tokenUrl: more.tokenUrl.trim(), clientId: more.clientId.trim(), scope: more.scope.trim() } }
      : {}),
    ...(caPath === '' ? {} : { caPath }),
    ...(copyKind === 'none' ? {} : { copyTo: { kind: copyKind, address: more.copyAddress.trim() } }),
    ...(more.dkimDomain.trim() === ''
      ? {}
      : {
          dkim: {
            domain: more.dkimDomain.trim(),
            selector: more.dkimSelector.trim(),
            keyPath: more.dkimKeyPath.trim(),
          },
        }),
  };
}
