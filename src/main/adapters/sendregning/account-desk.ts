// A SendRegning account beside its deliveries: lists, recipients, ledger, documents, and dunnings with the vendor's rules. What is done when is decided elsewhere.

import type { AccountEntry, Dunning } from '../../../shared/schema/accounts.ts';
import type { AccountDesk, AccountService } from '../../ports/account-service.ts';
import type { AttemptOutcome, ChannelTarget, Receipt } from '../../ports/attempt-outcome.ts';
import type { PeerAnswerTo } from '../../ports/order-service.ts';
import { checkDunning, nextDunning } from './check-dunning.ts';
import { sendRegningConfigOf } from './composer.ts';
import type { ReplyDate } from './dates.ts';
import { minorToShort } from './decimals.ts';
import type { Constants, LedgerEntry } from './read-registers.ts';
import { readXml, textAt } from './reply-tree.ts';
import { rehearse } from './rehearse.ts';
import type { Service, ServiceAnswer, ServiceFault } from './service.ts';
import { trackingFacts } from './tracking-facts.ts';

/** What opens the service of a connection. */
type OpenService = (
  target: ChannelTarget,
) =>
  | { readonly ok: true; readonly service: Service }
  | { readonly ok: false; readonly failure: { readonly code: string; readonly detail: string } };

/** The desk; `open` makes the service of a connection. */
export function createAccountDesk(open: OpenService): AccountDesk {
  return {
    open: (target) => {
      const opened = open(target);
      if (!opened.ok) return { ok: false, ...opened.failure };
      return { ok: true, value: createAccount(opened.service, sendRegningConfigOf(target.config).isTest) };
    },
    recipientOf: (document) => {
      const root = readXml(Buffer.from(document).toString('utf8'));
      return root.ok ? textAt(root.value, 'optional/recipientNo') : null;
    },
    rehearse: async (target, invoices, signal) => {
      const opened = open({ ...target, config: { ...sendRegningConfigOf(target.config), isTest: true } });
      if (opened.ok) return rehearse(opened.service, invoices, signal);
      const { code, detail } = opened.failure;
      return { accepted: 0, compared: 0, differing: [], refused: [], fault: { code, detail } };
    },
  };
}

function createAccount(service: Service, isTest: boolean): AccountService {
  return {
    lists: async (signal) => {
      const constants = valueOf(await service.constants(signal));
      if (!constants.ok) return constants;
      const countries = valueOf(await service.countries(signal));
      if (!countries.ok) return countries;
      return { ok: true, value: { vatRates: ratesOf(constants.value), countries: countries.value ?? [] } };
    },
    recipient: async (recipientNo, signal) => {
      const found = valueOf(await service.recipients({ recipientNo }, signal));
      if (!found.ok) return found;
      const [recipient] = found.value ?? [];
      return {
        ok: true,
        value: recipient === undefined ? null : { ...recipient, categories: [...recipient.categories] },
      };
    },
    ledger: async (recipientNo, signal) => {
      const found = valueOf(await service.ledger(recipientNo, signal));
      return found.ok ? { ok: true, value: (found.value ?? []).flatMap(({ entries }) => entries.map(entryOf)) } : found;
    },
    balance: async (recipientNo, signal) => {
      const found = valueOf(await service.balances(recipientNo, signal));
      return found.ok ? { ok: true, value: found.value?.[0]?.balanceMinor ?? null } : found;
    },
    status: async (invoiceNo, signal) => {
      const found = valueOf(await service.selectStatuses({ invoiceNumbers: [invoiceNo] }, signal));
      if (!found.ok) return found;
      const status = found.value?.find((each) => each.invoiceNo === invoiceNo);
      if (status === undefined) return { ok: true, value: null };
      const { state, dunnings } = status;
      return { ok: true, value: { state, dunnings: dunnings.length, facts: trackingFacts(status) } };
    },
    document: async (invoiceNo, signal) =>
      valueOf(await service.selectDocument({ invoiceNumbers: [invoiceNo] }, { format: 'PDF' }, signal)),
    checkDunning: (of, signal) => check(service, of, signal),
    dun: (invoiceNo, dunning, signal) =>
      isTest ? Promise.resolve(notSent('sendregning.test-mode', '')) : dun(service, { ...dunning, invoiceNo }, signal),
  };
}

