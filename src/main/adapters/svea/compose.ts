// An invoice as the document that Svea is given, or every reason why it does not fit. Pure: the same invoice and settings give the same bytes.

import { err, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { ChannelConfig, SveaConfig } from '../../../shared/schema/connection.ts';
import type { Invoice } from '../../../shared/schema/invoice.ts';
import type {
  ComposeChoices,
  ComposedDocument,
  ComposeProblem,
  DocumentComposer,
} from '../../ports/channel-adapter.ts';
import { currencyOf, customerIdentity } from './identity.ts';
import { mapRows } from './map-rows.ts';
import { orderBytes } from './order.ts';
import type { CustomerIdentity, FrozenOrder } from './order.ts';
import { cleanText, cutText } from './texts.ts';

/** Longest reference that Svea prints on its invoice. */
const longestReference = 32;
const dayMs = 24 * 3_600_000;
const noChoices: ComposeChoices = { addressSelector: null, credited: null };

/** Svea's composer: an order first, its delivery after. */
export const sveaComposer: DocumentComposer = {
  steps: 2,
  compose: (invoice, config, chosen) => composeSveaOrder(invoice, config, chosen),
};

/** The order of an invoice. */
export function composeSveaOrder(
  invoice: Invoice,
  config: ChannelConfig,
  chosen: ComposeChoices = noChoices,
): Result<ComposedDocument, readonly ComposeProblem[]> {
  if (config.channel !== 'svea') throw new TypeError('the Svea adapter was given another channel');
  const mapped = mapOrder(invoice, config, chosen);
  if (!mapped.ok) return mapped;
  const { order } = mapped.value;
  return ok({
    bytes: orderBytes(mapped.value),
    extension: 'json',
    target: targetOf(order.CustomerIdentity),
    payable: { amountMinor: mapped.value.totalMinor, currency: currencyOf[config.country] },
  });
}

/** What is frozen, before it is bytes; every problem at once. */
export function mapOrder(
  invoice: Invoice,
  config: SveaConfig,
  { addressSelector }: ComposeChoices = noChoices,
): Result<FrozenOrder, readonly ComposeProblem[]> {
  const problems = wholeProblems(invoice, config);
  const customer = customerIdentity(invoice, config);
  if ('problems' in customer) problems.push(...customer.problems);
  const isCompany = 'identity' in customer && customer.identity.CustomerType === 'Company';
  const mapped = mapRows(invoice, config, isCompany);
  if ('problems' in mapped) problems.push(...mapped.problems);
  if ('identity' in customer) problems.push(...fitsType(customer.identity, config));
  if (problems.length > 0 || 'problems' in customer || 'problems' in mapped) return err(problems);
  const { identity } = customer;
  const reference = cutText(cleanText(invoice.buyerReference ?? invoice.invoiceNumber ?? ''), longestReference);
  return ok({
    version: 1,
    totalMinor: mapped.totalMinor,
    order: {
      OrderRows: { OrderRow: [...mapped.rows] },
      CustomerIdentity: identity,
      OrderDate: `${invoice.invoiceDate ?? ''}T00:00:00`,
      // Payment plans are for persons, who have one address.
      ...(addressSelector === null || config.orderType === 'PaymentPlan' ? {} : { AddressSelector: addressSelector }),
      ...(reference === '' ? {} : { CustomerReference: reference }),
      ...(config.distribution === 'Peppol' ? { PeppolId: peppolId(identity, config) ?? '' } : {}),
      OrderType: config.orderType,
      ...detailsOf(config),
    },
    delivery: {
      NumberOfCreditDays: String(creditDays(invoice, config)),
      InvoiceDistributionType: config.distribution,
    },
  });
}

function wholeProblems(invoice: Invoice, config: SveaConfig): ComposeProblem[] {
  const problems: ComposeProblem[] = [];
  const expected = currencyOf[config.country];
  if (invoice.kind === 'creditNote')
    problems.push({ code: 'svea.credit-note', field: 'kind', found: 'creditNote', expected: 'invoice' });
  if (invoice.currency !== expected)
    problems.push({ code: 'svea.currency', field: 'currency', found: invoice.currency ?? '', expected });
  if (invoice.invoiceDate === null)
    problems.push({ code: 'svea.invoice-date', field: 'invoiceDate', found: '', expected: 'YYYY-MM-DD' });
  return problems;
}

/** What only some customers can have. */
function fitsType(identity: CustomerIdentity, config: SveaConfig): readonly ComposeProblem[] {
  const isCompany = identity.CustomerType === 'Company';
  const wrong = (code: string, found: string, expected: string): readonly ComposeProblem[] => [
    { code, field: 'buyer.registrationNumber', found, expected },
  ];
  if (config.orderType === 'PaymentPlan' && isCompany) return wrong('svea.plan-for-company', 'Company', 'Individual');
  if (config.distribution === 'EInvoiceB2B' && !(isCompany && config.country === 'NO'))
    return wrong('svea.e-invoice', `${config.country} ${identity.CustomerType}`, 'NO Company');
  if (config.distribution === 'Peppol' && peppolId(identity, config) === null)
    return wrong('svea.peppol-id', identity.NationalIdNumber ?? '', '0007:5560001111');
  return [];
}

/** Schemes of the countries' organisation numbers (ISO 6523). */
const peppolSchemes = { SE: '0007', NO: '0192', DK: '0184', FI: '0212' } as const;

/** Four digits, a colon, then 1 to 50 letters and digits; companies only. */
function peppolId(identity: CustomerIdentity, { country }: SveaConfig): string | null {
  if (identity.CustomerType !== 'Company' || country === 'DE' || country === 'NL') return null;
  const number = (identity.NationalIdNumber ?? '').replace(/^16(?=\d{10}$)/u, '');
  const id = `${peppolSchemes[country]}:${number}`;
  return /^\d{4}:[A-Za-z0-9]{1,50}$/u.test(id) ? id : null;
}

function detailsOf({ orderType, campaignCode }: SveaConfig): Partial<FrozenOrder['order']> {
  switch (orderType) {
    case 'Invoice':
      return {};
    case 'PaymentPlan':
      return {
        CreatePaymentPlanDetails: {
          CampaignCode: campaignCode ?? '',
          SendAutomaticGiroPaymentForm: false,
          FixedMonthlyAmount: null,
        },
      };
    case 'AccountCredit':
      return { CreateAccountCreditDetails: { CampaignCode: campaignCode } };
  }
}

function creditDays({ invoiceDate, dueDate }: Invoice, config: SveaConfig): number {
  if (config.creditDays !== null) return config.creditDays;
  if (invoiceDate === null || dueDate === null) return 0;
  return Math.max(0, Math.round((Date.parse(dueDate) - Date.parse(invoiceDate)) / dayMs));
}

/** The customer's number, a person's with its last digits hidden, or the name where there is none. */
function targetOf({ CountryCode, CustomerType, NationalIdNumber, FullName }: CustomerIdentity): string {
  if (NationalIdNumber === undefined) return `${CountryCode} ${FullName ?? ''}`;
  const shown = CustomerType === 'Individual' ? `${NationalIdNumber.slice(0, -4)}••••` : NationalIdNumber;
  return `${CountryCode} ${shown}`;
}
