// What both windows load: the built page's files by contained path, and the policy every answer carries. No host, no engine.

import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/**
 * The content policy of the page, from nothing up. `blob:` and `data:` only as images; no inline script or style, no frame, no form.
 * The page's own styles are files; React sets single properties through the object model, which a policy does not concern.
 */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Headers of every answer to the page, whatever it is. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Only what a page is made of is ever served. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
};

/** A file of the page. */
export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
}

/**
 * The file for a URL's path (`/` is index.html), or null: unknown kinds, anything outside `folder` also through links, folders, and
 * names that are not plain (encoded separators, dots, backslashes, NUL) are all simply not there.
 */
export async function readPageFile(folder: string, urlPath: string): Promise<PageFile | null> {
  const name = plainName(urlPath);
  const mediaType = name === null ? undefined : mediaTypes[extname(name)];
  if (name === null || mediaType === undefined) return null;
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, name));
    if (!path.startsWith(root + sep) || !(await stat(path)).isFile()) return null;
    return { bytes: new Uint8Array(await readFile(path)), mediaType };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}

function plainName(urlPath: string): string | null {
  if (urlPath === '/') return 'index.html';
  // The bundler's names need nothing else; what would have to be decoded is refused instead.
  const isPlain = /^(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/u.test(urlPath);
  return isPlain && !urlPath.includes('..') ? urlPath.slice(1) : null;
}
