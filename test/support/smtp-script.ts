// A mail server that answers what a test says, one reply a command, and takes every message: for replies no honest server gives.

import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Replies to commands by their first word; a command without one gets `250 ok`. */
export type SmtpScript = Readonly<Partial<Record<'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'RSET', string>>>;

/** A running server. */
export interface ScriptedServer {
  readonly port: number;
  /** What came after DATA was let in, up to the dot; '' is a message without anything in it. */
  readonly messages: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts it on a free port of this computer. */
export async function startScriptedServer(script: SmtpScript): Promise<ScriptedServer> {
  const messages: string[] = [];
  const server = createServer((socket) => {
    let waiting = '';
    let body: string[] | null = null;
    socket.on('error', () => socket.destroy());
    socket.write('220 script\r\n');
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (waiting + text).split('\r\n');
      waiting = lines.pop() ?? '';
      for (const line of lines) {
        if (body !== null) {
          if (line !== '.') {
            body.push(line);
            continue;
          }
          messages.push(body.join('\n'));
          body = null;
          socket.write('250 taken\r\n');
          continue;
        }
        const verb = line.slice(0, 4).toUpperCase();
        const usual = verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 ok';
        const reply = isScripted(verb) ? (script[verb] ?? usual) : usual;
        if (verb === 'DATA' && reply.startsWith('3')) body = [];
        socket.write(`${reply}\r\n`);
        if (verb === 'QUIT') socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    messages,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

function isScripted(verb: string): verb is keyof SmtpScript {
  return ['EHLO', 'MAIL', 'RCPT', 'DATA', 'RSET'].includes(verb);
}
