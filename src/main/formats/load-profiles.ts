// Loads the profiles that describe formats: the product's own, and an installation's beside them. Checks each; never guesses.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ProfileComplaint } from '../../shared/schema/format.ts';
import { checkProfile } from './check-profile.ts';
import type { CompiledProfile } from './compile-profile.ts';

/** Where profiles lie. */
export interface ProfileFolders {
  /** The product's, `resources/profiles`. All of them must be sound. */
  readonly builtIn: string;
  /** The installation's, `profiles` in its data folder; null or a folder that is not there: none. */
  readonly own: string | null;
}

/** One profile that can be used. */
export interface LoadedProfile {
  readonly compiled: CompiledProfile;
  readonly isOwn: boolean;
  /** Its name in its folder. */
  readonly file: string;
  /** True for an own one that takes the place of a built-in one. */
  readonly isOverride: boolean;
}

/** An own profile that can't be used. The others are not affected. */
export interface BrokenProfile {
  readonly file: string;
  readonly complaints: readonly ProfileComplaint[];
}

/** All known formats. */
export interface ProfileSet {
  /** The profile for a root element, or null. */
  find(namespace: string, root: string): CompiledProfile | null;
  byId(id: string): CompiledProfile | null;
  /** Formats' names, sorted, each once. */
  readonly supportedFormats: readonly string[];
  readonly all: readonly LoadedProfile[];
  readonly broken: readonly BrokenProfile[];
}

/**
 * Reads every `*.json` of the folders, synchronously (a few small files at start). An own profile with the id of a built-in one takes
 * its place. Errors: UNREADABLE (the product's folder or file), VALIDATION_ERROR (one of the product's is no profile; names the file).
 */
export function loadProfiles(builtIn: string, own: string | null = null): Result<ProfileSet> {
  const names = listFiles(builtIn);
  if (!names.ok) return names;
  const set = new MutableSet();
  for (const file of names.value) {
    const read = readBuiltIn(join(builtIn, file));
    if (!read.ok) return read;
    const taken = set.add(read.value, { file, isOwn: false });
    if (taken !== null)
      return fail(
        'VALIDATION_ERROR',
        `The profile ${file} describes a format that another profile already describes.`,
        {
          file,
        },
      );
  }
  for (const file of listOwn(own)) {
    const checked = readProfile(join(own ?? '', file));
    const taken = checked.ok ? set.add(checked.value, { file, isOwn: true }) : null;
    const complaints = checked.ok ? (taken === null ? [] : [taken]) : checked.error;
    if (complaints.length > 0) set.broken.push({ file, complaints });
  }
  return ok(set.seal());
}

/** Keeps the profiles and reads them again only when a file of the own ones has come, gone or changed. One per thread. */
export class ProfileLibrary {
  readonly #folders: ProfileFolders;
  #loaded: { readonly marks: string; readonly profiles: Result<ProfileSet> } | null = null;

  constructor(folders: ProfileFolders) {
    this.#folders = folders;
  }

  /** The profiles as they are on disk now. Errors as {@link loadProfiles}. */
  current(): Result<ProfileSet> {
    const marks = marksOf(this.#folders.own);
    if (this.#loaded?.marks !== marks)
      this.#loaded = { marks, profiles: loadProfiles(this.#folders.builtIn, this.#folders.own) };
    return this.#loaded.profiles;
  }
}

/** `namespace` and `root` as one key. */
function rootKey(namespace: string, root: string): string {
  return `${namespace}\n${root}`;
}

class MutableSet {
  readonly #byRoot = new Map<string, LoadedProfile>();
  readonly #byId = new Map<string, LoadedProfile>();
  readonly broken: BrokenProfile[] = [];

  /** A complaint when the root or the id is another profile's; an own profile may take a built-in one's place. */
  add(
    compiled: CompiledProfile,
    { file, isOwn }: { readonly file: string; readonly isOwn: boolean },
  ): ProfileComplaint | null {
    const { id } = compiled.profile;
    const key = rootKey(compiled.root.uri, compiled.root.local);
    const sameId = this.#byId.get(id);
    if (sameId !== undefined && (!isOwn || sameId.isOwn)) return taken('idTaken', id);
    const sameRoot = this.#byRoot.get(key);
    if (sameRoot !== undefined && sameRoot !== sameId) return taken('rootTaken', sameRoot.compiled.profile.id);
    if (sameId !== undefined) this.#byRoot.delete(rootKey(sameId.compiled.root.uri, sameId.compiled.root.local));
    const loaded = { compiled, file, isOwn, isOverride: sameId !== undefined };
    this.#byId.set(id, loaded);
    this.#byRoot.set(key, loaded);
    return null;
  }

  seal(): ProfileSet {
    const all = [...this.#byId.values()].sort(byName);
    return {
      find: (namespace, root) => this.#byRoot.get(rootKey(namespace, root))?.compiled ?? null,
      byId: (id) => this.#byId.get(id)?.compiled ?? null,
      supportedFormats: [...new Set(all.flatMap(formatNames))].sort(),
      all,
      broken: this.broken,
    };
  }
}

function byName(one: LoadedProfile, other: LoadedProfile): number {
  const left = one.compiled.profile;
  const right = other.compiled.profile;
  return left.format.localeCompare(right.format, 'en') || left.id.localeCompare(right.id, 'en');
}

function formatNames({ compiled: { profile } }: LoadedProfile): readonly string[] {
  return [profile.format, ...(profile.dialects ?? []).map((dialect) => dialect.format)];
}

function taken(code: 'idTaken' | 'rootTaken', id: string): ProfileComplaint {
  return { code, at: [code === 'idTaken' ? 'id' : 'root'], params: { id }, line: null, column: null };
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

function listOwn(folder: string | null): readonly string[] {
  if (folder === null) return [];
  const names = listFiles(folder);
  return names.ok ? names.value : [];
}

/** Names, sizes and times of the own profiles; '' when there are none. */
function marksOf(folder: string | null): string {
  return listOwn(folder)
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder ?? '', name), { throwIfNoEntry: false }) ?? {
        size: 0,
        mtimeMs: 0,
      };
      return `${name}\t${String(size)}\t${String(mtimeMs)}`;
    })
    .join('\n');
}

function readBuiltIn(path: string): Result<CompiledProfile> {
  const checked = readProfile(path);
  if (checked.ok) return checked;
  const [first] = checked.error;
  return fail(
    first?.code === 'notJson' ? 'UNREADABLE' : 'VALIDATION_ERROR',
    `The file ${path} is not a format profile: ${first?.code ?? ''} at ${first?.at.join('.') ?? ''}`,
    { path, complaints: checked.error },
  );
}

function readProfile(path: string): Result<CompiledProfile, readonly ProfileComplaint[]> {
  try {
    return checkProfile(readFileSync(path));
  } catch (error) {
    return {
      ok: false,
      error: [{ code: 'notJson', at: [], params: { cause: String(error) }, line: null, column: null }],
    };
  }
}
