// A SendRegning for the adapter's own tests: multipart in, XML out, a memory of batchIds, a ledger, and faults on demand. Not the practice provider, which is written from the provider's guide alone.

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the service does with the next send of invoices. */
export type ServiceFault =
  /** Does it, and the reply is lost. */
  | 'loseReply'
  /** The request is lost before anything is done. */
  | 'loseRequest'
  /** Does it, and says 500. */
  | 'doAndFail'
  /** Says 500 and does nothing. */
  | 'fail'
  | 'html';

/** An invoice in the ledger. */
export interface LedgerInvoice {
  readonly invoiceNo: string;
  readonly orderNo: string;
  readonly batchId: string;
}

/** A running service. */
export interface TestService {
  readonly url: string;
  readonly ledger: LedgerInvoice[];
  /** Every request, as `action type`, with the status it was answered with; 0 = no answer. */
  readonly log: string[];
  readonly bodies: string[];
  /** Taken one by one by the sends of invoices. */
  readonly faults: ServiceFault[];
  /** An invoice whose XML holds this is refused, and with it the whole request. */
  refuses: string | null;
  /** Added to each total, in øre. */
  totalOffMinor: number;
  /** As `select constant` lists them. */
  vatRates: string[];
  /** Numbers of the invoices that were dunned. */
  readonly dunned: string[];
  close(): Promise<void>;
}

