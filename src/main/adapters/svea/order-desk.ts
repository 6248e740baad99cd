// Svea's orders beside the deliveries: reach, addresses, campaigns, look-up, crediting and closing. Envelopes in soap-client.ts; what is credited when is decided elsewhere.

import type { AttemptOutcome, Receipt } from '../../ports/channel-adapter.ts';
import type {
  CreditOrder,
  CustomerNumber,
  OrderDesk,
  OrderRowView,
  OrderService,
  PeerAddress,
  PeerAnswerTo,
  PeerOrder,
} from '../../ports/order-service.ts';
import { classifyFailure, classifyRefusal, testFailure } from './classify.ts';
import type { FailedReply } from './classify.ts';
import { clientOrderNumber } from './deliver.ts';
import { customerIdentity } from './identity.ts';
import { readOrder } from './order.ts';
import type { FrozenOrder, OrderRow } from './order.ts';
import { postalCodeOf } from './results.ts';
import type { ResultOf } from './results.ts';
import type { SveaClient } from './soap-client.ts';
import { onOtherBasis, rowAmount } from './totals.ts';

/** The desk; `clientFor` makes a client for a connection. */
export function createOrderDesk(
  clientFor: (target: Parameters<OrderDesk['open']>[0]) => Promise<SveaClient>,
): OrderDesk {
  return {
    open: async (target) => createService(await clientFor(target)),
    ownNumberOf: clientOrderNumber,
    rowsOf,
    customerOf: (invoice, config) => {
      if (config.channel !== 'svea') return null;
      const found = customerIdentity(invoice, config);
      if ('problems' in found || found.identity.NationalIdNumber === undefined) return null;
      const { CountryCode: country, CustomerType, NationalIdNumber: number } = found.identity;
      return { country, isCompany: CustomerType === 'Company', number };
    },
  };
}

function createService(client: SveaClient): OrderService {
  return {
    ping: async (signal) => {
      const reply = await client.call('Ping', {}, { signal });
      return reply.kind === 'result' ? { ok: true, value: reply.result ?? '' } : failed(reply);
    },
    addresses: (of, signal) => addressesOf(client, of, signal),
    planCampaigns: async (signal) => {
      const reply = await client.call('GetPaymentPlanParamsEu', {}, { signal });
      if (reply.kind !== 'result') return failed(reply);
      const { Accepted, ResultCode, ErrorMessage, CampaignCodes } = reply.result;
      if (!Accepted) return refused(ResultCode, ErrorMessage);
      return { ok: true, value: CampaignCodes.map(planOf) };
    },
    creditCampaigns: async (signal) => {
      const reply = await client.call('GetAccountCreditParamsEu', {}, { signal });
      if (reply.kind !== 'result') return failed(reply);
      const { Accepted, ResultCode, ErrorMessage, AccountCreditCampaignCodes } = reply.result;
      if (!Accepted) return refused(ResultCode, ErrorMessage);
      return { ok: true, value: AccountCreditCampaignCodes.map(creditOf) };
    },
    contract: async (monthlyAmount, signal) => {
      const reply = await client.call('GetPaymentPlanContractDetailsEu', { MonthlyAmount: monthlyAmount }, { signal });
      // The request is right by the specification: a service that can't read it has the operation no longer.
      if (reply.kind === 'fault' && reply.isOurs) return { ok: false, code: 'svea.method-gone', detail: reply.detail };
      if (reply.kind !== 'result') return failed(reply);
      const { Accepted, ResultCode, ErrorMessage, ContractLengthMonths, MonthlyAmount, Amount, InitialFee } =
        reply.result;
      if (!Accepted) return refused(ResultCode, ErrorMessage);
      return {
        ok: true,
        value: {
          contractLengthMonths: ContractLengthMonths,
          monthlyAmount: MonthlyAmount,
          amount: Amount,
          initialFee: InitialFee,
        },
      };
    },
    orders: (which, signal) => ordersOf(client, which, signal),
    credit: (order, signal) => credit(client, order, signal),
    close: async (orderId, signal) => {
      const reply = await client.call('CloseOrderEu', { CloseOrderInformation: { SveaOrderId: orderId } }, { signal });
      if (reply.kind !== 'result') return classifyFailure(reply, { isEffective: true });
      const { Accepted, ResultCode, ErrorMessage } = reply.result;
      return Accepted
        ? { kind: 'accepted', receipt: { sveaOrderId: orderId } }
        : classifyRefusal(ResultCode, ErrorMessage);
    },
  };
}

