// Shapes of deliveries, attempts, connections' lanes and the timeline as they cross the contract.

import { z } from 'zod';

/** Channels the product delivers through today. */
export const channels = ['email', 'sftp', 'svea', 'sendregning'] as const;
/** One of {@link channels}. */
export type Channel = (typeof channels)[number];
/** Channels whose recipient gets the invoice's PDF. The others' peers take data; what is frozen for them is that. */
export const pdfChannels = ['email', 'sftp'] as const satisfies readonly Channel[];
/** One of {@link pdfChannels}. */
export type PdfChannel = (typeof pdfChannels)[number];

/** Whether a channel's recipient gets the invoice's PDF. */
export function isPdfChannel(channel: Channel): channel is PdfChannel {
  return pdfChannels.some((each) => each === channel);
}

/** Whether a channel's peer can be asked if something is there. Mail servers cannot. */
export function canAskPeer(channel: Channel): boolean {
  return channel !== 'email';
}

/** Whether a channel's peer tells later what became of an invoice: paid, reminded of, credited. */
export function isTrackedChannel(channel: Channel): boolean {
  return channel === 'sendregning';
}

/** States of a delivery; docs/delivery-states.md explains each and a test compares the two. */
export const deliveryStates = [
  'queued',
  'claimed',
  'sending',
  'accepted',
  'rejected',
  'waiting',
  'unknown',
  'failed',
  'cancelled',
] as const;
/** One of {@link deliveryStates}. */
export type DeliveryState = (typeof deliveryStates)[number];

/**
 * Why a delivery that is queued or waiting is not taken: the operator's word, the first few of its release whose outcome is to be seen
 * first, or its release that is still being written.
 */
export const deliveryHolds = ['operator', 'trial', 'release'] as const;
/** One of {@link deliveryHolds}. */
export type DeliveryHold = (typeof deliveryHolds)[number];

/** How an attempt ended. `open` while it runs. */
export const attemptOutcomes = ['open', 'accepted', 'refused', 'notSent', 'throttled', 'unknown'] as const;
/** One of {@link attemptOutcomes}. */
export type AttemptOutcomeKind = (typeof attemptOutcomes)[number];

/** How far an attempt came; an effect at the peer is possible from `effect` on. */
export const attemptPhases = ['preparing', 'connected', 'bodyStarted', 'bodyFinished', 'effect', 'replySeen'] as const;
/** One of {@link attemptPhases}. */
export type AttemptPhase = (typeof attemptPhases)[number];

/** One try, kept for ever. */
export const attemptSchema = z.object({
  number: z.number().int(),
  startedAtMs: z.number().int(),
  endedAtMs: z.number().int().nullable(),
  outcome: z.enum(attemptOutcomes),
  phase: z.enum(attemptPhases),
  /** Stable cause code, for example `smtp.recipient-refused`; see each adapter's classify. */
  code: z.string().nullable(),
  /** The peer's own words, cut to 500 characters. */
  detail: z.string().nullable(),
  /** What the provider answered (queue id, path, size, hash), by name. */
  receipt: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
});
/** One try. */
export type Attempt = z.infer<typeof attemptSchema>;

/** One document to one connection. */
export const deliverySchema = z.object({
  id: z.number().int(),
  batchId: z.string(),
  invoiceId: z.number().int(),
  invoiceNumber: z.string(),
  customerName: z.string(),
  currency: z.string(),
  payableMinor: z.number().int(),
  connectionId: z.string(),
  connectionName: z.string(),
  channel: z.enum(channels),
  /** E-mail address, or the file name at the print vendor. */
  target: z.string(),
  state: z.enum(deliveryStates),
  generation: z.number().int(),
  attemptCount: z.number().int(),
  /** When it may be tried (again). */
  dueAtMs: z.number().int(),
  /** Kept from being sent by this; null = it goes when it is due. */
  hold: z.enum(deliveryHolds).nullable(),
  /** The operator's wish not to send it earlier; null = none. */
  notBeforeMs: z.number().int().nullable(),
  lastCode: z.string().nullable(),
  lastDetail: z.string().nullable(),
  lastPhase: z.enum(attemptPhases).nullable(),
  updatedAtMs: z.number().int(),
  documentSha256: z.string(),
  /** Which of its channel's steps this is, 1-based, and how many there are. */
  step: z.number().int(),
  steps: z.number().int(),
});
/** One document to one connection. */
export type Delivery = z.infer<typeof deliverySchema>;

