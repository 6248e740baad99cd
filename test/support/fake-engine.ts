// An engine without a store, for tests of the hosts: a real router over a few answers, and events when the test says so.

import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { EngineEvent } from '../../src/shared/contract/frames.ts';
import { fail, ok } from '../../src/shared/result.ts';
import type { AppState } from '../../src/shared/schema/settings.ts';
import { createSystemClock } from '../../src/main/platform/system-clock.ts';
import type { Engine } from '../../src/main/rpc/engine-api.ts';
import { createEventHub } from '../../src/main/rpc/event-hub.ts';
import { createFileTokens } from '../../src/main/rpc/file-tokens.ts';
import { createRouter } from '../../src/main/rpc/router.ts';
import type { Handlers } from '../../src/main/rpc/router.ts';
import { createRecordingLog } from './recording-log.ts';
import { createMapMemory, handlersWith } from './router-handlers.ts';

/** What the fake engine answers to app.state. */
export const fakeAppState: AppState = {
  version: '0.0.0-test',
  isPractice: true,
  host: 'electron',
  dataFolder: '/data',
  settings: {
    language: 'sv',
    theme: 'system',
    organisation: {
      name: '',
      registrationNumber: '',
      vatNumber: '',
      address: { street: null, street2: null, postalCode: null, city: null, country: 'SE' },
      email: '',
      phone: '',
      website: '',
    },
    importMode: 'lenient',
    watchedFolder: { isOn: false, folder: '', mode: 'lenient', settleSeconds: 5 },
  },
  isRunnerElsewhere: false,
  isOutboxPaused: false,
  watch: { state: 'off', code: null },
  storeTrouble: null,
  restored: null,
  hasKeychain: false,
  lastSavedAtMs: null,
};

/** The engine and what a test may do with it. */
export interface FakeEngine extends Engine {
  publish(event: EngineEvent): void;
  pathOf(token: string): string | null;
  readonly wakes: () => number;
}

/**
 * `job.list` answers with no jobs, `job.result` answers only when cancelled, `app.pauseOutbox` publishes an event; the rest is NOT_FOUND or as given.
 */
export function createFakeEngine(given: Partial<Handlers> = {}): FakeEngine {
  const hub = createEventHub({ clock: createSystemClock() });
  const tokens = createFileTokens();
  let wakes = 0;
  const handlers = handlersWith({
    'app.state': () => Promise.resolve(ok(fakeAppState)),
    'app.pauseOutbox': () => {
      hub.publish({ topic: 'app' });
      return Promise.resolve(ok(fakeAppState));
    },
    'job.list': () => Promise.resolve(ok({ jobs: [] })),
    'job.result': (_input, { signal }) =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () => resolve(fail('CANCELLED', 'Nobody waits.')), { once: true }),
      ),
    ...given,
  });
  const router = createRouter({ handlers, memory: createMapMemory(), log: createRecordingLog().log });
  return {
    handle: (frame) => router.handle(frame),
    subscribe: (listener) => hub.subscribe(listener),
    async registerFile(path) {
      const found = await stat(path).catch(() => null);
      return found?.isFile() === true
        ? ok(tokens.register(path, basename(path), found.size))
        : fail('UNREADABLE', 'Not a file.', { path });
    },
    wake: () => {
      wakes += 1;
      hub.publish({ topic: 'connections' });
    },
    close: () => router.close(),
    publish: (event) => {
      hub.publish(event);
    },
    pathOf: (token) => tokens.resolve(token)?.path ?? null,
    wakes: () => wakes,
  };
}
