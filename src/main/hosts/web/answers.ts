// The few kinds of answers the web host gives, each with the safe headers, and reading a small JSON body. No routes here.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { fail, ok } from '../../../shared/result.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { safeHeaders } from '../../platform/page-files.ts';

/** Sends a value as JSON. */
export function sendJson(
  response: ServerResponse,
  value: unknown,
  {
    status = 200,
    headers = {},
  }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): void {
  send(response, { status, mediaType: 'application/json; charset=utf-8', body: JSON.stringify(value), headers });
}

/** Sends a refusal in the shape of a reply, so that a page reads it like any other. */
export function sendRefusal(response: ServerResponse, status: number, error: AppError): void {
  // The rest of a body that nobody reads would block the connection for the next request.
  const headers: Record<string, string> = response.req.complete ? {} : { connection: 'close' };
  sendJson(response, { type: 'reply', requestId: '', ok: false, error }, { status, headers });
}

/** Sends bytes or text. */
export function send(
  response: ServerResponse,
  content: {
    readonly status: number;
    readonly mediaType: string;
    readonly body: string | Uint8Array;
    readonly headers?: Readonly<Record<string, string>>;
  },
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(content.status, {
    ...safeHeaders,
    'cache-control': 'no-store',
    ...content.headers,
    'content-type': content.mediaType,
  });
  response.end(response.req.method === 'HEAD' ? undefined : content.body);
}

/** Reads a JSON body of at most `limitBytes`. Errors: INVALID_CONTENT_TYPE, FILE_TOO_LARGE, BAD_REQUEST. */
export async function readJson(request: IncomingMessage, limitBytes: number): Promise<Result<unknown>> {
  // Another type would be a "simple" request, which a foreign page may send without asking.
  if (!/^application\/json(?:;|$)/u.test(request.headers['content-type'] ?? ''))
    return fail('INVALID_CONTENT_TYPE', 'The body must be application/json.');
  const tooLarge = fail('FILE_TOO_LARGE', 'The request is too large.', { limitBytes });
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return tooLarge;
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) return tooLarge;
    chunks.push(chunk);
  }
  try {
    return ok(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return fail('BAD_REQUEST', 'The body is not JSON.');
    throw error;
  }
}
