// The hook by which a long list is read from the engine: pages around what is looked at, refreshed by events.

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { MethodName } from '../../shared/contract/methods.ts';
import { useEngine } from './client-context.tsx';
import { createPagedList } from './paged-list.ts';
import type { FetchPage, ListFacts, PagedList } from './paged-list.ts';
import { topicsOf } from './topics.ts';

/** How to fetch a list. `method` names the events that make it old; `key` is the question (filter, order), compared as text. */
export interface PagedSource<Row, Whole> {
  readonly method: MethodName;
  readonly key: string;
  readonly fetchPage: FetchPage<Row, Whole>;
}

/** A long list: its length, what is known of its rows, and a way to say which part is looked at. */
export interface PagedRows<Row, Whole>
  extends ListFacts<Whole>, Pick<PagedList<Row, Whole>, 'rowAt' | 'find' | 'show'> {
  readonly reload: () => void;
}

/** While events come in bursts a list is asked for at most this often. */
const pauseBetweenMs = 400;

/** Rows of a long list; the engine sorts, filters and pages. */
export function usePagedRows<Row, Whole>(source: PagedSource<Row, Whole>): PagedRows<Row, Whole> {
  const { client } = useEngine();
  const { key, method } = source;
  const fetchPage = useRef(source.fetchPage);
  useEffect(() => {
    fetchPage.current = source.fetchPage;
  });
  const [list] = useState(() => createPagedList<Row, Whole>((range) => fetchPage.current(range)));
  const snapshot = useSyncExternalStore(list.subscribe, list.version);

  useEffect(() => list.restart(), [list, key]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const later = (): void => {
      timer ??= setTimeout(() => {
        timer = null;
        list.refresh();
      }, pauseBetweenMs);
    };
    const stop = [
      client.onEvent((event) => {
        if (topicsOf(method).includes(event.topic)) later();
      }),
      client.onResync(later),
    ];
    return () => {
      if (timer !== null) clearTimeout(timer);
      for (const end of stop) end();
    };
  }, [client, list, method]);

  const show = useCallback((first: number, last: number) => list.show(first, last), [list]);
  const reload = useCallback(() => list.refresh(), [list]);
  return useMemo(
    // `version` is not read by anyone: it makes the value another one, so that what is drawn from it is drawn again.
    () => ({
      ...list.facts(),
      rowAt: (index: number) => list.rowAt(index),
      find: (fits: (row: Row) => boolean) => list.find(fits),
      show,
      reload,
      version: snapshot,
    }),
    [list, show, reload, snapshot],
  );
}
