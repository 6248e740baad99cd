// Remembers the ordered row ids of the last few table queries, so that any page of 100,000 rows costs one slice. No SQL here.

import type { StoreCore } from './core.ts';

/** Queries remembered; a window has a handful of tables open. */
const maxLists = 8;

/** A query by name: what it finds, and whether a change of states can change that. */
export interface ListQuery {
  /** Equal for equal queries. */
  readonly key: string;
  /** False where the answer can never change (rows of a finished batch, ordered by what never changes). */
  readonly isChanging: boolean;
  readonly find: () => readonly number[];
}

/** Answers from memory where nothing was written since. */
export interface IdLists {
  get(query: ListQuery): readonly number[];
}

/** An empty memory. */
export function createIdLists(core: Pick<StoreCore, 'changeMark'>): IdLists {
  const lists = new Map<string, { readonly mark: string; readonly ids: readonly number[] }>();
  return {
    get({ key, isChanging, find }) {
      const mark = isChanging ? core.changeMark() : '';
      const known = lists.get(key);
      lists.delete(key);
      const list = known?.mark === mark ? known : { mark, ids: find() };
      lists.set(key, list);
      for (const oldest of lists.keys()) {
        if (lists.size <= maxLists) break;
        lists.delete(oldest);
      }
      return list.ids;
    },
  };
}
