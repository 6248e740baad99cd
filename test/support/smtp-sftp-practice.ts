// Practice providers for tests: started in a folder of their own, with a look into their ledgers. Decides nothing.

import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { documentFileName, safeFilePart } from '../../src/main/domain/document-name.ts';
import { startPracticeProcess } from '../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../src/main/platform/practice-process.ts';
import type { AttemptOutcome, ChannelTarget, DeliveryItem, SendContext } from '../../src/main/ports/channel-adapter.ts';
import type { EmailConfig, SftpConfig } from '../../src/shared/schema/connection.ts';
import type { AttemptPhase } from '../../src/shared/schema/delivery.ts';

const ledgerLineSchema = z.object({
  at: z.iso.datetime(),
  provider: z.enum(['smtp', 'sftp']),
  event: z.enum(['accepted', 'refused', 'stored', 'removed']),
  invoiceNumber: z.string().nullable(),
  recipient: z.string().optional(),
  path: z.string().optional(),
  sha256: z.string().nullable(),
  bytes: z.number(),
  messageId: z.string().optional(),
  reply: z.string().optional(),
});
/** One line of a ledger. */
export type LedgerLine = z.infer<typeof ledgerLineSchema>;

/** Running practice providers in a temporary folder. */
export interface TestPractice {
  readonly process: PracticeProcess;
  readonly dir: string;
  readonly emailTarget: (changes?: Partial<EmailConfig>) => ChannelTarget;
  readonly sftpTarget: (changes?: Partial<SftpConfig>, secret?: string | null) => ChannelTarget;
  readonly ledger: (provider: 'smtp' | 'sftp') => Promise<readonly LedgerLine[]>;
  readonly stop: () => Promise<void>;
}

/** Where the practice process starts from. */
export const practiceEntry = new URL('../../src/main/practice/main.ts', import.meta.url);

/** Starts the providers; `prepare` may put files into their folder before. */
export async function startTestPractice(prepare?: (dir: string) => Promise<void>): Promise<TestPractice> {
  const dir = await mkdtemp(join(tmpdir(), 'utskick-practice-'));
  await prepare?.(dir);
  const process = await startPracticeProcess({ entry: practiceEntry, dir });
  const { smtp, sftp, ledgers } = process.endpoints;
  return {
    process,
    dir,
    emailTarget: (changes = {}) => ({
      connectionId: 'mail',
      secret: changes.user === undefined ? null : smtp.password,
      config: {
        channel: 'email',
        host: smtp.host,
        port: smtp.port,
        tls: 'none',
        user: null,
        fromAddress: 'faktura@energi.example',
        fromName: 'Åsa Energi',
        parallel: 4,
        ...changes,
      },
    }),
    sftpTarget: (changes = {}, secret = sftp.password) => ({
      connectionId: 'print',
      secret,
      config: {
        channel: 'sftp',
        host: sftp.host,
        port: sftp.port,
        user: sftp.user,
        privateKeyPath: null,
        hostKey: sftp.hostKey,
        path: '/',
        parallel: 8,
        ...changes,
      },
    }),
    ledger: async (provider) => readLedger(ledgers[provider]),
    stop: async () => {
      await process.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Reads a ledger file. */
export async function readLedger(path: string): Promise<readonly LedgerLine[]> {
  const text = await readFile(path, 'utf8');
  const lines: unknown[] = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
  return z.array(ledgerLineSchema).parse(lines);
}

/** A document of random bytes behind a PDF's first line. */
export function makeDocument(sizeBytes: number): Uint8Array {
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(Math.max(0, sizeBytes - 9))]);
}

/** A delivery of one invoice over one channel. */
export function makeItem(
  channel: 'email' | 'sftp',
  invoiceNumber: string,
  changes: Partial<DeliveryItem> = {},
): DeliveryItem {
  const document = changes.document ?? makeDocument(10_000);
  const idempotencyKey =
    changes.idempotencyKey ?? createHash('sha256').update(`${channel}/${invoiceNumber}`).digest('hex');
  return {
    deliveryId: 1,
    attempt: 1,
    step: 1,
    previous: null,
    invoiceNumber,
    customerName: 'Örjan Öman',
    target:
      channel === 'email'
        ? `kund-${safeFilePart(invoiceNumber)}@example.com`
        : `${safeFilePart(invoiceNumber)}_${idempotencyKey.slice(0, 8)}.pdf`,
    documentFileName: documentFileName(invoiceNumber),
    message:
      channel === 'email'
        ? {
            subject: `Faktura ${invoiceNumber} från Åsa Energi`,
            text: 'Hej!\n.\nEn rad med bara en punkt.\n',
            html: '<p>Hej!</p>',
          }
        : null,
    ...changes,
    idempotencyKey,
    document,
    documentSha256: changes.documentSha256 ?? createHash('sha256').update(document).digest('hex'),
  };
}

/** What an attempt reported on its way. */
export interface Watched extends SendContext {
  readonly phases: AttemptPhase[];
  readonly marks: () => number;
}

/** A context that writes everything down. */
export function watch(changes: Partial<SendContext> = {}): Watched {
  const phases: AttemptPhase[] = [];
  let marks = 0;
  return {
    signal: changes.signal ?? new AbortController().signal,
    phases,
    marks: () => marks,
    onPhase: (phase) => {
      phases.push(phase);
    },
    markSending: async () => {
      await changes.markSending?.();
      marks += 1;
    },
  };
}

/** `notSent smtp.busy` and the like, for short expectations. */
export function summary(outcome: AttemptOutcome): string {
  return outcome.kind === 'accepted' ? 'accepted' : `${outcome.kind} ${outcome.code}`;
}
