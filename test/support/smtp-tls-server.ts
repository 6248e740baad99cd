// A mail server with TLS and a certificate of its own making, for tests. Needs the openssl command; says so when it is missing.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

/** A certificate for one host name, signed by an authority of its own. */
export interface TestCertificate {
  readonly authority: string;
  readonly key: string;
  readonly certificate: string;
}

/** True when certificates can be made here. */
export function hasOpenSsl(): boolean {
  return spawnSync('openssl', ['version']).status === 0;
}

/** Makes an authority and a certificate for `host`, both valid for two days; `isExpired`: the certificate ran out yesterday. */
export function makeCertificate(host: string, { isExpired = false } = {}): TestCertificate {
  const dir = mkdtempSync(join(tmpdir(), 'utskick-tls-'));
  const at = (name: string): string => join(dir, name);
  const openssl = (...args: string[]): void => {
    const run = spawnSync('openssl', args, { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
  };
  try {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      at('ca.key'),
      '-out',
      at('ca.pem'),
      '-days',
      '2',
      '-subj',
      '/CN=Utskick test authority',
    );
    openssl('req', ...newKey, '-keyout', at('key.pem'), '-out', at('request.pem'), '-subj', `/CN=${host}`);
    writeFileSync(at('names'), `subjectAltName=DNS:${host}\n`);
    openssl(
      'x509',
      '-req',
      '-in',
      at('request.pem'),
      '-CA',
      at('ca.pem'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
      '-out',
      at('cert.pem'),
      '-days',
      isExpired ? '-1' : '2',
      '-extfile',
      at('names'),
    );
    return {
      authority: readFileSync(at('ca.pem'), 'utf8'),
      key: readFileSync(at('key.pem'), 'utf8'),
      certificate: readFileSync(at('cert.pem'), 'utf8'),
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** A certificate for `host` that is its own authority; nobody trusts it. */
export function makeSelfSigned(host: string): TestCertificate {
  const dir = mkdtempSync(join(tmpdir(), 'utskick-tls-'));
  const at = (name: string): string => join(dir, name);
  try {
    const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('key.pem')];
    const run = spawnSync('openssl', ['req', '-x509', ...newKey, '-out', at('cert.pem'), '-days', '2', ...names], {
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(run.stderr);
    return {
      authority: '',
      key: readFileSync(at('key.pem'), 'utf8'),
      certificate: readFileSync(at('cert.pem'), 'utf8'),
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** A server that takes everything over TLS and lets one user in. */
export interface TlsMailServer {
  readonly port: number;
  readonly accepted: () => number;
  /** Passwords that arrived, and over what. */
  readonly logins: readonly { readonly isSecure: boolean }[];
  readonly stop: () => Promise<void>;
}

/** Starts it on a free port. `secure`: TLS from the start; else STARTTLS. */
export async function startTlsMailServer(certificate: TestCertificate, secure: boolean): Promise<TlsMailServer> {
  let accepted = 0;
  const logins: { readonly isSecure: boolean }[] = [];
  const server = new SMTPServer({
    secure,
    key: certificate.key,
    cert: certificate.certificate,
    disableReverseLookup: true,
    onAuth: (auth, session, callback) => {
      logins.push({ isSecure: session.secure });
      if (auth.password === 'right') callback(null, { user: auth.username });
      else callback(new Error('wrong password'));
    },
    onData: (stream, _session, callback) => {
      stream.resume();
      stream.on('end', () => {
        accepted += 1;
        callback();
      });
    },
  });
  // Handshakes that fail on purpose end up here.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    accepted: () => accepted,
    logins,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}
