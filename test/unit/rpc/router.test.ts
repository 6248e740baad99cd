// The router's promises: every call is answered once, a command acts once, and nothing but a Result crosses the wire.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { maxFrameBytes } from '../../../src/shared/contract/frames.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { createRouter } from '../../../src/main/rpc/router.ts';
import type { Handlers, Router } from '../../../src/main/rpc/router.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { createMapMemory, handlersWith, request } from '../../support/router-handlers.ts';

const { log, lines } = createRecordingLog();

function routerWith(given: Partial<Handlers>, memory = createMapMemory()): Router {
  return createRouter({ handlers: handlersWith(given), memory, log, isCheckingOutputs: true });
}

/** A handler that waits to be released. */
function heldHandler<T>(value: T): {
  readonly handler: () => Promise<T>;
  readonly release: () => void;
  readonly calls: () => number;
} {
  const { promise, resolve } = Promise.withResolvers<T>();
  let calls = 0;
  return {
    handler: () => {
      calls += 1;
      return promise;
    },
    release: () => {
      resolve(value);
    },
    calls: () => calls,
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a frame that cannot be used', () => {
  const router = routerWith({});
  it.each([
    ['nothing', null],
    ['a text', 'hello'],
    ['an unknown type', { type: 'shout', requestId: 'test-request-0' }],
    ['a missing id', { type: 'request', method: 'app.state', input: {} }],
    ['an id that is too short', { type: 'request', requestId: 'x', method: 'app.state', input: {} }],
    ['an unknown method', request('app.explode', {})],
    ['a method that every object has', request('constructor', {})],
    ['arguments of another shape', request('batch.get', { batchId: 7 })],
    ['arguments that are no plain data', request('batch.get', { batchId: 7n })],
  ])('is refused: %s', async (_name, frame) => {
    expect(await router.handle(frame)).toMatchObject({ type: 'reply', ok: false, error: { code: 'BAD_REQUEST' } });
  });

  it('is refused when it is larger than the limit, before its shape is looked at', async () => {
    const reply = await router.handle(
      request('delivery.resolve', { selection: { ids: [1] }, verdict: 'arrived', reason: 'x'.repeat(maxFrameBytes) }),
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST', details: { limitBytes: maxFrameBytes } } });
  });

  it('keeps its id in the answer, so that its sender hears of it', async () => {
    expect(await router.handle({ type: 'request', requestId: 'abc', method: 3 })).toMatchObject({ requestId: 'abc' });
  });

  it('does not repeat what was in it', async () => {
    const secret = 'hunter2-hunter2';
    const reply = await router.handle(
      request('connection.add', { name: 'x', config: secret, secret: { kind: 'keychain' }, password: [secret] }),
    );
    expect(JSON.stringify(reply)).not.toContain(secret);
  });
});

describe('a handler', () => {
  it('gets the parsed arguments with their defaults', async () => {
    let seen: unknown = null;
    const router = routerWith({
      'delivery.lanes': (input) => {
        seen = input;
        return Promise.resolve(ok({ lanes: [] }));
      },
    });
    expect(await router.handle(request('delivery.lanes', {}))).toMatchObject({ ok: true, value: { lanes: [] } });
    expect(seen).toEqual({ batchId: null });
  });

  it('that fails with a code is answered with that code and its details', async () => {
    const router = routerWith({
      'batch.get': () => Promise.resolve(fail('NOT_FOUND', 'There is no such batch.', { batchId: 'b' })),
    });
    expect(await router.handle(request('batch.get', { batchId: 'b' }))).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND', details: { batchId: 'b' } },
    });
  });

  it('that throws is answered with INTERNAL, logged, and shows no stack and no words of its own', async () => {
    const router = routerWith({ 'job.list': () => Promise.reject(new Error('secret words')) });
    const reply = await router.handle(request('job.list', {}));
    expect(reply).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(reply)).not.toMatch(/secret words|\.ts:/u);
    expect(lines.at(-1)).toMatchObject({ level: 'error', facts: { method: 'job.list' } });
  });

  it('that throws before it gives a promise is answered the same way', async () => {
    const router = routerWith({
      'job.list': () => {
        throw new Error('at once');
      },
    });
    expect(await router.handle(request('job.list', {}))).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  });

  it('whose store has no space left is answered with the store’s code', async () => {
    const router = routerWith({
      'job.list': () => Promise.reject(Object.assign(new Error('disk'), { code: 'STORAGE_FULL' })),
    });
    expect(await router.handle(request('job.list', {}))).toMatchObject({ ok: false, error: { code: 'STORAGE_FULL' } });
  });

  it('whose answer does not fit the contract is answered with INTERNAL', async () => {
    const router = routerWith({ 'job.list': () => Promise.resolve(ok({ jobs: [{ jobId: 1 }] } as never)) });
    expect(await router.handle(request('job.list', {}))).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(lines.at(-1)).toMatchObject({ message: 'an answer does not fit the contract' });
  });
});

