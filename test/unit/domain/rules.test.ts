// Every rule on an invoice: one that passes it, one that fails it, and the cases in between that were decided on purpose.

import { describe, expect, it } from 'vitest';
import { coreRules, ruleCatalogue, sumRuleIds } from '../../../src/main/domain/rules/all.ts';
import type { Finding } from '../../../src/main/domain/rules/rule.ts';
import { findingsOf, goodInvoice, goodLine, norwegian, withBuyer, withPayment, withTotals } from './good-invoice.ts';
import type { Invoice } from '../../../src/shared/schema/invoice.ts';

/** Rule id → an invoice that fails this rule and no other, the field it is about and the severity. */
const failures: Readonly<
  Record<string, { readonly invoice: Invoice; readonly field: string; readonly severity: Finding['severity'] }>
> = {
  'core.lines.missing': { invoice: goodInvoice({ lines: [] }), field: 'lines', severity: 'error' },
  'core.row.amount': {
    invoice: goodInvoice({ lines: [goodLine({ quantity: '813' })] }),
    field: 'lines[0].netMinor',
    severity: 'warning',
  },
  'core.total.rows': {
    invoice: goodInvoice({ lines: [goodLine(), goodLine({ id: '2' })] }),
    field: 'totals.lineNetMinor',
    severity: 'error',
  },
  'core.total.adjustments': {
    invoice: {
      ...withTotals({ allowanceMinor: 100, chargeMinor: 100 }),
      adjustments: [{ isCharge: true, reason: null, amountMinor: 100, vatRate: null, vatCategory: null }],
    },
    field: 'totals.allowanceMinor',
    severity: 'error',
  },
  'core.total.net': {
    invoice: withTotals({
      netMinor: 71_000,
      vatMinor: 17_724,
      grossMinor: 88_724,
      roundingMinor: -24,
      payableMinor: 88_700,
    }),
    field: 'totals.netMinor',
    severity: 'error',
  },
  'core.vat.amount': {
    invoice: {
      ...withTotals({ vatMinor: 17_824, grossMinor: 88_720, roundingMinor: -20, payableMinor: 88_700 }),
      vat: [{ rate: '25', category: 'S', taxableMinor: 70_896, taxMinor: 17_824 }],
    },
    field: 'vat[0].taxMinor',
    severity: 'error',
  },
  'core.vat.sum': {
    invoice: withTotals({ vatMinor: 17_725, grossMinor: 88_621, roundingMinor: -21 }),
    field: 'totals.vatMinor',
    severity: 'error',
  },
  'core.vat.base': {
    invoice: {
      ...withTotals({ vatMinor: 17_734, grossMinor: 88_630, roundingMinor: -30 }),
      vat: [{ rate: '25', category: 'S', taxableMinor: 70_936, taxMinor: 17_734 }],
    },
    field: 'vat[0].taxableMinor',
    severity: 'warning',
  },
  'core.vat.rate': {
    invoice: {
      ...withTotals({ vatMinor: 14_179, grossMinor: 85_075, roundingMinor: 25, payableMinor: 85_100 }),
      lines: [goodLine({ vatRate: '20' })],
      vat: [{ rate: '20', category: 'S', taxableMinor: 70_896, taxMinor: 14_179 }],
    },
    field: 'vat[0].rate',
    severity: 'warning',
  },
  'core.total.gross': {
    invoice: withTotals({ grossMinor: 88_621, roundingMinor: -21 }),
    field: 'totals.grossMinor',
    severity: 'error',
  },
  'core.total.payable': {
    invoice: withTotals({ payableMinor: 88_700 }),
    field: 'totals.payableMinor',
    severity: 'error',
  },
  'core.rounding.size': {
    invoice: withTotals({ roundingMinor: -120, payableMinor: 88_500 }),
    field: 'totals.roundingMinor',
    severity: 'error',
  },
  'core.rounding.payable': {
    invoice: withTotals({ roundingMinor: -10, payableMinor: 88_610 }),
    field: 'totals.payableMinor',
    severity: 'warning',
  },
  'core.payable.negative': {
    invoice: withTotals({ prepaidMinor: 100_000, payableMinor: -11_400 }),
    field: 'totals.payableMinor',
    severity: 'warning',
  },
  'core.currency.unknown': { invoice: goodInvoice({ currency: 'SKR' }), field: 'currency', severity: 'error' },
  'core.duedate.missing': { invoice: goodInvoice({ dueDate: null }), field: 'dueDate', severity: 'error' },
  'core.duedate.beforeInvoice': {
    invoice: goodInvoice({ dueDate: '2026-11-05' }),
    field: 'dueDate',
    severity: 'error',
  },
  'core.duedate.past': { invoice: goodInvoice({ dueDate: '2026-11-20' }), field: 'dueDate', severity: 'warning' },
  'core.duedate.far': { invoice: goodInvoice({ dueDate: '2027-11-08' }), field: 'dueDate', severity: 'warning' },
  'core.period.order': { invoice: goodInvoice({ periodEnd: '2026-09-30' }), field: 'periodEnd', severity: 'warning' },
  'core.email.syntax': { invoice: withBuyer({ email: 'asa@@example.com' }), field: 'buyer.email', severity: 'error' },
  'core.email.missing': { invoice: withBuyer({ email: null }), field: 'buyer.email', severity: 'warning' },
  'core.name.tooLong': { invoice: withBuyer({ name: 'Å'.repeat(10_000) }), field: 'buyer.name', severity: 'warning' },
  'core.text.control': {
    invoice: goodInvoice({ invoiceNumber: '10\u202E42' }),
    field: 'invoiceNumber',
    severity: 'error',
  },
  'core.text.encoding': { invoice: withBuyer({ name: 'Ã…sa Ã–berg' }), field: 'buyer.name', severity: 'warning' },
  'core.address.incomplete': {
    invoice: withBuyer(
      { address: { street: null, street2: null, postalCode: '652 24', city: null, country: 'SE' } },
      { preferredChannel: 'postal' },
    ),
    field: 'buyer.address.street',
    severity: 'warning',
  },
  'core.address.postalCode': {
    invoice: withBuyer(
      { address: { street: 'Provgatan 1', street2: null, postalCode: '6522', city: 'Karlstad', country: 'SE' } },
      { preferredChannel: 'postal' },
    ),
    field: 'buyer.address.postalCode',
    severity: 'warning',
  },
  'core.reference.ocr': {
    invoice: withPayment({ reference: '1800355' }),
    field: 'payment.reference',
    severity: 'warning',
  },
  'core.reference.kid': {
    invoice: norwegian({ reference: '0003434323213231' }),
    field: 'payment.reference',
    severity: 'warning',
  },
  'core.account.bankgiro': {
    invoice: withPayment({ bankgiro: '1112222' }),
    field: 'payment.bankgiro',
    severity: 'warning',
  },
  'core.account.plusgiro': {
    invoice: withPayment({ plusgiro: '28 65 43-5' }),
    field: 'payment.plusgiro',
    severity: 'warning',
  },
  'core.account.iban': {
    invoice: withPayment({ iban: 'SE1250000000058398257466' }),
    field: 'payment.iban',
    severity: 'warning',
  },
  'core.account.norwegian': {
    invoice: norwegian({ account: '86011117948' }),
    field: 'payment.account',
    severity: 'warning',
  },
  'core.number.meteringPoint': {
    invoice: goodInvoice({ metering: { ...required(goodInvoice().metering), meteringPointId: '731234567890123456' } }),
    field: 'metering.meteringPointId',
    severity: 'warning',
  },
  'core.number.personal': {
    invoice: withBuyer({ registrationNumber: '19121212-1213' }),
    field: 'buyer.registrationNumber',
    severity: 'warning',
  },
  'core.number.organisation': {
    invoice: withBuyer({ registrationNumber: '556677-8898' }),
    field: 'buyer.registrationNumber',
    severity: 'warning',
  },
  'core.number.vat': {
    invoice: withBuyer({ vatNumber: 'SE556677889801' }),
    field: 'buyer.vatNumber',
    severity: 'warning',
  },
  'core.number.phone': { invoice: withBuyer({ phone: '070-12' }), field: 'buyer.phone', severity: 'warning' },
};

