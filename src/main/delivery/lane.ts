// One connection's lane: keeps a session open while there is work, closes it afterwards, and blocks itself when the connection fails.

import { longestLaneWaitMs } from '../domain/retry-schedule.ts';
import type { DueConnection, LaneBlock } from '../ports/lane-store.ts';
import { createLaneGate } from './lane-gate.ts';
import type { LaneGate } from './lane-gate.ts';
import { createLaneHealth, noRuns } from './lane-health.ts';
import type { LaneHealth, LanePause } from './lane-health.ts';
import { workThrough } from './lane-work.ts';
import type { LaneParts, SessionEnd } from './lane-work.ts';
import { closeSession, openSession, settingsOf } from './open-session.ts';
import type { FoundBlock, OpenSession } from './open-session.ts';

/** A connection's lane. */
export interface Lane {
  /** When it may be drained: not before its wait is over, its doors open and its rate has room. At or before `nowMs` means now. */
  startAtMs(due: DueConnection, nowMs: number): number;
  /** Something says that a lost connection may work now: its next probe is not waited for. A wait for anything else stays. */
  probeNow(): void;
  /** Delivers until nothing is due or something stops it; returns how many attempts were made. Never two at once. */
  drain(): Promise<number>;
  /** Closes the session; harmless to repeat. */
  close(): Promise<void>;
}

/** A session is kept this long after the last delivery. */
const idleSessionMs = 5_000;
/** Wait after a look that found something due and nothing to do. */
const idleLookMs = 1_000;

/** Makes a lane; it does nothing until drained. */
export function createLane(parts: LaneParts, connectionId: string): Lane {
  return new ConnectionLane(parts, connectionId);
}

class ConnectionLane implements Lane {
  readonly #parts: LaneParts;
  readonly #connectionId: string;
  readonly #gate: LaneGate;
  #open: OpenSession | null = null;
  #isDraining = false;
  #drains = 0;
  #idleUntilMs = 0;
  #isPausedByItself = false;
  /** A start is a new chance for a lost connection: the computer may be elsewhere now. */
  #isProbeDue = true;

  constructor(parts: LaneParts, connectionId: string) {
    this.#parts = parts;
    this.#connectionId = connectionId;
    this.#gate = createLaneGate(parts.store.lanes, connectionId);
  }