/** One line of an invoice's history, oldest first. */
export const timelineEntrySchema = z.object({
  atMs: z.number().int(),
  kind: z.enum([
    'imported',
    'checked',
    'corrected',
    'uncorrected',
    'held',
    'unheld',
    'excluded',
    'included',
    'letIn',
    'lookedUp',
    'released',
    'attempt',
    'resolved',
    'cancelled',
    'retried',
    'deliveryHeld',
    'deliveryLetGo',
    'scheduled',
    'rerouted',
    'readdressed',
    'copied',
    'tracked',
    'order',
    'addressChosen',
  ]),
  actor: z.string(),
  /** Facts for the text: connection, outcome, code, detail, receipt fields. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
/** One line of an invoice's history. */
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** What a look-up can answer. `unreachable`: the peer could not be asked now. `notPossible`: this channel has no way of asking. */
export const lookUpAnswers = ['found', 'absent', 'unclear', 'unreachable', 'notPossible'] as const;
/** One of {@link lookUpAnswers}. */
export type LookUpAnswerKind = (typeof lookUpAnswers)[number];

/** Why an answer is unclear: nothing is there under the name, something else is, the name cannot have been sent, or the peer refused to say. */
export const lookUpCodes = ['gone', 'otherContent', 'unsafeName', 'noAnswer'] as const;
/** One of {@link lookUpCodes}. */
export type LookUpCode = (typeof lookUpCodes)[number];

/** What a look-up that settled nothing left behind. */
export const lookUpNoteSchema = z.object({
  atMs: z.number().int(),
  answer: z.enum(lookUpAnswers),
  code: z.enum(lookUpCodes).nullable(),
  /** The peer's own words; null when it had none. */
  detail: z.string().nullable(),
});
/** What a look-up that settled nothing left behind. */
export type LookUpNote = z.infer<typeof lookUpNoteSchema>;

/** A delivery whose outcome is not known, with everything that helps to decide. */
export const unknownEntrySchema = z.object({
  delivery: deliverySchema,
  lastLookUp: lookUpNoteSchema.nullable(),
});
/** A delivery whose outcome is not known. */
export type UnknownEntry = z.infer<typeof unknownEntrySchema>;

/** Why a lane stands still; null = it runs. `offline`, `failing` and `throttled` end by themselves, the others by a person. */
export const laneBlocks = [
  'paused',
  'pausedByFailures',
  'offline',
  'secretMissing',
  'hostKeyChanged',
  'failing',
  'throttled',
] as const;
/** One of {@link laneBlocks}. */
export type LaneBlockKind = (typeof laneBlocks)[number];
/** Blocks that the runner tries to end by itself, with one delivery at first. */
export const passingBlocks = ['offline', 'failing', 'throttled'] as const satisfies readonly LaneBlockKind[];
/** One of {@link passingBlocks}. */
export type PassingBlock = (typeof passingBlocks)[number];

/** A limit of the connection's own that keeps its lane waiting. */
export const laneHoldSchema = z.object({
  reason: z.enum(['hours', 'minute', 'hour', 'day']),
  /** When it goes on; null: not within the next 400 days. */
  untilMs: z.number().int().nullable(),
});

/** A connection's queue now. */
export const laneSchema = z.object({
  connectionId: z.string(),
  connectionName: z.string(),
  channel: z.enum(channels),
  blockedBy: z.enum(laneBlocks).nullable(),
  /** Stable cause code; null where there is none (the operator's pause). */
  blockCode: z.string().nullable(),
  /** The peer's own words, or the code. */
  blockDetail: z.string().nullable(),
  /** When a lane that ends its block by itself tries one delivery. */
  nextTryAtMs: z.number().int().nullable(),
  /** Null while the connection's own limits let deliveries go. */
  hold: laneHoldSchema.nullable(),
  /** How much of each limited span is used. */
  budgets: z.array(
    z.object({ span: z.enum(['minute', 'hour', 'day']), used: z.number().int(), limit: z.number().int() }),
  ),
  counts: z.record(z.enum(deliveryStates), z.number().int()),
  /** Of those queued or waiting: how many are held and do not go by themselves. */
  held: z.number().int(),
  /** Accepted during the last minute. */
  perMinute: z.number().int(),
  lastAnswer: z.string().nullable(),
  lastAnswerAtMs: z.number().int().nullable(),
  nextDueAtMs: z.number().int().nullable(),
});
/** A connection's queue now. */
export type Lane = z.infer<typeof laneSchema>;
