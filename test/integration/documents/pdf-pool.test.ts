// The pool over real worker threads: order, cancelling, a worker that dies, closing.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createInvoiceRenderer } from '../../../src/main/documents/render-invoice.ts';
import type { DocumentRenderer } from '../../../src/main/ports/documents.ts';
import { createPdfPool } from '../../../src/main/workers/pdf-pool.ts';
import { documentOf, swedishInvoice } from '../../support/document-samples.ts';

const root = join(import.meta.dirname, '../../..');
const resourcesDir = join(root, 'resources');
const workerUrl = pathToFileURL(join(root, 'src/main/workers/pdf-worker.ts'));
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function pool(workers: number, url = workerUrl): DocumentRenderer & { warm(): void } {
  const made = createPdfPool({ workerUrl: url, resourcesDir, workers });
  cleanups.push(() => made.close());
  return made;
}

/** A worker that answers at once, never answers "silent" and dies on "die"; it says which worker it is. */
async function oddWorker(): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'utskick-pool-'));
  cleanups.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'odd-worker.mjs');
  await writeFile(
    file,
    `import { parentPort, threadId } from 'node:worker_threads';
     parentPort.on('message', ({ id, work }) => {
       const number = work.input.invoice.invoiceNumber;
       if (number === 'die') throw new Error('out of memory');
       if (number === 'silent') return;
       if (number === 'bug') parentPort.postMessage({ id, ok: false, message: 'a bug', stack: 'at line 1' });
       else parentPort.postMessage({ id, ok: true, bytes: new Uint8Array([threadId]), sha256: number });
     });`,
  );
  return pathToFileURL(file);
}

const numbered = (invoiceNumber: string) => documentOf(swedishInvoice({ invoiceNumber }));

test('a worker gives the bytes that this thread gives', async () => {
  const input = documentOf(swedishInvoice());
  const here = createInvoiceRenderer(resourcesDir).render(input);
  const there = await pool(1).render(input);
  expect(there.sha256).toBe(here.sha256);
  expect(Buffer.compare(there.bytes, here.bytes)).toBe(0);
});

test('many calls at once each get their own document', async () => {
  const renderer = pool(2);
  const numbers = Array.from({ length: 30 }, (_, index) => String(5000 + index));
  const documents = await Promise.all(numbers.map((number) => renderer.render(numbered(number))));
  expect(new Set(documents.map(({ sha256 }) => sha256)).size).toBe(30);
  expect(documents.every(({ bytes }) => Buffer.from(bytes).subarray(0, 8).toString('latin1') === '%PDF-1.7')).toBe(
    true,
  );
});

test('a warmed pool renders as before', async () => {
  const renderer = pool(1);
  renderer.warm();
  renderer.warm();
  const { bytes } = await renderer.render(numbered('1'));
  expect(bytes.byteLength).toBeGreaterThan(5000);
});

test('a worker that dies rejects only the job it had; the next ones go to a new worker', async () => {
  const renderer = pool(1, await oddWorker());
  const before = await renderer.render(numbered('1'));
  const dying = renderer.render(numbered('die'));
  const waitingInItsMailbox = renderer.render(numbered('2'));
  const queued = renderer.render(numbered('3'));
  await expect(dying).rejects.toThrow('out of memory');
  const after = await Promise.all([waitingInItsMailbox, queued]);
  expect(after.map(({ sha256 }) => sha256)).toEqual(['2', '3']);
  expect(after.every(({ bytes }) => bytes[0] !== before.bytes[0])).toBe(true);
});

test('an exception in the renderer rejects with its message and leaves the worker alive', async () => {
  const renderer = pool(1, await oddWorker());
  const { bytes } = await renderer.render(numbered('1'));
  await expect(renderer.render(numbered('bug'))).rejects.toThrow('a bug');
  expect((await renderer.render(numbered('2'))).bytes[0]).toBe(bytes[0]);
});

test('cancelling ends a waiting job at once, and one under way too', async () => {
  const renderer = pool(1, await oddWorker());
  const cancel = new AbortController();
  const running = renderer.render(numbered('silent'), cancel.signal);
  const more = Array.from({ length: 5 }, () => renderer.render(numbered('silent'), cancel.signal));
  const reason = new Error('the operator changed their mind');
  cancel.abort(reason);
  for (const result of await Promise.allSettled([running, ...more]))
    expect(result).toMatchObject({ status: 'rejected', reason });
  await expect(renderer.render(numbered('1'), cancel.signal)).rejects.toBe(reason);
});

test('closing rejects what is under way and what comes later', async () => {
  const renderer = pool(1, await oddWorker());
  const running = renderer.render(numbered('silent'));
  const queued = [1, 2, 3].map(() => renderer.render(numbered('silent')));
  const settled = Promise.allSettled([running, ...queued]);
  await renderer.close();
  for (const result of await settled) expect(result.status).toBe('rejected');
  await expect(renderer.render(numbered('1'))).rejects.toThrow('closed');
});
