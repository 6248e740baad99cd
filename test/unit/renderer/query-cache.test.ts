// Answers by question: shared, refreshed by events, never replaced by nothing.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../../src/renderer/rpc/client.ts';
import type { Client } from '../../../src/renderer/rpc/client.ts';
import { createMemoryTransport } from '../../../src/renderer/rpc/memory.ts';
import { createQueryCache } from '../../../src/renderer/state/query-cache.ts';
import { topicsOf } from '../../../src/renderer/state/topics.ts';
import { methods } from '../../../src/shared/contract/methods.ts';
import type { MethodName } from '../../../src/shared/contract/methods.ts';
import { fail, ok } from '../../../src/shared/result.ts';

let calls = 0;
let isGone = false;
let client: Client;
let transport: ReturnType<typeof createMemoryTransport>;

beforeEach(() => {
  vi.useFakeTimers();
  calls = 0;
  isGone = false;
  transport = createMemoryTransport({
    'practice.state': () => {
      calls += 1;
      return isGone ? fail('ENGINE_GONE', 'gone') : ok({ isUp: calls % 2 === 1, providers: [] });
    },
  });
  client = createClient(transport);
});

afterEach(() => {
  client.close();
  vi.useRealTimers();
});

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);
const tell = (sequence: number): void => transport.push({ type: 'event', sequence, event: { topic: 'app' } });

describe('the query cache', () => {
  it('asks once for everyone who asks the same', async () => {
    const cache = createQueryCache(client);
    cache.watch('practice.state', {}, () => undefined);
    cache.watch('practice.state', {}, () => undefined);
    await settle();
    expect(calls).toBe(1);
    expect(cache.snapshot('practice.state', {}).data).toEqual({ isUp: true, providers: [] });
  });

  it('asks again after an event, keeps the old answer meanwhile, and tells its listeners', async () => {
    const cache = createQueryCache(client);
    const heard = vi.fn();
    cache.watch('practice.state', {}, heard);
    await settle();
    await vi.advanceTimersByTimeAsync(1_000);
    tell(1);
    expect(cache.snapshot('practice.state', {})).toMatchObject({ isFetching: true, data: { isUp: true } });
    await settle();
    expect(cache.snapshot('practice.state', {})).toMatchObject({ isFetching: false, data: { isUp: false } });
    expect(heard).toHaveBeenCalled();
  });

  it('asks at most a few times a second in a burst of events, and once more after it', async () => {
    const cache = createQueryCache(client);
    cache.watch('practice.state', {}, () => undefined);
    for (let sequence = 1; sequence <= 100; sequence += 1) {
      tell(sequence);
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toBeGreaterThanOrEqual(3);
    expect(calls).toBeLessThanOrEqual(5);
  });

  it('keeps the last answer when a refresh fails, and says so', async () => {
    const cache = createQueryCache(client);
    cache.watch('practice.state', {}, () => undefined);
    await settle();
    isGone = true;
    cache.refetch('practice.state', {});
    await settle();
    expect(cache.snapshot('practice.state', {})).toMatchObject({
      data: { isUp: true },
      error: { code: 'ENGINE_GONE' },
    });
  });

  it('does not ask for what nobody looks at, but knows that it is old', async () => {
    const cache = createQueryCache(client);
    const stop = cache.watch('practice.state', {}, () => undefined);
    await settle();
    stop();
    tell(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toBe(1);
    cache.watch('practice.state', {}, () => undefined);
    await settle();
    expect(calls).toBe(2);
  });

  it('asks for everything again after a gap in the events', async () => {
    const cache = createQueryCache(client);
    cache.watch('practice.state', {}, () => undefined);
    await settle();
    await vi.advanceTimersByTimeAsync(1_000);
    transport.push({ type: 'event', sequence: 1, event: { topic: 'connections' } });
    transport.push({ type: 'event', sequence: 9, event: { topic: 'connections' } });
    await settle();
    expect(calls).toBe(2);
  });

  it('knows for every query which events make its answer old', () => {
    const queries = (Object.keys(methods) as MethodName[]).filter((name) => methods[name].kind === 'query');
    for (const name of queries) expect(topicsOf(name), name).not.toEqual([]);
  });
});
