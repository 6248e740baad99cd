// The vendor's rules for dunnings, held against what the service says about an invoice before anything is sent. Pure.

import { dunningLimits } from '../../../shared/schema/accounts.ts';
import type { DunningFinding } from '../../../shared/schema/accounts.ts';
import type { ReplyInvoice, ReplyStatus } from './read-invoices.ts';
import type { SwsDunning } from './requests.ts';

/** Types in their sequence; after the notice nothing comes. */
const firstDunnings = ['1Dunning', '2Dunning'] as const;
/** The service's own spelling. */
export const collectionNotice = 'deptCollectionNotice';
/** Days after the due date before which nothing is charged, and the least days to pay. */
const leastDays = dunningLimits.days;
const mostFees = 2;

/** Checks one dunning. `invoice` null: the due date is not known and nothing is said about days. */
export function checkDunning(
  dunning: SwsDunning,
  known: { readonly status: ReplyStatus; readonly invoice: ReplyInvoice | null; readonly today: string },
): readonly DunningFinding[] {
  const { status, invoice, today } = known;
  const findings: DunningFinding[] = [];
  const add = (code: DunningFinding['code'], isInTheWay: boolean, found: string): void => {
    findings.push({ code, isInTheWay, found });
  };
  if (status.state !== 'dueDecide') add('state', true, status.state ?? '');
  const sent = status.dunnings.map(({ dunningType }) => dunningType ?? '');
  if (sent.includes(collectionNotice)) add('afterNotice', true, collectionNotice);
  const next = nextDunning(status);
  const { dunningType } = dunning;
  if (dunningType !== null && dunningType !== collectionNotice && dunningType !== next && !isLater(dunningType, sent))
    add('sequence', true, `${dunningType} ≠ ${next}`);
  if (dunning.dunningDays !== null && dunning.dunningDays < leastDays) add('days', true, String(dunning.dunningDays));
  if ((dunning.dunningText?.length ?? 0) > dunningLimits.text) add('text', true, String(dunning.dunningText?.length));
  const dueIso = invoice?.dueDate?.iso ?? null;
  const isEarly = dueIso !== null && daysBetween(dueIso, today) < leastDays;
  if (isEarly && dunning.dunningFee) add('feeTooEarly', false, dueIso);
  if (isEarly && dunning.interest) add('interestTooEarly', false, dueIso);
  const fees = status.dunnings.filter(({ dunningFeeMinor }) => (dunningFeeMinor ?? 0) > 0).length;
  if (dunning.dunningFee && fees >= mostFees) add('feeTwice', false, String(fees));
  if (dunning.dunningFee || dunning.interest) add('infoNotKnown', false, 'printDunningInfo');
  return findings;
}

/** What the service sends when no type is chosen. */
export function nextDunning({ dunnings }: Pick<ReplyStatus, 'dunnings'>): string {
  return firstDunnings[dunnings.length] ?? collectionNotice;
}

/** `3Dunning` to `9Dunning` after as many. */
function isLater(type: string, sent: readonly string[]): boolean {
  const number = /^([3-9])Dunning$/u.exec(type)?.[1];
  return number !== undefined && Number(number) === sent.length + 1;
}

function daysBetween(fromIso: string, toIso: string): number {
  return Math.floor((Date.parse(toIso.slice(0, 10)) - Date.parse(fromIso.slice(0, 10))) / 86_400_000);
}
