// File tokens: opaque, unguessable, bounded.

import { describe, expect, it } from 'vitest';
import { createFileTokens } from '../../../src/main/rpc/file-tokens.ts';

describe('a file token', () => {
  it('leads to its file and to nothing else', () => {
    const tokens = createFileTokens();
    const a = tokens.register('/data/a.xml', 'a.xml', 12);
    const b = tokens.register('/data/b.xml', 'b.xml', 13);
    expect(tokens.resolve(a.token)).toEqual({ path: '/data/a.xml', name: 'a.xml' });
    expect(tokens.resolve(b.token)).toEqual({ path: '/data/b.xml', name: 'b.xml' });
    expect(a).toEqual({ token: a.token, name: 'a.xml', sizeBytes: 12 });
  });

  it('says nothing about the path and is new each time', () => {
    const tokens = createFileTokens();
    const given = new Set(Array.from({ length: 1_000 }, () => tokens.register('/data/a.xml', 'a.xml', 1).token));
    expect(given.size).toBe(1_000);
    for (const token of given) expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/u);
  });

  it.each(['', '/data/a.xml', '../a.xml', '__proto__', 'constructor'])('is not "%s"', (text) => {
    const tokens = createFileTokens();
    tokens.register('/data/a.xml', 'a.xml', 1);
    expect(tokens.resolve(text)).toBeNull();
  });

  it('is forgotten when too many came after it', () => {
    const tokens = createFileTokens({ limit: 3 });
    const given = ['a', 'b', 'c', 'd'].map((name) => tokens.register(`/${name}`, name, 1).token);
    expect(given.map((token) => tokens.resolve(token)?.name ?? null)).toEqual([null, 'b', 'c', 'd']);
  });
});
