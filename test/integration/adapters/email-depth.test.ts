// The e-mail adapter in depth against real servers: several recipients and copies, internationalised addresses, sizes, access tokens, DKIM.

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEmailAdapter } from '../../../src/main/adapters/email/adapter.ts';
import type { AttemptOutcome, DeliveryItem } from '../../../src/main/ports/channel-adapter.ts';
import type { EmailConfig } from '../../../src/shared/schema/connection.ts';
import { checkDkim } from '../../support/dkim-check.ts';
import { startMailbox } from '../../support/smtp-mailbox.ts';
import type { Mailbox, MailboxOptions } from '../../support/smtp-mailbox.ts';
import { makeDocument, makeItem, summary, watch } from '../../support/smtp-sftp-practice.ts';

const adapter = createEmailAdapter({ commandTimeoutMs: 10_000, replyTimeoutMs: 10_000 });
const never = new AbortController().signal;
const servers: Mailbox[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function mailbox(options: MailboxOptions = {}): Promise<Mailbox> {
  const server = await startMailbox(options);
  servers.push(server);
  return server;
}

const configFor = (port: number, changes: Partial<EmailConfig> = {}): EmailConfig => ({
  channel: 'email',
  host: '127.0.0.1',
  port,
  tls: 'none',
  user: null,
  fromAddress: 'faktura@energi.example',
  fromName: 'Åsa Energi',
  parallel: 1,
  ...changes,
});

/** Opens, sends the items one after the other over the same session, and closes. */
async function sendAll(
  config: EmailConfig,
  items: readonly DeliveryItem[],
  secret: string | null = null,
): Promise<readonly AttemptOutcome[]> {
  const opened = await adapter.open({ connectionId: 'mail', config, secret }, never);
  if (!opened.ok) throw new Error(`${opened.failure.code}: ${opened.failure.detail}`);
  const outcomes: AttemptOutcome[] = [];
  for (const item of items) outcomes.push(await opened.session.send(item, watch()));
  await opened.session.close();
  return outcomes;
}

async function failureOf(config: EmailConfig, secret: string | null): Promise<string> {
  const opened = await adapter.open({ connectionId: 'mail', config, secret }, never);
  if (opened.ok) await opened.session.close();
  return opened.ok ? 'ok' : `${opened.failure.code} ${opened.failure.isPermanent ? 'permanent' : 'temporary'}`;
}

const headOf = (raw: Buffer): string => raw.toString('utf8').split('\r\n\r\n')[0] ?? '';

describe('several recipients', () => {
  it('all get one message that names them, and the receipt lists them', async () => {
    const server = await mailbox();
    const item = makeItem('email', '1', { target: 'a@example.com; b@example.com' });
    const [outcome] = await sendAll(configFor(server.port), [item]);
    expect(outcome).toMatchObject({ kind: 'accepted', receipt: { recipient: 'a@example.com, b@example.com' } });
    expect(outcome).not.toHaveProperty('note');
    expect(server.messages.map(({ to }) => to)).toEqual([['a@example.com', 'b@example.com']]);
    expect(headOf(server.messages[0]?.raw ?? Buffer.of())).toContain('To: a@example.com, b@example.com');
  });

  it('of whom one is refused: the message went to the other, and the refusal is recorded with the server’s words', async () => {
    const server = await mailbox({ refuse: { 'b@example.com': '550 5.1.1 no such user' } });
    const item = makeItem('email', '2', { target: 'b@example.com, a@example.com' });
    const [outcome] = await sendAll(configFor(server.port), [item]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      receipt: {
        recipient: 'a@example.com',
        refused: expect.stringContaining('b@example.com: 550 5.1.1 no such user'),
      },
      note: { code: 'smtp.some-refused', detail: expect.stringContaining('b@example.com') },
    });
    expect(server.messages.map(({ to }) => to)).toEqual([['a@example.com']]);
  });

  it('of whom one is refused for now is no reason to send the other a second time', async () => {
    const server = await mailbox({ refuse: { 'b@example.com': '450 4.2.1 try later' } });
    const item = makeItem('email', '3', { target: 'a@example.com, b@example.com' });
    const [outcome] = await sendAll(configFor(server.port), [item]);
    expect(outcome).toMatchObject({ kind: 'accepted', note: { code: 'smtp.some-refused' } });
  });

  it('who are all refused are a refusal; with one refused for now it is tried again', async () => {
    const server = await mailbox({
      refuse: { 'a@example.com': '550 5.1.1 no', 'b@example.com': '550 5.1.1 no', 'c@example.com': '450 later' },
    });
    const [both, mixed] = await sendAll(configFor(server.port), [
      makeItem('email', '4', { target: 'a@example.com, b@example.com' }),
      makeItem('email', '5', { target: 'a@example.com, c@example.com' }),
    ]);
    expect([both, mixed].map((outcome) => outcome && summary(outcome))).toEqual([
      'refused smtp.recipient-refused',
      'notSent smtp.recipient-deferred',
    ]);
    expect(server.messages).toEqual([]);
  });

  it('more than ten are a mistake in the register: nothing is sent', async () => {
    const server = await mailbox();
    const target = Array.from({ length: 11 }, (_none, index) => `kund${index}@example.com`).join(', ');
    const [outcome] = await sendAll(configFor(server.port), [makeItem('email', '6', { target })]);
    expect(outcome && summary(outcome)).toBe('refused smtp.too-many-recipients');
    expect(server.mails()).toBe(0);
  });
});

