// Invoices at a service that keeps a ledger, as they are known here and as the service has them. Asks and keeps what is new; changes nothing at the service.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { AccountView, DunningBar, InvoiceAccount } from '../../shared/schema/accounts.ts';
import type { Connection } from '../../shared/schema/connection.ts';
import type { OrderAct } from '../../shared/schema/orders.ts';
import type { AccountDesk, AccountService } from '../ports/account-service.ts';
import type { AccountInvoice } from '../ports/account-store.ts';
import type { ChannelTarget } from '../ports/attempt-outcome.ts';
import type { PeerAnswerTo } from '../ports/order-service.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';

/** Who settles a dunning by a look-up. */
const selfActor = 'utskick';

/** Which sent invoice. */
export interface AccountPlace {
  readonly invoiceId: number;
  readonly deliveryId: number;
}

/** A desk with its connection. */
export interface FoundDesk {
  readonly connection: Connection;
  readonly desk: AccountDesk;
  readonly target: ChannelTarget;
}

/** The desk of a connection, by name or id. Errors: NOT_FOUND, NOT_ALLOWED (a channel without accounts), SECRET_MISSING, KEYCHAIN_UNAVAILABLE. */
export async function findDesk(context: AppContext, connectionId: string): Promise<Result<FoundDesk>> {
  const connection = context.store.config.connection(connectionId);
  if (connection === null) return fail('NOT_FOUND', 'There is no such connection.', { connection: connectionId });
  const desk = context.adapters[connection.channel].account;
  if (desk === undefined)
    return fail('NOT_ALLOWED', `${connection.name} is no connection to SendRegning.`, { connection: connectionId });
  const secret = await context.secrets.read(connection.id, connection.secret);
  if (!secret.ok) return secret;
  return ok({
    connection,
    desk,
    target: { connectionId: connection.id, config: connection.config, secret: secret.value },
  });
}

/** The account behind a connection. Errors as findDesk, and CONNECTION_FAILED. */
export async function openAccount(
  context: AppContext,
  connectionId: string,
): Promise<Result<FoundDesk & { readonly service: AccountService }>> {
  const found = await findDesk(context, connectionId);
  if (!found.ok) return found;
  const service = accountAnswer(found.value.desk.open(found.value.target));
  return service.ok ? ok({ ...found.value, service: service.value }) : service;
}

/** The service's answer as a result. Errors: CONNECTION_FAILED with the cause's code and the service's words in `details`. */
export function accountAnswer<T>(answer: PeerAnswerTo<T>): Result<T> {
  if (answer.ok) return ok(answer.value);
  const { code, detail } = answer;
  return fail('CONNECTION_FAILED', `SendRegning could not be asked (${code}). ${detail}`.trim(), {
    cause: code,
    detail,
  });
}

/** An invoice's places at services, the newest first. Errors: NOT_FOUND, and those of the kept documents. */
export async function accountsOfInvoice(context: AppContext, invoiceId: number): Promise<Result<InvoiceAccount[]>> {
  const invoice = context.store.reads.invoice(invoiceId);
  if (invoice === null) return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  const acts = context.store.orders.actsOf(invoiceId);
  const views: InvoiceAccount[] = [];
  for (const sent of context.store.accounts.ofInvoice(invoiceId)) {
    const connection = context.store.config.connection(sent.connectionId);
    const desk = connection === null ? undefined : context.adapters[connection.channel].account;
    if (connection === null || desk === undefined) continue;
    const document = await context.documents.read(sent.documentSha256);
    if (!document.ok) return document;
    const own = acts.filter(({ deliveryId }) => deliveryId === sent.deliveryId);
    views.push({
      deliveryId: sent.deliveryId,
      connectionId: connection.id,
      connectionName: connection.name,
      invoiceNo: sent.invoiceNo,
      recipientNo: desk.recipientOf(document.value),
      kid: textIn(sent, 'kid'),
      accountNo: textIn(sent, 'accountNo'),
      state: sent.state,
      stateAtMs: sent.stateAtMs,
      hasDocument: sent.archivedSha256 !== null,
      acts: own,
      bar: barOf({ isCredit: invoice.kind === 'creditNote', acts: own, state: sent.state }),
    });
  }
  return ok(views);
}

function textIn({ receipt }: AccountInvoice, name: string): string | null {
  const value = receipt[name];
  return value === undefined ? null : String(value);
}

/** States after which no dunning comes; any other is the service's own matter, and asked for when one is wanted. */
const settledStates: readonly string[] = ['paid', 'lost', 'collection'];

function barOf({
  isCredit,
  acts,
  state,
}: Pick<InvoiceAccount, 'acts' | 'state'> & { readonly isCredit: boolean }): DunningBar | null {
  if (isCredit) return 'credit';
  if (acts.some((act) => act.state === 'sending')) return 'underWay';
  if (acts.some((act) => act.state === 'unknown')) return 'inDoubt';
  return state !== null && settledStates.includes(state) ? 'settled' : null;
}

/** One sent invoice with the account. Errors: as accountsOfInvoice, NOT_FOUND. */
export async function findAccount(context: AppContext, place: AccountPlace): Promise<Result<InvoiceAccount>> {
  const accounts = await accountsOfInvoice(context, place.invoiceId);
  if (!accounts.ok) return accounts;
  const found = accounts.value.find(({ deliveryId }) => deliveryId === place.deliveryId);
  return found === undefined ? fail('NOT_FOUND', 'There is no such delivery.', { ...place }) : ok(found);
}

