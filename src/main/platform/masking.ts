// Makes facts fit for a log: personal numbers and e-mail addresses masked, secrets left out, everything bounded. Pure.

import { dropPossiblePersonalNumbersIn } from '../domain/masking.ts';

/** Facts as they may stand in a log line. */
export type MaskedFacts = Readonly<Record<string, unknown>>;

const maxTextLength = 2_000;
const maxItems = 50;
const maxDepth = 5;

/** Names of facts that are never written, whatever they hold. */
const secretNames = /pass(?:word|phrase)|secret|token|cookie|authorization|private.?key$/iu;

// Before the @: keep the first letter, so that two addresses in one line can be told apart.
const emailAddress = /([\p{L}\p{N}])[\p{L}\p{N}._%+'-]*@([\p{L}\p{N}.-]+)/gu;

/** Masks a text and cuts it at 2,000 characters. */
export function maskText(text: string): string {
  const masked = dropPossiblePersonalNumbersIn(text.slice(0, maxTextLength).replace(emailAddress, '$1***@$2'));
  return text.length > maxTextLength ? `${masked} … (${String(text.length)} characters)` : masked;
}

/** Masks facts to any depth; errors become name, code, message and stack. */
export function maskFacts(facts: MaskedFacts): MaskedFacts {
  return maskRecord(facts, 0);
}

function maskRecord(record: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(record).slice(0, maxItems);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      secretNames.test(name) && value !== null ? '[left out]' : maskValue(value, depth),
    ]),
  );
}

function maskValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? '[function]' : value;
  if (depth >= maxDepth) return '[deeper]';
  if (value instanceof Error) return maskError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${String(value.byteLength)} bytes]`;
  if (Array.isArray(value)) return value.slice(0, maxItems).map((item: unknown) => maskValue(item, depth + 1));
  return maskRecord(value, depth + 1);
}

function maskError(error: Error, depth: number): Record<string, unknown> {
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message: maskText(error.message),
    stack: maskText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: maskValue(error.cause, depth + 1) }),
  };
}
