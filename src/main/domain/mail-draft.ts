// An e-mail that a person will send with a program of their own: as an .eml file and as a mailto address. Encoding only, nothing is sent.

import { isMailbox } from '../../shared/mailbox.ts';

/** A draft. `to` and `from` are one mailbox each, or null. */
export interface MailDraft {
  readonly from: string | null;
  readonly to: string | null;
  readonly subject: string;
  readonly text: string;
  readonly dateMs: number;
}

/** Mail programs are started with at most about 2,000 characters (Windows: 2,083 for an address). */
export const longestMailto = 1_900;

/** RFC 2047: an encoded word is at most 75 characters; 39 bytes are 52 in base64, with 12 around them. */
const wordBytes = 39;
/** RFC 2045 6.8. */
const base64Line = 76;

/** The draft as a file: `X-Unsent` makes Outlook open it for writing on. Same draft, same bytes. */
export function emlOf(draft: MailDraft): string {
  const headers = [
    'X-Unsent: 1',
    `Date: ${new Date(draft.dateMs).toUTCString().replace('GMT', '+0000')}`,
    ...(draft.from !== null && isMailbox(draft.from) ? [`From: ${draft.from}`] : []),
    `To: ${draft.to !== null && isMailbox(draft.to) ? draft.to : ''}`,
    `Subject: ${encodedWords(draft.subject)}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  const body = base64Of(draft.text.replace(/\r?\n/gu, '\r\n'));
  return `${headers.join('\r\n')}\r\n\r\n${body.replace(new RegExp(`.{${base64Line}}(?=.)`, 'gu'), '$&\r\n')}\r\n`;
}

/** The draft as an address that opens a mail program. */
export function mailtoOf(draft: Pick<MailDraft, 'to' | 'subject' | 'text'>): string {
  const to = draft.to !== null && isMailbox(draft.to) ? draft.to : '';
  const text = draft.text.replace(/\r?\n/gu, '\r\n');
  return `mailto:${encodeURIComponent(to).replaceAll('%40', '@')}?subject=${encodeURIComponent(draft.subject)}&body=${encodeURIComponent(text)}`;
}

/** Header text as RFC 2047 words; plain where it is ASCII already. */
function encodedWords(text: string): string {
  const clean = text.replace(/\p{Cc}+/gu, ' ');
  if (/^[ -~]*$/u.test(clean) && clean.length <= 66) return clean;
  const words: string[] = [];
  let word = '';
  for (const character of clean) {
    if (new TextEncoder().encode(word + character).length > wordBytes) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((part) => `=?utf-8?B?${base64Of(part)}?=`).join('\r\n ');
}

const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** UTF-8 in base64 (RFC 4648); this layer has no library that does it. */
function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => base64Letters[(three >> shift) & 63] ?? '');
    encoded += letters
      .slice(0, Math.min(3, bytes.length - at) + 1)
      .join('')
      .padEnd(4, '=');
  }
  return encoded;
}
