// Handlers for router and host tests: every method refuses unless the test says what it does.

import { methods } from '../../src/shared/contract/methods.ts';
import type { MethodName } from '../../src/shared/contract/methods.ts';
import { fail } from '../../src/shared/result.ts';
import type { CommandMemory } from '../../src/main/rpc/command-memory.ts';
import type { Handlers } from '../../src/main/rpc/router.ts';

/** All methods; those not given answer NOT_FOUND. */
export function handlersWith(given: Partial<Handlers>): Handlers {
  const refusing = Object.keys(methods).map((method) => [
    method,
    () => Promise.resolve(fail('NOT_FOUND', 'Not in this test.')),
  ]);
  return { ...(Object.fromEntries(refusing) as Handlers), ...given };
}

/** A memory in memory. */
export function createMapMemory(): CommandMemory & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    recall: (requestId) => texts.get(requestId) ?? null,
    remember: (requestId, _method, text) => {
      if (!texts.has(requestId)) texts.set(requestId, text);
    },
  };
}

let lastRequest = 0;

/** A request frame with a new id. */
export function request(
  method: MethodName | (string & {}),
  input: unknown,
  requestId?: string,
): { readonly type: 'request'; readonly requestId: string; readonly method: string; readonly input: unknown } {
  lastRequest += 1;
  return { type: 'request', requestId: requestId ?? `test-request-${String(lastRequest)}`, method, input };
}
