// What goes to SendRegning byte for byte: numbers, dates, request XML against golden files, the multipart frame. No network.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  classifyReply,
  mediaTypeOf,
  pageWords,
  sendRegningCodes,
} from '../../../src/main/adapters/sendregning/classify.ts';
import { readDate, writeDate } from '../../../src/main/adapters/sendregning/dates.ts';
import {
  estimateLine,
  fitDecimal,
  minorToShort,
  readAmountMinor,
  readDecimal,
  roundHalfUp,
  shortDecimal,
} from '../../../src/main/adapters/sendregning/decimals.ts';
import { encodeMultipart } from '../../../src/main/adapters/sendregning/multipart.ts';
import {
  writeDunnings,
  writeInvoice,
  writeInvoices,
  writeSelect,
  writeSelectStatus,
} from '../../../src/main/adapters/sendregning/requests.ts';
import type { SwsInvoice, SwsLine } from '../../../src/main/adapters/sendregning/requests.ts';

const golden = (name: string): string =>
  readFileSync(new URL(`../../fixtures/sendregning/${name}`, import.meta.url), 'utf8');

const line = (part: Partial<SwsLine>): SwsLine => ({
  itemNo: 1,
  qty: null,
  prodCode: null,
  desc: null,
  unitPrice: null,
  discount: null,
  tax: null,
  ...part,
});

const ordinary: SwsInvoice = {
  clientId: '1042-3f9a2c41d0',
  name: 'Bjørn & Åse <Hansen>',
  zip: '0010',
  city: 'OSLO',
  lines: [
    line({ itemNo: 1, qty: '7.5', prodCode: 'KWH', desc: 'Strøm "vår"', unitPrice: '250', discount: '10', tax: '25' }),
    line({ itemNo: 2, desc: 'Målepunkt 707057500012345678' }),
  ],
  optional: {
    orderNo: '1042-3f9a2c41d0',
    dueDate: '05.12.26',
    invoiceDate: '21.11.26',
    recipientNo: 'PID_12',
    recipientOrgNo: '974760673',
    yourRef: 'Kari',
    country: 'NORGE',
    printDunningInfo: 'true',
  },
  shipment: { kind: 'PAPER_AND_EMAIL', emailAddresses: ['kari@example.no'], copyAddresses: ['regnskap@example.no'] },
};

const credit: SwsInvoice = {
  clientId: 'K-7',
  name: 'Kari Nordmann',
  zip: '5003',
  city: 'BERGEN',
  lines: [line({ qty: '1', desc: 'Kreditert', unitPrice: '100.5', tax: '25' })],
  optional: { invoiceType: 'credit', creditedId: '000123' },
  shipment: { kind: 'PAPER', emailAddresses: [], copyAddresses: [] },
};

describe('numbers', () => {
  it('rounds half up on the decimal text, away from zero', () => {
    const rounded = ['15.4561212', '1.005', '-1.005', '2.675', '0.004', '-0.004', '1,5'].map(roundHalfUp);
    expect(rounded).toEqual(['15.46', '1.01', '-1.01', '2.68', '0.00', '0.00', '1.50']);
    expect(['1e3', '', '1.2.3', '12%'].map(roundHalfUp)).toEqual([null, null, null, null]);
  });

  it('writes the shortest text, because lengths count sign and point', () => {
    expect(['1000.00', '100.00', '7.50', '0.10', '-0.00', '100'].map(shortDecimal)).toEqual([
      '1000',
      '100',
      '7.5',
      '0.1',
      '0',
      '100',
    ]);
    expect(fitDecimal('1000.00', 6)).toBe('1000');
    expect(fitDecimal('1000.25', 6)).toBeNull();
    expect(fitDecimal('-10000', 6)).toBe('-10000');
    expect(fitDecimal('-100000', 6)).toBeNull();
    expect([10_000, 12_550, -12_505, 5].map(minorToShort)).toEqual(['100', '125.5', '-125.05', '0.05']);
  });

  it('reads both separators, blanks and signs', () => {
    expect(['125.00', '435,00', '-435,00', '1 234,5', '\u00A01\u202F000', '+3'].map(readAmountMinor)).toEqual([
      12_500, 43_500, -43_500, 123_450, 100_000, 300,
    ]);
    expect(['-- -- --', 'kr 5', '1.234,50'].map(readAmountMinor)).toEqual([null, null, null]);
    expect(readDecimal('0012,50')).toBe('12.50');
  });

  it('counts a line as quantity × price − discount + VAT', () => {
    const count = (
      qty: string,
      unitPrice: string,
      discount: string | null,
      tax: string,
    ): readonly (number | undefined)[] => {
      const estimate = estimateLine({ qty, unitPrice, discount, tax });
      return [estimate?.netMinor, estimate?.taxMinor, estimate?.totalMinor];
    };
    expect(count('7.5', '250', '10', '25')[2]).toBe(210_938);
    expect(count('100', '100', null, '25')).toEqual([1_000_000, 250_000, 1_250_000]);
    expect(count('1', '100', null, '25')).toEqual([10_000, 2_500, 12_500]);
    expect(count('2', '19.99', '33.33', '14')[2]).toBe(3_039);
    expect(estimateLine({ qty: 'x', unitPrice: '1', discount: null, tax: null })).toBeNull();
  });
});

