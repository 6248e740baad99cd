// The web host over real HTTP: only its own page, opened by someone who has the token, gets anything but static files.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { maxFrameBytes } from '../../../src/shared/contract/frames.ts';
import { startWebHost } from '../../../src/main/hosts/web/server.ts';
import type { WebHost } from '../../../src/main/hosts/web/server.ts';
import { contentPolicy } from '../../../src/main/platform/page-files.ts';
import { createFakeEngine } from '../../support/fake-engine.ts';
import type { FakeEngine } from '../../support/fake-engine.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { request } from '../../support/router-handlers.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Question {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

let rendererDir = '';
let engine: FakeEngine;
let host: WebHost;

beforeAll(async () => {
  rendererDir = await mkdtemp(join(tmpdir(), 'utskick-renderer-'));
  await mkdir(join(rendererDir, 'assets'));
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><title>Utskick</title>');
  await writeFile(join(rendererDir, 'assets/index.js'), 'export {};');
});
afterAll(() => rm(rendererDir, { recursive: true, force: true }));

beforeEach(async () => {
  engine = createFakeEngine();
  host = await startWebHost({ engine, rendererDir, port: 0, log: createRecordingLog().log });
});
afterEach(async () => {
  await host.close();
  await engine.close();
});

const authority = (): string => `127.0.0.1:${String(host.port)}`;
const origin = (): string => `http://${authority()}`;

/** A request as it stands: no header is added but Host and Content-Length. */
function ask({ method = 'GET', path, headers = {}, body }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port: host.port, method, path, headers: { host: authority(), ...headers } },
      (incoming) => {
        text(incoming).then((read) => {
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: read });
        }, reject);
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** The cookie, got as the page gets it. */
async function openSession(): Promise<string> {
  const token = new URL(host.url).hash.slice('#token='.length);
  const answer = await ask({
    method: 'POST',
    path: '/session',
    headers: { origin: origin(), 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  expect(answer.status).toBe(200);
  return (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
}

function rpc(cookie: string, frame: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return ask({
    method: 'POST',
    path: '/rpc',
    headers: { origin: origin(), cookie, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(frame),
  });
}

describe('the page', () => {
  it('is served with the content policy and the other safe headers, and so is every refusal', async () => {
    for (const path of ['/', '/assets/index.js', '/missing.js', '/rpc', '/events']) {
      const { headers } = await ask({ path });
      expect(headers['content-security-policy']).toBe(contentPolicy);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });

  it('comes without a session, because it holds nothing of anybody’s', async () => {
    expect(await ask({ path: '/' })).toMatchObject({ status: 200, body: expect.stringContaining('Utskick') });
  });

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/assets/../../secret',
    '/%2e%2e/secret',
    '//etc/passwd',
    '/assets/',
    '/index.html%00',
  ])('does not reach outside of its folder: %s', async (path) => {
    expect((await ask({ path })).status).toBe(404);
  });

  it('takes no other methods', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'POST'])
      expect((await ask({ method, path: '/', headers: { origin: origin() } })).status).toBe(405);
  });

  it('listens on the loopback address only', async () => {
    const others = Object.values((await import('node:os')).networkInterfaces()).flatMap((list) =>
      (list ?? []).filter(({ internal, family }) => !internal && family === 'IPv4'),
    );
    for (const { address } of others) {
      const socket = connect({ host: address, port: host.port });
      await expect(
        new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject)),
      ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
  });
});

describe('a request from elsewhere', () => {
  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
    'is refused when it comes for another host: %s',
    async (name) => {
      const named = name === 'localhost' || name === '[::1]' ? `${name}:${String(host.port)}` : name;
      for (const path of ['/', '/rpc', '/events', '/session'])
        expect((await ask({ path, headers: { host: named } })).status).toBe(400);
    },
  );

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'is refused with the origin %s, even with the cookie',
    async (foreign) => {
      const cookie = await openSession();
      expect((await rpc(cookie, request('job.list', {}), { origin: foreign })).status).toBe(403);
      expect((await ask({ path: '/events', headers: { cookie, origin: foreign } })).status).toBe(403);
      expect((await ask({ path: '/', headers: { origin: foreign } })).status).toBe(403);
      const session = await ask({
        method: 'POST',
        path: '/session',
        headers: { origin: foreign, 'content-type': 'application/json' },
        body: '{}',
      });
      expect(session.status).toBe(403);
    },
  );

  it('is refused without an origin when it would act', async () => {
    const cookie = await openSession();
    const answer = await ask({
      method: 'POST',
      path: '/rpc',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(request('job.list', {})),
    });
    expect(answer.status).toBe(403);
  });

  it.each(['cross-site', 'same-site'])('is refused when the browser says it is %s', async (site) => {
    const cookie = await openSession();
    expect((await rpc(cookie, request('job.list', {}), { 'sec-fetch-site': site })).status).toBe(403);
  });
});

