// Long lists by pages: what is fetched, kept, dropped and asked again.

import { describe, expect, it } from 'vitest';
import { createPagedList, keptPages, pageSize } from '../../../src/renderer/state/paged-list.ts';
import type { Page, PagedList } from '../../../src/renderer/state/paged-list.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import type { Result } from '../../../src/shared/result.ts';

interface Bench {
  readonly list: PagedList<number, string>;
  readonly asked: number[];
  answer: (offset: number) => Result<Page<number, string>>;
  settled(): Promise<void>;
}

function bench(total: number): Bench {
  const asked: number[] = [];
  const made: Bench = {
    asked,
    answer: (offset) =>
      ok({
        total,
        whole: 'sum',
        rows: Array.from({ length: Math.min(pageSize, total - offset) }, (_, index) => offset + index),
      }),
    list: createPagedList(({ offset }) => {
      asked.push(offset);
      return Promise.resolve(made.answer(offset));
    }),
    // Two turns of the microtask queue: the answer, and what the list does with it.
    settled: async () => {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
  return made;
}

describe('a paged list', () => {
  it('is loading until its first page, then knows its length and its whole', async () => {
    const { list, settled } = bench(1_000);
    list.restart();
    expect(list.facts().state).toBe('loading');
    await settled();
    expect(list.facts()).toEqual({ state: 'ready', error: null, total: 1_000, whole: 'sum' });
    expect(list.rowAt(0)).toBe(0);
    expect(list.rowAt(500)).toBeNull();
  });

  it('fetches what is shown with a page on either side, each once', async () => {
    const { list, asked, settled } = bench(10_000);
    list.restart();
    await settled();
    list.show(520, 560);
    list.show(521, 561);
    await settled();
    expect(asked).toEqual([0, 400, 500, 600]);
    expect(list.rowAt(545)).toBe(545);
  });

  it('drops far pages, so that scrolling through everything does not fill the memory', async () => {
    const { list, settled } = bench(100_000);
    list.restart();
    await settled();
    for (let first = 0; first < 100_000; first += pageSize) {
      list.show(first, first + 40);
      await settled();
    }
    expect(list.rowAt(0)).toBeNull();
    const held = Array.from({ length: 1_000 }, (_, page) => list.rowAt(page * pageSize)).filter((row) => row !== null);
    expect(held.length).toBeLessThanOrEqual(keptPages);
  });

  it('keeps old rows on screen while it asks again, and ignores late answers to old questions', async () => {
    const made = bench(1_000);
    const { list, settled } = made;
    list.restart();
    await settled();
    made.answer = () => ok({ total: 1_000, whole: 'new', rows: Array.from({ length: pageSize }, () => -1) });
    list.refresh();
    expect(list.rowAt(3)).toBe(3);
    await settled();
    expect(list.rowAt(3)).toBe(-1);
    expect(list.facts().whole).toBe('new');
  });

  it('says why it failed, keeps what it has when only a refresh fails, and recovers', async () => {
    const made = bench(1_000);
    const { list, settled } = made;
    const good = made.answer;
    made.answer = () => fail('ENGINE_GONE', 'gone');
    list.restart();
    await settled();
    expect(list.facts()).toMatchObject({ state: 'failed', error: { code: 'ENGINE_GONE' } });
    made.answer = good;
    list.refresh();
    await settled();
    expect(list.facts().state).toBe('ready');
    made.answer = () => fail('ENGINE_GONE', 'gone');
    list.refresh();
    await settled();
    expect(list.facts()).toMatchObject({ state: 'ready', error: { code: 'ENGINE_GONE' } });
    expect(list.rowAt(0)).toBe(0);
  });

  it('asks again for what is shown when the list got shorter', async () => {
    const made = bench(1_000);
    const { list, settled } = made;
    list.restart();
    list.show(900, 940);
    await settled();
    made.answer = () => ok({ total: 3, whole: 'sum', rows: [7, 8, 9] });
    list.refresh();
    await settled();
    list.show(0, 2);
    await settled();
    expect(list.facts().total).toBe(3);
    expect(list.rowAt(2)).toBe(9);
  });
});
