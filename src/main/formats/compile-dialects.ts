// Dialects of a profile: standards that share a root element and are told apart by what the document says of itself. No I/O.

import type { FieldPlan, RecordPlan } from './profile-plan.ts';
import type { Dialect, DialectCondition, Profile } from './profile-schema.ts';
import type { RawRecord } from './record.ts';

/** Canonical field name → the plan it is read from; null: the dialect has no such field. All fields of the record, also those that are read as the profile says. */
export type FieldSources = ReadonlyMap<string, FieldPlan | null>;

/** A dialect ready for reading. */
export interface CompiledDialect {
  readonly dialect: Dialect;
  /** By record plan; records without an entry are read as the profile says. */
  readonly sources: ReadonlyMap<RecordPlan, FieldSources>;
  readonly conditions: readonly { readonly slots: readonly number[]; readonly test: (text: string) => boolean }[];
}

/** Compiles the dialects of a profile whose names have been checked. */
export function compileDialects(profile: Profile, invoice: RecordPlan): readonly CompiledDialect[] {
  return (profile.dialects ?? []).map((dialect) => {
    const sources = new Map<RecordPlan, FieldSources>();
    if (dialect.fields !== undefined) sources.set(invoice, sourcesOf(dialect.fields, invoice));
    for (const [name, fields] of Object.entries(dialect.lists ?? {})) {
      const list = invoice.lists.get(name);
      if (list !== undefined) sources.set(list.record, sourcesOf(fields, list.record));
    }
    const conditions = dialect.when.map((condition) => ({
      slots: invoice.fields.get(condition.field)?.slots ?? [],
      test: testOf(condition),
    }));
    return { dialect, sources, conditions };
  });
}

/** The first dialect whose conditions all hold for an invoice; null when it is none of them. */
export function dialectOf(record: RawRecord, dialects: readonly CompiledDialect[]): CompiledDialect | null {
  for (const dialect of dialects) {
    const fits = dialect.conditions.every(({ slots, test }) =>
      slots.some((slot) => {
        const text = record.values[slot];
        return text !== null && text !== undefined && test(text);
      }),
    );
    if (fits) return dialect;
  }
  return null;
}

/** The format and version an invoice is of: its dialect's, else the profile's. */
export function formatNameOf(
  record: RawRecord,
  { profile, dialects }: { readonly profile: Profile; readonly dialects: readonly CompiledDialect[] },
): { readonly format: string; readonly formatVersion: string } {
  const { format, version } = dialectOf(record, dialects)?.dialect ?? profile;
  return { format, formatVersion: version };
}

/** How a dialect's condition is written for people: `customizationId starts with "OIOUBL-2"`. */
export function conditionText({ field, equals, startsWith, contains }: DialectCondition): string {
  const parts = [
    equals === undefined ? null : `= ${equals}`,
    startsWith === undefined ? null : `= ${startsWith}…`,
    contains === undefined ? null : `= …${contains}…`,
  ];
  return `${field} ${parts.filter((part) => part !== null).join(', ')}`;
}

function sourcesOf(fields: Readonly<Record<string, string | null>>, record: RecordPlan): FieldSources {
  const own = Object.entries(fields).map(
    ([name, source]) => [name, source === null ? null : (record.fields.get(source) ?? null)] as const,
  );
  return new Map<string, FieldPlan | null>([...record.fields, ...own]);
}

function testOf({ equals, startsWith, contains }: DialectCondition): (text: string) => boolean {
  return (text) =>
    (equals === undefined || text === equals) &&
    (startsWith === undefined || text.startsWith(startsWith)) &&
    (contains === undefined || text.includes(contains));
}
