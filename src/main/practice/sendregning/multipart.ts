// Reading multipart/form-data (RFC 7578) from bytes: names, file names and contents of the parts. Knows nothing of what is in them.

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  /** Null: a text field. */
  readonly fileName: string | null;
  readonly body: Buffer;
}

const lineEnd = '\r\n';
const headEnd = '\r\n\r\n';

/** The parts in order; null when the body is no form, or has no end. */
export function readForm(contentType: string, body: Buffer): readonly FormPart[] | null {
  const [, quoted, bare] = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]+)"|([^;\s]+))/iu.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return null;
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const parts: FormPart[] = [];
  let at = body.indexOf(mark);
  if (at === -1) return null;
  for (;;) {
    const start = at + mark.length;
    if (body.toString('latin1', start, start + 2) === '--') return parts;
    const head = body.indexOf(lineEnd, start);
    at = body.indexOf(Buffer.concat([Buffer.from(lineEnd), mark]), start);
    if (head === -1 || at === -1) return null;
    const part = readPart(body.subarray(head + lineEnd.length, at));
    if (part !== null) parts.push(part);
    at += lineEnd.length;
  }
}

function readPart(bytes: Buffer): FormPart | null {
  const end = bytes.indexOf(headEnd);
  if (end === -1) return null;
  const disposition = bytes
    .toString('utf8', 0, end)
    .split(lineEnd)
    .find((line) => /^content-disposition\s*:/iu.test(line));
  const parameter = (name: string): string | null => {
    const [, quoted, bare] =
      new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'iu').exec(disposition ?? '') ?? [];
    return quoted ?? bare ?? null;
  };
  const name = parameter('name');
  return name === null ? null : { name, fileName: parameter('filename'), body: bytes.subarray(end + headEnd.length) };
}
