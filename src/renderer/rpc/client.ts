// The page's one way to the engine: typed calls, events with gap detection, files. Which transport it uses is decided elsewhere.

import { z } from 'zod';
import type { FileToken, MenuCommand, PushFrame } from '../../shared/contract/bridge.ts';
import { fileTokenSchema, pushFrameSchema } from '../../shared/contract/bridge.ts';
import { replyFrameSchema } from '../../shared/contract/frames.ts';
import type { ClientFrame, EngineEvent, EventFrame } from '../../shared/contract/frames.ts';
import { methods } from '../../shared/contract/methods.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods.ts';
import { errorCodes } from '../../shared/error-codes.ts';
import { fail, ok } from '../../shared/result.ts';
import type { AppError, Result } from '../../shared/result.ts';
import type { Dropped } from './dropped.ts';

/** Whether the engine can be reached now. `refused`: the host is there and wants no word from this page, which has no session. */
export type LinkState = 'connected' | 'lost' | 'refused';

/** How frames reach the engine. Everything that comes back is `unknown`: the client parses it. */
export interface Transport {
  /** Resolves to a reply frame; rejects when the engine cannot be reached. */
  send(frame: ClientFrame): Promise<unknown>;
  /** Starts delivering push frames; `onLink` tells when the way to the host opens or breaks. Returns a function that ends it. */
  open(receiver: {
    readonly onPush: (frame: unknown) => void;
    readonly onLink: (state: LinkState) => void;
  }): () => void;
  takeDroppedFiles(dropped: Dropped): Promise<unknown>;
  chooseFiles(): Promise<unknown>;
}

/** The engine as the page sees it. Nothing here rejects or throws for what the outside does. */
export interface Client {
  /**
   * Calls a method. Errors beside the method's own: ENGINE_GONE (not reachable; the command may or may not have been carried out),
   * TIMED_OUT, CANCELLED (by `signal`), BAD_REQUEST, INTERNAL.
   */
  call<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result<MethodOutput<M>>>;
  /** Events as hints that something changed. Returns a function that ends it, as all listeners here do. */
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Something may have been missed: ask for everything again. */
  onResync(listener: () => void): () => void;
  /** Stable between changes, for useSyncExternalStore with {@link Client.onLink}. */
  readonly link: LinkState;
  onLink(listener: () => void): () => void;
  /** An item of the native menu was chosen (desktop window only). */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
  /** Makes dropped files and folders known to the engine. Errors: UNREADABLE, FILE_TOO_LARGE, ENGINE_GONE. */
  takeDroppedFiles(dropped: Dropped): Promise<Result<readonly FileToken[]>>;
  /** Opens the file dialog; an empty list when it is dismissed. Errors as takeDroppedFiles. */
  chooseFiles(): Promise<Result<readonly FileToken[]>>;
  close(): void;
}

/** Beyond the engine's own deadline: when even its TIMED_OUT does not come, the client gives up by itself. */
const graceMs = 5_000;

const filesSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.array(fileTokenSchema) }),
  z.object({
    ok: z.literal(false),
    error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() }),
  }),
]);

/** Creates a client that listens at once; close it when its page or test ends. */
export function createClient(transport: Transport): Client {
  const events = listeners<EngineEvent>();
  const resyncs = listeners<null>();
  const links = listeners<null>();
  const menu = listeners<MenuCommand>();
  let link: LinkState = 'connected';
  /** Sequence of the last event; null when any number may come next. */
  let lastSequence: number | null = null;

  function setLink(state: LinkState): void {
    if (state === link) return;
    link = state;
    links.tell(null);
    // Whatever happened meanwhile was not told.
    if (state === 'connected') resync();
  }

  function resync(): void {
    lastSequence = null;
    resyncs.tell(null);
  }

  function onEventFrame(frame: EventFrame): void {
    const hasGap = lastSequence !== null && frame.sequence !== lastSequence + 1;
    if (hasGap) resync();
    lastSequence = frame.sequence;
    events.tell(frame.event);
  }

  function onPush(unread: unknown): void {
    const parsed = pushFrameSchema.safeParse(unread);
    // A frame that cannot be read may have said anything: ask for everything again.
    if (!parsed.success) resync();
    else onPushFrame(parsed.data);
  }

  function onPushFrame(frame: PushFrame): void {
    switch (frame.type) {
      case 'event':
        onEventFrame(frame);
        return;
      case 'link':
        setLink(frame.state);
        return;
      case 'menu':
        menu.tell(frame.command);
    }
  }

  const close = transport.open({ onPush, onLink: setLink });
  return {
    call: (method, input, options) => call(transport, { method, input, signal: options?.signal ?? null }),
    onEvent: events.add,
    onResync: resyncs.add,
    get link() {
      return link;
    },
    onLink: (listener) => links.add(listener),
    onMenuCommand: menu.add,
    takeDroppedFiles: (dropped) => readFiles(transport.takeDroppedFiles(dropped)),
    chooseFiles: () => readFiles(transport.chooseFiles()),
    close,
  };
}

