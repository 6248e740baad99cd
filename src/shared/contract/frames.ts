// The frames that travel between a client (window, page, test) and the engine. No transport lives here.

import { z } from 'zod';
import { jobProgressSchema } from '../schema/batch.ts';

/** Longest request a router accepts, in bytes of JSON text. */
export const maxFrameBytes = 4 * 1024 * 1024;

/** Client → engine. `requestId` is the client's own, unique per call; a repeated command with the same id acts once. */
export const requestFrameSchema = z.object({
  type: z.literal('request'),
  requestId: z.string().min(8).max(64),
  method: z.string().max(64),
  input: z.unknown(),
});
/** Client → engine: the caller no longer waits. The work goes on unless it is a job (job.cancel). */
export const cancelFrameSchema = z.object({ type: z.literal('cancel'), requestId: z.string().min(8).max(64) });
/** Anything a client may send. */
export const clientFrameSchema = z.discriminatedUnion('type', [requestFrameSchema, cancelFrameSchema]);
/** Anything a client may send. */
export type ClientFrame = z.infer<typeof clientFrameSchema>;
/** A call. */
export type RequestFrame = z.infer<typeof requestFrameSchema>;

const wireErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
/** Engine → client: the answer to one request; always comes, also when the engine closes. */
export const replyFrameSchema = z.discriminatedUnion('ok', [
  z.object({ type: z.literal('reply'), requestId: z.string(), ok: z.literal(true), value: z.unknown() }),
  z.object({ type: z.literal('reply'), requestId: z.string(), ok: z.literal(false), error: wireErrorSchema }),
]);
/** The answer to one request. */
export type ReplyFrame = z.infer<typeof replyFrameSchema>;

/** What an event says. Events are hints: a client re-queries, and re-queries everything when it sees a gap in `sequence`. */
export const engineEventSchema = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('job'), job: jobProgressSchema }),
  z.object({ topic: z.literal('batches'), batchId: z.string().nullable() }),
  z.object({ topic: z.literal('deliveries'), batchId: z.string().nullable() }),
  z.object({ topic: z.literal('connections') }),
  z.object({ topic: z.literal('app') }),
]);
/** What an event says. */
export type EngineEvent = z.infer<typeof engineEventSchema>;

/** Engine → client. */
export const eventFrameSchema = z.object({
  type: z.literal('event'),
  sequence: z.number().int(),
  event: engineEventSchema,
});
/** Engine → client. */
export type EventFrame = z.infer<typeof eventFrameSchema>;

/** Anything an engine may send. */
export type EngineFrame = ReplyFrame | EventFrame;
