// The store port: what the use cases and the delivery runner ask of the database. Every write verb is one whole transaction.

import type {
  BatchFile,
  BatchSummary,
  ImportMode,
  InvoiceFilter,
  InvoiceRow,
  InvoiceState,
  Money,
} from '../../shared/schema/batch.ts';
import type { Connection } from '../../shared/schema/connection.ts';
import type {
  Attempt,
  AttemptPhase,
  Channel,
  Delivery,
  DeliveryState,
  Lane,
  TimelineEntry,
} from '../../shared/schema/delivery.ts';
import type {
  Problem,
  ProblemField,
  ProblemFilter,
  ProblemGroup,
  Severity,
  StoredProblem,
} from '../../shared/schema/problem.ts';
import type { DeliveryFilter } from '../../shared/contract/methods.ts';
import type { invoiceSortColumns } from '../../shared/schema/batch.ts';
import type { Act } from './act.ts';
import type { AttemptOutcome, DeliveryItem, IndexEntry } from './channel-adapter.ts';
import type {
  AppliedCorrection,
  ParsedChunk,
  ParsedFile,
  ParsedInvoiceRow,
  SourceContext,
  SourcePlace,
} from './import-source.ts';
import type { GroupStore } from './group-store.ts';
import type { ImportFigures } from './import-figures.ts';
import type { InvoiceStore } from './invoice-store.ts';
import type { AccountStore } from './account-store.ts';
import type { AuditStore } from './audit-store.ts';
import type { RestoreNote } from './restore-note.ts';
import type { CustomerHistoryStore } from './customer-history.ts';
import type { DueConnection, LaneBlock, LaneStore } from './lane-store.ts';
import type { ProofStore } from './proof-store.ts';
import type { ReceiptStore } from './receipt-store.ts';
import type { KeptSource, UnusedSource } from './source-store.ts';
import type { TrackingStore } from './tracking-store.ts';
import type { UnknownStore } from './unknown-store.ts';
import type { MessageStore } from './message-store.ts';
import type { OrderStore } from './order-store.ts';
import type { ControlStore } from './control-store.ts';
import type { CorrectionStore } from './correction-store.ts';
import type { ReleaseItem } from './release-item.ts';
import type { WaiverStore } from './waiver-store.ts';

/** Column an invoice table is sorted by; ties are broken by ordinal. */
export type InvoiceSort = (typeof invoiceSortColumns)[number];

/** An order and a filter over one batch's invoices. */
export interface InvoiceQuery {
  readonly batchId: string;
  readonly filter: InvoiceFilter;
  readonly sort: InvoiceSort;
  readonly isDescending: boolean;
}

