// Writes zips for tests, sound ones and ones that lie. Independent of the reader under test.

import { writeFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';

/** One entry. What is not said is right. */
export interface ZipEntry {
  readonly name: string | Uint8Array;
  readonly data?: string | Uint8Array;
  /** Packed bytes to use instead of packing `data`. */
  readonly packed?: Uint8Array;
  readonly isStored?: boolean;
  readonly method?: number;
  readonly flags?: number;
  readonly checksum?: number;
  readonly declaredSize?: number;
  /** `st_mode` of Unix. */
  readonly mode?: number;
  readonly extra?: Uint8Array;
}

/** Writes a zip and gives its path. `hasZip64End` adds the locator of a zip64 directory. */
export function writeZip(
  path: string,
  entries: readonly ZipEntry[],
  { hasZip64End = false }: { readonly hasZip64End?: boolean } = {},
): string {
  writeFileSync(path, zipBytes(entries, { hasZip64End }));
  return path;
}

/** The bytes of a zip. */
export function zipBytes(
  entries: readonly ZipEntry[],
  { hasZip64End = false }: { readonly hasZip64End?: boolean } = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = records(entry, offset);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  const locator = Buffer.alloc(hasZip64End ? 20 : 0);
  if (hasZip64End) locator.writeUInt32LE(0x07064b50, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, locator, end]);
}

function records(entry: ZipEntry, offset: number): { readonly local: Buffer; readonly central: Buffer } {
  const name = Buffer.from(entry.name);
  const data = Buffer.from(entry.data ?? '');
  const method = entry.method ?? (entry.isStored === true ? 0 : 8);
  const packed = Buffer.from(entry.packed ?? (method === 8 ? deflateRawSync(data) : data));
  const extra = Buffer.from(entry.extra ?? []);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(entry.flags ?? 0x800, 2);
  common.writeUInt16LE(method, 4);
  common.writeUInt32LE(entry.checksum ?? crc32(data), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(entry.declaredSize ?? data.length, 18);
  common.writeUInt16LE(name.length, 22);
  common.writeUInt16LE(extra.length, 24);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
  rest.writeUInt32LE(offset, 10);
  return {
    local: Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, name, extra, packed]),
    central: Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), common, rest, name, extra]),
  };
}