describe('a call that takes too long', () => {
  it('is answered with TIMED_OUT at its deadline, and its handler is told', async () => {
    const signals: AbortSignal[] = [];
    const router = routerWith({
      'source.find': (_input, { signal }) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    const reply = router.handle(request('source.find', { batchId: 'b', fileOrdinal: 0, text: 'x', fromLine: 1 }));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(signals[0]?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await reply).toMatchObject({ ok: false, error: { code: 'TIMED_OUT', details: { deadlineMs: 30_000 } } });
    expect(signals[0]?.aborted).toBe(true);
  });

  it('and is a command still acts once: a repeat joins it and gets the real answer', async () => {
    const held = heldHandler(ok({ changed: 3 }));
    const memory = createMapMemory();
    const router = routerWith({ 'delivery.retry': held.handler }, memory);
    const frame = request('delivery.retry', { filter: {} });
    const first = router.handle(frame);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await first).toMatchObject({ ok: false, error: { code: 'TIMED_OUT' } });
    held.release();
    await vi.waitFor(() => {
      expect(memory.texts.has(frame.requestId)).toBe(true);
    });
    expect(await router.handle(frame)).toMatchObject({ ok: true, value: { changed: 3 } });
    expect(held.calls()).toBe(1);
  });

  it('leaves no timer behind when it was answered in time', async () => {
    const router = routerWith({ 'job.list': () => Promise.resolve(ok({ jobs: [] })) });
    await router.handle(request('job.list', {}));
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a command that comes twice', () => {
  it('at the same time acts once and answers both', async () => {
    const held = heldHandler(ok({ changed: 1 }));
    const router = routerWith({ 'delivery.cancel': held.handler });
    const frame = request('delivery.cancel', { filter: {} });
    const both = Promise.all([router.handle(frame), router.handle(structuredClone(frame))]);
    held.release();
    const [first, second] = await both;
    expect(first).toMatchObject({ ok: true, value: { changed: 1 } });
    expect(second).toEqual(first);
    expect(held.calls()).toBe(1);
  });

  it('later acts once, also in a router that was started anew over the same memory', async () => {
    const memory = createMapMemory();
    let calls = 0;
    const given: Partial<Handlers> = {
      'delivery.cancel': () => {
        calls += 1;
        return Promise.resolve(ok({ changed: calls }));
      },
    };
    const frame = request('delivery.cancel', { filter: {} });
    const first = await routerWith(given, memory).handle(frame);
    expect(await routerWith(given, memory).handle(frame)).toEqual(first);
    expect(calls).toBe(1);
  });

  it('gets its refusal again, too', async () => {
    let calls = 0;
    const router = routerWith({
      'connection.remove': () => {
        calls += 1;
        return Promise.resolve(fail('CONFLICT', 'Deliveries still wait for this connection.'));
      },
    });
    const frame = request('connection.remove', { connectionId: 'c' });
    await router.handle(frame);
    expect(await router.handle(frame)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(calls).toBe(1);
  });

  it('under the name of another method is refused, at once and later', async () => {
    const held = heldHandler(ok({}));
    const router = routerWith({ 'job.cancel': held.handler });
    const frame = request('job.cancel', { jobId: 'j' });
    const other = request('connection.remove', { connectionId: 'c' }, frame.requestId);
    const first = router.handle(frame);
    expect(await router.handle(other)).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } });
    held.release();
    await first;
    expect(await router.handle(other)).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } });
  });

  it('is told the truth when its reply could not be kept', async () => {
    const memory = {
      recall: () => null,
      remember: () => {
        throw new Error('disk full');
      },
    };
    const router = createRouter({
      handlers: handlersWith({ 'job.cancel': () => Promise.resolve(ok({})) }),
      memory,
      log,
    });
    expect(await router.handle(request('job.cancel', { jobId: 'j' }))).toMatchObject({ ok: true });
    expect(lines.at(-1)).toMatchObject({ level: 'error', message: expect.stringContaining('could not be remembered') });
  });

  it('does not act when the memory cannot be asked', async () => {
    let calls = 0;
    const memory = {
      recall: () => {
        throw Object.assign(new Error('busy'), { code: 'STORE_BUSY' });
      },
      remember: () => undefined,
    };
    const handlers = handlersWith({
      'job.cancel': () => {
        calls += 1;
        return Promise.resolve(ok({}));
      },
    });
    const router = createRouter({ handlers, memory, log });
    expect(await router.handle(request('job.cancel', { jobId: 'j' }))).toMatchObject({
      ok: false,
      error: { code: 'STORE_BUSY' },
    });
    expect(calls).toBe(0);
  });
});

