// The operations that change nothing, and CloseOrderEu: addresses, orders, campaigns, cancelling.

import { campaigns, creditCampaigns } from './clients.ts';
import { findCustomer } from './customers.ts';
import type { FoundCustomer } from './customers.ts';
import { findOrder } from './deliver-order.ts';
import type { Desk, Outcome } from './desk.ts';
import type { Fields } from './fields.ts';
import { stateOf } from './order-book.ts';
import type { BookInvoice, BookOrder } from './order-book.ts';
import { rejection } from './result-codes.ts';
import { amountText, localTime, nil } from './soap-text.ts';
import type { SoapNode } from './soap-text.ts';

/** CloseOrderEu: cancels what was never delivered. */
export async function closeOrder(desk: Desk, request: Fields): Promise<Outcome> {
  const information = request.part('CloseOrderInformation');
  if (information === null) return rejection(50028);
  const order = findOrder(desk, information.long('SveaOrderId'));
  if ('code' in order) return order;
  const { orderType } = order;
  switch (stateOf(order)) {
    case 'closed':
      return rejection(20000);
    case 'delivered':
      return rejection(orderType === 'AccountCredit' ? 70004 : 20000);
    case 'partly':
      return rejection(orderType === 'AccountCredit' ? 70004 : 20002, 'The order is partly delivered.');
    case 'denied':
      return rejection(20001);
    case 'expired':
      return rejection(20003);
    case 'open':
    case 'pending':
      await desk.book.record({
        event: 'closed',
        sveaOrderId: order.id,
        clientOrderNumber: order.clientOrderNumber,
      });
      return [];
  }
}

/** GetPaymentPlanParamsEu: the client's campaigns; none for a client of another kind. */
export function paymentPlans({ client }: Desk): Outcome {
  const own = client.orderType === 'PaymentPlan' ? campaigns : [];
  return [['CampaignCodes', own.map((campaign) => ['CampaignCodeInfo', campaignNodes(campaign)])]];
}

function campaignNodes(campaign: (typeof campaigns)[number]): readonly SoapNode[] {
  return [
    ['CampaignCode', campaign.code],
    ['Description', campaign.description],
    ['PaymentPlanType', campaign.type],
    ['ContractLengthInMonths', campaign.months],
    ['MonthlyAnnuityFactor', campaign.factor],
    ['InitialFee', campaign.initialFee],
    ['NotificationFee', campaign.notificationFee],
    ['InterestRatePercent', campaign.interest],
    ['NumberOfInterestFreeMonths', campaign.interestFreeMonths],
    ['NumberOfPaymentFreeMonths', campaign.paymentFreeMonths],
    ['FromAmount', campaign.from],
    ['ToAmount', campaign.to],
  ];
}

/** GetAccountCreditParamsEu. */
export function accountCredits({ client }: Desk): Outcome {
  const own = client.orderType === 'AccountCredit' ? creditCampaigns : [];
  return [
    [
      'AccountCreditCampaignCodes',
      own.map((campaign) => [
        'AccountCreditCampaignCodeInfo',
        [
          ['CampaignCode', campaign.code],
          ['Description', campaign.description],
          ['InitialFee', campaign.initialFee],
          ['LowestAmountToPayPerMonth', campaign.lowestAmount],
          ['LowestPercentToPayPerMonth', campaign.lowestPercent],
          ['LowestOrderAmount', campaign.lowestOrder],
          ['InterestRatePercent', campaign.interest],
          ['NotificationFee', campaign.notificationFee],
        ],
      ]),
    ],
  ];
}

/** GetAddresses. Its answer has a RejectionCode in place of a ResultCode; a null client is a failed login. */
export function addressesOf(client: Desk['client'] | null, request: Fields): readonly SoapNode[] {
  const isCompany = request.boolean('IsCompany') ?? false;
  const country = request.filled('CountryCode') ?? '';
  const number = request.filled('SecurityNumber');
  if (client === null) return refusedAddresses('Error', 'Client authentication failed');
  const supported = isCompany ? ['SE', 'NO', 'DK'] : ['SE', 'DK'];
  if (!supported.includes(country))
    return refusedAddresses('Error', `Invalid CountryCode: Supported CountryCodes are: ${supported.join(', ')}.`);
  if (number === null || number.length > 12)
    return refusedAddresses('Error', 'SecurityNumber must have 1 to 12 characters.');
  const customer = findCustomer(country, isCompany, number);
  if (customer === null || customer.addresses.length === 0)
    return refusedAddresses('NoSuchEntity', 'No customer address was found');
  return [
    ['Accepted', true],
    ['RejectionCode', 'Accepted'],
    ['Addresses', addressNodes(customer)],
  ];
}