/** A file about to be imported. */
export interface ImportFile {
  readonly ordinal: number;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Running totals of one file's chunk after the store's own checks. */
export interface ChunkResult {
  /** Invoices of the chunk that came in. */
  readonly imported: number;
  readonly quarantined: number;
}

/** Import verbs; a batch is invisible until `finishBatch`. */
export interface ImportStore {
  /** Earlier imports of the same bytes, by SHA-256; without those that were never imported. */
  findImportsOf(sha256s: readonly string[]): ReadonlyMap<string, EarlierImport>;
  /** `ownerPid` is the importing process: leftovers are purged only when it is gone. */
  beginBatch(
    batch: {
      readonly id: string;
      readonly mode: ImportMode;
      readonly files: readonly ImportFile[];
      readonly ownerPid: number;
    },
    act: Act,
  ): void;
  /**
   * Inserts rows and problems. An invoice whose (sellerKey, invoiceNumber) is already in the store, outside quarantine, gets
   * `core.duplicate.store` (or `core.duplicate.batch` when the other one is in this batch) and is quarantined. Rows with errors are quarantined.
   */
  addChunk(batchId: string, fileOrdinal: number, chunk: ParsedChunk): ChunkResult;
  finishFile(batchId: string, fileOrdinal: number, file: ParsedFile): void;
  /** Sums up and makes the batch visible; strict with any error: `keptBack`, every invoice quarantined. */
  finishBatch(batchId: string, act: Act): BatchSummary;
  /**
   * Adds whole files to a batch, read to their ends: as {@link addChunk} and {@link finishFile} for each. Ordinals of rows and problems
   * count through the batch. Durable when it returns if one of them becomes a file of its own: such a file must never be there without its row.
   */
  addFiles(batchId: string, files: readonly ImportedFile[]): void;
  /** Removes an unfinished batch (cancel, refusal). `removeSource` is called for its pack and for the files that no other batch has; it must not throw. */
  dropBatch(batchId: string, removeSource: (unused: UnusedSource) => void): void;
  /** Removes leftovers of importing processes that are gone, as {@link dropBatch}; returns how many. */
  dropAbandoned(isProcessAlive: (pid: number) => boolean, removeSource: (unused: UnusedSource) => void): number;
  /** Lets the good invoices of a kept-back batch in. */
  acceptGood(batchId: string, act: Act): void;
}

/** Where the same bytes came in before. */
export interface EarlierImport {
  readonly batchId: string;
  readonly fileName: string;
  readonly importedAtMs: number;
  readonly importedBy: string;
}

/** A file read to its end, for {@link ImportStore.addFiles}. */
export interface ImportedFile extends ImportFile {
  /** Where the file lies in the batch's pack; null when it becomes a file of its own. */
  readonly packOffset: number | null;
  readonly rows: readonly ParsedInvoiceRow[];
  readonly problems: readonly Problem[];
  readonly file: ParsedFile;
}

/** How to reach one invoice's bytes. */
export interface InvoiceSource extends KeptSource {
  readonly batchId: string;
  readonly place: SourcePlace;
  readonly context: SourceContext;
  /** SHA-256 of those bytes at the import: what is read now and differs is not this invoice. */
  readonly contentSha256: string;
  /** Corrections that stand, oldest first: they belong to every reading of these bytes. */
  readonly corrections: readonly AppliedCorrection[];
}

/** A problem filter with the rules whose words hold the text that is looked for: the store knows no words. */
export interface ProblemMatch extends ProblemFilter {
  readonly wordedRuleIds: readonly string[];
}

/** Reads over batches, invoices and problems. */
export interface Reads {
  batchPage(offset: number, limit: number): { readonly total: number; readonly batches: BatchSummary[] };
  /** By our id, a unique prefix of it (6 characters or more), or the batch id inside the file when only one import has it. */
  batch(idOrPrefix: string): BatchSummary | null;
  batchFiles(batchId: string): BatchFile[];
  /** Null when there is no such file. `lineIndex` as in ParsedFile. */
  batchFileSource(
    batchId: string,
    fileOrdinal: number,
  ):
    | (KeptSource & {
        readonly context: SourceContext;
        readonly lineIndex: readonly number[];
        readonly lineCount: number;
        readonly sizeBytes: number;
      })
    | null;
  invoicePage(
    query: InvoiceQuery,
    offset: number,
    limit: number,
  ): { readonly total: number; readonly sums: Money[]; readonly rows: InvoiceRow[] };
  invoice(invoiceId: number): InvoiceRow | null;
  /** Newest by invoice number, for the command line; null when none. */
  invoiceByNumber(invoiceNumber: string): InvoiceRow | null;
  invoiceSource(invoiceId: number): InvoiceSource | null;
  neighbours(
    invoiceId: number,
    query: InvoiceQuery,
  ): { readonly previousId: number | null; readonly nextId: number | null };
  timeline(invoiceId: number): TimelineEntry[];
  invoiceDeliveries(invoiceId: number): Delivery[];
  attempts(deliveryId: number): Attempt[];
  invoiceProblems(invoiceId: number): StoredProblem[];
  /** Worst first, then by count. By severity and rule the counts are exact; by field or text they count what is stored. */
  problemGroups(batchId: string, wanted: readonly Severity[] | ProblemMatch): ProblemGroup[];
  /** `wanted`: one rule's in the order they were found, or (null, or a match) in the order of the invoices. */
  problemPage(
    batchId: string,
    wanted: string | null | ProblemMatch,
    offset: number,
    limit: number,
  ): { readonly total: number; readonly problems: StoredProblem[] };
  /** Fields of a batch's problems, the most frequent first; at most 200. */
  problemFields(batchId: string): ProblemField[];
  /** The invoice at a 0-based position of its batch; null when there is none. */
  invoiceAt(batchId: string, ordinal: number): InvoiceRow | null;
  /** Other invoices with the same number and seller: those that came in first, of the same batch first; at most 20. */
  invoiceTwins(invoiceId: number): InvoiceRow[];
  /** What an import receipt is made of; null when there is no such batch. */
  importFigures(batchId: string): ImportFigures | null;
  deliveryPage(
    filter: DeliveryFilter,
    offset: number,
    limit: number,
  ): { readonly total: number; readonly deliveries: Delivery[] };
  delivery(deliveryId: number): Delivery | null;
  /** What a look-up at the peer needs beside the delivery itself. */
  deliveryIdentity(
    deliveryId: number,
  ):
    | (Pick<DeliveryItem, 'step' | 'previous'> &
        Pick<ClaimedDelivery, 'idempotencyKey' | 'attempt' | 'documentFileName'>)
    | null;
  lanes(batchId: string | null, nowMs: number): Lane[];
}

/** A ready invoice as the release sees it. */
export interface ReleaseCandidate {
  readonly invoiceId: number;
  readonly ordinal: number;
  readonly invoiceNumber: string;
  readonly sellerKey: string;
  readonly customerName: string;
  readonly email: string | null;
  readonly channel: Channel;
  readonly currency: string;
  readonly payableMinor: number;
  readonly state: InvoiceState;
  /** Raised by every correction; goes into the {@link ReleaseItem}. */
  readonly contentVersion: number;
}

/** Release verbs. */
export interface ReleaseStore {
  /**
   * Invoices that may be released, by ordinal. `states` is `['ready']` for the window; the command line, which names one connection
   * for the whole batch, also takes invoices already released to other connections. Never quarantined or held ones.
   */
  candidates(
    batchId: string,
    options: {
      readonly states: readonly InvoiceState[];
      readonly notReleasedTo: string | null;
      readonly limit: number | null;
    },
  ): ReleaseCandidate[];
  /**
   * One transaction: deliveries, the invoices' states, the audit entry. An item whose idempotency key already stands (not cancelled) is
   * left as it is. Returns how many were new.
   */
  write(batchId: string, items: readonly ReleaseItem[], act: Act): { readonly written: number };
}

/** A claimed delivery, ready to be prepared. */
export interface ClaimedDelivery {
  readonly deliveryId: number;
  readonly batchId: string;
  readonly invoiceId: number;
  readonly invoiceNumber: string;
  readonly customerName: string;
  readonly connectionId: string;
  readonly channel: Channel;
  readonly target: string;
  readonly idempotencyKey: string;
  readonly documentSha256: string;
  readonly documentFileName: string;
  /** The e-mail that was frozen with the document; null for other channels, and for what an older version released. */
  readonly messageSha256: string | null;
  /** 1 for the first try; the number the attempt row carries. */
  readonly attempt: number;
  /** Counted attempts before this one, since the release or the operator's last retry. */
  readonly tries: number;
  /** When the first of them was answered, null before; with `tries` it decides how long to go on. Waiting for a connection uses up nothing. */
  readonly budgetFromMs: number | null;
  /** As in the {@link DeliveryItem}. */
  readonly step: number;
  readonly previous: DeliveryItem['previous'];
}

/** What recording an attempt's end writes. */
export interface OutcomeRecord {
  readonly deliveryId: number;
  readonly attempt: number;
  readonly outcome: AttemptOutcome;
  readonly phase: AttemptPhase;
  /** State the delivery had (compare) and gets (set). */
  readonly fromState: DeliveryState;
  readonly toState: DeliveryState;
  readonly dueAtMs: number;
  readonly nowMs: number;
  /** False for throttling, which costs no attempt. */
  readonly countsAsAttempt: boolean;
}

/** An index file that is to be written for a print vendor. */
export interface PendingIndex {
  readonly id: number;
  readonly connectionId: string;
  readonly name: string;
  readonly entries: readonly IndexEntry[];
}

/** Verbs of the delivery runner and of the operator over deliveries. Every change of state names the old state and attempt. */
export interface DeliveryStore {
  /** Null when another live process holds it. The fence rises with every new holder; all runner writes check it. */
  acquireRunnerLease(
    holder: { readonly pid: number; readonly id: string },
    times: { readonly nowMs: number; readonly untilMs: number },
    isProcessAlive: (pid: number) => boolean,
  ): { readonly fence: number } | null;
  /** False when the lease was lost. */
  renewRunnerLease(fence: number, untilMs: number): boolean;
  releaseRunnerLease(fence: number): void;
  /** True when a live lease is held by another process. */
  isRunnerElsewhere(ownPid: number, nowMs: number, isProcessAlive: (pid: number) => boolean): boolean;
  /** After a crash: `claimed` → `queued` (certainly not sent), `sending` → `unknown`. */
  recover(fence: number, nowMs: number): { readonly requeued: number; readonly unknown: number };
  /**
   * Makes due now what is due later only because the clock was ahead when it was written: all that is queued, and what waits for longer
   * than any schedule sets. Returns how many.
   */
  pullDueTimes(fence: number, nowMs: number): number;
  /**
   * Connections that have something due now or later, or an index file to write, without those that only a person lets go on. What ends
   * its block by itself is among them: the runner tries it.
   */
  dueConnections(nowMs: number): DueConnection[];
  /** Opens an attempt row for each. */
  claim(options: {
    readonly fence: number;
    readonly connectionId: string;
    readonly limit: number;
    readonly nowMs: number;
  }): ClaimedDelivery[];
  /** Durable `claimed` → `sending` for each; returns those ids that really changed. */
  markSending(
    fence: number,
    claims: readonly { readonly deliveryId: number; readonly attempt: number }[],
    nowMs: number,
  ): number[];
  /** Attempt, state, receipt and the invoice's state in one transaction each; ids whose state had moved on are returned as stale and not written. */
  record(fence: number, outcomes: readonly OutcomeRecord[]): { readonly stale: number[] };
  /** `sending`/`unknown` settled by a look-up or by the operator. */
  resolveUnknown(
    deliveryId: number,
    verdict: {
      readonly toState: 'accepted' | 'queued';
      readonly by: 'lookUp' | 'operator';
      readonly reason: string;
      readonly receipt: Readonly<Record<string, string | number>> | null;
    },
    act: Act,
  ): boolean;
  retry(filter: DeliveryFilter, act: Act): number;
  cancel(filter: DeliveryFilter, act: Act): number;
  /**
   * The operator's pause is never replaced by another block; null lifts any, and forgets the runs that led to it. With `act` (an operator did it) it
   * is in the audit log.
   */
  setLaneBlock(connectionId: string, block: LaneBlock | null, nowMs: number, act?: Act): void;
  /** Lifts the block only if it is this one; false when it is another or none. */
  clearLaneBlock(connectionId: string, blockedBy: NonNullable<Lane['blockedBy']>): boolean;
  /** Accepted deliveries of a batch and connection that no index file lists yet, once nothing of them is queued, claimed or sending; creates the index row. */
  takeIndex(fence: number, connectionId: string, nowMs: number): PendingIndex[];
  markIndexWritten(id: number, nowMs: number): void;
}

/** Connections, settings and the rest. */
export interface ConfigStore {
  connections(): Connection[];
  /** By id or by name. */
  connection(idOrName: string): Connection | null;
  saveConnection(connection: Connection, act: Act): void;
  /** False when deliveries that are not finished still point at it. */
  removeConnection(connectionId: string, act: Act): boolean;
  setting(key: string): unknown;
  saveSetting(key: string, value: unknown, act: Act): void;
  recallReply(requestId: string): string | null;
  rememberReply(requestId: string, method: string, replyJson: string, nowMs: number): void;
  /** Removes remembered replies older than a day. */
  forgetReplies(nowMs: number): void;
}

/** The store could not do it: disk full or not writable, another process held it too long, or the file is damaged. Nothing of the verb was written. */
export interface StoreFailure extends Error {
  readonly code: 'STORAGE_FULL' | 'STORE_READONLY' | 'STORE_BUSY' | 'STORE_DAMAGED';
}

/** True for what a store verb throws when the world around it is broken (other throws are bugs). */
export function isStoreFailure(error: unknown): error is StoreFailure {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'STORAGE_FULL' ||
      error.code === 'STORE_READONLY' ||
      error.code === 'STORE_BUSY' ||
      error.code === 'STORE_DAMAGED')
  );
}

