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
