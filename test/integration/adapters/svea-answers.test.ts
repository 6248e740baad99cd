// Answers as the real service gives them, and as it may give them one day: what is missing, nil, new or out of order is read for what it says, and no more.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSveaAdapter } from '../../../src/main/adapters/svea/adapter.ts';
import { resourcesFolder } from '../../../src/main/platform/entry-points.ts';
import type { OrderService } from '../../../src/main/ports/order-service.ts';
import { sveaConfig } from '../../support/svea-samples.ts';

const { signal } = new AbortController();
const adapter = createSveaAdapter({ resourcesDir: resourcesFolder(), replyTimeoutMs: 5_000 });
let answer: { readonly status: number; readonly body: string } = { status: 200, body: '' };
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(answer.status, { 'Content-Type': 'text/xml; charset=utf-8' }).end(answer.body);
  });
});

let service: OrderService;
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/sveawebpay.asmx`;
  const opened = await adapter.orders?.open({ connectionId: 'svea', config: sveaConfig({ url }), secret: 'x' });
  if (opened === undefined) throw new Error('Svea has a desk');
  service = opened;
});
afterAll(() => new Promise<void>((closed) => server.close(() => closed())));

/** In the service's form: prefix `soap`, unused declarations, a default namespace on the answer, no white space. */
function answers(operation: string, result: string): void {
  const body = `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body><${operation}Response xmlns="https://webservices.sveaekonomi.se/webpay"><${operation}Result>${result}</${operation}Result></${operation}Response></soap:Body></soap:Envelope>`;
  answer = { status: 200, body };
}
function faults(code: string, words: string): void {
  const body = `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${words}</faultstring><detail /></soap:Fault></soap:Body></soap:Envelope>`;
  answer = { status: 500, body };
}
const accepted = '<Accepted>true</Accepted><ResultCode>0</ResultCode>';
const of = { country: 'NO', isCompany: true, number: '923313850' };

test('addresses: one or none in the list, nil ones between, postcodes with their zeros, elements and values that are new', async () => {
  const one =
    '<CustomerAddress><LegalName>Ola Normann</LegalName><Postcode>259</Postcode><Postarea>Oslo</Postarea><BusinessType>Cooperative</BusinessType><AddressSelector>0a1b</AddressSelector><Loyalty>gold</Loyalty></CustomerAddress>';
  const found = { selector: '0a1b', name: 'Ola Normann', lines: [], postalCode: '0259', city: 'Oslo' };
  const list = (items: string): void =>
    answers(
      'GetAddresses',
      `<Accepted>true</Accepted><RejectionCode>Accepted</RejectionCode><Addresses>${items}</Addresses>`,
    );
  list(one);
  expect(await service.addresses(of, signal)).toEqual({ ok: true, value: [found] });
  list(
    `<CustomerAddress xsi:nil="true" />${one}${one.replace('259</Postcode>', '259</Postcode><Zipcode>0260</Zipcode>')}`,
  );
  expect(await service.addresses(of, signal)).toMatchObject({
    value: [{ postalCode: '0259' }, { postalCode: '0260' }],
  });
  list('');
  expect(await service.addresses(of, signal)).toEqual({ ok: true, value: [] });
  answers('GetAddresses', '<Accepted>true</Accepted><RejectionCode>Accepted</RejectionCode>');
  expect(await service.addresses(of, signal)).toEqual({ ok: true, value: [] });
  // `Error` is a refusal whatever Accepted says; nobody there is none.
  answers(
    'GetAddresses',
    '<Accepted>true</Accepted><ErrorMessage>Invalid CountryCode</ErrorMessage><RejectionCode>Error</RejectionCode>',
  );
  expect(await service.addresses(of, signal)).toMatchObject({
    ok: false,
    code: 'svea.addresses-refused',
    detail: 'Invalid CountryCode',
  });
  answers('GetAddresses', '<Accepted>false</Accepted><RejectionCode>NoSuchEntity</RejectionCode>');
  expect(await service.addresses(of, signal)).toEqual({ ok: true, value: [] });
});

test('campaigns and orders: elements in another order, new types, decimals of any scale, ids with their digits', async () => {
  answers(
    'GetPaymentPlanParamsEu',
    `${accepted}<EffectiveInterest>9</EffectiveInterest><CampaignCodes><CampaignCodeInfo><ToAmount>50000.00</ToAmount><CampaignCode>0012</CampaignCode><PaymentPlanType>Balloon</PaymentPlanType><ContractLengthInMonths>24</ContractLengthInMonths><MonthlyAnnuityFactor>0.050020791054524637</MonthlyAnnuityFactor><InitialFee>0</InitialFee><NotificationFee>29.00</NotificationFee><FromAmount>100</FromAmount></CampaignCodeInfo></CampaignCodes>`,
  );
  expect(await service.planCampaigns(signal)).toMatchObject({
    value: [{ code: '0012', type: 'Balloon', monthlyAnnuityFactor: '0.050020791054524637', notificationFee: '29.00' }],
  });
  answers(
    'GetOrders',
    '<Accepted>true</Accepted><RejectionCode>Accepted</RejectionCode><Orders><OrderStatus><ClientOrderNr>00ab</ClientOrderNr><IsActive>1</IsActive><ClosedDate xsi:nil="true" /><SveaOrderNr>9007199254740993</SveaOrderNr><CurrentAmount>159.01</CurrentAmount><Invoices><InvoiceStatus><InvoiceAmountWithoutVat>-128.23</InvoiceAmountWithoutVat><InvoiceNumber>77</InvoiceNumber></InvoiceStatus></Invoices></OrderStatus></Orders>',
  );
  expect(await service.orders({ ownNumber: '00ab' }, signal)).toMatchObject({
    value: [
      {
        orderId: '9007199254740993',
        ownNumber: '00ab',
        isActive: true,
        closedAt: null,
        invoices: [{ number: '77', dueDate: null, isCredit: true }],
      },
    ],
  });
});

test('an operation that is gone, a request that cannot be read and a broken service are told apart', async () => {
  faults('Client', 'Server did not recognize the value of HTTP Header SOAPAction: x.');
  expect(await service.contract('36.00', signal)).toMatchObject({ ok: false, code: 'svea.method-gone' });
  faults('Client', 'Server was unable to read request. ---> Input string was not in a correct format.');
  expect(await service.planCampaigns(signal)).toMatchObject({ ok: false, code: 'svea.fault-client' });
  expect(await service.close('4711', signal)).toMatchObject({ kind: 'notSent', code: 'svea.fault-client' });
  faults('Server', 'Server was unable to process request.');
  expect(await service.close('4711', signal)).toMatchObject({ kind: 'unknown', code: 'svea.fault-server' });
  // Accepted without a word more is done; nothing that says so is not.
  answers('CloseOrderEu', accepted);
  expect(await service.close('4711', signal)).toMatchObject({ kind: 'accepted' });
  answer = { status: 200, body: '<html>the firewall says hello</html>' };
  expect(await service.close('4711', signal)).toMatchObject({ kind: 'unknown', code: 'svea.unreadable' });
});
