// The practice SendRegning by requests written by hand: the form, the tables' lengths, batches, states on command, its ledger and its faults.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XmlDocument } from 'libxml2-wasm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { rawHttp } from '../../support/raw-http.ts';
import type { RawReply } from '../../support/raw-http.ts';
import { practiceEntry } from '../../support/smtp-sftp-practice.ts';

let dir: string;
let practice: PracticeProcess;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'utskick-sws-'));
  practice = await startPracticeProcess({ entry: practiceEntry, dir });
});
afterAll(async () => {
  await practice.stop();
  await rm(dir, { recursive: true });
});
let number = 0;
/** This test's own order number and batch. */
let own = '';
beforeEach(() => {
  number += 1;
  own = `order-${String(number)}`;
});

interface Ask {
  readonly xml?: string | Buffer;
  readonly json?: boolean;
  readonly headers?: Record<string, string>;
  readonly login?: string;
  /** Other parts, or another frame, than the one right. */
  readonly form?: string;
}

const frame = (xml: string | Buffer, disposition = 'form-data; name="xml"; filename="sws.xml"'): Buffer =>
  Buffer.concat([
    Buffer.from(`--b0\r\nContent-Disposition: ${disposition}\r\nContent-Type: text/xml; charset=UTF-8\r\n\r\n`),
    Buffer.from(xml),
    Buffer.from('\r\n--b0--\r\n'),
  ]);

