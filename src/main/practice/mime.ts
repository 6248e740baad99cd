// Reading a received message just far enough to say which invoice and which PDF it carries. Not a mail reader.

/** What a message carried. */
export interface ReadMessage {
  readonly messageId: string | null;
  readonly invoiceNumber: string | null;
  /** The first PDF attachment, decoded; null without one. */
  readonly pdf: Buffer | null;
  readonly pdfName: string | null;
}

type Headers = ReadonlyMap<string, string>;

interface Part {
  readonly headers: Headers;
  readonly body: string;
}

/** Nesting no honest message reaches; ends the walk of a hostile one. */
const maxDepth = 8;

/** Reads a message (raw bytes, dot-stuffing undone). The number comes from X-Invoice-Number, else from the PDF's name `Faktura-<number>.pdf`. */
export function readMessage(raw: Buffer): ReadMessage {
  const message = splitPart(raw.toString('latin1'));
  const pdfPart = findPdf(message, 0);
  const pdfName = pdfPart === null ? null : nameOf(pdfPart.headers);
  const fromHeader = message.headers.get('x-invoice-number');
  return {
    messageId: message.headers.get('message-id') ?? null,
    invoiceNumber:
      fromHeader === undefined ? (/^Faktura-(.+)\.pdf$/u.exec(pdfName ?? '')?.[1] ?? null) : decodeWords(fromHeader),
    pdf: pdfPart === null ? null : decodeBody(pdfPart),
    pdfName,
  };
}

function splitPart(text: string): Part {
  const end = text.indexOf('\r\n\r\n');
  const head = end === -1 ? text : text.slice(0, end);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n[ \t]+/gu, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end === -1 ? '' : text.slice(end + 4) };
}

function findPdf(part: Part, depth: number): Part | null {
  const type = part.headers.get('content-type') ?? 'text/plain';
  if (/^application\/pdf\b/iu.test(type)) return part;
  const boundary = /^multipart\/[\s\S]*\bboundary="?([^";]+)"?/iu.exec(type)?.[1];
  if (boundary === undefined || depth >= maxDepth) return null;
  for (const piece of `\r\n${part.body}`.split(`\r\n--${boundary}`).slice(1)) {
    if (piece.startsWith('--')) break;
    const found = findPdf(splitPart(piece.slice(piece.indexOf('\r\n') + 2)), depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function decodeBody(part: Part): Buffer {
  const isBase64 = (part.headers.get('content-transfer-encoding') ?? '').toLowerCase() === 'base64';
  return isBase64 ? Buffer.from(part.body, 'base64') : Buffer.from(part.body, 'latin1');
}

function nameOf(headers: Headers): string | null {
  const places = [headers.get('content-disposition'), headers.get('content-type')];
  for (const place of places) {
    const name = /\b(?:file)?name="?([^";]+)"?/iu.exec(place ?? '')?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

/** Undoes RFC 2047 encoded words; invoice numbers are seldom anything but ASCII. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/gu, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/giu, (_whole, kind: string, body: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(body, 'base64').toString('utf8')
        : Buffer.from(
            body
              .replaceAll('_', ' ')
              .replace(/=([0-9A-F]{2})/giu, (_hex, digits: string) => String.fromCharCode(parseInt(digits, 16))),
            'latin1',
          ).toString('utf8'),
    );
}
