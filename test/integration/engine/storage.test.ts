// Copies, the check and the restore as a window asks for them, over a real data folder; and an engine whose database cannot be opened.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/methods.ts';
import type { StorageState } from '../../../src/shared/schema/storage.ts';
import { openEngine } from '../../../src/main/engine.ts';
import { entryPoints, resourcesFolder } from '../../../src/main/platform/entry-points.ts';
import { createJsonLog } from '../../../src/main/platform/json-log.ts';
import { createKeychain } from '../../../src/main/platform/keychain.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import type { Engine } from '../../../src/main/rpc/engine-api.ts';

const patienceMs = 120_000;
let root: string;
let engine: Engine;
let changed: (() => void)[] = [];

async function open(): Promise<void> {
  const opened = await openEngine({
    rootDir: root,
    host: 'web',
    version: '0.0.0',
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    startInPractice: false,
    clock: createSystemClock(),
    log: createJsonLog({ folder: root }),
    secrets: createKeychain({ env: {} }),
    actor: 'test',
    env: {},
  });
  if (!opened.ok) throw new Error(opened.error.message);
  engine = opened.value;
  engine.subscribe(() => {
    for (const wake of changed.splice(0)) wake();
  });
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'utskick-storage-'));
  changed = [];
  await open();
});

afterEach(async () => {
  await engine.close();
  rmSync(root, { recursive: true, force: true });
});

const ask = (method: MethodName, input: unknown) =>
  engine.handle({ type: 'request', requestId: randomUUID(), method, input });

async function call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
  const reply = await ask(method, input);
  if (!reply.ok) throw Object.assign(new Error(reply.error.message), reply.error);
  return reply.value as MethodOutput<M>;
}

/** Starts something and waits until it has ended. */
async function finish(order: MethodInput<'storage.start'>): Promise<StorageState> {
  await call('storage.start', order);
  return idle();
}

async function idle(): Promise<StorageState> {
  for (;;) {
    const event = new Promise<void>((resolve) => {
      changed.push(resolve);
    });
    const state = await call('storage.state', {});
    if (state.running === null) return state;
    await event;
  }
}

const database = () => join(root, 'work', 'utskick.db');

test(
  'a copy, a check and a restore run one at a time, and what was done after the copy is gone and logged',
  async () => {
    const { copies } = await finish({ task: 'copy' });
    const copy = copies.find(({ kind }) => kind === 'byHand');
    await call('app.pauseOutbox', { isPaused: false });
    await call('storage.start', { task: 'verify' });
    expect(await ask('storage.start', { task: 'copy' })).toMatchObject({ ok: false, error: { code: 'STORE_BUSY' } });
    expect(await call('storage.stop', {})).toEqual({ isStopped: true });
    expect(await idle()).toMatchObject({ failures: { verify: null }, lastCheck: null });
    expect(await finish({ task: 'verify' })).toMatchObject({
      failures: { verify: null },
      lastCheck: { report: { isSound: true, checked: { auditEntries: 1 } } },
    });
    expect(await ask('storage.start', { task: 'restore', name: '../utskick.db' })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
    const restored = await finish({ task: 'restore', name: copy?.name ?? '' });
    expect(restored).toMatchObject({ failures: { restore: null }, lastCheck: null });
    expect(restored.copies.map(({ kind }) => kind)).toContain('replaced');
    expect(await call('app.state', {})).toMatchObject({ isOutboxPaused: true, restored: { unknown: 0 } });
    const everything = { search: '', actions: [], fromMs: null, beforeMs: null };
    expect((await call('audit.page', { filter: everything, offset: 0, limit: 10 })).entries).toMatchObject([
      { action: 'restore', facts: { copy: copy?.name } },
    ]);
  },
  patienceMs,
);

test(
  'an engine whose database is damaged says so, offers the copies and restores one; nothing else is answered',
  async () => {
    const { copies } = await finish({ task: 'copy' });
    const copy = copies.find(({ kind }) => kind === 'byHand');
    await engine.close();
    writeFileSync(database(), 'scrap');
    await open();
    expect(await ask('app.state', {})).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
    expect(await ask('batch.list', { offset: 0, limit: 1 })).toMatchObject({ ok: false });
    expect(await ask('storage.start', { task: 'copy' })).toMatchObject({
      ok: false,
      error: { code: 'SERVICE_UNAVAILABLE' },
    });
    const restored = await finish({ task: 'restore', name: copy?.name ?? '' });
    expect(restored.copies.map(({ kind }) => kind)).toContain('damaged');
    expect(await call('app.state', {})).toMatchObject({ isOutboxPaused: true });
  },
  patienceMs,
);

test(
  'an engine whose database is of a newer version opens, says so, and changes nothing',
  async () => {
    await engine.close();
    const db = new Database(database());
    db.pragma('user_version = 999');
    db.close();
    await open();
    expect(await ask('app.state', {})).toMatchObject({ ok: false, error: { code: 'STORE_NEWER' } });
    expect((await call('storage.state', {})).running).toBeNull();
  },
  patienceMs,
);