async function ask(query: string, { xml, json, headers = {}, login, form }: Ask = {}): Promise<RawReply | null> {
  const { port, user, password } = practice.endpoints.sendregning;
  const body = form ?? (xml === undefined ? undefined : frame(xml));
  return rawHttp(port, {
    method: body === undefined ? 'GET' : 'POST',
    path: `/ws/butler.do?${query}`,
    headers: {
      authorization: `Basic ${Buffer.from(login ?? `${user}:${password}`).toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'multipart/form-data; boundary=b0' }),
      ...(json === true ? { accept: 'application/json' } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
}

/** All values found by a path in the reply; by another reader of XML than the provider's. */
async function values(query: string, path: string, more: Ask = {}): Promise<string[]> {
  const reply = await ask(query, more);
  expect(reply?.status, reply?.body.toString()).toBe(200);
  expect(reply?.headers.get('content-type')).toBe('text/xml;charset=UTF-8');
  return find(reply, path);
}
function find(reply: RawReply | null, path: string): string[] {
  const document = XmlDocument.fromBuffer(reply?.body ?? Buffer.alloc(0));
  const found = document.find(path).map((node) => node.content);
  document.dispose();
  return found;
}
/** What a refusal says; it is a page for a person. */
async function refusal(query: string, more: Ask): Promise<readonly [number | undefined, string]> {
  const reply = await ask(query, more);
  expect(reply?.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const words = /<p>(.*)<\/p>/u.exec(reply?.body.toString() ?? '')?.[1] ?? '';
  return [
    reply?.status,
    words.replace(/^The request sent by the client was syntactically incorrect \((.*)\)\.$/u, '$1'),
  ];
}

const line = (inner = '<qty>1</qty><desc>Nettleie</desc><unitPrice>100</unitPrice>'): string => `<line>${inner}</line>`;
interface Parts {
  readonly name?: string;
  readonly lines?: string;
  readonly optional?: string;
  readonly shipment?: string;
  readonly clientId?: string;
}
const invoice = (parts: Parts = {}): string =>
  `<invoice clientId="${parts.clientId ?? 'c1'}"><name>${parts.name ?? 'Østby Åse'}</name><zip>0010</zip><city>OSLO</city><lines>${parts.lines ?? line()}</lines><optional><orderNo>${own}</orderNo><recipientNo>PID_${own}</recipientNo>${parts.optional ?? ''}</optional>${parts.shipment ?? '<shipment>PAPER</shipment>'}</invoice>`;
const batch = (inner: string, id = own): string =>
  `<invoices${id === '' ? '' : ` batchId="${id}"`}>${inner}</invoices>`;
const send = 'action=send&type=invoice';
const select = 'action=select&type=invoice';
const status = 'action=select&type=invoice-status';
const byNumber = (root: string, ...numbers: string[]): Ask => ({
  xml: `<${root}><invoiceNumbers>${numbers.map((no) => `<invoiceNumber>${no}</invoiceNumber>`).join('')}</invoiceNumbers></${root}>`,
});
const tell = (command: object): Promise<unknown> => practice.instruct('sendregning', command);
const sendOne = async (parts: Parts = {}, id = own): Promise<string> =>
  (await values(send, '//invoiceNo', { xml: batch(invoice(parts), id) }))[0] ?? '';
const events = async (): Promise<z.infer<typeof eventSchema>[]> => {
  const lines = (await readFile(practice.endpoints.ledgers.sendregning, 'utf8')).trim().split('\n');
  return lines.map((text) => eventSchema.parse(JSON.parse(text))).filter(({ orderNo }) => orderNo === own);
};
const eventSchema = z.looseObject({ event: z.string(), orderNo: z.string().nullish() });

describe('the form of a request', () => {
  it.each([
    ['a bare document', { form: '<invoices/>', headers: { 'content-type': 'text/xml' } }],
    ['a part without a file name', { form: frame('<invoices/>', 'form-data; name="xml"').toString() }],
    ['a part of another name', { form: frame('<invoices/>', 'form-data; name="file"; filename="a.xml"').toString() }],
    ['an empty part', { form: frame('').toString() }],
    ['a form without an end', { form: frame('<invoices/>').toString().replace('--b0--', '') }],
  ])('is refused for %s', async (_what, more) => {
    expect(await refusal(send, more)).toEqual([400, "Parameter xml can't be omitted"]);
  });

  it('is taken with parameters in the form, an odd file name, a declaration, and UTF-8', async () => {
    const field = (name: string, text: string): string =>
      `--b0\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
    const xml = `<?xml version="1.0" encoding="UTF-8"?>${batch(invoice())}`;
    const form = `preamble\r\n${field('action', 'send')}${field('type', 'invoice')}${frame(xml, 'form-data; filename=-; name=xml').toString()}`;
    const reply = await ask('', { form });
    expect(find(reply, '/invoices/invoice/name')).toEqual(['Østby Åse']);
  });

  it('is refused without a login, for what is not in the matrix, for what nobody has published, and elsewhere', async () => {
    expect((await ask(send, { login: 'practice:wrong' }))?.status).toBe(401);
    expect((await ask(send, { login: 'practice' }))?.headers.get('www-authenticate')).toContain('Basic');
    expect(await refusal('type=invoice', {})).toEqual([400, "Parameter action can't be omitted"]);
    expect(await refusal('action=send', {})).toEqual([400, "Parameter type can't be omitted"]);
    expect((await refusal('action=sell&type=invoice', {}))[0]).toBe(400);
    expect((await refusal(send, {}))[0]).toBe(400);
    for (const query of ['action=insert&type=recipient', 'action=select&type=product', 'action=update&type=invoice'])
      expect((await ask(query, { xml: '<x/>' }))?.status).toBe(501);
    const { port } = practice.endpoints.sendregning;
    expect((await rawHttp(port, { method: 'GET', path: '/sws/butler.do' }))?.status).toBe(404);
  });

  it('may have 2,097,152 bytes of XML and not one more', async () => {
    const sized = (bytes: number): string => {
      const xml = batch(`${invoice()}<padding></padding>`);
      return xml.replace('<padding>', `<padding>${'x'.repeat(bytes - Buffer.byteLength(xml))}`);
    };
    expect(await refusal(send, { xml: sized(2_097_153) })).toEqual([400, 'The xml file can be at most 2097152 bytes']);
    expect((await ask(send, { xml: sized(2_097_152) }))?.status).toBe(200);
    expect((await ask(send, { xml: Buffer.alloc(5_000_000, 'x') }))?.status).toBe(413);
  });

  it('is refused when it is not well-formed, not UTF-8, or has something before its declaration', async () => {
    expect((await refusal(send, { xml: '<invoices>' }))[0]).toBe(400);
    expect((await refusal(send, { xml: ' <?xml version="1.0"?><invoices/>' }))[0]).toBe(400);
    expect((await refusal(send, { xml: '<!DOCTYPE invoices><invoices/>' }))[0]).toBe(400);
    expect(await refusal(send, { xml: Buffer.from('<invoices>å</invoices>', 'latin1') })).toEqual([
      400,
      'The xml file must be UTF-8',
    ]);
  });
});

