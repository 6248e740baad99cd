// Answers of the engine by question, kept while shown and asked for again when an event says they may have changed.
// Data here is a copy of the store's and never edited by hand.

import type { EngineEvent } from '../../shared/contract/frames.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods.ts';
import type { AppError } from '../../shared/result.ts';
import type { Client } from '../rpc/client.ts';
import { topicsOf } from './topics.ts';

/** What is known about one question. `data` stays while a newer answer is on its way or failed to come. */
export interface QuerySnapshot<M extends MethodName> {
  readonly data: MethodOutput<M> | null;
  readonly error: AppError | null;
  readonly isFetching: boolean;
}

/** Questions and their answers. */
export interface QueryCache {
  /** Stable between changes, as React wants it. */
  snapshot<M extends MethodName>(method: M, input: MethodInput<M>): QuerySnapshot<M>;
  /** Asks when there is no fresh answer, and keeps it fresh until the returned function is called. */
  watch<M extends MethodName>(method: M, input: MethodInput<M>, listener: () => void): () => void;
  /** Asks again now. */
  refetch<M extends MethodName>(method: M, input: MethodInput<M>): void;
  /** Everything may have changed: after a gap in the events, or another workspace. */
  invalidateAll(): void;
}

interface Entry {
  readonly method: MethodName;
  readonly input: MethodInput<MethodName>;
  snapshot: QuerySnapshot<MethodName>;
  readonly listeners: Set<() => void>;
  isStale: boolean;
  lastFetchAtMs: number;
  timer: ReturnType<typeof setTimeout> | null;
  /** Rises with every question, so that a late answer to an old one is dropped. */
  round: number;
}

/** Answers nobody looks at are kept for going back quickly, the oldest thrown away first. */
const keptIdle = 60;
/** While events come in bursts a question is asked at most this often. */
const pauseBetweenMs = 400;

const nothing: QuerySnapshot<MethodName> = { data: null, error: null, isFetching: true };

/** Creates a cache that follows the client's events. */
export function createQueryCache(client: Client): QueryCache {
  const entries = new Map<string, Entry>();

  function entryOf(method: MethodName, input: MethodInput<MethodName>): Entry {
    const key = `${method} ${JSON.stringify(input)}`;
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = {
        method,
        input,
        snapshot: nothing,
        listeners: new Set(),
        isStale: true,
        lastFetchAtMs: 0,
        timer: null,
        round: 0,
      };
    } else {
      entries.delete(key);
    }
    entries.set(key, entry);
    return entry;
  }

  function change(entry: Entry, snapshot: QuerySnapshot<MethodName>): void {
    entry.snapshot = snapshot;
    for (const listener of entry.listeners) listener();
  }

  async function fetchNow(entry: Entry): Promise<void> {
    entry.round += 1;
    const { round } = entry;
    entry.isStale = false;
    entry.lastFetchAtMs = performance.now();
    if (!entry.snapshot.isFetching) change(entry, { ...entry.snapshot, isFetching: true });
    const result = await client.call(entry.method, entry.input);
    if (round !== entry.round) return;
    change(
      entry,
      result.ok
        ? { data: result.value, error: null, isFetching: false }
        : { data: entry.snapshot.data, error: result.error, isFetching: false },
    );
  }

  /** Asks again, now or when the pause is over; questions nobody looks at wait until somebody does. */
  function refresh(entry: Entry): void {
    entry.isStale = true;
    if (entry.listeners.size === 0 || entry.timer !== null) return;
    const waitMs = entry.lastFetchAtMs + pauseBetweenMs - performance.now();
    if (waitMs <= 0) {
      void fetchNow(entry);
      return;
    }
    entry.timer = setTimeout(() => {
      entry.timer = null;
      if (entry.isStale && entry.listeners.size > 0) void fetchNow(entry);
    }, waitMs);
  }

  function onEvent(event: EngineEvent): void {
    for (const entry of entries.values()) if (topicsOf(entry.method).includes(event.topic)) refresh(entry);
  }

  function invalidateAll(): void {
    for (const entry of entries.values()) refresh(entry);
  }

  client.onEvent(onEvent);
  client.onResync(invalidateAll);

  return {
    // One entry belongs to one method: the key begins with its name, so the answer's type is the method's.
    snapshot: (method, input) => entryOf(method, input).snapshot,
    watch: (method, input, listener) => {
      const entry = entryOf(method, input);
      entry.listeners.add(listener);
      if (entry.isStale) void fetchNow(entry);
      return () => {
        entry.listeners.delete(listener);
        forgetIdle(entries);
      };
    },
    refetch: (method, input) => void fetchNow(entryOf(method, input)),
    invalidateAll,
  };
}

function forgetIdle(entries: Map<string, Entry>): void {
  const idle = [...entries].filter(([, entry]) => entry.listeners.size === 0);
  for (const [key] of idle.slice(0, Math.max(0, idle.length - keptIdle))) entries.delete(key);
}
