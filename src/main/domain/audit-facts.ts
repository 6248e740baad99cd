// What the audit log says about a change: the values that differ, before and after. Secrets never, personal numbers masked. Pure.

import { maskPersonalNumbersIn } from './masking.ts';

type Fact = string | number | null;

/** Names whose values are never written. Where a secret is kept (`secret.kind`, `secret.variable`) is none. */
const secretNames = /pass(?:word|phrase)|token|private.?key$|(?:^|\.)secret$/iu;
const leftOut = '[left out]';
const maxTextLength = 500;

/**
 * `before.path` and `after.path` for every value that differs between two plain objects; a missing one is null. Equal objects give nothing.
 * Paths of deeper values are joined by full stops.
 */
export function changedFacts(before: unknown, after: unknown): Record<string, Fact> {
  const old = flatten(before);
  const now = flatten(after);
  const paths = [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path)).sort();
  return Object.fromEntries(
    paths.flatMap((path): [string, Fact][] => [
      [`before.${path}`, old.get(path) ?? null],
      [`after.${path}`, now.get(path) ?? null],
    ]),
  );
}

/** Facts as they may be kept: personal numbers masked, secrets left out, texts cut at 500 characters. */
export function keptFacts(facts: Readonly<Record<string, Fact>>): Record<string, Fact> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]): [string, Fact] => {
      if (value === null || typeof value === 'number') return [name, value];
      if (secretNames.test(name)) return [name, leftOut];
      const text = maskPersonalNumbersIn(value);
      return [name, text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text];
    }),
  );
}

function flatten(value: unknown): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  const visit = (path: string, part: unknown): void => {
    if (typeof part === 'object' && part !== null) {
      for (const [name, inner] of Object.entries(part)) visit(path === '' ? name : `${path}.${name}`, inner);
      return;
    }
    if (part === undefined) return;
    const fact = part === null || typeof part === 'number' || typeof part === 'string' ? part : JSON.stringify(part);
    facts.set(path === '' ? 'value' : path, fact);
  };
  visit('', value);
  return facts;
}
