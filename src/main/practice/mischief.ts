// What a practice provider was told to do wrong, and when. Says what to do at a phase; does nothing itself.

import { z } from 'zod';

/** Phases of the two conversations, in order; `before-` and `after-` say on which side of the effect. */
export const mischiefPhases = {
  smtp: ['connect', 'login', 'mail', 'before-data', 'in-data', 'after-dot-before-accept', 'after-dot-before-reply'],
  sftp: ['connect', 'login', 'open', 'in-upload', 'before-rename', 'rename', 'after-rename-before-reply'],
} as const;

/** What to do at a phase. `refuse`: the protocol's own no. `hang`: no reply. `cut`: the connection is dropped. `answer-after`: late, but right. `replace`: a rename (phase `rename`) replaces what is there. */
export const mischiefModes = ['none', 'refuse', 'hang', 'cut', 'answer-after', 'replace'] as const;

/** A phase of a provider. */
export type SmtpPhase = (typeof mischiefPhases.smtp)[number];
/** A phase of a provider. */
export type SftpPhase = (typeof mischiefPhases.sftp)[number];

/** An order as it comes over the control address. `count`: how many times, null = until told otherwise. */
export const mischiefSchema = z
  .object({
    provider: z.enum(['smtp', 'sftp']),
    mode: z.enum(mischiefModes),
    phase: z.string().nullable().default(null),
    count: z.number().int().min(1).nullable().default(null),
    delayMs: z.number().int().min(0).max(3_600_000).default(1000),
    /** SMTP reply of a refusal. */
    replyCode: z.number().int().min(400).max(599).default(550),
    /** SFTP status of a refusal: 3 permission denied, 4 failure. */
    status: z.number().int().min(2).max(8).default(4),
  })
  .refine((order) => order.mode === 'none' || order.phase !== null, 'a phase is needed')
  .refine(
    (order) => order.phase === null || mischiefPhases[order.provider].some((phase) => phase === order.phase),
    'the provider has no such phase',
  );
/** An order. */
export type Mischief = z.infer<typeof mischiefSchema>;

/** One provider's orders: at most one at a time. */
export class MischiefBook {
  #order: Mischief | null = null;
  #left: number | null = null;

  /** Replaces the order; `none` ends it. */
  set(order: Mischief): void {
    this.#order = order.mode === 'none' ? null : order;
    this.#left = order.count;
  }

  /** What to do at this phase now; counts down. Null: behave. */
  take(phase: SmtpPhase | SftpPhase): Mischief | null {
    const order = this.#order;
    if (order?.phase !== phase) return null;
    if (this.#left !== null) {
      this.#left -= 1;
      if (this.#left <= 0) this.#order = null;
    }
    return order;
  }

  /** The order under way, for GET /state. */
  current(): Mischief | null {
    return this.#order;
  }
}
