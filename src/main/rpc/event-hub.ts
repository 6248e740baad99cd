// Numbers events and hands them to every subscriber; thins out bursts. Events are hints, so a later one stands for an earlier one.

import type { EngineEvent, EventFrame } from '../../shared/contract/frames.ts';
import type { Clock } from '../ports/clock.ts';

/** At most ten events a second about the same thing: what a person can follow, and little for a slow page to draw. */
const pauseMs = 100;

/** Events on their way to pages. */
export interface EventHub {
  /** Hands on now, or, when the last one about the same thing is under 100 ms old, the newest one at the end of that time. */
  publish(event: EngineEvent): void;
  /** Listeners are called in order and must not throw; returns a function that ends it. */
  subscribe(listener: (frame: EventFrame) => void): () => void;
}

/** Creates a hub; sequence numbers start at 1 and have no holes. */
export function createEventHub({ clock }: { readonly clock: Clock }): EventHub {
  const listeners = new Set<(frame: EventFrame) => void>();
  /** Subjects in their pause → the newest event held back, if any. */
  const paused = new Map<string, EngineEvent | null>();
  let sequence = 0;

  function send(event: EngineEvent): void {
    sequence += 1;
    for (const listener of [...listeners]) listener({ type: 'event', sequence, event });
  }

  async function pause(subject: string): Promise<void> {
    paused.set(subject, null);
    for (;;) {
      await clock.sleep(pauseMs);
      const held = paused.get(subject) ?? null;
      if (held === null) break;
      paused.set(subject, null);
      send(held);
    }
    paused.delete(subject);
  }

  return {
    publish(event) {
      const subject = subjectOf(event);
      if (paused.has(subject) && !isLast(event)) {
        paused.set(subject, event);
        return;
      }
      // The end of a job is told at once; whatever was held back about it is older.
      if (paused.has(subject)) paused.set(subject, null);
      else void pause(subject);
      send(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function subjectOf(event: EngineEvent): string {
  switch (event.topic) {
    case 'job':
      return `job ${event.job.jobId}`;
    case 'batches':
    case 'deliveries':
      return `${event.topic} ${event.batchId ?? ''}`;
    case 'connections':
    case 'app':
      return event.topic;
  }
}

function isLast(event: EngineEvent): boolean {
  return (
    event.topic === 'job' &&
    (event.job.phase === 'done' || event.job.phase === 'failed' || event.job.phase === 'cancelled')
  );
}
