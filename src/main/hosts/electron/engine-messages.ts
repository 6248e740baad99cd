// What the window's process and the engine's process say to each other. Both parse what they get.

import { z } from 'zod';
import { eventFrameSchema, replyFrameSchema } from '../../../shared/contract/frames.ts';

/** How the engine is to be opened. */
export const openOptionsSchema = z.object({
  rootDir: z.string(),
  startInPractice: z.boolean().nullable(),
});
/** How the engine is to be opened. */
export type OpenOptions = z.infer<typeof openOptionsSchema>;

/** Window's process → engine's process. `id` numbers the answers that are awaited. */
export const toEngineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), options: openOptionsSchema }),
  z.object({ kind: z.literal('call'), id: z.number().int(), frame: z.unknown() }),
  z.object({ kind: z.literal('file'), id: z.number().int(), path: z.string() }),
  z.object({ kind: z.literal('wake') }),
  z.object({ kind: z.literal('close') }),
]);
/** Window's process → engine's process. */
export type ToEngine = z.infer<typeof toEngineSchema>;

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
/** Engine's process → window's process. After `refused` the process ends. */
export const fromEngineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('refused'), error: errorSchema }),
  z.object({ kind: z.literal('reply'), id: z.number().int(), reply: replyFrameSchema }),
  z.object({ kind: z.literal('file'), id: z.number().int(), result: z.unknown() }),
  z.object({ kind: z.literal('event'), frame: eventFrameSchema }),
]);
/** Engine's process → window's process. */
export type FromEngine = z.infer<typeof fromEngineSchema>;
