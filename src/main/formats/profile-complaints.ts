// What a profile of the right shape can still get wrong: names that do not exist, types that do not fit, rules nobody knows. No I/O.

import { lineKinds } from '../../shared/schema/invoice.ts';
import type { ProfileComplaint } from '../../shared/schema/format.ts';
import { ruleCatalogue } from '../domain/rules/all.ts';
import { headerFields, invoiceFields, invoiceLists } from './profile-fields.ts';
import type { FieldTypes, ListShape } from './profile-fields.ts';
import type { Dialect, Profile, ProfileField, ProfileList } from './profile-schema.ts';
import { valueForms } from './value-forms.ts';

type At = readonly (string | number)[];

/** Everything that is wrong, in the order of the file. Empty: the profile can be compiled. */
export function complaintsAbout(profile: Profile): ProfileComplaint[] {
  return [
    ...fieldComplaints(['header'], profile.header, headerFields),
    ...fieldComplaints(['fields'], profile.fields, invoiceFields),
    ...rowComplaints(profile),
    ...listComplaints(['lists'], profile.lists, invoiceLists),
    ...defaultComplaints(profile),
    ...(profile.skipRules ?? []).flatMap((rule, index) =>
      Object.hasOwn(ruleCatalogue, rule) ? [] : [complaint(['skipRules', index], 'unknownRule', { name: rule })],
    ),
    ...(profile.dialects ?? []).flatMap((dialect, index) => dialectComplaints(['dialects', index], dialect, profile)),
  ];
}

/** A complaint at a place of the profile's JSON. */
export function complaint(
  at: At,
  code: ProfileComplaint['code'],
  params: Readonly<Record<string, string>>,
): ProfileComplaint {
  return { at: [...at], code, params: { ...params }, line: null, column: null };
}

function fieldComplaints(
  at: At,
  fields: Readonly<Record<string, ProfileField>>,
  known: FieldTypes,
): ProfileComplaint[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const type = known[name];
    if (type === undefined)
      return [complaint([...at, name], 'unknownField', { name, nearest: nearestName(name, Object.keys(known)) })];
    if (type !== field.type)
      return [complaint([...at, name, 'type'], 'wrongType', { name, expected: type, found: field.type })];
    if (field.path === undefined && field.default === undefined) return [complaint([...at, name], 'noPath', { name })];
    return [];
  });
}

function rowComplaints({ rows, lists }: Profile): ProfileComplaint[] {
  if (rows === undefined) return [];
  const kinds: readonly string[] = lineKinds;
  return [
    ...(lists.lines === undefined ? [] : [complaint(['rows'], 'rowsTwice', {})]),
    ...rows.flatMap(({ kind }, index) =>
      kinds.includes(kind)
        ? []
        : [complaint(['rows', index, 'kind'], 'unknownValue', { name: kind, expected: kinds.join(', ') })],
    ),
  ];
}

function listComplaints(
  at: At,
  lists: Readonly<Record<string, ProfileList>>,
  known: Readonly<Record<string, ListShape>>,
): ProfileComplaint[] {
  return Object.entries(lists).flatMap(([name, list]) => {
    const shape = known[name];
    if (shape === undefined)
      return [complaint([...at, name], 'unknownList', { name, nearest: nearestName(name, Object.keys(known)) })];
    return [
      ...fieldComplaints([...at, name, 'fields'], list.fields, shape.fields),
      ...listComplaints([...at, name, 'lists'], list.lists ?? {}, shape.lists),
    ];
  });
}

/** A default is a text of the source: it must read as its field's type. */
function defaultComplaints({ dates, decimals, fields }: Profile): ProfileComplaint[] {
  const forms = valueForms(dates ?? 'YYYY-MM-DD', decimals ?? 'point');
  return Object.entries(fields).flatMap(([name, { default: text, type }]) => {
    if (text === undefined) return [];
    const isRead =
      type === 'date'
        ? forms.date.parse(text, null) !== null
        : type === 'amount' || type === 'decimal'
          ? forms.decimal.parse(text, null) !== null
          : type !== 'currency' || /^[A-Z]{3}$/u.test(text);
    return isRead ? [] : [complaint(['fields', name, 'default'], 'badDefault', { name, found: text, expected: type })];
  });
}

function dialectComplaints(at: At, dialect: Dialect, profile: Profile): ProfileComplaint[] {
  const moves = [
    ...sourceComplaints([...at, 'fields'], dialect.fields ?? {}, { known: invoiceFields, own: profile.fields }),
    ...Object.entries(dialect.lists ?? {}).flatMap(([name, fields]) => {
      const shape = invoiceLists[name];
      const list = profile.lists[name];
      if (shape === undefined || list === undefined)
        return [complaint([...at, 'lists', name], 'unknownList', { name, nearest: '' })];
      return sourceComplaints([...at, 'lists', name], fields, { known: shape.fields, own: list.fields });
    }),
  ];
  const conditions = dialect.when.flatMap(({ field, ...tests }, index) => {
    if (profile.fields[field]?.path === undefined)
      return [complaint([...at, 'when', index, 'field'], 'notInProfile', { name: field })];
    const isEmpty = Object.values(tests).every((test) => test === undefined);
    return isEmpty ? [complaint([...at, 'when', index], 'emptyCondition', { name: field })] : [];
  });
  return [...conditions, ...moves];
}

function sourceComplaints(
  at: At,
  sources: Readonly<Record<string, string | null>>,
  names: { readonly known: FieldTypes; readonly own: Readonly<Record<string, ProfileField>> },
): ProfileComplaint[] {
  return Object.entries(sources).flatMap(([name, source]) => {
    const type = names.known[name];
    if (type === undefined) return [complaint([...at, name], 'unknownField', { name, nearest: '' })];
    if (source === null) return [];
    const own = names.own[source];
    if (own === undefined) return [complaint([...at, name], 'notInProfile', { name: source })];
    return own.type === type ? [] : [complaint([...at, name], 'wrongType', { name, expected: type, found: own.type })];
  });
}

/** The known name that is written most alike, '' when none is near. */
export function nearestName(name: string, known: readonly string[]): string {
  let best = '';
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const each of known) {
    const distance = editDistance(name.toLowerCase(), each.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = each;
    }
  }
  return best;
}

/** Levenshtein distance, `limit` when it is that or more. */
export function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return Math.min(limit, previous[other.length] ?? limit);
}
