// Which deliveries an act, a list or a count is about, as it crosses the contract. Shapes only.

import { z } from 'zod';
import { deliveryStates } from './delivery.ts';

/** Which deliveries. Empty lists mean no restriction; restrictions count together. */
export const deliveryFilterSchema = z.object({
  batchId: z.string().min(1).max(64).nullable().default(null),
  connectionId: z.string().max(64).nullable().default(null),
  states: z.array(z.enum(deliveryStates)).default([]),
  search: z.string().max(200).default(''),
  /** Exactly these deliveries; left out = no restriction. */
  ids: z.array(z.number().int().positive()).min(1).max(10_000).optional(),
  /** Causes as `delivery.causes` names them (`smtp.recipient-refused 5.2.2`). */
  causes: z.array(z.string().min(1).max(120)).max(50).optional(),
  /** True: only those that are held. False: only those that are not. */
  isHeld: z.boolean().optional(),
});
