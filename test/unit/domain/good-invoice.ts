// An invoice that no rule has anything to say about, and a way to spoil one thing in it. For tests of the rules only.

import { coreRules } from '../../../src/main/domain/rules/all.ts';
import type { Finding } from '../../../src/main/domain/rules/rule.ts';
import type { Invoice, InvoiceLine } from '../../../src/shared/schema/invoice.ts';

const emptyAddress = { street: null, street2: null, postalCode: null, city: null, country: null };

/** One row of 812 kWh at 0.8731. */
export function goodLine(changes: Partial<InvoiceLine> = {}): InvoiceLine {
  return {
    id: '1',
    description: 'Elenergi',
    kind: 'energy',
    quantity: '812',
    unit: 'KWH',
    unitPrice: '0.8731',
    priceBaseQuantity: null,
    adjustmentMinor: 0,
    netMinor: 70_896,
    vatRate: '25',
    vatCategory: 'S',
    periodStart: null,
    periodEnd: null,
    ...changes,
  };
}

/** 708.96 net, 177.24 VAT, 886.20 gross, rounded down to 886 kronor. */
export function goodInvoice(changes: Partial<Invoice> = {}): Invoice {
  return {
    kind: 'invoice',
    invoiceNumber: '1042',
    invoiceDate: '2026-11-06',
    dueDate: '2026-12-06',
    periodStart: '2026-10-01',
    periodEnd: '2026-10-31',
    currency: 'SEK',
    seller: {
      name: 'Exempelenergi AB',
      registrationNumber: '556677-8899',
      vatNumber: 'SE556677889901',
      address: emptyAddress,
      email: null,
      phone: null,
      contactName: null,
    },
    buyer: {
      name: 'Åsa Öberg',
      registrationNumber: '19121212-1212',
      vatNumber: null,
      address: { street: 'Provgatan 1', street2: null, postalCode: '652 24', city: 'Karlstad', country: 'SE' },
      email: 'asa@example.com',
      phone: null,
      contactName: null,
    },
    customerId: 'K1',
    preferredChannel: 'email',
    orderReference: null,
    buyerReference: null,
    lines: [goodLine()],
    adjustments: [],
    vat: [{ rate: '25', category: 'S', taxableMinor: 70_896, taxMinor: 17_724 }],
    totals: {
      lineNetMinor: 70_896,
      allowanceMinor: null,
      chargeMinor: null,
      netMinor: 70_896,
      vatMinor: 17_724,
      grossMinor: 88_620,
      roundingMinor: -20,
      prepaidMinor: null,
      payableMinor: 88_600,
    },
    payment: {
      reference: '12351',
      bankgiro: '5402-9681',
      plusgiro: null,
      iban: null,
      bic: null,
      account: null,
      terms: null,
    },
    metering: {
      meteringPointId: '735999100000000010',
      area: 'SE3',
      gridArea: null,
      siteAddress: null,
      meterNumber: null,
      readingStart: null,
      readingEnd: null,
      consumptionKwh: '812',
      history: [],
    },
    notes: [],
    ...changes,
  };
}

/** The good invoice with other totals. */
export function withTotals(totals: Partial<Invoice['totals']>): Invoice {
  const invoice = goodInvoice();
  return { ...invoice, totals: { ...invoice.totals, ...totals } };
}

/** The good invoice with another buyer. */
export function withBuyer(buyer: Partial<Invoice['buyer']>, changes: Partial<Invoice> = {}): Invoice {
  const invoice = goodInvoice(changes);
  return { ...invoice, buyer: { ...invoice.buyer, ...buyer } };
}

/** The good invoice with other payment details. */
export function withPayment(payment: Partial<Invoice['payment']>, changes: Partial<Invoice> = {}): Invoice {
  const invoice = goodInvoice(changes);
  return { ...invoice, payment: { ...invoice.payment, ...payment } };
}

/** The good invoice as a Norwegian seller would send it, in kroner with KID and account. */
export function norwegian(payment: Partial<Invoice['payment']> = {}): Invoice {
  const invoice = withPayment(
    { reference: '602243', bankgiro: null, account: '8601 11 17947', ...payment },
    { currency: 'NOK' },
  );
  return {
    ...invoice,
    seller: { ...invoice.seller, registrationNumber: '923609016', vatNumber: 'NO923609016MVA' },
    buyer: {
      ...invoice.buyer,
      registrationNumber: null,
      address: { ...invoice.buyer.address, country: 'NO', postalCode: '0150' },
    },
    metering: null,
  };
}

/** Everything all rules say about an invoice, as of 2026-11-21. */
export function findingsOf(invoice: Invoice, textOf: (field: string) => string | null = () => null): Finding[] {
  return coreRules.flatMap((rule) => rule.check(invoice, { today: '2026-11-21', textOf }));
}
