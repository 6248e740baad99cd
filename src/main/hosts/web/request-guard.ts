// Who may speak to the web host: only a page that it served itself, to a person who has its token. Decides; answers nothing.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is turned away, as an HTTP status; null lets it in. */
export type GuardVerdict = 400 | 401 | 403 | null;

/** The checks of one running web host. */
export interface RequestGuard {
  /** For the address that is printed; as good as a password while the host runs. */
  readonly token: string;
  /** Every request: the exact Host (a page of another name that resolves to 127.0.0.1 fails here) and no foreign Origin. */
  checkAddress(request: IncomingMessage): GuardVerdict;
  /** Everything but the page's own files: the cookie, and for anything that acts the exact Origin. */
  checkSession(request: IncomingMessage): GuardVerdict;
  /** `Set-Cookie` for the right token, null for any other text. */
  exchange(token: string): string | null;
}

/** `authority` is `127.0.0.1:port`. */
export function createRequestGuard(authority: string): RequestGuard {
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  // Cookies are shared by all ports of an address: the port in the name keeps two hosts apart.
  const cookieName = `utskick-${authority.split(':')[1] ?? ''}`;
  const origin = `http://${authority}`;
  return {
    token,
    checkAddress(request) {
      if (request.headers.host !== authority) return 400;
      if (isFromElsewhere(request, origin)) return 403;
      return null;
    },
    checkSession(request) {
      // Browsers send Origin with every POST; one without it is no page.
      if (request.method !== 'GET' && request.headers.origin !== origin) return 403;
      return isSame(cookieOf(request, cookieName) ?? '', session) ? null : 401;
    },
    exchange: (given) => (isSame(given, token) ? `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict` : null),
  };
}

function isFromElsewhere(request: IncomingMessage, origin: string): boolean {
  const { origin: given, 'sec-fetch-site': site } = request.headers;
  if (given !== undefined && given !== origin) return true;
  // `none` is a person who typed or clicked the printed address.
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** Compares hashes, so that neither length nor content shows in the time it takes. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
