// Refusals of documents whose root no profile knows, with the nearest format that can be read.

import type { Problem } from '../../shared/schema/problem.ts';
import type { FileRefusal } from '../ports/import-source.ts';
import { nameOfUnreadFormat } from './unread-formats.ts';
import type { ProfileSet } from './load-profiles.ts';
import { problemOfFile } from './problem-of.ts';
import { editDistance } from './profile-complaints.ts';
import type { TextPlace } from './text-place.ts';

/** A root element as found. */
export interface FoundRoot {
  readonly namespace: string;
  readonly name: string;
  readonly place: TextPlace;
}

/** A format that the root is nearly one of. */
interface Near {
  readonly format: string;
  readonly namespace: string;
  readonly root: string;
  /** What differs: the namespace, the root's name, or a little of both. */
  readonly differs: 'namespace' | 'root' | 'both';
}

/** Refuses a document whose root no profile knows. */
export function refuseFormat(root: FoundRoot, profiles: Pick<ProfileSet, 'supportedFormats' | 'all'>): FileRefusal {
  const near = nearestFormat(root, profiles);
  const unread = nameOfUnreadFormat(root.namespace, root.name);
  const params = {
    namespace: root.namespace,
    root: root.name,
    supported: profiles.supportedFormats.join(', '),
    ...(near === null
      ? {}
      : { near: near.format, nearNamespace: near.namespace, nearRoot: near.root, nearDiffers: near.differs }),
    ...(unread === null ? {} : { unread }),
  };
  return refusal(
    unsupported(root, params),
    {
      detectedNamespace: root.namespace,
      detectedRoot: root.name,
      supportedFormats: profiles.supportedFormats,
      ...(near === null ? {} : { nearestFormat: near }),
      ...(unread === null ? {} : { knownAs: unread }),
      suggestion: suggestionFor(near, unread),
    },
    unread === null ? 'The format of the file is not known.' : `${unread} is not a format that can be read.`,
  );
}

/** Refuses an envelope with two kinds of documents: one of them would be lost. */
export function refuseMixedWrapper(found: {
  readonly first: string;
  readonly second: string;
  readonly place: TextPlace;
}): FileRefusal {
  const root = { namespace: '', name: found.second, place: found.place };
  const params = { namespace: '', root: found.second, supported: found.first, mixed: found.first };
  return refusal(
    unsupported(root, params),
    {
      detectedRoot: found.second,
      firstRoot: found.first,
      suggestion: 'Send the documents in an envelope each, or all of the same kind.',
    },
    `The envelope holds a ${found.first} and a ${found.second}; only documents of one kind are read together.`,
  );
}

function unsupported(root: FoundRoot, params: Problem['params']): Problem {
  return problemOfFile(
    {
      ruleId: 'core.format.unsupported',
      severity: 'error',
      found: root.namespace === '' ? root.name : root.namespace,
      expected: String(params.supported),
      params,
    },
    { path: root.name, ...root.place, length: root.name.length + 1 },
  );
}

function refusal(problem: Problem, details: Readonly<Record<string, unknown>>, message: string): FileRefusal {
  return { error: { code: 'UNSUPPORTED_FORMAT', message, details }, problems: [problem] };
}

function suggestionFor(near: Near | null, unread: string | null): string {
  switch (near?.differs) {
    case 'namespace':
      return `The nearest format is ${near.format}, whose ${near.root} has the namespace "${near.namespace}". Ask the vendor for that version of the export.`;
    case 'root':
      return `The nearest format is ${near.format}, whose root element in this namespace is ${near.root}. Check that the right export was chosen.`;
    case 'both':
      return `The nearest format is ${near.format}: root ${near.root}, namespace "${near.namespace}".`;
    default:
      return unread === null
        ? 'Check that the file comes from one of the supported systems and that its namespace is written exactly as agreed.'
        : 'Ask the vendor for an export in one of the formats that can be read.';
  }
}

/** Same root with a namespace written alike, same namespace with another root, or both nearly right; null when nothing is near. */
function nearestFormat(root: FoundRoot, { all }: Pick<ProfileSet, 'all'>): Near | null {
  const near = all.flatMap(({ compiled }): { readonly near: Near; readonly distance: number }[] => {
    const known = compiled.root;
    const format = `${compiled.profile.format} ${compiled.profile.version}`;
    const distance = distanceOf(known.uri, root.namespace) + 4 * distanceOf(known.local, root.name);
    const isSameRoot = known.local === root.name;
    const isSameNamespace = known.uri === root.namespace && known.uri !== '';
    // `Invoice` and `Order` are too common to mean anything without a namespace that is written alike.
    const isNear = isSameNamespace || areAlike(known.uri, root.namespace) || (isSameRoot && isTelling(known.local));
    if (!isNear) return [];
    const differs = isSameRoot ? 'namespace' : isSameNamespace ? 'root' : 'both';
    return [{ near: { format, namespace: known.uri, root: known.local, differs }, distance }];
  });
  return near.sort((one, other) => one.distance - other.distance)[0]?.near ?? null;
}

const commonRoots: ReadonlySet<string> = new Set(['Invoice', 'CreditNote', 'invoices']);

function isTelling(root: string): boolean {
  return !commonRoots.has(root);
}

/** Names up to this length are compared letter by letter. */
const comparedLength = 200;

function distanceOf(one: string, other: string): number {
  const limit = comparedLength;
  return editDistance(one.slice(0, limit).toLowerCase(), other.slice(0, limit).toLowerCase(), limit);
}

/** At most a fifth of the letters differ: another version, letters' case, a slash at the end. */
function areAlike(one: string, other: string): boolean {
  if (one === '' || other === '') return false;
  return distanceOf(one, other) * 5 <= Math.max(one.length, other.length);
}
