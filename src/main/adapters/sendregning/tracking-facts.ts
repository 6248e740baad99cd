// What SendRegning says about an invoice as facts of its history. Pure.

import type { TrackingFact } from '../../ports/tracking-store.ts';
import { decimalToText } from '../../domain/decimal.ts';
import { minorToShort } from './decimals.ts';
import type { ReplyDate } from './dates.ts';
import type { ReplyStatus } from './read-invoices.ts';

/** Facts of one status. Money that came in and credit notes are different kinds; a key is the service's own id where it has one. */
export function trackingFacts(status: ReplyStatus): readonly TrackingFact[] {
  const { state, payments, history, dunnings } = status;
  return [
    ...(state === null ? [] : [{ kind: 'state', key: state, facts: { state } } as const]),
    ...history.map(({ timestamp, fromState, toState, event }): TrackingFact => {
      const facts = { from: fromState ?? '', to: toState ?? '', event: event ?? '', date: dayOf(timestamp) };
      return { kind: 'history', key: [timestamp?.raw, fromState, toState, event].join('/'), facts };
    }),
    ...payments.map(({ id, paymentDate, amountMinor, paymentType }, at): TrackingFact => {
      const amount = amountMinor === null ? '' : minorToShort(amountMinor);
      const facts = { amount: kroner(amountMinor), type: paymentType ?? '', date: dayOf(paymentDate) };
      const key = id ?? [paymentDate?.raw, amount, paymentType, at].join('/');
      return { kind: paymentType === 'CRED' ? 'credited' : 'payment', key, facts };
    }),
    ...dunnings.map(({ dunningNo, dunningDate, dunningType, dunningFeeMinor }, at): TrackingFact => {
      const facts = { type: dunningType ?? '', date: dayOf(dunningDate), fee: kroner(dunningFeeMinor) };
      return { kind: 'dunning', key: dunningNo ?? [dunningDate?.raw, dunningType, at].join('/'), facts };
    }),
  ];
}

/** The service's only currency; empty where it says no amount. */
function kroner(amountMinor: number | null): string {
  return amountMinor === null ? '' : `${decimalToText({ digits: BigInt(amountMinor), scale: 2 })} NOK`;
}

/** The day, or the text as it came. */
function dayOf(date: ReplyDate | null): string {
  return date === null ? '' : (date.iso?.replace('T', ' ') ?? date.raw);
}
