// Checks a profile from its bytes to something that can read files: JSON, shape, names, paths; every complaint with its place. No I/O.

import { err } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ProfileComplaint } from '../../shared/schema/format.ts';
import { compileProfile } from './compile-profile.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { readJson } from './json-places.ts';
import type { PlacedJson } from './json-places.ts';
import { complaint, complaintsAbout } from './profile-complaints.ts';
import { profileSchema } from './profile-schema.ts';

/** Largest profile file; the product's own are under 20 KB. */
export const largestProfileBytes = 262_144;

/** The profile ready for reading, or everything that is wrong with it, with line and column in the JSON. */
export function checkProfile(bytes: Uint8Array): Result<CompiledProfile, readonly ProfileComplaint[]> {
  if (bytes.length > largestProfileBytes)
    return err([complaint([], 'tooLarge', { size: String(bytes.length), limit: String(largestProfileBytes) })]);
  const json = readJson(bytes);
  if (!json.ok) {
    const { line, column } = json.error;
    return err([{ ...complaint([], 'notJson', {}), line, column }]);
  }
  const parsed = profileSchema.safeParse(json.value.value);
  if (!parsed.success) return err(placed(parsed.error.issues.flatMap(complaintsOf), json.value));
  const complaints = complaintsAbout(parsed.data);
  if (complaints.length > 0) return err(placed(complaints, json.value));
  const compiled = compileProfile(parsed.data);
  return compiled.ok ? compiled : err(placed(compiled.error, json.value));
}

/** The fields of zod's issues that are looked at. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[] | undefined;
  readonly expected?: unknown;
  readonly values?: readonly unknown[] | undefined;
  readonly pattern?: string | undefined;
}

function complaintsOf(issue: Issue): ProfileComplaint[] {
  const at = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => complaint([...at, key], 'unknownKey', { name: key }));
  const name = String(at.at(-1) ?? '');
  if (issue.code === 'invalid_value')
    return [complaint(at, 'unknownValue', { name, expected: (issue.values ?? []).map(String).join(', ') })];
  return [complaint(at, 'wrongShape', { name, expected: expectedBy(issue) })];
}

function expectedBy({ expected, pattern, message }: Issue): string {
  return typeof expected === 'string' ? expected : (pattern ?? message);
}

/** A key that should be there and is not has the place of what should hold it. */
function placed(complaints: readonly ProfileComplaint[], json: PlacedJson): ProfileComplaint[] {
  return complaints.map((each) => {
    const isThere = json.has(each.at);
    const code =
      each.code === 'wrongShape' && !isThere
        ? 'missingKey'
        : each.code === 'unknownValue' && !isThere
          ? 'missingKey'
          : each.code;
    return { ...each, code, ...json.placeOf(each.at) };
  });
}
