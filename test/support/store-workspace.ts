// A store on a real file with invoices in it, for the tests of store and delivery. Short names for long verbs; no checks of its own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { createSystemClock } from '../../src/main/platform/system-clock.ts';
import type { Clock } from '../../src/main/ports/clock.ts';
import type { ParsedFile, ParsedInvoiceRow } from '../../src/main/ports/import-source.ts';
import type { Log } from '../../src/main/ports/log.ts';
import type { Act } from '../../src/main/ports/act.ts';
import type { ReleaseItem } from '../../src/main/ports/release-item.ts';
import type { Store } from '../../src/main/ports/store.ts';
import { openStore } from '../../src/main/store/open.ts';
import type { ImportMode } from '../../src/shared/schema/batch.ts';
import type { Connection } from '../../src/shared/schema/connection.ts';
import { noLimits } from '../../src/shared/schema/connection-limits.ts';
import type { PdfChannel } from '../../src/shared/schema/delivery.ts';
import type { Problem } from '../../src/shared/schema/problem.ts';

/** A log that keeps nothing. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The act of the tests' operator. */
export function act(nowMs = 1_000_000): Act {
  return { actor: 'test', nowMs };
}

/** A folder that is removed with `dispose`. */
export async function temporaryFolder(): Promise<{ readonly path: string; dispose(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'utskick-store-'));
  return { path, dispose: () => rm(path, { recursive: true, force: true }) };
}

/** Opens a store or fails the test. */
export async function openOrFail(path: string, clock: Clock = createSystemClock()): Promise<Store> {
  const opened = await openStore({ path, clock, log: silentLog });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

/** One invoice row; every field can be replaced. */
export function invoiceRow(ordinal: number, change: Partial<ParsedInvoiceRow> = {}): ParsedInvoiceRow {
  return {
    ordinal,
    fileOrdinal: 0,
    byteOffset: 100 + ordinal * 2000,
    byteLength: 1990,
    line: 10 + ordinal * 40,
    column: 3,
    kind: 'invoice',
    invoiceNumber: String(1000 + ordinal),
    sellerKey: '5560001111',
    customerName: `Kund ${ordinal}`,
    city: 'Umeå',
    email: `kund${ordinal}@example.com`,
    invoiceDate: '2026-11-01',
    dueDate: '2026-12-01',
    currency: 'SEK',
    payableMinor: 10_000 + ordinal,
    channel: 'email',
    errorCount: 0,
    warningCount: 0,
    contentSha256: sha256(`content ${ordinal}`),
    customerRef: `K-${ordinal}`,
    vatRate: '25',
    payeeAccounts: 'bankgiro:54029681',
    ...change,
  };
}

/** One finding. */
export function problem(change: Partial<Problem> = {}): Problem {
  return {
    ruleId: 'core.total.mismatch',
    severity: 'error',
    line: 12,
    column: 5,
    endLine: null,
    endColumn: null,
    path: 'Invoice[0]/Total',
    found: '100.00',
    expected: '125.00',
    params: {},
    invoiceOrdinal: 0,
    invoiceNumber: '1000',
    ...change,
  };
}

/** What the reader says at a file's end. */
export function parsedFile(invoiceCount: number, change: Partial<ParsedFile> = {}): ParsedFile {
  return {
    format: 'GASEL',
    formatVersion: '1.0',
    context: { encoding: 'utf-8', profileId: 'gasel-1.0', namespaces: { '': 'urn:test' } },
    sourceBatchId: null,
    sellerName: 'Elbolaget AB',
    periodStart: null,
    periodEnd: null,
    invoiceCount,
    lineCount: 10 + invoiceCount * 40,
    isSingleInvoice: false,
    lineIndex: [0],
    problems: [],
    ...change,
  };
}

/** Imports a whole batch in one go. */
export function importBatch(
  store: Store,
  batchId: string,
  what: {
    readonly rows: readonly ParsedInvoiceRow[];
    readonly problems?: readonly Problem[];
    readonly mode?: ImportMode;
    readonly file?: Partial<ParsedFile>;
  },
) {
  store.imports.beginBatch(
    { id: batchId, mode: what.mode ?? 'lenient', files: [importFile(batchId)], ownerPid: process.pid },
    act(),
  );
  store.imports.addChunk(batchId, 0, { rows: what.rows, problems: what.problems ?? [], doneBytes: 0 });
  store.imports.finishFile(batchId, 0, parsedFile(what.rows.length, what.file));
  return store.imports.finishBatch(batchId, act());
}

/** The first file of a batch. */
export function importFile(batchId: string) {
  return { ordinal: 0, fileName: `${batchId}.xml`, sizeBytes: 1000, sha256: sha256(batchId) };
}

/** Invoice rows 0 … count − 1. */
export function rows(
  count: number,
  change: (ordinal: number) => Partial<ParsedInvoiceRow> = () => ({}),
): ParsedInvoiceRow[] {
  return Array.from({ length: count }, (_, ordinal) => invoiceRow(ordinal, change(ordinal)));
}

/** A connection that nothing listens behind. */
export function connection(id: string, channel: PdfChannel): Connection {
  const config =
    channel === 'email'
      ? ({
          channel,
          host: '127.0.0.1',
          port: 25,
          tls: 'none',
          user: null,
          fromAddress: 'faktura@example.com',
          fromName: null,
          parallel: 4,
        } as const)
      : ({
          channel,
          host: '127.0.0.1',
          port: 22,
          user: 'utskick',
          privateKeyPath: null,
          hostKey: null,
          path: 'in',
          parallel: 4,
        } as const);
  return {
    id,
    name: `name of ${id}`,
    channel,
    endpoint: 'test',
    config,
    secret: { kind: 'none' },
    limits: noLimits,
    createdAtMs: 1,
    lastTest: null,
  };
}

/** Releases every candidate of a batch to one connection. */
export function releaseAll(store: Store, batchId: string, to: Connection, nowMs = Date.now()): number {
  const candidates = store.releases.candidates(batchId, {
    states: ['ready', 'waiting', 'sent', 'failed', 'unknown'],
    notReleasedTo: to.id,
    limit: null,
  });
  const items = candidates.map(({ invoiceId, invoiceNumber }): ReleaseItem =>
    releaseItem(invoiceId, invoiceNumber, to),
  );
  return store.releases.write(batchId, items, act(nowMs)).written;
}

/** One item of a release. */
export function releaseItem(invoiceId: number, invoiceNumber: string, to: Connection): ReleaseItem {
  return {
    invoiceId,
    connectionId: to.id,
    channel: to.channel,
    target: to.channel === 'email' ? `kund@example.com` : `${invoiceNumber}.pdf`,
    documentSha256: sha256(`document ${invoiceNumber}`),
    documentSizeBytes: 100,
    documentFileName: `Faktura-${invoiceNumber}.pdf`,
    idempotencyKey: sha256(`key ${invoiceNumber} ${to.id}`),
    generation: 0,
  };
}

/** Hex SHA-256 of a text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
