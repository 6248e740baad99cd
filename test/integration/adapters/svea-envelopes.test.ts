// What goes over the wire, operation by operation: kept as files, and valid against the types of our WSDL (order, nil, no empty numbers).

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mapOrder } from '../../../src/main/adapters/svea/compose.ts';
import type { Operation } from '../../../src/main/adapters/svea/results.ts';
import { createSveaClient } from '../../../src/main/adapters/svea/soap-client.ts';
import type { SveaClient } from '../../../src/main/adapters/svea/soap-client.ts';
import { resourcesFolder } from '../../../src/main/platform/entry-points.ts';
import type { SveaConfig } from '../../../src/shared/schema/connection.ts';
import type { Party } from '../../../src/shared/schema/invoice.ts';
import { sveaConfig, sveaInvoice, swedishCompany, swedishPerson } from '../../support/svea-samples.ts';

const namespace = 'https://webservices.sveaekonomi.se/webpay';
const seen: { action: string; type: string; body: string }[] = [];
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { soapaction = '', 'content-type': type = '' } = request.headers;
    seen.push({ action: String(soapaction), type, body: Buffer.concat(parts).toString('utf8') });
    response.writeHead(503).end();
  });
});

let client: SveaClient;
let validator: XsdValidator;
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  client = await createSveaClient({
    resourcesDir: resourcesFolder(),
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/sveawebpay.asmx`,
    login: { clientNumber: '79021', username: 'Åsa & Co', password: '<hemligt>' },
    limits: { connectTimeoutMs: 5_000, replyTimeoutMs: 5_000, maxReplyBytes: 1_000 },
  });
  const wsdl = await readFile(join(resourcesFolder(), 'svea', 'webpay.wsdl'), 'utf8');
  const schema = /<s:schema[\s\S]*<\/s:schema>/u.exec(wsdl)?.[0] ?? '';
  const names = `xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns:tns="${namespace}"`;
  validator = XsdValidator.fromDoc(XmlDocument.fromString(schema.replace('<s:schema', `<s:schema ${names}`)));
});
afterAll(() => new Promise<void>((closed) => server.close(() => closed())));

function orderOf(buyer: Party, config: Partial<SveaConfig> = {}, addressSelector: string | null = null): object {
  const currency = config.country === 'DE' || config.country === 'NL' ? 'EUR' : 'SEK';
  const chosen = { addressSelector, credited: null };
  const mapped = mapOrder(sveaInvoice({ buyer, currency }), sveaConfig(config), chosen);
  if (!mapped.ok) throw new Error(JSON.stringify(mapped.error));
  return { CreateOrderInformation: { ClientOrderNumber: '0123456789abcdef0123456789abcdef', ...mapped.value.order } };
}
const house = { street: 'Hauptstraße 12 a', street2: null, postalCode: '10115', city: 'Berlin' };
const german: Party = {
  ...swedishCompany,
  name: 'Muster GmbH',
  vatNumber: 'DE123456789',
  address: { ...house, country: 'DE' },
};
const dutch: Party = {
  ...swedishPerson,
  name: 'Eva Muster',
  registrationNumber: '1980-01-31',
  address: { street: 'Keizersgracht 7', street2: null, postalCode: '1015 CJ', city: 'Amsterdam', country: 'NL' },
};
const rows = () => mapOrder(sveaInvoice({ buyer: swedishCompany }), sveaConfig());
const orderRows = () => {
  const mapped = rows();
  return mapped.ok ? mapped.value.order.OrderRows.OrderRow : [];
};
const delivery = (isCredit: boolean, count = 99): object => {
  const mapped = rows();
  if (!mapped.ok) throw new Error('does not fit');
  return {
    DeliverOrderInformation: {
      SveaOrderId: '4711',
      OrderType: 'Invoice',
      DeliverInvoiceDetails: {
        ...mapped.value.delivery,
        IsCreditInvoice: isCredit,
        InvoiceIdToCredit: isCredit ? '90001' : null,
        OrderRows: { OrderRow: mapped.value.order.OrderRows.OrderRow.slice(0, count) },
        PrintType: null,
      },
    },
  };
};

test.each<readonly [string, Operation, () => object]>([
  ['create-invoice-person', 'CreateOrderEu', () => orderOf(swedishPerson)],
  ['create-invoice-company-peppol', 'CreateOrderEu', () => orderOf(swedishCompany, { distribution: 'Peppol' })],
  [
    'create-payment-plan',
    'CreateOrderEu',
    () => orderOf(swedishPerson, { orderType: 'PaymentPlan', campaignCode: '213060' }),
  ],
  ['create-account-credit', 'CreateOrderEu', () => orderOf(swedishPerson, { orderType: 'AccountCredit' })],
  ['create-invoice-chosen-address', 'CreateOrderEu', () => orderOf(swedishPerson, {}, '5F1C')],
  ['create-invoice-german-company', 'CreateOrderEu', () => orderOf(german, { country: 'DE' })],
  ['create-invoice-dutch-person', 'CreateOrderEu', () => orderOf(dutch, { country: 'NL' })],
  ['deliver-invoice', 'DeliverOrderEu', () => delivery(false)],
  ['deliver-invoice-partly', 'DeliverOrderEu', () => delivery(false, 2)],
  [
    'deliver-account-credit',
    'DeliverOrderEu',
    () => ({
      DeliverOrderInformation: {
        SveaOrderId: '4711',
        OrderType: 'AccountCredit',
        DeliverAccountCreditDetails: { OrderRows: { OrderRow: orderRows().slice(0, 1) } },
      },
    }),
  ],
  ['deliver-credit', 'DeliverOrderEu', () => delivery(true)],
  [
    'deliver-payment-plan',
    'DeliverOrderEu',
    () => ({ DeliverOrderInformation: { SveaOrderId: '4711', OrderType: 'PaymentPlan' } }),
  ],
  ['close', 'CloseOrderEu', () => ({ CloseOrderInformation: { SveaOrderId: '4711' } })],
  ['campaigns', 'GetPaymentPlanParamsEu', () => ({})],
  ['account-credits', 'GetAccountCreditParamsEu', () => ({})],
  ['contract-details', 'GetPaymentPlanContractDetailsEu', () => ({ MonthlyAmount: '100.00' })],
  ['addresses', 'GetAddresses', () => ({ IsCompany: false, CountryCode: 'SE', SecurityNumber: '0202540000' })],
  [
    'orders',
    'GetOrders',
    () => ({ ClientOrderNr: 'abc', ClientOrderNrIncluded: true, SveaOrderNr: '0', SveaOrderNrIncluded: false }),
  ],
  ['ping', 'Ping', () => ({})],
])('%s', async (name, operation, request) => {
  seen.length = 0;
  await client.call(operation, request(), { signal: new AbortController().signal });
  const [sent] = seen;
  expect(seen).toHaveLength(1);
  expect(sent?.action).toBe(`"${namespace}/${operation}"`);
  expect(sent?.type).toBe('text/xml; charset=utf-8');
  const envelope = sent?.body ?? '';
  const inner = /<soap:Body>(.*)<\/soap:Body>/su.exec(envelope)?.[1] ?? '';
  const withNames = inner.replace('xmlns=', 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns=');
  const document = XmlDocument.fromString(withNames);
  validator.validate(document);
  document.dispose();
  await expect(`${envelope.replaceAll('><', '>\n<')}\n`).toMatchFileSnapshot(`../../fixtures/svea/${name}.xml`);
});
