// Questions to a SendRegning account beside its deliveries: constants, statuses, ledger, recipients, dunnings, the generic call. Wiring only.

import { openService } from '../adapters/sendregning/adapter.ts';
import { checkDunning } from '../adapters/sendregning/check-dunning.ts';
import type { DunningFinding } from '../adapters/sendregning/check-dunning.ts';
import type { ReplyInvoice, ReplyStatus } from '../adapters/sendregning/read-invoices.ts';
import type {
  Constants,
  LedgerAccount,
  Recipient,
  RecipientBalance,
  RecipientCategory,
} from '../adapters/sendregning/read-registers.ts';
import type { SwsDunning, SwsSelection } from '../adapters/sendregning/requests.ts';
import type { RecipientQuery, Service, ServiceAnswer } from '../adapters/sendregning/service.ts';
import type { AppContext } from '../app/context.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

export type { Constants, DunningFinding, LedgerAccount, Recipient, RecipientBalance, RecipientCategory, ReplyStatus };
export type { RecipientQuery, SwsDunning, SwsSelection };

/** What a dunning came to. `notSent`: something stands in the way. `unknown`: no answer came; it is never repeated by itself. */
export type DunningEnd =
  | { readonly kind: 'notSent'; readonly findings: readonly DunningFinding[] }
  | { readonly kind: 'sent'; readonly findings: readonly DunningFinding[]; readonly invoices: readonly ReplyInvoice[] }
  | { readonly kind: 'unknown'; readonly detail: string };

/** The generic call's answer, as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: Uint8Array;
}

/** An account's desk. Errors everywhere: CONNECTION_FAILED with the cause's code in `details`. An empty answer (204) is an empty list or null. */
export interface SendRegningDesk {
  constants(): Promise<Result<Constants | null>>;
  countries(): Promise<Result<readonly string[]>>;
  statuses(selection: SwsSelection): Promise<Result<readonly ReplyStatus[]>>;
  ledger(recipientNo: string): Promise<Result<readonly LedgerAccount[]>>;
  balances(recipientNo: string | null): Promise<Result<readonly RecipientBalance[]>>;
  recipients(query: RecipientQuery): Promise<Result<readonly Recipient[]>>;
  categories(): Promise<Result<readonly RecipientCategory[]>>;
  /** A PDF or JPG of an invoice; null when the service has none. */
  document(invoiceNo: string, format: 'PDF' | 'JPG'): Promise<Result<Uint8Array | null>>;
  /** Checks the vendor's rules first; sends only with `isSending`, and nothing when one of them stands in the way. */
  dun(dunning: SwsDunning, options: { readonly isSending: boolean }): Promise<Result<DunningEnd>>;
  execute(call: {
    readonly action: string;
    readonly type: string;
    readonly query: Readonly<Record<string, string>>;
    readonly xml: Uint8Array | null;
    readonly isJson: boolean;
  }): Promise<Result<RawAnswer>>;
}

/** Opens the desk of a connection. Errors: NOT_FOUND, NOT_ALLOWED (another channel), those of its secret, CONNECTION_FAILED. */
export async function openSendRegningDesk(
  context: AppContext,
  name: string,
  signal: AbortSignal,
): Promise<Result<SendRegningDesk>> {
  const connection = context.store.config.connection(name);
  if (connection === null)
    return fail('NOT_FOUND', `There is no connection ${name}. "utskick connection list" lists them.`, {
      connection: name,
    });
  if (connection.channel !== 'sendregning')
    return fail('NOT_ALLOWED', `${connection.name} is no connection to SendRegning.`, { connection: name });
  const secret = await context.secrets.read(connection.id, connection.secret);
  if (!secret.ok) return secret;
  const target = { connectionId: connection.id, config: connection.config, secret: secret.value };
  const opened = openService(target);
  if (!opened.ok) return peerFailed(opened.failure.code, opened.failure.detail);
  return ok(createDesk(opened.service, context, signal));
}

function createDesk(service: Service, context: AppContext, signal: AbortSignal): SendRegningDesk {
  const listOf = async <T>(asked: Promise<ServiceAnswer<readonly T[]>>): Promise<Result<readonly T[]>> => {
    const read = valueOf(await asked);
    return read.ok ? ok(read.value ?? []) : read;
  };
  return {
    constants: async () => valueOf(await service.constants(signal)),
    countries: () => listOf(service.countries(signal)),
    statuses: (selection) => listOf(service.selectStatuses(selection, signal)),
    ledger: (recipientNo) => listOf(service.ledger(recipientNo, signal)),
    balances: (recipientNo) => listOf(service.balances(recipientNo, signal)),
    recipients: (query) => listOf(service.recipients(query, signal)),
    categories: () => listOf(service.categories(signal)),
    document: async (invoiceNo, format) =>
      valueOf(await service.selectDocument({ invoiceNumbers: [invoiceNo] }, { format }, signal)),
    dun: (dunning, { isSending }) => dun(service, { dunning, isSending, nowMs: context.clock.nowMs(), signal }),
    execute: async ({ action, type, query, xml, isJson }) => {
      const end = await service.execute(
        { action, type, query, ...(xml === null ? {} : { xml }), ...(isJson ? { accept: 'application/json' } : {}) },
        signal,
      );
      return end.kind === 'answered' ? ok(end.reply) : peerFailed(end.code, end.detail);
    },
  };
}

async function dun(
  service: Service,
  work: {
    readonly dunning: SwsDunning;
    readonly isSending: boolean;
    readonly nowMs: number;
    readonly signal: AbortSignal;
  },
): Promise<Result<DunningEnd>> {
  const { dunning, isSending, nowMs, signal } = work;
  const selection = { invoiceNumbers: [dunning.invoiceNo] };
  const statuses = valueOf(await service.selectStatuses(selection, signal));
  if (!statuses.ok) return statuses;
  const status = statuses.value?.find(({ invoiceNo }) => invoiceNo === dunning.invoiceNo);
  if (status === undefined)
    return fail('NOT_FOUND', `SendRegning has no invoice ${dunning.invoiceNo}.`, { invoiceNumber: dunning.invoiceNo });
  const invoices = valueOf(await service.selectInvoices(selection, signal));
  const invoice = invoices.ok ? (invoices.value?.invoices[0] ?? null) : null;
  const findings = checkDunning(dunning, { status, invoice, today: new Date(nowMs).toISOString().slice(0, 10) });
  if (!isSending || findings.some(({ isInTheWay }) => isInTheWay)) return ok({ kind: 'notSent', findings });
  const answer = await service.sendDunnings([dunning], signal);
  if (answer.ok) return ok({ kind: 'sent', findings, invoices: answer.value?.invoices ?? [] });
  const { kind, code, detail, reply } = answer.fault;
  // Dunnings have no batchId: what may have been done is never done again by itself.
  const isDoubtful =
    kind === 'lost' || (kind === 'answered' && (reply === null || reply.status === 200 || reply.status >= 500));
  return isDoubtful ? ok({ kind: 'unknown', detail: detail === '' ? code : detail }) : peerFailed(code, detail);
}

function valueOf<T>(answer: ServiceAnswer<T>): Result<T | null> {
  return answer.ok ? ok(answer.value) : peerFailed(answer.fault.code, answer.fault.detail);
}

function peerFailed(code: string, detail: string): Result<never> {
  return fail('CONNECTION_FAILED', `SendRegning could not be asked (${code}). ${detail}`.trim(), {
    cause: code,
    detail,
  });
}
