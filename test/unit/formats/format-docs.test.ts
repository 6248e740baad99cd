// docs/formats is written from the profiles: what is committed is what the generator writes today.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatDocs } from '../../../scripts/format-docs.ts';

const folder = join(import.meta.dirname, '../../../docs/formats');

describe('docs/formats', () => {
  it.each([...formatDocs()])('%s is what `npm run docs` writes', (name, text) => {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });

  it('has no page of a profile that is gone', () => {
    const pages = readdirSync(folder).filter(
      (name) =>
        name.endsWith('.md') && readFileSync(join(folder, name), 'utf8').includes('by `npm run docs`; do not edit'),
    );
    expect(pages.filter((name) => !formatDocs().has(name))).toEqual([]);
  });
});
