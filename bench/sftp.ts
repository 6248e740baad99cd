// How many files of 10 KB a second: the SFTP adapter (upload, mark, rename) beside OpenSSH's own client and ssh2-sftp-client, on this computer.

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import SftpClient from 'ssh2-sftp-client';
import { createSftpAdapter } from '../src/main/adapters/sftp/adapter.ts';
import type { ChannelTarget } from '../src/main/ports/channel-adapter.ts';
import { findSshd, startOpenSsh } from '../test/support/sftp-openssh.ts';
import type { OpenSsh } from '../test/support/sftp-openssh.ts';
import { makeDocument, makeItem, startTestPractice, watch } from '../test/support/smtp-sftp-practice.ts';

const files = 1000;
const fileBytes = 10_000;
const rounds = 3;

async function main(): Promise<void> {
  const documents = Array.from({ length: files }, () => makeDocument(fileBytes));
  console.log(
    `${files} files of ${fileBytes} bytes, ${rounds} rounds; the adapter writes a temporary file, measures it and renames it`,
  );
  const found = findSshd();
  if ('missing' in found) console.log(`OpenSSH server: ${found.missing}`);
  else await measureOpenSsh(await startOpenSsh(found.path), documents);
  const practice = await startTestPractice();
  try {
    for (let round = 1; round <= rounds; round += 1) {
      console.log(
        `practice vendor, round ${round}: adapter at 16 ${(await rate(() => sendWithAdapter(practice.sftpTarget({ parallel: 16 }), documents, `p${round}`))).toFixed(0)}/s`,
      );
    }
  } finally {
    await practice.stop();
  }
}

async function measureOpenSsh(server: OpenSsh, documents: readonly Uint8Array[]): Promise<void> {
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const rates: string[] = [];
      for (const parallel of [1, 8, 16, 64]) {
        rates.push(
          `adapter at ${parallel} ${(await rate(() => sendWithAdapter(withParallel(server.target, parallel), documents, `o${round}-${parallel}`))).toFixed(0)}/s`,
        );
      }
      rates.push(
        `ssh2-sftp-client at 8, no rename ${(await rate(() => sendWithLibrary(server, documents, round))).toFixed(0)}/s`,
      );
      rates.push(`sftp -b, no rename ${(await sendWithOpenSsh(server, documents, round)).toFixed(0)}/s`);
      console.log(`OpenSSH server, round ${round}: ${rates.join(', ')}`);
    }
  } finally {
    await server.stop();
  }
}

function withParallel(target: ChannelTarget, parallel: number): ChannelTarget {
  return target.config.channel === 'sftp' ? { ...target, config: { ...target.config, parallel } } : target;
}

async function rate(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return files / ((performance.now() - startedAt) / 1000);
}

async function sendWithAdapter(target: ChannelTarget, documents: readonly Uint8Array[], prefix: string): Promise<void> {
  // As after a connection test: both servers' renames refuse a name that is taken.
  const opened = await createSftpAdapter().open({ ...target, renames: 'refuses' }, new AbortController().signal);
  if (!opened.ok) throw new Error(opened.failure.detail);
  const { session } = opened;
  const queue = documents.map((document, index) => makeItem('sftp', `${prefix}-${index}`, { document }));
  await Promise.all(
    Array.from({ length: session.parallel }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        const outcome = await session.send(item, watch());
        if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
      }
    }),
  );
  await session.close();
}

async function sendWithLibrary(server: OpenSsh, documents: readonly Uint8Array[], round: number): Promise<void> {
  const client = new SftpClient();
  const sock = connect({ host: '127.0.0.1', port: server.port, noDelay: true });
  await client.connect({ sock, username: server.user, privateKey: readFileSync(server.keyPath) });
  const queue = documents.map((document, index) => ({ document, path: join(server.folder, `l${round}-${index}.pdf`) }));
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift())
        await client.put(Buffer.from(next.document), next.path);
    }),
  );
  await client.end();
}

/** The time of the client's run alone; the local files are made before. */
async function sendWithOpenSsh(server: OpenSsh, documents: readonly Uint8Array[], round: number): Promise<number> {
  const local = await mkdtemp(join(tmpdir(), 'utskick-sftp-'));
  await Promise.all(documents.map((document, index) => writeFile(join(local, `b${round}-${index}.pdf`), document)));
  const batch = join(local, 'batch');
  await writeFile(
    batch,
    documents.map((_document, index) => `put ${join(local, `b${round}-${index}.pdf`)} ${server.folder}/`).join('\n'),
  );
  const startedAt = performance.now();
  const options = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR'];
  const run = spawnSync(
    'sftp',
    ['-q', '-b', batch, '-i', server.keyPath, '-P', String(server.port), ...options, `${server.user}@127.0.0.1`],
    { encoding: 'utf8' },
  );
  const tookSeconds = (performance.now() - startedAt) / 1000;
  await rm(local, { recursive: true });
  if (run.status !== 0) throw new Error(run.stderr);
  return files / tookSeconds;
}

await main();
