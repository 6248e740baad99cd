// The bytes of one invoice e-mail: checks of everything that ends in a header or an envelope, and the MIME encoding. No network here.

import { domainToASCII } from 'node:url';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { EmailConfig } from '../../../shared/schema/connection.ts';
import { mostRecipients, recipientsOf } from '../../domain/recipients.ts';
import type { DeliveryItem } from '../../ports/channel-adapter.ts';
import type { SmtpCode } from './classify.ts';

/** One message as it goes on the wire, before dot-stuffing. */
export interface EncodedMail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** Those of `to` that the invoice is for; the rest is the archive's copy. */
  readonly recipients: readonly string[];
  /** True: an address has a name before @ that is not ASCII, which only a server that offers SMTPUTF8 takes (RFC 6531). */
  readonly needsUtf8: boolean;
  readonly bytes: Buffer;
  /** Where in the bytes the PDF's base64 lines stand: `start` inclusive, `end` exclusive. */
  readonly base64: { readonly start: number; readonly end: number };
  /** With angle brackets; the same for every attempt of a delivery. */
  readonly messageId: string;
}

/** RFC 5321 4.5.3.1.3: a path is at most 256 octets including its angle brackets. */
const maxAddressLength = 254;
/** RFC 2045 6.8: encoded lines are at most 76 characters. */
const base64LineLength = 76;
const lineBreak = Buffer.from('\r\n');

/**
 * Finds what may not go into a header, a name or an address: CR, LF, NUL and every other control character but tab, and addresses that are
 * not exactly one mailbox. Runs before anything is connected or sent. Null = all well.
 */
export function findUnsafe(
  item: DeliveryItem,
  config: EmailConfig,
): { readonly code: SmtpCode; readonly detail: string } | null {
  if (item.message === null) return { code: 'smtp.no-message', detail: 'the text of the e-mail is missing' };
  const headerTexts: Readonly<Record<string, string>> = {
    recipient: item.target,
    customerName: item.customerName,
    invoiceNumber: item.invoiceNumber,
    documentFileName: item.documentFileName,
    subject: item.message.subject,
    fromAddress: config.fromAddress,
    fromName: config.fromName ?? '',
    copyTo: config.copyTo?.address ?? '',
    idempotencyKey: item.idempotencyKey,
  };
  for (const [field, text] of Object.entries(headerTexts)) {
    if (hasControlCharacter(text))
      return { code: 'smtp.header-injection', detail: `${field} contains a control character such as a line break` };
  }
  const recipients = recipientsOf(item.target);
  const wrong = recipients.find((address) => !isOneMailbox(address));
  if (recipients.length === 0 || wrong !== undefined)
    return { code: 'smtp.address-invalid', detail: 'the recipient is not an e-mail address' };
  if (recipients.length > mostRecipients)
    return {
      code: 'smtp.too-many-recipients',
      detail: `${recipients.length} recipients; at most ${mostRecipients} are allowed`,
    };
  if (!isOneMailbox(config.fromAddress))
    return { code: 'smtp.address-invalid', detail: 'the sender is not one e-mail address' };
  if (config.copyTo !== undefined && !isOneMailbox(config.copyTo.address))
    return { code: 'smtp.address-invalid', detail: 'the address for copies is not one e-mail address' };
  return null;
}

/**
 * An address as it stands in the envelope (RFC 5891, RFC 6531): the domain in ASCII (punycode), also where the name before @ is not ASCII, since a
 * server that takes such a name takes an ASCII domain as well. Null: the domain has no ASCII form.
 */
export function envelopeAddress(address: string): string | null {
  const at = address.lastIndexOf('@');
  const written = address.slice(at + 1);
  const domain = /^[!-~]*$/u.test(written) ? written : domainToASCII(written);
  return domain === '' ? null : `${address.slice(0, at)}@${domain}`;
}

/** True for an address that needs SMTPUTF8: its name before @ is not ASCII. */
export function needsSmtpUtf8(address: string): boolean {
  return /[^\x20-\x7E]/u.test(address.slice(0, address.lastIndexOf('@')));
}

/** True for exactly one mailbox without name, list, route or quoting: what MAIL FROM and RCPT TO are given. */
export function isOneMailbox(address: string): boolean {
  return (
    address.length <= maxAddressLength &&
    envelopeAddress(address) !== null &&
    /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/u.test(address)
  );
}

