// The page's address in the desktop window, and which frames count as the page. Pure.

/** The page of the built application. */
export const appOrigin = 'app://utskick';

/** The page and its origin: our own scheme, or a development server on this computer when not packaged. */
export interface PageAddress {
  readonly url: string;
  readonly origin: string;
}

/** `devServer` is taken only from an unpackaged program and only when it is plain http on loopback. */
export function pageAddress({
  devServer,
  isPackaged,
}: {
  readonly devServer: string | undefined;
  readonly isPackaged: boolean;
}): PageAddress {
  if (!isPackaged && devServer !== undefined && URL.canParse(devServer)) {
    const { protocol, hostname, origin, href } = new URL(devServer);
    if (protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1')) return { url: href, origin };
  }
  return { url: `${appOrigin}/`, origin: appOrigin };
}

/** True for the page itself; another document of the same origin is none. */
export function isPage(url: string, address: PageAddress): boolean {
  return url.split(/[?#]/u)[0] === address.url.split(/[?#]/u)[0];
}
