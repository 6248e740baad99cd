// Checks kept files against the hashes that the database has of them, one after the other, in the thread that calls it.

import { createHash } from 'node:crypto';
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
  const all = [
    ...findings,
    ...files.flatMap((file, at) => {
      const finding = verifyFile(dataDir, file);
      onFile(at + 1, files.length);
      return finding ?? [];
    }),
  ];
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

function verifyFile(dataDir: string, { part, sha256, name, mayBeMissing }: KeptFile): VerifyFinding | null {
  const { folder, endings } = places[part];
  const actual = firstHashOf(endings.map((ending) => join(dataDir, folder, sha256.slice(0, 2), `${sha256}${ending}`)));
  if (actual === sha256) return null;
  if (actual === null && mayBeMissing === true) return null;
  if (actual === null) return { part, code: 'missing', detail: `${name} (${sha256}) is not in the data folder` };
  return { part, code: 'changed', detail: `${name} should have the hash ${sha256} and has ${actual}` };
}

/** Of the first of these files that is there; null when none is. */
function firstHashOf(paths: readonly string[]): string | null {
  for (const path of paths) {
    const hash = hashOf(path);
    if (hash !== null) return hash;
  }
  return null;
}

/** Null when there is no such file. */
function hashOf(path: string): string | null {
  const hash = createHash('sha256');
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(chunkBytes);
      for (;;) {
        const length = readSync(file, buffer, 0, chunkBytes, null);
        if (length === 0) return hash.digest('hex');
        hash.update(buffer.subarray(0, length));
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
