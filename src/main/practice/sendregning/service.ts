// The practice SendRegning behind HTTP: login, the matrix of actions and types, the form that carries the XML, and the form of the reply.

import { timingSafeEqual } from 'node:crypto';
import { htmlPage } from '../http-provider.ts';
import type { HttpService, PracticeReply, PracticeRequest, RequestHead } from '../http-provider.ts';
import type { Ledger } from '../ledger.ts';
import { XmlFault, readXml } from '../xml-tree.ts';
import type { XmlElement } from '../xml-tree.ts';
import { cannedInvoices, cannedRegister, cannedStatus } from './canned.ts';
import { SwsCommands } from './commands.ts';
import { pdfOf, whiteJpg } from './documents.ts';
import { readDunnings, takeDunnings } from './dunnings.ts';
import { SwsFault, faultPage, incorrect } from './fault.ts';
import { InvoiceBook } from './invoice-book.ts';
import { invoicesNode, statusNode, unmarked } from './invoice-replies.ts';
import type { Marks } from './invoice-replies.ts';
import type { SwsEntry } from './ledger-entries.ts';
import { readForm } from './multipart.ts';
import type { FormPart } from './multipart.ts';
import { readInvoices } from './read-invoices.ts';
import {
  balanceNode,
  categoriesNode,
  constantsNode,
  countriesNode,
  recipientsNode,
  salesLedgerNode,
} from './register-replies.ts';
import { jsonText, stirred, xmlText } from './reply-writer.ts';
import type { SwsNode } from './reply-writer.ts';
import { selectInvoices } from './select-invoices.ts';
import { countBatch, takeBatch } from './send-invoices.ts';

const servicePath = '/ws/butler.do';
/** Largest document, in bytes of UTF-8, before the form around it. */
const maxXmlBytes = 2_097_152;
const maxBodyBytes = 2 * maxXmlBytes;

/** What the guide's matrix and the vendor's clients know, and by which method. `501`: known, with a format that nobody has published. */
const matrix: Readonly<Record<string, 'GET' | 'POST' | '501'>> = {
  'send invoice': 'POST',
  'send dunning': 'POST',
  'select invoice': 'POST',
  'select invoice-status': 'POST',
  'select recipient': 'GET',
  'select recipientCategories': 'GET',
  'select salesledger': 'GET',
  'select balance': 'GET',
  'select constant': 'GET',
  'select country': 'GET',
  'select product': '501',
  'insert recipient': '501',
  'insert product': '501',
  'update invoice': '501',
  'update recipient': '501',
  'update product': '501',
  'delete recipient': '501',
  'delete product': '501',
};

/** How the service is made. */
export interface SendregningServiceOptions {
  readonly user: string;
  readonly password: string;
  readonly ledger: Ledger<SwsEntry>;
}

/** What a request asks for, once its parameters are read. */
interface Call {
  readonly action: string;
  readonly parameters: URLSearchParams;
  readonly isTest: boolean;
  readonly xml: Buffer | null;
}

/** A reply before its form is chosen; null: 204. */
type Answer = SwsNode | PracticeReply | null;

/** Makes the service from what its ledger has. */
export async function openSendregningService(options: SendregningServiceOptions): Promise<HttpService> {
  return new SendregningService(options, await InvoiceBook.open(options.ledger));
}

class SendregningService implements HttpService {
  readonly maxBodyBytes = maxBodyBytes;
  readonly #login: Buffer;
  readonly #book: InvoiceBook;
  readonly #commands: SwsCommands;
  #replies = 0;

  constructor(options: SendregningServiceOptions, book: InvoiceBook) {
    this.#login = Buffer.from(`${options.user}:${options.password}`);
    this.#book = book;
    this.#commands = new SwsCommands(book);
  }

  operationOf({ url }: RequestHead): string | null {
    const [action, type] = ['action', 'type'].map((name) => url.searchParams.get(name));
    return action === null || type === null ? null : `${action ?? ''} ${type ?? ''}`;
  }

