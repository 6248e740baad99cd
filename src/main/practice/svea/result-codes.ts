// The result codes that this practice service gives, with the words of the specification. Nothing is decided here.

const meanings = {
  0: 'The operation was successful',
  10000: 'Client authentication failed',
  20000: 'Order is closed.',
  20001: 'Order is denied.',
  20002: 'Something is wrong with the order.',
  20003: 'Order has expired.',
  20004: 'An order with the provided id does not exist.',
  20005: 'OrderType mismatch.',
  20006: 'The sum of all order rows cannot be zero or negative.',
  20013: 'Order is pending',
  20014: 'OrderAlternateDeliveryAddressNotAllowed',
  20019: 'ClientOrderNumberAlreadyExists',
  20021: 'NoOrderRows',
  20023: 'DiscountPercentNotAllowed',
  20024: 'InvalidVatPercent',
  // Not in the table; the specification's revisions of 2016-03-03 name them for these two sizes.
  20028: 'NumberOfUnits must have at most 5 digits, 2 of them decimals.',
  20032: 'PricePerUnit and DiscountAmount must have at most 9 digits, 2 of them decimals.',
  24000: 'Invoice amount exceeds the authorized amount.',
  24500: 'The invoice to credit does not exist.',
  24501: 'The invoice to credit does not belong to this order.',
  24502: 'Credit amount exceeds invoiced amount.',
  24503: 'The invoice to credit is not approved.',
  27000: 'The provided campaigncode-amount combination does not match any campaign code attached to this client.',
  27003: 'Can not mix CampaignCode with a fixed Monthly Amount.',
  27004: 'Can not find a suitable CampaignCode for the Monthly Amount.',
  30000: 'The credit report was rejected.',
  30001: 'The customer is blocked or has shown strange or unusual behavior.',
  30002: 'Based upon the performed credit check the request was rejected.',
  30003: 'Customer cannot be found by credit check.',
  30004: "The Customer's credit limit has been reached",
  40000: 'No customer found.',
  40001: 'The provided CountryCode is not supported.',
  40002: 'Invalid Customer information',
  40004: 'Could not find any addresses for this customer.',
  40005: 'CustomerIsNotPreApproved',
  50000: 'Client is not authorized for this method.',
  50001: 'OrderType is required.',
  50002: 'AddressSelector is not valid for this CountryCode.',
  50003: 'CreatePaymentPlanDetails must be null when OrderType is Invoice.',
  50004: 'CreatePaymentPlanDetails must not be null when OrderType is PaymentPlan.',
  50005: 'Missing Identification Value.',
  50007: 'Invalid applicant CountryCode.',
  50008: 'InvoiceDistributionType is required.',
  50009: 'DeliverInvoiceDetails must not be null.',
  50010: 'InvoiceToCredit must be null.',
  50011: 'InvoiceToCredit must not be null.',
  50012: 'OrderInformation is required.',
  50013: 'CustomerIdentity is required.',
  50014: 'Invalid input value.',
  50015: 'The specified OrderType is invalid.',
  50016: 'The order does not belong to this client.',
  50017: 'Missing applicant CountryCode.',
  50018: 'The OrderDate is invalid.',
  50019: 'An Individual-type CustomerIdentity cannot have a CompanyIdentity-structure.',
  50020: 'A Company-type CustomerIdentity cannot have an IndividualIdentity-structure.',
  50021: 'IndividualIdentity must be null for Individuals for this country.',
  50022: 'CompanyIdentity must be null for Companies for this country.',
  50023: 'The provided AddressSelector is invalid.',
  50025: 'The zip code is not valid for this country.',
  50028: 'CloseOrderInformationIsRequired',
  50029: 'AddressInformationIsRequired',
  50036: 'The flag PriceIncludingVat must be used consistently for all order rows in the order.',
  50037: 'The provided print type is not valid',
  50038: 'The provided DistributionType is not valid.',
  50039: 'The provided DistributionType is not valid for the client country.',
  70001: 'Unable to find a campaign.',
  70002: 'The sum of the order is lower than the minimum allowed for account credit orders.',
  70003: 'Unable to find an account credit campaign with the given campaign code.',
  70004: 'Cannot cancel account credit.',
  70006: 'Account credit amount exceeds the authorized orders amount.',
} as const satisfies Record<number, string>;

/** A code that this service gives by itself; others come on command. */
export type SveaCode = keyof typeof meanings;

/** A no with a code. */
export interface Rejection {
  readonly code: number;
  readonly message: string;
}

/** The code with the specification's words, or closer ones. */
export function rejection(code: SveaCode, message: string = meanings[code]): Rejection {
  return { code, message };
}

/** The specification's words; a general one for a code that it does not have. */
export function meaningOf(code: number): string {
  const known = Object.entries(meanings).find(([number]) => Number(number) === code);
  return known?.[1] ?? `Result code ${code}`;
}
