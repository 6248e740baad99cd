// What SendRegning says about an account as lines for the command line. No calls, no decisions.

import type {
  Constants,
  LedgerAccount,
  Recipient,
  RecipientBalance,
  ReplyStatus,
} from '../../engine/sendregning-desk.ts';
import type { DunningEnd, DunningFinding, Rehearsal } from '../../../shared/schema/accounts.ts';
import type { OrderActState } from '../../../shared/schema/orders.ts';
import type { TrackingRound } from '../../engine/sendregning-tracking.ts';

/** Constants with the VAT rates and when they hold. */
export function constantLines(constants: Constants): readonly string[] {
  const { dunningFeeMinor, interestRate, firstInvoiceNo, defaultTaxRate, taxRates } = constants;
  return [
    `Dunning fee: ${amount(dunningFeeMinor)}`,
    `Interest rate: ${interestRate ?? '–'} %`,
    `First invoice number: ${firstInvoiceNo ?? '–'}`,
    `Usual VAT rate: ${defaultTaxRate ?? '–'} %`,
    ...taxRates.map(({ percent, from, to }) =>
      `VAT ${percent} %  ${from?.iso ?? from?.raw ?? ''} – ${to?.iso ?? to?.raw ?? ''}`.trimEnd(),
    ),
  ];
}

/** One line an invoice, then what happened to it. Credit notes are no money that came in. */
export function statusLines(statuses: readonly ReplyStatus[]): readonly string[] {
  return statuses.flatMap(({ invoiceNo, state, payments, history, dunnings }) => [
    `${invoiceNo}  ${state ?? '–'}`,
    ...payments.map(
      ({ paymentDate, amountMinor, paymentType }) =>
        `  ${paymentDate?.iso ?? paymentDate?.raw ?? '–'}  ${paymentType === 'CRED' ? 'credited' : 'paid'} ${amount(amountMinor)} (${paymentType ?? '–'})`,
    ),
    ...dunnings.map(
      ({ dunningDate, dunningType, dunningFeeMinor }) =>
        `  ${dunningDate?.iso ?? dunningDate?.raw ?? '–'}  ${dunningType ?? 'dunning'}, fee ${amount(dunningFeeMinor)}`,
    ),
    ...history.map(
      ({ timestamp, fromState, toState, event }) =>
        `  ${timestamp?.iso ?? timestamp?.raw ?? '–'}  ${fromState ?? '–'} → ${toState ?? '–'} (${event ?? '–'})`,
    ),
  ]);
}

/** What a round over everything sent learnt. */
export function trackingLines(round: TrackingRound): readonly string[] {
  const { asked, answered, added, settled, documents, states } = round;
  return [
    `${String(answered)} of ${String(asked)} sent invoices are known to SendRegning; ${String(added)} new facts.`,
    ...Object.entries(states).map(([state, count]) => `  ${state === '' ? '–' : state}  ${String(count)}`),
    ...(settled === 0 ? [] : [`${String(settled)} dunnings in doubt turned out to have been sent.`]),
    ...(documents === 0 ? [] : [`${String(documents)} documents were fetched into the archive.`]),
  ];
}

/** A recipient's postings, and their sum. */
export function ledgerLines(accounts: readonly LedgerAccount[]): readonly string[] {
  return accounts.flatMap(({ recipientNo, entries }) => [
    `Recipient ${recipientNo ?? '–'}`,
    ...entries.map(
      ({ date, type, amountMinor, invoiceNo }) =>
        `  ${date?.iso ?? date?.raw ?? '–'}  ${amount(amountMinor)}  ${type ?? '–'}${invoiceNo === null ? '' : `  ${invoiceNo}`}`,
    ),
    `  Sum ${amount(entries.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0))}`,
  ]);
}

/** Above zero: the recipient owes; below: has too much paid. */
export function balanceLines(balances: readonly RecipientBalance[]): readonly string[] {
  return balances.map(({ recipientNo, balanceMinor }) => `${recipientNo ?? '–'}  ${amount(balanceMinor)}`);
}

