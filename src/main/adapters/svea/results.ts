// What Svea answers, read tolerantly: absent, nil, empty and one-element lists, unknown elements and enum values. Numbers and dates stay text.

import { z } from 'zod';

/** Text, a number or a flag as text; null where it is absent, nil or empty. */
const text = z
  .unknown()
  .optional()
  .transform((value) =>
    typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null,
  );
const flag = z
  .unknown()
  .optional()
  .transform((value) => value === true || value === 'true' || value === '1');

/** The items of `<List><Item/>…</List>`: an absent, empty or nil list has none, nil items are passed over. */
function list<Item extends z.ZodType>(item: string, schema: Item) {
  return z
    .unknown()
    .optional()
    .transform((value): z.output<Item>[] => {
      if (typeof value !== 'object' || value === null || !(item in value)) return [];
      const found: unknown = (value as Readonly<Record<string, unknown>>)[item];
      return (Array.isArray(found) ? (found as unknown[]) : [found]).flatMap((each) => {
        const read = schema.safeParse(each);
        return each !== null && each !== undefined && read.success ? [read.data] : [];
      });
    });
}
const texts = z
  .unknown()
  .optional()
  .transform((value): string[] => {
    const parsed = z.object({ string: z.union([z.string(), z.array(z.unknown())]) }).safeParse(value);
    if (!parsed.success) return [];
    const found = parsed.data.string;
    return (Array.isArray(found) ? found : [found]).filter((each): each is string => typeof each === 'string');
  });

const base = { Accepted: flag, ErrorMessage: text };
const result = { ...base, ResultCode: text };

/** Shapes of the operations' results. */
export const results = {
  CreateOrderEu: z.object({
    ...result,
    CreateOrderResult: z
      .object({
        SveaOrderId: text,
        SveaWillBuyOrder: flag,
        Amount: text,
        ExpirationDate: text,
        ClientOrderNumber: text,
        PendingReasons: texts,
      })
      .nullish(),
  }),
  DeliverOrderEu: z.object({
    ...result,
    DeliverOrderResult: z
      .object({
        Amount: text,
        OrderType: text,
        InvoiceResultDetails: z
          .object({
            InvoiceId: text,
            DueDate: text,
            InvoiceDate: text,
            InvoiceDistributionType: text,
            Ocr: text,
            LowestAmountToPay: text,
          })
          .nullish(),
        PaymentPlanResultDetails: z.object({ ContractNumber: text }).nullish(),
        AccountCreditResultDetails: z.object({ ContractNumber: text, AccountCreditId: text }).nullish(),
      })
      .nullish(),
  }),
  CloseOrderEu: z.object(result),
  GetPaymentPlanParamsEu: z.object({
    ...result,
    CampaignCodes: list(
      'CampaignCodeInfo',
      z.object({
        CampaignCode: text,
        Description: text,
        PaymentPlanType: text,
        ContractLengthInMonths: text,
        MonthlyAnnuityFactor: text,
        InitialFee: text,
        NotificationFee: text,
        InterestRatePercent: text,
        NumberOfInterestFreeMonths: text,
        NumberOfPaymentFreeMonths: text,
        FromAmount: text,
        ToAmount: text,
      }),
    ),
  }),
  GetAccountCreditParamsEu: z.object({
    ...result,
    AccountCreditCampaignCodes: list(
      'AccountCreditCampaignCodeInfo',
      z.object({
        CampaignCode: text,
        Description: text,
        InitialFee: text,
        LowestAmountToPayPerMonth: text,
        LowestPercentToPayPerMonth: text,
        LowestOrderAmount: text,
        InterestRatePercent: text,
        NotificationFee: text,
      }),
    ),
  }),
  GetPaymentPlanContractDetailsEu: z.object({
    ...result,
    ContractLengthMonths: text,
    MonthlyAmount: text,
    Amount: text,
    InitialFee: text,
  }),
  GetAddresses: z.object({
    ...base,
    RejectionCode: text,
    Addresses: list(
      'CustomerAddress',
      z.object({
        LegalName: text,
        SecurityNumber: text,
        PhoneNumber: text,
        AddressLine1: text,
        AddressLine2: text,
        Postcode: text,
        Zipcode: text,
        Postarea: text,
        BusinessType: text,
        AddressSelector: text,
        FirstName: text,
        LastName: text,
      }),
    ),
  }),
  GetOrders: z.object({
    ...base,
    RejectionCode: text,
    Orders: list(
      'OrderStatus',
      z.object({
        ClientOrderNr: text,
        IsActive: flag,
        CreationDate: text,
        ClosedDate: text,
        SveaOrderNr: text,
        WillBuyInvoices: flag,
        CurrentAmount: text,
        ExpirationDate: text,
        Invoices: list(
          'InvoiceStatus',
          z.object({ InvoiceNumber: text, InvoiceDate: text, DueDate: text, InvoiceAmountWithoutVat: text }),
        ),
      }),
    ),
  }),
  Ping: text,
} as const;

/** The operations. */
export type Operation = keyof typeof results;
/** An operation's result. */
export type ResultOf<Name extends Operation> = z.output<(typeof results)[Name]>;

/** A postcode as it is written: the service sends a number, and its leading zeros are lost on the way (five digits in SE, FI and DE, four in NO and DK). */
export function postalCodeOf(
  address: { readonly Postcode: string | null; readonly Zipcode: string | null },
  country: string,
): string {
  if (address.Zipcode !== null) return address.Zipcode;
  const length = { SE: 5, FI: 5, DE: 5, NO: 4, DK: 4 }[country] ?? 0;
  return (address.Postcode ?? '').padStart(address.Postcode === null ? 0 : length, '0');
}
