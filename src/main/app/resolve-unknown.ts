// Settles deliveries whose outcome is not known: by asking the peer, or by the operator's word. Nothing here sends.

import type { MethodOutput } from '../../shared/contract/methods.ts';
import type { LookUpAnswerKind, LookUpCode } from '../../shared/schema/delivery.ts';
import { canAskPeer, lookUpAnswers } from '../../shared/schema/delivery.ts';
import type { PeerAnswer, UnknownDelivery, UnknownSelection } from '../ports/unknown-store.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';

/** Who looks up: the operator, or the program by itself before it asks a person. */
const selfActor = 'utskick';

/** What a round of look-ups gave. */
export interface LookUpRound {
  readonly counts: Readonly<Record<LookUpAnswerKind, number>>;
  /** Not asked before the signal. */
  readonly left: number;
  readonly answers: readonly {
    readonly delivery: UnknownDelivery;
    readonly answer: LookUpAnswerKind;
    readonly code: LookUpCode | null;
  }[];
}

/** The operator's word. `notArrived` queues them again. Returns how many were still unknown. */
export function resolveByOperator(
  context: AppContext,
  selection: UnknownSelection,
  { verdict, reason }: { readonly verdict: 'arrived' | 'notArrived'; readonly reason: string },
): MethodOutput<'delivery.resolve'> {
  const { unknowns } = context.store;
  const ids = unknowns.find(selection).map(({ id }) => id);
  const toState = verdict === 'arrived' ? 'accepted' : 'queued';
  const changed = ids.length === 0 ? 0 : unknowns.settle(ids, { toState, reason }, actNow(context));
  if (changed > 0) tellChanged(context);
  return { changed };
}

/**
 * Asks the peers about unknown deliveries. `found` settles one as accepted, `absent` queues it again; everything else stays unknown with
 * a note of what was said. A peer that cannot be reached leaves a note only when the operator asked.
 */
export async function lookUpUnknown(
  context: AppContext,
  deliveries: readonly UnknownDelivery[],
  { signal, isAutomatic }: { readonly signal: AbortSignal; readonly isAutomatic: boolean },
): Promise<LookUpRound> {
  const answers: LookUpRound['answers'][number][] = [];
  const take = (delivery: UnknownDelivery, answer: PeerAnswer): void => {
    const code = answer.kind === 'unclear' ? (answer.code ?? 'noAnswer') : null;
    answers.push({ delivery, answer: answer.kind, code });
    if (isAutomatic && (answer.kind === 'unreachable' || answer.kind === 'notPossible')) return;
    keep(context, delivery, { answer, code, isAutomatic });
  };
  for (const delivery of deliveries) if (!canAskPeer(delivery.channel)) take(delivery, { kind: 'notPossible' });
  const askable = deliveries.filter(({ channel }) => canAskPeer(channel));
  for (const [connectionId, asked] of Map.groupBy(askable, (each) => each.connectionId)) {
    if (signal.aborted) break;
    const byId = new Map(asked.map((delivery) => [delivery.id, delivery]));
    await context.runner.lookUp(
      { connectionId, deliveryIds: [...byId.keys()] },
      {
        signal,
        onAnswer: (id, answer) => {
          const delivery = byId.get(id);
          if (delivery !== undefined) take(delivery, answer);
        },
      },
    );
  }
  if (answers.some(({ answer }) => answer !== 'notPossible')) tellChanged(context);
  const counts = Object.fromEntries(
    lookUpAnswers.map((kind) => [kind, answers.filter(({ answer }) => answer === kind).length]),
  ) as Record<LookUpAnswerKind, number>;
  return { counts, left: deliveries.length - answers.length, answers };
}

function keep(
  context: AppContext,
  delivery: UnknownDelivery,
  {
    answer,
    code,
    isAutomatic,
  }: { readonly answer: PeerAnswer; readonly code: LookUpCode | null; readonly isAutomatic: boolean },
): void {
  const act = { ...actNow(context), ...(isAutomatic ? { actor: selfActor } : {}) };
  if (answer.kind === 'found' || answer.kind === 'absent') {
    const toState = answer.kind === 'found' ? 'accepted' : 'queued';
    const receipt = answer.kind === 'found' ? answer.receipt : null;
    context.store.deliveries.resolveUnknown(delivery.id, { toState, by: 'lookUp', reason: '', receipt }, act);
    return;
  }
  // Only the peer's own words are kept; what the program means is said by the code, in the operator's language.
  const words =
    code === 'noAnswer' && answer.kind === 'unclear'
      ? answer.detail
      : answer.kind === 'unreachable'
        ? answer.detail
        : '';
  const detail = words === '' ? null : words.slice(0, 500);
  context.store.unknowns.noteLookUp(delivery.id, { answer: answer.kind, code, detail }, act);
}

function tellChanged(context: AppContext): void {
  context.publish({ topic: 'deliveries', batchId: null });
  context.publish({ topic: 'batches', batchId: null });
  context.runner.wake();
}
