// The canonical invoice: what every format is read into and every document and channel is made from. No format's own names.

import { z } from 'zod';

/** Integer minor units (öre, cent) of the invoice's currency; within ±2^53. */
const minor = z.number().int();
/** ISO 8601 calendar date, `2026-11-21`. */
const isoDate = z.string();
/** Exact decimal text with a point, as read (`0.8731`); never a float. */
const decimalText = z.string();

/** A postal address; lines as they stand on an envelope. */
export const addressSchema = z.object({
  street: z.string().nullable(),
  street2: z.string().nullable(),
  postalCode: z.string().nullable(),
  city: z.string().nullable(),
  /** ISO 3166-1 alpha-2, upper case. */
  country: z.string().nullable(),
});
/** A postal address. */
export type Address = z.infer<typeof addressSchema>;

/** A seller or a buyer. */
export const partySchema = z.object({
  name: z.string().nullable(),
  /** Organisation number or personal number as written; mask personal numbers before showing or logging. */
  registrationNumber: z.string().nullable(),
  vatNumber: z.string().nullable(),
  address: addressSchema,
  email: z.string().nullable(),
  phone: z.string().nullable(),
  contactName: z.string().nullable(),
});
/** A seller or a buyer. */
export type Party = z.infer<typeof partySchema>;

/** What a row is, for grouping on the document. */
export const lineKinds = [
  'energy',
  'grid',
  'fee',
  'tax',
  'certificate',
  'rounding',
  'reminder',
  'discount',
  'other',
] as const;
/** One of {@link lineKinds}. */
export type LineKind = (typeof lineKinds)[number];

/** One row. `netMinor` excludes VAT, includes the row's own allowances and charges. */
export const invoiceLineSchema = z.object({
  id: z.string(),
  description: z.string(),
  kind: z.enum(lineKinds),
  quantity: decimalText.nullable(),
  /** Unit code as on the source (`KWH`, `MON`, `EA`). */
  unit: z.string().nullable(),
  /** Price for `priceBaseQuantity` units, excluding VAT, in whole currency units. */
  unitPrice: decimalText.nullable(),
  priceBaseQuantity: decimalText.nullable(),
  /** Row allowances (negative) and charges (positive), summed. */
  adjustmentMinor: minor,
  netMinor: minor,
  /** Percent as decimal text (`25`, `12.5`). */
  vatRate: decimalText.nullable(),
  /** UNCL5305 letter: S, Z, E, O, AE … */
  vatCategory: z.string().nullable(),
  periodStart: isoDate.nullable(),
  periodEnd: isoDate.nullable(),
});
/** One row. */
export type InvoiceLine = z.infer<typeof invoiceLineSchema>;

/** Allowance or charge on the whole invoice. */
export const documentAdjustmentSchema = z.object({
  isCharge: z.boolean(),
  reason: z.string().nullable(),
  /** Always as written, positive for both kinds. */
  amountMinor: minor,
  vatRate: decimalText.nullable(),
  vatCategory: z.string().nullable(),
});
/** Allowance or charge on the whole invoice. */
export type DocumentAdjustment = z.infer<typeof documentAdjustmentSchema>;

/** VAT of one rate. */
export const vatSubtotalSchema = z.object({
  rate: decimalText.nullable(),
  category: z.string().nullable(),
  taxableMinor: minor,
  taxMinor: minor,
  /** Why no VAT is charged: code or text as written (BT-121, BT-120); only read from documents under EN 16931. */
  exemptionReason: z.string().nullable().optional(),
});
/** VAT of one rate. */
export type VatSubtotal = z.infer<typeof vatSubtotalSchema>;

/** The sums as the source states them (never recomputed); null where the source has none. */
export const totalsSchema = z.object({
  lineNetMinor: minor.nullable(),
  allowanceMinor: minor.nullable(),
  chargeMinor: minor.nullable(),
  /** Excluding VAT. */
  netMinor: minor.nullable(),
  vatMinor: minor.nullable(),
  /** Including VAT, before rounding and prepayments. */
  grossMinor: minor.nullable(),
  roundingMinor: minor.nullable(),
  prepaidMinor: minor.nullable(),
  /** What the customer is asked to pay. */
  payableMinor: minor.nullable(),
});
/** The stated sums. */
export type Totals = z.infer<typeof totalsSchema>;

