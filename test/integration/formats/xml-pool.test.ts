// The worker: order, back-pressure, cancelling, dying. Real threads, real files.

import { hash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createXmlPool } from '../../../src/main/workers/xml-pool.ts';
import type { ParsedChunk } from '../../../src/main/ports/import-source.ts';
import { ublText } from '../../support/ubl-text.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';
import { readPath, resourcesDir, withFile } from '../../unit/formats/read-text.ts';

const workerUrl = pathToFileURL(join(import.meta.dirname, '../../../src/main/engine/xml-thread.ts'));
const pool = createXmlPool({ workerUrl, resourcesDir });
const today = '2026-11-21';
const large = batchText(Array.from({ length: 3000 }, (_unused, index) => invoiceText({ id: String(1001 + index) })));

afterAll(() => pool.close());

describe('reading in the worker', () => {
  it('gives the same as reading in this thread, in order, one chunk at a time', async () => {
    await withFile(large, async (path) => {
      const chunks: ParsedChunk[] = [];
      let isBusy = false;
      const parsed = await pool.parse(path, {
        signal: new AbortController().signal,
        today,
        onChunk: async (chunk) => {
          expect(isBusy).toBe(false);
          isBusy = true;
          chunks.push(chunk);
          await readFile(path);
          isBusy = false;
        },
      });
      expect(isBusy).toBe(false);
      const { result, rows, problems } = await readPath(path);
      expect(parsed).toEqual(result);
      expect(chunks.flatMap((chunk) => chunk.rows)).toEqual(rows);
      expect(chunks.flatMap((chunk) => chunk.problems)).toEqual(problems);
      expect(chunks.length).toBeGreaterThan(4);
      for (const chunk of chunks) expect(chunk.rows.length).toBeLessThan(700);
      expect(chunks.map(({ doneBytes }) => doneBytes)).toEqual(
        chunks.map(({ doneBytes }) => doneBytes).sort((a, b) => a - b),
      );
      expect(chunks.at(-1)?.doneBytes).toBe(Buffer.byteLength(large));
    });
  });

  it('reads several files given at once, one after the other', async () => {
    await withFile(large, async (path) => {
      const open = new Set<number>();
      const results = await Promise.all(
        [1, 2, 3].map((id) =>
          pool.parse(path, {
            signal: new AbortController().signal,
            today,
            onChunk: () => Promise.resolve(void open.add(id)),
          }),
        ),
      );
      expect(results.map((result) => result.ok && result.file.invoiceCount)).toEqual([3000, 3000, 3000]);
    });
  });

  it('gives each of many single invoices its own number and hash, whichever lot came before in the same memory', async () => {
    const lots = [3, 1, 5, 2, 4, 1].map((count, lot) =>
      Array.from({ length: count }, (_unused, at) => {
        const number = String(100 * (lot + 1) + at);
        const text = ublText({
          kind: 'Invoice',
          number,
          customer: 'å'.repeat(40 * (6 - lot)),
          email: 'a@example.com',
          net: 100,
        });
        return { number, bytes: Buffer.from(`\uFEFF${text}\n`) };
      }),
    );
    const readings = await Promise.all(
      lots.map((lot) => pool.readSingles(lot, { signal: new AbortController().signal, today })),
    );
    for (const [at, lot] of lots.entries())
      for (const [index, { number, bytes }] of lot.entries()) {
        const reading = readings[at]?.[index];
        const row = reading?.kind === 'single' ? reading.rows[0] : undefined;
        const own = bytes.subarray(row?.byteOffset, (row?.byteOffset ?? 0) + (row?.byteLength ?? 0));
        expect(row?.invoiceNumber).toBe(number);
        expect(own.toString()).toMatch(/^<Invoice [^]*<\/Invoice>$/u);
        expect(row?.contentSha256).toBe(hash('sha256', own));
      }
  });

  it('has one job at hand behind the one that is read, and no more', async () => {
    await withFile('', async (path) => {
      const waiting = path.replace('source.xml', 'waiting.mjs');
      await writeFile(
        waiting,
        `import { parentPort } from 'node:worker_threads';
         const jobs = [];
         let here = 0;
         parentPort.on('message', ({ jobId }) => {
           here += 1;
           jobs.push(jobId);
           if (jobs.length === 2) setTimeout(() => {
             const file = here;
             for (const jobId of jobs.splice(0)) parentPort.postMessage({ kind: 'done', jobId, file });
             here = 0;
           }, 100);
         });`,
      );
      const held = createXmlPool({ workerUrl: pathToFileURL(waiting), resourcesDir });
      const results = await Promise.all(
        [1, 2, 3, 4].map(() =>
          held.parse('', { signal: new AbortController().signal, today, onChunk: () => Promise.resolve() }),
        ),
      );
      expect(results.map((result) => result.ok && result.file)).toEqual([2, 2, 2, 2]);
      await held.close();
    });
  });

  it('detects without reading the file', async () => {
    await withFile(`${large.slice(0, 2000)} & broken`, async (path) => {
      expect(await pool.detect(path)).toEqual({ ok: true, format: 'GASEL', isSingleInvoice: false });
    });
    expect(await pool.detect('/nowhere/at/all.xml')).toMatchObject({
      ok: false,
      refusal: { error: { code: 'UNREADABLE' } },
    });
    expect(await pool.detect(import.meta.dirname)).toMatchObject({
      ok: false,
      refusal: { error: { code: 'UNREADABLE' } },
    });
  });
});

