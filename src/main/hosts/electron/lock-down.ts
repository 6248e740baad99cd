// What no page may do in the desktop program: go elsewhere, open windows, embed, ask for devices, reach the network.

import { shell } from 'electron';
import type { App, Session, WebContents } from 'electron';
import type { Log } from '../../ports/log.ts';
import { isExternalLink } from './external-links.ts';
import { isPage } from './page-address.ts';
import type { PageAddress } from './page-address.ts';

/** Applies to every web contents there will ever be. Call before any window opens. */
export function lockDownContents(app: App, address: PageAddress, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents, address, log);
    denyWindows(contents, log);
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
      log.warn('a webview was denied');
    });
  });
}

/** No permissions but writing text to the clipboard from our own page; no devices; no network; downloads only of what the page made itself. */
export function lockDownSession(session: Session, address: PageAddress): void {
  const isAllowed = (permission: string, origin: string): boolean =>
    permission === 'clipboard-sanitized-write' && sameOrigin(origin, address);
  session.setPermissionRequestHandler((...[, permission, answer, details]) => {
    answer(isAllowed(permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer({});
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOwnRequest(details.url, address) });
  });
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${address.origin}/`)) event.preventDefault();
  });
}

function denyNavigation(contents: WebContents, address: PageAddress, log: Log): void {
  // Loading the page again is the one navigation a page may start; changes of the fragment never come here.
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && isPage(event.url, address)) return;
    event.preventDefault();
    log.warn('a navigation was denied', { scheme: schemeOf(event.url) });
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
}

function denyWindows(contents: WebContents, log: Log): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalLink(url)) void shell.openExternal(url);
    else log.warn('a window was denied', { scheme: schemeOf(url) });
    return { action: 'deny' };
  });
}

function isOwnRequest(url: string, address: PageAddress): boolean {
  if (sameOrigin(url, address)) return true;
  const scheme = schemeOf(url);
  if (scheme === 'blob' || scheme === 'data' || scheme === 'devtools' || scheme === 'chrome-extension') return true;
  // The development server's own hot updates.
  return scheme === 'ws' && address.origin.startsWith('http:') && new URL(url).host === new URL(address.url).host;
}

/** By text up to the path: for schemes of one's own URL.origin is the text "null". */
function sameOrigin(url: string, address: PageAddress): boolean {
  return url === address.origin || url.startsWith(`${address.origin}/`);
}

function schemeOf(url: string): string {
  return url.split(':')[0] ?? '';
}
