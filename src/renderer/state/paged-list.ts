// A long list without React: which pages are fetched, kept and dropped. The engine sorts, filters and pages.

import type { AppError, Result } from '../../shared/result.ts';

/** One page as fetched, with whatever the list says about the whole. */
export interface Page<Row, Whole> {
  readonly total: number;
  readonly rows: readonly Row[];
  readonly whole: Whole;
}

/** Fetches one page by position. */
export type FetchPage<Row, Whole> = (range: {
  readonly offset: number;
  readonly limit: number;
}) => Promise<Result<Page<Row, Whole>>>;

/** What is known of the list as a whole. `total` is 0 until the first page came. */
export interface ListFacts<Whole> {
  readonly state: 'loading' | 'failed' | 'ready';
  readonly error: AppError | null;
  readonly total: number;
  readonly whole: Whole | null;
}

/** A long list of which only a part is at hand. */
export interface PagedList<Row, Whole> {
  readonly subscribe: (listener: () => void) => () => void;
  /** Another number after every change. */
  readonly version: () => number;
  readonly facts: () => ListFacts<Whole>;
  /** Null while the row's page is on its way. */
  readonly rowAt: (index: number) => Row | null;
  /** The first row at hand that fits; null when none does. */
  readonly find: (fits: (row: Row) => boolean) => Row | null;
  /** Fetches what is shown and a page on either side, so that scrolling never shows a hole for long. */
  readonly show: (first: number, last: number) => void;
  /** Another question: the old rows are gone at once. */
  readonly restart: () => void;
  /** The same question again: old rows stay on screen until the new ones are there. */
  readonly refresh: () => void;
}

/** Rows in a page: several screens, so that a page is rarely waited for. */
export const pageSize = 100;
/** Pages kept: scrolling through 100,000 rows must not fill the memory. */
export const keptPages = 80;

interface ListState<Row, Whole> {
  readonly pages: Map<number, readonly Row[]>;
  /** Pages at hand or on their way. */
  readonly asked: Set<number>;
  total: number | null;
  whole: Whole | null;
  error: AppError | null;
  shown: { readonly first: number; readonly last: number };
  version: number;
  /** Rises when answers on their way no longer count. */
  round: number;
}

/** Creates a list that fetches nothing until it is restarted or shown. */
export function createPagedList<Row, Whole>(fetchPage: FetchPage<Row, Whole>): PagedList<Row, Whole> {
  const listeners = new Set<() => void>();
  const state: ListState<Row, Whole> = {
    pages: new Map(),
    asked: new Set(),
    total: null,
    whole: null,
    error: null,
    shown: { first: 0, last: 0 },
    version: 0,
    round: 0,
  };

  function changed(): void {
    state.version += 1;
    for (const listener of listeners) listener();
  }

  async function fetchOne(page: number): Promise<void> {
    if (state.asked.has(page)) return;
    state.asked.add(page);
    const { round } = state;
    const result = await fetchPage({ offset: page * pageSize, limit: pageSize });
    if (round !== state.round) return;
    if (result.ok) {
      state.pages.set(page, result.value.rows);
      state.total = result.value.total;
      state.whole = result.value.whole;
      state.error = null;
      dropFarPages(state);
    } else {
      state.asked.delete(page);
      state.error = result.error;
    }
    changed();
  }

  function fetchShown(): void {
    for (const page of wantedPages(state)) void fetchOne(page);
  }

  function forgetAnswers(): void {
    state.round += 1;
    state.asked.clear();
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => state.version,
    facts: () => factsOf(state),
    rowAt: (index) => state.pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null,
    find: (fits) => {
      for (const rows of state.pages.values()) for (const row of rows) if (fits(row)) return row;
      return null;
    },
    show: (first, last) => {
      state.shown = { first, last };
      fetchShown();
    },
    restart: () => {
      forgetAnswers();
      state.pages.clear();
      state.shown = { first: 0, last: 0 };
      fetchShown();
    },
    refresh: () => {
      forgetAnswers();
      const wanted = wantedPages(state);
      for (const page of [...state.pages.keys()]) if (!wanted.includes(page)) state.pages.delete(page);
      fetchShown();
    },
  };
}

function factsOf<Row, Whole>(state: ListState<Row, Whole>): ListFacts<Whole> {
  const hasFailed = state.total === null && state.error !== null;
  return {
    state: state.total !== null ? 'ready' : hasFailed ? 'failed' : 'loading',
    error: state.error,
    total: state.total ?? 0,
    whole: state.whole,
  };
}

function wantedPages<Row, Whole>(state: ListState<Row, Whole>): readonly number[] {
  const lastPage = state.total === null ? 0 : Math.max(0, Math.ceil(state.total / pageSize) - 1);
  const from = Math.min(lastPage, Math.max(0, Math.floor(state.shown.first / pageSize) - 1));
  const to = Math.min(lastPage, Math.floor(state.shown.last / pageSize) + 1);
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}

function dropFarPages<Row, Whole>(state: ListState<Row, Whole>): void {
  const centre = state.shown.first / pageSize;
  const byDistance = [...state.pages.keys()].sort((a, b) => Math.abs(b - centre) - Math.abs(a - centre));
  for (const page of byDistance.slice(0, Math.max(0, state.pages.size - keptPages))) {
    state.pages.delete(page);
    state.asked.delete(page);
  }
}
