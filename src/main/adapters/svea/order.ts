// The document that a release freezes for Svea: the order without login and order number, and how it is to be delivered. Names as on the wire; amounts as text.

import { z } from 'zod';

const optional = z.string().optional();

/** An order row in wire order. Null is sent as `xsi:nil`. */
export const orderRowSchema = z.object({
  ArticleNumber: optional,
  Description: z.string(),
  PricePerUnit: z.string(),
  PriceIncludingVat: z.boolean(),
  NumberOfUnits: z.string(),
  Unit: optional,
  VatPercent: z.string(),
  DiscountPercent: z.string(),
  DiscountAmount: z.null(),
  DiscountAmountIncludingVat: z.null(),
  TemporaryReference: optional,
  RowType: z.null(),
});
/** An order row. */
export type OrderRow = z.infer<typeof orderRowSchema>;

/** Who the customer is, by country: a number, or name, address and birth date or VAT number. */
export const customerIdentitySchema = z.object({
  NationalIdNumber: optional,
  Email: optional,
  PhoneNumber: optional,
  FullName: optional,
  Street: optional,
  ZipCode: optional,
  HouseNumber: optional,
  Locality: optional,
  CountryCode: z.string(),
  CustomerType: z.enum(['Individual', 'Company']),
  IndividualIdentity: z
    .object({ FirstName: z.string(), LastName: z.string(), Initials: optional, BirthDate: z.string() })
    .optional(),
  CompanyIdentity: z.object({ CompanyVatNumber: z.string() }).optional(),
});
/** Who the customer is. */
export type CustomerIdentity = z.infer<typeof customerIdentitySchema>;

/** `CreateOrderInformation` without the client's order number. */
const orderSchema = z.object({
  OrderRows: z.object({ OrderRow: z.array(orderRowSchema) }),
  CustomerIdentity: customerIdentitySchema,
  OrderDate: z.string(),
  AddressSelector: optional,
  CustomerReference: optional,
  PeppolId: optional,
  OrderType: z.enum(['Invoice', 'PaymentPlan', 'AccountCredit']),
  CreatePaymentPlanDetails: z
    .object({ CampaignCode: z.string(), SendAutomaticGiroPaymentForm: z.boolean(), FixedMonthlyAmount: z.null() })
    .optional(),
  CreateAccountCreditDetails: z.object({ CampaignCode: z.string().nullable() }).optional(),
});

/** What is frozen. */
export const frozenOrderSchema = z.object({
  version: z.literal(1),
  /** Of the whole order, as the service computes it. */
  totalMinor: z.number().int(),
  order: orderSchema,
  /** For invoices; the rows are the order's. */
  delivery: z.object({
    NumberOfCreditDays: z.string(),
    InvoiceDistributionType: z.enum(['Post', 'Email', 'EInvoiceB2B', 'Peppol']),
  }),
});
/** What is frozen. */
export type FrozenOrder = z.infer<typeof frozenOrderSchema>;

/** The bytes of an order: the same order gives the same bytes. */
export function orderBytes(order: FrozenOrder): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(order, null, 2)}\n`);
}

/** The order in frozen bytes. Throws for bytes that no release has written. */
export function readOrder(bytes: Uint8Array): FrozenOrder {
  return frozenOrderSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
}
