// The practice Svea by requests written by hand: what the real service takes and gives, its state, its ledger and its faults.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { z } from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { rawHttp } from '../../support/raw-http.ts';
import type { RawReply } from '../../support/raw-http.ts';
import { practiceEntry } from '../../support/smtp-sftp-practice.ts';

const namespace = 'https://webservices.sveaekonomi.se/webpay';
const path = '/sveawebpay.asmx';
const clients = {
  invoice: 71001,
  plan: 71002,
  credit: 71003,
  norway: 72001,
  finland: 73001,
  germany: 76001,
  dutch: 75001,
};

let dir: string;
let practice: PracticeProcess;
let validator: XsdValidator;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'utskick-svea-'));
  practice = await startPracticeProcess({ entry: practiceEntry, dir });
  const wsdl = await rawHttp(practice.endpoints.svea.port, { method: 'GET', path: `${path}?WSDL` });
  const schema = /<xs:schema[\s\S]*<\/xs:schema>/u.exec(wsdl?.body.toString() ?? '')?.[0] ?? '';
  validator = XsdValidator.fromDoc(XmlDocument.fromString(schema));
});
afterAll(async () => {
  await practice.stop();
  await rm(dir, { recursive: true });
});
let number = 0;
let own = '';
beforeEach(() => {
  number += 1;
  own = `order-${String(number)}`;
});

const auth = (client: number): string =>
  `<Auth><ClientNumber>${client}</ClientNumber><Username>practice</Username><Password>${practice.endpoints.svea.password}</Password></Auth>`;
const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const envelope = (inner: string, soap = soap11): string =>
  `<s:Envelope xmlns:s="${soap}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><s:Body>${inner}</s:Body></s:Envelope>`;

async function post(operation: string, body: string, headers: Record<string, string> = {}): Promise<RawReply | null> {
  return rawHttp(practice.endpoints.svea.port, {
    method: 'POST',
    path,
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${namespace}/${operation}"`, ...headers },
    body,
  });
}

