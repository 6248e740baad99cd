// What SendRegning takes at most, from its guide's tables. Lengths of numbers count sign and separator. Numbers only, no decisions.

/** Most lines of one invoice. */
export const mostLines = 18;

/** Longest values, in characters. */
export const longest = {
  name: 42,
  zip: 8,
  city: 36,
  address: 42,
  country: 42,
  email: 64,
  recipientNo: 32,
  orderNo: 30,
  reference: 30,
  invoiceText: 105,
  desc: 75,
  qty: 6,
  unitPrice: 9,
  discount: 5,
} as const;