function required<T>(value: T | null): T {
  if (value === null) throw new Error('missing');
  return value;
}

describe('the rules', () => {
  it('have nothing to say about a good Swedish invoice, a good Norwegian one and a good credit note', () => {
    expect(findingsOf(goodInvoice())).toEqual([]);
    expect(findingsOf(norwegian())).toEqual([]);
    expect(findingsOf(goodInvoice({ kind: 'creditNote', dueDate: null }))).toEqual([]);
  });

  it('each have an invoice here that only they object to', () => {
    expect(Object.keys(failures).sort()).toEqual(coreRules.map(({ id }) => id).sort());
  });

  it.each(Object.entries(failures))(
    '%s is found, at its field, with its severity, and nothing else is',
    (id, { invoice, field, severity }) => {
      const findings = findingsOf(invoice);
      expect(findings.map((finding) => finding.ruleId)).toEqual([id]);
      expect(findings[0]).toMatchObject({ field, severity });
    },
  );

  it('are in the catalogue with their own severity and mender', () => {
    for (const { id, severity, mender } of coreRules) expect(ruleCatalogue[id]).toEqual({ severity, mender });
    for (const id of sumRuleIds) expect(ruleCatalogue[id]).toBeDefined();
  });

  it('answer a clean invoice with one and the same empty list, so that 50,000 of them cost no memory', () => {
    const answers = new Set(
      coreRules.map((rule) => rule.check(goodInvoice(), { today: '2026-11-21', textOf: () => null })),
    );
    expect(answers.size).toBe(1);
  });
});

