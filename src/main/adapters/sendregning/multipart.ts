// The multipart/form-data body that SendRegning demands: one file part named `xml`. Bytes in, bytes out.

/** A request body with its type. */
export interface MultipartBody {
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * One file part named `xml` with a file name (without one the service answers "Parameter xml can't be omitted"), its type and its bytes unchanged.
 * `boundary` must not occur in the XML; a random one of 32 hex characters cannot be guessed into it.
 */
export function encodeMultipart(xml: Uint8Array, boundary: string): MultipartBody {
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="xml"; filename="sws.xml"',
    'Content-Type: text/xml; charset=UTF-8',
    'Content-Transfer-Encoding: binary',
    '',
    '',
  ].join('\r\n');
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), xml, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
