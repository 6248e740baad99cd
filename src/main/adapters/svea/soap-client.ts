// Calls of the service: the soap client writes and reads the envelopes by our WSDL, our own exchange sends them. What an answer means is decided elsewhere.

import { join } from 'node:path';
import type { IHttpClient } from 'soap';
import { z } from 'zod';
import { peerWords } from '../net.ts';
import { exchange } from './http-exchange.ts';
import type { ExchangeLimits, HttpReply } from './http-exchange.ts';
import { results } from './results.ts';
import type { Operation, ResultOf } from './results.ts';

/** Login at the service; the password is the connection's secret. */
export interface SveaLogin {
  readonly clientNumber: string;
  readonly username: string;
  readonly password: string;
}

/** How a call went. */
export type Reply<Name extends Operation> =
  | { readonly kind: 'result'; readonly result: ResultOf<Name> }
  /** A SOAP fault. `isOurs`: the request itself was refused (`Client`), nothing was done. */
  | { readonly kind: 'fault'; readonly isOurs: boolean; readonly detail: string }
  /** An HTTP answer without anything to read in it. */
  | { readonly kind: 'http'; readonly status: number; readonly retryAfter: string | null; readonly detail: string }
  | Exclude<HttpReply, { readonly kind: 'answered' }>;

/** When a call is given up, and what happens right before it is sent. */
export interface CallControl {
  readonly signal: AbortSignal;
  readonly beforeSend?: () => Promise<void>;
}

/** The service behind one endpoint, with one login. */
export interface SveaClient {
  /** `request` in the WSDL's names; amounts as text, null for nil. Never rejects for anything the peer does. */
  call<Name extends Operation>(name: Name, request: object, control: CallControl): Promise<Reply<Name>>;
}

/** Numbers and dates stay the text they are: no float ever holds an amount, and ids keep their digits. */
const asText = (text: string): string => text;
const deserializers = { int: asText, long: asText, decimal: asText, double: asText, dateTime: asText };

const faultSchema = z.object({
  root: z.object({
    Envelope: z.object({ Body: z.object({ Fault: z.object({ faultcode: z.unknown(), faultstring: z.unknown() }) }) }),
  }),
});

interface Pending {
  readonly control: CallControl;
  reply: HttpReply | null;
}

/** Reads the WSDL; the soap library is loaded by the first connection that needs it. */
export async function createSveaClient(options: {
  readonly resourcesDir: string;
  readonly url: string;
  readonly login: SveaLogin;
  readonly limits: ExchangeLimits;
}): Promise<SveaClient> {
  const { createClientAsync } = await import('soap');
  const { limits, login } = options;
  const url = new URL(options.url);
  // The client hands over its envelope; which call it belongs to comes along in the options.
  const httpClient = {
    request: (...given: Handover) => {
      const [, envelope, done, headers, pending] = given;
      const { signal, beforeSend = () => Promise.resolve() } = pending.control;
      void exchange({ url, headers, body: envelope, signal, beforeSend }, limits).then((reply) => {
        pending.reply = reply;
        if (reply.kind === 'answered') done(null, { status: reply.status, headers: {}, data: reply.body }, reply.body);
        else done(new Error(reply.detail));
      });
    },
  } as unknown as IHttpClient;
  const client = await createClientAsync(join(options.resourcesDir, 'svea', 'webpay.wsdl'), {
    endpoint: options.url,
    httpClient,
    customDeserializer: deserializers,
  });
  const methods = client as unknown as Readonly<Record<string, Method>>;
  const auth = { ClientNumber: login.clientNumber, Username: login.username, Password: login.password };
  return {
    call: async (name, request, control) => {
      const pending: Pending = { control, reply: null };
      const method = methods[`${name}Async`];
      if (method === undefined) throw new TypeError(`the WSDL has no ${name}`);
      const input = name === 'Ping' ? {} : { request: { Auth: auth, ...request } };
      try {
        const [answer] = await method.call(client, input, pending);
        return readAnswer(name, answer, pending.reply);
      } catch (error) {
        return readFailure(error, pending.reply);
      }
    },
  };
}

/** What the client hands over: address, envelope, where the answer goes, headers, and the options of the call. */
type Handover = readonly [string, string, Done, Readonly<Record<string, string>>, Pending];
type Done = (error: Error | null, response?: unknown, body?: string) => void;
type Method = (input: object, options: object) => Promise<readonly unknown[]>;

function readAnswer<Name extends Operation>(name: Name, answer: unknown, reply: HttpReply | null): Reply<Name> {
  const body =
    typeof answer === 'object' && answer !== null
      ? (answer as Readonly<Record<string, unknown>>)[`${name}Result`]
      : null;
  const read = results[name].safeParse(body);
  if (read.success && body !== undefined && body !== null)
    return { kind: 'result', result: read.data as ResultOf<Name> };
  const status = reply?.kind === 'answered' ? reply.status : 0;
  return { kind: 'http', status, retryAfter: null, detail: `the answer has no ${name}Result` };
}

function readFailure<Name extends Operation>(error: unknown, reply: HttpReply | null): Reply<Name> {
  // Before anything was handed over: a value that no envelope can hold is a bug of ours.
  if (reply === null) throw error;
  if (reply.kind !== 'answered') return reply;
  const { status, retryAfter } = reply;
  const fault = faultSchema.safeParse(error);
  if (!fault.success) return { kind: 'http', status, retryAfter, detail: `HTTP ${String(status)}` };
  const { faultcode, faultstring } = fault.data.root.Envelope.Body.Fault;
  return { kind: 'fault', isOurs: localName(wordsOf(faultcode)) === 'Client', detail: peerWords(wordsOf(faultstring)) };
}

function localName(code: string): string {
  return code.slice(code.indexOf(':') + 1);
}

/** An element with attributes comes as an object with its text beside them. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const inner = z.object({ $value: z.string() }).safeParse(value);
  return inner.success ? inner.data.$value : '';
}