  instruct(command: unknown): Promise<unknown> {
    return this.#commands.carryOut(command);
  }

  async answer(request: PracticeRequest): Promise<PracticeReply> {
    const { settings } = this.#commands;
    if (settings.isMaintained) return htmlPage(503, 'SendRegning.no is being upgraded.');
    if (request.url.pathname !== servicePath) return htmlPage(404, 'The requested resource is not available.');
    if (!this.#knows(request.headers.authorization)) {
      const page = htmlPage(401, 'This request requires HTTP authentication.');
      return { ...page, headers: { ...page.headers, 'www-authenticate': 'Basic realm="SendRegning"' } };
    }
    if (settings.htmlReplies > 0) {
      settings.htmlReplies -= 1;
      return { ...htmlPage(200, 'Something went wrong.'), status: 200 };
    }
    const call = readCall(request);
    try {
      if (call instanceof SwsFault) throw call;
      return this.#form(await this.#carryOut(call), request);
    } catch (error) {
      const fault =
        error instanceof XmlFault ? incorrect(`${error.message} Line ${error.line}, column ${error.column}`) : error;
      if (!(fault instanceof SwsFault)) throw fault;
      await this.#writeRefusal(call, fault);
      return faultPage(fault);
    }
  }

  async #carryOut(call: Call): Promise<Answer> {
    switch (call.action) {
      case 'send invoice':
        return this.#sendInvoices(call);
      case 'send dunning':
        return this.#sendDunnings(call);
      case 'select invoice':
        return this.#selectInvoices(call);
      case 'select invoice-status': {
        const { invoices } = selectInvoices(this.#book, documentOf(call), 'select-status');
        if (call.isTest) return cannedStatus();
        return invoices.length === 0 ? null : statusNode(invoices);
      }
      case 'select constant':
        return constantsNode();
      case 'select country':
        return countriesNode();
      default:
        return this.#register(call);
    }
  }

