// What every use case gets: the ports of one open workspace. No logic.

import type { EngineEvent } from '../../shared/contract/frames.ts';
import type { ConnectionReach } from '../../shared/schema/connection.ts';
import type { Channel } from '../../shared/schema/delivery.ts';
import type { Result } from '../../shared/result.ts';
import type { RuleSet } from '../domain/rules/rule-set.ts';
import type { ChannelAdapter } from '../ports/channel-adapter.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContentStore } from '../ports/content-store.ts';
import type { SourceStore } from '../ports/source-store.ts';
import type { ComposeMessage, DocumentRenderer } from '../ports/documents.ts';
import type { ReadInvoiceSlice, SourceParser } from '../ports/import-source.ts';
import type { FormatProfiles } from '../ports/format-profiles.ts';
import type { Intake } from '../ports/intake.ts';
import type { InvoiceDoctor } from '../ports/invoice-doctor.ts';
import type { Log } from '../ports/log.ts';
import type { Practice } from '../ports/practice.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { SourceReader } from '../ports/source-reader.ts';
import type { Act } from '../ports/act.ts';
import type { Store } from '../ports/store.ts';
import type { PeerAnswer } from '../ports/unknown-store.ts';
import type { JobBook } from './jobs.ts';

/** The delivery runner as use cases see it. */
export interface RunnerControl {
  /** Look at the outbox again now. */
  wake(): void;
  /** Asks one connection's peer; `onAnswer` comes once for each delivery that was asked about before the signal. */
  lookUp(
    which: { readonly connectionId: string; readonly deliveryIds: readonly number[] },
    control: {
      readonly signal: AbortSignal;
      readonly onAnswer: (deliveryId: number, answer: PeerAnswer) => void;
    },
  ): Promise<void>;
}

/** What a round over what was sent through a connection learnt. */
export interface TrackedRound {
  readonly asked: number;
  /** Facts that are new. */
  readonly added: number;
  /** Dunnings in doubt that turned out to have been sent. */
  readonly settled: number;
}

/** One open workspace. */
export interface AppContext {
  readonly store: Store;
  readonly sources: SourceStore;
  readonly documents: ContentStore;
  /** Files of receipts; made again from their rows where one is missing. */
  readonly receipts: ContentStore;
  readonly parser: SourceParser;
  /** Opens the folders and zips that were given. */
  readonly intake: Intake;
  readonly readSlice: ReadInvoiceSlice;
  readonly profiles: FormatProfiles;
  readonly doctor: InvoiceDoctor;
  /** Every rule set, with those of the channels. */
  readonly ruleSets: readonly RuleSet[];
  readonly sourceReader: SourceReader;
  readonly renderer: DocumentRenderer;
  readonly compose: ComposeMessage;
  readonly adapters: Readonly<Record<Channel, ChannelAdapter>>;
  readonly secrets: Secrets;
  readonly runner: RunnerControl;
  /** What is known of idle connections' peers; empty where nothing asks them. */
  readonly reach: () => readonly ConnectionReach[];
  /** Asks a service what became of what was sent through a connection; keeps what is new. Errors: NOT_ALLOWED (the channel keeps no track), CONNECTION_FAILED. */
  readonly track: (connectionId: string, signal: AbortSignal) => Promise<Result<TrackedRound>>;
  readonly practice: Practice | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly jobs: JobBook;
  /** Operating system user, for the audit log. */
  readonly actor: string;
  /** This process's id: what it leaves unfinished is settled once it is gone. */
  readonly pid: number;
  publish(event: EngineEvent): void;
  /** SHA-256 of bytes or of UTF-8 text, hex. */
  sha256(content: string | Uint8Array): string;
  /** Random id, 128 bits or more. */
  newId(): string;
}

/** The act of now by this workspace's user. */
export function actNow(context: Pick<AppContext, 'actor' | 'clock'>): Act {
  return { actor: context.actor, nowMs: context.clock.nowMs() };
}
