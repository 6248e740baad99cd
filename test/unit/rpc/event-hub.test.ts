// Events: numbered without holes, thinned out in bursts, the last one never lost.

import { describe, expect, it } from 'vitest';
import type { EngineEvent, EventFrame } from '../../../src/shared/contract/frames.ts';
import type { JobProgress } from '../../../src/shared/schema/batch.ts';
import { createEventHub } from '../../../src/main/rpc/event-hub.ts';
import { createHandClock } from '../../support/hand-clock.ts';

function progress(jobId: string, done: number, phase: JobProgress['phase'] = 'reading'): EngineEvent {
  return {
    topic: 'job',
    job: {
      jobId,
      kind: 'import',
      title: 'a.xml',
      phase,
      done,
      total: null,
      doneBytes: null,
      totalBytes: null,
      elapsedMs: 0,
    },
  };
}

function hubWithListener() {
  const clock = createHandClock();
  const hub = createEventHub({ clock });
  const frames: EventFrame[] = [];
  const unsubscribe = hub.subscribe((frame) => frames.push(frame));
  const doneOf = (): number[] => frames.flatMap(({ event }) => (event.topic === 'job' ? [event.job.done] : []));
  return { clock, hub, frames, unsubscribe, doneOf };
}

describe('the event hub', () => {
  it('sends a lone event at once', () => {
    const { hub, frames } = hubWithListener();
    hub.publish({ topic: 'connections' });
    expect(frames).toEqual([{ type: 'event', sequence: 1, event: { topic: 'connections' } }]);
  });

  it('sends at most ten of a job’s reports a second, and the last of a burst', async () => {
    const { clock, hub, doneOf } = hubWithListener();
    for (let at = 0; at < 200; at += 1) {
      hub.publish(progress('j', at));
      await clock.advance(5);
    }
    await clock.advance(1_000);
    expect(doneOf().length).toBeLessThanOrEqual(11);
    expect(doneOf().at(-1)).toBe(199);
    expect(doneOf()).toEqual([...doneOf()].sort((a, b) => a - b));
  });

  it('tells the end of a job at once, and nothing older after it', async () => {
    const { clock, hub, frames } = hubWithListener();
    hub.publish(progress('j', 1));
    hub.publish(progress('j', 2));
    hub.publish(progress('j', 3, 'done'));
    expect(frames.at(-1)?.event).toMatchObject({ job: { phase: 'done' } });
    await clock.advance(1_000);
    expect(frames).toHaveLength(2);
  });

  it('keeps jobs and subjects apart', () => {
    const { hub, frames } = hubWithListener();
    for (const event of [
      progress('a', 1),
      progress('b', 1),
      { topic: 'batches', batchId: 'x' },
      { topic: 'batches', batchId: null },
      { topic: 'deliveries', batchId: 'x' },
      { topic: 'app' },
    ] as const)
      hub.publish(event);
    expect(frames).toHaveLength(6);
  });

  it('numbers what it sends without a hole, whatever it held back', async () => {
    const { clock, hub, frames } = hubWithListener();
    for (let at = 0; at < 50; at += 1) {
      hub.publish(progress('a', at));
      hub.publish({ topic: 'deliveries', batchId: 'x' });
      await clock.advance(7);
    }
    await clock.advance(200);
    expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_frame, at) => at + 1));
  });

  it('keeps no timer running once a subject is quiet', async () => {
    const { clock, hub } = hubWithListener();
    hub.publish(progress('a', 1));
    await clock.advance(500);
    expect(clock.sleepers).toBe(0);
  });

  it('no longer tells who unsubscribed, even from inside of a listener', () => {
    const { hub, frames, unsubscribe } = hubWithListener();
    const stop = hub.subscribe(() => {
      stop();
      unsubscribe();
    });
    hub.publish({ topic: 'app' });
    hub.publish({ topic: 'connections' });
    expect(frames).toHaveLength(1);
  });
});
