// Transport to handlers in the same program, for tests and for looking at screens without an engine. No network, no host.

import type { FileToken, PushFrame } from '../../shared/contract/bridge.ts';
import type { ReplyFrame } from '../../shared/contract/frames.ts';
import { methods } from '../../shared/contract/methods.ts';
import type { MethodName, MethodOutput, ParsedInput } from '../../shared/contract/methods.ts';
import { fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Transport } from './client.ts';

/** Some methods' answers; the others answer NOT_FOUND. */
export type MemoryHandlers = {
  readonly [M in MethodName]?: (input: ParsedInput<M>) => Result<MethodOutput<M>> | Promise<Result<MethodOutput<M>>>;
};

/** The transport and the other end of it. */
export interface MemoryTransport extends Transport {
  /** Sends a push frame to the page. */
  push(frame: PushFrame): void;
}

/** Answers calls from `handlers`; dropped and chosen files are `files`. */
export function createMemoryTransport(handlers: MemoryHandlers, files: readonly FileToken[] = []): MemoryTransport {
  let receive: ((frame: unknown) => void) | null = null;
  return {
    async send(frame) {
      if (frame.type === 'cancel')
        return { type: 'reply', requestId: frame.requestId, ok: true, value: null } satisfies ReplyFrame;
      const result = await answer(handlers, frame.method, frame.input);
      const reply: unknown = { type: 'reply', requestId: frame.requestId, ...result };
      return reply;
    },
    open({ onPush }) {
      receive = onPush;
      return () => {
        receive = null;
      };
    },
    takeDroppedFiles: () => Promise.resolve({ ok: true, value: files }),
    chooseFiles: () => Promise.resolve({ ok: true, value: files }),
    push: (frame) => receive?.(frame),
  };
}

async function answer(handlers: MemoryHandlers, name: string, input: unknown): Promise<Result<unknown>> {
  const method = (Object.keys(methods) as MethodName[]).find((known) => known === name);
  if (method === undefined) return fail('BAD_REQUEST', 'There is no such method.', { method: name });
  const parsed = methods[method].input.safeParse(input);
  if (!parsed.success) return fail('BAD_REQUEST', `The arguments of ${method} do not fit.`, { method });
  // The method's own schema has just parsed the input.
  const handler = handlers[method] as ((value: unknown) => Promise<Result<unknown>>) | undefined;
  return handler === undefined
    ? fail('NOT_FOUND', `Nothing answers ${method} here.`, { method })
    : handler(parsed.data);
}
