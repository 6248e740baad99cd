// What a practice provider was told to do wrong, and when. Says what to do at a phase; does nothing itself.

import { z } from 'zod';

/** Phases of an HTTP conversation. `in-request`: the head is read, the body is not. `in-reply`: half of the reply's body is out. */
const httpPhases = ['connect', 'in-request', 'before-effect', 'after-effect-before-reply', 'in-reply'] as const;

/** Phases of the conversations, in order; `before-` and `after-` say on which side of the effect. */
export const mischiefPhases = {
  smtp: ['connect', 'login', 'mail', 'before-data', 'in-data', 'after-dot-before-accept', 'after-dot-before-reply'],
  sftp: ['connect', 'login', 'open', 'in-upload', 'before-rename', 'rename', 'after-rename-before-reply'],
  svea: httpPhases,
  sendregning: httpPhases,
} as const;

/**
 * What to do at a phase. `refuse`: the protocol's own no. `hang`: no reply. `cut`: the connection is dropped. `answer-after`: late, but right.
 * `garble` (HTTP): a whole reply whose body is spoilt. `replace` (SFTP, phase `rename`): the rename replaces what is there.
 */
export const mischiefModes = ['none', 'refuse', 'hang', 'cut', 'answer-after', 'garble', 'replace'] as const;

/** A phase of a provider. */
export type SmtpPhase = (typeof mischiefPhases.smtp)[number];
/** A phase of a provider. */
export type SftpPhase = (typeof mischiefPhases.sftp)[number];
/** A phase of a provider that speaks HTTP. */
export type HttpPhase = (typeof httpPhases)[number];

/** An order as it comes over the control address. `count`: how many times, null = until told otherwise. */
export const mischiefSchema = z
  .object({
    provider: z.enum(['smtp', 'sftp', 'svea', 'sendregning']),
    mode: z.enum(mischiefModes),
    phase: z.string().nullable().default(null),
    count: z.number().int().min(1).nullable().default(null),
    /** Takes hold at each so many passings; those between are well served. */
    every: z.number().int().min(1).default(1),
    delayMs: z.number().int().min(0).max(3_600_000).default(1000),
    /** SMTP reply of a refusal. */
    replyCode: z.number().int().min(400).max(599).default(550),
    /** SFTP status of a refusal: 3 permission denied, 4 failure. */
    status: z.number().int().min(2).max(8).default(4),
    /** HTTP status of a refusal. */
    httpStatus: z.number().int().min(400).max(599).default(503),
    /** Sent with an HTTP refusal; null: no such header. */
    retryAfterSeconds: z.number().int().min(0).nullable().default(null),
    /** HTTP: only this operation (`DeliverOrderEu`, `send invoice`); null: any. */
    operation: z.string().nullable().default(null),
  })
  .refine((order) => order.mode === 'none' || order.phase !== null, 'a phase is needed')
  .refine(
    (order) => order.phase === null || mischiefPhases[order.provider].some((phase) => phase === order.phase),
    'the provider has no such phase',
  )
  .refine(
    (order) => order.mode !== 'garble' || order.phase === 'after-effect-before-reply' || order.phase === 'in-reply',
    'only a reply of HTTP can be garbled',
  );
/** An order. */
export type Mischief = z.infer<typeof mischiefSchema>;

/** One provider's orders: at most one at a time. */
export class MischiefBook {
  #order: Mischief | null = null;
  #left: number | null = null;
  #passings = 0;

  /** Replaces the order; `none` ends it. */
  set(order: Mischief): void {
    this.#order = order.mode === 'none' ? null : order;
    this.#left = order.count;
    this.#passings = 0;
  }

  /** What to do at this phase now; counts down. Null: behave. */
  take(phase: SmtpPhase | SftpPhase | HttpPhase, operation: string | null = null): Mischief | null {
    const order = this.#order;
    if (order?.phase !== phase || (order.operation !== null && order.operation !== operation)) return null;
    this.#passings += 1;
    if (this.#passings % order.every !== 0) return null;
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
