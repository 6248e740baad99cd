// CreateOrderEu: a request held against the specification, an order written down. One rejection at a time, as the service gives them.

import { createHash } from 'node:crypto';
import { decimalText, parseDecimal, roundTo, zero } from '../decimal.ts';
import { rowsAmount } from './amounts.ts';
import { campaigns, creditCampaigns } from './clients.ts';
import type { SveaClient } from './clients.ts';
import type { Fields } from './fields.ts';
import { identify } from './identity.ts';
import type { Identified } from './identity.ts';
import type { OrderCustomer, OrderType } from './ledger-entries.ts';
import { kept, priced, readRows, rowsFault, tooLong } from './order-rows.ts';
import type { SentRow } from './order-rows.ts';
import { meaningOf, rejection } from './result-codes.ts';
import type { Rejection } from './result-codes.ts';
import { amountText, localDay } from './soap-text.ts';
import type { SoapNode } from './soap-text.ts';
import type { Desk, Outcome } from './desk.ts';

/** An order that is not delivered within so many days is closed by itself. */
const daysToDeliver = 60;
const textSizes = { ClientOrderNumber: 32, CustomerReference: 32 } as const;
const peppolId = /^\d{4}:[A-Za-z0-9]{1,50}$/u;

/** The operation. `raw` is the request's body, of which the ledger keeps the hash. */
export async function createOrder(desk: Desk, request: Fields, raw: Buffer): Promise<Outcome> {
  const information = request.part('CreateOrderInformation');
  if (information === null) return rejection(50012);
  // Read before anything is decided: what cannot be read is a fault, whatever else is wrong.
  const sent = readOrder(information);
  const identified = identify({
    identity: information.part('CustomerIdentity'),
    country: desk.client.country,
    addressSelector: information.filled('AddressSelector') ?? '',
  });
  const fault = orderFault(desk, information, sent);
  if (fault !== null) return fault;
  if ('code' in identified) return identified;
  const amount = rowsAmount((sent.rows ?? []).map(priced));
  const late = amountFault(desk.client.orderType, information, amount) ?? verdictOf(identified, information);
  if (late !== null) return late;
  return writeDown(desk, { request, information, sent, identified, amount, raw });
}

interface SentOrder {
  readonly rows: readonly SentRow[] | null;
  readonly orderType: OrderType | 'Loan' | null;
  readonly orderDate: string | null;
  readonly clientOrderNumber: string | null;
}

function readOrder(information: Fields): SentOrder {
  information.part('CreatePaymentPlanDetails')?.boolean('SendAutomaticGiroPaymentForm');
  return {
    rows: readRows(information),
    orderType: information.one('OrderType', 'OrderType', ['Invoice', 'PaymentPlan', 'Loan', 'AccountCredit']),
    orderDate: information.dateTime('OrderDate'),
    clientOrderNumber: information.filled('ClientOrderNumber'),
  };
}

function orderFault(desk: Desk, information: Fields, sent: SentOrder): Rejection | null {
  const { client, book } = desk;
  if (sent.orderType === null) return rejection(50001);
  if (sent.orderType === 'Loan') return rejection(50015);
  if (sent.orderType !== client.orderType) return rejection(50000);
  if (sent.orderDate === null) return rejection(50018);
  for (const [name, size] of Object.entries(textSizes))
    if ((information.text(name) ?? '').length > size) return tooLong(name, size);
  const { clientOrderNumber } = sent;
  if (
    clientOrderNumber !== null &&
    desk.settings.areClientOrderNumbersUnique &&
    book.byClientOrderNumber(client.clientNumber, clientOrderNumber) !== null
  )
    return rejection(20019);
  return partsFault(client, information) ?? rowsOfOrderFault(client, sent.rows);
}

function partsFault(client: SveaClient, information: Fields): Rejection | null {
  const plan = information.part('CreatePaymentPlanDetails');
  if (client.orderType === 'Invoice' && plan !== null) return rejection(50003);
  if (client.orderType === 'PaymentPlan' && plan === null) return rejection(50004);
  const id = information.filled('PeppolId');
  if (id === null) return null;
  if (!peppolId.test(id)) return rejection(50014, 'PeppolId is not valid.');
  const type = information.part('CustomerIdentity')?.one('CustomerType', 'CustomerType', ['Individual', 'Company']);
  return type === 'Company' ? null : rejection(50014, 'PeppolId can only be used for companies.');
}

function rowsOfOrderFault(client: SveaClient, rows: readonly SentRow[] | null): Rejection | null {
  if (rows === null || rows.length === 0) return rejection(20021);
  if (client.orderType === 'AccountCredit' && rows.some(({ description }) => description.trim() === ''))
    return rejection(50014, 'Description is required on all order rows.');
  return rowsFault(rows, []);
}