describe('the session', () => {
  it('needs the right token', async () => {
    for (const token of ['', 'x', new URL(host.url).hash.slice('#token='.length, -1)]) {
      const answer = await ask({
        method: 'POST',
        path: '/session',
        headers: { origin: origin(), 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      });
      expect(answer.status).toBe(401);
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
  });

  it('is a cookie that scripts cannot read and other sites cannot send, and it is not the token', async () => {
    const token = new URL(host.url).hash.slice('#token='.length);
    const answer = await ask({
      method: 'POST',
      path: '/session',
      headers: { origin: origin(), 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    const cookie = answer.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(/^utskick-\d+=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u);
    expect(cookie).not.toContain(token);
  });

  it.each(['', 'utskick=x', 'utskick-1=x'])(
    'is needed for calls, events and uploads; not enough: "%s"',
    async (cookie) => {
      expect(await rpc(cookie, request('job.list', {}))).toMatchObject({
        status: 401,
        body: expect.stringContaining('NOT_ALLOWED'),
      });
      expect((await ask({ path: '/events', headers: { cookie } })).status).toBe(401);
      expect(
        (await ask({ method: 'POST', path: '/upload?name=a.xml', headers: { cookie, origin: origin() }, body: '<a/>' }))
          .status,
      ).toBe(401);
    },
  );

  it('of one host is none for the next', async () => {
    const cookie = await openSession();
    const other = await startWebHost({ engine, rendererDir, port: 0, log: createRecordingLog().log });
    try {
      expect(new URL(other.url).hash).not.toBe(new URL(host.url).hash);
      const first = host;
      host = other;
      expect((await rpc(cookie, request('job.list', {}))).status).toBe(401);
      host = first;
    } finally {
      await other.close();
    }
  });
});

describe('a call', () => {
  it('is answered by the engine', async () => {
    const cookie = await openSession();
    const frame = request('job.list', {});
    const answer = await rpc(cookie, frame);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      type: 'reply',
      requestId: frame.requestId,
      ok: true,
      value: { jobs: [] },
    });
  });

  it('with a body of another type is refused: that could come from a form', async () => {
    const cookie = await openSession();
    expect(await rpc(cookie, request('job.list', {}), { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
  });

  it('with a body that is no JSON is refused', async () => {
    const cookie = await openSession();
    const answer = await ask({
      method: 'POST',
      path: '/rpc',
      headers: { origin: origin(), cookie, 'content-type': 'application/json' },
      body: '{"type":',
    });
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('BAD_REQUEST') });
  });

  it('that is too large is refused, whether it says so or not', async () => {
    const cookie = await openSession();
    const body = `"${'x'.repeat(maxFrameBytes)}"`;
    const headers = { origin: origin(), cookie, 'content-type': 'application/json' };
    expect(
      await ask({ method: 'POST', path: '/rpc', headers: { ...headers, 'content-length': String(body.length) }, body }),
    ).toMatchObject({ status: 413 });
    expect(
      await ask({ method: 'POST', path: '/rpc', headers: { ...headers, 'transfer-encoding': 'chunked' }, body }),
    ).toMatchObject({ status: 413 });
  });

  it('broken off in the middle harms nothing', async () => {
    const cookie = await openSession();
    const socket = connect({ host: '127.0.0.1', port: host.port });
    socket.write(
      `POST /rpc HTTP/1.1\r\nHost: ${authority()}\r\nOrigin: ${origin()}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"type"`,
      () => socket.destroy(),
    );
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await rpc(cookie, request('job.list', {}))).status).toBe(200);
  });
});

describe('events', () => {
  /** An open stream and what came in. */
  async function listen(
    cookie: string,
  ): Promise<{ readonly frames: () => unknown[]; readonly ended: Promise<unknown>; readonly close: () => void }> {
    let read = '';
    const { promise, resolve } = Promise.withResolvers<{
      readonly frames: () => unknown[];
      readonly ended: Promise<unknown>;
      readonly close: () => void;
    }>();
    const outgoing = httpRequest(
      { host: '127.0.0.1', port: host.port, path: '/events', headers: { host: authority(), cookie } },
      (incoming) => {
        incoming.setEncoding('utf8').on('data', (chunk: string) => (read += chunk));
        incoming.once('error', () => undefined);
        expect(incoming.headers['content-type']).toContain('text/event-stream');
        const frames = (): unknown[] =>
          [...read.matchAll(/^data: (.*)$/gmu)].map(([, json]) => JSON.parse(json ?? '') as unknown);
        resolve({
          frames,
          ended: new Promise((done) => incoming.once('close', done)),
          close: () => outgoing.destroy(),
        });
      },
    );
    outgoing.once('error', () => undefined);
    outgoing.end();
    return promise;
  }

  it('come to every open page', async () => {
    const cookie = await openSession();
    const pages = [await listen(cookie), await listen(cookie)];
    engine.publish({ topic: 'connections' });
    for (const page of pages) {
      await vi.waitFor(() => {
        expect(page.frames()).toEqual([{ type: 'event', sequence: 1, event: { topic: 'connections' } }]);
      }, 15_000);
      page.close();
    }
  });

  it('end with the host', async () => {
    const page = await listen(await openSession());
    await host.close();
    await page.ended;
  });

  it('are not sent to more pages than one person has', async () => {
    const cookie = await openSession();
    const pages = await Promise.all(Array.from({ length: 50 }, () => listen(cookie)));
    expect((await ask({ path: '/events', headers: { cookie } })).status).toBe(503);
    for (const page of pages) page.close();
  });
});

describe('an upload', () => {
  async function upload(
    name: string,
    body: string | Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const cookie = await openSession();
    return ask({
      method: 'POST',
      path: `/upload?name=${encodeURIComponent(name)}`,
      headers: { origin: origin(), cookie, 'content-type': 'application/octet-stream', ...headers },
      body,
    });
  }

  it('becomes a token for exactly these bytes', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_byte, at) => at % 251);
    const answer = await upload('Fakturor åäö (1).xml', bytes);
    const { value } = JSON.parse(answer.body) as { value: { token: string; name: string; sizeBytes: number } };
    expect(value).toMatchObject({ name: 'Fakturor åäö (1).xml', sizeBytes: bytes.length });
    expect(new Uint8Array(await readFile(engine.pathOf(value.token) ?? ''))).toEqual(bytes);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['.bashrc', 'bashrc'],
    ['', 'file.xml'],
    ['/', 'file.xml'],
    ['a\r\nb\0.xml', 'a__b_.xml'],
    ['<script>.xml', '_script_.xml'],
    ['x'.repeat(500), 'x'.repeat(120)],
  ])('named %j stays in its folder', async (name, expected) => {
    const { value } = JSON.parse((await upload(name, 'x')).body) as { value: { token: string; name: string } };
    expect(value.name).toBe(expected);
    expect(engine.pathOf(value.token)).toMatch(/utskick-uploads-[^/\\]+[/\\]\d+[/\\][^/\\]+$/u);
  });

  it('that says it is too large is refused before it is read', async () => {
    expect(await upload('a.xml', '', { 'content-length': String(300 * 1024 * 1024) })).toMatchObject({
      status: 413,
      body: expect.stringContaining('FILE_TOO_LARGE'),
    });
  });

  it('is gone when the host closes', async () => {
    const { value } = JSON.parse((await upload('a.xml', '<a/>')).body) as { value: { token: string } };
    const path = engine.pathOf(value.token) ?? '';
    expect((await buffer((await import('node:fs')).createReadStream(path))).toString()).toBe('<a/>');
    await host.close();
    await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a taken port', () => {
  it('is told to whoever starts the host', async () => {
    await expect(
      startWebHost({ engine, rendererDir, port: host.port, log: createRecordingLog().log }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
