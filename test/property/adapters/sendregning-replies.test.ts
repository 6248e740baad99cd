// Reading SendRegning's replies: order, unknown elements and attributes, and missing ones change nothing else. No network.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paidAndCredited, readInvoices, readStatuses } from '../../../src/main/adapters/sendregning/read-invoices.ts';
import {
  readBalances,
  readCategories,
  readConstants,
  readCountries,
  readLedger,
  readRecipients,
} from '../../../src/main/adapters/sendregning/read-registers.ts';
import { readJson, readXml } from '../../../src/main/adapters/sendregning/reply-tree.ts';
import type { ReplyNode } from '../../../src/main/adapters/sendregning/reply-tree.ts';

/** An element to write. Children named the same keep their order, as a list's do. */
interface Spec {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly children?: readonly Spec[];
}

const leaf = (name: string, text: string): Spec => ({ name, text });

const invoiceSpec: Spec = {
  name: 'invoice',
  attributes: { clientId: 'c-1' },
  children: [
    leaf('name', 'Bjørn & <Åse>'),
    leaf('zip', '0010'),
    leaf('city', 'OSLO'),
    {
      name: 'lines',
      children: [
        {
          name: 'line',
          children: [
            leaf('itemNo', '1'),
            leaf('desc', 'Strøm'),
            leaf('qty', '7.50'),
            leaf('unitPrice', '250,00'),
            leaf('discount', '10'),
            leaf('tax', '25'),
            leaf('lineTaxAmount', '421.88'),
            leaf('lineTotal', '2109.38'),
          ],
        },
      ],
    },
    {
      name: 'optional',
      children: [
        leaf('invoiceNo', '000101'),
        leaf('state', 'sent'),
        leaf('tax', '421.88'),
        leaf('total', '2109,38'),
        leaf('kid', '00012345678903'),
        leaf('accountNo', '01234567892'),
        leaf('orderNo', 'k-1'),
        leaf('dueDate', '-- -- --'),
        leaf('invoiceDate', '21.11.26'),
      ],
    },
    {
      name: 'shipment',
      text: 'EMAIL',
      children: [{ name: 'emailaddresses', children: [leaf('email', 'a@example.no')] }],
    },
  ],
};

const invoices: Spec = { name: 'invoices', attributes: { batchId: 'b-1' }, children: [invoiceSpec] };

const statuses: Spec = {
  name: 'invoice-status',
  children: [
    {
      name: 'invoice',
      attributes: { number: '000101' },
      children: [
        leaf('state', 'paid'),
        {
          name: 'payments',
          children: [
            {
              name: 'payment',
              attributes: { id: '1' },
              children: [leaf('paymentDate', '20.04.07'), leaf('amount', '100,00'), leaf('paymentType', 'PMTM')],
            },
            {
              name: 'payment',
              attributes: { id: '2' },
              children: [leaf('paymentDate', '04.20.07'), leaf('amount', '25.00'), leaf('paymentType', 'CRED')],
            },
          ],
        },
        {
          name: 'history',
          children: [
            {
              name: 'entry',
              children: [
                leaf('timestamp', '31.01.06 09:51:11'),
                leaf('fromState', 'start'),
                leaf('toState', 'sent'),
                leaf('eventParams', 'snailMail,'),
              ],
            },
          ],
        },
        {
          name: 'dunnings',
          children: [
            {
              name: 'entry',
              attributes: { dunningNo: '1' },
              children: [leaf('dunningType', '1Dunning'), leaf('dunningFeeValue', '62,00'), leaf('dunningDays', '14')],
            },
          ],
        },
      ],
    },
  ],
};

