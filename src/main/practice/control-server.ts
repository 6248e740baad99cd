// The practice providers' control address: HTTP on this computer with a token. Turns requests into orders; serves nothing else.

import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { z } from 'zod';
import { practiceHost } from './listener.ts';
import { mischiefSchema } from './mischief.ts';
import type { Mischief } from './mischief.ts';

/** What the control address can ask for. */
export interface ControlCommands {
  state(): unknown;
  misbehave(order: Mischief): void;
  setNetwork(isUp: boolean): Promise<void>;
  /** Looks into a provider, or moves what is in it; null when it does not know the command. */
  instruct(provider: 'svea' | 'sendregning', command: unknown): Promise<unknown>;
  /** Called after the reply was sent. */
  shutdown(): void;
}

/** A running control address. */
export interface ControlServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Largest request body; orders are tiny. */
const maxBodyBytes = 16 * 1024;
const networkSchema = z.object({ up: z.boolean() });

/** Starts listening on a free port. */
export async function startControlServer(token: string, commands: ControlCommands): Promise<ControlServer> {
  const server = createServer((request, response) => {
    handle(request, response, { token, commands }).catch((error: unknown) => {
      reply(response, 500, { error: error instanceof Error ? error.message : 'failed' });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, practiceHost, resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { url: `http://${practiceHost}:${port}`, close: () => closeServer(server) };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  control: { readonly token: string; readonly commands: ControlCommands },
): Promise<void> {
  const { commands } = control;
  if (!hasToken(request.headers.authorization, control.token)) {
    reply(response, 401, { error: 'Send the token as "Authorization: Bearer …".' });
    return;
  }
  switch (`${request.method ?? ''} ${request.url ?? ''}`) {
    case 'GET /state':
      reply(response, 200, commands.state());
      return;
    case 'POST /misbehave': {
      const order = mischiefSchema.safeParse(await readJson(request));
      if (order.success) commands.misbehave(order.data);
      reply(response, order.success ? 200 : 400, order.success ? commands.state() : { error: order.error.issues });
      return;
    }
    case 'POST /network': {
      const wish = networkSchema.safeParse(await readJson(request));
      if (wish.success) await commands.setNetwork(wish.data.up);
      reply(response, wish.success ? 200 : 400, wish.success ? commands.state() : { error: wish.error.issues });
      return;
    }
    case 'POST /shutdown':
      response.once('finish', () => {
        commands.shutdown();
      });
      reply(response, 200, {});
      return;
    case 'POST /svea':
    case 'POST /sendregning': {
      const view = await commands.instruct(request.url === '/svea' ? 'svea' : 'sendregning', await readJson(request));
      reply(response, view === null ? 400 : 200, view ?? { error: 'The provider does not know this command.' });
      return;
    }
    default:
      reply(response, 404, {
        error: 'There are GET /state, POST /misbehave, /network, /svea, /sendregning and /shutdown.',
      });
  }
}

function hasToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > maxBodyBytes) throw new RangeError('the request is too large');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    // Not JSON: the schema refuses it with a reply of its own.
    return undefined;
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(`${JSON.stringify(body)}\n`);
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
