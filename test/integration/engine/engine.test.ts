// The whole engine behind its frames, in practice mode: what a window can do, from the sample batch to delivered.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../src/shared/contract/frames.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/methods.ts';
import { openEngine } from '../../../src/main/engine.ts';
import { entryPoints, resourcesFolder } from '../../../src/main/platform/entry-points.ts';
import { createJsonLog } from '../../../src/main/platform/json-log.ts';
import { createKeychain } from '../../../src/main/platform/keychain.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import type { Engine } from '../../../src/main/rpc/engine-api.ts';

const root = mkdtempSync(join(tmpdir(), 'utskick-engine-'));
const events: EngineEvent[] = [];
let engine: Engine;
let wakeWaiters: (() => void)[] = [];

beforeAll(async () => {
  const opened = await openEngine({
    rootDir: root,
    host: 'web',
    version: '0.0.0',
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    startInPractice: null,
    clock: createSystemClock(),
    log: createJsonLog({ folder: root }),
    secrets: createKeychain({ env: {} }),
    actor: 'test',
    env: {},
  });
  if (!opened.ok) throw new Error(opened.error.message);
  engine = opened.value;
  engine.subscribe((frame) => {
    events.push(frame.event);
    for (const wake of wakeWaiters.splice(0)) wake();
  });
});

afterAll(async () => {
  await engine.close();
});

async function call<M extends MethodName>(
  method: M,
  input: MethodInput<M>,
  requestId: string = randomUUID(),
): Promise<MethodOutput<M>> {
  const reply = await engine.handle({ type: 'request', requestId, method, input });
  if (!reply.ok) throw Object.assign(new Error(reply.error.message), reply.error);
  return reply.value as MethodOutput<M>;
}

/** Asks again after every event until the answer fits. */
async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const event = new Promise<void>((resolve) => {
      wakeWaiters = [...wakeWaiters, resolve];
    });
    const answer = await ask();
    if (fits(answer)) return answer;
    await event;
  }
}

async function finished(jobId: string): Promise<MethodOutput<'job.result'>> {
  return until(
    () => call('job.result', { jobId }),
    (result) => result.state !== 'running',
  );
}

const filter = { states: [], channels: [], withProblems: false, search: '' };
let batchId = '';