const registers: readonly [Spec, (root: ReplyNode) => unknown][] = [
  [
    {
      name: 'constants',
      children: [
        leaf('dunningFee', '62,50'),
        leaf('interestRate', '9.25'),
        leaf('firstInvoiceNo', '0100'),
        {
          name: 'taxRates',
          children: [
            leaf('defaultTaxRate', '25'),
            { name: 'taxRate', attributes: { fromDate: '01.01.05', toDate: '01.01.99' }, text: '14' },
          ],
        },
      ],
    },
    readConstants,
  ],
  [{ name: 'countries', children: [leaf('country', 'NORGE'), leaf('country', 'ÅLAND')] }, readCountries],
  [
    {
      name: 'recipients',
      children: [
        {
          name: 'recipient',
          children: [
            leaf('name', 'Kari'),
            leaf('zip', '0010'),
            {
              name: 'optional',
              children: [
                leaf('recipientNo', 'PID_12'),
                leaf('recipientOrgNo', '974760673'),
                { name: 'categories', children: [leaf('category', 'a')] },
              ],
            },
          ],
        },
      ],
    },
    readRecipients,
  ],
  [
    {
      name: 'categories',
      children: [{ name: 'category', children: [leaf('name', 'Medlem'), leaf('recipientCount', '3')] }],
    },
    readCategories,
  ],
  [
    {
      name: 'salesledger',
      children: [
        {
          name: 'recipients',
          children: [
            {
              name: 'recipient',
              attributes: { no: 'Medlem1' },
              children: [
                {
                  name: 'entries',
                  children: [
                    {
                      name: 'entry',
                      attributes: { id: '7' },
                      children: [
                        leaf('type', 'manualPayment'),
                        leaf('amount', '-435,00'),
                        leaf('date', '05.12.06'),
                        leaf('invoiceUrl', 'https://example.no/?a=1&b=2'),
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    readLedger,
  ],
  [
    {
      name: 'balance',
      children: [
        {
          name: 'recipients',
          children: [{ name: 'recipient', attributes: { no: '1' }, children: [leaf('balance', '-435,00')] }],
        },
      ],
    },
    readBalances,
  ],
];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;');

/** Writes a reply with the chances given: elements of different names change places, unknown ones come in between, text as CDATA. */
function writeLoosely(spec: Spec, chance: () => number): string {
  const order = (spec.children ?? []).map((child, index) => ({ child, index, at: chance() }));
  // A list of equal names keeps its order: only places between different names change.
  order.sort((one, other) => (one.child.name === other.child.name ? one.index - other.index : one.at - other.at));
  const unknown = (): string =>
    chance() < 0.3
      ? `<${chance() < 0.5 ? 'newer' : 'constructor'} a="1">x<optional><total>1</total></optional></newer>`.replace(
          /<constructor(.*)<\/newer>/u,
          '<constructor$1</constructor>',
        )
      : '';
  const inner = order
    .map(({ child }) => `${unknown()}${chance() < 0.3 ? '\n  ' : ''}${writeLoosely(child, chance)}`)
    .join('');
  const text = spec.text ?? '';
  const own = chance() < 0.2 && !text.includes(']]>') ? `<![CDATA[${text}]]>` : escaped(text);
  const padded = chance() < 0.3 ? `\n ${own}\t` : own;
  const attributes = Object.entries(spec.attributes ?? {}).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  if (chance() < 0.3) attributes.unshift(' newer="y"');
  return `<${spec.name}${attributes.join('')}>${padded}${inner}${unknown()}</${spec.name}>`;
}

function chances(numbers: readonly number[]): () => number {
  let at = 0;
  return () => {
    at += 1;
    return numbers[at % numbers.length] ?? 0;
  };
}

const anyChances = fc
  .array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 7, maxLength: 60 })
  .map(chances);

function rootOf(xml: string): ReplyNode {
  const read = readXml(xml);
  if (!read.ok) throw new Error(`${read.error}: ${xml}`);
  return read.value;
}

const plain = (spec: Spec): string => writeLoosely(spec, () => 0.999);
const withoutOne = (spec: Spec, at: number): Spec => {
  const children = spec.children ?? [];
  return { ...spec, children: children.filter((_, index) => index !== at % Math.max(1, children.length)) };
};

describe('replies of SendRegning', () => {
  it('mean the same in any order, with unknown elements and attributes, blanks and CDATA', () => {
    const cases: readonly [Spec, (root: ReplyNode) => unknown][] = [
      [invoices, readInvoices],
      [statuses, readStatuses],
      ...registers,
    ];
    for (const [spec, read] of cases) {
      const expected = read(rootOf(plain(spec)));
      expect(expected).not.toBeNull();
      fc.assert(
        fc.property(anyChances, (chance) => {
          expect(read(rootOf(`<?xml version="1.0" encoding="UTF-8"?>\n${writeLoosely(spec, chance)}`))).toEqual(
            expected,
          );
        }),
        { numRuns: 60 },
      );
    }
  });

  it('with elements missing give nothing in their place and the rest unchanged', () => {
    const whole = readInvoices(rootOf(plain(invoices)))?.invoices[0];
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), anyChances, (outer, inner, chance) => {
        const children = (invoiceSpec.children ?? []).map((child) => withoutOne(child, inner));
        const cut = withoutOne({ ...invoiceSpec, children }, outer);
        const read = readInvoices(rootOf(writeLoosely({ ...invoices, children: [cut] }, chance)))?.invoices[0];
        for (const [key, value] of Object.entries(read ?? {}))
          if (value !== null && key !== 'lines')
            expect(value).toEqual(Object.entries(whole ?? {}).find(([name]) => name === key)?.[1]);
      }),
      { numRuns: 100 },
    );
  });

  it('keep numbers with leading zeros as text, amounts as whole minor units, and what is no date as it stands', () => {
    const [invoice] = readInvoices(rootOf(plain(invoices)))?.invoices ?? [];
    expect(invoice).toMatchObject({
      clientId: 'c-1',
      invoiceNo: '000101',
      kid: '00012345678903',
      accountNo: '01234567892',
      taxMinor: 42_188,
      totalMinor: 210_938,
      dueDate: { raw: '-- -- --', iso: null },
    });
    expect(invoice?.lines).toMatchObject([{ qty: '7.50', unitPrice: '250.00', tax: '25', lineTotalMinor: 210_938 }]);
    const [status] = readStatuses(rootOf(plain(statuses))) ?? [];
    expect(status?.payments.map(({ paymentDate }) => paymentDate?.iso)).toEqual(['2007-04-20', '2007-04-20']);
    expect(paidAndCredited({ payments: status?.payments ?? [] })).toEqual({ paidMinor: 10_000, creditedMinor: 2_500 });
  });

  it('in JSON are the same, with a list of one written as no list', () => {
    const json = JSON.stringify({
      invoices: {
        batchId: 'b-1',
        invoice: {
          clientId: 'c-1',
          optional: { invoiceNo: '000101', total: '2109.38' },
          lines: { line: { itemNo: '1', lineTotal: '2109.38' } },
          shipment: { content: 'EMAIL', emailaddresses: { email: 'a@example.no' } },
        },
      },
    });
    const read = readJson(json);
    expect(read.ok && readInvoices(read.value)).toMatchObject({
      batchId: 'b-1',
      invoices: [
        {
          clientId: 'c-1',
          invoiceNo: '000101',
          totalMinor: 210_938,
          lines: [{ itemNo: '1', lineTotalMinor: 210_938 }],
        },
      ],
    });
    expect(readJson('[]').ok).toBe(false);
    expect(readJson('{').ok).toBe(false);
  });

  it('that are cut anywhere are no reply', () => {
    const whole = plain(invoices);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        expect(readXml(whole.slice(0, length)).ok).toBe(false);
      }),
      { numRuns: 100 },
    );
    expect(readXml('<a/>'.repeat(2)).ok).toBe(false);
    expect(readXml(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`).ok).toBe(false);
    expect(readXml('\uFEFF\n<?xml version="1.0"?><a>&#229;</a>')).toMatchObject({ ok: true, value: { text: 'å' } });
  });
});
