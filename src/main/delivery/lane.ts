// One connection's lane: keeps a session open while there is work, closes it afterwards, and blocks itself when the connection fails.

import { createLaneHealth, idleLookMs } from './lane-health.ts';
import type { LaneHealth } from './lane-health.ts';
import { workThrough } from './lane-work.ts';
import type { LaneParts } from './lane-work.ts';
import { closeSession, openSession, settingsOf } from './open-session.ts';
import type { LaneBlock, OpenSession } from './open-session.ts';

/** A connection's lane. */
export interface Lane {
  /** True when nothing keeps it from being drained now. */
  mayStart(nowMs: number): boolean;
  /** Next time it may start, for the runner's alarm clock. */
  notBeforeMs(): number;
  probeNow(): void;
  /** Delivers until nothing is due or something stops it; returns how many attempts were made. Never two at once. */
  drain(): Promise<number>;
  /** Closes the session; harmless to repeat. */
  close(): Promise<void>;
}

/** A session is kept this long after the last delivery. */
const idleSessionMs = 5_000;

/** Makes a lane; it does nothing until drained. */
export function createLane(parts: LaneParts, connectionId: string): Lane {
  return new ConnectionLane(parts, connectionId);
}

class ConnectionLane implements Lane {
  readonly #parts: LaneParts;
  readonly #connectionId: string;
  readonly #health: LaneHealth;
  #open: OpenSession | null = null;
  #isDraining = false;
  #drains = 0;

  constructor(parts: LaneParts, connectionId: string) {
    this.#parts = parts;
    this.#connectionId = connectionId;
    this.#health = createLaneHealth(parts.random);
  }

  mayStart(nowMs: number): boolean {
    return !this.#isDraining && this.#health.mayStart(nowMs);
  }

  notBeforeMs(): number {
    return this.#health.notBeforeMs();
  }

  probeNow(): void {
    this.#health.probeNow();
  }

  async drain(): Promise<number> {
    if (this.#isDraining) return 0;
    this.#isDraining = true;
    this.#drains += 1;
    let attempts = 0;
    try {
      while (!this.#parts.stopSignal.aborted && this.#parts.mayClaim()) {
        const open = await this.#ready();
        if (open === null) break;
        const worked = await this.#work(open);
        attempts += worked.attempts;
        if (!worked.mayGoOn) break;
      }
      // Something was due and nothing could be done: do not look again at once.
      if (attempts === 0)
        this.#health.idle(Math.max(this.#parts.clock.nowMs(), this.#health.notBeforeMs() - idleLookMs));
      return attempts;
    } finally {
      this.#isDraining = false;
      void this.#closeWhenIdle(this.#drains);
    }
  }

  async close(): Promise<void> {
    const closing = this.#open;
    this.#open = null;
    if (closing !== null) await closeSession(closing.session, this.#parts.log);
  }

  /** A session with the settings as they stand now, or null with the lane blocked. */
  async #ready(): Promise<OpenSession | null> {
    const { store, clock, killSignal, stopSignal } = this.#parts;
    if (this.#open !== null && this.#open.settings !== settingsOf(store, this.#connectionId)) await this.close();
    if (this.#open !== null) return this.#open;
    const opened = await openSession(this.#parts, this.#connectionId, killSignal);
    if (!opened.ok) {
      if (!stopSignal.aborted && opened.block !== null) this.#block(opened.block);
      else this.#health.lost(clock.nowMs());
      return null;
    }
    this.#open = opened.open;
    this.#health.sessionOpened();
    store.deliveries.clearLaneBlock(this.#connectionId, 'offline');
    return this.#open;
  }

  /** One session's work; `mayGoOn`: with another session. */
  async #work(open: OpenSession): Promise<{ readonly attempts: number; readonly mayGoOn: boolean }> {
    const health = this.#health;
    const end = await workThrough(this.#parts, { connectionId: this.#connectionId, health }, open);
    if (end.isSpent || end.block !== null) await this.close();
    const pause = health.whyPause();
    if (pause !== null) health.paused();
    const block = pause === null ? end.block : { blockedBy: 'pausedByFailures' as const, detail: pause.code };
    if (block !== null) this.#block(block);
    const mayGoOn = end.isSpent && block === null && health.mayStart(this.#parts.clock.nowMs());
    return { attempts: end.attempts, mayGoOn };
  }

  #block(found: LaneBlock): void {
    const { store, clock, log } = this.#parts;
    store.deliveries.setLaneBlock(this.#connectionId, found, clock.nowMs());
    this.#health.lost(clock.nowMs());
    log.warn('a lane stands still', { connectionId: this.#connectionId, ...found });
  }

  async #closeWhenIdle(drain: number): Promise<void> {
    await this.#parts.clock.sleep(idleSessionMs, this.#parts.stopSignal);
    if (!this.#isDraining && this.#drains === drain) await this.close();
  }
}
