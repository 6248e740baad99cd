// The practice Svea behind HTTP: reads SOAP 1.1 and 1.2, checks the login, calls the operation, answers as the real service does.

import { XmlFault, readXml } from '../xml-tree.ts';
import type { XmlElement } from '../xml-tree.ts';
import { htmlPage } from '../http-provider.ts';
import type { HttpService, PracticeReply, PracticeRequest, RequestHead } from '../http-provider.ts';
import type { Ledger } from '../ledger.ts';
import { sveaClients } from './clients.ts';
import type { SveaClient } from './clients.ts';
import { SveaCommands } from './commands.ts';
import { createOrder } from './create-order.ts';
import { deliverOrder } from './deliver-order.ts';
import type { Desk, Outcome } from './desk.ts';
import { Fields, sveaNamespace } from './fields.ts';
import type { SveaEntry } from './ledger-entries.ts';
import { accountCredits, addressesOf, closeOrder, ordersOf, paymentPlans } from './look-ups.ts';
import { OrderBook } from './order-book.ts';
import { rejection } from './result-codes.ts';
import { SoapFault, unreadable } from './soap-fault.ts';
import { answerText, faultText, soapVersions } from './soap-text.ts';
import type { SoapNode, SoapVersion } from './soap-text.ts';
import { wsdlText } from './wsdl.ts';

/** The service's path; letter case does not matter. */
const servicePath = '/sveawebpay.asmx';
/** What ASP.NET takes unless told otherwise. */
const maxBodyBytes = 4 * 1024 * 1024;
const operations = [
  'CreateOrderEu',
  'DeliverOrderEu',
  'CloseOrderEu',
  'GetPaymentPlanParamsEu',
  'GetAccountCreditParamsEu',
  'GetAddresses',
  'GetOrders',
  'Ping',
] as const;
type Operation = (typeof operations)[number];
/** Operations whose refusals are worth a line in the ledger: they would have changed something. */
const effects: ReadonlySet<Operation> = new Set(['CreateOrderEu', 'DeliverOrderEu', 'CloseOrderEu']);

/** How the service is made. */
export interface SveaServiceOptions {
  readonly user: string;
  readonly password: string;
  readonly ledger: Ledger<SveaEntry>;
}

/** Makes the service from what its ledger has. */
export async function openSveaService(options: SveaServiceOptions): Promise<HttpService> {
  return new SveaService(options, await OrderBook.open(options.ledger));
}

class SveaService implements HttpService {
  readonly maxBodyBytes = maxBodyBytes;
  readonly #options: SveaServiceOptions;
  readonly #book: OrderBook;
  readonly #commands: SveaCommands;

  constructor(options: SveaServiceOptions, book: OrderBook) {
    this.#options = options;
    this.#book = book;
    this.#commands = new SveaCommands(book);
  }

  operationOf(head: RequestHead): string | null {
    return actionOf(head)?.split('/').at(-1) ?? null;
  }

  instruct(command: unknown): Promise<unknown> {
    return this.#commands.carryOut(command);
  }

  async answer(request: PracticeRequest): Promise<PracticeReply> {
    if (request.url.pathname.toLowerCase() !== servicePath) return htmlPage(404, 'The resource cannot be found.');
    if (request.method === 'GET') return describe(request);
    if (request.method !== 'POST') return htmlPage(405, 'The verb is not allowed.');
    const version = versionOf(request);
    if (version === null) return htmlPage(500, `Request format is invalid: ${request.headers['content-type'] ?? ''}.`);
    try {
      return soapReply(version, 200, await this.#carryOut(request, version));
    } catch (error) {
      if (!(error instanceof SoapFault)) throw error;
      // SOAP 1.1 has 500 for every fault; 1.2 has 400 where the sender is to blame.
      const status = version === '1.2' && error.blame === 'client' ? 400 : 500;
      return soapReply(version, status, faultText(version, error.blame, error.message));
    }
  }

  async #carryOut(request: PracticeRequest, version: SoapVersion): Promise<string> {
    const body = readBody(request, version);
    const operation = operationIn(request, body);
    const wrapper = body.children.find(({ name, namespace }) => name === operation && namespace === sveaNamespace);
    if (operation === 'Ping') return answerText(version, operation, [['PingResult', 'ACK']]);
    const sent = wrapper === undefined ? null : new Fields(wrapper).part('request');
    const nodes = await this.#ask(operation, sent ?? new Fields(emptyElement), request.body);
    return answerText(version, operation, [[`${operation}Result`, nodes]]);
  }

  async #ask(operation: Exclude<Operation, 'Ping'>, sent: Fields, raw: Buffer): Promise<readonly SoapNode[]> {
    const client = this.#login(sent.part('Auth'));
    const desk = client === null ? null : this.#deskOf(client);
    if (operation === 'GetAddresses') return addressesOf(client, sent);
    if (operation === 'GetOrders') return ordersOf(desk, sent);
    const ordered = this.#commands.takeAnswer(operation);
    const outcome = ordered ?? (desk === null ? rejection(10000) : await this.#work(operation, { desk, sent, raw }));
    if (!('code' in outcome)) return [['Accepted', true], ['ResultCode', 0], ...outcome];
    if (effects.has(operation)) await this.#writeRefusal(operation, sent, outcome);
    return [
      ['Accepted', false],
      ['ErrorMessage', outcome.message],
      ['ResultCode', outcome.code],
    ];
  }

