// Shapes of a batch's proof: where every invoice that was read is now, in number and in money, and what does not add up.

import { z } from 'zod';
import { batchStates, formatIdSchema, importModes, moneySchema } from './batch.ts';

/** Where an invoice that was read can be: its state, or left out by the reader. Together they are everything. */
export const proofBuckets = [
  'sent',
  'waiting',
  'ready',
  'held',
  'excluded',
  'quarantined',
  'failed',
  'unknown',
  'skipped',
] as const;
/** One of {@link proofBuckets}. */
export type ProofBucket = (typeof proofBuckets)[number];

/** Acts on a batch that a proof names. */
export const proofActs = [
  'import',
  'acceptGood',
  'correct',
  'undoCorrections',
  'hold',
  'unhold',
  'exclude',
  'include',
  'release',
  'retry',
  'cancel',
  'arrivedByWord',
  'againByWord',
  'arrivedByLookUp',
  'againByLookUp',
] as const;
/** One of {@link proofActs}. */
export type ProofActKind = (typeof proofActs)[number];

const count = z.number().int();
const minor = z.number().int();

/**
 * Something that does not add up. `count`: read against the sum of all buckets. `rows`: rows now against rows at the import. `money`: the
 * import's sum with later corrections against the rows. `counter`: the counts kept beside the rows. `state`: invoices whose state is not
 * what their deliveries say. `receipt`: accepted deliveries with neither a receipt nor anybody's word. `change`: amounts that changed
 * without a correction.
 */
export const proofFaultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('count'), read: count, sum: count }),
  z.object({ kind: z.literal('rows'), imported: count, rows: count }),
  z.object({ kind: z.literal('money'), currency: z.string(), expectedMinor: minor, sumMinor: minor }),
  z.object({
    kind: z.literal('counter'),
    bucket: z.enum(proofBuckets),
    currency: z.string(),
    keptCount: count,
    rowCount: count,
    keptMinor: minor,
    rowMinor: minor,
  }),
  z.object({ kind: z.literal('state'), count }),
  z.object({ kind: z.literal('receipt'), count }),
  z.object({ kind: z.literal('change'), count }),
]);
/** Something that does not add up; see {@link proofFaultSchema}. */
export type ProofFault = z.infer<typeof proofFaultSchema>;

/** Everything on a proof. The same state of a batch gives the same proof: `asOfMs` is when something last changed, not when it was asked for. */
export const batchProofSchema = z.object({
  batchId: z.string(),
  sourceBatchId: z.string().nullable(),
  sellerName: z.string().nullable(),
  format: formatIdSchema,
  formatVersion: z.string().nullable(),
  mode: z.enum(importModes),
  state: z.enum(batchStates),
  importedAtMs: z.number().int(),
  importedBy: z.string(),
  asOfMs: z.number().int(),
  files: z.array(z.object({ fileName: z.string(), sizeBytes: count, sha256: z.string(), invoices: count })),
  /** As the reader counted them at the files' ends. */
  read: count,
  /** In the order of {@link proofBuckets}, all of them. Counted and added up over the rows themselves. */
  buckets: z.array(z.object({ bucket: z.enum(proofBuckets), count, sums: z.array(moneySchema) })),
  /** By currency ('' where the file names none): at the import, changed by corrections since, and all rows now. */
  money: z.array(z.object({ currency: z.string(), importedMinor: minor, changedMinor: minor, rowsMinor: minor })),
  /** Invoices without a readable amount; they are in no sum. */
  withoutAmount: count,
  /** Released documents that count, and the SHA-256 of their list; see app/batch-proof. */
  documents: z.object({ count, sha256: z.string() }),
  /** Accepted deliveries: all, those with the peer's receipt, and those that count by the operator's word. */
  accepted: z.object({ count, withReceipt: count, byWord: count }),
  acts: z.array(
    z.object({
      kind: z.enum(proofActs),
      actor: z.string(),
      /** Invoices, over all times this was done. */
      invoices: count,
      firstAtMs: z.number().int(),
      lastAtMs: z.number().int(),
    }),
  ),
  faults: z.array(proofFaultSchema),
});
/** A batch's proof; see {@link batchProofSchema}. */
export type BatchProof = z.infer<typeof batchProofSchema>;