describe('the engine in practice mode', () => {
  it('starts there the first time, with the practice connections', async () => {
    expect(await call('app.state', {})).toMatchObject({ isPractice: true, host: 'web', isRunnerElsewhere: false });
    const { connections } = await call('connection.list', {});
    expect(connections.map(({ channel, endpoint }) => ({ channel, endpoint }))).toEqual([
      { channel: 'email', endpoint: 'practice' },
      { channel: 'sendregning', endpoint: 'practice' },
      { channel: 'svea', endpoint: 'practice' },
      { channel: 'svea', endpoint: 'practice' },
      { channel: 'sftp', endpoint: 'practice' },
    ]);
    for (const { id } of connections)
      expect((await call('connection.test', { connectionId: id })).steps.map((step) => step.state)).toEqual([
        'ok',
        'ok',
        'ok',
        'ok',
      ]);
  });

  it('imports the sample batch as a job with progress, and the counts add up', async () => {
    const { jobId } = await call('batch.importSample', { invoices: 60, errors: 4 });
    const result = await finished(jobId);
    expect(result).toMatchObject({ state: 'done', error: null });
    batchId = result.batchIds[0] ?? '';
    const { batch } = await call('batch.get', { batchId });
    expect(batch).toMatchObject({ read: 60, imported: 56, quarantined: 4, skipped: 0, state: 'imported' });
    expect(batch.counts.reduce((sum, entry) => sum + entry.count, 0)).toBe(60);
    expect(
      events.some((event) => event.topic === 'job' && event.job.jobId === jobId && event.job.phase === 'done'),
    ).toBe(true);
  });

  it('shows problems at their place in the source', async () => {
    const { groups } = await call('problem.groups', { batchId });
    expect(
      groups.reduce((sum, group) => sum + (group.severity === 'error' ? group.invoiceCount : 0), 0),
    ).toBeGreaterThanOrEqual(4);
    const [group] = groups;
    const line = group?.sample.line ?? 0;
    const window = await call('source.window', { batchId, fileOrdinal: 0, line, before: 0, after: 0 });
    expect(window.firstLine).toBe(line);
    const found = group?.sample.found ?? null;
    // A value may go over several lines; the window begins with its first.
    if (found !== null) expect(window.lines[0]?.text).toContain(found.split('\n')[0]);
    const { text } = await call('problem.export', { batchId, form: 'csv', language: 'sv' });
    expect(text.split('\r\n').length).toBeGreaterThan(4);
    const json = await call('problem.export', { batchId, form: 'json', language: 'sv' });
    const report = JSON.parse(json.text) as { readonly batchId: string; readonly problems: readonly unknown[] };
    expect(report.batchId).toBe(batchId);
    // A line a finding, beside the heading and the end.
    expect(report.problems).toHaveLength(text.split('\r\n').length - 2);
  });

  it('holds an invoice, leaves it out of the release, and takes it back', async () => {
    const page = await call('invoice.page', {
      batchId,
      filter: { ...filter, states: ['ready'] },
      sort: 'ordinal',
      isDescending: false,
      offset: 0,
      limit: 1,
    });
    const ids = page.rows.map((row) => row.id);
    expect(await call('invoice.hold', { batchId, selection: { ids }, isHeld: true })).toEqual({ changed: 1 });
    const plan = { batchId, connections: { email: 'practice-email', sftp: 'practice-sftp' } };
    expect(await call('release.preview', plan)).toMatchObject({
      total: 55,
      leftOut: { held: 1, quarantined: 4, noConnection: 0, alreadyReleased: 0 },
    });
    expect(await call('invoice.hold', { batchId, selection: { ids }, isHeld: false })).toEqual({ changed: 1 });
  });

  it('previews the bytes that are then sent, and a repeated command releases once', async () => {
    const page = await call('invoice.page', {
      batchId,
      filter: { ...filter, states: ['ready'], channels: ['sftp'] },
      sort: 'ordinal',
      isDescending: false,
      offset: 0,
      limit: 1,
    });
    const invoiceId = page.rows[0]?.id ?? 0;
    const preview = await call('invoice.document', { invoiceId });
    expect(preview.isFrozen).toBe(false);

    const plan = { batchId, connections: { email: 'practice-email', sftp: 'practice-sftp' } };
    const requestId = randomUUID();
    const [first, second] = await Promise.all([
      call('release.start', plan, requestId),
      call('release.start', plan, requestId),
    ]);
    expect(second).toEqual(first);
    expect(await call('release.start', plan, requestId)).toEqual(first);
    expect(await finished(first.jobId)).toMatchObject({ state: 'done', released: 56 });

    const { batch } = await until(
      () => call('batch.get', { batchId }),
      (answer) => !answer.batch.counts.some((entry) => entry.state === 'waiting' && entry.count > 0),
    );
    const counts = Object.fromEntries(
      batch.counts.filter((entry) => entry.count > 0).map((entry) => [entry.state, entry.count]),
    );
    expect(counts).toEqual({ sent: 56, quarantined: 4 });
    expect(await call('invoice.document', { invoiceId })).toEqual({ ...preview, isFrozen: true });

    const { providers } = await call('practice.state', {});
    const lines = providers.flatMap(({ ledgerFile }) =>
      readFileSync(ledgerFile, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { invoiceNumber: string | null; sha256: string }),
    );
    const invoices = lines.filter((line) => line.invoiceNumber !== null);
    expect(invoices).toHaveLength(56);
    expect(new Set(invoices.map((line) => line.invoiceNumber)).size).toBe(56);
    expect(invoices.map((line) => line.sha256)).toContain(preview.sha256);

    const detail = await call('invoice.get', { invoiceId, filter, sort: 'ordinal', isDescending: false });
    expect(detail.timeline.map((entry) => entry.kind)).toEqual(
      expect.arrayContaining(['imported', 'released', 'attempt']),
    );
    expect(detail.places.length).toBeGreaterThan(20);
  });

  it('refuses the same file again and tells which import it was', async () => {
    const path = join(root, 'again.xml');
    const { files } = await call('batch.get', { batchId });
    const sha256 = files[0]?.sha256 ?? '';
    writeFileSync(path, readFileSync(join(root, 'practice', 'sources', sha256.slice(0, 2), `${sha256}.xml`)));
    const file = await engine.registerFile(path);
    if (!file.ok) throw new Error(file.error.message);
    const { jobId } = await call('batch.import', { fileTokens: [file.value.token], mode: 'lenient' });
    expect(await finished(jobId)).toMatchObject({
      state: 'failed',
      batchIds: [],
      error: { code: 'ALREADY_IMPORTED', details: { batchId } },
    });
  });

  it('cancels an import and keeps nothing of it', async () => {
    const before = await call('batch.list', { offset: 0, limit: 10 });
    const { jobId } = await call('batch.importSample', { invoices: 20_000, errors: 0 });
    await call('job.cancel', { jobId });
    expect(await finished(jobId)).toMatchObject({ state: 'cancelled', batchIds: [] });
    expect((await call('batch.list', { offset: 0, limit: 10 })).total).toBe(before.total);
  });

  it('answers wrong frames with a code and never throws', async () => {
    for (const frame of [
      null,
      'text',
      {},
      { type: 'request', requestId: 'short', method: 'app.state', input: {} },
      { type: 'request', requestId: randomUUID(), method: 'no.such', input: {} },
      { type: 'request', requestId: randomUUID(), method: 'batch.list', input: { offset: -1, limit: 1e9 } },
    ]) {
      expect(await engine.handle(frame)).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } });
    }
  });

  it('changes to real work, where nothing of the practice is seen, and back', async () => {
    expect(await call('app.setPractice', { isPractice: false })).toMatchObject({ isPractice: false });
    expect(await call('connection.list', {})).toEqual({ connections: [] });
    expect(await call('batch.list', { offset: 0, limit: 10 })).toMatchObject({ total: 0 });
    await expect(call('practice.setNetwork', { isUp: false })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await call('app.setPractice', { isPractice: true })).toMatchObject({ isPractice: true });
    expect(await call('batch.list', { offset: 0, limit: 10 })).toMatchObject({ total: 1 });
  });
});

