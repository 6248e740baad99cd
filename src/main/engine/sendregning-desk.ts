// Questions to a SendRegning account beside its deliveries: constants, statuses, ledger, recipients, the generic call. Wiring only.

import { openService } from '../adapters/sendregning/adapter.ts';
import type { ReplyStatus } from '../adapters/sendregning/read-invoices.ts';
import type {
  Constants,
  LedgerAccount,
  Recipient,
  RecipientBalance,
  RecipientCategory,
} from '../adapters/sendregning/read-registers.ts';
import type { SwsSelection } from '../adapters/sendregning/requests.ts';
import type { RecipientQuery, Service, ServiceAnswer } from '../adapters/sendregning/service.ts';
import { accountAnswer } from '../app/account-desk.ts';
import type { AppContext } from '../app/context.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

export type { Constants, LedgerAccount, Recipient, RecipientBalance, RecipientCategory, ReplyStatus };
export type { RecipientQuery, SwsSelection };

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
  if (!opened.ok) return accountAnswer({ ok: false, ...opened.failure });
  return ok(createDesk(opened.service, signal));
}

function createDesk(service: Service, signal: AbortSignal): SendRegningDesk {
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
    execute: async ({ action, type, query, xml, isJson }) => {
      const end = await service.execute(
        { action, type, query, ...(xml === null ? {} : { xml }), ...(isJson ? { accept: 'application/json' } : {}) },
        signal,
      );
      return end.kind === 'answered' ? ok(end.reply) : accountAnswer({ ok: false, code: end.code, detail: end.detail });
    },
  };
}

function valueOf<T>(answer: ServiceAnswer<T>): Result<T | null> {
  return accountAnswer(answer.ok ? answer : { ok: false, code: answer.fault.code, detail: answer.fault.detail });
}
