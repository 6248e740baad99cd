// Files kept by their SHA-256, on a real disk.

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContentStore } from '../../../src/main/platform/content-store.ts';

const root = mkdtempSync(join(tmpdir(), 'utskick-content-'));
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
let folders = 0;

function newStore(): { readonly folder: string; readonly store: ReturnType<typeof createContentStore> } {
  folders += 1;
  const folder = join(root, String(folders));
  return { folder, store: createContentStore(folder, '.xml') };
}

describe('the content store', () => {
  it('keeps a file byte for byte under its hash, and leaves no temporary file behind', async () => {
    const { folder, store } = newStore();
    const source = join(root, 'source.xml');
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.alloc(3_000_000, 'å\r\n')]);
    writeFileSync(source, bytes);
    const staged = await store.stage(source);
    if (!staged.ok) throw new Error(staged.error.message);
    expect(staged.value).toMatchObject({ sha256: hashOf(bytes), sizeBytes: bytes.byteLength });
    expect(readFileSync(staged.value.path).equals(bytes)).toBe(true);
    expect(await store.keep([staged.value])).toEqual({ ok: true, value: null });
    expect(readFileSync(store.pathOf(hashOf(bytes))).equals(bytes)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('copies files of every size, and forgets those that are not kept', async () => {
    const { folder, store } = newStore();
    for (const size of [1, 5_000, 262_144, 262_145, 2_500_000]) {
      const source = join(root, `${String(size)}.xml`);
      const bytes = Buffer.alloc(size, 'xyz');
      writeFileSync(source, bytes);
      const [first, second] = [await store.stage(source), await store.stage(source)];
      if (!first.ok || !second.ok) throw new Error('not staged');
      expect(first.value).toMatchObject({ sha256: hashOf(bytes), sizeBytes: size });
      store.settle([second.value]);
      await store.discard([second.value]);
      expect(existsSync(second.value.path)).toBe(false);
      expect(await store.keep([first.value])).toMatchObject({ ok: true });
      await store.discard([first.value]);
      expect(readFileSync(store.pathOf(hashOf(bytes))).equals(bytes)).toBe(true);
      expect(store.remove(hashOf(bytes))).toBe(true);
      expect(existsSync(store.pathOf(hashOf(bytes)))).toBe(false);
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('refuses a file that is too large before it copies it', async () => {
    const { folder, store } = newStore();
    const source = join(root, 'large.xml');
    writeFileSync(source, Buffer.alloc(20_000, 'x'));
    expect(await store.stage(source, { largestBytes: 19_999 })).toMatchObject({
      ok: false,
      error: { code: 'FILE_TOO_LARGE' },
    });
    expect(existsSync(folder)).toBe(false);
    expect(await store.stage(source, { largestBytes: 20_000 })).toMatchObject({ ok: true });
  });

  it('removes what a process that is gone was taking in, and nothing else', async () => {
    const { folder, store } = newStore();
    await store.discardLeftovers(() => false);
    const source = join(root, 'left.xml');
    writeFileSync(source, 'left over');
    const [staged, kept] = [await store.stage(source), await store.stage(source)];
    if (!staged.ok || !kept.ok) throw new Error('not staged');
    await store.keep([kept.value]);
    writeFileSync(join(folder, '.4711-1-1.part'), 'of another process');
    writeFileSync(join(folder, 'notes.part'), 'of somebody else');
    await store.discardLeftovers((pid) => pid === process.pid);
    expect(existsSync(staged.value.path)).toBe(true);
    await store.discardLeftovers((pid) => pid !== process.pid);
    expect(readdirSync(folder).sort()).toEqual([kept.value.sha256.slice(0, 2), 'notes.part']);
  });

  it('keeps the same content once', async () => {
    const { store } = newStore();
    const bytes = new TextEncoder().encode('the same');
    const [first, second] = [await store.keepBytes(bytes, hashOf(bytes)), await store.keepBytes(bytes, hashOf(bytes))];
    expect(second).toEqual(first);
    expect(await store.read(hashOf(bytes))).toMatchObject({ ok: true });
  });

  it('refuses content that no longer matches its hash instead of using it', async () => {
    const { store } = newStore();
    const bytes = new TextEncoder().encode('as it was frozen');
    await store.keepBytes(bytes, hashOf(bytes));
    writeFileSync(store.pathOf(hashOf(bytes)), 'as it was changed');
    expect(await store.read(hashOf(bytes))).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
  });

  it('writes damaged content anew when it is kept again', async () => {
    const { store } = newStore();
    const bytes = new TextEncoder().encode('as it was frozen');
    await store.keepBytes(bytes, hashOf(bytes));
    writeFileSync(store.pathOf(hashOf(bytes)), 'AS IT WAS FROZEN');
    await store.keepBytes(bytes, hashOf(bytes));
    expect(await store.read(hashOf(bytes))).toMatchObject({ ok: true });
  });

  it('reads a part, and refuses one that no longer matches its own hash', async () => {
    const { store } = newStore();
    const bytes = new TextEncoder().encode('0123456789');
    const whole = hashOf(bytes);
    await store.keepBytes(bytes, whole);
    const part = { byteOffset: 3, byteLength: 4, sha256: hashOf(bytes.subarray(3, 7)) };
    const read = await store.readPart(whole, part);
    expect(read.ok && Buffer.from(read.value).toString()).toBe('3456');
    writeFileSync(store.pathOf(whole), '0123x56789');
    expect(await store.readPart(whole, part)).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
    writeFileSync(store.pathOf(whole), '0123');
    expect(await store.readPart(whole, part)).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
  });

  it('says in words when the source cannot be opened or the content is gone', async () => {
    const { store } = newStore();
    expect(await store.stage(join(root, 'not-there.xml'))).toMatchObject({
      ok: false,
      error: { code: 'UNREADABLE' },
    });
    expect(await store.read('0'.repeat(64))).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(await store.readPart('0'.repeat(64), { byteOffset: 0, byteLength: 1, sha256: '' })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });

  it('keeps nothing of a cancelled copy', async () => {
    const { folder, store } = newStore();
    const source = join(root, 'cancelled.xml');
    writeFileSync(source, Buffer.alloc(2_000_000, 'x'));
    const stopped = new AbortController();
    stopped.abort();
    expect(await store.stage(source, { signal: stopped.signal })).toMatchObject({
      ok: false,
      error: { code: 'CANCELLED' },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says in words when the folder cannot be written', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('root may write everywhere');
    const { folder, store } = newStore();
    await store.keepBytes(new Uint8Array(1), hashOf(new Uint8Array(1)));
    chmodSync(folder, 0o500);
    expect(await store.keepBytes(new Uint8Array(2), hashOf(new Uint8Array(2)))).toMatchObject({
      ok: false,
      error: { code: 'UNREADABLE' },
    });
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
    expect(existsSync(folder)).toBe(false);
  });
});