describe('sums', () => {
  it('accept a row within 0.02, and a row price per several units', () => {
    expect(findingsOf(goodInvoice({ lines: [goodLine({ unitPrice: '0.87308' })] }))).toEqual([]);
    expect(findingsOf(goodInvoice({ lines: [goodLine({ unitPrice: '87.31', priceBaseQuantity: '100' })] }))).toEqual(
      [],
    );
  });

  it('accept allowances and charges on the row and on the whole invoice', () => {
    const invoice = goodInvoice({
      lines: [goodLine({ adjustmentMinor: -896, netMinor: 70_000 })],
      adjustments: [
        { isCharge: true, reason: null, amountMinor: 1_000, vatRate: '25', vatCategory: 'S' },
        { isCharge: false, reason: null, amountMinor: 104, vatRate: '25', vatCategory: 'S' },
      ],
      totals: { ...goodInvoice().totals, lineNetMinor: 70_000, allowanceMinor: 104, chargeMinor: 1_000 },
    });
    expect(findingsOf(invoice)).toEqual([]);
  });

  it('do not excuse rounding inside the total with VAT: the reader takes it out where the format says so (EHF 2)', () => {
    expect(
      findingsOf(withTotals({ grossMinor: 88_600, roundingMinor: -20, payableMinor: 88_600 })).map(
        ({ ruleId }) => ruleId,
      ),
    ).toEqual(['core.total.gross', 'core.total.payable']);
  });

  it('take the place of a net total that the source does not have', () => {
    expect(findingsOf(withTotals({ netMinor: null }))).toEqual([]);
    expect(
      findingsOf(withTotals({ netMinor: null, grossMinor: 90_000, roundingMinor: 0, payableMinor: 90_000 })).map(
        ({ ruleId }) => ruleId,
      ),
    ).toEqual(['core.total.gross']);
  });

  it('accept VAT that was rounded row by row, up to 0.99', () => {
    const off = { ...withTotals({ vatMinor: 17_800, grossMinor: 88_696, roundingMinor: 4, payableMinor: 88_700 }) };
    expect(
      findingsOf({ ...off, vat: [{ rate: '25.00', category: 'S', taxableMinor: 70_896, taxMinor: 17_800 }] }),
    ).toEqual([]);
  });

  it('say what was stated, what would be right and the difference, as facts for any language', () => {
    const [finding] = findingsOf(withTotals({ payableMinor: 88_700 }));
    expect(finding).toMatchObject({
      found: '887.00',
      expected: '886.00 SEK',
      params: { statedMinor: 88_700, expectedMinor: 88_600, differenceMinor: 100, currency: 'SEK' },
    });
  });
});

describe('dates', () => {
  it('leave a due date that did not parse to the reader', () => {
    expect(findingsOf(goodInvoice({ dueDate: null }), (field) => (field === 'dueDate' ? '2026-02-30' : null))).toEqual(
      [],
    );
  });

  it('take payment terms in words instead of a due date, and ask for none where nothing is to be paid', () => {
    expect(findingsOf(withPayment({ terms: '30 dagar netto' }, { dueDate: null }))).toEqual([]);
    expect(findingsOf({ ...withTotals({ prepaidMinor: 88_600, payableMinor: 0 }), dueDate: null })).toEqual([]);
  });

  it('accept a due date of today', () => {
    expect(findingsOf(goodInvoice({ dueDate: '2026-11-21' }))).toEqual([]);
  });
});

describe('recipients', () => {
  it('have a broken address held against them only where it would be used', () => {
    const byPost = findingsOf(withBuyer({ email: 'asa.example.com' }, { preferredChannel: 'postal' }));
    expect(byPost).toMatchObject([{ ruleId: 'core.email.syntax', severity: 'warning', params: { reason: 'noAt' } }]);
  });

  it('have an address with CR and LF in it refused whatever the channel', () => {
    const hostile = findingsOf(
      withBuyer({ email: 'asa@example.com\r\nBcc: x@example.org' }, { preferredChannel: 'postal' }),
    );
    expect(hostile).toMatchObject([
      { ruleId: 'core.email.syntax', severity: 'error', params: { reason: 'controlCharacter' } },
    ]);
  });

  it('without an address are information when nothing was asked for, and nothing when post was', () => {
    expect(findingsOf(withBuyer({ email: null }, { preferredChannel: null }))).toMatchObject([
      { ruleId: 'core.email.missing', severity: 'info' },
    ]);
    expect(findingsOf(withBuyer({ email: null }, { preferredChannel: 'postal' }))).toEqual([]);
  });

  it('are never shown with their whole personal number', () => {
    const [finding] = findingsOf(withBuyer({ registrationNumber: '19121212-1213' }));
    expect(finding?.found).toBe('121212-****');
    expect(JSON.stringify(finding)).not.toContain('1213');
  });

  it('may have script tags in their names: those are text like any other', () => {
    expect(findingsOf(withBuyer({ name: '<script>alert(1)</script>' }))).toEqual([]);
  });
});

describe('references and numbers', () => {
  it('are not judged where their country is not Sweden or Norway', () => {
    const danish = withBuyer({
      registrationNumber: 'DK16356700',
      address: { ...goodInvoice().buyer.address, country: 'DK' },
    });
    expect(findingsOf(danish)).toEqual([]);
  });

  it('take a reference with letters for a message, not for an OCR number', () => {
    expect(findingsOf(withPayment({ reference: 'Faktura 1042' }))).toEqual([]);
  });
});
