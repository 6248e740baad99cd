// What became of a request whose reply was lost: its invoices are looked up, and where none is there the identical request goes again with its own id.

import type { GroupAnswer, GroupSender } from '../../ports/channel-adapter.ts';
import type { OpenGroup } from '../../ports/group-store.ts';
import { classifyReply, pageWords } from './classify.ts';
import type { CallEnd } from './classify.ts';
import { byOwnKey, findByOrderNo, receiptOf } from './find-sent.ts';
import { readInvoices } from './read-invoices.ts';
import type { ReplyInvoice } from './read-invoices.ts';
import { readAnswer } from './service.ts';
import type { Service } from './service.ts';

/** A request of which a part is there may still be worked on. */
const workingMs = 20 * 60_000;

/** What settling needs. */
export interface SettleParts {
  readonly service: Service;
  readonly isTest: boolean;
  readonly now: () => number;
  readonly post: (body: Uint8Array, signal: AbortSignal) => Promise<CallEnd>;
}

/**
 * Never decides by what is missing alone. `absent`: nothing is there, the identical request was refused (a request that had been taken is answered with 409),
 * nothing is there after that either, and the time in which the first may have been worked on is over.
 */
export async function settleGroup(
  { service, isTest, now, post }: SettleParts,
  group: OpenGroup,
  { signal, mayRepeat }: Parameters<GroupSender['settle']>[1],
): Promise<ReadonlyMap<number, GroupAnswer>> {
  const each = (answer: (target: string) => GroupAnswer): ReadonlyMap<number, GroupAnswer> =>
    new Map(group.members.map(({ deliveryId, target }) => [deliveryId, answer(target)]));
  const ofFound = (invoices: ReadonlyMap<string, ReplyInvoice>, otherwise: GroupAnswer) =>
    each((target) => {
      const invoice = invoices.get(target);
      return invoice === undefined ? otherwise : { kind: 'found', receipt: receiptOf(invoice, group.batchId) };
    });
  const isWorking = (): boolean => now() - group.startedAtMs < workingMs;
  const targets = group.members.map(({ target }) => target);
  const first = await findByOrderNo(service, targets, signal);
  if (!first.ok) return each(() => ({ kind: 'unreachable', detail: first.detail }));
  if (first.byOrderNo.size > 0) {
    return ofFound(
      first.byOrderNo,
      isWorking() ? { kind: 'unreachable', detail: '' } : { kind: 'unclear', code: 'gone', detail: '' },
    );
  }
  if (isTest || !mayRepeat()) return each(() => ({ kind: 'unclear', code: 'gone', detail: '' }));
  const end = await post(group.body, signal);
  if (end.kind !== 'answered') return each(() => ({ kind: 'unreachable', detail: end.detail }));
  const kind = classifyReply(end.reply);
  const words = pageWords(end.reply.body);
  if (kind.kind === 'content') {
    const read = readAnswer(end, readInvoices);
    if (read.ok && read.value !== null)
      return ofFound(byOwnKey(read.value), { kind: 'unreachable', detail: 'no-number' });
  }
  // Had before, or it came to nothing that can be read: what is there now decides.
  const second = await findByOrderNo(service, targets, signal);
  if (!second.ok) return each(() => ({ kind: 'unreachable', detail: second.detail }));
  if (kind.kind === 'refused' && second.byOrderNo.size === 0)
    return each(() => ({ kind: isWorking() ? 'unreachable' : 'absent', detail: words }));
  return ofFound(
    second.byOrderNo,
    kind.kind === 'processed'
      ? { kind: 'unclear', code: 'gone', detail: words }
      : { kind: 'unreachable', detail: words },
  );
}