describe('cancelling', () => {
  it('hands on nothing more and leaves the worker usable', async () => {
    await withFile(large, async (path) => {
      const controller = new AbortController();
      let chunks = 0;
      const parsed = await pool.parse(path, {
        signal: controller.signal,
        today,
        onChunk: () => {
          if (++chunks === 2) controller.abort();
          return Promise.resolve();
        },
      });
      expect(parsed).toMatchObject({ ok: false, refusal: { error: { code: 'CANCELLED' } } });
      expect(chunks).toBe(2);
      expect(
        await pool.parse(path, { signal: new AbortController().signal, today, onChunk: () => Promise.resolve() }),
      ).toMatchObject({ ok: true });
    });
  });

  it('stops the job that lies behind another one, and not that one', async () => {
    await withFile(large, async (path) => {
      const controller = new AbortController();
      let chunks = 0;
      const first = pool.parse(path, {
        signal: new AbortController().signal,
        today,
        onChunk: () => {
          controller.abort();
          return Promise.resolve();
        },
      });
      const second = pool.parse(path, {
        signal: controller.signal,
        today,
        onChunk: () => {
          chunks += 1;
          return Promise.resolve();
        },
      });
      expect(await first).toMatchObject({ ok: true });
      expect(await second).toMatchObject({ ok: false, refusal: { error: { code: 'CANCELLED' } } });
      expect(chunks).toBe(0);
    });
  });

  it('never starts what was cancelled before', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(
      await pool.parse('/nowhere', {
        signal: controller.signal,
        today,
        onChunk: () => Promise.reject(new Error('never')),
      }),
    ).toMatchObject({ ok: false, refusal: { error: { code: 'CANCELLED' } } });
  });
});