  #work(
    operation: Exclude<Operation, 'Ping' | 'GetAddresses' | 'GetOrders'>,
    { desk, sent, raw }: { readonly desk: Desk; readonly sent: Fields; readonly raw: Buffer },
  ): Promise<Outcome> | Outcome {
    switch (operation) {
      case 'CreateOrderEu':
        return createOrder(desk, sent, raw);
      case 'DeliverOrderEu':
        return deliverOrder(desk, sent);
      case 'CloseOrderEu':
        return closeOrder(desk, sent);
      case 'GetPaymentPlanParamsEu':
        return paymentPlans(desk);
      case 'GetAccountCreditParamsEu':
        return accountCredits(desk);
    }
  }

  #deskOf(client: SveaClient): Desk {
    return {
      client,
      book: this.#book,
      settings: this.#commands.settings,
      takePendingReasons: () => this.#commands.takePendingReasons(),
    };
  }

  #login(auth: Fields | null): SveaClient | null {
    if (auth === null) return null;
    const number = auth.int('ClientNumber');
    const isRight = auth.text('Username') === this.#options.user && auth.text('Password') === this.#options.password;
    return isRight ? (sveaClients.find(({ clientNumber }) => clientNumber === number) ?? null) : null;
  }

  async #writeRefusal(
    operation: Operation,
    sent: Fields,
    outcome: { readonly code: number; readonly message: string },
  ): Promise<void> {
    const part = sent.part('DeliverOrderInformation') ?? sent.part('CloseOrderInformation');
    await this.#book.record({
      event: 'refused',
      operation,
      clientOrderNumber: sent.part('CreateOrderInformation')?.filled('ClientOrderNumber') ?? null,
      sveaOrderId: part?.filled('SveaOrderId') ?? null,
      resultCode: outcome.code,
      message: outcome.message,
    });
  }
}

const emptyElement: XmlElement = {
  name: 'request',
  namespace: sveaNamespace,
  attributes: [],
  children: [],
  text: '',
  line: 1,
  column: 1,
};

function describe(request: PracticeRequest): PracticeReply {
  if (request.url.search.toLowerCase() !== '?wsdl') return htmlPage(200, `SveaWebPay: ${operations.join(', ')}`);
  const address = `http://${request.headers.host ?? 'localhost'}${servicePath}`;
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: wsdlText(address) };
}

function versionOf({ headers }: RequestHead): SoapVersion | null {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'text/xml') return '1.1';
  return type === 'application/soap+xml' ? '1.2' : null;
}

/** SOAPAction, or the action parameter of SOAP 1.2; with and without quotes. Null: none. */
function actionOf({ headers }: RequestHead): string | null {
  const header = headers.soapaction;
  const parameter = /;\s*action="?([^";]+)"?/iu.exec(headers['content-type'] ?? '')?.[1];
  const action = (typeof header === 'string' ? header : (parameter ?? '')).trim().replace(/^"(.*)"$/u, '$1');
  return action === '' ? null : action;
}

/** The operation by its action, letter by letter; without one, SOAP 1.2 goes by the element. */
function operationIn(request: PracticeRequest, body: XmlElement): Operation {
  const action = actionOf(request) ?? '';
  const isByElement = action === '' && versionOf(request) === '1.2';
  const first = body.children[0];
  const asked = isByElement && first?.namespace === sveaNamespace ? `${sveaNamespace}/${first.name}` : action;
  const operation = operations.find((name) => asked === `${sveaNamespace}/${name}`);
  if (operation !== undefined) return operation;
  throw new SoapFault(
    'client',
    versionOf(request) === '1.1'
      ? `Server did not recognize the value of HTTP Header SOAPAction: ${action}.`
      : `Unable to handle request. The action '${asked}' was not recognized.`,
  );
}

function readBody(request: PracticeRequest, version: SoapVersion): XmlElement {
  const charset = /;\s*charset="?([^";\s]+)"?/iu.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  try {
    const root = readXml(new TextDecoder(charset, { fatal: true }).decode(request.body));
    const { namespace } = soapVersions[version];
    const body = root.children.find((child) => child.name === 'Body' && child.namespace === namespace);
    if (root.name === 'Envelope' && root.namespace === namespace && body !== undefined) return body;
    throw unreadable(root, 'The SOAP envelope or its body is missing.');
  } catch (error) {
    if (error instanceof XmlFault) throw unreadable(error, error.message);
    // A charset that is none, or bytes that are not of it.
    if (error instanceof TypeError || error instanceof RangeError)
      throw unreadable({ line: 1, column: 1 }, 'Invalid character in the given encoding.');
    throw error;
  }
}

function soapReply(version: SoapVersion, status: number, body: string): PracticeReply {
  return {
    status,
    headers: { 'content-type': soapVersions[version].type, 'cache-control': 'private, max-age=0' },
    body,
  };
}
