// Frame in, reply out: checks the frame, finds the handler, keeps the deadline, and answers every call exactly once.
// One of the three places where exceptions are caught. Knows no use case.

import { maxFrameBytes, requestFrameSchema, cancelFrameSchema } from '../../shared/contract/frames.ts';
import type { ReplyFrame, RequestFrame } from '../../shared/contract/frames.ts';
import { methods } from '../../shared/contract/methods.ts';
import type { MethodName, MethodOutput, ParsedInput } from '../../shared/contract/methods.ts';
import { fail } from '../../shared/result.ts';
import type { AppError, Result } from '../../shared/result.ts';
import type { Log } from '../ports/log.ts';
import { isStoreFailure } from '../ports/store.ts';
import { recallReply, rememberReply } from './command-memory.ts';
import type { CommandMemory } from './command-memory.ts';

/** What a handler is told about its call. */
export interface CallContext {
  readonly requestId: string;
  /** Aborts at the deadline, when the caller cancels and when the engine closes. Writes must not stop half-way because of it. */
  readonly signal: AbortSignal;
}

/** One handler for every method of the contract. A throw means a bug or a broken world; everything else is a Result. */
export type Handlers = {
  readonly [M in MethodName]: (input: ParsedInput<M>, call: CallContext) => Promise<Result<MethodOutput<M>>>;
};

/** What a router needs. */
export interface RouterOptions {
  readonly handlers: Handlers;
  readonly memory: CommandMemory;
  readonly log: Log;
  /** True in tests and development: an answer that does not fit the contract becomes INTERNAL, with a log line that says where. */
  readonly isCheckingOutputs?: boolean;
}

/** The engine's front door. */
export interface Router {
  /** Never rejects. A repeated request id joins the call under way, and a repeated command gets the reply it got before. */
  handle(frame: unknown): Promise<ReplyFrame>;
  /** The caller no longer waits: it gets CANCELLED, the handler's signal aborts. False when there is no such call. */
  cancel(requestId: string): boolean;
  /** Answers every pending call with ENGINE_GONE and refuses new ones; waits a moment for handlers to end. May be repeated. */
  close(): Promise<void>;
}

interface Call {
  readonly method: MethodName;
  readonly controller: AbortController;
  readonly reply: Promise<ReplyFrame>;
  /** Resolves when the handler has really ended, however the caller was answered. */
  readonly ended: Promise<void>;
  /** Answers the caller now; the first answer counts. */
  readonly settle: (reply: ReplyFrame) => void;
}

/** More at once is a page gone wild; it is told so instead of filling the memory. */
const maxPendingCalls = 1_000;
/** How long a closing router waits for handlers that do not look at their signal. */
const closePatienceMs = 5_000;

/** Creates a router; it is ready at once. */
export function createRouter(options: RouterOptions): Router {
  const calls = new Map<string, Call>();
  let isClosed = false;

  function begin(frame: RequestFrame, method: MethodName): Promise<ReplyFrame> {
    const known = calls.get(frame.requestId);
    if (known !== undefined) {
      return known.method === method
        ? known.reply
        : Promise.resolve(
            errorReply(frame.requestId, { code: 'BAD_REQUEST', message: 'This request id belongs to another call.' }),
          );
    }
    if (calls.size >= maxPendingCalls) {
      return Promise.resolve(
        errorReply(frame.requestId, {
          code: 'SERVICE_UNAVAILABLE',
          message: 'Too many calls are waiting for an answer.',
          details: { limit: maxPendingCalls },
        }),
      );
    }
    const call = startCall(options, frame, method);
    calls.set(frame.requestId, call);
    void call.ended.then(() => calls.delete(frame.requestId));
    return call.reply;
  }

  function cancel(requestId: string): boolean {
    const call = calls.get(requestId);
    if (call === undefined) return false;
    call.settle(errorReply(requestId, { code: 'CANCELLED', message: 'The caller no longer waits.' }));
    call.controller.abort();
    return true;
  }

  return {
    cancel,
    async handle(frame) {
      const cancelled = cancelFrameSchema.safeParse(frame);
      if (cancelled.success) {
        cancel(cancelled.data.requestId);
        return { type: 'reply', requestId: cancelled.data.requestId, ok: true, value: null };
      }
      const read = readRequest(frame);
      if (!read.ok) return errorReply(requestIdOf(frame), read.error);
      const { request, method } = read.value;
      if (isClosed) return errorReply(request.requestId, { code: 'ENGINE_GONE', message: 'The engine is closing.' });
      return begin(request, method);
    },
    async close() {
      isClosed = true;
      const pending = [...calls];
      for (const [requestId, call] of pending) {
        call.settle(errorReply(requestId, { code: 'ENGINE_GONE', message: 'The engine is closing.' }));
        call.controller.abort();
      }
      await within(closePatienceMs, Promise.all(pending.map(([, call]) => call.ended)));
    },
  };
}

function startCall(options: RouterOptions, frame: RequestFrame, method: MethodName): Call {
  const controller = new AbortController();
  const { promise: reply, resolve } = Promise.withResolvers<ReplyFrame>();
  const { deadlineMs } = methods[method];
  const timer = setTimeout(() => {
    settle(
      errorReply(frame.requestId, {
        code: 'TIMED_OUT',
        message: `${method} took longer than ${String(deadlineMs)} ms.`,
        details: { method, deadlineMs },
      }),
    );
    controller.abort();
  }, deadlineMs);
  function settle(answer: ReplyFrame): void {
    clearTimeout(timer);
    resolve(answer);
  }
  const ended = answer(options, frame, { method, signal: controller.signal }).then(settle);
  return { method, controller, reply, ended, settle };
}