/** Number, name, place. */
export function recipientLines(recipients: readonly Recipient[]): readonly string[] {
  return recipients.map(({ recipientNo, name, zip, city }) =>
    `${recipientNo ?? '–'}  ${name ?? '–'}  ${zip ?? ''} ${city ?? ''}`.trimEnd(),
  );
}

const findingWords: Readonly<Record<DunningFinding['code'], string>> = {
  state: 'The invoice is not in the state dueDecide',
  afterNotice: 'A collection notice was sent; nothing comes after it',
  sequence: 'The sequence of dunnings is not kept',
  days: 'The days to pay are fewer than 14',
  text: 'The text is longer than 105 characters',
  feeTooEarly: 'The fee is left out without a word: fewer than 14 days past due',
  feeTwice: 'The fee is left out without a word: it was charged twice already',
  interestTooEarly: 'The interest is left out without a word: fewer than 14 days past due',
  infoNotKnown: 'Fee and interest are left out without a word if the invoice was sent without dunning information',
};

const actWords = {
  sending: 'The dunning is being sent.',
  done: 'The dunning was sent.',
  refused: 'SendRegning refused the dunning. Nothing was sent.',
  notSent: 'The dunning was not sent.',
  unknown:
    'The dunning may have been sent: no answer came. Look at the invoice’s status before sending another; it is never repeated by itself. "utskick sendregning settle" says how it was.',
} as const satisfies Readonly<Record<OrderActState, string>>;

/** What a dunning came to, or what the rules say about it. */
export function dunningLines({ findings, act }: DunningEnd): readonly string[] {
  const found = findings.map(({ code, found: value }) => `${findingWords[code]} (${value}).`);
  if (act !== null)
    return [...found, actWords[act.state], `${act.code ?? ''} ${act.detail ?? ''}`.trim()].filter(
      (line) => line !== '',
    );
  return [
    ...found,
    findings.some(({ isInTheWay }) => isInTheWay)
      ? 'Nothing was sent.'
      : 'Nothing stands in the way. Nothing was sent.',
  ];
}

/** What a rehearsal of one connection showed. */
export function rehearsalLines(lane: Rehearsal): readonly string[] {
  const { connectionName, accepted, compared, differing, refused, unfit, left, fault } = lane;
  return [
    `${connectionName}: ${String(accepted)} found without fault, totals of ${String(compared)} compared. Nothing was sent.`,
    ...(accepted > 0 && compared === 0 ? ['SendRegning answered with sample data: totals could not be compared.'] : []),
    ...listed(
      'with another total',
      differing.count,
      differing.invoices,
      ({ ownMinor, peerMinor }) => `${amount(peerMinor)}, here ${amount(ownMinor)}`,
    ),
    ...listed('refused', refused.count, refused.invoices, ({ detail }) => detail),
    ...listed(
      'would not be released',
      unfit.count,
      unfit.invoices,
      ({ code, found, expected }) => `${code}: ${found} (fits: ${expected})`,
    ),
    ...(left === 0 ? [] : [`${String(left)} were not looked at.`]),
    ...(fault === null ? [] : [`The rehearsal was broken off: ${fault.code}. ${fault.detail}`.trim()]),
  ];
}

function listed<T extends { readonly invoiceNumber: string }>(
  ...[what, count, invoices, say]: [what: string, count: number, invoices: readonly T[], say: (invoice: T) => string]
): readonly string[] {
  if (count === 0) return [];
  return [`${String(count)} ${what}:`, ...invoices.map((invoice) => `  ${invoice.invoiceNumber}  ${say(invoice)}`)];
}

function amount(minor: number | null): string {
  return minor === null
    ? '–'
    : `${minor < 0 ? '-' : ''}${String(Math.floor(Math.abs(minor) / 100))}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
}
