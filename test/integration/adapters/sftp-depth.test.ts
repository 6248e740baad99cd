// SFTP in depth against the practice vendor: folders below the vendor's, servers whose rename replaces, names taken twice.

import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSftpAdapter } from '../../../src/main/adapters/sftp/adapter.ts';
import type { ChannelSession, ChannelTarget } from '../../../src/main/ports/channel-adapter.ts';
import { makeItem, startTestPractice, summary, watch } from '../../support/smtp-sftp-practice.ts';
import type { TestPractice } from '../../support/smtp-sftp-practice.ts';

const adapter = createSftpAdapter({ abortGraceMs: 50 });
const never = new AbortController().signal;

let practice: TestPractice;
beforeAll(async () => {
  practice = await startTestPractice();
});
afterAll(() => practice.stop());
beforeEach(() => practice.process.misbehave({ provider: 'sftp', mode: 'none' }));

const sessions: ChannelSession[] = [];
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

async function openSession(changes: Partial<ChannelTarget> = {}): Promise<ChannelSession> {
  const opened = await adapter.open({ ...practice.sftpTarget(), ...changes }, never);
  if (!opened.ok) throw new Error(`${opened.failure.code}: ${opened.failure.detail}`);
  sessions.push(opened.session);
  return opened.session;
}

const folder = (...names: readonly string[]): string => join(practice.dir, 'sftp', ...names);
const renameReplaces = (): Promise<void> =>
  practice.process.misbehave({ provider: 'sftp', mode: 'replace', phase: 'rename' });

describe('folders below the vendor’s', () => {
  it('are made once, and the file is whole in them with nothing unfinished beside it', async () => {
    const session = await openSession();
    const items = ['1', '2', '3'].map((number) => makeItem('sftp', number, { target: `2026/02-03/${number}.pdf` }));
    const outcomes = await Promise.all(items.map((item) => session.send(item, watch())));
    expect(outcomes.map(summary)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(outcomes[0]).toMatchObject({ receipt: { path: '/2026/02-03/1.pdf' } });
    expect((await readdir(folder('2026', '02-03'))).sort()).toEqual(['1.pdf', '2.pdf', '3.pdf']);
    expect(
      await session.lookUp?.({ ...items[0], ...makeItem('sftp', '1'), target: '2026/02-03/1.pdf' }, never),
    ).toMatchObject({
      kind: 'unclear',
      code: 'otherContent',
    });
  });

  it('that the vendor tidied away are made again within the session', async () => {
    const session = await openSession();
    await session.send(makeItem('sftp', '10', { target: 'day/10.pdf' }), watch());
    await rm(folder('day'), { recursive: true });
    expect(summary(await session.send(makeItem('sftp', '11', { target: 'day/11.pdf' }), watch()))).toBe('accepted');
    expect(await readdir(folder('day'))).toEqual(['11.pdf']);
  });

  it('whose name a file has fail without an effect, and the next delivery asks anew', async () => {
    await writeFile(folder('taken'), 'a file');
    const session = await openSession();
    const context = watch();
    const item = makeItem('sftp', '12', { target: 'taken/12.pdf' });
    expect(summary(await session.send(item, context))).toMatch(/^notSent sftp\.(?:upload-failed|no-such-folder)$/u);
    expect(context.marks()).toBe(0);
    await rm(folder('taken'));
    expect(summary(await session.send({ ...item, attempt: 2 }, watch()))).toBe('accepted');
  });

  it('hold a cut-off attempt’s leftover only until the next attempt, and a look-up finds it there', async () => {
    await mkdir(folder('cut'));
    const item = makeItem('sftp', '13', { target: 'cut/13.pdf' });
    await practice.process.misbehave({ provider: 'sftp', mode: 'cut', phase: 'before-rename', count: 1 });
    expect((await (await openSession()).send(item, watch())).kind).toBe('unknown');
    const session = await openSession();
    expect(await session.lookUp?.(item, never)).toMatchObject({ kind: 'absent' });
    expect(summary(await session.send({ ...item, attempt: 2 }, watch()))).toBe('accepted');
    expect(await readdir(folder('cut'))).toEqual(['13.pdf']);
  });
});

describe('a server whose rename replaces what is there', () => {
  it('is found out by the connection test, which leaves nothing behind', async () => {
    const before = await readdir(folder());
    const permission = async () => (await adapter.test(practice.sftpTarget(), never)).at(-1);
    expect(await permission()).toMatchObject({ state: 'ok', code: null });
    await renameReplaces();
    expect(await permission()).toMatchObject({ state: 'ok', code: 'sftp.rename-replaces' });
    expect(await readdir(folder())).toEqual(before);
  });

  it.each([undefined, 'replaces'] as const)(
    'never has a file overwritten that came before the rename (known: %s)',
    async (renames) => {
      await renameReplaces();
      const session = await openSession(renames === undefined ? {} : { renames });
      const item = makeItem('sftp', `20-${String(renames)}`);
      const context = watch({ markSending: () => writeFile(folder(item.target), 'something else') });
      expect(summary(await session.send(item, context))).toBe('refused sftp.name-taken');
      expect(context.phases).not.toContain('effect');
      expect(await readFile(folder(item.target), 'utf8')).toBe('something else');
      expect((await readdir(folder())).filter((name) => name.includes('.part'))).toEqual([]);
    },
  );

  it('takes one of two invoices that are sent under one name at the same time', async () => {
    await renameReplaces();
    const session = await openSession();
    const items = ['A', 'B'].map((number) => makeItem('sftp', number, { target: 'same.pdf' }));
    const outcomes = await Promise.all(items.map((item) => session.send(item, watch())));
    expect(outcomes.map(summary)).toEqual(['accepted', 'refused sftp.name-taken']);
    expect(await readFile(folder('same.pdf'))).toEqual(items[0]?.document);
  });

  it('says accepted without renaming when the same document is there by then', async () => {
    await renameReplaces();
    const session = await openSession();
    const item = makeItem('sftp', '21');
    const context = watch({ markSending: () => writeFile(folder(item.target), item.document) });
    expect(summary(await session.send(item, context))).toBe('accepted');
  });
});