function refusedAddresses(code: 'Error' | 'NoSuchEntity', message: string): readonly SoapNode[] {
  return [
    ['Accepted', false],
    ['ErrorMessage', message],
    ['RejectionCode', code],
  ];
}

function addressNodes(customer: FoundCustomer): readonly SoapNode[] {
  return customer.addresses.map((address) => [
    'CustomerAddress',
    [
      ['LegalName', customer.legalName],
      ['SecurityNumber', customer.id],
      ['AddressLine1', address.coAddress],
      ['AddressLine2', address.street],
      // An integer in the contract: 0259 comes as 259.
      ['Postcode', Number(address.zipCode)],
      ['Zipcode', address.zipCode],
      ['Postarea', address.locality],
      ['BusinessType', customer.isCompany ? 'Business' : 'Person'],
      ['AddressSelector', address.selector],
      ['FirstName', customer.firstName],
      ['LastName', customer.lastName],
    ],
  ]);
}

/** GetOrders: by the client's own number, by Svea's, or both. */
export function ordersOf(desk: Desk | null, request: Fields): readonly SoapNode[] {
  const byOwn = request.boolean('ClientOrderNrIncluded') ?? false;
  const bySvea = request.boolean('SveaOrderNrIncluded') ?? false;
  const own = request.filled('ClientOrderNr');
  const id = request.long('SveaOrderNr');
  if (desk === null) return refusedOrders('Error', 'Client authentication failed');
  if (!byOwn && !bySvea) return refusedOrders('NoSearchParametersSupplied', 'No search parameters supplied');
  const found = desk.book
    .all()
    .filter(({ clientNumber }) => clientNumber === desk.client.clientNumber)
    .filter((order) => (!byOwn || order.clientOrderNumber === own) && (!bySvea || order.id === id));
  if (found.length === 0) return refusedOrders('OrderDoesNotExist', 'Order does not exist');
  return [
    ['Accepted', true],
    ['Orders', found.map((order) => ['OrderStatus', orderNodes(order)])],
    ['RejectionCode', 'Accepted'],
  ];
}

function refusedOrders(code: string, message: string): readonly SoapNode[] {
  return [
    ['Accepted', false],
    ['ErrorMessage', message],
    ['RejectionCode', code],
  ];
}

function orderNodes(order: BookOrder): readonly SoapNode[] {
  const { customer } = order;
  const state = stateOf(order);
  return [
    ['ClientOrderNr', order.clientOrderNumber],
    ['IsActive', state === 'open' || state === 'partly' || state === 'pending'],
    ['CreationDate', localTime(new Date(order.createdAt))],
    ['ClosedDate', order.closedAt === null ? nil : localTime(new Date(order.closedAt))],
    ['SveaOrderNr', order.id],
    ['WillBuyInvoices', true],
    ['CurrentAmount', amountText(order.amount)],
    ['ExpirationDate', order.expiresAt],
    [
      'ValidCustomer',
      [
        ['LegalName', customer.fullName],
        ['SecurityNumber', customer.id],
        ['PhoneNumber', customer.phoneNumber],
        ['AddressLine1', customer.coAddress],
        ['AddressLine2', customer.street],
        ['Postcode', Number(/^\d+$/u.exec(customer.zipCode)?.[0] ?? 0)],
        ['Postarea', customer.locality],
        ['BusinessType', customer.isCompany ? 'Business' : 'Person'],
      ],
    ],
    ['Invoices', order.invoices.map((invoice) => ['InvoiceStatus', invoiceNodes(invoice, order)])],
  ];
}

function invoiceNodes(invoice: BookInvoice, order: BookOrder): readonly SoapNode[] {
  const sign = invoice.isCredit ? -1n : 1n;
  return [
    ['CreationDate', localTime(new Date(invoice.createdAt))],
    ['InvoiceAmountWithoutVat', amountText(sign * invoice.net)],
    ['InvoiceVat', amountText(sign * (invoice.amount - invoice.net))],
    ['CustomerId', Number(order.id) + 500_000],
    ['InvoiceNumber', invoice.id],
    ['InvoiceDate', invoice.invoiceDate],
    ['DueDate', invoice.dueDate],
  ];
}
