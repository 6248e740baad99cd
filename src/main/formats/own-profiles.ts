// The formats of one data folder as a list, and the way own profiles come in and go. Reading files is done elsewhere.

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FormatEntry, ProfileComplaint } from '../../shared/schema/format.ts';
import type { FormatProfiles, ProfileCheck } from '../ports/format-profiles.ts';
import { checkProfile, largestProfileBytes } from './check-profile.ts';
import { conditionText } from './compile-dialects.ts';
import { requiredCsvColumns } from './csv-head.ts';
import { csvProfile } from './csv-profile.ts';
import { readJson } from './json-places.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { ProfileLibrary } from './load-profiles.ts';
import type { LoadedProfile, ProfileSet } from './load-profiles.ts';

/** Formats over the product's profiles and an own folder, which is made when the first profile is added. */
export function createFormatProfiles(options: {
  readonly resourcesDir: string;
  readonly ownProfilesDir: string;
}): FormatProfiles {
  const { ownProfilesDir: own } = options;
  const builtIn = join(options.resourcesDir, 'profiles');
  const library = new ProfileLibrary({ builtIn, own });
  const readAndCheck = (
    path: string,
  ): Result<{ readonly check: ProfileCheck; readonly profile: CheckedBytes | null; readonly known: ProfileSet }> => {
    const loaded = library.current();
    if (!loaded.ok) return loaded;
    const bytes = readBytes(path);
    return bytes.ok ? ok({ ...checkAgainst(bytes.value, loaded.value), known: loaded.value }) : bytes;
  };
  return {
    list() {
      const loaded = library.current();
      if (!loaded.ok) return loaded;
      const broken = loaded.value.broken.map(({ file, complaints }) => ({ fileName: file, complaints }));
      return ok({ formats: [...loaded.value.all.flatMap(entriesOf), csvEntry()], broken });
    },
    check(path) {
      const checked = readAndCheck(path);
      return checked.ok ? ok(checked.value.check) : checked;
    },
    add(path) {
      const checked = readAndCheck(path);
      if (!checked.ok) return checked;
      const { check, profile, known } = checked.value;
      if (profile === null)
        return fail('VALIDATION_ERROR', 'The file is not a format profile that can be used.', {
          complaints: check.complaints,
        });
      const target = join(own, fileFor(profile.compiled.profile.id, known, own));
      try {
        mkdirSync(own, { recursive: true });
        writeFileSync(`${target}.part`, profile.bytes);
        renameSync(`${target}.part`, target);
      } catch (error) {
        return fail('UNREADABLE', 'The profile could not be kept. Check that there is space.', {
          cause: String(error),
        });
      }
      return ok(check.entries);
    },
    remove(profileId) {
      const loaded = library.current();
      if (!loaded.ok) return loaded;
      const found = ownWith(profileId, loaded.value);
      if (found === undefined) return fail('NOT_FOUND', 'There is no own profile with this id.', { profileId });
      // The one in use goes last: none of the others may take its place.
      for (const file of [...alsoWith(profileId, loaded.value), found.file]) {
        try {
          rmSync(join(own, file), { force: true });
        } catch (error) {
          return fail('UNREADABLE', `The profile could not be removed. Check that ${file} may be changed.`, {
            profileId,
            file,
            cause: String(error),
          });
        }
      }
      return ok(null);
    },
  };
}

function ownWith(id: string, { all }: ProfileSet): LoadedProfile | undefined {
  return all.find(({ compiled, isOwn }) => isOwn && compiled.profile.id === id);
}

/** Further files with the id of the own profile that is in use. */
function alsoWith(id: string, { broken }: ProfileSet): string[] {
  return broken
    .filter(({ complaints }) => complaints.some(({ code, params }) => code === 'idTaken' && params.id === id))
    .map(({ file }) => file);
}

/**
 * The file of the own profile with this id, whatever somebody has called it. For a new one a name that no other file has, in capitals or
 * not; a file of the name that would be its own, and cannot be used, is replaced where it names this id.
 */
