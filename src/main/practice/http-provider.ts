// An HTTP service on this computer that can be told to misbehave at each step of a request. What it serves is the service's business.

import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { drop, Listener } from './listener.ts';
import { MischiefBook } from './mischief.ts';
import type { HttpPhase, Mischief } from './mischief.ts';

/** A request's head. */
export interface RequestHead {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

/** A request, read to its end. */
export interface PracticeRequest extends RequestHead {
  readonly body: Buffer;
}

/** What is answered. */
export interface PracticeReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** What an HTTP provider serves. */
export interface HttpService {
  /** Larger bodies are refused while they come in. */
  readonly maxBodyBytes: number;
  /** What the head asks for, as orders to misbehave name it. */
  operationOf(head: RequestHead): string | null;
  /** All effects are on disk when it resolves. */
  answer(request: PracticeRequest): Promise<PracticeReply>;
  /** Looks into the service, or moves what is in it. Null when it does not know the command. */
  instruct(command: unknown): Promise<unknown>;
}

/** A running HTTP provider. */
export interface HttpProvider {
  readonly listener: Listener;
  readonly mischief: MischiefBook;
  instruct(command: unknown): Promise<unknown>;
}

/** An idle connection is kept for longer than clients keep theirs, so that a reused one is never closed under a request. */
const keepAliveMs = 120_000;

/** Makes the server; `listener.open()` starts it. The service is made when it is first needed. */
export function createHttpProvider(port: number, makeService: () => Promise<HttpService>): HttpProvider {
  const mischief = new MischiefBook();
  let made: Promise<HttpService> | null = null;
  const service = (): Promise<HttpService> => (made ??= makeService());
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    const desk = new RequestDesk({ request, response, listener, mischief });
    service()
      .then((found) => desk.serve(found))
      .catch((error: unknown) => {
        desk.fail(error);
      });
  });
  const listener: Listener = new Listener(port, (socket: Socket) => {
    const order = mischief.take('connect');
    if (order === null || order.mode === 'answer-after') server.emit('connection', socket);
    else if (order.mode !== 'hang') drop(socket);
  });
  return { listener, mischief, instruct: async (command) => (await service()).instruct(command) };
}

interface DeskParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly listener: Listener;
  readonly mischief: MischiefBook;
}

/** One request on its way through the phases. */
class RequestDesk {
  readonly #parts: DeskParts;
  readonly #remotePort: number | undefined;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#remotePort = parts.request.socket.remotePort;
  }

  async serve(service: HttpService): Promise<void> {
    const head = headOf(this.#parts.request);
    const operation = service.operationOf(head);
    if (!(await this.#pass('in-request', operation))) return;
    const body = await readBody(this.#parts.request, service.maxBodyBytes);
    if (body === 'tooLarge') {
      this.#reply({ ...htmlPage(413, 'The request is too large.'), isLast: true });
      return;
    }
    if (body === 'broken') return;
    if (!(await this.#pass('before-effect', operation))) return;
    const reply = await service.answer({ ...head, body });
    await this.#giveBack(reply, operation);
  }

  /** The service broke: a bug of it, told as any server does. */
  fail(error: unknown): void {
    console.error(error);
    if (!this.#parts.response.headersSent) this.#reply(htmlPage(500, 'Internal error'));
  }

  async #giveBack(reply: PracticeReply, operation: string | null): Promise<void> {
    const late = this.#parts.mischief.take('after-effect-before-reply', operation);
    if (late?.mode === 'garble') {
      this.#reply({ ...reply, body: garbled(reply.body) });
      return;
    }
    if (!(await this.#act(late))) return;
    const order = this.#parts.mischief.take('in-reply', operation);
    switch (order?.mode) {
      case 'garble':
        this.#reply({ ...reply, body: garbled(reply.body) });
        return;
      case 'cut':
      case 'hang':
        this.#replyHalf(reply, order.mode);
        return;
      default:
        if (await this.#act(order)) this.#reply(reply);
    }
  }

  /** True: go on. */
  async #pass(phase: HttpPhase, operation: string | null): Promise<boolean> {
    return this.#act(this.#parts.mischief.take(phase, operation));
  }

  async #act(order: Mischief | null | undefined): Promise<boolean> {
    switch (order?.mode) {
      case 'refuse':
        this.#reply({ ...refusal(order), isLast: true });
        return false;
      case 'hang':
        return false;
      case 'cut':
        this.#cut();
        return false;
      case 'answer-after':
        await wait(order.delayMs);
        return true;
      case 'none':
      case 'garble':
      case 'replace':
      case undefined:
        return true;
    }
  }

  #cut(): void {
    if (this.#remotePort !== undefined) this.#parts.listener.cut(this.#remotePort);
  }

  #reply(reply: PracticeReply & { readonly isLast?: boolean }): void {
    const { response } = this.#parts;
    response.writeHead(reply.status, {
      ...reply.headers,
      ...(reply.isLast === true ? { connection: 'close' } : {}),
      ...(reply.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(reply.body)) }),
    });
    response.end(reply.body);
  }

  /** The whole length is promised, half of it comes. */
  #replyHalf(reply: PracticeReply, then: 'cut' | 'hang'): void {
    const { response } = this.#parts;
    const body = Buffer.from(reply.body);
    response.writeHead(reply.status, { ...reply.headers, 'content-length': String(body.length) });
    response.write(body.subarray(0, body.length >> 1), () => {
      if (then === 'cut') this.#cut();
    });
  }
}

function headOf(request: IncomingMessage): RequestHead {
  const path = request.url ?? '/';
  const base = 'http://practice.invalid';
  return {
    method: request.method ?? 'GET',
    url: URL.canParse(path, base) ? new URL(path, base) : new URL(base),
    headers: request.headers,
  };
}

/** `broken`: the client left before the end. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'tooLarge' | 'broken'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue;
      length += chunk.length;
      if (length > maxBytes) return 'tooLarge';
      chunks.push(chunk);
    }
  } catch (error) {
    // Only the connection can fail here, and there is nobody left to tell.
    if (error instanceof Error) return 'broken';
    throw error;
  }
  return Buffer.concat(chunks);
}

function refusal(order: Mischief): PracticeReply {
  const page = htmlPage(order.httpStatus, 'refused in practice');
  return order.retryAfterSeconds === null
    ? page
    : { ...page, headers: { ...page.headers, 'retry-after': String(order.retryAfterSeconds) } };
}

/** A page for a person, as servers answer when the service itself does not. */
export function htmlPage(status: number, words: string): PracticeReply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<html><head><title>${status}</title></head><body><h1>HTTP Status ${status}</h1><p>${words}</p></body></html>`,
  };
}

/** The first half of the body, then bytes that are neither XML nor JSON nor UTF-8; a whole answer as far as HTTP can tell. */
function garbled(body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([bytes.subarray(0, bytes.length >> 1), Buffer.from([0xff, 0xfe, 0x3c, 0x00])]);
}
