// Checks kept files against the hashes that the database has of them, one after the other, in the thread that calls it.

import { createHash, hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifyFinding, VerifyReport } from '../../shared/schema/storage.ts';
import { maxFindings, verifyDatabase } from './verify.ts';
import type { KeptFile } from './verify.ts';

const chunkBytes = 1024 * 1024;

/** Where the parts keep their files: folder and endings, as the engine opens them. A document's ending tells its kind. */
const places = {
  sources: { folder: 'sources', endings: ['.xml'] },
  documents: { folder: 'documents', endings: ['.pdf', '.xml', '.json'] },
  receipts: { folder: 'receipts', endings: ['.json'] },
} as const satisfies Record<KeptFile['part'], { readonly folder: string; readonly endings: readonly string[] }>;

/** Checks a whole data folder by reading only. `onFile` is told after each kept file. Throws for what is no damage: a folder that cannot be read. */
export function verifyDataFolder(
  dataDir: string,
  onFile: (done: number, total: number) => void = () => undefined,
): VerifyReport {
  const { findings, checked, auditHead, files } = verifyDatabase(join(dataDir, 'utskick.db'));
  const packs = new OpenPack(dataDir);
  const all = [...findings];
  try {
    for (const [at, file] of files.entries()) {
      const actual = file.pack === undefined ? firstHashOf(pathsOf(dataDir, file)) : packs.hashOf(file.pack);
      const finding = findingOf(file, actual);
      if (finding !== null) all.push(finding);
      onFile(at + 1, files.length);
    }
  } finally {
    packs.close();
  }
  const counted = (part: KeptFile['part']): number => files.filter((file) => file.part === part).length;
  return {
    isSound: all.length === 0,
    checked: {
      ...checked,
      sources: counted('sources'),
      documents: counted('documents'),
      receipts: counted('receipts'),
    },
    auditHead,
    findings: [...Map.groupBy(all, ({ part }) => part).values()].flatMap((group) => group.slice(0, maxFindings)),
  };
}

function pathsOf(dataDir: string, { part, sha256 }: KeptFile): readonly string[] {
  const { folder, endings } = places[part];
  return endings.map((ending) => join(dataDir, folder, sha256.slice(0, 2), `${sha256}${ending}`));
}

/** `actual`: the hash of what is there, null when nothing is. */
function findingOf({ part, sha256, name, mayBeMissing }: KeptFile, actual: string | null): VerifyFinding | null {
  if (actual === sha256) return null;
  if (actual === null && mayBeMissing === true) return null;
  if (actual === null) return { part, code: 'missing', detail: `${name} (${sha256}) is not in the data folder` };
  return { part, code: 'changed', detail: `${name} should have the hash ${sha256} and has ${actual}` };
}

/** Packs of source files, one open at a time: what lies in one is checked one after the other. */
class OpenPack {
  readonly #dataDir: string;
  #id: string | null = null;
  #file: number | null = null;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** Null when the pack is missing. A pack that was cut off gives another hash. */
  hashOf({ id, byteOffset, byteLength }: NonNullable<KeptFile['pack']>): string | null {
    if (id !== this.#id) {
      this.close();
      this.#id = id;
      this.#file = openOrNull(join(this.#dataDir, places.sources.folder, 'packs', `${id}.pack`));
    }
    if (this.#file === null) return null;
    const buffer = Buffer.alloc(byteLength);
    return hash('sha256', buffer.subarray(0, readSync(this.#file, buffer, 0, byteLength, byteOffset)), 'hex');
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

function openOrNull(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Of the first of these files that is there; null when none is. */
function firstHashOf(paths: readonly string[]): string | null {
  for (const path of paths) {
    const sum = hashOf(path);
    if (sum !== null) return sum;
  }
  return null;
}

/** Null when there is no such file. */
function hashOf(path: string): string | null {
  const file = openOrNull(path);
  if (file === null) return null;
  try {
    const sum = createHash('sha256');
    const buffer = Buffer.alloc(chunkBytes);
    for (;;) {
      const length = readSync(file, buffer, 0, chunkBytes, null);
      if (length === 0) return sum.digest('hex');
      sum.update(buffer.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}
