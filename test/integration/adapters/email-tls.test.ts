// The e-mail adapter and TLS: certificates are always checked, and no password goes over a line that is not encrypted.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmailAdapter } from '../../../src/main/adapters/email/adapter.ts';
import type { ChannelTarget } from '../../../src/main/ports/channel-adapter.ts';
import { hasOpenSsl, makeCertificate, startTlsMailServer } from '../../support/smtp-tls-server.ts';
import type { TestCertificate, TlsMailServer } from '../../support/smtp-tls-server.ts';
import { makeItem, summary, watch } from '../../support/smtp-sftp-practice.ts';

const canRun = hasOpenSsl();
if (!canRun) console.log('Mail over TLS did not run: there is no openssl command to make certificates with');
const never = new AbortController().signal;

describe.skipIf(!canRun).each([
  ['tls', true],
  ['starttls', false],
] as const)('with %s', (tls, secure) => {
  let certificate: TestCertificate;
  let server: TlsMailServer;
  let stranger: TlsMailServer;
  beforeAll(async () => {
    certificate = makeCertificate('localhost');
    server = await startTlsMailServer(certificate, secure);
    stranger = await startTlsMailServer({ ...makeCertificate('other.example'), authority: '' }, secure);
  });
  afterAll(async () => {
    await server.stop();
    await stranger.stop();
  });

  const target = (port: number, secret: string | null = 'right'): ChannelTarget => ({
    connectionId: 'mail',
    secret,
    config: {
      channel: 'email',
      host: 'localhost',
      port,
      tls,
      user: 'anna',
      fromAddress: 'faktura@energi.example',
      fromName: null,
      parallel: 2,
    },
  });

  it('sends when the certificate is trusted and names the host', async () => {
    const opened = await createEmailAdapter({ trustedCa: certificate.authority }).open(target(server.port), never);
    if (!opened.ok) throw new Error(`${opened.failure.code}: ${opened.failure.detail}`);
    expect(summary(await opened.session.send(makeItem('email', '1'), watch()))).toBe('accepted');
    await opened.session.close();
    expect(server.accepted()).toBe(1);
    expect(server.logins).toEqual([{ isSecure: true }]);
  });

  it('refuses a certificate from an unknown authority, before any password', async () => {
    const opened = await createEmailAdapter().open(target(server.port), never);
    expect(opened).toMatchObject({ ok: false, failure: { code: 'smtp.certificate', isPermanent: true } });
    expect(server.logins).toHaveLength(1);
  });

  it('refuses a certificate for another host', async () => {
    const wrongName = makeCertificate('other.example');
    const other = await startTlsMailServer(wrongName, secure);
    const opened = await createEmailAdapter({ trustedCa: wrongName.authority }).open(target(other.port), never);
    await other.stop();
    expect(opened).toMatchObject({ ok: false, failure: { code: 'smtp.certificate', isPermanent: true } });
    expect(other.logins).toEqual([]);
  });

  it('shows in the connection test which step failed', async () => {
    const good = await createEmailAdapter({ trustedCa: certificate.authority }).test(target(server.port), never);
    expect(good.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'address ok',
      'transport ok',
      'login ok',
      'permission ok',
    ]);
    expect(good[1]?.detail).toMatch(/^TLSv1\.[23], /u);
    const bad = await createEmailAdapter({ trustedCa: certificate.authority }).test(target(stranger.port), never);
    expect(bad[1]).toMatchObject({ step: 'transport', state: 'failed', code: 'smtp.certificate' });
    const wrong = await createEmailAdapter({ trustedCa: certificate.authority }).test(
      target(server.port, 'wrong'),
      never,
    );
    expect(wrong[2]).toMatchObject({ step: 'login', state: 'failed', code: 'smtp.login-refused' });
  });
});