  startAtMs(due: DueConnection, nowMs: number): number {
    this.#isPausedByItself = due.blockedBy === 'failing' || due.blockedBy === 'throttled';
    const { store } = this.#parts;
    const limits = store.config.connection(this.#connectionId)?.limits;
    const gateMs = limits === undefined ? null : this.#gate.ask(limits, { nowMs, inFlight: 0 }).askAgainAtMs;
    return Math.max(this.#waitOf(due, nowMs), gateMs ?? 0);
  }

  probeNow(): void {
    this.#isProbeDue = true;
    this.#idleUntilMs = 0;
  }

  async drain(): Promise<number> {
    if (this.#isDraining) return 0;
    this.#isDraining = true;
    this.#isProbeDue = false;
    this.#drains += 1;
    const { store, random, stopSignal } = this.#parts;
    const known = store.lanes.runs(this.#connectionId);
    // A pause whose cause was not kept (a full disk) still ends with one delivery.
    const health = createLaneHealth(random, known ?? (this.#isPausedByItself ? { ...noRuns, trips: 1 } : noRuns));
    let attempts = 0;
    try {
      while (!stopSignal.aborted && this.#parts.mayClaim()) {
        const open = await this.#ready(health);
        if (open === null) break;
        const worked = await this.#work(open, health);
        attempts += worked.attempts;
        if (!worked.mayGoOn) break;
      }
      // Something was due and nothing could be done: do not look again at once.
      if (attempts === 0) this.#idle();
      return attempts;
    } finally {
      this.#isDraining = false;
      this.#keep(health, known !== null);
      void this.#closeWhenIdle(this.#drains);
    }
  }

  async close(): Promise<void> {
    const closing = this.#open;
    this.#open = null;
    if (closing !== null) await closeSession(closing.session, this.#parts.log);
  }

  /** What it waits for by itself; a wait longer than any that is ever set means that the clock was set back, and is dropped. */
  #waitOf({ blockedBy, nextTryAtMs }: DueConnection, nowMs: number): number {
    const idleUntilMs = this.#idleUntilMs > nowMs + idleLookMs ? 0 : this.#idleUntilMs;
    const longestMs = blockedBy === null ? 0 : longestLaneWaitMs[blockedBy];
    if (nextTryAtMs === null || nextTryAtMs > nowMs + longestMs) return idleUntilMs;
    return blockedBy === 'offline' && this.#isProbeDue ? 0 : Math.max(nextTryAtMs, idleUntilMs);
  }

  #idle(): void {
    this.#idleUntilMs = this.#parts.clock.nowMs() + idleLookMs;
  }

  /** Writes down the runs it is in the middle of; a lane that is and was well costs no write. */
  #keep(health: LaneHealth, hadRuns: boolean): void {
    const { store, log } = this.#parts;
    const runs = health.runs();
    const hasRuns = JSON.stringify(runs) !== JSON.stringify(noRuns);
    if (!hasRuns && !hadRuns) return;
    try {
      store.lanes.saveRuns(this.#connectionId, hasRuns ? runs : null);
    } catch (error) {
      // A full disk: the deliveries' own states are what counts.
      log.warn('what a lane has learnt could not be kept', { connectionId: this.#connectionId, error: String(error) });
    }
  }

  /** A session with the settings as they stand now, or null with the lane blocked. */
  async #ready(health: LaneHealth): Promise<OpenSession | null> {
    const { store, killSignal, stopSignal } = this.#parts;
    if (this.#open !== null && this.#open.settings !== settingsOf(store, this.#connectionId)) await this.close();
    if (this.#open === null) {
      const opened = await openSession(this.#parts, this.#connectionId, killSignal);
      if (!opened.ok) {
        if (!stopSignal.aborted && opened.block !== null) this.#block(opened.block, health);
        else this.#idle();
        return null;
      }
      this.#open = opened.open;
      store.deliveries.clearLaneBlock(this.#connectionId, 'offline');
    }
    health.sessionOpened();
    return this.#open;
  }

  /** One session's work; `mayGoOn`: with another session. */
  async #work(
    open: OpenSession,
    health: LaneHealth,
  ): Promise<{ readonly attempts: number; readonly mayGoOn: boolean }> {
    const end = await workThrough(
      this.#parts,
      { connectionId: this.#connectionId, health, gate: this.#gate, trialEnded: () => this.#trialEnded() },
      open,
    );
    const pause = health.pause();
    if (end.isSpent || end.block !== null || pause !== null) await this.close();
    const isBlocked = this.#blockAfter(end, { health, pause });
    if (end.wasClaimLost) this.#idle();
    const mayGoOn = end.isSpent && !isBlocked && this.#idleUntilMs <= this.#parts.clock.nowMs();
    return { attempts: end.attempts, mayGoOn };
  }

  /** What needs a person comes first, then what the connection says, then the lane's own pause. */
  #blockAfter(
    { block }: SessionEnd,
    { health, pause }: { readonly health: LaneHealth; readonly pause: LanePause | null },
  ): boolean {
    const person = health.whyPerson();
    if (person !== null) {
      health.startAnew();
      this.#block({ blockedBy: 'pausedByFailures', code: person.code, detail: person.code }, health);
    } else if (block !== null) this.#block(block, health);
    else if (pause !== null) {
      const { waitMs, ...found } = pause;
      this.#write({ ...found, nextTryAtMs: this.#parts.clock.nowMs() + waitMs });
    } else return false;
    return true;
  }

  #block(found: FoundBlock, health: LaneHealth): void {
    if (found.blockedBy === 'offline')
      this.#write({ ...found, nextTryAtMs: this.#parts.clock.nowMs() + health.lost() });
    else this.#write(found);
  }

  #write(block: LaneBlock): void {
    const { store, clock, log } = this.#parts;
    store.deliveries.setLaneBlock(this.#connectionId, block, clock.nowMs());
    log.warn('a lane stands still', { connectionId: this.#connectionId, ...block });
  }

  /** The one delivery went through: full speed again. */
  #trialEnded(): void {
    const { deliveries } = this.#parts.store;
    deliveries.clearLaneBlock(this.#connectionId, 'failing');
    deliveries.clearLaneBlock(this.#connectionId, 'throttled');
  }

  async #closeWhenIdle(drain: number): Promise<void> {
    await this.#parts.clock.sleep(idleSessionMs, this.#parts.stopSignal);
    if (!this.#isDraining && this.#drains === drain) await this.close();
  }
}
