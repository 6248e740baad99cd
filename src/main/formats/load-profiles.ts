// Loads the profiles that describe formats, from a folder of JSON files. Checks each with its schema; never guesses.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { compileProfile } from './compile-profile.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { profileSchema } from './profile-schema.ts';

/** All known formats. */
export interface ProfileSet {
  /** The profile for a root element, or null. */
  find(namespace: string, root: string): CompiledProfile | null;
  byId(id: string): CompiledProfile | null;
  /** Formats' names, sorted, each once. */
  readonly supportedFormats: readonly string[];
}

/**
 * Reads every `*.json` of the folder, synchronously (a few small files at start).
 * Errors: UNREADABLE (folder or file), VALIDATION_ERROR (not a profile; two for one root; names the file).
 */
export function loadProfiles(folder: string): Result<ProfileSet> {
  const byRoot = new Map<string, CompiledProfile>();
  const byId = new Map<string, CompiledProfile>();
  const files = listFiles(folder);
  if (!files.ok) return files;
  for (const file of files.value) {
    const loaded = loadProfile(join(folder, file));
    if (!loaded.ok) return loaded;
    const key = rootKey(loaded.value.root.uri, loaded.value.root.local);
    if (byRoot.has(key) || byId.has(loaded.value.profile.id))
      return fail(
        'VALIDATION_ERROR',
        `The profile ${file} describes a format that another profile already describes.`,
        { file },
      );
    byRoot.set(key, loaded.value);
    byId.set(loaded.value.profile.id, loaded.value);
  }
  const supportedFormats = [...new Set([...byId.values()].map(({ profile }) => profile.format))].sort();
  return ok({
    find: (namespace, root) => byRoot.get(rootKey(namespace, root)) ?? null,
    byId: (id) => byId.get(id) ?? null,
    supportedFormats,
  });
}

function listFiles(folder: string): Result<string[]> {
  try {
    return ok(
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort(),
    );
  } catch (error) {
    return fail('UNREADABLE', 'The folder with the format profiles can’t be read.', { folder, cause: String(error) });
  }
}

function loadProfile(path: string): Result<CompiledProfile> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return fail('UNREADABLE', 'A format profile can’t be read.', { path, cause: String(error) });
  }
  const parsed = profileSchema.safeParse(json);
  if (!parsed.success)
    return fail(
      'VALIDATION_ERROR',
      `The file ${path} is not a format profile: ${parsed.error.issues[0]?.message ?? ''}`,
      { path, issues: parsed.error.issues.map(({ path: at, message }) => ({ at: at.join('.'), message })) },
    );
  return compileProfile(parsed.data);
}

function rootKey(namespace: string, root: string): string {
  return `${namespace}\n${root}`;
}
