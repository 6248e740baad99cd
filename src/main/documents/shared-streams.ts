// Streams of a PDF's objects: texts are gathered before they become bytes, and what comes again in the next document is compressed once a thread.

import { deflateSync } from 'node:zlib';
import type { PdfObject } from './pdfmake-parts.ts';

/** Compressed streams of earlier documents. */
export interface SharedStreams {
  /** The stream compressed, or null for one that is different in every document. */
  deflated(chunk: string | Uint8Array): Uint8Array | null;
}

/** So many tables of letters are kept; those of unusual glyph sets come and go. */
const tablesKept = 32;

/** Font files are known by identity, a font's tables of letters by their text. */
export function sharedStreams(): SharedStreams {
  const files = new WeakMap<Uint8Array, Uint8Array>();
  const tables = new Map<string, Uint8Array>();
  return {
    deflated: (chunk) => {
      if (typeof chunk !== 'string') {
        const known = files.get(chunk) ?? deflateSync(chunk);
        files.set(chunk, known);
        return known;
      }
      if (!chunk.startsWith('/CIDInit')) return null;
      const known = tables.get(chunk) ?? deflateSync(latin1(`${chunk}\n`));
      if (tables.size >= tablesKept) tables.clear();
      tables.set(chunk, known);
      return known;
    },
  };
}

/** The same object, with the same bytes as a result: the library would turn each line of a page into bytes of its own. */
export function gatherStream(object: PdfObject, streams: SharedStreams): PdfObject {
  const write = object.write.bind(object);
  const end = object.end.bind(object);
  let text = '';
  const flush = (): void => {
    if (text !== '') write(latin1(text));
    text = '';
  };
  object.write = (chunk) => {
    if (typeof chunk === 'string') {
      text += `${chunk}\n`;
      return;
    }
    flush();
    write(chunk);
  };
  object.end = (chunk) => {
    const deflated = chunk === undefined ? null : streams.deflated(chunk);
    if (deflated !== null) {
      Object.assign(object.data, { Length: deflated.length, Filter: 'FlateDecode' });
      object.compress = false;
      object.buffer.push(deflated);
    } else if (chunk !== undefined) object.write(chunk);
    flush();
    end();
  };
  return object;
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
