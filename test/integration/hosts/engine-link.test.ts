// The link to the engine's process, with a real process: nothing is left unanswered however that process ends.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEngineLink } from '../../../src/main/hosts/electron/engine-link.ts';
import type { EngineChild, EngineLink } from '../../../src/main/hosts/electron/engine-link.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { request } from '../../support/router-handlers.ts';

const entry = fileURLToPath(new URL('../../support/electron-engine-entry.ts', import.meta.url));
const { log } = createRecordingLog();
/** A process takes its time on a busy machine. */
const patience = { timeout: 20_000, interval: 5 };
const open: EngineLink[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((link) => link.stop()));
});

function start(): EngineChild {
  const child = fork(entry, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    pid: child.pid,
    post: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', listener);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

interface Linked {
  readonly link: EngineLink;
  readonly heard: string[];
  /** Processes that were started, in order. */
  readonly started: number[];
}

function linkTo(rootDir: string, clock = createSystemClock()): Linked {
  const started: number[] = [];
  const noted = (): EngineChild => {
    const child = start();
    if (child.pid !== undefined) started.push(child.pid);
    return child;
  };
  const link = createEngineLink({ start: noted, open: { rootDir, startInPractice: null }, clock, log });
  open.push(link);
  const heard: string[] = [];
  link.subscribe((frame) => heard.push(frame.type === 'link' ? frame.state : frame.event.topic));
  return { link, heard, started };
}

function killEngine(link: EngineLink): void {
  if (link.pid === undefined) throw new Error('the engine does not run');
  process.kill(link.pid, 'SIGKILL');
}

describe('a link to an engine that runs', () => {
  it('answers calls that were made before the engine was there', async () => {
    const { link } = linkTo('/data');
    const replies = await Promise.all(Array.from({ length: 20 }, () => link.handle(request('job.list', {}))));
    for (const reply of replies) expect(reply).toMatchObject({ ok: true, value: { jobs: [] } });
  });

  it('gives each caller its own answer, also for frames that are no frames', async () => {
    const { link } = linkTo('/data');
    const frame = request('job.list', {});
    expect(await link.handle(frame)).toMatchObject({ requestId: frame.requestId });
    expect(await link.handle('nonsense')).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } });
  });

  it('passes events on', async () => {
    const { link, heard } = linkTo('/data');
    await link.handle(request('app.pauseOutbox', { isPaused: true }));
    await vi.waitFor(() => {
      expect(heard).toEqual(['app']);
    }, patience);
  });

  it('cancels a call for a caller that no longer waits', async () => {
    const { link } = linkTo('/data');
    await link.handle(request('job.list', {}));
    const frame = request('job.result', { jobId: 'j' });
    const reply = link.handle(frame);
    await link.handle({ type: 'cancel', requestId: frame.requestId });
    expect(await reply).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
  });

  it('makes files known, and says when it cannot', async () => {
    const { link } = linkTo('/data');
    expect(await link.registerFile(entry)).toMatchObject({ ok: true, value: { name: 'electron-engine-entry.ts' } });
    expect(await link.registerFile('/no/such/file')).toMatchObject({ ok: false, error: { code: 'UNREADABLE' } });
  });

  it('wakes it', async () => {
    const { link, heard } = linkTo('/data');
    await link.handle(request('job.list', {}));
    link.wake();
    await vi.waitFor(() => {
      expect(heard).toEqual(['connections']);
    }, patience);
  });
});

describe('an engine that dies', () => {
  it.each([
    [
      'killed from outside',
      (link: EngineLink) => {
        killEngine(link);
      },
    ],
    [
      'ending by itself in a call',
      (link: EngineLink) => void link.handle(request('app.setPractice', { isPractice: false })),
    ],
  ])('%s rejects the calls under way, says so, and is there again', async (_name, end) => {
    const { link, heard } = linkTo('/data');
    await link.handle(request('job.list', {}));
    const { pid } = link;
    const pending = [
      link.handle(request('job.result', { jobId: 'a' })),
      link.handle(request('job.result', { jobId: 'b' })),
    ];
    end(link);
    for (const reply of await Promise.all(pending))
      expect(reply).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE' } });
    expect(await link.handle(request('job.list', {}))).toMatchObject({ ok: true });
    expect(link.pid).not.toBe(pid);
    expect(heard).toEqual(['lost', 'connected']);
  });

  it('at every start is started again ever more slowly, and every call is answered', async () => {
    const clock = createHandClock();
    const { link, heard, started } = linkTo('/crashing', clock);
    expect(await link.handle(request('job.list', {}))).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE' } });
    // The first restart is at once; then the pauses are 1, 2, 4 … 30 seconds.
    for (const [at, pauseMs] of [0, 1_000, 2_000].entries()) {
      await clock.advance(pauseMs);
      await vi.waitFor(() => {
        expect(started).toHaveLength(at + 2);
        expect(link.pid).toBeUndefined();
        expect(clock.sleepers).toBe(1);
      }, patience);
    }
    expect(new Set(started).size).toBe(4);
    expect(heard).toEqual(['lost']);
  });
});

describe('an engine that refuses to open', () => {
  it('answers every call with its reason, and is asked again later, not all the time', async () => {
    const clock = createHandClock();
    const { link, heard } = linkTo('/newer', clock);
    const refused = { ok: false, error: { code: 'STORE_NEWER', details: { found: 9 } } };
    expect(await link.handle(request('job.list', {}))).toMatchObject(refused);
    expect(await link.handle(request('job.list', {}))).toMatchObject(refused);
    expect(link.pid).toBeUndefined();
    await clock.advance(1_000);
    const again = link.handle(request('job.list', {}));
    expect(link.pid).toBeTypeOf('number');
    expect(await again).toMatchObject(refused);
    expect(heard).toEqual([]);
  });
});

describe('a link that stops', () => {
  it('lets the engine end, answers what is pending and everything after', async () => {
    const { link, heard } = linkTo('/data');
    await link.handle(request('job.list', {}));
    const pending = link.handle(request('job.result', { jobId: 'a' }));
    const { pid } = link;
    await link.stop();
    expect(await pending).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE' } });
    expect(await link.handle(request('job.list', {}))).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE' } });
    expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH');
    expect(heard).toEqual([]);
    await link.stop();
  });

  it('kills an engine that does not end in time', async () => {
    const clock = createHandClock();
    const { link } = linkTo('/stubborn', clock);
    await link.handle(request('job.list', {}));
    if (link.pid === undefined) throw new Error('the engine does not run');
    process.kill(link.pid, 'SIGSTOP');
    const stopped = link.stop();
    await clock.advance(15_000);
    await stopped;
    expect(link.pid).toBeUndefined();
  });
});

describe('a parent that dies', () => {
  it('takes its engine with it', async () => {
    const child = fork(entry, [], { execArgv: [], serialization: 'advanced' });
    child.send({ kind: 'open', options: { rootDir: '/data', startInPractice: null } });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.once('message', () => {
      child.disconnect();
    });
    expect(await exited).toBe(0);
  });
});