describe('a copy to the archive', () => {
  const archive = 'arkiv@energi.example';

  it.each(['cc', 'bcc'] as const)('as %s gets every message', async (kind) => {
    const server = await mailbox();
    const config = configFor(server.port, { copyTo: { kind, address: archive } });
    const [outcome] = await sendAll(config, [makeItem('email', '7', { target: 'a@example.com' })]);
    expect(outcome).toMatchObject({ kind: 'accepted', receipt: { recipient: 'a@example.com', copy: archive } });
    expect(server.messages[0]?.to).toEqual(['a@example.com', archive]);
    expect(headOf(server.messages[0]?.raw ?? Buffer.of()).includes(archive)).toBe(kind === 'cc');
  });

  it('that is refused does not hide that the customer has the invoice', async () => {
    const server = await mailbox({ refuse: { [archive]: '550 5.2.1 closed' } });
    const config = configFor(server.port, { copyTo: { kind: 'bcc', address: archive } });
    const [outcome] = await sendAll(config, [makeItem('email', '8', { target: 'a@example.com' })]);
    expect(outcome).toMatchObject({ kind: 'accepted', note: { code: 'smtp.copy-refused' } });
    expect(server.messages).toHaveLength(1);
  });

  it('is not sent alone: with the customer refused nothing is sent, and the next message goes out', async () => {
    const server = await mailbox({ refuse: { 'a@example.com': '550 5.1.1 no such user' } });
    const config = configFor(server.port, { copyTo: { kind: 'bcc', address: archive } });
    const context = watch();
    const opened = await adapter.open({ connectionId: 'mail', config, secret: null }, never);
    if (!opened.ok) throw new Error(opened.failure.code);
    const refused = await opened.session.send(makeItem('email', '9', { target: 'a@example.com' }), context);
    expect(refused).toMatchObject({
      kind: 'refused',
      code: 'smtp.recipient-refused',
      detail: /550 5\.1\.1 no such user/u,
    });
    expect(context.marks()).toBe(0);
    const next = await opened.session.send(makeItem('email', '10', { target: 'b@example.com' }), watch());
    expect(next.kind).toBe('accepted');
    await opened.session.close();
    expect(server.messages.map(({ to }) => to)).toEqual([['b@example.com', archive]]);
  });
});

