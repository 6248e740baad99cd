// The bytes of one invoice e-mail: checks of everything that ends in a header or an envelope, and the MIME encoding. No network here.

import MailComposer from 'nodemailer/lib/mail-composer';
import type { EmailConfig } from '../../../shared/schema/connection.ts';
import type { DeliveryItem } from '../../ports/channel-adapter.ts';
import type { SmtpCode } from './classify.ts';

/** One message as it goes on the wire, before dot-stuffing. */
export interface EncodedMail {
  readonly envelope: { readonly from: string; readonly to: string };
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
    idempotencyKey: item.idempotencyKey,
  };
  for (const [field, text] of Object.entries(headerTexts)) {
    if (hasControlCharacter(text))
      return { code: 'smtp.header-injection', detail: `${field} contains a control character such as a line break` };
  }
  if (!isOneMailbox(item.target))
    return { code: 'smtp.address-invalid', detail: 'the recipient is not one e-mail address' };
  if (!isOneMailbox(config.fromAddress))
    return { code: 'smtp.address-invalid', detail: 'the sender is not one e-mail address' };
  return null;
}

/** True for exactly one mailbox without name, list, route or quoting: what MAIL FROM and RCPT TO are given. */
export function isOneMailbox(address: string): boolean {
  return address.length <= maxAddressLength && /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/u.test(address);
}

/** The Message-ID of a delivery: stable, so that a receiving system can recognise a second copy. */
export function messageIdOf(idempotencyKey: string, fromAddress: string): string {
  return `<${idempotencyKey}@${fromAddress.slice(fromAddress.lastIndexOf('@') + 1)}>`;
}

/**
 * Encodes an item that {@link findUnsafe} found nothing wrong with. Everything but the Date header (the time of this attempt, RFC 5322 3.6.1)
 * depends on the item and the settings alone.
 */
export async function encodeMail(item: DeliveryItem, config: EmailConfig, nowMs: number): Promise<EncodedMail> {
  const messageId = messageIdOf(item.idempotencyKey, config.fromAddress);
  const place = `[PDF ${item.idempotencyKey}]`;
  const node = new MailComposer({
    from: { name: config.fromName ?? '', address: config.fromAddress },
    to: { name: item.customerName, address: item.target },
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
  }).compile();
  const { from, to } = node.getEnvelope();
  const frame = await node.build();
  // The library's streams would take longer for the PDF than everything else takes together, so it is put in afterwards. It is the last part.
  const at = frame.lastIndexOf(place);
  const lines = base64Lines(item.document);
  return {
    envelope: { from: from === false ? config.fromAddress : from, to: to[0] ?? item.target },
    bytes: Buffer.concat([frame.subarray(0, at), lines, frame.subarray(at + place.length)]),
    base64: { start: at, end: at + lines.length },
    messageId,
  };
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
