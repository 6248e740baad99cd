// The bytes of a message are the same whether its base64 lines pass the library's dot-stuffing read or unread.

import { randomBytes } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import DataStream from 'nodemailer/lib/smtp-connection/data-stream';
import { expect, test } from 'vitest';
import { passUnread } from '../../../src/main/adapters/email/unread-lines.ts';

const head = Buffer.from('Subject: x\r\n\r\n.a line with a dot\r\nlone\nbreaks\rhere\r\n\r\n');
const tail = Buffer.from('\r\n--end--\r\n.\r\n');
const plain = Buffer.from(
  randomBytes(60_000)
    .toString('base64')
    .replaceAll(/(.{76})/gu, '$1\r\n'),
);

async function send(isUnread: boolean): Promise<{ readonly text: string; readonly plainSeen: number }> {
  const stream = new DataStream({});
  let plainSeen = 0;
  if (isUnread)
    passUnread(stream, (piece) => {
      if (piece === plain) plainSeen += 1;
      return piece === plain;
    });
  const pieces: Buffer[] = [];
  const socket = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  await pipeline(Readable.from([head, plain, tail], { objectMode: false }), stream, socket);
  return { text: Buffer.concat(pieces).toString('latin1'), plainSeen };
}

test('what goes out is the same, and the library still stuffs dots around it', async () => {
  const [read, unread] = [await send(false), await send(true)];
  expect(unread.text).toBe(read.text);
  expect(unread.plainSeen).toBe(1);
  expect(unread.text).toContain('\r\n..a line with a dot\r\nlone\r\nbreaks\r\nhere\r\n');
  expect(unread.text.endsWith('\r\n--end--\r\n..\r\n.\r\n')).toBe(true);
});
