// What each of Svea's answers means for a delivery: by codes and kinds, never by the words. Codes are stable; their words stand in shared/words/svea-words.ts.

import type { AttemptOutcome, OpenFailure } from '../../ports/channel-adapter.ts';
import type { Operation } from './results.ts';
import type { Reply } from './soap-client.ts';

/** How long an order that Svea still looks at is left alone. */
const pendingWaitMs = 15 * 60_000;
/** A wait that the service did not put in seconds. */
const defaultWaitMs = 60_000;

/** Nothing will get through with these settings: login, permission, limits. A person's matter. */
const accountCodes: ReadonlySet<string> = new Set(['10000', '50000', '50006']);
/** An error without a description, from within the service: it may have done its work. */
const unclearCodes: ReadonlySet<string> = new Set(['1000', '1001']);

/** A call that brought no result to act on. */
export type FailedReply = Exclude<Reply<Operation>, { readonly kind: 'result' }>;

/** The code by which a result code is known in words, receipts and reports. */
export function codeOf(resultCode: string | null): string {
  return `svea.${resultCode ?? 'no-code'}`;
}

/** A definite no: the service answered that it did not do it. */
export function classifyRefusal(resultCode: string | null, message: string | null): AttemptOutcome {
  const [code, detail] = [codeOf(resultCode), message ?? ''];
  if (resultCode !== null && unclearCodes.has(resultCode)) return { kind: 'unknown', phase: 'replySeen', code, detail };
  if (resultCode !== null && accountCodes.has(resultCode))
    return { kind: 'notSent', code, detail, scope: 'connection', isPermanent: true };
  if (resultCode === '20013')
    return { kind: 'throttled', code, detail, retryAfterMs: pendingWaitMs, scope: 'delivery' };
  return { kind: 'refused', code, detail };
}

/** A call without a result. `isEffective`: it could have had an effect once it was sent; false for questions. */
export function classifyFailure(
  reply: FailedReply,
  { isEffective }: { readonly isEffective: boolean },
): AttemptOutcome {
  switch (reply.kind) {
    case 'notConnected': {
      const { code, detail, isPermanent } = reply;
      return { kind: 'notSent', code, detail, scope: 'connection', isPermanent };
    }
    case 'notBegun':
      return { kind: 'notSent', code: 'svea.claim-lost', detail: reply.detail, scope: 'delivery', isPermanent: false };
    case 'fault':
      // `Client`: the service could not read the request, or has no such method; it did nothing.
      return reply.isOurs
        ? { kind: 'notSent', code: 'svea.fault-client', detail: reply.detail, scope: 'delivery', isPermanent: true }
        : doubt(isEffective, 'svea.fault-server', reply.detail);
    case 'http':
      return classifyHttp(reply, isEffective);
    case 'lost':
      return isEffective
        ? { kind: 'unknown', phase: 'effect', code: 'svea.no-reply', detail: reply.detail }
        : { kind: 'notSent', code: reply.code, detail: reply.detail, scope: 'connection', isPermanent: false };
  }
}

function classifyHttp(
  { status, retryAfter, detail }: Extract<FailedReply, { readonly kind: 'http' }>,
  isEffective: boolean,
): AttemptOutcome {
  if (status === 429) {
    const seconds = /^\d{1,6}$/u.test(retryAfter ?? '') ? Number(retryAfter) : null;
    const retryAfterMs = seconds === null ? defaultWaitMs : seconds * 1_000;
    return { kind: 'throttled', code: 'svea.busy', detail, retryAfterMs, scope: 'connection' };
  }
  // The request was turned away before the service: wrong address, a gateway that asks for something else.
  if (status >= 300 && status < 500)
    return { kind: 'notSent', code: 'svea.wrong-address', detail, scope: 'connection', isPermanent: true };
  return doubt(isEffective, 'svea.unreadable', detail);
}

function doubt(isEffective: boolean, code: string, detail: string): AttemptOutcome {
  return isEffective
    ? { kind: 'unknown', phase: 'replySeen', code, detail }
    : { kind: 'notSent', code, detail, scope: 'connection', isPermanent: false };
}

/** The failure of a step of a connection's test, from what a call without an effect came to. */
export function testFailure(outcome: AttemptOutcome): Omit<OpenFailure, 'isPermanent'> {
  return outcome.kind === 'accepted'
    ? { code: 'svea.no-code', detail: '' }
    : { code: outcome.code, detail: outcome.detail };
}