/**
 * What the service says about an invoice and its recipient now. Keeps what is new about the invoice, and settles dunnings in doubt that turn out to have been
 * sent. Errors: as findAccount and openAccount, CONNECTION_FAILED.
 */
export async function lookAtAccount(
  context: AppContext,
  place: AccountPlace,
  signal: AbortSignal,
): Promise<Result<AccountView>> {
  const found = await findAccount(context, place);
  if (!found.ok) return found;
  const { connectionId, invoiceNo, recipientNo } = found.value;
  const opened = await openAccount(context, connectionId);
  if (!opened.ok) return opened;
  const { service } = opened.value;
  const heard = await hear(context, service, { account: found.value, signal });
  if (!heard.ok) return heard;
  const view = { askedAtMs: context.clock.nowMs(), ...heard.value };
  if (recipientNo === null) return ok({ ...view, recipient: null, entries: [], balanceMinor: null });
  const recipient = accountAnswer(await service.recipient(recipientNo, signal));
  if (!recipient.ok) return recipient;
  const entries = accountAnswer(await service.ledger(recipientNo, signal));
  if (!entries.ok) return entries;
  const balance = accountAnswer(await service.balance(recipientNo, signal));
  if (!balance.ok) return balance;
  context.log.info('an account was looked at', { connectionId, invoiceNo });
  return ok({ ...view, recipient: recipient.value, entries: [...entries.value], balanceMinor: balance.value });
}

/** Asks for an invoice's status and keeps what is new. */
export async function hear(
  context: AppContext,
  service: AccountService,
  { account, signal }: { readonly account: InvoiceAccount; readonly signal: AbortSignal },
): Promise<Result<Pick<AccountView, 'state' | 'added' | 'settled'>>> {
  const { deliveryId, invoiceNo, acts } = account;
  const asked = accountAnswer(await service.status(invoiceNo, signal));
  if (!asked.ok) return asked;
  if (asked.value === null) return ok({ state: null, added: 0, settled: 0 });
  const { state, facts, dunnings } = asked.value;
  const added = context.store.tracking.add(deliveryId, facts, context.clock.nowMs());
  const settled = settleDunnings(context, acts, dunnings);
  if (added + settled > 0) context.publish({ topic: 'deliveries', batchId: null });
  return ok({ state, added, settled });
}

/**
 * Settles dunnings in doubt by how many the service says were sent of the invoice. One more than there were: it was sent. As many as before says nothing: it
 * may be on its way. `acts` are those of one sent invoice; returns how many were settled.
 */
export function settleDunnings(context: AppContext, acts: readonly OrderAct[], dunnings: number): number {
  let settled = 0;
  for (const { id, kind, state, wish } of acts) {
    const before = typeof wish.dunningsBefore === 'number' ? wish.dunningsBefore : Infinity;
    if (kind !== 'dun' || state !== 'unknown' || dunnings <= before) continue;
    const by = { isDone: true, by: 'lookUp', reason: '' } as const;
    if (context.store.orders.settle(id, by, { ...actNow(context), actor: selfActor })) settled += 1;
  }
  return settled;
}

/** The service's PDF of an invoice: from the archive, or fetched into it. Errors: as findAccount and openAccount, NOT_FOUND (the service has none), STORAGE_FULL. */
export async function accountDocument(
  context: AppContext,
  place: AccountPlace,
  signal: AbortSignal,
): Promise<Result<{ readonly sha256: string; readonly fileName: string; readonly bytes: Uint8Array }>> {
  const found = await findAccount(context, place);
  if (!found.ok) return found;
  const { deliveryId, connectionId, invoiceNo } = found.value;
  const fileName = `SendRegning-${invoiceNo.replace(/[^\dA-Za-z._-]+/gu, '')}.pdf`;
  const archived = context.store.accounts.ofInvoice(place.invoiceId).find((sent) => sent.deliveryId === deliveryId);
  if (archived !== undefined && archived.archivedSha256 !== null) {
    const bytes = await context.documents.read(archived.archivedSha256);
    return bytes.ok ? ok({ sha256: archived.archivedSha256, fileName, bytes: bytes.value }) : bytes;
  }
  const opened = await openAccount(context, connectionId);
  if (!opened.ok) return opened;
  const fetched = accountAnswer(await opened.value.service.document(invoiceNo, signal));
  if (!fetched.ok) return fetched;
  if (fetched.value === null)
    return fail('NOT_FOUND', `SendRegning has no PDF of invoice ${invoiceNo}.`, { invoiceNo });
  const kept = await keepAccountDocument(context, deliveryId, fetched.value);
  return kept.ok ? ok({ sha256: kept.value, fileName, bytes: fetched.value }) : kept;
}

/** Keeps a service's own document of an invoice under its hash, and says so in the invoice's history. Errors: those of ContentStore.keepBytes. */
export async function keepAccountDocument(
  context: AppContext,
  deliveryId: number,
  bytes: Uint8Array,
): Promise<Result<string>> {
  const sha256 = context.sha256(bytes);
  const kept = await context.documents.keepBytes(bytes, sha256);
  if (!kept.ok) return kept;
  const facts = { sha256, sizeBytes: kept.value.sizeBytes };
  context.store.tracking.add(deliveryId, [{ kind: 'document', key: 'invoice', facts }], context.clock.nowMs());
  context.publish({ topic: 'deliveries', batchId: null });
  return ok(sha256);
}
