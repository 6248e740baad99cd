// The actions of SendRegning as functions: a call, and its answer read. What an answer means for a delivery is decided in send-group.ts.

import { classifyReply, mediaTypes, pageWords } from './classify.ts';
import type { CallEnd, RawReply, SendRegningCode } from './classify.ts';
import { callService } from './client.ts';
import type { ServiceAccess, ServiceCall, ServiceTiming } from './client.ts';
import { readInvoices, readStatuses } from './read-invoices.ts';
import type { InvoicesReply, ReplyStatus } from './read-invoices.ts';
import {
  readBalances,
  readCategories,
  readConstants,
  readCountries,
  readLedger,
  readRecipients,
} from './read-registers.ts';
import type { Constants, LedgerAccount, Recipient, RecipientBalance, RecipientCategory } from './read-registers.ts';
import { readJson, readXml } from './reply-tree.ts';
import type { ReplyNode } from './reply-tree.ts';
import { writeDunnings, writeSelect, writeSelectStatus } from './requests.ts';
import type { SelectOptions, SwsDunning, SwsSelection } from './requests.ts';

/** Why there is nothing to read. The raw answer is kept where one came. */
export interface ServiceFault {
  readonly code: string;
  /** The service's own words, or the network's. */
  readonly detail: string;
  /** `lost`: it may have been done. `answered`: the service said it. `notConnected`: certainly nothing was done. */
  readonly kind: 'lost' | 'answered' | 'notConnected';
  readonly isPermanent: boolean;
  readonly reply: RawReply | null;
}

/** What was read, with the answer as it came; `value` null = there is nothing (204). */
export type ServiceAnswer<T> =
  | { readonly ok: true; readonly value: T | null; readonly reply: RawReply }
  | { readonly ok: false; readonly fault: ServiceFault };

/** A call as it is given from outside; the signal and the account are the service's own. */
export type PlainCall = Omit<ServiceCall, 'signal'>;

/** Which recipients: all, one, or those whose name holds a text or that are of a category. */
export interface RecipientQuery {
  readonly recipientNo?: string;
  readonly query?: string;
  readonly category?: string;
}

/** Every action of the service. */
export interface Service {
  /** The generic call: any action and type, its answer unread. The guide publishes no format for insert, update, delete and products. */
  execute(call: PlainCall, signal: AbortSignal): Promise<CallEnd>;
  sendDunnings(dunnings: readonly SwsDunning[], signal: AbortSignal): Promise<ServiceAnswer<InvoicesReply>>;
  selectInvoices(selection: SwsSelection, signal: AbortSignal): Promise<ServiceAnswer<InvoicesReply>>;
  /** A PDF or a JPG of invoices, its bytes as they came. */
  selectDocument(
    selection: SwsSelection,
    options: SelectOptions & { readonly format: 'PDF' | 'JPG' },
    signal: AbortSignal,
  ): Promise<ServiceAnswer<Uint8Array>>;
  selectStatuses(selection: SwsSelection, signal: AbortSignal): Promise<ServiceAnswer<readonly ReplyStatus[]>>;
  constants(signal: AbortSignal): Promise<ServiceAnswer<Constants>>;
  countries(signal: AbortSignal): Promise<ServiceAnswer<readonly string[]>>;
  recipients(query: RecipientQuery, signal: AbortSignal): Promise<ServiceAnswer<readonly Recipient[]>>;
  categories(signal: AbortSignal): Promise<ServiceAnswer<readonly RecipientCategory[]>>;
  ledger(recipientNo: string, signal: AbortSignal): Promise<ServiceAnswer<readonly LedgerAccount[]>>;
  /** `recipientNo` null: of all. */
  balances(recipientNo: string | null, signal: AbortSignal): Promise<ServiceAnswer<readonly RecipientBalance[]>>;
}

/** What a service is called with; `isClosed` is asked before each call. */
export interface ServiceOptions {
  readonly access: ServiceAccess;
  readonly timing: ServiceTiming;
  readonly isClosed: () => boolean;
}

