// An independent reader of DKIM signatures (RFC 6376) for tests: relaxed/relaxed, rsa-sha256. Shares nothing with what signs.

import { createHash, createVerify } from 'node:crypto';

/** What a signature says and whether it holds. */
export interface DkimVerdict {
  readonly domain: string;
  readonly selector: string;
  readonly signedHeaders: readonly string[];
  readonly isBodyRight: boolean;
  readonly isSignatureRight: boolean;
}

/** Checks the first signature of a message with the public key (PEM) that the DNS would give. */
export function checkDkim(raw: Buffer, publicKey: string): DkimVerdict {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const headers = text.slice(0, end + 2).match(/[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*/gu) ?? [];
  const nameOf = (header: string): string => header.slice(0, header.indexOf(':')).trim().toLowerCase();
  const signature = headers.find((header) => nameOf(header) === 'dkim-signature');
  if (signature === undefined) throw new Error('the message has no DKIM-Signature');
  const tags = new Map(
    signature
      .slice(signature.indexOf(':') + 1)
      .split(';')
      .map((tag): [string, string] => {
        const [name = '', ...value] = tag.split('=');
        return [name.trim(), value.join('=').replace(/\s+/gu, '')];
      }),
  );
  const tag = (name: string): string => tags.get(name) ?? '';
  if (tag('a') !== 'rsa-sha256' || tag('c') !== 'relaxed/relaxed') throw new Error(`unknown form: ${signature}`);
  const signedHeaders = tag('h').toLowerCase().split(':');
  const left = headers.toReversed();
  const covered = signedHeaders.flatMap((wanted) => {
    const at = left.findIndex((header) => nameOf(header) === wanted);
    return at < 0 ? [] : left.splice(at, 1);
  });
  const own = relaxHeader(signature.replace(/([;\s]b=)[^;]*/u, '$1'));
  const verify = createVerify('RSA-SHA256');
  verify.update(Buffer.from(covered.map((header) => `${relaxHeader(header)}\r\n`).join('') + own, 'latin1'));
  return {
    domain: tag('d'),
    selector: tag('s'),
    signedHeaders,
    isBodyRight:
      createHash('sha256')
        .update(relaxBody(text.slice(end + 4)), 'latin1')
        .digest('base64') === tag('bh'),
    isSignatureRight: verify.verify(publicKey, tag('b'), 'base64'),
  };
}

/** RFC 6376 3.4.2. */
function relaxHeader(header: string): string {
  const colon = header.indexOf(':');
  const value = header
    .slice(colon + 1)
    .replace(/\r\n/gu, '')
    .replace(/[ \t]+/gu, ' ')
    .trim();
  return `${header.slice(0, colon).trim().toLowerCase()}:${value}`;
}

/** RFC 6376 3.4.4. */
function relaxBody(body: string): string {
  const lines = body
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/gu, ' ').replace(/ $/u, ''))
    .join('\r\n')
    .replace(/(?:\r\n)+$/u, '');
  return lines === '' ? '' : `${lines}\r\n`;
}
