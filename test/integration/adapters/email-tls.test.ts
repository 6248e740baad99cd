// The e-mail adapter and TLS: certificates are always checked, and no password goes over a line that is not encrypted.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmailAdapter } from '../../../src/main/adapters/email/adapter.ts';
import type { ChannelTarget } from '../../../src/main/ports/channel-adapter.ts';
import { getCACertificates } from 'node:tls';
import { readAuthorities } from '../../../src/main/adapters/email/trust-and-keys.ts';
import { emailConfigSchema } from '../../../src/shared/schema/connection.ts';
import type { EmailConfig } from '../../../src/shared/schema/connection.ts';
import { wordsForCause } from '../../../src/shared/words/cause-words.ts';
import { hasOpenSsl, makeCertificate, makeSelfSigned, startTlsMailServer } from '../../support/smtp-tls-server.ts';
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
  let dir: string;
  /** The company's own authority as the settings name it. */
  let caPath: string;
  const authorityFile = async (name: string, authority: string): Promise<string> => {
    await writeFile(join(dir, name), authority);
    return join(dir, name);
  };
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'utskick-ca-'));
    certificate = makeCertificate('localhost');
    caPath = await authorityFile('ca.pem', certificate.authority);
    server = await startTlsMailServer(certificate, secure);
    stranger = await startTlsMailServer({ ...makeCertificate('other.example'), authority: '' }, secure);
  });
  afterAll(async () => {
    await server.stop();
    await stranger.stop();
    await rm(dir, { recursive: true });
  });

  const target = (port: number, ca: string | null, secret: string | null = 'right'): ChannelTarget => ({
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
      ...(ca === null ? {} : { caPath: ca }),
    },
  });

  it('sends when the certificate is trusted and names the host', async () => {
    const opened = await createEmailAdapter().open(target(server.port, caPath), never);
    if (!opened.ok) throw new Error(`${opened.failure.code}: ${opened.failure.detail}`);
    expect(summary(await opened.session.send(makeItem('email', '1'), watch()))).toBe('accepted');
    await opened.session.close();
    expect(server.accepted()).toBe(1);
    expect(server.logins).toEqual([{ isSecure: true }]);
  });

  it('refuses a certificate from an unknown authority, before any password', async () => {
    const opened = await createEmailAdapter().open(target(server.port, null), never);
    expect(opened).toMatchObject({ ok: false, failure: { code: 'smtp.certificate-untrusted', isPermanent: true } });
    expect(server.logins).toHaveLength(1);
  });

  const wrongOnes: readonly (readonly [string, () => TestCertificate, string])[] = [
    ['for another host', () => makeCertificate('other.example'), 'smtp.certificate-name'],
    ['that ran out', () => makeCertificate('localhost', { isExpired: true }), 'smtp.certificate-expired'],
    ['that it signed itself', () => makeSelfSigned('localhost'), 'smtp.certificate-untrusted'],
  ];
  it.each(wrongOnes)('refuses a certificate %s', async (_what, make, code) => {
    const wrong = make();
    const other = await startTlsMailServer(wrong, secure);
    const ca = wrong.authority === '' ? null : await authorityFile('other.pem', wrong.authority);
    const opened = await createEmailAdapter().open(target(other.port, ca), never);
    await other.stop();
    expect(opened).toMatchObject({ ok: false, failure: { code, isPermanent: true } });
    expect(other.logins).toEqual([]);
    expect(wordsForCause({ code, detail: null, isRetried: false }, 'en').title).not.toContain(code);
  });

  it('trusts the system’s authorities as well as its own, and says when the file holds none', async () => {
    const opened = await createEmailAdapter().open(target(stranger.port, caPath), never);
    expect(opened).toMatchObject({ ok: false, failure: { code: 'smtp.certificate-untrusted' } });
    const own = await readAuthorities(emailOf(target(server.port, caPath)));
    expect(own.ok && own.value !== null && own.value.length > getCACertificates('default').length).toBe(true);
    for (const file of [await authorityFile('empty.pem', 'no certificate'), join(dir, 'missing.pem')]) {
      const failed = await createEmailAdapter().open(target(server.port, file), never);
      expect(failed).toMatchObject({ ok: false, failure: { code: 'smtp.ca-unreadable', isPermanent: true } });
    }
  });

  it('has no setting that switches the check off', () => {
    const config = { ...emailOf(target(server.port, null)), rejectUnauthorized: false, tlsOptions: {} };
    expect(Object.keys(emailConfigSchema.parse(config))).not.toContain('rejectUnauthorized');
    expect(emailConfigSchema.safeParse({ ...config, tls: 'insecure' }).success).toBe(false);
  });

  it('shows in the connection test which step failed', async () => {
    const good = await createEmailAdapter().test(target(server.port, caPath), never);
    expect(good.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'address ok',
      'transport ok',
      'login ok',
      'permission ok',
    ]);
    expect(good[1]?.detail).toMatch(/^TLSv1\.[23], /u);
    const bad = await createEmailAdapter().test(target(stranger.port, caPath), never);
    expect(bad[1]).toMatchObject({ step: 'transport', state: 'failed', code: 'smtp.certificate-untrusted' });
    const wrong = await createEmailAdapter().test(target(server.port, caPath, 'wrong'), never);
    expect(wrong[2]).toMatchObject({ step: 'login', state: 'failed', code: 'smtp.login-refused' });
  });
});

function emailOf({ config }: ChannelTarget): EmailConfig {
  if (config.channel !== 'email') throw new Error('wrong channel');
  return config;
}