async function call<M extends MethodName>(
  transport: Transport,
  what: { readonly method: M; readonly input: MethodInput<M>; readonly signal: AbortSignal | null },
): Promise<Result<MethodOutput<M>>> {
  const { method, input, signal } = what;
  if (signal?.aborted === true) return fail('CANCELLED', 'The caller no longer waits.', { method });
  const requestId = crypto.randomUUID();
  const patience = createPatience(method, signal);
  const reply = await Promise.race([sent(transport, { type: 'request', requestId, method, input }), patience.lost]);
  patience.end();
  if (reply.ok) return readReply(method, reply.value);
  // The engine is told that nobody waits; whether it hears that makes no difference here.
  if (reply.error.code === 'TIMED_OUT' || reply.error.code === 'CANCELLED')
    void sent(transport, { type: 'cancel', requestId });
  return reply;
}

/** The unread reply, or ENGINE_GONE. */
async function sent(transport: Transport, frame: ClientFrame): Promise<Result<unknown>> {
  try {
    return ok(await transport.send(frame));
  } catch (error) {
    // Transports reject for one reason only: there is nobody at the other end.
    return fail('ENGINE_GONE', 'The engine cannot be reached.', { cause: String(error) });
  }
}

/** `lost` resolves when the caller cancels or the answer is overdue; `end` stops the waiting. */
function createPatience(
  method: MethodName,
  signal: AbortSignal | null,
): { readonly lost: Promise<Result<never>>; readonly end: () => void } {
  const deadlineMs = methods[method].deadlineMs + graceMs;
  const { promise, resolve } = Promise.withResolvers<Result<never>>();
  const timer = setTimeout(
    () => resolve(fail('TIMED_OUT', `${method} was not answered in ${String(deadlineMs)} ms.`, { method, deadlineMs })),
    deadlineMs,
  );
  const onAbort = (): void => resolve(fail('CANCELLED', 'The caller no longer waits.', { method }));
  signal?.addEventListener('abort', onAbort, { once: true });
  const end = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  };
  return { lost: promise, end };
}

function readReply<M extends MethodName>(method: M, unread: unknown): Result<MethodOutput<M>> {
  const reply = replyFrameSchema.safeParse(unread);
  if (!reply.success) return fail('INTERNAL', 'The engine answered with something that is not a reply.', { method });
  if (!reply.data.ok) return { ok: false, error: asAppError(reply.data.error) };
  const output = methods[method].output.safeParse(reply.data.value);
  if (!output.success) {
    return fail('INTERNAL', `The answer of ${method} does not fit the contract.`, {
      method,
      issues: output.error.issues.slice(0, 5).map((issue) => issue.path.map(String).join('.')),
    });
  }
  // The schema was looked up by this very method's name.
  return ok(output.data as MethodOutput<M>);
}

async function readFiles(taken: Promise<unknown>): Promise<Result<readonly FileToken[]>> {
  try {
    const parsed = filesSchema.safeParse(await taken);
    if (!parsed.success) return fail('INTERNAL', 'The host answered with something that is not a list of files.');
    return parsed.data.ok ? ok(parsed.data.value) : { ok: false, error: asAppError(parsed.data.error) };
  } catch (error) {
    return fail('ENGINE_GONE', 'The engine cannot be reached.', { cause: String(error) });
  }
}

/** A code this page does not know (an engine newer than the page) is shown as INTERNAL with the words that came. */
function asAppError(error: {
  readonly code: string;
  readonly message: string;
  readonly details?: Record<string, unknown> | undefined;
}): AppError {
  const code = errorCodes.find((known) => known === error.code) ?? 'INTERNAL';
  return error.details === undefined
    ? { code, message: error.message }
    : { code, message: error.message, details: error.details };
}

function listeners<T>(): {
  readonly add: (listener: (value: T) => void) => () => void;
  readonly tell: (value: T) => void;
} {
  const all = new Set<(value: T) => void>();
  return {
    add: (listener) => {
      all.add(listener);
      return () => all.delete(listener);
    },
    tell: (value) => {
      for (const listener of [...all]) listener(value);
    },
  };
}
