// What the bench orders from an engine under torture and what that one says: shapes only, one JSON line each.

import { z } from 'zod';

const stepSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('import'), path: z.string() }),
  /** Adds the connection and releases everything of the only batch to it. */
  z.object({ do: z.literal('connect'), input: z.unknown() }),
  z.object({ do: z.literal('release'), connection: z.string() }),
  /** Delivers until nothing waits, resuming what stands still. */
  z.object({ do: z.literal('deliver') }),
  /** Settles what is unknown as an operator does: by a look-up where the peer can be asked, else by the word of those who received it. */
  z.object({ do: z.literal('settle'), arrived: z.array(z.string()) }),
]);
/** One thing to do. */
export type Step = z.infer<typeof stepSchema>;

/** How the engine is weakened to see whether the bench notices. */
export const weaknesses = ['normalSync', 'noMark'] as const;
/** `normalSync`: synchronous=NORMAL. `noMark`: sends before `sending` is committed. */
export type Weakness = (typeof weaknesses)[number];

/** What an engine is told after its start. */
export const orderSchema = z.object({
  dataDir: z.string(),
  password: z.string(),
  steps: z.array(stepSchema),
  /** Kill at the nth passing of a numbered place. */
  kill: z.object({ point: z.number().int(), passing: z.number().int().min(1) }).nullable(),
  /** The clock jumps about, by this seed. */
  clockSeed: z.number().int().nullable(),
  weakness: z.enum(weaknesses).nullable(),
  /** The database may grow by so many pages. */
  sparePages: z.number().int().nullable(),
});
/** What an engine is told after its start. */
export type Order = z.infer<typeof orderSchema>;

const lookUpSchema = z.object({ invoiceNumber: z.string(), answer: z.string() });
/** What the peer said to a look-up. */
export type LookUp = z.infer<typeof lookUpSchema>;

/** What an engine says. */
export const wordSchema = z.discriminatedUnion('say', [
  z.object({ say: z.literal('ready') }),
  /** The workspace is open; the first step begins. */
  z.object({ say: z.literal('open') }),
  z.object({ say: z.literal('point'), point: z.number().int() }),
  /** All steps are done, or one could not be (with the code). */
  z.object({ say: z.literal('ended'), failure: z.string().nullable(), lookUps: z.array(lookUpSchema) }),
]);
/** What an engine says. */
export type Word = z.infer<typeof wordSchema>;