/** Where and with what reference to pay. */
export const paymentSchema = z.object({
  /** OCR number (SE) or KID (NO). */
  reference: z.string().nullable(),
  bankgiro: z.string().nullable(),
  plusgiro: z.string().nullable(),
  iban: z.string().nullable(),
  bic: z.string().nullable(),
  /** A domestic account number that is none of the above (Norway: 11 digits). */
  account: z.string().nullable(),
  terms: z.string().nullable(),
});
/** Where and with what reference to pay. */
export type Payment = z.infer<typeof paymentSchema>;

/** The metering point an energy invoice concerns. */
export const meteringSchema = z.object({
  /** GSRN, 18 digits. */
  meteringPointId: z.string().nullable(),
  /** Price area, SE1 to SE4 or NO1 to NO5. */
  area: z.string().nullable(),
  gridArea: z.string().nullable(),
  siteAddress: addressSchema.nullable(),
  meterNumber: z.string().nullable(),
  readingStart: decimalText.nullable(),
  readingEnd: decimalText.nullable(),
  consumptionKwh: decimalText.nullable(),
  /** Oldest first; `month` is `YYYY-MM`. */
  history: z.array(z.object({ month: z.string(), kwh: decimalText })),
});
/** The metering point an energy invoice concerns. */
export type Metering = z.infer<typeof meteringSchema>;

/** What the rules of EN 16931 need beside the invoice itself. No document or channel uses it. */
export const standardTermsSchema = z.object({
  /** BT-24 and BT-23: what the document says it follows. */
  customizationId: z.string().nullable(),
  profileId: z.string().nullable(),
  /** BT-3, UNCL1001. */
  typeCode: z.string().nullable(),
  /** BT-7 and BT-8. */
  taxPointDate: isoDate.nullable(),
  taxPointCode: z.string().nullable(),
  /** BT-63. */
  taxRepresentativeVatNumber: z.string().nullable(),
  /** BT-32: what stands under another tax scheme than VAT (`Godkänd för F-skatt`, `Foretaksregisteret`). */
  sellerTaxRegistration: z.string().nullable(),
  paymentMeans: z.array(
    z.object({
      /** BT-81, UNCL4461. */
      code: z.string().nullable(),
      account: z.string().nullable(),
      /** `SE:BANKGIRO`, `SE:PLUSGIRO` or a BIC. */
      institution: z.string().nullable(),
    }),
  ),
  /** Canonical names of amounts that are written with more than two decimals; charges have a `+` after their name. */
  longAmounts: z.array(z.string()),
});
/** What the rules of EN 16931 need beside the invoice itself. */
export type StandardTerms = z.infer<typeof standardTermsSchema>;

/** The canonical invoice. A value that did not parse is null here and a problem beside it. */
export const invoiceSchema = z.object({
  kind: z.enum(['invoice', 'creditNote']),
  invoiceNumber: z.string().nullable(),
  invoiceDate: isoDate.nullable(),
  dueDate: isoDate.nullable(),
  periodStart: isoDate.nullable(),
  periodEnd: isoDate.nullable(),
  currency: z.string().nullable(),
  seller: partySchema,
  buyer: partySchema,
  customerId: z.string().nullable(),
  /** The customer's choice as the source states it (`email`, `postal`, `einvoice`), lower case. */
  preferredChannel: z.string().nullable(),
  orderReference: z.string().nullable(),
  buyerReference: z.string().nullable(),
  /** For a credit note: the number of the invoice it credits, as the source has it. */
  creditedInvoiceNumber: z.string().nullable().optional(),
  lines: z.array(invoiceLineSchema),
  adjustments: z.array(documentAdjustmentSchema),
  vat: z.array(vatSubtotalSchema),
  totals: totalsSchema,
  payment: paymentSchema,
  metering: meteringSchema.nullable(),
  notes: z.array(z.string()),
  /** There only for documents that say they follow EN 16931 (or a process of it). */
  standard: standardTermsSchema.optional(),
});
/** The canonical invoice. */
export type Invoice = z.infer<typeof invoiceSchema>;

/** Where a field's value stands in the source. `field` is the canonical name (`totals.payableMinor`, `lines[3].netMinor`). */
export const fieldPlaceSchema = z.object({
  field: z.string(),
  path: z.string(),
  /** Text as it stands in the source, trimmed, entities resolved. */
  text: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  endLine: z.number().int(),
  endColumn: z.number().int(),
  /** What is used instead of the source's text; left out when that text is used as it stands. */
  usedText: z.string().optional(),
});
/** Where a field's value stands in the source. */
export type FieldPlace = z.infer<typeof fieldPlaceSchema>;
