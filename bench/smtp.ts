// How many messages with a 60 KB PDF a second: the e-mail adapter beside nodemailer's own pool, both to the practice mail server on this computer.

import { createTransport } from 'nodemailer';
import { createEmailAdapter } from '../src/main/adapters/email/adapter.ts';
import { makeDocument, makeItem, startTestPractice, watch } from '../test/support/smtp-sftp-practice.ts';
import type { TestPractice } from '../test/support/smtp-sftp-practice.ts';

const messages = 1000;
const rounds = 3;
const parallel = 10;
const documentBytes = 60_000;

async function main(): Promise<void> {
  const practice = await startTestPractice();
  try {
    const documents = Array.from({ length: messages }, () => makeDocument(documentBytes));
    console.log(
      `${messages} messages with a PDF of ${documentBytes} bytes, ${parallel} connections, ${rounds} rounds; the server writes each to its ledger before it answers`,
    );
    for (let round = 1; round <= rounds; round += 1) {
      const alone = await rate(() => sendWithPool(practice, documents));
      const adapter = await rate(() => sendWithAdapter(practice, documents, round));
      console.log(`round ${round}: adapter ${adapter.toFixed(0)}/s, nodemailer's pool alone ${alone.toFixed(0)}/s`);
    }
  } finally {
    await practice.stop();
  }
}

async function rate(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return messages / ((performance.now() - startedAt) / 1000);
}

async function sendWithAdapter(practice: TestPractice, documents: readonly Uint8Array[], round: number): Promise<void> {
  const opened = await createEmailAdapter().open(practice.emailTarget({ parallel }), new AbortController().signal);
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

async function sendWithPool(practice: TestPractice, documents: readonly Uint8Array[]): Promise<void> {
  const { smtp } = practice.process.endpoints;
  const pool = createTransport({
    pool: true,
    host: smtp.host,
    port: smtp.port,
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