describe('a query', () => {
  it('is asked again each time and never remembered', async () => {
    const memory = createMapMemory();
    let calls = 0;
    const router = routerWith(
      {
        'job.list': () => {
          calls += 1;
          return Promise.resolve(ok({ jobs: [] }));
        },
      },
      memory,
    );
    const frame = request('job.list', {});
    await router.handle(frame);
    await router.handle(frame);
    expect(calls).toBe(2);
    expect(memory.texts.size).toBe(0);
  });
});

describe('a caller that no longer waits', () => {
  it('gets CANCELLED, and the handler’s signal aborts', async () => {
    let signal: AbortSignal | null = null;
    const router = routerWith({
      'invoice.document': (_input, call) => {
        signal = call.signal;
        return new Promise(() => undefined);
      },
    });
    const frame = request('invoice.document', { invoiceId: 1 });
    const reply = router.handle(frame);
    expect(await router.handle({ type: 'cancel', requestId: frame.requestId })).toMatchObject({
      ok: true,
      value: null,
    });
    expect(await reply).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(signal).toMatchObject({ aborted: true });
  });

  it('can name a call that is not there', async () => {
    const router = routerWith({});
    expect(router.cancel('no-such-request')).toBe(false);
    expect(await router.handle({ type: 'cancel', requestId: 'no-such-request' })).toMatchObject({ ok: true });
  });
});

describe('a router that closes', () => {
  it('answers every pending call with ENGINE_GONE and every later one too', async () => {
    const held = heldHandler(ok({ jobs: [] }));
    const router = routerWith({ 'job.list': held.handler });
    const pending = [router.handle(request('job.list', {})), router.handle(request('job.list', {}))];
    const closed = router.close();
    for (const reply of await Promise.all(pending))
      expect(reply).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE' } });
    held.release();
    await closed;
    expect(await router.handle(request('job.list', {}))).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE' } });
  });

  it('waits for a handler to end and keeps the reply of its command', async () => {
    const held = heldHandler(ok({}));
    const memory = createMapMemory();
    const router = routerWith({ 'job.cancel': held.handler }, memory);
    const frame = request('job.cancel', { jobId: 'j' });
    const reply = router.handle(frame);
    const closed = router.close();
    expect(await reply).toMatchObject({ error: { code: 'ENGINE_GONE' } });
    held.release();
    await closed;
    expect(memory.texts.get(frame.requestId)).toContain('"ok":true');
  });

  it('does not wait for ever', async () => {
    const router = routerWith({ 'job.list': () => new Promise(() => undefined) });
    const reply = router.handle(request('job.list', {}));
    const closed = router.close();
    await vi.advanceTimersByTimeAsync(5_000);
    await closed;
    expect(await reply).toMatchObject({ error: { code: 'ENGINE_GONE' } });
  });
});

describe('a page gone wild', () => {
  it('is told so at the thousand-and-first waiting call', async () => {
    const router = routerWith({ 'job.list': () => new Promise(() => undefined) });
    const pending = Array.from({ length: 1_000 }, () => router.handle(request('job.list', {})));
    expect(await router.handle(request('job.list', {}))).toMatchObject({
      ok: false,
      error: { code: 'SERVICE_UNAVAILABLE' },
    });
    const closed = router.close();
    await vi.advanceTimersByTimeAsync(5_000);
    await closed;
    expect(await Promise.all(pending)).toHaveLength(1_000);
  });
});
