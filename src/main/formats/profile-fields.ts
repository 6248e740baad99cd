// The closed list of canonical fields a profile may fill, with the type each must have. Names only; nothing reads XML here.

/** Types a profile can give a field. `text` is anything; the others must parse, or there is a problem with the place. */
export const fieldTypes = ['text', 'date', 'month', 'amount', 'decimal', 'integer', 'currency', 'boolean'] as const;
/** One of {@link fieldTypes}. */
export type FieldType = (typeof fieldTypes)[number];

/** Field name → type, for one kind of record. */
export type FieldTypes = Readonly<Record<string, FieldType>>;

const addressFields = (prefix: string): FieldTypes => ({
  [`${prefix}.street`]: 'text',
  [`${prefix}.street2`]: 'text',
  [`${prefix}.buildingNumber`]: 'text',
  [`${prefix}.postalCode`]: 'text',
  [`${prefix}.city`]: 'text',
  [`${prefix}.country`]: 'text',
});

const partyFields = (prefix: string): FieldTypes => ({
  [`${prefix}.name`]: 'text',
  [`${prefix}.registrationNumber`]: 'text',
  [`${prefix}.vatNumber`]: 'text',
  ...addressFields(`${prefix}.address`),
  [`${prefix}.email`]: 'text',
  [`${prefix}.phone`]: 'text',
  [`${prefix}.contactName`]: 'text',
});

/** Fields of a batch's header. */
export const headerFields: FieldTypes = {
  sourceBatchId: 'text',
  createdDate: 'date',
  invoiceCount: 'integer',
  totalMinor: 'amount',
  currency: 'currency',
  sellerName: 'text',
  sellerRegistrationNumber: 'text',
};

/** Fields of an invoice that stand once. `customizationId`, `profileId`, `typeCode`, `periodMonth` and `buildingNumber` steer the reading; `tax…` is for the rules of EN 16931; the rest is the canonical invoice. */
export const invoiceFields: FieldTypes = {
  customizationId: 'text',
  profileId: 'text',
  taxPointDate: 'date',
  taxPointCode: 'text',
  'taxRepresentative.vatNumber': 'text',
  typeCode: 'text',
  invoiceNumber: 'text',
  invoiceDate: 'date',
  dueDate: 'date',
  currency: 'currency',
  periodStart: 'date',
  periodEnd: 'date',
  periodMonth: 'month',
  orderReference: 'text',
  buyerReference: 'text',
  creditedInvoiceNumber: 'text',
  customerId: 'text',
  preferredChannel: 'text',
  ...partyFields('seller'),
  ...partyFields('buyer'),
  'metering.meteringPointId': 'text',
  'metering.area': 'text',
  'metering.gridArea': 'text',
  'metering.meterNumber': 'text',
  'metering.readingStart': 'decimal',
  'metering.readingEnd': 'decimal',
  'metering.consumptionKwh': 'decimal',
  ...addressFields('metering.siteAddress'),
  'totals.lineNetMinor': 'amount',
  'totals.allowanceMinor': 'amount',
  'totals.chargeMinor': 'amount',
  'totals.netMinor': 'amount',
  'totals.vatMinor': 'amount',
  'totals.grossMinor': 'amount',
  'totals.roundingMinor': 'amount',
  'totals.prepaidMinor': 'amount',
  'totals.payableMinor': 'amount',
  'payment.reference': 'text',
  'payment.bankgiro': 'text',
  'payment.plusgiro': 'text',
  'payment.iban': 'text',
  'payment.bic': 'text',
  'payment.account': 'text',
  'payment.terms': 'text',
};

/** One repeatable part: its fields, and the repeatable parts inside it. */
export interface ListShape {
  readonly fields: FieldTypes;
  readonly lists: Readonly<Record<string, ListShape>>;
}

const adjustmentFields: FieldTypes = {
  isCharge: 'boolean',
  reason: 'text',
  amountMinor: 'amount',
  baseAmount: 'decimal',
  vatRate: 'decimal',
  vatCategory: 'text',
};
const vatFields: FieldTypes = {
  taxableMinor: 'amount',
  taxMinor: 'amount',
  rate: 'decimal',
  category: 'text',
  exemptionReason: 'text',
};
const taxSchemeFields: FieldTypes = { id: 'text', scheme: 'text' };
const leaf = (fields: FieldTypes): ListShape => ({ fields, lists: {} });

/** Repeatable parts of an invoice. `vat` stands either directly or inside `taxTotals` (one total per currency). */
export const invoiceLists: Readonly<Record<string, ListShape>> = {
  lines: {
    fields: {
      id: 'text',
      description: 'text',
      kind: 'text',
      quantity: 'decimal',
      unit: 'text',
      unitPrice: 'decimal',
      priceBaseQuantity: 'decimal',
      discountPercent: 'decimal',
      netMinor: 'amount',
      vatRate: 'decimal',
      vatCategory: 'text',
      periodStart: 'date',
      periodEnd: 'date',
    },
    lists: { adjustments: leaf(adjustmentFields) },
  },
  adjustments: leaf(adjustmentFields),
  vat: leaf(vatFields),
  taxTotals: { fields: { amountMinor: 'amount', currency: 'text' }, lists: { vat: leaf(vatFields) } },
  'metering.history': leaf({ month: 'month', kwh: 'decimal' }),
  notes: leaf({ text: 'text' }),
  paymentMeans: leaf({
    code: 'text',
    reference: 'text',
    instruction: 'text',
    dueDate: 'date',
    account: 'text',
    institution: 'text',
  }),
  sellerTaxSchemes: leaf(taxSchemeFields),
  buyerTaxSchemes: leaf(taxSchemeFields),
  references: leaf({ id: 'text', scheme: 'text' }),
};