describe('sending', () => {
  it('gives numbers, amounts and states back, in changing order with elements nobody knows', async () => {
    const orders = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const lines =
        line('<qty>7.5</qty><unitPrice>250</unitPrice><discount>10</discount>') + line('<desc>Tekst</desc>');
      const reply = await ask(send, { xml: batch(invoice({ lines }), `${own}/${String(round)}`) });
      orders.add(find(reply, '/invoices/invoice/optional/*').join());
      expect(find(reply, '/invoices/@batchId')).toEqual([`${own}/${String(round)}`]);
      expect(find(reply, '/invoices/invoice/@clientId')).toEqual(['c1']);
      expect(find(reply, '//line[itemNo=1]/lineTotal')).toEqual(['2109.38']);
      expect(find(reply, '//line[itemNo=1]/tax')).toEqual(['25']);
      expect(find(reply, '//line[itemNo=2]/lineTotal')).toEqual([]);
      expect(find(reply, '//optional/tax')).toEqual(['421.88']);
      expect(find(reply, '//total')).toEqual(['2109.38']);
      expect(find(reply, '//state')).toEqual(['sent']);
      expect(find(reply, '//accountNo')).toEqual(['01234567892']);
      expect(find(reply, '//kid')[0]).toMatch(/^0+\d+$/u);
    }
    expect(orders.size).toBeGreaterThan(1);
    expect((await events()).map(({ event }) => event)).toEqual(Array.from({ length: 6 }, () => 'sent'));
  });

  it.each([
    ['1 × 100', '<qty>1</qty><unitPrice>100</unitPrice>', '25.00', '125.00'],
    ['100 × 100', '<qty>100</qty><unitPrice>100,00</unitPrice>', '2500.00', '12500.00'],
    ['half up', '<qty>1</qty><unitPrice>1.005</unitPrice><tax>0</tax>', '0.00', '1.01'],
    ['half away from zero', '<qty>1</qty><unitPrice>-1.005</unitPrice><tax>0</tax>', '0.00', '-1.01'],
    ['no quantity', '<unitPrice>100</unitPrice>', '0.00', '0.00'],
  ])('counts %s', async (_what, inner, tax, total) => {
    const reply = await ask(send, { xml: batch(invoice({ lines: line(inner) })) });
    expect([find(reply, '//lineTaxAmount'), find(reply, '//lineTotal')]).toEqual([[tax], [total]]);
  });

  it('tells a line without VAT when that is asked for, and reads dates as leniently as Java', async () => {
    const optional =
      '<itemTaxInclude>off</itemTaxInclude><invoiceDate>45.01.07</invoiceDate><dueDate>01.13.07</dueDate>';
    const reply = await ask(send, { xml: batch(invoice({ optional })) });
    expect(['//lineTotal', '//total', '//invoiceDate', '//dueDate'].flatMap((path) => find(reply, path))).toEqual([
      '100.00',
      '125.00',
      '14.02.07',
      '01.01.08',
    ]);
  });

  it.each<readonly [string, string, Parts]>([
    ['a name of 43 characters', 'name can have at most 42 characters', { name: 'ø'.repeat(43) }],
    ['no name', "name can't be omitted", { name: ' ' }],
    ['no lines', "lines can't be omitted", { lines: '' }],
    ['19 lines', 'There can be at most 18 lines', { lines: line().repeat(19) }],
    ['1000.00 of something', 'qty can have at most 6 characters', { lines: line('<qty>1000.00</qty>') }],
    [
      '100.00 per cent off',
      'discount can have at most 5 characters',
      { lines: line('<qty>1</qty><discount>100.00</discount>') },
    ],
    ['a per cent sign', 'discount must be a decimal number', { lines: line('<discount>10%</discount>') }],
    ['more than everything off', 'discount must be 0 to 100', { lines: line('<discount>101</discount>') }],
    [
      'a price of ten characters',
      'unitPrice can have at most 9 characters',
      { lines: line('<unitPrice>1000000.00</unitPrice>') },
    ],
    [
      'a text of 76 characters',
      'desc can have at most 75 characters',
      { lines: line(`<desc>${'x'.repeat(76)}</desc>`) },
    ],
    ['a VAT rate that is none', 'tax must be one of 0, 12, 15, 25', { lines: line('<tax>24</tax>') }],
    ['numbers on some lines', 'itemNo must be on all lines or on none', { lines: line('<itemNo>1</itemNo>') + line() }],
    ['a number twice', 'itemNo must be unique', { lines: line('<itemNo>1</itemNo>').repeat(2) }],
    [
      'a comment of 255 characters',
      'comment can have at most 254 characters',
      { optional: `<comment>${'x'.repeat(255)}</comment>` },
    ],
    [
      'a text of 106 characters',
      'invoiceText can have at most 105 characters',
      { optional: `<invoiceText>${'x'.repeat(106)}</invoiceText>` },
    ],
    ['a country that is none', 'Invalid country', { optional: '<country>NARNIA</country>' }],
    ['a date of another form', 'dueDate must be a date written dd.MM.yy', { optional: '<dueDate>2026.1</dueDate>' }],
    ['a credit of nothing', "creditedId can't be omitted", { optional: '<invoiceType>credit</invoiceType>' }],
    [
      'a credit of what is not there',
      'creditedId does not exist',
      { optional: '<invoiceType>credit</invoiceType><creditedId>1</creditedId>' },
    ],
    ['e-mail to nobody', "emailaddresses can't be omitted", { shipment: '<shipment>EMAIL</shipment>' }],
    [
      'e-mail to no address',
      'emailaddresses must be an e-mail address',
      { shipment: '<shipment>EMAIL<emailaddresses><email>x</email></emailaddresses></shipment>' },
    ],
    [
      'a way that is none',
      'shipment must be PAPER, EMAIL or PAPER_AND_EMAIL',
      { shipment: '<shipment>EHF</shipment>' },
    ],
  ])('refuses the whole batch for %s', async (_what, words, parts) => {
    expect(await refusal(send, { xml: batch(invoice() + invoice({ ...parts, clientId: 'c2' })) })).toEqual([
      400,
      words,
    ]);
    expect(await events()).toEqual([]);
    expect((await ask(send, { xml: batch(invoice()) }))?.status).toBe(200);
  });

  it('takes what the limits allow: 18 lines, 1000, 100 per cent, mixed content with blanks, countries by other names', async () => {
    const lines = Array.from({ length: 18 }, (_none, index) =>
      line(`<itemNo>${18 - index}</itemNo><qty>1000</qty><unitPrice>100000000</unitPrice><discount>100</discount>`),
    );
    const shipment =
      '<shipment><copyaddresses><email>b@example.com</email></copyaddresses>\n  EMAIL\n<emailaddresses><email>a@example.com</email></emailaddresses></shipment>';
    const unknown = '<country>Sverige</country><shoeSize>43</shoeSize>';
    const reply = await ask(send, { xml: batch(invoice({ lines: lines.join(''), shipment, optional: unknown })) });
    expect(find(reply, '//line')).toHaveLength(18);
    expect(find(reply, '//country')).toEqual(['SWEDEN']);
    expect(find(reply, '//shipment[contains(text(), "EMAIL")]')).toHaveLength(1);
    expect(find(reply, '//shipment/emailaddresses/email')).toEqual(['a@example.com']);
  });

  it('remembers a batch: 409 the second time, side by side too, and after a restart', async () => {
    const xml = batch(invoice() + invoice({ clientId: 'c2' }));
    const both = await Promise.all([ask(send, { xml }), ask(send, { xml })]);
    expect(both.map((reply) => reply?.status).sort()).toEqual([200, 409]);
    await practice.stop();
    practice = await startPracticeProcess({ entry: practiceEntry, dir });
    expect((await refusal(send, { xml }))[0]).toBe(409);
    expect((await events()).filter(({ event }) => event === 'sent')).toHaveLength(2);
    expect((await ask(send, { xml: batch(invoice(), '') }))?.status).toBe(200);
    expect((await refusal(send, { xml: batch(invoice(), 'x'.repeat(257)) }))[0]).toBe(400);
    const found = (await practice.state()).providers.find(({ provider }) => provider === 'sendregning');
    expect(found?.received).toBeGreaterThan(2);
  });

  it('makes a new recipient each time when none is named, and says EHF only to itself', async () => {
    const bare = invoice({ optional: '<recipientOrgNo>810000015</recipientOrgNo><yourRef>Ola</yourRef>' }).replace(
      /<recipientNo>[^<]*<\/recipientNo>/u,
      '',
    );
    const first = await values(send, '//recipientNo', { xml: batch(bare) });
    const second = await values(send, '//recipientNo', { xml: batch(bare, `${own}/2`) });
    expect(first).not.toEqual(second);
    expect((await events())[0]).toMatchObject({ invoice: { sentAs: 'EHF', shipment: 'PAPER' } });
  });

  it('answers a test with what was made beforehand, and does nothing', async () => {
    const test = `${send}&test=true`;
    expect(await values(test, '//invoiceNo | //total', { xml: batch(invoice()) })).toEqual(
      expect.arrayContaining(['100', '125.00']),
    );
    expect((await refusal(test, { xml: batch(invoice({ lines: '' })) }))[0]).toBe(400);
    expect(await events()).toEqual([]);
    expect(await values(`${status}&test=true`, '//invoice/@number', byNumber('select-status', '100'))).toEqual(['100']);
    expect(await values('action=select&type=balance&test=true', '//recipient/balance')).toEqual(['125,00']);
  });
});