/** Never rejects. */
async function answer(
  options: RouterOptions,
  frame: RequestFrame,
  call: { readonly method: MethodName; readonly signal: AbortSignal },
): Promise<ReplyFrame> {
  const { method, signal } = call;
  const isCommand = methods[method].kind === 'command';
  try {
    if (isCommand) {
      const earlier = recallReply(options.memory, frame.requestId, method);
      if (earlier !== null) return earlier;
    }
    const input = methods[method].input.safeParse(frame.input);
    if (!input.success) {
      const issues = input.error.issues
        .slice(0, 20)
        .map(({ path, code, message }) => ({ path: path.map(String).join('.'), code, message }));
      return errorReply(frame.requestId, {
        code: 'BAD_REQUEST',
        message: `The arguments of ${method} do not fit.`,
        details: { method, issues },
      });
    }
    const reply = await run(options, frame.requestId, { method, input: input.data, signal });
    if (isCommand) remember(options, reply, method);
    return reply;
  } catch (error) {
    return broken(options.log, frame.requestId, { method, error });
  }
}

async function run(
  options: RouterOptions,
  requestId: string,
  call: { readonly method: MethodName; readonly input: unknown; readonly signal: AbortSignal },
): Promise<ReplyFrame> {
  const { method, input, signal } = call;
  // The method's own schema has just parsed the input, so it is this handler's: a link that a table of functions cannot express.
  const handler = options.handlers[method] as (input: unknown, context: CallContext) => Promise<Result<unknown>>;
  let result: Result<unknown>;
  try {
    result = await handler(input, { requestId, signal });
  } catch (error) {
    return broken(options.log, requestId, { method, error });
  }
  if (!result.ok) return errorReply(requestId, result.error);
  if (options.isCheckingOutputs === true) {
    const checked = methods[method].output.safeParse(result.value);
    if (!checked.success) {
      options.log.error('an answer does not fit the contract', {
        method,
        issues: checked.error.issues.slice(0, 5).map(({ path, code }) => ({ path: path.map(String).join('.'), code })),
      });
      return errorReply(requestId, {
        code: 'INTERNAL',
        message: `The answer of ${method} does not fit the contract.`,
        details: { method },
      });
    }
  }
  return { type: 'reply', requestId, ok: true, value: result.value };
}

/** The command has acted: a memory that fails now must not turn its reply into an error. */
function remember(options: RouterOptions, reply: ReplyFrame, method: MethodName): void {
  try {
    rememberReply(options.memory, reply, method);
  } catch (error) {
    options.log.error('a reply could not be remembered; a repeated request would act again', {
      method,
      requestId: reply.requestId,
      error: String(error),
    });
  }
}

/** The world's own failures keep their code; everything else is a bug: a log line here, no stack over the wire. */
function broken(
  log: Log,
  requestId: string,
  what: { readonly method: MethodName; readonly error: unknown },
): ReplyFrame {
  const { method, error } = what;
  if (isStoreFailure(error)) {
    log.error('the store failed a call', { method, code: error.code });
    return errorReply(requestId, {
      code: error.code,
      message: 'The data folder could not be written or read.',
      details: { method },
    });
  }
  log.error('a call ended in an exception', { method, requestId, error });
  return errorReply(requestId, {
    code: 'INTERNAL',
    message: 'The engine met an unexpected error. The log has the details.',
    details: { method },
  });
}

function readRequest(frame: unknown): Result<{ readonly request: RequestFrame; readonly method: MethodName }> {
  const request = requestFrameSchema.safeParse(frame);
  if (!request.success) return fail('BAD_REQUEST', 'This is not a request frame.');
  const sizeBytes = jsonBytes(request.data.input);
  if (sizeBytes === null) return fail('BAD_REQUEST', 'The arguments are not plain data.');
  if (sizeBytes > maxFrameBytes)
    return fail('BAD_REQUEST', 'The request is too large.', { sizeBytes, limitBytes: maxFrameBytes });
  const { method } = request.data;
  if (!isMethodName(method)) return fail('BAD_REQUEST', 'There is no such method.', { method });
  return { ok: true, value: { request: request.data, method } };
}

function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

/** Size as JSON text; null when it cannot be written as such (cycles, big integers). */
function jsonBytes(input: unknown): number | null {
  try {
    return input === undefined ? 0 : Buffer.byteLength(JSON.stringify(input));
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}

/** The id of a frame that cannot be read, so that its sender at least gets an answer. */
function requestIdOf(frame: unknown): string {
  const requestId = typeof frame === 'object' && frame !== null && 'requestId' in frame ? frame.requestId : null;
  return typeof requestId === 'string' && requestId.length <= 64 ? requestId : '';
}

function errorReply(requestId: string, error: AppError): ReplyFrame {
  const { code, message, details } = error;
  return {
    type: 'reply',
    requestId,
    ok: false,
    error: details === undefined ? { code, message } : { code, message, details: { ...details } },
  };
}

async function within(patienceMs: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => {
    resolve(null);
  }, patienceMs);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
