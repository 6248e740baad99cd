// The access token of an account that logs in with XOAUTH2: given as it is, or fetched with the client credentials grant. No SMTP here.

import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { EmailConfig } from '../../../shared/schema/connection.ts';
import type { OpenFailure } from '../../ports/channel-adapter.ts';
import { aborted, isLoopbackHost, netCodeOf, peerWords, systemCodeOf } from '../net.ts';
import type { Step } from './mail-connection.ts';

/** What a token is asked with. */
export interface TokenRequest {
  readonly config: EmailConfig;
  /** The access token itself, or the client's secret. */
  readonly secret: string;
  /** Authorities to trust beside the system's; null = the system's. */
  readonly authorities: readonly string[] | null;
  readonly timeoutMs: number;
}

/** A token answer is a few kilobytes. */
const mostAnswerBytes = 64 * 1024;

/** RFC 6749 5.1. */
const answerSchema = z.object({
  access_token: z.string().regex(/^[\x20-\x7E]{1,16384}$/u),
  token_type: z.string().optional(),
});

/** The token to log in with. Errors: token-endpoint (refused, or no token in the answer), token-deferred (5xx), `net.*`. */
export async function readAccessToken(request: TokenRequest, signal: AbortSignal): Promise<Step<string>> {
  const { config, secret } = request;
  if (config.login !== 'clientCredentials') return { ok: true, value: secret };
  if (config.oauth === undefined) return refuse('no address to fetch access tokens from is set');
  const { tokenUrl, clientId, scope } = config.oauth;
  const url = URL.parse(tokenUrl);
  if (url === null || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))))
    return refuse(`${tokenUrl} is not an https address`);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    ...(scope === '' ? {} : { scope }),
  });
  try {
    const answer = await post({ url, form: form.toString() }, request, signal);
    return tokenIn(answer);
  } catch (error) {
    if (signal.aborted) return { ok: false, failure: { ...aborted(), isPermanent: false } };
    const code = systemCodeOf(error);
    const isCertificate =
      code !== undefined && /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_)/u.test(code);
    if (isCertificate) return refuse(`${peerWords(error)} (${code})`);
    return {
      ok: false,
      failure: { code: netCodeOf(code) ?? 'net.failed', detail: peerWords(error), isPermanent: false },
    };
  }
}

interface TokenAnswer {
  readonly status: number;
  readonly text: string;
}

/** Posts the form; a redirect is never followed, so the secret goes to the named address only. */
function post(
  { url, form }: { readonly url: URL; readonly form: string },
  request: TokenRequest,
  signal: AbortSignal,
): Promise<TokenAnswer> {
  return new Promise((resolve, reject) => {
    const onAnswer = (answer: IncomingMessage): void => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > mostAnswerBytes) answer.destroy(new Error('the answer is too long to be a token'));
        else chunks.push(chunk);
      });
      answer.on('error', reject);
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    };
    const options = {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': Buffer.byteLength(form),
        Accept: 'application/json',
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(request.timeoutMs)]),
      ...(request.authorities === null ? {} : { ca: [...request.authorities] }),
    };
    const outgoing =
      url.protocol === 'https:'
        ? requestHttps(url, { ...options, minVersion: 'TLSv1.2' }, onAnswer)
        : requestHttp(url, options, onAnswer);
    outgoing.on('error', reject);
    outgoing.end(form);
  });
}

function tokenIn({ status, text }: TokenAnswer): Step<string> {
  if (status >= 500 || status === 429)
    return { ok: false, failure: { code: 'smtp.token-deferred', detail: `HTTP ${status}`, isPermanent: false } };
  const parsed = answerSchema.safeParse(parseJson(text));
  if (status === 200 && parsed.success) return { ok: true, value: parsed.data.access_token };
  return refuse(`HTTP ${status} ${errorWords(text)}`.trim());
}

/** RFC 6749 5.2: the error's name and its description; nothing else of the answer, which could hold a token. */
function errorWords(text: string): string {
  const parsed = z.object({ error: z.string(), error_description: z.string().optional() }).safeParse(parseJson(text));
  return parsed.success ? peerWords(`${parsed.data.error} ${parsed.data.error_description ?? ''}`) : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Anything but JSON is no token; the caller says so.
    return null;
  }
}

function refuse(detail: string): { readonly ok: false; readonly failure: OpenFailure } {
  return { ok: false, failure: { code: 'smtp.token-endpoint', detail, isPermanent: true } };
}