describe('selecting', () => {
  it('finds invoices by number, by recipient, by state, from either end; and nothing is 204', async () => {
    const nos = [await sendOne(), await sendOne({}, `${own}/2`), await sendOne({}, `${own}/3`)];
    const where = `<where><recipientNumbers><recipientNumber>PID_${own}</recipientNumber></recipientNumbers><states><state>sent</state></states></where>`;
    const numbers = async (words: string): Promise<string[]> =>
      (await values(select, '//invoiceNo', { xml: `<select>${words}${where}</select>` })).sort();
    expect(await numbers('ALL')).toEqual(nos);
    expect(await numbers(' LAST 2 ')).toEqual(nos.slice(1));
    expect(await numbers('FIRST')).toEqual(nos.slice(0, 1));
    const found = await ask(select, byNumber('select', nos[1] ?? '', nos[1] ?? ''));
    expect([find(found, '//orderNo'), find(found, '//@clientId'), find(found, '//@batchId')]).toEqual([[own], [], []]);
    const none = await ask(select, byNumber('select', '1'));
    expect([none?.status, none?.body.length]).toEqual([204, 0]);
  });

  it.each([
    ['nothing asked for', '<select/>'],
    ['both ways at once', '<select>ALL<invoiceNumbers><invoiceNumber>1</invoiceNumber></invoiceNumbers></select>'],
    [
      'a filter over numbers',
      '<select><invoiceNumbers><invoiceNumber>1</invoiceNumber></invoiceNumbers><where/></select>',
    ],
    ['a form that is none', '<select>ALL<format>DOC</format></select>'],
    ['a picture of many', '<select>ALL<format>JPG</format></select>'],
    ['another root', '<select-status>ALL</select-status>'],
  ])('refuses %s', async (_what, xml) => {
    expect((await refusal(select, { xml }))[0]).toBe(400);
  });

  it('gives a PDF with a page for each, and a JPEG of one', async () => {
    const nos = [await sendOne(), await sendOne({}, `${own}/2`)];
    const ordered = byNumber('select', ...nos).xml?.toString() ?? '';
    const pdf = await ask(select, { xml: ordered.replace('</select>', '<format>pdf</format></select>') });
    expect(pdf?.headers.get('content-type')).toBe('application/pdf');
    expect(pdf?.body.toString('latin1')).toMatch(/^%PDF-1\.4[^]*\/Count 2[^]*%%EOF\n$/u);
    const one = byNumber('select', nos[0] ?? '').xml?.toString() ?? '';
    const jpg = await ask(select, { xml: one.replace('</select>', '<format>JPG</format></select>') });
    expect([jpg?.headers.get('content-type'), jpg?.body.subarray(0, 2).toString('hex')]).toEqual([
      'image/jpeg',
      'ffd8',
    ]);
  });

  it('tells states, payments, history and dunnings as they are moved on command', async () => {
    const no = await sendOne({ optional: '<invoiceDate>01.01.26</invoiceDate><dueDate>15.01.26</dueDate>' });
    const found = async (path: string): Promise<string[]> => values(status, path, byNumber('select-status', no));
    expect(await found('//payments | //dunnings')).toEqual([]);
    await tell({ do: 'move', orderNo: own, state: 'dueDecide' });
    const dun = (inner = ''): Ask => ({
      xml: `<dunnings><dunning><invoiceNo>${no}</invoiceNo>${inner}</dunning></dunnings>`,
    });
    const query = 'action=send&type=dunning';
    expect(await refusal(query, dun('<dunningType>2Dunning</dunningType>'))).toEqual([
      400,
      'The sequence of dunnings must be kept',
    ]);
    expect(await refusal(query, dun('<dunningDays>13</dunningDays>'))).toEqual([
      400,
      'dunningDays must be at least 14',
    ]);
    const dunned = await ask(query, dun('<dunningFee>on</dunningFee><interest>1</interest>'));
    expect([find(dunned, '/invoices//state'), find(dunned, '//dunningType')]).toEqual([['dunnedNotDue'], ['1Dunning']]);
    expect(await refusal(query, dun())).toEqual([400, 'The invoice must be in the state dueDecide']);
    await tell({ do: 'pay', invoiceNo: no, amount: '25.00', paymentType: 'PMTM', paymentDate: '2026-11-20' });
    expect(await found('//invoice/state')).toEqual(['dunnedNotDue']);
    await tell({ do: 'pay', invoiceNo: no });
    expect(await found('//invoice/state')).toEqual(['paid']);
    expect((await found('//payment/amount')).sort()).toEqual(['100.00', '25.00']);
    expect(await found('//dunning[@dunningNo=1]/dunningFeeValue')).toEqual(['35.00']);
    expect((await found('//entry/toState')).sort()).toEqual(['dueDecide', 'dunnedNotDue', 'paid', 'sent']);
    await expect(tell({ do: 'move', orderNo: 'no such', state: 'paid' })).rejects.toThrow();
  });

  it('pays what a credit note credits', async () => {
    const no = await sendOne();
    const credit = await ask(send, {
      xml: batch(invoice({ optional: `<invoiceType>credit</invoiceType><creditedId>${no}</creditedId>` }), `${own}/2`),
    });
    expect([find(credit, '//creditedId'), find(credit, '//dueDate')]).toEqual([[no], ['-- -- --']]);
    expect(await values(status, '//paymentType', byNumber('select-status', no))).toEqual(['CRED']);
    const ledger = 'action=select&type=salesledger';
    expect((await values(`${ledger}&recipientNo=PID_${own}`, '//amount')).sort()).toEqual(['-125,00', '125,00']);
    expect(await values(`action=select&type=balance&recipientNo=PID_${own}`, '//recipient/balance')).toEqual(['0,00']);
    expect((await refusal(ledger, {}))[0]).toBe(400);
    expect((await ask(`${ledger}&recipientNo=nobody`))?.status).toBe(204);
  });

  it('lists recipients, categories, constants and countries, in JSON too', async () => {
    await sendOne({ name: `Ærlig ${own}` });
    const query = `action=select&type=recipient&query=${encodeURIComponent(`ærlig ${own}`)}`;
    expect(await values(query, '//recipient/optional/recipientNo')).toEqual([`PID_${own}`]);
    expect((await ask('action=select&type=recipient&query=nobody'))?.status).toBe(204);
    expect(
      await values('action=select&type=recipientCategories', '//category[name="Privat"]/recipientCount'),
    ).toHaveLength(1);
    const rates = await values('action=select&type=constant', '//taxRate');
    expect(rates.sort()).toEqual(['0', '12', '15', '25']);
    const countries = await values('action=select&type=country', '//country');
    expect([countries[0], ...countries.slice(-2)]).toEqual(['NORGE', 'ZIMBABWE', 'ÅLAND']);
    expect(countries).toEqual(expect.arrayContaining(['SWEDEN', 'ENGLAND', 'NORTHERN IRELAND']));
    const json = await ask(query, { json: true });
    expect(json?.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(JSON.parse(json?.body.toString() ?? '')).toMatchObject({
      recipients: { recipient: { zip: '0010', optional: { recipientNo: `PID_${own}` } } },
    });
    const constant: unknown = JSON.parse(
      (await ask('action=select&type=constant', { json: true }))?.body.toString() ?? '',
    );
    expect(constant).toMatchObject({ constants: { taxRates: { defaultTaxRate: '25' } } });
  });
});

describe('a fault on command', () => {
  const spoil = (order: object): Promise<void> =>
    practice.misbehave({ provider: 'sendregning', mode: 'cut', operation: 'send invoice', count: 1, ...order });

  it.each([
    ['before the effect', { phase: 'before-effect' }, 0],
    ['after the effect', { phase: 'after-effect-before-reply' }, 1],
    ['within the reply', { phase: 'in-reply' }, 1],
  ])('cuts the connection %s', async (_what, order, taken) => {
    await spoil(order);
    const reply = await ask(send, { xml: batch(invoice()) });
    expect(reply === null || reply.isCut).toBe(true);
    expect(await events()).toHaveLength(taken);
    expect((await ask(send, { xml: batch(invoice()) }))?.status).toBe(taken === 0 ? 200 : 409);
  });

  it('is a 500 after the effect, a page instead of an answer, other totals, or closed doors', async () => {
    await spoil({ mode: 'refuse', phase: 'after-effect-before-reply', httpStatus: 500 });
    expect((await ask('action=select&type=constant'))?.status).toBe(200);
    expect((await ask(send, { xml: batch(invoice()) }))?.status).toBe(500);
    expect((await ask(send, { xml: batch(invoice()) }))?.status).toBe(409);
    await tell({ do: 'setUp', htmlReplies: 1, deviation: 1 });
    const page = await ask(send, { xml: batch(invoice(), `${own}/2`) });
    expect([page?.status, page?.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await values(send, '//total', { xml: batch(invoice(), `${own}/2`) })).toEqual(['125.01']);
    await tell({ do: 'setUp', isMaintained: true, deviation: 0 });
    expect((await ask(send, { xml: batch(invoice(), `${own}/3`) }))?.status).toBe(503);
    await tell({ do: 'setUp', isMaintained: false });
    await practice.misbehave({
      provider: 'sendregning',
      mode: 'answer-after',
      phase: 'before-effect',
      delayMs: 20,
      count: 1,
    });
    expect((await ask(send, { xml: batch(invoice(), `${own}/3`) }))?.status).toBe(200);
  });
});