/** The sum, and whether a campaign of the client takes it. */
function amountFault(orderType: OrderType, information: Fields, amount: bigint): Rejection | null {
  if (amount <= 0n) return rejection(20006);
  if (orderType === 'PaymentPlan') return planFault(information.part('CreatePaymentPlanDetails'), amount);
  if (orderType === 'AccountCredit') return creditFault(information.part('CreateAccountCreditDetails'), amount);
  return null;
}

function planFault(details: Fields | null, amount: bigint): Rejection | null {
  const code = details?.long('CampaignCode', 'nillable') ?? null;
  const monthly = details?.decimal('FixedMonthlyAmount', 'nillable') ?? null;
  if (code !== null && monthly !== null) return rejection(27003);
  if (code === null && monthly !== null) return rejection(27004);
  const campaign = campaigns.find((known) => known.code === code);
  const isWithin = campaign !== undefined && amount >= hundredths(campaign.from) && amount <= hundredths(campaign.to);
  return isWithin ? null : rejection(27000);
}

function creditFault(details: Fields | null, amount: bigint): Rejection | null {
  const code = details?.long('CampaignCode', 'nillable') ?? null;
  const campaign = code === null ? creditCampaigns[0] : creditCampaigns.find((known) => known.code === code);
  if (campaign === undefined) return rejection(code === null ? 70001 : 70003);
  return amount < hundredths(campaign.lowestOrder) ? rejection(70002) : null;
}

/** The credit check's answer for this customer. */
function verdictOf({ found }: Identified, information: Fields): Rejection | null {
  const code = found?.verdict.code ?? null;
  if (code !== null) return { code, message: meaningOf(code) };
  const delivery = information.part('OrderDeliveryAddress');
  if (delivery === null) return null;
  for (const name of ['FullName', 'Street', 'CoAddress'])
    if ((delivery.text(name) ?? '').length > 40) return tooLong(`OrderDeliveryAddress.${name}`, 40);
  return null;
}

interface Checked {
  readonly request: Fields;
  readonly information: Fields;
  readonly sent: SentOrder;
  readonly identified: Identified;
  readonly amount: bigint;
  readonly raw: Buffer;
}

async function writeDown(desk: Desk, checked: Checked): Promise<Outcome> {
  const { client, book } = desk;
  const { request, information, sent, identified, amount, raw } = checked;
  const sveaOrderId = book.takeOrderId();
  const pendingReasons = [...(identified.found?.verdict.pendingReasons ?? []), ...desk.takePendingReasons()];
  const expiresAt = localDay(new Date(), daysToDeliver);
  await book.record({
    event: 'created',
    sveaOrderId,
    clientOrderNumber: sent.clientOrderNumber,
    clientNumber: client.clientNumber,
    orderType: client.orderType,
    amount: decimalText(amount, 2),
    customerReference: information.filled('CustomerReference'),
    peppolId: information.filled('PeppolId'),
    campaignCode:
      information.part('CreatePaymentPlanDetails')?.long('CampaignCode', 'nillable') ??
      information.part('CreateAccountCreditDetails')?.long('CampaignCode', 'nillable') ??
      null,
    customer: identified.customer,
    rows: (sent.rows ?? []).map(kept),
    pendingReasons,
    expiresAt,
    sha256: createHash('sha256').update(raw).digest('hex'),
    bytes: raw.length,
  });
  const navigation = request.part('Navigation');
  return [
    [
      'CreateOrderResult',
      [
        ['SveaOrderId', sveaOrderId],
        ['OrderType', client.orderType],
        ['SveaWillBuyOrder', true],
        ['Amount', amountText(amount)],
        ['CustomerIdentity', identityNodes(identified.customer)],
        ['ExpirationDate', expiresAt],
        ['ClientOrderNumber', sent.clientOrderNumber],
        ['PendingReasons', pendingReasons.length === 0 ? null : pendingReasons.map((reason) => ['string', reason])],
        [
          'NavigationResult',
          navigation === null || !pendingReasons.includes('BankId')
            ? null
            : [['RedirectUrl', `http://practice.invalid/identify/${sveaOrderId}`]],
        ],
      ],
    ],
  ];
}

/** In the contract's order. The address is what the service found, not what was sent. */
function identityNodes(customer: OrderCustomer): readonly SoapNode[] {
  return [
    ['NationalIdNumber', customer.id],
    ['Email', customer.email],
    ['PhoneNumber', customer.phoneNumber],
    ['FullName', customer.fullName],
    ['Street', customer.street],
    ['CoAddress', customer.coAddress],
    ['ZipCode', customer.zipCode],
    ['HouseNumber', customer.houseNumber],
    ['Locality', customer.locality],
    ['CountryCode', customer.country],
    ['CustomerType', customer.isCompany ? 'Company' : 'Individual'],
  ];
}

function hundredths(text: string): bigint {
  return roundTo(parseDecimal(text) ?? zero, 2, 'halfEven');
}