describe('two changes of mode at once', () => {
  it('open the other workspace once', async () => {
    const ownRoot = mkdtempSync(join(tmpdir(), 'utskick-engine-'));
    const opened = await openEngine({
      rootDir: ownRoot,
      host: 'web',
      version: '0.0.0',
      resourcesDir: resourcesFolder(),
      entryPoints: entryPoints(),
      startInPractice: true,
      clock: createSystemClock(),
      log: createJsonLog({ folder: ownRoot }),
      secrets: createKeychain({ env: {} }),
      actor: 'test',
      env: {},
    });
    if (!opened.ok) throw new Error(opened.error.message);
    const toWork = (): unknown => ({
      type: 'request',
      requestId: randomUUID(),
      method: 'app.setPractice',
      input: { isPractice: false },
    });
    const replies = await Promise.all([opened.value.handle(toWork()), opened.value.handle(toWork())]);
    expect(replies).toMatchObject([
      { ok: true, value: { isPractice: false } },
      { ok: true, value: { isPractice: false } },
    ]);
    await opened.value.close();
    const db = new Database(join(ownRoot, 'work', 'utskick.db'), { readonly: true });
    // Every runner that takes the lease raises the fence.
    expect(db.prepare('SELECT fence, holder_pid FROM runner_lease').get()).toEqual({ fence: 1, holder_pid: null });
    db.close();
  });
});
