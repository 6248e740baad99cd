// The hook by which components read from the engine, and the four states every view draws.

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods.ts';
import type { AppError } from '../../shared/result.ts';
import { useEngine } from './client-context.tsx';

/** `loading` has nothing to show yet, `failed` neither; `ready` has data, which may be old while `isRefreshing`. */
export type Query<M extends MethodName> =
  | { readonly state: 'loading'; readonly isSlow: boolean; readonly reload: () => void }
  | { readonly state: 'failed'; readonly error: AppError; readonly reload: () => void }
  | {
      readonly state: 'ready';
      readonly data: MethodOutput<M>;
      readonly isRefreshing: boolean;
      /** The last attempt to refresh failed; the data is what was known before. */
      readonly error: AppError | null;
      readonly reload: () => void;
    };

/** A skeleton before this long would only flicker. */
const slowAfterMs = 300;

/** Asks the engine, shares the answer with everyone who asks the same, and asks again when events say so. `input` is compared by content. */
export function useQuery<M extends MethodName>(method: M, input: MethodInput<M>): Query<M> {
  const { cache } = useEngine();
  const inputText = JSON.stringify(input);
  // The text is the identity: an equal input object made anew in each render must not ask again.
  const stableInput = useMemo(() => JSON.parse(inputText) as MethodInput<M>, [inputText]);
  const subscribe = useCallback(
    (listener: () => void) => cache.watch(method, stableInput, listener),
    [cache, method, stableInput],
  );
  const snapshot = useSyncExternalStore(subscribe, () => cache.snapshot(method, stableInput));
  const reload = useCallback(() => cache.refetch(method, stableInput), [cache, method, stableInput]);
  const isLoading = snapshot.data === null && snapshot.error === null;
  const isSlow = useIsSlow(isLoading);
  return useMemo(() => {
    if (snapshot.data !== null)
      return { state: 'ready', data: snapshot.data, isRefreshing: snapshot.isFetching, error: snapshot.error, reload };
    if (snapshot.error !== null) return { state: 'failed', error: snapshot.error, reload };
    return { state: 'loading', isSlow, reload };
  }, [snapshot, isSlow, reload]);
}

/** The data of a query, or null while there is none. */
export function dataOf<M extends MethodName>(query: Query<M>): MethodOutput<M> | null {
  return query.state === 'ready' ? query.data : null;
}

/** True once something has been going on for 300 ms. */
export function useIsSlow(isWaiting: boolean): boolean {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => setIsSlow(true), slowAfterMs);
    return () => {
      clearTimeout(timer);
      setIsSlow(false);
    };
  }, [isWaiting]);
  return isSlow && isWaiting;
}