/** Calls an operation and holds the answer against the contract. */
async function call(operation: string, request: string, client: number | null = clients.invoice): Promise<string> {
  const login = client === null ? '' : auth(client);
  const wrapped = `<${operation} xmlns="${namespace}"><request>${login}${request}</request></${operation}>`;
  const reply = await post(operation, envelope(wrapped));
  const text = reply?.body.toString() ?? '';
  expect(reply?.status, text).toBe(200);
  expect(reply?.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  expect(text).not.toMatch(/>\s+</u);
  const inner = new RegExp(`<${operation}Response.*</${operation}Response>`, 'u').exec(text)?.[0] ?? '';
  const document = XmlDocument.fromString(
    inner.replace('xmlns=', 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns='),
  );
  validator.validate(document);
  document.dispose();
  return text;
}

const value = (text: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`, 'u').exec(text)?.[1];
const code = (text: string): number => Number(value(text, 'ResultCode'));

const row = (changes: Record<string, string | null> = {}): string => {
  const fields: Record<string, string | null> = {
    ArticleNumber: '1',
    Description: 'El januari',
    PricePerUnit: '100.00',
    PriceIncludingVat: 'false',
    NumberOfUnits: '1',
    Unit: 'st',
    VatPercent: '25',
    DiscountPercent: '0',
    ...changes,
  };
  const inner = Object.entries(fields).filter(([, text]) => text !== null);
  return `<OrderRow>${inner.map(([name, text]) => `<${name}>${text ?? ''}</${name}>`).join('')}</OrderRow>`;
};
const rows = (...all: string[]): string => `<OrderRows>${(all.length === 0 ? [row()] : all).join('')}</OrderRows>`;
const person = (id = '194605092222', country = 'SE'): string =>
  `<CustomerIdentity><NationalIdNumber>${id}</NationalIdNumber><CountryCode>${country}</CountryCode><CustomerType>Individual</CustomerType></CustomerIdentity>`;

interface OrderParts {
  readonly rows?: string;
  readonly customer?: string;
  readonly type?: string;
  readonly more?: string;
  readonly client?: number;
  readonly number?: string;
  readonly date?: string;
}
const create = (parts: OrderParts = {}): Promise<string> =>
  call(
    'CreateOrderEu',
    `<CreateOrderInformation><ClientOrderNumber>${parts.number ?? own}</ClientOrderNumber>${parts.rows ?? rows()}${parts.customer ?? person()}<OrderDate>${parts.date ?? '2026-11-21T10:00:00+01:00'}</OrderDate><OrderType>${parts.type ?? 'Invoice'}</OrderType>${parts.more ?? ''}</CreateOrderInformation>`,
    parts.client ?? clients.invoice,
  );
const orderId = async (parts: OrderParts = {}): Promise<string> => value(await create(parts), 'SveaOrderId') ?? '';
const deliver = (id: string, details: string, type = 'Invoice', client = clients.invoice): Promise<string> =>
  call(
    'DeliverOrderEu',
    `<DeliverOrderInformation><SveaOrderId>${id}</SveaOrderId><OrderType>${type}</OrderType>${details}</DeliverOrderInformation>`,
    client,
  );
const details = (
  changes: { readonly rows?: string; readonly type?: string; readonly credit?: string; readonly more?: string } = {},
): string =>
  `<DeliverInvoiceDetails><NumberOfCreditDays>0</NumberOfCreditDays>${changes.type ?? '<InvoiceDistributionType>Post</InvoiceDistributionType>'}<IsCreditInvoice>${String(changes.credit !== undefined)}</IsCreditInvoice>${changes.credit ?? ''}${changes.rows ?? rows()}${changes.more ?? ''}</DeliverInvoiceDetails>`;
const close = (id: string): Promise<string> =>
  call('CloseOrderEu', `<CloseOrderInformation><SveaOrderId>${id}</SveaOrderId></CloseOrderInformation>`);
const events = async (): Promise<Record<string, unknown>[]> => {
  const lines = (await readFile(practice.endpoints.ledgers.svea, 'utf8')).trim().split('\n');
  return lines
    .map((line) => z.looseObject({ event: z.string() }).parse(JSON.parse(line)))
    .filter(({ clientOrderNumber }) => clientOrderNumber === own);
};
const tell = (command: object): Promise<unknown> => practice.instruct('svea', command);

describe('the wire', () => {
  it('speaks in the form of the real service', async () => {
    const text = await create();
    expect(text).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?><soap:Envelope xmlns:soap="http:\/\/schemas.xmlsoap.org\/soap\/envelope\/" xmlns:xsi="[^"]+" xmlns:xsd="[^"]+"><soap:Body><CreateOrderEuResponse xmlns="https:\/\/webservices.sveaekonomi.se\/webpay"><CreateOrderEuResult><Accepted>true<\/Accepted><ResultCode>0<\/ResultCode><CreateOrderResult><SveaOrderId>\d+<\/SveaOrderId><OrderType>Invoice<\/OrderType><SveaWillBuyOrder>true<\/SveaWillBuyOrder><Amount>125<\/Amount><CustomerIdentity><NationalIdNumber>194605092222<\/NationalIdNumber><FullName>Persson Tess T<\/FullName>/u,
    );
    expect(text).toMatch(/<ExpirationDate>\d{4}-\d{2}-\d{2}T00:00:00\+0[12]:00<\/ExpirationDate>/u);
    expect(text).not.toContain('ErrorMessage');
    expect(await call('Ping', '', null)).toContain(
      '<PingResponse xmlns="https://webservices.sveaekonomi.se/webpay"><PingResult>ACK</PingResult>',
    );
  });

  it('takes what the real service takes: omitted nillables, bare dates, any order, strangers, other namespaces, SOAP 1.2', async () => {
    const information = `<OrderType>Invoice</OrderType><OrderDate>2012-12-12</OrderDate>${person('4605092222')}<!-- a note --><Stranger><OrderType>Loan</OrderType></Stranger><AddressSelector></AddressSelector><o:OrderType xmlns:o="urn:other">Loan</o:OrderType><OrderRows><OrderRow><VatPercent>25.00</VatPercent><DiscountPercent>0</DiscountPercent><NumberOfUnits> 2 </NumberOfUnits><PricePerUnit>10.005</PricePerUnit><PriceIncludingVat i:nil="true"/><DiscountAmount i:nil="1"/><Description><![CDATA[Å & Ö]]></Description></OrderRow><OrderRow i:nil="true"/></OrderRows>`;
    const login = auth(clients.invoice).replace(/(<ClientNumber>.*<\/ClientNumber>)(.*)<\/Auth>/u, '$2$1</Auth>');
    const inner = `<CreateOrderEu xmlns="${namespace}"><request><CreateOrderInformation>${information}</CreateOrderInformation>${login}</request></CreateOrderEu>`;
    const twelve = 'http://www.w3.org/2003/05/soap-envelope';
    for (const [type, action] of [
      [`application/soap+xml; charset=utf-8; action="${namespace}/CreateOrderEu"`, 'none'],
      ['application/soap+xml', 'none'],
    ] as const) {
      const reply = await rawHttp(practice.endpoints.svea.port, {
        method: 'POST',
        path: '/SveaWebPay.asmx',
        headers: { 'content-type': type, 'x-action': action },
        body: envelope(inner, twelve),
      });
      const text = reply?.body.toString() ?? '';
      expect(reply?.headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
      expect([text.includes(`xmlns:soap="${twelve}"`), code(text), value(text, 'Amount')]).toEqual([true, 0, '25']);
    }
  });

  it.each([
    ['an empty number', '<ClientNumber></ClientNumber>', 'Input string was not in a correct format.'],
    ['a number with an exponent', '<ClientNumber>1e3</ClientNumber>', 'Input string was not in a correct format.'],
    [
      'a number that is nil and may not be',
      '<ClientNumber i:nil="true"/>',
      'Input string was not in a correct format.',
    ],
    [
      'a number too large',
      '<ClientNumber>3000000000</ClientNumber>',
      'Value was either too large or too small for an Int32.',
    ],
  ])('answers %s with the fault of its serializer', async (_what, client, words) => {
    const reply = await post(
      'GetPaymentPlanParamsEu',
      envelope(
        `<GetPaymentPlanParamsEu xmlns="${namespace}"><request><Auth>${client}</Auth></request></GetPaymentPlanParamsEu>`,
      ),
    );
    const text = reply?.body.toString() ?? '';
    expect(reply?.status).toBe(500);
    expect(text).toMatch(
      /<soap:Fault><faultcode>soap:Client<\/faultcode><faultstring>Server was unable to read request. ---&gt; There is an error in XML document \(\d+, \d+\). ---&gt; /u,
    );
    expect(text).toContain(words);
  });

  it('has faults for unknown actions, broken XML, wrong booleans, enumerations and dates, and a DTD', async () => {
    const fault = async (operation: string, inner: string): Promise<string> => {
      const reply = await post(operation, inner.startsWith('<!') ? inner : envelope(inner));
      expect(reply?.status).toBe(500);
      return value(reply?.body.toString() ?? '', 'faultstring') ?? '';
    };
    const gone = 'GetPaymentPlanContractDetailsEu';
    expect(await fault(gone, `<${gone} xmlns="${namespace}"/>`)).toBe(
      `Server did not recognize the value of HTTP Header SOAPAction: ${namespace}/${gone}.`,
    );
    expect(await fault('createordereu', '<x/>')).toContain('did not recognize');
    expect(await fault('Ping', '<x>')).toContain('There is an error in XML document');
    expect(await fault('Ping', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')).toContain('DTD is prohibited');
    const wrong = async (information: string): Promise<string> =>
      fault(
        'CreateOrderEu',
        `<CreateOrderEu xmlns="${namespace}"><request>${auth(clients.invoice)}<CreateOrderInformation>${information}</CreateOrderInformation></request></CreateOrderEu>`,
      );
    expect(await wrong('<OrderType>invoice</OrderType>')).toContain("'invoice' is not a valid value for OrderType.");
    expect(await wrong('<OrderDate>2026-02-30</OrderDate>')).toContain('is not a valid AllXsd value.');
    expect(await wrong(rows(row({ PriceIncludingVat: 'True' })))).toContain('is not a valid Boolean value.');
    expect(await wrong(rows(row({ NumberOfUnits: '' })))).toContain('Input string');
  });

  it('serves its description, and refuses what is too large, no SOAP or elsewhere', async () => {
    const { port } = practice.endpoints.svea;
    const ask = async (
      method: string,
      where: string,
      type = 'text/xml',
      body: string | Buffer = '',
    ): Promise<number | undefined> =>
      (await rawHttp(port, { method, path: where, headers: { 'content-type': type }, body }))?.status;
    const wsdl = await rawHttp(port, { method: 'GET', path: `${path}?wsdl` });
    expect(wsdl?.body.toString()).toContain(`<soap:address location="http://127.0.0.1:${port}${path}"/>`);
    expect(await ask('GET', path)).toBe(200);
    expect(await ask('GET', '/other')).toBe(404);
    expect(await ask('PUT', path)).toBe(405);
    expect(await ask('POST', path, 'application/json', '{}')).toBe(500);
    expect(await ask('POST', path, 'text/xml', Buffer.alloc(5 * 1024 * 1024, 'a'))).toBe(413);
  });
});

describe('an order', () => {
  it.each([
    ['excluding VAT', 'false', ['116.94', '7.26', '4.03'], '159.01'],
    ['including VAT', 'true', ['145', '9', '5'], '159'],
    ['with a tie rounded to even', 'true', ['0.125', '10.005'], '10.12'],
  ])('counts as the service does, %s', async (_what, isIncluding, prices, amount) => {
    const all = prices.map((price) => row({ PricePerUnit: price, PriceIncludingVat: isIncluding, VatPercent: '24' }));
    expect(value(await create({ rows: rows(...all) }), 'Amount')).toBe(amount);
  });

  it('counts discounts, negative rows, text rows and part units', async () => {
    const all = [
      row({ PricePerUnit: '250', NumberOfUnits: '7.5', DiscountPercent: '10' }),
      row({ PricePerUnit: '-10', Description: 'Rabatt (25%)' }),
      row({ PricePerUnit: '0', Description: 'Text' }),
    ];
    // 1687.50 + 421.88 (421.875 to the even cent) - 12.50
    expect(value(await create({ rows: rows(...all) }), 'Amount')).toBe('2096.88');
  });

  it.each<readonly [string, number, OrderParts]>([
    ['no rows', 20021, { rows: '' }],
    ['a sum of nothing', 20006, { rows: rows(row({ PricePerUnit: '-1' })) }],
    ['both VAT bases', 50036, { rows: rows(row(), row({ PriceIncludingVat: 'true' })) }],
    ['a VAT rate with decimals', 20024, { rows: rows(row({ VatPercent: '25.5' })) }],
    ['a VAT rate of three digits', 20024, { rows: rows(row({ VatPercent: '100' })) }],
    ['a discount above 100', 20023, { rows: rows(row({ DiscountPercent: '101' })) }],
    ['1000 units', 20028, { rows: rows(row({ NumberOfUnits: '1000' })) }],
    ['a price of ten digits', 20032, { rows: rows(row({ PricePerUnit: '10000000' })) }],
    ['an article number of 11 characters', 50014, { rows: rows(row({ ArticleNumber: '12345678901' })) }],
    ['a description of 41 characters', 50014, { rows: rows(row({ Description: 'ö'.repeat(41) })) }],
    ['a unit of 4 characters', 50014, { rows: rows(row({ Unit: 'kWh2' })) }],
    ['a number of 33 characters', 50014, { number: 'n'.repeat(33) }],
    ['a reference of 33 characters', 50014, { more: `<CustomerReference>${'r'.repeat(33)}</CustomerReference>` }],
    ['no customer', 50013, { customer: '' }],
    ['no identity number', 50005, { customer: person('') }],
    ['a check digit that is wrong', 40000, { customer: person('194605092223') }],
    ['a company as a person', 40000, { customer: person('5561001008') }],
    ['somebody of another country', 50007, { customer: person('17054512066', 'NO') }],
    ['a country that is none', 40001, { customer: person('1', 'XX') }],
    [
      'an identity structure that is not for the country',
      50021,
      { customer: person().replace('</CustomerIdentity>', '<IndividualIdentity/></CustomerIdentity>') },
    ],
    [
      'a structure for companies',
      50019,
      { customer: person().replace('</CustomerIdentity>', '<CompanyIdentity/></CustomerIdentity>') },
    ],
    [
      'a wrong postcode',
      50025,
      { customer: person().replace('<CountryCode>', '<ZipCode>1234</ZipCode><CountryCode>') },
    ],
    ['an address that is none of theirs', 50023, { more: '<AddressSelector>abc</AddressSelector>' }],
    ['PEPPOL for a person', 50014, { more: '<PeppolId>0007:5620202027</PeppolId>' }],
    ['a kind that the client has not', 50000, { type: 'PaymentPlan' }],
    ['the kind that is gone', 50015, { type: 'Loan' }],
    ['a payment plan in an invoice', 50003, { more: '<CreatePaymentPlanDetails/>' }],
    ['a denied customer', 30002, { customer: person('191906062300') }],
  ])('with %s is refused with %i', async (_what, expected, parts) => {
    const text = await create(parts);
    expect([code(text), value(text, 'Accepted')]).toEqual([expected, 'false']);
    expect(value(text, 'ErrorMessage')).toBeTruthy();
    expect(text).not.toContain('CreateOrderResult');
  });

  it('is not let in with a wrong login, and not made twice under one number', async () => {
    const wrong = await call('GetPaymentPlanParamsEu', '', null);
    expect([code(wrong), value(wrong, 'ErrorMessage')]).toEqual([10000, 'Client authentication failed']);
    expect(code(await create({ client: 1 }))).toBe(10000);
    expect([code(await create()), code(await create())]).toEqual([0, 20019]);
    expect((await events()).map(({ event }) => event)).toEqual(['refused', 'created', 'refused']);
    await tell({ do: 'setUp', areClientOrderNumbersUnique: false });
    expect(code(await create())).toBe(0);
    await tell({ do: 'setUp', areClientOrderNumbersUnique: true });
  });

  it('knows customers of the other countries in their own way', async () => {
    const identity = (inner: string, country: string, type = 'Individual'): string =>
      `<CustomerIdentity>${inner}<CountryCode>${country}</CountryCode><CustomerType>${type}</CustomerType></CustomerIdentity>`;
    const address =
      '<FullName>Theo Giebel</FullName><Street>Zörgiebelweg</Street><ZipCode>13591</ZipCode><HouseNumber>21</HouseNumber><Locality>BERLIN</Locality>';
    const born =
      '<IndividualIdentity><FirstName>Theo</FirstName><LastName>Giebel</LastName><BirthDate>19680403</BirthDate></IndividualIdentity>';
    const german = await create({ client: clients.germany, customer: identity(address + born, 'DE') });
    expect([code(german), value(german, 'HouseNumber')]).toEqual([0, '21']);
    const dutch = address.replace('13591', '1102 HG') + born;
    expect(code(await create({ client: clients.dutch, customer: identity(dutch, 'NL'), number: 'nl-1' }))).toBe(50005);
    const initials = dutch.replace('<BirthDate>', '<Initials>T</Initials><BirthDate>');
    expect(code(await create({ client: clients.dutch, customer: identity(initials, 'NL'), number: 'nl-2' }))).toBe(0);
    const finnish = await create({ client: clients.finland, customer: person('160264-999N', 'FI') });
    expect([code(finnish), finnish.includes('NationalIdNumber')]).toEqual([0, false]);
    expect(code(await create({ client: clients.norway, customer: person('17054512066', 'NO') }))).toBe(0);
  });
});

describe('delivering', () => {
  it('in full gives an invoice, once; then nothing is left to deliver or to close', async () => {
    const id = await orderId();
    const text = await deliver(id, details());
    expect([code(text), value(text, 'Amount'), value(text, 'LowestAmountToPay')]).toEqual([0, '125', '0']);
    expect(Number(value(text, 'Ocr'))).toBeGreaterThan(Number(value(text, 'InvoiceId')));
    const days = (name: string): number =>
      Date.parse(`${value(text, name)?.slice(0, 10) ?? ''}T00:00:00Z`) / 86_400_000;
    expect(days('DueDate') - days('InvoiceDate')).toBe(30);
    expect(code(await deliver(id, details()))).toBe(20000);
    expect(code(await close(id))).toBe(20000);
    expect((await events()).filter(({ event }) => event === 'delivered')).toHaveLength(1);
  });

  it('in parts follows the rows: those of the order one by one, new ones call off the rest, never more than was ordered', async () => {
    const two = [row(), row({ ArticleNumber: '2', PricePerUnit: '50' })];
    const id = await orderId({ rows: rows(...two) });
    expect(value(await deliver(id, details({ rows: rows(two[1] ?? '') })), 'Amount')).toBe('62.50');
    expect(code(await deliver(id, details({ rows: rows(two[1] ?? '') })))).toBe(0);
    expect(code(await close(id))).toBe(20000);
    own = `${own}b`;
    const other = await orderId({ rows: rows(...two) });
    expect(code(await deliver(other, details({ rows: rows(row({ PricePerUnit: '151' })) })))).toBe(24000);
    expect(code(await deliver(other, details({ rows: rows(two[0] ?? '') })))).toBe(0);
    expect(code(await close(other))).toBe(20002);
    expect(code(await deliver(other, details({ rows: rows(two[0] ?? '') })))).toBe(24000);
    expect(code(await deliver(other, details({ rows: rows(two[1] ?? '') })))).toBe(0);
  });

  it('refuses what the specification refuses', async () => {
    const id = await orderId();
    const codeOf = async (inner: string): Promise<number> => code(await deliver(id, inner));
    expect(await codeOf('')).toBe(50009);
    expect(await codeOf(details({ type: '' }))).toBe(50008);
    expect(await codeOf(details({ type: '<InvoiceDistributionType>EInvoiceB2B</InvoiceDistributionType>' }))).toBe(
      50039,
    );
    expect(await codeOf(details({ type: '<InvoiceDistributionType>Peppol</InvoiceDistributionType>' }))).toBe(50038);
    expect(await codeOf(details({ more: '<PrintType>2</PrintType>' }))).toBe(50037);
    expect(await codeOf(details({ rows: '' }))).toBe(20021);
    expect(await codeOf(details({ rows: rows(row({ PriceIncludingVat: 'true' })) }))).toBe(50036);
    expect(await codeOf(details({ credit: '' }))).toBe(50011);
    expect(await codeOf(details({ credit: '<InvoiceIdToCredit>1</InvoiceIdToCredit>' }))).toBe(24500);
    expect(code(await deliver(id, details(), 'PaymentPlan'))).toBe(20005);
    expect(code(await deliver('1', details()))).toBe(20004);
    expect(code(await deliver(id, details(), 'Invoice', clients.norway))).toBe(50016);
    expect(code(await deliver(id, details()))).toBe(0);
  });

  it("of a credit invoice takes no more than the invoice, and only this order's", async () => {
    const id = await orderId();
    const invoice = value(await deliver(id, details()), 'InvoiceId') ?? '';
    const credit = (price: string, which = invoice): Promise<string> =>
      deliver(
        id,
        details({
          credit: `<InvoiceIdToCredit>${which}</InvoiceIdToCredit>`,
          rows: rows(row({ PricePerUnit: price })),
        }),
      );
    expect(code(await credit('60'))).toBe(0);
    expect(code(await credit('40.01'))).toBe(24502);
    const rest = await credit('40');
    expect([code(rest), value(rest, 'Amount')]).toEqual([0, '50']);
    own = `${own}b`;
    const other = value(await deliver(await orderId(), details()), 'InvoiceId') ?? '';
    expect(code(await credit('1', other))).toBe(24501);
  });

  it('of payment plans and account credits is for the whole, or for rows', async () => {
    const plan = await orderId({
      type: 'PaymentPlan',
      client: clients.plan,
      more: '<CreatePaymentPlanDetails><CampaignCode>999999</CampaignCode><SendAutomaticGiroPaymentForm>false</SendAutomaticGiroPaymentForm></CreatePaymentPlanDetails>',
    });
    expect(value(await deliver(plan, '', 'PaymentPlan', clients.plan), 'ContractNumber')).toMatch(/^\d+$/u);
    const credit = await orderId({ type: 'AccountCredit', client: clients.credit });
    const bare = '<DeliverAccountCreditDetails/>';
    expect(code(await deliver(credit, bare, 'AccountCredit', clients.credit))).toBe(20021);
    const text = await deliver(
      credit,
      `<DeliverAccountCreditDetails>${rows()}</DeliverAccountCreditDetails>`,
      'AccountCredit',
      clients.credit,
    );
    expect(value(text, 'AccountCreditId')).toMatch(/^\d+$/u);
    const late = { type: 'PaymentPlan', client: clients.plan, number: 'late-1' };
    expect(
      code(
        await create({
          ...late,
          more: '<CreatePaymentPlanDetails><CampaignCode>1</CampaignCode></CreatePaymentPlanDetails>',
        }),
      ),
    ).toBe(27000);
  });
});

describe('an order that is moved on', () => {
  it('waits, is let go, expires, is denied, and is closed once', async () => {
    const pending = await create({ customer: person('191902022308') });
    expect(pending).toContain('<PendingReasons><string>HighAmount</string></PendingReasons>');
    const id = value(pending, 'SveaOrderId') ?? '';
    expect(code(await deliver(id, details()))).toBe(20013);
    await tell({ do: 'change', sveaOrderId: id, pendingReasons: [] });
    await tell({ do: 'change', clientOrderNumber: own, expiresAt: '2020-01-01T00:00:00Z' });
    expect(code(await deliver(id, details()))).toBe(20003);
    await tell({ do: 'change', sveaOrderId: id, expiresAt: '2099-01-01T00:00:00Z', isDenied: true });
    expect(code(await deliver(id, details()))).toBe(20001);
    await tell({ do: 'change', sveaOrderId: id, isDenied: false });
    expect([code(await close(id)), code(await close(id))]).toEqual([0, 20000]);
    expect(code(await deliver(id, details()))).toBe(20000);
  });

  it('answers with a code on demand, as often as told, and credits only what is approved', async () => {
    await tell({ do: 'answer', operation: 'CreateOrderEu', resultCode: 1000, message: 'Something else', count: 2 });
    expect([code(await create()), code(await create()), code(await create())]).toEqual([1000, 1000, 0]);
    own = `${own}b`;
    await tell({ do: 'pend', reasons: ['BankId', 'HighAmount'] });
    await tell({ do: 'setUp', isApprovingInvoices: false });
    const id = await orderId();
    await tell({ do: 'change', sveaOrderId: id, pendingReasons: [] });
    const invoice = value(await deliver(id, details()), 'InvoiceId') ?? '';
    const credit = details({ credit: `<InvoiceIdToCredit>${invoice}</InvoiceIdToCredit>` });
    expect(code(await deliver(id, credit))).toBe(24503);
    await tell({ do: 'change', sveaOrderId: id, isApproved: true });
    expect(code(await deliver(id, credit))).toBe(0);
    await tell({ do: 'setUp', isApprovingInvoices: true });
    await expect(tell({ do: 'nothing' })).rejects.toThrow();
  });
});

describe('looking up', () => {
  it('finds addresses, several for some, none for others, and says which countries', async () => {
    const ask = (isCompany: boolean, country: string, id: string): Promise<string> =>
      call(
        'GetAddresses',
        `<IsCompany>${isCompany}</IsCompany><CountryCode>${country}</CountryCode><SecurityNumber>${id}</SecurityNumber>`,
      );
    const company = await ask(true, 'SE', '194608142222');
    expect([value(company, 'RejectionCode'), company.match(/<CustomerAddress>/gu)?.length]).toEqual(['Accepted', 3]);
    const selector = /<AddressSelector>([0-9a-f]{32})<[^]*?<AddressSelector>([0-9a-f]{32})</u.exec(company)?.[2] ?? '';
    const customer = person('4608142222').replace('Individual', 'Company');
    const order = await create({ customer, more: `<AddressSelector>${selector}</AddressSelector>` });
    const street = new RegExp(`<AddressLine2>([^<]*)</AddressLine2>(?:(?!</CustomerAddress>).)*${selector}`, 'u').exec(
      company,
    )?.[1];
    expect(value(order, 'Street')).toBe(street);
    const norwegian = await ask(true, 'NO', '923313850');
    expect(value(norwegian, 'Zipcode')).toMatch(/^0\d{3}$/u);
    expect(value(norwegian, 'Postcode')).toBe(String(Number(value(norwegian, 'Zipcode'))));
    const none = await ask(false, 'SE', '4608142222');
    expect([value(none, 'RejectionCode'), value(none, 'ErrorMessage')]).toEqual([
      'NoSuchEntity',
      'No customer address was found',
    ]);
    expect(value(await ask(false, 'NO', '17054512066'), 'ErrorMessage')).toBe(
      'Invalid CountryCode: Supported CountryCodes are: SE, DK.',
    );
  });

  it('finds orders by either number, with their invoices', async () => {
    const id = await orderId();
    await deliver(id, details());
    const ask = (inner: string): Promise<string> => call('GetOrders', inner);
    const byOwn = await ask(
      `<ClientOrderNr>${own}</ClientOrderNr><ClientOrderNrIncluded>true</ClientOrderNrIncluded><SveaOrderNr>0</SveaOrderNr><SveaOrderNrIncluded>false</SveaOrderNrIncluded>`,
    );
    expect([value(byOwn, 'SveaOrderNr'), value(byOwn, 'IsActive'), value(byOwn, 'RejectionCode')]).toEqual([
      id,
      'false',
      'Accepted',
    ]);
    expect([value(byOwn, 'InvoiceAmountWithoutVat'), value(byOwn, 'InvoiceVat')]).toEqual(['100', '25']);
    expect(await ask(`<SveaOrderNr>${id}</SveaOrderNr><SveaOrderNrIncluded>1</SveaOrderNrIncluded>`)).toContain(own);
    expect(
      value(
        await ask('<ClientOrderNr>no such</ClientOrderNr><ClientOrderNrIncluded>true</ClientOrderNrIncluded>'),
        'RejectionCode',
      ),
    ).toBe('OrderDoesNotExist');
    expect(value(await ask(''), 'RejectionCode')).toBe('NoSearchParametersSupplied');
  });

  it('gives each client its campaigns', async () => {
    const plans = await call('GetPaymentPlanParamsEu', '', clients.plan);
    expect(plans).toContain(
      '<CampaignCode>999999</CampaignCode><Description>Dela upp betalningen på 24 månader</Description><PaymentPlanType>Standard</PaymentPlanType><ContractLengthInMonths>24</ContractLengthInMonths><MonthlyAnnuityFactor>0.050020791054524637</MonthlyAnnuityFactor>',
    );
    expect(await call('GetPaymentPlanParamsEu', '')).toContain('<ResultCode>0</ResultCode><CampaignCodes />');
    expect(
      (await call('GetAccountCreditParamsEu', '', clients.credit)).match(/<AccountCreditCampaignCodeInfo>/gu),
    ).toHaveLength(1);
  });
});

describe('a fault on command', () => {
  const request = (): string =>
    envelope(
      `<CreateOrderEu xmlns="${namespace}"><request>${auth(clients.invoice)}<CreateOrderInformation><ClientOrderNumber>${own}</ClientOrderNumber>${rows()}${person()}<OrderDate>2026-11-21</OrderDate><OrderType>Invoice</OrderType></CreateOrderInformation></request></CreateOrderEu>`,
    );
  const spoil = (order: object): Promise<void> =>
    practice.misbehave({ provider: 'svea', mode: 'cut', operation: 'CreateOrderEu', count: 1, ...order });

  it.each([
    ['before the effect', { phase: 'before-effect' }, 0],
    ['while the request comes in', { phase: 'in-request' }, 0],
    ['after the effect', { phase: 'after-effect-before-reply' }, 1],
    ['within the reply', { phase: 'in-reply' }, 1],
  ])('cuts the connection %s', async (_what, order, made) => {
    await spoil(order);
    const reply = await post('CreateOrderEu', request());
    expect(reply === null || reply.isCut).toBe(true);
    expect(await events()).toHaveLength(made);
    expect(code((await post('CreateOrderEu', request()))?.body.toString() ?? '')).toBe(made === 0 ? 0 : 20019);
  });

  it('refuses, is late, or spoils the reply, for the operation it was told and no other', async () => {
    await spoil({ mode: 'refuse', phase: 'before-effect', httpStatus: 503, retryAfterSeconds: 7 });
    expect(await call('Ping', '', null)).toContain('ACK');
    const refused = await post('CreateOrderEu', request());
    expect([refused?.status, refused?.headers.get('retry-after'), refused?.headers.get('content-type')]).toEqual([
      503,
      '7',
      'text/html; charset=utf-8',
    ]);
    await spoil({ mode: 'refuse', phase: 'after-effect-before-reply', httpStatus: 500 });
    expect((await post('CreateOrderEu', request()))?.status).toBe(500);
    expect(await events()).toHaveLength(1);
    own = `${own}b`;
    await spoil({ mode: 'garble', phase: 'in-reply' });
    const spoilt = await post('CreateOrderEu', request());
    expect([spoilt?.status, spoilt?.isCut, spoilt?.body.includes('</soap:Envelope>')]).toEqual([200, false, false]);
    own = `${own}b`;
    await spoil({ mode: 'answer-after', phase: 'before-effect', delayMs: 20 });
    expect(code((await post('CreateOrderEu', request()))?.body.toString() ?? '')).toBe(0);
    await practice.misbehave({ provider: 'svea', mode: 'none' });
  });

  it('or the end of the process loses nothing that was done', async () => {
    const id = await orderId();
    const invoice = value(await deliver(id, details()), 'InvoiceId') ?? '';
    await practice.stop();
    practice = await startPracticeProcess({ entry: practiceEntry, dir });
    expect(code(await create())).toBe(20019);
    expect(code(await deliver(id, details()))).toBe(20000);
    const next = `${own}-next`;
    expect(Number(await orderId({ number: next }))).toBeGreaterThan(Number(id));
    expect(code(await deliver(id, details({ credit: `<InvoiceIdToCredit>${invoice}</InvoiceIdToCredit>` })))).toBe(0);
    expect((await practice.state()).providers.find(({ provider }) => provider === 'svea')?.received).toBeGreaterThan(0);
  });
});