function failed(reply: FailedReply): PeerAnswerTo<never> {
  return { ok: false, ...testFailure(classifyFailure(reply, { isEffective: false })) };
}

function refused(resultCode: string | null, message: string | null): PeerAnswerTo<never> {
  return { ok: false, ...testFailure(classifyRefusal(resultCode, message)) };
}

/** `Error` is a refusal whatever `Accepted` says; nobody there is an empty list. */
async function addressesOf(
  client: SveaClient,
  { country, isCompany, number }: CustomerNumber,
  signal: AbortSignal,
): Promise<PeerAnswerTo<readonly PeerAddress[]>> {
  const reply = await client.call(
    'GetAddresses',
    { IsCompany: isCompany, CountryCode: country, SecurityNumber: number },
    { signal },
  );
  if (reply.kind !== 'result') return failed(reply);
  const { Accepted, RejectionCode, ErrorMessage, Addresses } = reply.result;
  if (RejectionCode === 'NoSuchEntity') return { ok: true, value: [] };
  if (!Accepted || RejectionCode === 'Error')
    return { ok: false, code: 'svea.addresses-refused', detail: ErrorMessage ?? '' };
  const addresses = Addresses.flatMap((address): PeerAddress[] => {
    const { AddressSelector, LegalName, FirstName, LastName, AddressLine1, AddressLine2, Postarea } = address;
    if (AddressSelector === null) return [];
    const name = LegalName ?? [FirstName, LastName].filter((part) => part !== null).join(' ');
    const lines = [AddressLine1, AddressLine2].filter((line) => line !== null);
    return [
      { selector: AddressSelector, name, lines, postalCode: postalCodeOf(address, country), city: Postarea ?? '' },
    ];
  });
  return { ok: true, value: addresses };
}

function planOf(campaign: ResultOf<'GetPaymentPlanParamsEu'>['CampaignCodes'][number]) {
  return {
    code: campaign.CampaignCode ?? '',
    description: campaign.Description ?? '',
    type: campaign.PaymentPlanType ?? '',
    contractLengthInMonths: wholeOf(campaign.ContractLengthInMonths),
    monthlyAnnuityFactor: campaign.MonthlyAnnuityFactor ?? '',
    initialFee: campaign.InitialFee ?? '',
    notificationFee: campaign.NotificationFee ?? '',
    interestRatePercent: campaign.InterestRatePercent ?? '',
    interestFreeMonths: wholeOf(campaign.NumberOfInterestFreeMonths),
    paymentFreeMonths: wholeOf(campaign.NumberOfPaymentFreeMonths),
    fromAmount: campaign.FromAmount ?? '',
    toAmount: campaign.ToAmount ?? '',
  };
}

function creditOf(campaign: ResultOf<'GetAccountCreditParamsEu'>['AccountCreditCampaignCodes'][number]) {
  return {
    code: campaign.CampaignCode ?? '',
    description: campaign.Description ?? '',
    initialFee: campaign.InitialFee ?? '',
    notificationFee: campaign.NotificationFee ?? '',
    interestRatePercent: campaign.InterestRatePercent ?? '',
    lowestAmountToPayPerMonth: campaign.LowestAmountToPayPerMonth ?? '',
    lowestPercentToPayPerMonth: campaign.LowestPercentToPayPerMonth ?? '',
    lowestOrderAmount: campaign.LowestOrderAmount ?? '',
  };
}

/** 0 for what is no whole number: a plan of no months is never offered. */
function wholeOf(text: string | null): number {
  return /^\d{1,4}$/u.test(text ?? '') ? Number(text) : 0;
}

