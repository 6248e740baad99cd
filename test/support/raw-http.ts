// HTTP by hand over a socket: what goes out is exactly what a test wrote, and what comes back is seen as bytes.

import { connect } from 'node:net';

/** A reply as it came. `isCut`: the connection ended before the promised length. */
export interface RawReply {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly isCut: boolean;
}

/** A request to write. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const patienceMs = 20_000;

/** Sends one request on a connection of its own. Null: the peer ended it without a reply. */
export async function rawHttp(port: number, request: RawRequest): Promise<RawReply | null> {
  const body = Buffer.from(request.body ?? '');
  const headers = { host: `127.0.0.1:${port}`, 'content-length': String(body.length), ...request.headers };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = `${request.method} ${request.path} HTTP/1.1\r\n${head.join('')}connection: close\r\n\r\n`;
  const bytes = await exchange(port, Buffer.concat([Buffer.from(text), body]));
  return bytes.length === 0 ? null : parse(bytes);
}

/** Writes bytes and reads until the peer ends the connection. */
function exchange(port: number, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(patienceMs, () => {
      socket.destroy();
      reject(new Error('no reply in time'));
    });
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A reset is an end like any other here: the test looks at what came before it.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      resolve(Buffer.concat(chunks));
    });
  });
}

function parse(bytes: Buffer): RawReply {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const body = bytes.subarray(end + 4);
  const promised = Number(headers.get('content-length') ?? body.length);
  return { status: Number(first.split(' ')[1]), headers, body, isCut: body.length < promised };
}