describe('when something breaks', () => {
  it('hands on the error of whoever takes the chunks, and works again', async () => {
    await withFile(large, async (path) => {
      await expect(
        pool.parse(path, {
          signal: new AbortController().signal,
          today,
          onChunk: () => Promise.reject(new Error('the store is full')),
        }),
      ).rejects.toThrow('the store is full');
      expect(
        await pool.parse(path, { signal: new AbortController().signal, today, onChunk: () => Promise.resolve() }),
      ).toMatchObject({ ok: true });
    });
  });

  it('reads what lies behind a job whose chunks nobody could take', async () => {
    await withFile(large, async (path) => {
      const signal = new AbortController().signal;
      const failing = pool.parse(path, {
        signal,
        today,
        onChunk: () => Promise.reject(new Error('the store is full')),
      });
      const behind = pool.parse(path, { signal, today, onChunk: () => Promise.resolve() });
      await expect(failing).rejects.toThrow('the store is full');
      expect(await behind).toMatchObject({ ok: true, file: { invoiceCount: 3000 } });
    });
  });

  it('does not blame a job that was answered for the death of the worker in the next one', async () => {
    await withFile('', async (path) => {
      const dying = path.replace('source.xml', 'dying.mjs');
      await writeFile(
        dying,
        `import { parentPort } from 'node:worker_threads';
         parentPort.on('message', ({ jobId, path }) => {
           if (path === 'deadly') throw new Error('broken');
           Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
           parentPort.postMessage({ kind: 'done', jobId, file: path });
         });`,
      );
      const broken = createXmlPool({ workerUrl: pathToFileURL(dying), resourcesDir });
      const read = (name: string) =>
        broken.parse(name, { signal: new AbortController().signal, today, onChunk: () => Promise.resolve() });
      const both = Promise.all(['fine', 'deadly'].map(read));
      // As an import does that stores a lot: both have happened when this thread looks again.
      await setTimeout(10);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);
      expect(await both).toEqual([
        { ok: true, file: 'fine' },
        { ok: false, refusal: expect.objectContaining({ error: expect.objectContaining({ code: 'INTERNAL' }) }) },
      ]);
      await broken.close();
    });
  });

  it('answers with an error when the worker dies, and starts another for the next file', async () => {
    await withFile('', async (path) => {
      const dying = path.replace('source.xml', 'dying.mjs');
      await writeFile(
        dying,
        "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { throw new Error('broken'); });",
      );
      const broken = createXmlPool({ workerUrl: pathToFileURL(dying), resourcesDir });
      for (let round = 0; round < 2; round++) {
        expect(
          await broken.parse(path, { signal: new AbortController().signal, today, onChunk: () => Promise.resolve() }),
        ).toMatchObject({
          ok: false,
          refusal: { error: { code: 'INTERNAL', details: { cause: expect.stringContaining('broken') } } },
        });
      }
      await writeFile(
        dying,
        "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));",
      );
      expect(
        await broken.parse(path, { signal: new AbortController().signal, today, onChunk: () => Promise.resolve() }),
      ).toMatchObject({ ok: false, refusal: { error: { code: 'INTERNAL' } } });
      await broken.close();
    });
  });

  it('has what lay behind the job that the worker died of read by another one', async () => {
    await withFile('', async (path) => {
      const dying = path.replace('source.xml', 'dying.mjs');
      await writeFile(
        dying,
        `import { parentPort } from 'node:worker_threads';
         let isDying = false;
         parentPort.on('message', ({ jobId, path }) => {
           if (isDying) return;
           isDying = path === 'deadly';
           if (isDying) setTimeout(() => { throw new Error('broken'); }, 100);
           else parentPort.postMessage({ kind: 'done', jobId, file: path });
         });`,
      );
      const broken = createXmlPool({ workerUrl: pathToFileURL(dying), resourcesDir });
      const read = (name: string) =>
        broken.parse(name, { signal: new AbortController().signal, today, onChunk: () => Promise.resolve() });
      expect(await Promise.all(['deadly', 'one', 'other'].map(read))).toEqual([
        { ok: false, refusal: expect.objectContaining({ error: expect.objectContaining({ code: 'INTERNAL' }) }) },
        { ok: true, file: 'one' },
        { ok: true, file: 'other' },
      ]);
      await broken.close();
    });
  });

  it('answers what was asked when it is closed', async () => {
    await withFile(large, async (path) => {
      const closing = createXmlPool({ workerUrl, resourcesDir });
      const closed: Promise<void>[] = [];
      const parsed = closing.parse(path, {
        signal: new AbortController().signal,
        today,
        onChunk: () => {
          closed.push(closing.close());
          return Promise.resolve();
        },
      });
      expect(await parsed).toMatchObject({ ok: false });
      await Promise.all(closed);
      expect(
        await closing.parse(path, { signal: new AbortController().signal, today, onChunk: () => Promise.resolve() }),
      ).toMatchObject({ ok: false, refusal: { error: { code: 'CANCELLED' } } });
    });
  });
});
