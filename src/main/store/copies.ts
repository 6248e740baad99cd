// The folder of database copies: how they are called, and which there are. Makes and restores nothing.

import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyKinds } from '../domain/copy-schedule.ts';
import type { CopyKind, DatedCopy } from '../domain/copy-schedule.ts';

/** A copy on disk. */
export interface StoreCopy extends DatedCopy {
  readonly path: string;
  readonly sizeBytes: number;
}

const nameForm = /^utskick-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-([a-z]+)\.db$/iu;

/** Where a database's copies lie. */
export function copiesFolder(databasePath: string): string {
  return join(dirname(databasePath), 'backups');
}

/** `utskick-20261121T101500000Z-daily.db`; the time is UTC. */
export function copyName(kind: CopyKind, atMs: number): string {
  return `utskick-${new Date(atMs).toISOString().replaceAll(/[-:.]/gu, '')}-${kind}.db`;
}

/** Newest first. Other files in the folder, also copies half-way, are not listed. */
export function listCopies(folder: string): readonly StoreCopy[] {
  return namesIn(folder)
    .flatMap((name) => readCopy(folder, name) ?? [])
    .toSorted((one, other) => other.madeAtMs - one.madeAtMs);
}

/** The newest copy that can be restored; null when there is none. */
export function newestCopy(folder: string): StoreCopy | null {
  return listCopies(folder).find(({ kind }) => kind !== 'replaced' && kind !== 'damaged') ?? null;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}

function readCopy(folder: string, name: string): StoreCopy | null {
  const [, year, month, day, hour, minute, second, ms, written] = nameForm.exec(name) ?? [];
  const kind = copyKinds.find((known) => known === written);
  if (kind === undefined) return null;
  const path = join(folder, name);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return null;
  const madeAtMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  return { name, kind, madeAtMs, path, sizeBytes: found.size };
}