describe('addresses that are not ASCII', () => {
  it('have their domain in punycode, in the envelope and in the header, on any server', async () => {
    const server = await mailbox();
    const config = configFor(server.port, { fromAddress: 'faktura@ångström.example' });
    const [outcome] = await sendAll(config, [makeItem('email', '11', { target: 'kund@räksmörgås.example' })]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      receipt: {
        recipient: 'kund@xn--rksmrgs-5wao1o.example',
        messageId: expect.stringMatching(/@xn--ngstrm-hua5l\.example>$/u),
      },
    });
    // The test's server writes domains as people do.
    expect(server.messages[0]).toMatchObject({ to: ['kund@räksmörgås.example'], isUtf8: false });
    expect(headOf(server.messages[0]?.raw ?? Buffer.of())).toMatch(/^[\r\n -~]*$/u);
  });

  it('with such a name before the @ go only to a server that offers SMTPUTF8', async () => {
    const target = 'jörgen@räksmörgås.example';
    const plain = await mailbox();
    const [refused] = await sendAll(configFor(plain.port), [makeItem('email', '12', { target })]);
    expect(refused && summary(refused)).toBe('refused smtp.utf8-not-offered');
    expect(plain.mails()).toBe(0);
    const able = await mailbox({ offersUtf8: true });
    const [outcome] = await sendAll(configFor(able.port), [makeItem('email', '13', { target })]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      receipt: { recipient: 'jörgen@xn--rksmrgs-5wao1o.example' },
    });
    expect(able.messages[0]).toMatchObject({ isUtf8: true, to: [target] });
    expect(headOf(able.messages[0]?.raw ?? Buffer.of())).toContain('jörgen@');
  });
});

describe('the size the server announces', () => {
  it('is kept to before anything is asked of the server', async () => {
    const server = await mailbox({ size: 50_000 });
    const [large, small] = await sendAll(configFor(server.port), [
      makeItem('email', '14', { document: makeDocument(60_000) }),
      makeItem('email', '15', { document: makeDocument(20_000) }),
    ]);
    expect(large && summary(large)).toBe('refused smtp.too-large');
    expect(small?.kind).toBe('accepted');
    expect(server.mails()).toBe(1);
  });
});

describe('a login', () => {
  it.each(['PLAIN', 'LOGIN'])('goes by %s where the server offers that alone', async (method) => {
    const server = await mailbox({ authMethods: [method], secret: 'right' });
    const config = configFor(server.port, { user: 'anna' });
    expect((await sendAll(config, [makeItem('email', '16')], 'right'))[0]?.kind).toBe('accepted');
    expect(server.logins).toEqual([`${method} anna`]);
    expect(await failureOf(config, 'wrong')).toBe('smtp.login-refused permanent');
  });

  it('with an access token goes by XOAUTH2; one that is refused needs a person', async () => {
    const server = await mailbox({ authMethods: ['PLAIN', 'XOAUTH2'], secret: 'ya29.token' });
    const config = configFor(server.port, { user: 'faktura@energi.example', login: 'accessToken' });
    expect((await sendAll(config, [makeItem('email', '17')], 'ya29.token'))[0]?.kind).toBe('accepted');
    expect(server.logins).toEqual(['XOAUTH2 faktura@energi.example']);
    expect(await failureOf(config, 'old')).toBe('smtp.token-refused permanent');
  });

  it('with an access token is refused on a server that takes passwords only, and the token stays here', async () => {
    const server = await mailbox({ authMethods: ['PLAIN', 'LOGIN'], secret: 'right' });
    const config = configFor(server.port, { user: 'anna', login: 'accessToken' });
    expect(await failureOf(config, 'ya29.token')).toBe('smtp.token-not-offered permanent');
    expect(server.logins).toEqual([]);
  });
});