async function ordersOf(
  client: SveaClient,
  which: Parameters<OrderService['orders']>[0],
  signal: AbortSignal,
): Promise<PeerAnswerTo<readonly PeerOrder[]>> {
  const isOwn = 'ownNumber' in which;
  const asked = isOwn
    ? { ClientOrderNr: which.ownNumber, ClientOrderNrIncluded: true, SveaOrderNr: '0', SveaOrderNrIncluded: false }
    : { ClientOrderNrIncluded: false, SveaOrderNr: which.orderId, SveaOrderNrIncluded: true };
  const reply = await client.call('GetOrders', asked, { signal });
  if (reply.kind !== 'result') return failed(reply);
  const { Accepted, RejectionCode, ErrorMessage, Orders } = reply.result;
  if (RejectionCode === 'OrderDoesNotExist') return { ok: true, value: [] };
  if (!Accepted) return { ok: false, code: 'svea.look-up-refused', detail: ErrorMessage ?? '' };
  return {
    ok: true,
    value: Orders.flatMap((order) => (order.SveaOrderNr === null ? [] : [orderOf(order, order.SveaOrderNr)])),
  };
}

function orderOf(order: ResultOf<'GetOrders'>['Orders'][number], orderId: string): PeerOrder {
  return {
    orderId,
    ownNumber: order.ClientOrderNr,
    isActive: order.IsActive,
    createdAt: order.CreationDate,
    closedAt: order.ClosedDate,
    expiresAt: order.ExpirationDate,
    amount: order.CurrentAmount,
    invoices: order.Invoices.flatMap(({ InvoiceNumber, InvoiceDate, DueDate, InvoiceAmountWithoutVat: net }) =>
      InvoiceNumber === null
        ? []
        : [
            {
              number: InvoiceNumber,
              invoiceDate: InvoiceDate,
              dueDate: DueDate,
              isCredit: net === null ? null : net.startsWith('-'),
            },
          ],
    ),
  };
}

/** Rows of nothing are text: they are neither chosen nor credited by themselves. */
function rowsOf(document: Uint8Array): readonly OrderRowView[] {
  return readOrder(document).order.OrderRows.OrderRow.flatMap((row, position) => {
    const { grossMinor } = rowAmount(row);
    if (grossMinor === 0) return [];
    return [{ position, text: row.Description, grossMinor, vatPercent: row.VatPercent }];
  });
}

async function credit(client: SveaClient, order: CreditOrder, signal: AbortSignal): Promise<AttemptOutcome> {
  const frozen = readOrder(order.document);
  const wanted = order.positions === null ? null : new Set(order.positions);
  const rows = frozen.order.OrderRows.OrderRow.filter((_row, position) => wanted?.has(position) ?? true);
  const outcome = await sendCredit(client, { ...order, frozen, rows }, signal);
  if (outcome.kind !== 'refused' || outcome.code !== 'svea.50036') return outcome;
  // The invoice's rows have the other basis: a definite no, so the same amounts are put on it, once.
  const flipped = onOtherBasis(rows);
  return flipped === null || signal.aborted ? outcome : sendCredit(client, { ...order, frozen, rows: flipped }, signal);
}

async function sendCredit(
  client: SveaClient,
  work: Pick<CreditOrder, 'orderId' | 'invoiceId'> & {
    readonly frozen: FrozenOrder;
    readonly rows: readonly OrderRow[];
  },
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  const { orderId, invoiceId, frozen, rows } = work;
  const reply = await client.call(
    'DeliverOrderEu',
    {
      DeliverOrderInformation: {
        SveaOrderId: orderId,
        OrderType: 'Invoice',
        DeliverInvoiceDetails: {
          NumberOfCreditDays: frozen.delivery.NumberOfCreditDays,
          InvoiceDistributionType: frozen.delivery.InvoiceDistributionType,
          IsCreditInvoice: true,
          InvoiceIdToCredit: invoiceId,
          OrderRows: { OrderRow: rows },
          PrintType: null,
        },
      },
    },
    { signal },
  );
  if (reply.kind !== 'result') return classifyFailure(reply, { isEffective: true });
  const { Accepted, ResultCode, ErrorMessage, DeliverOrderResult: done } = reply.result;
  if (!Accepted) return classifyRefusal(ResultCode, ErrorMessage);
  const facts = {
    sveaOrderId: orderId,
    creditedInvoiceId: invoiceId,
    creditInvoiceId: done?.InvoiceResultDetails?.InvoiceId ?? null,
    amount: done?.Amount ?? null,
  };
  const receipt: Receipt = Object.fromEntries(
    Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null),
  );
  return { kind: 'accepted', receipt };
}
