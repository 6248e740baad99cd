// Calls about a connection's limits and the lane behind it. Part of the method table.

import { z } from 'zod';
import { connectionSchema } from '../schema/connection.ts';
import { connectionLimitsSchema } from '../schema/connection-limits.ts';

/** Rows of the method table. */
export const laneMethods = {
  /** Sets the limits and leaves address, login and last test as they are. */
  'connection.setLimits': {
    kind: 'command',
    input: z.object({ connectionId: z.string().max(64), limits: connectionLimitsSchema }),
    output: connectionSchema,
    deadlineMs: 10_000,
  },
  /** A lane that would try one delivery later by itself tries it now; `isTried` false: it does not wait for that. */
  'connection.tryNow': {
    kind: 'command',
    input: z.object({ connectionId: z.string().max(64) }),
    output: z.object({ isTried: z.boolean() }),
    deadlineMs: 5_000,
  },
  /** Asks a service that keeps track of invoices what became of all that were sent through a connection; `added`: facts that are new; `settled`: dunnings in doubt that turned out to have been sent. */
  'connection.track': {
    kind: 'command',
    input: z.object({ connectionId: z.string().max(64) }),
    output: z.object({ asked: z.number().int(), added: z.number().int(), settled: z.number().int() }),
    deadlineMs: 60_000,
  },
} as const;
