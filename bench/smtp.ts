// How many messages with a 60 KB PDF a second: the e-mail adapter beside nodemailer's own pool, both to a server that only takes them, and to the
// practice mail server, which writes each to its ledger before it answers. All on this computer.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { createEmailAdapter } from '../src/main/adapters/email/adapter.ts';
import type { ChannelTarget } from '../src/main/ports/channel-adapter.ts';
import { makeDocument, makeItem, startTestPractice, watch } from '../test/support/smtp-sftp-practice.ts';
import type { TestPractice } from '../test/support/smtp-sftp-practice.ts';

const messages = 1000;
const rounds = 3;
const parallel = 10;
const documentBytes = 60_000;

/** Where a server listens. */
interface Peer {
  readonly host: string;
  readonly port: number;
}

async function main(): Promise<void> {
  const documents = Array.from({ length: messages }, () => makeDocument(documentBytes));
  console.log(`${messages} messages with a PDF of ${documentBytes} bytes, ${parallel} connections, ${rounds} rounds`);
  const practice = await startTestPractice();
  const sink = await startSink();
  try {
    await compare('a server that only takes them (goal: 400/s)', { practice, peer: sink.peer, documents });
    const { smtp } = practice.process.endpoints;
    await compare('the practice server, ledger synced before each answer', { practice, peer: smtp, documents });
  } finally {
    await sink.stop();
    await practice.stop();
  }
}

async function compare(
  name: string,
  setting: { readonly practice: TestPractice; readonly peer: Peer; readonly documents: readonly Uint8Array[] },
): Promise<void> {
  console.log(name);
  for (let round = 1; round <= rounds; round += 1) {
    const alone = await rate(() => sendWithPool(setting.peer, setting.documents));
    const adapter = await rate(() =>
      sendWithAdapter(setting.practice.emailTarget({ parallel, ...setting.peer }), setting.documents, round),
    );
    console.log(`  round ${round}: adapter ${adapter.toFixed(0)}/s, nodemailer's pool alone ${alone.toFixed(0)}/s`);
  }
}

async function startSink(): Promise<{ readonly peer: Peer; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'smtp-sink.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    peer: { host: '127.0.0.1', port: Number(port) },
    async stop() {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

async function rate(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return messages / ((performance.now() - startedAt) / 1000);
}

async function sendWithAdapter(target: ChannelTarget, documents: readonly Uint8Array[], round: number): Promise<void> {
  const opened = await createEmailAdapter().open(target, new AbortController().signal);
  if (!opened.ok) throw new Error(opened.failure.detail);
  const { session } = opened;
  const queue = documents.map((document, index) => makeItem('email', `${round}-${index}`, { document }));
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        const outcome = await session.send(item, watch());
        if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
      }
    }),
  );
  await session.close();
}

async function sendWithPool(peer: Peer, documents: readonly Uint8Array[]): Promise<void> {
  const pool = createTransport({
    pool: true,
    ...peer,
    secure: false,
    ignoreTLS: true,
    maxConnections: parallel,
  });
  await Promise.all(
    documents.map((document, index) =>
      pool.sendMail({
        from: 'faktura@energi.example',
        to: `kund${index}@example.com`,
        subject: `Faktura ${index}`,
        text: 'Hej!',
        html: '<p>Hej!</p>',
        attachments: [
          { filename: `Faktura-${index}.pdf`, content: Buffer.from(document), contentType: 'application/pdf' },
        ],
      }),
    ),
  );
  pool.close();
}

await main();
