// The page's client: typed answers, gap detection, link state, and never an unanswered call.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, fail } from '../../../src/shared/result.ts';
import { createClient } from '../../../src/renderer/rpc/client.ts';
import type { Transport } from '../../../src/renderer/rpc/client.ts';
import { createMemoryTransport } from '../../../src/renderer/rpc/memory.ts';

const app = { topic: 'app' } as const;

/** A transport whose `send` the test decides. */
function transportThat(send: Transport['send']): Transport & { readonly sent: unknown[] } {
  const sent: unknown[] = [];
  return {
    sent,
    send(frame) {
      sent.push(frame);
      return send(frame);
    },
    open: () => () => undefined,
    takeDroppedFiles: () => Promise.reject(new Error('gone')),
    chooseFiles: () => Promise.resolve('nonsense'),
  };
}

describe('a call', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives the parsed answer', async () => {
    const client = createClient(
      createMemoryTransport({ 'batch.list': ({ offset }) => ok({ total: offset, batches: [] }) }),
    );
    expect(await client.call('batch.list', { offset: 7, limit: 10 })).toEqual({
      ok: true,
      value: { total: 7, batches: [] },
    });
  });

  it('gives the engine’s refusal with code and details', async () => {
    const client = createClient(
      createMemoryTransport({
        'batch.get': ({ batchId }) => fail('NOT_FOUND', 'There is no such batch.', { batchId }),
      }),
    );
    expect(await client.call('batch.get', { batchId: 'b' })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND', details: { batchId: 'b' } },
    });
  });

  it.each([
    ['no reply at all', 'hello'],
    ['another answer than the contract’s', { type: 'reply', requestId: 'x', ok: true, value: { total: 'many' } }],
  ])('that is answered with %s fails with INTERNAL', async (_name, reply) => {
    const client = createClient(transportThat(() => Promise.resolve(reply)));
    expect(await client.call('batch.list', { offset: 0, limit: 1 })).toMatchObject({
      ok: false,
      error: { code: 'INTERNAL' },
    });
  });

  it('refused with a code from a newer engine keeps the words', async () => {
    const client = createClient(
      transportThat(() =>
        Promise.resolve({ type: 'reply', requestId: 'x', ok: false, error: { code: 'TOO_NEW', message: 'words' } }),
      ),
    );
    expect(await client.call('job.list', {})).toEqual({ ok: false, error: { code: 'INTERNAL', message: 'words' } });
  });

  it('to an engine that is not there fails with ENGINE_GONE', async () => {
    const client = createClient(transportThat(() => Promise.reject(new TypeError('Failed to fetch'))));
    expect(await client.call('job.list', {})).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE' } });
  });

  it('that nobody answers fails with TIMED_OUT and is taken back', async () => {
    const transport = transportThat(() => new Promise(() => undefined));
    const result = createClient(transport).call('job.list', {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await result).toMatchObject({ ok: false, error: { code: 'TIMED_OUT' } });
    expect(transport.sent.at(-1)).toMatchObject({ type: 'cancel' });
  });

  it('that the caller gives up fails with CANCELLED and is taken back', async () => {
    const transport = transportThat(() => new Promise(() => undefined));
    const controller = new AbortController();
    const result = createClient(transport).call('job.list', {}, { signal: controller.signal });
    controller.abort();
    expect(await result).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(transport.sent.at(-1)).toMatchObject({ type: 'cancel' });
  });

  it('has an id of its own each time', async () => {
    const transport = transportThat(() => Promise.reject(new Error('gone')));
    const client = createClient(transport);
    await Promise.all([client.call('job.list', {}), client.call('job.list', {})]);
    const ids = transport.sent.map((frame) => (frame as { requestId: string }).requestId);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('events', () => {
  function listening() {
    const transport = createMemoryTransport({});
    const client = createClient(transport);
    const heard: string[] = [];
    client.onEvent((event) => heard.push(event.topic));
    client.onResync(() => heard.push('resync'));
    client.onLink(() => heard.push(`link ${client.link}`));
    return { transport, client, heard };
  }

  it('in sequence are passed on; any number may come first', () => {
    const { transport, heard } = listening();
    for (const sequence of [17, 18, 19]) transport.push({ type: 'event', sequence, event: app });
    expect(heard).toEqual(['app', 'app', 'app']);
  });

  it.each([
    ['a gap', 20],
    ['an engine that began anew', 1],
  ])('after %s ask for everything again', (_name, sequence) => {
    const { transport, heard } = listening();
    transport.push({ type: 'event', sequence: 18, event: app });
    transport.push({ type: 'event', sequence, event: app });
    transport.push({ type: 'event', sequence: sequence + 1, event: app });
    expect(heard).toEqual(['app', 'resync', 'app', 'app']);
  });

  it('that cannot be read ask for everything again', () => {
    const { transport, heard } = listening();
    transport.push({ type: 'event', sequence: 1, event: { topic: 'weather' } } as never);
    expect(heard).toEqual(['resync']);
  });

  it('stop while the link is lost, and everything is asked for again when it is back', () => {
    const { transport, client, heard } = listening();
    transport.push({ type: 'event', sequence: 18, event: app });
    transport.push({ type: 'link', state: 'lost' });
    transport.push({ type: 'link', state: 'lost' });
    expect(client.link).toBe('lost');
    transport.push({ type: 'link', state: 'connected' });
    transport.push({ type: 'event', sequence: 1, event: app });
    expect(heard).toEqual(['app', 'link lost', 'link connected', 'resync', 'app']);
  });

  it('of the native menu are told as commands', () => {
    const { transport, client } = listening();
    const commands: string[] = [];
    client.onMenuCommand((command) => commands.push(command));
    transport.push({ type: 'menu', command: 'import' });
    expect(commands).toEqual(['import']);
  });

  it('are no longer told after close', () => {
    const { transport, client, heard } = listening();
    client.close();
    transport.push({ type: 'event', sequence: 1, event: app });
    expect(heard).toEqual([]);
  });
});

describe('files', () => {
  it('come as tokens', async () => {
    const files = [{ token: 't', name: 'a.xml', sizeBytes: 3 }];
    const client = createClient(createMemoryTransport({}, files));
    expect(await client.takeDroppedFiles({ files: [], entries: [] })).toEqual({ ok: true, value: files });
    expect(await client.chooseFiles()).toEqual({ ok: true, value: files });
  });

  it('that cannot be handed over are a failure, not a throw', async () => {
    const client = createClient(transportThat(() => Promise.resolve(null)));
    expect(await client.takeDroppedFiles({ files: [], entries: [] })).toMatchObject({
      ok: false,
      error: { code: 'ENGINE_GONE' },
    });
    expect(await client.chooseFiles()).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  });
});
