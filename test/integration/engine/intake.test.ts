// What a window can give the engine beside files: a folder, a zip, and a folder to watch. Behind its frames, with real folders.

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../../src/main/engine.ts';
import { entryPoints, resourcesFolder } from '../../../src/main/platform/entry-points.ts';
import { createKeychain } from '../../../src/main/platform/keychain.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import type { Engine } from '../../../src/main/rpc/engine-api.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/methods.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { writeZip } from '../../support/zip-file.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

const root = mkdtempSync(join(tmpdir(), 'utskick-engine-intake-'));
const folder = join(root, 'watched');
let engine: Engine;
let wakeWaiters: (() => void)[] = [];

const open = async (): Promise<void> => {
  const opened = await openEngine({
    rootDir: join(root, 'data'),
    host: 'web',
    version: '0.0.0',
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    startInPractice: false,
    clock: createSystemClock(),
    log: createRecordingLog().log,
    secrets: createKeychain({ env: {} }),
    actor: 'test',
    env: {},
  });
  if (!opened.ok) throw new Error(opened.error.message);
  engine = opened.value;
  engine.subscribe(() => {
    for (const wake of wakeWaiters.splice(0)) wake();
  });
};

beforeAll(async () => {
  mkdirSync(folder);
  await open();
});

afterAll(async () => {
  await engine.close();
  rmSync(root, { recursive: true, force: true });
});

async function call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
  const reply = await engine.handle({ type: 'request', requestId: randomUUID(), method, input });
  if (!reply.ok) throw Object.assign(new Error(reply.error.message), reply.error);
  return reply.value as MethodOutput<M>;
}

/** Asks again after every event until the answer fits. */
async function until<T>(ask: () => T | Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const event = new Promise<void>((resolve) => {
      wakeWaiters = [...wakeWaiters, resolve];
    });
    const answer = await ask();
    if (fits(answer)) return answer;
    await event;
  }
}

describe('a window', () => {
  it('imports a folder and a zip by their tokens, and is told what was left out', async () => {
    const dropped = join(root, 'dropped');
    mkdirSync(dropped);
    writeFileSync(join(dropped, 'a.xml'), batchText([invoiceText({ id: 'T-1' })]));
    writeFileSync(join(dropped, 'readme.txt'), 'Read me.');
    const zip = writeZip(join(root, 'b.zip'), [{ name: 'b.xml', data: batchText([invoiceText({ id: 'T-2' })]) }]);
    const tokens = await Promise.all([dropped, zip].map((path) => engine.registerFile(path)));
    const fileTokens = tokens.map((token) => {
      if (!token.ok) throw new Error(token.error.message);
      return token.value.token;
    });
    const { jobId } = await call('batch.import', { fileTokens, mode: 'lenient' });
    const result = await until(
      () => call('job.result', { jobId }),
      ({ state }) => state !== 'running',
    );
    expect(result).toMatchObject({
      state: 'done',
      leftOut: [{ fileName: 'dropped/readme.txt', reason: 'notInvoices' }],
    });
    const { batches } = await call('batch.list', { offset: 0, limit: 10 });
    expect(batches.map(({ fileName }) => fileName).sort()).toEqual(['b.zip/b.xml', 'dropped/a.xml']);
    expect(readdirSync(join(root, 'data', 'work', 'unpacked'))).toEqual([]);
  });

  it('has a folder watched, which goes on after a start, and is told when it cannot be', async () => {
    const watchedFolder = { isOn: true, folder, mode: 'lenient', settleSeconds: 1 } as const;
    await expect(
      call('app.saveSettings', { watchedFolder: { ...watchedFolder, folder: join(root, 'nowhere') } }),
    ).rejects.toMatchObject({ code: 'UNREADABLE' });
    await expect(
      call('app.saveSettings', { watchedFolder: { ...watchedFolder, folder: join(root, 'data') } }),
    ).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    expect((await call('app.saveSettings', { watchedFolder })).watch).toEqual({ state: 'watching', code: null });
    writeFileSync(join(folder, 'one.xml'), batchText([invoiceText({ id: 'O-1' })]));
    await until(
      () => existsSync(join(folder, 'done', 'one.xml')),
      (isThere) => isThere,
    );
    await engine.close();
    writeFileSync(join(folder, 'two.xml'), `${batchText([invoiceText({ id: 'O-2' })])}<`);
    await open();
    await until(
      () => existsSync(join(folder, 'failed', 'two.xml')),
      (isThere) => isThere,
    );
    expect(readFileSync(join(folder, 'failed', 'two.xml.txt'), 'utf8')).toContain('INVALID_XML');
    const off = await call('app.saveSettings', { watchedFolder: { ...watchedFolder, isOn: false } });
    expect(off.watch).toEqual({ state: 'off', code: null });
    const { batches } = await call('batch.list', { offset: 0, limit: 10 });
    expect(batches.map(({ fileName }) => fileName)).toContain('one.xml');
  });
});
