// When a file counts as whole: only when it has looked the same for the settle time.

import { describe, expect, it } from 'vitest';
import { SettledFiles } from '../../../src/main/platform/settled-files.ts';

const file = (sizeBytes: number, changedAtMs = 0) => ({ name: 'a.xml', sizeBytes, changedAtMs });

describe('a file in a watched folder', () => {
  it('settles when it has not changed for the settle time, counted from its last change', () => {
    const files = new SettledFiles(5_000);
    expect(files.look([file(10)], 0)).toEqual({ settled: [], waiting: 1 });
    expect(files.look([file(20)], 4_900)).toEqual({ settled: [], waiting: 1 });
    expect(files.look([file(20, 1)], 9_800)).toEqual({ settled: [], waiting: 1 });
    expect(files.look([file(20, 1)], 14_799)).toEqual({ settled: [], waiting: 1 });
    expect(files.look([file(20, 1)], 14_800)).toEqual({ settled: [file(20, 1)], waiting: 0 });
  });

  it('is new again when it was gone between', () => {
    const files = new SettledFiles(5_000);
    files.look([file(10)], 0);
    files.look([], 1_000);
    expect(files.look([file(10)], 6_000).settled).toEqual([]);
  });

  it('is told again later when it was left, and only after a change when it was forgotten', () => {
    const files = new SettledFiles(1_000);
    files.look([file(10)], 0);
    expect(files.look([file(10)], 1_000).settled).toHaveLength(1);
    files.again('a.xml', 61_000);
    expect(files.look([file(10)], 61_500).settled).toEqual([]);
    expect(files.look([file(10)], 62_000).settled).toHaveLength(1);
    files.forget('a.xml');
    expect(files.look([file(10)], 90_000)).toEqual({ settled: [], waiting: 0 });
    expect(files.look([file(11)], 91_000)).toEqual({ settled: [], waiting: 1 });
    expect(files.look([file(11)], 92_000).settled).toHaveLength(1);
  });
});
