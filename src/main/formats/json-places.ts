// Reads JSON and remembers where every value stands, so that a complaint about a profile can name line and column. Not for large files.

import { err, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** A place in a text, both 1-based; columns count characters (code points). */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
}

/** A JSON value with its places. */
export interface PlacedJson {
  readonly value: unknown;
  has(at: readonly (string | number)[]): boolean;
  /** The place of the value, or of its nearest parent that is there. */
  placeOf(at: readonly (string | number)[]): JsonPlace;
}

/** Deepest nesting that is read. */
const deepest = 64;

/** Reads UTF-8 JSON (a byte order mark is allowed). The error is the place of the first character that can't be. */
export function readJson(bytes: Uint8Array): Result<PlacedJson, JsonPlace> {
  const text = new TextDecoder('utf-8').decode(bytes);
  const scan = new JsonScan(text);
  const isSound = scan.value([], 0) && scan.isAtEnd();
  if (!isSound) return err(placeAt(text, scan.at));
  const value: unknown = JSON.parse(text);
  const { starts } = scan;
  return ok({
    value,
    has: (at) => starts.has(keyOf(at)),
    placeOf(at) {
      for (let length = at.length; length >= 0; length -= 1) {
        const start = starts.get(keyOf(at.slice(0, length)));
        if (start !== undefined) return placeAt(text, start);
      }
      return { line: 1, column: 1 };
    },
  });
}

function keyOf(at: readonly (string | number)[]): string {
  return at.map(String).join('\u0000');
}

function placeAt(text: string, offset: number): JsonPlace {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return { line: before.length, column: Array.from(before.at(-1) ?? '').length + 1 };
}

const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/uy;
const scalarPattern = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/uy;

/** Walks over a JSON text by its grammar. `at` stands where it can't go on. */
class JsonScan {
  readonly #text: string;
  readonly starts = new Map<string, number>();
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#space();
    return this.at === this.#text.length;
  }

  value(path: readonly (string | number)[], depth: number): boolean {
    this.#space();
    if (depth > deepest) return false;
    this.starts.set(keyOf(path), this.at);
    switch (this.#text[this.at]) {
      case '{':
        return this.#members('}', () => this.#member(path, depth));
      case '[':
        return this.#members(']', (index) => this.value([...path, index], depth + 1));
      case '"':
        return this.#string() !== null;
      default:
        return this.#match(scalarPattern) !== null;
    }
  }

  #member(path: readonly (string | number)[], depth: number): boolean {
    this.#space();
    const name = this.#string();
    if (name === null || !this.#take(':')) return false;
    const key: unknown = JSON.parse(name);
    return typeof key === 'string' && this.value([...path, key], depth + 1);
  }

  #members(close: string, member: (index: number) => boolean): boolean {
    this.at += 1;
    if (this.#take(close)) return true;
    for (let index = 0; ; index += 1) {
      if (!member(index)) return false;
      if (this.#take(close)) return true;
      if (!this.#take(',')) return false;
    }
  }

  /** A string with its quotes; control characters must be escaped. */
  #string(): string | null {
    const start = this.at;
    if (this.#text[start] !== '"') return null;
    this.at += 1;
    for (;;) {
      const mark = this.#text[this.at];
      if (mark === undefined || mark < ' ') return null;
      if (mark === '\\') {
        if (this.#match(escapePattern) === null) return null;
        continue;
      }
      this.at += 1;
      if (mark === '"') return this.#text.slice(start, this.at);
    }
  }

  #take(mark: string): boolean {
    this.#space();
    if (this.#text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  #space(): void {
    while (/^[ \t\r\n]$/u.test(this.#text[this.at] ?? '')) this.at += 1;
  }
}