/** Starts one on a free port; login `user` / `pass`. */
export async function startTestService(): Promise<TestService> {
  const known = new Set<string>();
  const service = {
    ledger: [] as LedgerInvoice[],
    log: [] as string[],
    bodies: [] as string[],
    faults: [] as ServiceFault[],
    refuses: null as string | null,
    totalOffMinor: 0,
    vatRates: ['0', '12', '15', '25'],
    dunned: [] as string[],
  };
  const send = (xml: string): { readonly status: number; readonly text: string } => {
    const batchId = /<invoices batchId="([^"]*)"/u.exec(xml)?.[1] ?? '';
    if (known.has(batchId)) return { status: 409, text: 'The provided batchId has already been processed' };
    if (service.refuses !== null && xml.includes(service.refuses)) return { status: 400, text: 'That is no good' };
    known.add(batchId);
    const parts = xml.split('<invoice ').slice(1);
    const answers = parts.map((part) => {
      const orderNo = /<orderNo>([^<]*)</u.exec(part)?.[1] ?? '';
      const clientId = /^clientId="([^"]*)"/u.exec(part)?.[1] ?? '';
      const invoiceNo = String(100 + service.ledger.length);
      service.ledger.push({ invoiceNo, orderNo, batchId });
      return `<invoice clientId="${clientId}">${invoiceXml(invoiceNo, orderNo, totalOf(part) + service.totalOffMinor)}</invoice>`;
    });
    return { status: 200, text: `<invoices batchId="${batchId}">${answers.join('')}</invoices>` };
  };
  const select = (xml: string): { readonly status: number; readonly text: string } => {
    const last = Number(/LAST (\d+)/u.exec(xml)?.[1] ?? '1');
    const found = service.ledger.slice(-last);
    const text = found
      .map(({ invoiceNo, orderNo }) => `<invoice>${invoiceXml(invoiceNo, orderNo, 12_500)}</invoice>`)
      .join('');
    return found.length === 0 ? { status: 204, text: '' } : { status: 200, text: `<invoices>${text}</invoices>` };
  };
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://x');
    const name = `${url.searchParams.get('action') ?? ''} ${url.searchParams.get('type') ?? ''}`;
    const answer = (status: number, text: string, type = 'text/xml;charset=UTF-8'): void => {
      service.log.push(`${name} ${String(status)}`);
      response.writeHead(status, { 'content-type': status < 300 ? type : 'text/html' }).end(text);
    };
    const cut = (): void => {
      service.log.push(`${name} 0`);
      request.socket.destroy();
    };
    if (request.headers.authorization !== `Basic ${Buffer.from('user:pass').toString('base64')}`) {
      answer(401, '<html>No</html>');
      return;
    }
    const body = Buffer.concat(chunks).toString('utf8');
    const xml = /filename="[^"]+"[^]*?\r\n\r\n([^]*)\r\n--/u.exec(body)?.[1] ?? null;
    if (name === 'select constant') {
      const rates = service.vatRates.map((rate) => `<taxRate fromDate="01.01.05" toDate="01.01.99">${rate}</taxRate>`);
      answer(200, `<constants><dunningFee>62,00</dunningFee><taxRates>${rates.join('')}</taxRates></constants>`);
      return;
    }
    if (name === 'select country') {
      answer(200, '<countries><country>NORGE</country><country>SWEDEN</country></countries>');
      return;
    }
    if (name === 'select salesledger') {
      answer(204, '');
      return;
    }
    if (xml === null) {
      answer(400, "<html>Parameter xml can't be omitted</html>");
      return;
    }
    if (name === 'select invoice' && xml.includes('<format>PDF')) {
      answer(200, `%PDF-1.4 ${/<invoiceNumber>([^<]*)</u.exec(xml)?.[1] ?? ''}`, 'application/pdf');
      return;
    }
    if (name === 'select invoice') {
      const found = select(xml);
      answer(found.status, found.text);
      return;
    }
    if (name === 'select invoice-status') {
      const numbers = [...xml.matchAll(/<invoiceNumber>([^<]*)</gu)].map(([, number = '']) => number);
      answer(
        200,
        `<invoice-status>${numbers.map((number) => statusXml(number, service.dunned)).join('')}</invoice-status>`,
      );
      return;
    }
    service.bodies.push(xml);
    const fault = service.faults.shift();
    if (name === 'send dunning') {
      if (fault !== 'loseRequest') service.dunned.push(/<invoiceNo>([^<]*)</u.exec(xml)?.[1] ?? '');
      if (fault === undefined) answer(200, '<invoices/>');
      else cut();
      return;
    }
    if (fault === 'loseRequest') {
      cut();
      return;
    }
    if (fault === 'fail') {
      answer(500, '<html>Internal error</html>');
      return;
    }
    const done = send(xml);
    if (fault === 'loseReply') cut();
    else if (fault === 'doAndFail') answer(500, '<html>Internal error</html>');
    else if (fault === 'html') answer(200, '<html>Please log in</html>', 'text/html; charset=utf-8');
    else answer(done.status, done.text);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(service, {
    url: `http://127.0.0.1:${String(port)}/ws/butler.do`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

function invoiceXml(invoiceNo: string, orderNo: string, totalMinor: number): string {
  return `<newer/><optional><total>${(totalMinor / 100).toFixed(2).replace('.', ',')}</total><orderNo>${orderNo}</orderNo><state>sent</state><kid>00${invoiceNo}</kid><invoiceNo>${invoiceNo}</invoiceNo></optional>`;
}

/** Sums the lines with floats: good enough here, and another way than the adapter's. */
function totalOf(part: string): number {
  let sum = 0;
  for (const [, line = ''] of part.matchAll(/<line>(.*?)<\/line>/gu)) {
    const value = (name: string): number => Number(new RegExp(`<${name}>([^<]*)<`, 'u').exec(line)?.[1] ?? '0');
    const net = value('qty') * value('unitPrice') * (1 - value('discount') / 100);
    sum += Math.round(net * (1 + value('tax') / 100) * 100 + Math.sign(net) * 1e-6);
  }
  return sum;
}

/** Even numbers are past due, others are paid. */
function statusXml(invoiceNo: string, dunned: readonly string[]): string {
  const state = Number(invoiceNo) % 2 === 0 ? 'dueDecide' : 'paid';
  const dunnings = dunned
    .filter((number) => number === invoiceNo)
    .map((_, at) => `<entry dunningNo="${String(at + 1)}"><dunningType>${String(at + 1)}Dunning</dunningType></entry>`)
    .join('');
  return `<invoice number="${invoiceNo}"><payments><payment id="1"><paymentType>PMTA</paymentType><amount>125,00</amount><paymentDate>05.12.26</paymentDate></payment></payments><state>${state}</state>${dunnings === '' ? '' : `<dunnings>${dunnings}</dunnings>`}</invoice>`;
}