/** One open database. Verbs throw a {@link StoreFailure} when the disk or the file fails them. */
export interface Store {
  readonly imports: ImportStore;
  readonly reads: Reads;
  readonly invoices: InvoiceStore;
  readonly releases: ReleaseStore;
  readonly deliveries: DeliveryStore;
  readonly groups: GroupStore;
  readonly tracking: TrackingStore;
  readonly orders: OrderStore;
  readonly accounts: AccountStore;
  readonly lanes: LaneStore;
  readonly corrections: CorrectionStore;
  readonly config: ConfigStore;
  readonly waivers: WaiverStore;
  readonly audit: AuditStore;
  readonly history: CustomerHistoryStore;
  readonly proofs: ProofStore;
  readonly receipts: ReceiptStore;
  readonly unknowns: UnknownStore;
  readonly messages: MessageStore;
  readonly control: ControlStore;
  /** Adds problems found after the import (none of the rows change); used for batch-level findings. */
  addProblems(batchId: string, fileOrdinal: number, problems: readonly Problem[]): void;
  /**
   * A copy at the given path once `check` says `ok` of it; progress in bytes. Rejects with a {@link StoreFailure}, or the signal's reason; nothing is at
   * the path then.
   */
  backup(
    path: string,
    check: (path: string) => Promise<string>,
    follower?: { readonly signal?: AbortSignal; readonly onProgress?: (done: number, total: number) => void },
  ): Promise<void>;
  lastWriteAtMs(): number | null;
  /** Why the last write failed; null once one has succeeded since. `restored`: what this opening marked. */
  trouble(): StoreFailure['code'] | null;
  readonly restored: RestoreNote | null;
  close(): void;
}
