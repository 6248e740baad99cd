// Names and bytes at a print vendor: target names from an allow-list, temporary names, the index file. No network here.

import { createHash } from 'node:crypto';
import { csvCell } from '../../domain/csv-cell.ts';
import type { DeliveryItem, IndexEntry } from '../../ports/channel-adapter.ts';

/** ASCII letters, digits, dot, dash, underscore; starts with a letter or digit; no more than common file systems and old Windows paths take. */
const safeName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/u;
/** SHA-256 in hexadecimal. */
const keyPattern = /^[0-9a-f]{64}$/u;
/** Index files are read by people and programs; this many bytes a name are enough to tell two attempts' temporary files apart. */
const keyLength = 16;

/** True for a name that may be written at the vendor: no folder, no hidden file, nothing that looks unfinished. */
export function isSafeName(name: string): boolean {
  return safeName.test(name) && !name.includes('..') && !name.endsWith('.') && !name.endsWith('.part');
}

/** Folders before the name; a pattern makes no more. */
const mostFolders = 4;

/** True for a name, or folders and a name, below the vendor's folder. */
export function isSafeTarget(target: string): boolean {
  const names = target.split('/');
  return names.length <= mostFolders + 1 && names.every(isSafeName);
}

/** A target's folder below the vendor's folder. */
export function folderOf(folder: string, target: string): string {
  return target.split('/').slice(0, -1).reduce(pathIn, folder);
}

/** True for an idempotency key as the port describes it. */
export function isSafeKey(key: string): boolean {
  return keyPattern.test(key);
}

/** A name in the vendor's folder. */
export function pathIn(folder: string, name: string): string {
  const base = folder.replace(/\/+$/u, '');
  if (base === '') return folder.startsWith('/') ? `/${name}` : name;
  return `${base}/${name}`;
}

/**
 * The temporary name of an attempt: `.utskick-<key16>-<attempt>.part`. Every attempt has its own, so that a rename of an earlier attempt that
 * reaches the server late can only ever move that attempt's complete file.
 */
export function temporaryName(item: Pick<DeliveryItem, 'idempotencyKey' | 'attempt'>): string {
  return `.utskick-${item.idempotencyKey.slice(0, keyLength)}-${item.attempt}.part`;
}

/** The temporary name of an index file; the same for the same name. */
export function temporaryIndexName(name: string): string {
  return `.utskick-${name}.part`;
}

/** The name that the permission test writes and removes. */
export function probeName(suffix: string): string {
  return `.utskick-probe-${suffix}.part`;
}

/** SHA-256 in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The index file: UTF-8, semicolons, CRLF (RFC 4180), one row a file in the order given. */
export function encodeIndex(entries: readonly IndexEntry[]): Buffer {
  const rows = entries.map(({ fileName, sizeBytes, sha256, invoiceNumber }) =>
    [fileName, sizeBytes, sha256, invoiceNumber].map(csvCell).join(';'),
  );
  return Buffer.from(['fileName;sizeBytes;sha256;invoiceNumber', ...rows, ''].join('\r\n'), 'utf8');
}
