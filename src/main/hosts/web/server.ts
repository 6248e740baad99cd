// The web host: the page, its calls, events and uploads over HTTP on 127.0.0.1 only. The same contract as the desktop window; no rules here.

import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { maxFrameBytes } from '../../../shared/contract/frames.ts';
import type { AppError } from '../../../shared/result.ts';
import { readPageFile } from '../../platform/page-files.ts';
import type { Log } from '../../ports/log.ts';
import type { Engine } from '../../rpc/engine-api.ts';
import { readJson, send, sendJson, sendRefusal } from './answers.ts';
import { createEventStreams } from './event-stream.ts';
import type { EventStreams } from './event-stream.ts';
import { createRequestGuard } from './request-guard.ts';
import type { GuardVerdict, RequestGuard } from './request-guard.ts';
import { createUploads } from './uploads.ts';
import type { Uploads } from './uploads.ts';

/** What a web host serves. */
export interface WebHostOptions {
  readonly engine: Pick<Engine, 'handle' | 'subscribe' | 'registerFile'>;
  /** Folder with the built page. */
  readonly rendererDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: Log;
}

/** A running web host. */
export interface WebHost {
  /** With the token in the fragment, which browsers send to nobody. */
  readonly url: string;
  readonly port: number;
  /** Ends streams and connections; the engine is left open. */
  close(): Promise<void>;
}

interface Host {
  readonly options: WebHostOptions;
  readonly guard: RequestGuard;
  readonly streams: EventStreams;
  readonly uploads: Uploads;
}

const loopback = '127.0.0.1';
const sessionSchema = z.object({ token: z.string().max(200) });
const maxSessionBytes = 4 * 1024;

/** Listens when it resolves. Rejects when the port is taken. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const uploads = await createUploads(options.engine);
  const streams = createEventStreams(options.engine);
  const server = createServer();
  try {
    await listen(server, options.port);
  } catch (error) {
    streams.close();
    await uploads.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const authority = `${loopback}:${String(port)}`;
  const host: Host = { options, guard: createRequestGuard(authority), streams, uploads };
  server.on('request', (request, response) => {
    void answer(host, request, response);
  });
  return {
    url: `http://${authority}/#token=${host.guard.token}`,
    port,
    async close() {
      streams.close();
      await close(server);
      await uploads.close();
    },
  };
}

/** Never rejects. */
async function answer(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const turnedAway = host.guard.checkAddress(request);
    if (turnedAway === null) await route(host, request, response);
    else refuse(response, turnedAway);
  } catch (error) {
    // A page that went away in the middle of its own request is no error.
    if (request.destroyed && !request.complete) return;
    host.options.log.error('a request to the web host ended in an exception', { path: pathOf(request), error });
    sendRefusal(response, 500, {
      code: 'INTERNAL',
      message: 'The host met an unexpected error. The log has the details.',
    });
  }
}

async function route(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request);
  const action = `${request.method ?? ''} ${path}`;
  if (action === 'POST /session') return openSession(host, request, response);
  if (action === 'POST /rpc' || action === 'POST /upload' || action === 'GET /events') {
    const turnedAway = host.guard.checkSession(request);
    if (turnedAway !== null) {
      refuse(response, turnedAway);
      return;
    }
  }
  switch (action) {
    case 'POST /rpc':
      return call(host, request, response);
    case 'POST /upload':
      return upload(host, request, response);
    case 'GET /events':
      if (!host.streams.add(response))
        sendRefusal(response, 503, { code: 'SERVICE_UNAVAILABLE', message: 'Too many pages are open.' });
      return;
    default:
      return page(host, request, response);
  }
}

async function openSession(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readJson(request, maxSessionBytes);
  if (!body.ok) {
    sendRefusal(response, statusOf(body.error), body.error);
    return;
  }
  const parsed = sessionSchema.safeParse(body.value);
  const cookie = parsed.success ? host.guard.exchange(parsed.data.token) : null;
  if (cookie === null) refuse(response, 401);
  else sendJson(response, { ok: true, value: null }, { headers: { 'set-cookie': cookie } });
}

async function call(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readJson(request, maxFrameBytes);
  if (body.ok) sendJson(response, await host.options.engine.handle(body.value));
  else sendRefusal(response, statusOf(body.error), body.error);
}

async function upload(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = new URL(request.url ?? '/', `http://${loopback}`).searchParams.get('name') ?? '';
  const taken = await host.uploads.take(request, name);
  if (taken.ok) sendJson(response, taken);
  else sendJson(response, taken, { status: statusOf(taken.error), headers: { connection: 'close' } });
}

async function page(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendRefusal(response, 405, { code: 'NOT_ALLOWED', message: 'This method is not used here.' });
    return;
  }
  const file = await readPageFile(host.options.rendererDir, pathOf(request));
  if (file === null) sendRefusal(response, 404, { code: 'NOT_FOUND', message: 'There is no such file.' });
  else send(response, { status: 200, mediaType: file.mediaType, body: file.bytes });
}

function refuse(response: ServerResponse, verdict: NonNullable<GuardVerdict>): void {
  const message =
    verdict === 401
      ? 'This page has no session. Open the address that the program printed when it started.'
      : 'Only the page of this program may ask, by the address that the program printed.';
  sendRefusal(response, verdict, { code: 'NOT_ALLOWED', message });
}

function statusOf(error: AppError): number {
  switch (error.code) {
    case 'FILE_TOO_LARGE':
      return 413;
    case 'INVALID_CONTENT_TYPE':
      return 415;
    case 'STORAGE_FULL':
      return 507;
    default:
      return 400;
  }
}

/** The path as it came, undecoded and not normalised: what is not plain is not there. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