  async #sendInvoices(call: Call): Promise<Answer> {
    const batch = readInvoices(documentOf(call));
    if (call.isTest && !this.#commands.settings.isCounting) return cannedInvoices();
    if (call.isTest)
      return invoicesNode(countBatch(batch), this.#marks({ batchId: batch.batchId, hasClientIds: true }));
    const invoices = await takeBatch(this.#book, batch, call.xml ?? Buffer.alloc(0));
    return invoicesNode(invoices, this.#marks({ batchId: batch.batchId, hasClientIds: true }));
  }

  async #sendDunnings(call: Call): Promise<Answer> {
    const document = documentOf(call);
    if (!call.isTest) return invoicesNode(await takeDunnings(this.#book, document), this.#marks());
    readDunnings(this.#book, document);
    return cannedInvoices();
  }

  #selectInvoices(call: Call): Answer {
    const { invoices, format } = selectInvoices(this.#book, documentOf(call), 'select');
    if (call.isTest && format === 'XML') return cannedInvoices();
    if (invoices.length === 0 || this.#isListingLate()) return null;
    switch (format) {
      case 'PDF':
        return { status: 200, headers: { 'content-type': 'application/pdf' }, body: pdfOf(invoices) };
      case 'JPG':
        return { status: 200, headers: { 'content-type': 'image/jpeg' }, body: whiteJpg() };
      case 'XML':
        return invoicesNode(invoices, this.#marks());
    }
  }

  #isListingLate(): boolean {
    const { settings } = this.#commands;
    if (settings.emptySelections === 0) return false;
    settings.emptySelections -= 1;
    return true;
  }

  #register({ action, parameters, isTest }: Call): Answer {
    const recipientNo = parameters.get('recipientNo');
    switch (action) {
      case 'select recipient': {
        const asked = { recipientNo, query: parameters.get('query'), category: parameters.get('category') };
        return isTest ? cannedRegister('recipient') : recipientsNode(this.#book, asked);
      }
      case 'select recipientCategories':
        return isTest ? cannedRegister('recipientCategories') : categoriesNode(this.#book);
      case 'select salesledger':
        if (recipientNo === null) throw incorrect("Parameter recipientNo can't be omitted");
        return isTest ? cannedRegister('salesledger') : salesLedgerNode(this.#book, recipientNo);
      default:
        return isTest ? cannedRegister('balance') : balanceNode(this.#book, recipientNo);
    }
  }

  #marks(marks: Partial<Marks> = {}): Marks {
    return { ...unmarked, deviation: BigInt(this.#commands.settings.deviation), ...marks };
  }

  #form(answer: Answer, { headers }: PracticeRequest): PracticeReply {
    if (answer === null) return { status: 204, headers: {}, body: '' };
    if ('status' in answer) return answer;
    this.#replies += 1;
    const isStirred = this.#commands.settings.isStirring && answer.name !== 'countries';
    const isJson = (headers.accept ?? '').toLowerCase().includes('application/json');
    const node = isStirred ? stirred(answer, this.#replies, isJson ? 'json' : 'xml') : answer;
    const type = isJson ? 'application/json' : 'text/xml';
    return {
      status: 200,
      headers: { 'content-type': `${type};charset=UTF-8` },
      body: isJson ? jsonText(node) : xmlText(node),
    };
  }

  #knows(header: string | undefined): boolean {
    const [, coded = ''] = /^Basic ([A-Za-z0-9+/=]+)$/iu.exec(header ?? '') ?? [];
    const given = Buffer.from(coded, 'base64');
    return given.length === this.#login.length && timingSafeEqual(given, this.#login);
  }

  /** Of what would have had an effect. */
  async #writeRefusal(call: Call | SwsFault, fault: SwsFault): Promise<void> {
    if (call instanceof SwsFault || call.isTest || !call.action.startsWith('send ')) return;
    const batchId = /batchId="([^"]*)"/u.exec(call.xml?.toString('utf8', 0, 1000) ?? '')?.[1] ?? null;
    const { status, message } = fault;
    await this.#book.record({ event: 'refused', action: call.action, status, message, batchId });
  }
}

/** The parameters, from the address or from the form's text fields; and the document, where one is asked for. */
function readCall(request: PracticeRequest): Call | SwsFault {
  const form = readForm(request.headers['content-type'] ?? '', request.body);
  const field = (name: string): string | null =>
    request.url.searchParams.get(name) ??
    form?.find((part) => part.name === name && part.fileName === null)?.body.toString('utf8') ??
    null;
  const action = field('action');
  const type = field('type');
  if (action === null || action === '') return incorrect("Parameter action can't be omitted");
  if (type === null || type === '') return incorrect("Parameter type can't be omitted");
  const name = `${action} ${type}`;
  const method = matrix[name];
  if (method === undefined) return incorrect(`Parameters action=${action} and type=${type} do not go together`);
  if (method === '501') return new SwsFault(501, `${action} ${type} is not implemented`);
  if (request.method !== method) return incorrect(`${action} ${type} must be sent with ${method}`);
  const xml = method === 'POST' ? xmlPart(form) : null;
  if (xml instanceof SwsFault) return xml;
  return { action: name, parameters: request.url.searchParams, isTest: field('test') === 'true', xml };
}

/** The one part that counts: named `xml`, with a file name. */
function xmlPart(form: readonly FormPart[] | null): Buffer | SwsFault {
  const part = form?.find(({ name, fileName }) => name === 'xml' && fileName !== null);
  if (part === undefined || part.body.length === 0) return incorrect("Parameter xml can't be omitted");
  return part.body.length > maxXmlBytes ? incorrect('The xml file can be at most 2097152 bytes') : part.body;
}

function documentOf({ xml }: Call): XmlElement {
  try {
    return readXml(new TextDecoder('utf-8', { fatal: true }).decode(xml ?? Buffer.alloc(0)));
  } catch (error) {
    if (error instanceof TypeError) throw incorrect('The xml file must be UTF-8');
    throw error;
  }
}
