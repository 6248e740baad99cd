// Address and login of a service that takes data, as typed: what every such connection's form has in common. No drawing, no calls.

import type { ConnectionInput } from '../../../shared/schema/connection.ts';

/** The login's texts. */
export interface LoginDraft {
  readonly username: string;
  readonly secret: 'keychain' | 'environment' | 'none';
  readonly password: string;
  readonly variable: string;
}

/** Fields of the login that can be wrong. */
export type LoginField = 'username' | 'variable';

/** An empty login. */
export function emptyLogin(hasKeychain: boolean): LoginDraft {
  return { username: '', secret: hasKeychain ? 'keychain' : 'environment', password: '', variable: '' };
}

/** What is wrong with the login. */
export function loginProblems({
  username,
  secret,
  variable,
}: LoginDraft): Partial<Record<LoginField, 'required' | 'variable'>> {
  const name = variable.trim();
  return {
    ...(username.trim() === '' ? { username: 'required' } : {}),
    ...(secret === 'environment' && name === '' ? { variable: 'required' } : {}),
    ...(secret === 'environment' && name !== '' && !/^[A-Za-z_]\w*$/u.test(name) ? { variable: 'variable' } : {}),
  };
}

/** Where the secret is kept, and what goes there; an empty password field leaves the stored one. */
export function secretOf({
  secret: kind,
  password,
  variable,
}: LoginDraft): Pick<ConnectionInput, 'secret' | 'password'> {
  return {
    secret: kind === 'environment' ? { kind, variable: variable.trim() } : { kind },
    password: kind === 'keychain' && password !== '' ? password : null,
  };
}

/** https, or this computer itself. */
export function isServiceAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(hostname))
  );
}
