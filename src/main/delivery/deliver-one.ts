// One attempt: reads the frozen document, composes, sends through a session, and turns everything that can happen into an outcome.

import type { AttemptPhase } from '../../shared/schema/delivery.ts';
import type { Result } from '../../shared/result.ts';
import type { AttemptOutcome, ChannelSession, DeliveryItem, MessageText } from '../ports/channel-adapter.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ClaimedDelivery } from '../ports/store.ts';
import { ClaimLost } from './group-commit.ts';
import type { GroupCommit } from './group-commit.ts';

/** What an attempt needs. */
export interface AttemptParts {
  readonly documents: { read(sha256: string): Promise<Result<Uint8Array>> };
  readonly compose: (delivery: ClaimedDelivery) => Promise<MessageText | null>;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly log: Log;
  /** After this long a send is aborted; above any adapter's own patience (10 minutes for the reply to a mail). */
  readonly sendPatienceMs: number;
  /** How long an aborted adapter has to come back before it is given up. */
  readonly abortPatienceMs: number;
}

/** How an attempt ended. */
export interface AttemptEnd {
  readonly outcome: AttemptOutcome;
  readonly phase: AttemptPhase;
  /** True when `sending` was committed. */
  readonly isMarked: boolean;
}

/** What is sent, through what, and what gives it up. */
export interface AttemptWork {
  readonly session: ChannelSession;
  readonly claim: ClaimedDelivery;
  readonly signal: AbortSignal;
  /** A larger document is not sent through this connection; null = no limit. */
  readonly maxDocumentBytes: number | null;
}

interface Progress {
  phase: AttemptPhase;
  mark: 'none' | 'made' | 'refused';
}

/** Makes one attempt. Never rejects: an adapter that throws is a bug and gives `unknown` after the mark, `notSent` before it. */
export async function deliverOne(parts: AttemptParts, work: AttemptWork): Promise<AttemptEnd> {
  const { session, claim, signal } = work;
  const prepared = await prepare(parts, work);
  if ('outcome' in prepared) return { outcome: prepared.outcome, phase: 'preparing', isMarked: false };
  const attempt: Progress = { phase: 'preparing', mark: 'none' };
  const over = new AbortController();
  const context = AbortSignal.any([signal, over.signal]);
  const markSending = async (): Promise<void> => {
    // A send that was given up may come here late: it must not start then.
    if (context.aborted) throw new ClaimLost('the attempt is over');
    if (attempt.mark === 'made') return;
    try {
      await parts.commit.mark(claim);
    } catch (error) {
      attempt.mark = 'refused';
      throw error;
    }
    attempt.mark = 'made';
    attempt.phase = 'effect';
  };
  const onPhase = (phase: AttemptPhase): void => {
    attempt.phase = phase;
  };
  try {
    const outcome = await withPatience(
      parts,
      { over, signal },
      session.send(prepared.item, { signal: context, markSending, onPhase }),
    );
    // Adapters name a refused mark in their own way; it is the runner that refused it.
    const isClaimLost = attempt.mark === 'refused' && outcome.kind === 'notSent';
    return { outcome: isClaimLost ? claimLost : outcome, phase: attempt.phase, isMarked: attempt.mark === 'made' };
  } catch (error) {
    return {
      outcome: outcomeOfThrow({ log: parts.log, claim, attempt }, error),
      phase: attempt.phase,
      isMarked: attempt.mark === 'made',
    };
  } finally {
    over.abort();
  }
}

/** Reads what is to be sent, or says why it can't be. Never rejects. */
export async function prepare(
  parts: AttemptParts,
  { claim, maxDocumentBytes }: Pick<AttemptWork, 'claim' | 'maxDocumentBytes'>,
): Promise<{ readonly item: DeliveryItem } | { readonly outcome: AttemptOutcome }> {
  try {
    const document = await parts.documents.read(claim.documentSha256);
    if (!document.ok)
      return {
        outcome: notPrepared(
          documentCodes[document.error.code] ?? 'document.unreadable',
          document.error.message,
          document.error.code in documentCodes,
        ),
      };
    const sizeBytes = document.value.byteLength;
    if (maxDocumentBytes !== null && sizeBytes > maxDocumentBytes)
      return {
        outcome: notPrepared(
          'limit.document-too-large',
          `${String(sizeBytes)} > ${String(maxDocumentBytes)} bytes`,
          true,
        ),
      };
    const message = claim.channel === 'email' ? await parts.compose(claim) : null;
    if (claim.channel === 'email' && message === null)
      return { outcome: notPrepared('document.compose-failed', '', true) };
    const {
      deliveryId,
      idempotencyKey,
      attempt,
      invoiceNumber,
      customerName,
      target,
      documentSha256,
      documentFileName,
      step,
      previous,
    } = claim;
    return {
      item: {
        deliveryId,
        idempotencyKey,
        attempt,
        invoiceNumber,
        customerName,
        target,
        documentSha256,
        documentFileName,
        document: document.value,
        message,
        step,
        previous,
      },
    };
  } catch (error) {
    parts.log.error('a delivery could not be prepared', { deliveryId: claim.deliveryId, error: String(error) });
    return { outcome: notPrepared('document.compose-failed', '', true) };
  }
}

/** Nothing was sent because the claim was not ours any more, or the runner is stopping; says nothing about the peer. */
export const claimLost = {
  kind: 'notSent',
  code: 'run.claim-lost',
  detail: '',
  scope: 'connection',
  isPermanent: false,
} as const satisfies AttemptOutcome;

/** Damage that waiting does not mend. */
const documentCodes: Readonly<Record<string, string>> = {
  NOT_FOUND: 'document.missing',
  STORE_DAMAGED: 'document.damaged',
};

function notPrepared(code: string, detail: string, isPermanent: boolean): AttemptOutcome {
  return { kind: 'notSent', code, detail, scope: 'delivery', isPermanent };
}

/** Aborts a send that takes too long, and gives up on one that ignores its abort. */
export async function withPatience<End>(
  parts: Pick<AttemptParts, 'clock' | 'sendPatienceMs' | 'abortPatienceMs'>,
  { over, signal }: { readonly over: AbortController; readonly signal: AbortSignal },
  sending: Promise<End>,
): Promise<End> {
  const ended = new AbortController();
  const hasEnded = (): boolean => ended.signal.aborted;
  const watch = async (): Promise<End> => {
    await parts.clock.sleep(parts.sendPatienceMs, AbortSignal.any([ended.signal, signal]));
    if (hasEnded()) return sending;
    over.abort();
    await parts.clock.sleep(parts.abortPatienceMs, ended.signal);
    if (hasEnded()) return sending;
    throw new Error('the adapter did not come back after its abort');
  };
  try {
    return await Promise.race([sending, watch()]);
  } finally {
    ended.abort();
  }
}

function outcomeOfThrow(
  { log, claim, attempt }: { readonly log: Log; readonly claim: ClaimedDelivery; readonly attempt: Progress },
  error: unknown,
): AttemptOutcome {
  if (attempt.mark === 'made') {
    log.error('an adapter failed after an effect was possible', { deliveryId: claim.deliveryId, error: String(error) });
    return { kind: 'unknown', phase: attempt.phase, code: 'run.adapter-failed', detail: '' };
  }
  if (error instanceof ClaimLost || attempt.mark === 'refused') return claimLost;
  log.error('an adapter failed before anything was sent', { deliveryId: claim.deliveryId, error: String(error) });
  return { kind: 'notSent', code: 'run.adapter-failed', detail: '', scope: 'delivery', isPermanent: false };
}
