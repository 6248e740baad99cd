// Files a mail connection needs beside its settings: the company's own certificate authorities and the DKIM key. Read when a session opens.

import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';
import DKIM from 'nodemailer/lib/dkim';
import type { EmailConfig } from '../../../shared/schema/connection.ts';
import { peerWords } from '../net.ts';
import type { SmtpCode } from './classify.ts';
import type { Step } from './mail-connection.ts';

/** RFC 8301 3.2: signers use keys of at least 1024 bits. */
const fewestKeyBits = 1024;

/** Authorities to trust (PEM) when `caPath` names a file: the system's and the file's; null = the system's alone. The check itself can't be switched off. */
export async function readAuthorities(config: EmailConfig): Promise<Step<readonly string[] | null>> {
  if (config.caPath === undefined) return { ok: true, value: null };
  const { caPath } = config;
  try {
    const text = await readFile(caPath, 'utf8');
    const own = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/gu) ?? [];
    if (own.length === 0) return fail('smtp.ca-unreadable', `${caPath} holds no certificate in PEM form`);
    for (const certificate of own) new X509Certificate(certificate);
    return { ok: true, value: [...getCACertificates('default'), ...own] };
  } catch (error) {
    return fail('smtp.ca-unreadable', peerWords(error));
  }
}

/** Signs a message's bytes. */
export type SignMail = (bytes: Buffer) => Promise<Buffer>;

/** The signer the settings ask for, with its key checked; null where none is wished. */
export async function readSigner(config: EmailConfig): Promise<Step<SignMail | null>> {
  if (config.dkim === undefined) return { ok: true, value: null };
  const { domain, selector, keyPath } = config.dkim;
  try {
    const privateKey = await readFile(keyPath, 'utf8');
    const key = createPrivateKey(privateKey);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType !== 'rsa' || bits < fewestKeyBits)
      return fail('smtp.dkim-key', `${keyPath} is not an RSA key of ${fewestKeyBits} bits or more`);
    const signer = new DKIM({ domainName: domain, keySelector: selector, privateKey });
    return { ok: true, value: (bytes) => sign(signer, bytes) };
  } catch (error) {
    return fail('smtp.dkim-key', peerWords(error));
  }
}

async function sign(signer: DKIM, bytes: Buffer): Promise<Buffer> {
  const signed = Buffer.concat(await signer.sign(bytes).toArray());
  // The library leaves a message it could not sign as it was.
  if (signed.length <= bytes.length) throw new Error('the message could not be signed');
  return signed;
}

function fail(
  code: SmtpCode,
  detail: string,
): { readonly ok: false; readonly failure: { code: SmtpCode; detail: string; isPermanent: boolean } } {
  return { ok: false, failure: { code, detail, isPermanent: true } };
}