/** From low to high: the service keeps no order. */
function ratesOf(constants: Constants | null) {
  return (constants?.taxRates ?? [])
    .map(({ percent, from, to }) => ({ percent, from: dayOf(from), to: dayOf(to) }))
    .sort((one, other) => Number(one.percent) - Number(other.percent));
}

/** An end that is no date is no end. */
function dayOf(date: ReplyDate | null): string | null {
  return date?.iso?.slice(0, 10) ?? null;
}

function entryOf({ invoiceUrl: _opensWithoutLogin, date, ...entry }: LedgerEntry): AccountEntry {
  return { ...entry, date: date === null ? null : (date.iso ?? date.raw) };
}

async function check(
  service: Service,
  { invoiceNo, dunning, today }: Parameters<AccountService['checkDunning']>[0],
  signal: AbortSignal,
): ReturnType<AccountService['checkDunning']> {
  const selection = { invoiceNumbers: [invoiceNo] };
  const statuses = valueOf(await service.selectStatuses(selection, signal));
  if (!statuses.ok) return statuses;
  const status = statuses.value?.find((each) => each.invoiceNo === invoiceNo);
  if (status === undefined) return { ok: true, value: null };
  const invoices = valueOf(await service.selectInvoices(selection, signal));
  if (!invoices.ok) return invoices;
  const constants = valueOf(await service.constants(signal));
  const invoice = invoices.value?.invoices.find((each) => each.invoiceNo === invoiceNo) ?? null;
  const findings = checkDunning({ ...dunning, invoiceNo }, { status, invoice, today });
  return {
    ok: true,
    value: {
      findings: [...findings],
      state: status.state,
      dunnings: status.dunnings.length,
      nextType: nextDunning(status),
      feeMinor: constants.ok ? (constants.value?.dunningFeeMinor ?? null) : null,
    },
  };
}

async function dun(
  service: Service,
  dunning: Dunning & { readonly invoiceNo: string },
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  const answer = await service.sendDunnings([dunning], signal);
  // An empty answer says nothing of what was done.
  if (answer.ok && answer.value === null)
    return { kind: 'unknown', phase: 'effect', code: 'sendregning.unexpected-answer', detail: '204' };
  if (!answer.ok) return failed(answer.fault);
  const sent = answer.value?.invoices.find(({ invoiceNo }) => invoiceNo === dunning.invoiceNo);
  const fee = sent?.dunningFeeMinor ?? null;
  const named = { invoiceNo: dunning.invoiceNo, state: sent?.state, dunningType: sent?.dunningType };
  const receipt = Object.entries({ ...named, dunningFee: fee === null ? null : minorToShort(fee) });
  return {
    kind: 'accepted',
    receipt: Object.fromEntries(
      receipt.flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, value]])),
    ) satisfies Receipt,
  };
}

/** There is no batchId for dunnings: what may have been done is in doubt, and nothing settles that but its status or a person. */
function failed({ kind, code, detail, reply }: ServiceFault): AttemptOutcome {
  if (kind === 'notConnected') return notSent(code, detail);
  const status = reply?.status ?? 0;
  if (status === 400 || status === 501) return { kind: 'refused', code, detail };
  if (status === 401 || status === 403) return notSent(code, detail);
  return { kind: 'unknown', phase: 'effect', code, detail };
}

function notSent(code: string, detail: string): AttemptOutcome {
  return { kind: 'notSent', code, detail, scope: 'delivery', isPermanent: true };
}

function valueOf<T>(answer: ServiceAnswer<T>): PeerAnswerTo<T | null> {
  return answer.ok
    ? { ok: true, value: answer.value }
    : { ok: false, code: answer.fault.code, detail: answer.fault.detail };
}