describe('client credentials', () => {
  let answer: { status: number; body: string };
  const asked: string[] = [];
  const endpoint = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(answer.status, { 'Content-Type': 'application/json', Location: 'http://127.0.0.1:1/' });
      response.end(answer.body);
    });
  });
  beforeAll(() => new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => endpoint.close(resolve)));
  const config = (port: number, tokenUrl?: string): EmailConfig =>
    configFor(port, {
      user: 'faktura@energi.example',
      login: 'clientCredentials',
      oauth: {
        tokenUrl: tokenUrl ?? `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/token`,
        clientId: 'app-1',
        scope: 'https://outlook.office365.com/.default',
      },
    });

  it('fetch a token and log in with it', async () => {
    const server = await mailbox({ authMethods: ['XOAUTH2'], secret: 'fresh' });
    answer = { status: 200, body: JSON.stringify({ token_type: 'Bearer', access_token: 'fresh', expires_in: 3599 }) };
    expect((await sendAll(config(server.port), [makeItem('email', '18')], 'client secret'))[0]?.kind).toBe('accepted');
    expect(Object.fromEntries(new URLSearchParams(asked.at(-1)))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app-1',
      client_secret: 'client secret',
      scope: 'https://outlook.office365.com/.default',
    });
  });

  it.each([
    [401, '{"error":"invalid_client","error_description":"the secret expired"}', 'smtp.token-endpoint permanent'],
    [503, '', 'smtp.token-deferred temporary'],
    [302, '', 'smtp.token-endpoint permanent'],
    [200, '<html>', 'smtp.token-endpoint permanent'],
    [200, '{"access_token":"a\\r\\nRSET"}', 'smtp.token-endpoint permanent'],
  ])('answered with %i %j give %s', async (status, body, expected) => {
    const server = await mailbox({ authMethods: ['XOAUTH2'], secret: 'fresh' });
    answer = { status, body };
    expect(await failureOf(config(server.port), 'client secret')).toBe(expected);
    expect(server.logins).toEqual([]);
  });

  it('are sent over https only, away from this computer', async () => {
    const server = await mailbox({ authMethods: ['XOAUTH2'], secret: 'fresh' });
    expect(await failureOf(config(server.port, 'http://login.example.com/token'), 's')).toBe(
      'smtp.token-endpoint permanent',
    );
  });
});

describe('a DKIM signature', () => {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  let dir: string;
  let keyPath: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'utskick-dkim-'));
    keyPath = join(dir, 'key.pem');
    await writeFile(keyPath, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  });
  afterAll(() => rm(dir, { recursive: true }));

  it('holds over headers, text and PDF as the server got them', async () => {
    const server = await mailbox();
    const config = configFor(server.port, { dkim: { domain: 'energi.example', selector: 's2026', keyPath } });
    const item = makeItem('email', '19', { document: makeDocument(200_000) });
    expect((await sendAll(config, [item]))[0]?.kind).toBe('accepted');
    const raw = server.messages[0]?.raw ?? Buffer.of();
    const verdict = checkDkim(raw, publicKey);
    expect(verdict).toMatchObject({
      domain: 'energi.example',
      selector: 's2026',
      isBodyRight: true,
      isSignatureRight: true,
    });
    for (const header of ['from', 'to', 'subject', 'date', 'message-id'])
      expect(verdict.signedHeaders).toContain(header);
    expect((await simpleParser(raw)).attachments[0]?.content.equals(item.document)).toBe(true);
    // The check itself can fail.
    const forged = Buffer.from(raw.toString('latin1').replace('From: ', 'From: x'), 'latin1');
    expect(checkDkim(forged, publicKey).isSignatureRight).toBe(false);
    const cut = Buffer.concat([raw.subarray(0, raw.length - 40), raw.subarray(raw.length - 39)]);
    expect(checkDkim(cut, publicKey).isBodyRight).toBe(false);
  });

  it('that cannot be made stops the session before anything is sent', async () => {
    const server = await mailbox();
    const weak = join(dir, 'ed25519.pem');
    await writeFile(weak, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
    for (const path of [weak, join(dir, 'missing.pem'), '/dev/null']) {
      const config = configFor(server.port, { dkim: { domain: 'energi.example', selector: 's', keyPath: path } });
      expect(await failureOf(config, null)).toBe('smtp.dkim-key permanent');
    }
  });
});