describe('dates', () => {
  it('are written only where the service will read the same day', () => {
    expect(['2026-11-21', '2000-02-29', '2099-01-01'].map(writeDate)).toEqual(['21.11.26', '29.02.00', '01.01.99']);
    expect(['1999-12-31', '2100-01-01', '2026-02-30', '2026-13-01', '21.11.26', ''].map(writeDate)).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });

  it('are read in this century, with the text kept, and never fail', () => {
    expect(['21.11.26', '01.01.99', '04.20.07', '05.12.06 16:32:44'].map((text) => readDate(text).iso)).toEqual([
      '2026-11-21',
      '2099-01-01',
      '2007-04-20',
      '2006-12-05T16:32:44',
    ]);
    for (const raw of ['-- -- --', '', '30.02.07', '32.13.07', '05.12.06 25:00:00', 'i dag'])
      expect(readDate(raw)).toEqual({ raw, iso: null });
  });
});

describe('request XML', () => {
  it('of invoices and a credit invoice is the golden file', () => {
    expect(writeInvoices('b-2026-11-21/1', [ordinary, credit].map(writeInvoice))).toBe(golden('send-invoice.xml'));
  });

  it('of dunnings is the golden file', () => {
    const dunning = { dunningFee: true, interest: false, dunningType: null, dunningText: null, dunningDays: null };
    expect(
      writeDunnings([
        { ...dunning, invoiceNo: '100' },
        {
          invoiceNo: '101',
          dunningFee: false,
          interest: true,
          dunningType: 'deptCollectionNotice',
          dunningText: 'Siste varsel',
          dunningDays: 21,
        },
      ]),
    ).toBe(golden('send-dunning.xml'));
  });

  it('of the selects is the golden file', () => {
    expect(writeSelect({ invoiceNumbers: ['0100', '101'] }, { format: 'PDF' })).toBe(golden('select-pdf.xml'));
    expect(writeSelect({ which: { last: 200 }, states: ['sent', 'paid'], recipientNumbers: ['PID_12', 'a&b'] })).toBe(
      golden('select-last.xml'),
    );
    expect(writeSelect({ invoiceNumbers: ['7'] }, { format: 'JPG', dunningType: '1Dunning' })).toBe(
      golden('select-jpg.xml'),
    );
    expect(writeSelectStatus({ which: 'ALL' })).toBe('<select-status>\nALL\n</select-status>\n');
    expect(writeSelectStatus({ which: { first: 3 } })).toBe('<select-status>\nFIRST 3\n</select-status>\n');
  });

  it('holds nothing that XML cannot', () => {
    const text = 'a\u0000b\u001Fc\uD800d\uFFFEe\uD83D\uDE00';
    const written = writeInvoice({ ...credit, name: text });
    expect(written).toContain('<name>a b c\uFFFDd e\uD83D\uDE00</name>');
  });
});

describe('the multipart frame', () => {
  it('has one file part named xml with a file name, its bytes unchanged', () => {
    const xml = Buffer.from('<a>æ\n</a>');
    const { contentType, body } = encodeMultipart(xml, 'limit');
    expect(contentType).toBe('multipart/form-data; boundary=limit');
    expect(body.toString('utf8')).toBe(
      golden('multipart.txt').replaceAll('\r\n', '\n').replaceAll('\n', '\r\n').replace('æ\r\n', 'æ\n'),
    );
  });
});

describe('answers', () => {
  const sorted = (status: number, type = 'text/xml'): string => {
    const reply = classifyReply({ status, mediaType: mediaTypeOf(type) });
    return 'code' in reply ? `${reply.kind} ${reply.code}` : reply.kind;
  };

  it('are sorted by status and media type, without its parameters', () => {
    expect(sorted(200, 'text/xml;charset=UTF-8')).toBe('content');
    expect(sorted(200, 'Application/PDF')).toBe('content');
    expect(sorted(204, 'text/html')).toBe('empty');
    expect(sorted(200, 'text/html; charset=utf-8')).toBe('failed sendregning.answer-for-a-person');
    expect(sorted(400, 'text/html')).toBe('refused sendregning.bad-request');
    expect([401, 403].map((status) => sorted(status))).toEqual(['loginRefused', 'loginRefused']);
    expect(sorted(409)).toBe('processed');
    expect(sorted(501)).toBe('refused sendregning.not-implemented');
    expect([500, 502, 503, 504].map((status) => sorted(status))).toEqual(
      Array.from({ length: 4 }, () => 'failed sendregning.server-failed'),
    );
    expect([201, 302, 404, 418].map((status) => sorted(status))).toEqual(
      Array.from({ length: 4 }, () => 'failed sendregning.unexpected-answer'),
    );
  });

  it('for a person give their words', () => {
    const page =
      '<html><head><title>Error</title><style>p{}</style></head><body><h1>HTTP 400</h1>\n<p>Parameter xml can&#39;t be omitted &amp;lt;</p></body></html>';
    expect(pageWords(Buffer.from(page))).toBe("HTTP 400 Parameter xml can't be omitted &lt;");
    expect(new Set(sendRegningCodes).size).toBe(sendRegningCodes.length);
  });
});