/** The Message-ID of a delivery: stable, so that a receiving system can recognise a second copy. */
export function messageIdOf(idempotencyKey: string, fromAddress: string): string {
  const address = asciiDomain(fromAddress);
  return `<${idempotencyKey}@${address.slice(address.lastIndexOf('@') + 1)}>`;
}

/** What an item is encoded with. */
export interface Encoding {
  readonly config: EmailConfig;
  readonly nowMs: number;
  /** Signs the bytes; null = no signature is wished. */
  readonly sign: ((bytes: Buffer) => Promise<Buffer>) | null;
}

/**
 * Encodes an item that {@link findUnsafe} found nothing wrong with. Everything but the Date header (the time of this attempt, RFC 5322 3.6.1)
 * depends on the item and the settings alone.
 */
export async function encodeMail(item: DeliveryItem, { config, nowMs, sign }: Encoding): Promise<EncodedMail> {
  const messageId = messageIdOf(item.idempotencyKey, config.fromAddress);
  const place = `[PDF ${item.idempotencyKey}]`;
  const recipients = recipientsOf(item.target);
  const { copyTo } = config;
  const [first = ''] = recipients;
  const frame = await new MailComposer({
    from: { name: config.fromName ?? '', address: asciiDomain(config.fromAddress) },
    // The customer's name goes with one address; among several it would name people who are not that customer.
    to:
      recipients.length === 1
        ? { name: item.customerName, address: asciiDomain(first) }
        : recipients.map((address) => ({ name: '', address: asciiDomain(address) })),
    ...(copyTo?.kind === 'cc' ? { cc: { name: '', address: asciiDomain(copyTo.address) } } : {}),
    subject: item.message?.subject ?? '',
    text: item.message?.text ?? '',
    html: item.message?.html ?? '',
    messageId,
    date: new Date(nowMs),
    headers: { 'X-Invoice-Number': item.invoiceNumber },
    attachments: [{ raw: pdfHeaders(item.documentFileName) + place }],
    baseBoundary: item.idempotencyKey.slice(0, 16),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  // The library's streams would take longer for the PDF than everything else takes together, so it is put in afterwards. It is the last part.
  const at = frame.lastIndexOf(place);
  const lines = base64Lines(item.document);
  const plain = Buffer.concat([frame.subarray(0, at), lines, frame.subarray(at + place.length)]);
  const bytes = sign === null ? plain : await sign(plain);
  // A signature is a header before all others.
  const start = at + bytes.length - plain.length;
  const all = copyTo === undefined ? recipients : [...recipients, copyTo.address];
  const to = all.map(asciiDomain).filter((address, index, list) => list.indexOf(address) === index);
  return {
    envelope: { from: asciiDomain(config.fromAddress), to },
    recipients: recipients.map(asciiDomain),
    needsUtf8: [config.fromAddress, ...all].some(needsSmtpUtf8),
    bytes,
    base64: { start, end: start + lines.length },
    messageId,
  };
}

function asciiDomain(address: string): string {
  return envelopeAddress(address) ?? address;
}

/** The file name is ASCII by its allow-list. */
function pdfHeaders(fileName: string): string {
  const name = fileName.replace(/[^A-Za-z0-9._-]/gu, '-');
  return (
    `Content-Type: application/pdf; name="${name}"\r\n` +
    'Content-Transfer-Encoding: base64\r\n' +
    `Content-Disposition: attachment; filename="${name}"\r\n\r\n`
  );
}

/** Base64 in lines of 76 characters with CRLF between them. */
function base64Lines(document: Uint8Array): Buffer {
  const encoded = Buffer.from(
    Buffer.from(document.buffer, document.byteOffset, document.byteLength).toString('base64'),
    'latin1',
  );
  const breaks = Math.max(0, Math.ceil(encoded.length / base64LineLength) - 1);
  const lines = Buffer.allocUnsafe(encoded.length + breaks * lineBreak.length);
  let to = 0;
  for (let from = 0; from < encoded.length; from += base64LineLength) {
    if (from > 0) to += lineBreak.copy(lines, to);
    to += encoded.copy(lines, to, from, from + base64LineLength);
  }
  return lines;
}

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true;
  }
  return false;
}
