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

describe('opening', () => {
  it.each([
    [{ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'smtp.certificate', true],
    [{ code: 'ESOCKET', originalCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'smtp.certificate', true],
    [{ code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' }, 'smtp.certificate', true],
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
