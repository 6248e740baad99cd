// Reads a text or bytes as a file through the product's own reader, for tests of formats.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checksWith } from '../../../src/main/app/rule-sets.ts';
import { channelRules } from '../../../src/main/engine/channel-rules.ts';
import { loadProfiles } from '../../../src/main/formats/load-profiles.ts';
import type { ProfileSet } from '../../../src/main/formats/load-profiles.ts';
import { readSource } from '../../../src/main/formats/read-source.ts';
import type { ReadFileResult } from '../../../src/main/formats/read-file.ts';
import type { ParsedInvoiceRow } from '../../../src/main/ports/import-source.ts';
import type { Channel } from '../../../src/shared/schema/delivery.ts';
import type { Problem } from '../../../src/shared/schema/problem.ts';

/** The product's resources. */
export const resourcesDir = join(import.meta.dirname, '../../../resources');

/** The product's profiles. */
export function profiles(): ProfileSet {
  const loaded = loadProfiles(join(resourcesDir, 'profiles'));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

/** What reading gave, with all chunks joined. */
export interface ReadOutcome {
  readonly result: ReadFileResult;
  readonly rows: readonly ParsedInvoiceRow[];
  readonly problems: readonly Problem[];
}

/** Puts bytes into a temporary file for as long as `use` runs. */
export async function withFile<T>(content: string | Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'utskick-formats-'));
  const path = join(folder, 'source.xml');
  try {
    await writeFile(path, content);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Reads a file with all rules, as of 2026-11-21, in a workspace that has connections of the channels in `connected`. */
export async function readPath(path: string, connected?: readonly Channel[]): Promise<ReadOutcome> {
  const rows: ParsedInvoiceRow[] = [];
  const problems: Problem[] = [];
  const result = await readSource(path, {
    profiles: profiles(),
    rules: checksWith(channelRules, connected),
    today: '2026-11-21',
    signal: new AbortController().signal,
    onChunk: (chunk) => {
      rows.push(...chunk.rows);
      problems.push(...chunk.problems);
      return Promise.resolve();
    },
  });
  return { result, rows, problems };
}

/** Reads a text (UTF-8) or bytes. */
export function readContent(content: string | Uint8Array, connected?: readonly Channel[]): Promise<ReadOutcome> {
  return withFile(content, (path) => readPath(path, connected));
}

/** The only problem of a refused file. */
export async function refusalOf(
  content: string | Uint8Array,
): Promise<{ readonly code: string; readonly details: Readonly<Record<string, unknown>>; readonly problem: Problem }> {
  const { result } = await readContent(content);
  if (result.ok) throw new Error('the file was read');
  const [problem] = result.refusal.problems;
  if (problem === undefined) throw new Error(`no problem beside ${result.refusal.error.code}`);
  return { code: result.refusal.error.code, details: result.refusal.error.details ?? {}, problem };
}

/** 1-based line and column (code points) of the first `needle` in a text; `at` counts from its start. */
export function placeOf(text: string, needle: string, at = 0): { readonly line: number; readonly column: number } {
  const offset = text.indexOf(needle);
  if (offset < 0) throw new Error(`"${needle}" is not in the text`);
  const lines = text.slice(0, offset + at).split(/\r\n|\r|\n/);
  return { line: lines.length, column: Array.from(lines.at(-1) ?? '').length + 1 };
}
