// Every kind of SMTP failure and the outcome it becomes; the reply codes decide, the words never do.

import { describe, expect, it } from 'vitest';
import { queueIdOf } from '../../../src/main/adapters/email/adapter.ts';
import {
  classifyHandshake,
  classifyLogin,
  classifyMessage,
  readFault,
} from '../../../src/main/adapters/email/classify.ts';
import type { MessageProgress } from '../../../src/main/adapters/email/classify.ts';
import { summary } from '../../support/smtp-sftp-practice.ts';

const fault = (fields: Record<string, unknown>, message = 'words'): Error => Object.assign(new Error(message), fields);
const end = (fields: Record<string, unknown>, progress: MessageProgress): string =>
  summary(classifyMessage(readFault(fault(fields)), progress));

describe('a message', () => {
  it.each([
    [{ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 }, 'envelope', 'notSent smtp.sender-refused'],
    [{ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 552 }, 'envelope', 'refused smtp.too-large'],
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 }, 'envelope', 'notSent smtp.recipient-deferred'],
    [{ code: 'EENVELOPE', command: 'DATA', responseCode: 554 }, 'envelope', 'refused smtp.data-refused'],
    [{ code: 'EENVELOPE', command: 'DATA', responseCode: 451 }, 'envelope', 'notSent smtp.data-deferred'],
    [{ code: 'EMESSAGE', responseCode: 552 }, 'dot', 'refused smtp.too-large'],
    [{ code: 'EMESSAGE', responseCode: 452 }, 'dot', 'throttled smtp.busy'],
    [{ code: 'EMESSAGE', responseCode: 552 }, 'body', 'refused smtp.too-large'],
    [{ code: 'EPROTOCOL', command: 'CONN' }, 'body', 'notSent smtp.protocol'],
    [{ code: 'EPROTOCOL', command: 'CONN' }, 'dot', 'unknown smtp.cut-after-dot'],
    [{ code: 'ECONNECTION', command: 'CONN' }, 'dot', 'unknown smtp.cut-after-dot'],
    [{ code: 'ETIMEDOUT', command: 'CONN' }, 'dot', 'unknown smtp.no-reply'],
    [{ code: 'ETIMEDOUT', command: 'CONN' }, 'body', 'notSent net.timed-out'],
    [{ code: 'ESOCKET', originalCode: 'EPIPE', command: 'CONN' }, 'body', 'notSent net.cut'],
    [{ code: 'ESOCKET', originalCode: 'EHOSTUNREACH', command: 'CONN' }, 'envelope', 'notSent net.unreachable'],
    [{ code: 'ECONNECTION', command: 'CONN', responseCode: 421 }, 'envelope', 'throttled smtp.busy'],
  ] as const)('%o in the %s gives %s', (fields, progress, expected) => {
    expect(end(fields, progress)).toBe(expected);
  });

  it('a failure reply cut off in the middle of its line after the dot is no definite reply', () => {
    expect(end({ code: 'ECONNECTION', command: 'CONN', responseCode: 550 }, 'dot')).toBe('unknown smtp.cut-after-dot');
  });

  it.each([0, 220, 354, 399, 600])(
    'a reply to the dot that is neither yes nor no (%i) leaves a doubt',
    (responseCode) => {
      expect(end({ code: 'EMESSAGE', responseCode }, 'dot')).toBe('unknown smtp.cut-after-dot');
    },
  );

  it('nothing after the dot but a whole reply is ever notSent', () => {
    for (const code of ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EPROTOCOL', 'ESTREAM', undefined]) {
      expect(classifyMessage(readFault(fault(code === undefined ? {} : { code })), 'dot').kind).toBe('unknown');
    }
  });

  it('the words of the server are one line, at most 500 characters', () => {
    const outcome = classifyMessage(
      readFault(
        fault({
          code: 'EENVELOPE',
          command: 'RCPT TO',
          responseCode: 550,
          response: `550 no\r\n\tsuch ${'user '.repeat(200)}`,
        }),
      ),
      'envelope',
    );
    if (outcome.kind !== 'refused') throw new Error(outcome.kind);
    expect(outcome.detail).toMatch(/^550 no such user/u);
    expect(outcome.detail.length).toBeLessThanOrEqual(500);
  });
});

