// Replies that make no sense, with and without PIPELINING: nobody gets an empty message, and no address is blamed for it.

import { afterEach, describe, expect, it } from 'vitest';
import { createEmailAdapter } from '../../../src/main/adapters/email/adapter.ts';
import type { AttemptOutcome } from '../../../src/main/ports/channel-adapter.ts';
import { startScriptedServer } from '../../support/smtp-script.ts';
import type { ScriptedServer, SmtpScript } from '../../support/smtp-script.ts';
import { makeItem, summary, watch } from '../../support/smtp-sftp-practice.ts';

const adapter = createEmailAdapter({ commandTimeoutMs: 10_000, replyTimeoutMs: 10_000 });
const never = new AbortController().signal;
const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function sendTo(
  script: SmtpScript,
  target: string,
): Promise<{ readonly outcome: AttemptOutcome; readonly marks: number; readonly messages: readonly string[] }> {
  const server = await startScriptedServer(script);
  servers.push(server);
  const opened = await adapter.open(
    {
      connectionId: 'mail',
      secret: null,
      config: {
        channel: 'email',
        host: '127.0.0.1',
        port: server.port,
        tls: 'none',
        user: null,
        fromAddress: 'faktura@energi.example',
        fromName: null,
        parallel: 1,
      },
    },
    never,
  );
  if (!opened.ok) throw new Error(opened.failure.code);
  const context = watch();
  const outcome = await opened.session.send(makeItem('email', '1', { target }), context);
  await opened.session.close();
  return { outcome, marks: context.marks(), messages: server.messages };
}

describe.each([
  ['one command at a time', '250 script'],
  ['with PIPELINING', '250-script\r\n250 PIPELINING'],
])('%s', (_name, ehlo) => {
  it.each([
    ['RCPT', 'ok'],
    ['RCPT', '354 go on'],
    ['MAIL', '!! ok'],
    ['DATA', 'go on'],
  ])('a garbled reply to %s (%j) sends nothing and says that the server is not understood', async (verb, reply) => {
    const { outcome, marks, messages } = await sendTo({ EHLO: ehlo, [verb]: reply }, 'kund@example.com');
    expect(outcome).toMatchObject({ kind: 'notSent', code: 'smtp.protocol', scope: 'connection', isPermanent: false });
    expect(marks).toBe(0);
    expect(messages).toEqual([]);
  });

  it('a server that refuses everybody and wants the message nevertheless gets none', async () => {
    const { outcome, messages } = await sendTo({ EHLO: ehlo, RCPT: '550 5.1.1 nobody' }, 'kund@example.com');
    expect(summary(outcome)).toBe('refused smtp.recipient-refused');
    expect(messages).toEqual([]);
  });

  it('an understood conversation still arrives whole', async () => {
    const { outcome, messages } = await sendTo({ EHLO: ehlo }, 'kund@example.com, kund2@example.com');
    expect(summary(outcome)).toBe('accepted');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain('Content-Disposition: attachment');
  });
});