function fileFor(id: string, profiles: ProfileSet, folder: string): string {
  const file = ownWith(id, profiles)?.file;
  if (file !== undefined) return file;
  const isOfName = (each: { readonly file: string }): boolean => each.file.toLowerCase() === `${id}.json`;
  const broken = profiles.broken.find((each) => isOfName(each) && idIn(join(folder, each.file)) === id);
  if (broken !== undefined) return broken.file;
  const sound = profiles.all.filter(({ isOwn }) => isOwn);
  const used = new Set([...sound, ...profiles.broken].map((each) => each.file.toLowerCase()));
  let name = `${id}.json`;
  for (let number = 2; used.has(name); number += 1) name = `${id}-${String(number)}.json`;
  return name;
}

/** The id a file names, sound or not; null when it names none. */
function idIn(path: string): unknown {
  const bytes = readBytes(path);
  const json = bytes.ok ? readJson(bytes.value) : bytes;
  const value = json.ok ? json.value.value : null;
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
}

/** The CSV has no profile to replace: its header row stands where other formats have a root element. */
function csvEntry(): FormatEntry {
  const { profile, isSingleInvoice, missingFields } = csvProfile();
  return {
    id: profile.id,
    profileId: profile.id,
    format: profile.format,
    version: profile.version,
    vendor: profile.vendor,
    status: profile.status,
    namespace: '',
    root: [...requiredCsvColumns].join(', '),
    condition: null,
    isSingleInvoice,
    missingFields: [...missingFields],
    isOverride: false,
  };
}

/** The formats a loaded profile gives: itself, then its dialects. */
export function entriesOf({ compiled, isOwn, isOverride }: Omit<LoadedProfile, 'file'>): FormatEntry[] {
  const { profile, root, isSingleInvoice, missingFields } = compiled;
  const common = {
    profileId: profile.id,
    status: isOwn ? ('own' as const) : profile.status,
    namespace: root.uri,
    root: root.local,
    isSingleInvoice,
    missingFields: [...missingFields],
    isOverride,
  };
  const { id, format, version, vendor } = profile;
  return [
    { ...common, id, format, version, vendor, condition: null },
    ...(profile.dialects ?? []).map((dialect) => ({
      ...common,
      id: dialect.id,
      format: dialect.format,
      version: dialect.version,
      vendor: dialect.vendor,
      condition: dialect.when.map(conditionText).join('; '),
    })),
  ];
}

interface CheckedBytes {
  readonly bytes: Uint8Array;
  readonly compiled: CompiledProfile;
}

/** Its own faults first; then whether its root is another profile's. */
function checkAgainst(
  bytes: Uint8Array,
  profiles: ProfileSet,
): { readonly check: ProfileCheck; readonly profile: CheckedBytes | null } {
  const checked = checkProfile(bytes);
  if (!checked.ok) return { check: { complaints: checked.error, entries: [] }, profile: null };
  const { profile, root } = checked.value;
  const holder = profiles.find(root.uri, root.local)?.profile.id ?? profile.id;
  if (holder !== profile.id) {
    const taken: ProfileComplaint = {
      code: 'rootTaken',
      at: ['root'],
      params: { id: holder },
      line: null,
      column: null,
    };
    return { check: { complaints: [taken], entries: [] }, profile: null };
  }
  const replaced = profiles.all.find(({ compiled }) => compiled.profile.id === profile.id);
  const isOverride = replaced !== undefined && (!replaced.isOwn || replaced.isOverride);
  const entries = entriesOf({ compiled: checked.value, isOwn: true, isOverride });
  return { check: { complaints: [], entries }, profile: { bytes, compiled: checked.value } };
}

function readBytes(path: string): Result<Uint8Array> {
  try {
    // A huge file is not read to be told that it is too large.
    const { size } = statSync(path);
    return ok(size > largestProfileBytes ? new Uint8Array(largestProfileBytes + 1) : readFileSync(path));
  } catch (error) {
    return fail('UNREADABLE', `${path} can’t be read. Check that it is a file and still there.`, {
      path,
      cause: String(error),
    });
  }
}