describe('a reply with an enhanced status code', () => {
  const replied = (response: string, command: string, progress: MessageProgress = 'envelope'): string =>
    end(
      {
        code: progress === 'dot' ? 'EMESSAGE' : 'EENVELOPE',
        command,
        response,
        responseCode: Number(response.slice(0, 3)),
      },
      progress,
    );

  it.each([
    ['550 5.1.1 no such user', 'refused smtp.recipient-refused'],
    ['550 5.1.10 null MX', 'refused smtp.recipient-refused'],
    ['552 5.2.2 over quota', 'refused smtp.mailbox-full'],
    ['452 4.2.2 over quota', 'notSent smtp.mailbox-full'],
    ['452 4.5.3 too many recipients', 'throttled smtp.busy'],
    ['452 system full', 'throttled smtp.busy'],
    ['450 4.7.28 mail flood detected', 'throttled smtp.busy'],
    ['451 4.7.1 greylisted', 'notSent smtp.recipient-deferred'],
    ['550 5.7.1 relaying denied', 'refused smtp.policy-refused'],
    ['550 5.2.3 larger than this mailbox takes', 'refused smtp.too-large'],
    ['550 5.1.8 sender domain does not exist', 'notSent smtp.sender-refused'],
    ['530 5.7.0 authentication required', 'notSent smtp.login-required'],
  ])('%j to the recipient gives %s', (response, expected) => {
    expect(replied(response, 'RCPT TO')).toBe(expected);
  });

  it.each([
    ['550 5.7.26 unauthenticated mail', 'refused smtp.policy-refused'],
    ['554 5.3.4 too big', 'refused smtp.too-large'],
    ['550 5.1.1 no such user after all', 'refused smtp.recipient-refused'],
    ['451 4.3.2 shutting down', 'throttled smtp.busy'],
    ['554 5.6.0 bad content', 'refused smtp.message-refused'],
  ])('%j to the message gives %s', (response, expected) => {
    expect(replied(response, 'DATA', 'dot')).toBe(expected);
  });

  it('to the sender is never about a recipient', () => {
    expect(replied('550 5.7.1 not allowed to send as this', 'MAIL FROM')).toBe('notSent smtp.sender-refused');
    expect(replied('550 5.1.1 unknown', 'MAIL FROM')).toBe('notSent smtp.sender-refused');
  });

  it('counts only where it stands right after the reply code and is of its class', () => {
    expect(replied('550 we saw 5.2.2 somewhere', 'RCPT TO')).toBe('refused smtp.recipient-refused');
    expect(replied('450 5.1.1 confused', 'RCPT TO')).toBe('notSent smtp.recipient-deferred');
    expect(replied('550-5.2.2 over quota\n550 5.2.2 really', 'RCPT TO')).toBe('refused smtp.mailbox-full');
  });
});

describe('opening', () => {
  it.each([
    [{ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'smtp.certificate-untrusted', true],
    [{ code: 'ESOCKET', originalCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'smtp.certificate-name', true],
    [{ code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' }, 'smtp.certificate-expired', true],
    [{ code: 'ESOCKET', originalCode: 'CERT_REVOKED' }, 'smtp.certificate', true],
    [{ code: 'ESOCKET', originalCode: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'smtp.tls-failed', true],
    [{ code: 'ETLS', responseCode: 454 }, 'smtp.starttls-refused', false],
    [{ code: 'ETLS', responseCode: 502 }, 'smtp.starttls-refused', true],
    [{ code: 'EPROTOCOL', responseCode: 554 }, 'smtp.greeting-refused', false],
    [{ code: 'ETIMEDOUT' }, 'net.timed-out', false],
  ])('%o gives %s', (fields, code, isPermanent) => {
    expect(classifyHandshake(readFault(fault(fields)))).toMatchObject({ code, isPermanent });
  });

  it('a login that may work later is not a wrong password', () => {
    expect(classifyLogin(readFault(fault({ code: 'EAUTH', responseCode: 454 })))).toMatchObject({
      code: 'smtp.login-deferred',
      isPermanent: false,
    });
    expect(classifyLogin(readFault(fault({ code: 'EAUTH', responseCode: 535 })))).toMatchObject({
      code: 'smtp.login-refused',
      isPermanent: true,
    });
    expect(classifyLogin(readFault(fault({ code: 'ECONNECTION' })))).toMatchObject({
      code: 'net.cut',
      isPermanent: false,
    });
  });
});

describe('the queue id', () => {
  it.each([
    ['250 2.0.0 Ok: queued as 4F1C21A0B3', '4F1C21A0B3'],
    ['250 OK id=1rXyZ0-0001Ab-2C', '1rXyZ0-0001Ab-2C'],
    ['250 2.0.0 49B9Xyz012345 Message accepted for delivery', '49B9Xyz012345'],
    ['250 thank you', null],
  ])('in %j is %s', (reply, id) => {
    expect(queueIdOf(reply)).toBe(id);
  });
});
