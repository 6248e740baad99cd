// Lets the base64 lines of a PDF pass through the library's dot-stuffing unread. Nothing else about a message is known here.

import type { Writable } from 'node:stream';

/** What is used of the stream that nodemailer stuffs dots in; a test holds this against the pinned version. */
interface StuffingStream extends Writable {
  inByteCount: number;
  outByteCount: number;
  /** The last byte that was let through; the library decides by it whether a dot stands at the start of a line. */
  lastByte: number | false;
  push(piece: Buffer): boolean;
  _transform(piece: Buffer, encoding: BufferEncoding, done: () => void): void;
}

/**
 * The library looks at every byte for dots at the start of a line and for lone CR or LF (RFC 5321 4.5.2, 2.3.8), which takes a fifth of the time of a
 * message. Base64 in lines has neither, so pieces for which `isPlain` holds go through as they are; all others are looked at as ever.
 */
export function passUnread(stream: NodeJS.WritableStream, isPlain: (piece: Buffer) => boolean): void {
  if (!isStuffingStream(stream)) return;
  const stuff = stream._transform.bind(stream);
  stream._transform = (piece, encoding, done) => {
    if (!isPlain(piece)) {
      stuff(piece, encoding, done);
      return;
    }
    stream.inByteCount += piece.length;
    stream.outByteCount += piece.length;
    stream.lastByte = piece.at(-1) ?? stream.lastByte;
    stream.push(piece);
    done();
  };
}

function isStuffingStream(stream: object): stream is StuffingStream {
  return 'inByteCount' in stream && 'outByteCount' in stream && 'lastByte' in stream && '_transform' in stream;
}