/** The service of one account. */
export function createService({ access, timing, isClosed }: ServiceOptions): Service {
  const execute = (call: PlainCall, signal: AbortSignal): Promise<CallEnd> =>
    isClosed()
      ? Promise.resolve({ kind: 'notConnected', code: 'sendregning.closed', detail: '', isPermanent: false })
      : callService(access, timing, { ...call, signal });
  const ask = async <T>(
    call: PlainCall,
    read: (root: ReplyNode) => T | null,
    signal: AbortSignal,
  ): Promise<ServiceAnswer<T>> => readAnswer(await execute(call, signal), read);
  const get = <T>(
    type: string,
    [read, signal]: readonly [(root: ReplyNode) => T | null, AbortSignal],
    query: Readonly<Record<string, string>> = {},
  ): Promise<ServiceAnswer<T>> => ask({ action: 'select', type, query }, read, signal);
  return {
    execute,
    sendDunnings: (dunnings, signal) =>
      ask({ action: 'send', type: 'dunning', xml: Buffer.from(writeDunnings(dunnings)) }, readInvoices, signal),
    selectInvoices: (selection, signal) =>
      ask({ action: 'select', type: 'invoice', xml: Buffer.from(writeSelect(selection)) }, readInvoices, signal),
    selectDocument: async (selection, options, signal) => {
      const xml = Buffer.from(writeSelect(selection, options));
      const wanted = options.format === 'PDF' ? mediaTypes.pdf : mediaTypes.jpg;
      return documentOf(await execute({ action: 'select', type: 'invoice', xml }, signal), wanted);
    },
    selectStatuses: (selection, signal) =>
      ask(
        { action: 'select', type: 'invoice-status', xml: Buffer.from(writeSelectStatus(selection)) },
        readStatuses,
        signal,
      ),
    constants: (signal) => get('constant', [readConstants, signal]),
    countries: (signal) => get('country', [readCountries, signal]),
    recipients: (query, signal) => get('recipient', [readRecipients, signal], { ...query }),
    categories: (signal) => get('recipientCategories', [readCategories, signal]),
    ledger: (recipientNo, signal) => get('salesledger', [readLedger, signal], { recipientNo }),
    balances: (recipientNo, signal) =>
      get('balance', [readBalances, signal], recipientNo === null ? {} : { recipientNo }),
  };
}

/** Reads an answer's content. What can't be read is a fault with the bytes kept, never an empty result. */
export function readAnswer<T>(end: CallEnd, read: (root: ReplyNode) => T | null): ServiceAnswer<T> {
  const checked = contentOf(end);
  if (!checked.ok || checked.reply.body.length === 0 || checked.isEmpty)
    return checked.ok ? { ok: true, value: null, reply: checked.reply } : checked;
  const { reply } = checked;
  const text = reply.body.toString('utf8');
  const root = reply.mediaType === mediaTypes.json ? readJson(text) : readXml(text);
  if (!root.ok) return answered('sendregning.unreadable-answer', root.error, reply);
  const value = read(root.value);
  if (value === null) return answered('sendregning.unreadable-answer', `<${root.value.name}>`, reply);
  return { ok: true, value, reply };
}

function documentOf(end: CallEnd, wanted: string): ServiceAnswer<Uint8Array> {
  const checked = contentOf(end);
  if (!checked.ok) return checked;
  if (checked.isEmpty) return { ok: true, value: null, reply: checked.reply };
  const { reply } = checked;
  if (reply.mediaType !== wanted) return answered('sendregning.unexpected-answer', reply.mediaType, reply);
  return { ok: true, value: reply.body, reply };
}

function contentOf(
  end: CallEnd,
):
  | { readonly ok: true; readonly reply: RawReply; readonly isEmpty: boolean }
  | { readonly ok: false; readonly fault: ServiceFault } {
  if (end.kind === 'lost')
    return { ok: false, fault: { kind: 'lost', code: end.code, detail: end.detail, isPermanent: false, reply: null } };
  if (end.kind === 'notConnected') return { ok: false, fault: { ...end, reply: null } };
  const { reply } = end;
  const kind = classifyReply(reply);
  switch (kind.kind) {
    case 'content':
      return { ok: true, reply, isEmpty: false };
    case 'empty':
      return { ok: true, reply, isEmpty: true };
    case 'processed':
      return answered('sendregning.conflict', pageWords(reply.body), reply);
    case 'loginRefused':
      return answered('sendregning.login-refused', pageWords(reply.body), reply);
    case 'refused':
    case 'failed':
      return answered(kind.code, pageWords(reply.body), reply);
  }
}

function answered(
  code: SendRegningCode,
  detail: string,
  reply: RawReply,
): { readonly ok: false; readonly fault: ServiceFault } {
  return { ok: false, fault: { kind: 'answered', code, detail, isPermanent: true, reply } };
}
