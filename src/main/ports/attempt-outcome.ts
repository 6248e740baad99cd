// Where a delivery goes and how one attempt ends: what adapters and the orders beside their deliveries have in common.

import type { ChannelConfig, RenameHabit } from '../../shared/schema/connection.ts';
import type { AttemptPhase } from '../../shared/schema/delivery.ts';

/** What the peer answered, kept with the attempt: `queueId`, `reply`, `path`, `sizeBytes`, `sha256` … */
export type Receipt = Readonly<Record<string, string | number>>;

/** How one attempt ended. Codes are stable and listed in the adapter's classify.ts. */
export type AttemptOutcome =
  /** `note`: the peer took it over, but not in every respect (one of several recipients, the archive's copy); kept as the attempt's code and detail. */
  | {
      readonly kind: 'accepted';
      readonly receipt: Receipt;
      readonly note?: { readonly code: string; readonly detail: string };
    }
  /** The peer said no to this document or recipient; trying again unchanged is useless. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  /** Certainly no effect at the peer. `scope: 'connection'` means nothing else will get through now either (unreachable, login refused). */
  | {
      readonly kind: 'notSent';
      readonly code: string;
      readonly detail: string;
      readonly scope: 'delivery' | 'connection';
      readonly isPermanent: boolean;
    }
  /**
   * The peer asked to wait; costs no attempt. `scope: 'connection'`: nothing else is taken meanwhile either. The runner keeps the wait
   * between a second and 12 hours, whatever the peer said.
   */
  | {
      readonly kind: 'throttled';
      readonly retryAfterMs: number;
      readonly code: string;
      readonly detail: string;
      readonly scope?: 'delivery' | 'connection';
    }
  /** An effect is possible and not confirmed. */
  | { readonly kind: 'unknown'; readonly phase: AttemptPhase; readonly code: string; readonly detail: string };

/** Where to and with what. */
export interface ChannelTarget {
  readonly connectionId: string;
  readonly config: ChannelConfig;
  readonly secret: string | null;
  /** What the last test saw of an SFTP server's rename; left out = not known. */
  readonly renames?: RenameHabit;
}
