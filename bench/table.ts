// How fast the store imports 100,000 invoices and shows pages of them: every order and filter, first page (cold) and a page in the middle.

import { invoiceSortColumns } from '../src/shared/schema/batch.ts';
import type { InvoiceFilter } from '../src/shared/schema/batch.ts';
import type { InvoiceSort, Store } from '../src/main/ports/store.ts';
import {
  act,
  importFile,
  invoiceRow,
  openOrFail,
  parsedFile,
  releaseAll,
  connection,
  temporaryFolder,
} from '../test/support/store-workspace.ts';

const invoices = 100_000;
const chunkSize = 500;
const pageSize = 200;
const batchId = 'bench-0001';
const everything: InvoiceFilter = { states: [], channels: [], withProblems: false, search: '' };
const cities = ['Umeå', 'Malmö', 'Östersund', 'Ålesund', 'Bergen', 'Kiruna', 'Gävle'];

async function main(): Promise<void> {
  const folder = await temporaryFolder();
  const store = await openOrFail(`${folder.path}/utskick.db`);
  importAll(store);
  console.log(
    `\npages of ${pageSize} of ${invoices.toLocaleString('en')} invoices, ms: first page when nothing is known, a page in the middle, the last page`,
  );
  for (const sort of invoiceSortColumns) showOrder(store, sort);
  showFilter(store, 'state ready', { ...everything, states: ['ready'] });
  showFilter(store, 'channel sftp', { ...everything, channels: ['sftp'] });
  showFilter(store, 'with problems', { ...everything, withProblems: true });
  showFilter(store, 'search "malmö"', { ...everything, search: 'malmö' });
  showRest(store);
  store.close();
  await folder.dispose();
}

function importAll(store: Store): void {
  const file = { ...importFile(batchId), fileName: 'bench.xml' };
  store.imports.beginBatch({ id: batchId, mode: 'lenient', files: [file], ownerPid: process.pid }, act());
  const chunksMs: number[] = [];
  for (let start = 0; start < invoices; start += chunkSize) {
    const rows = Array.from({ length: chunkSize }, (_, at) => row(start + at));
    chunksMs.push(timed(() => store.imports.addChunk(batchId, 0, { rows, problems: [], doneBytes: start })));
  }
  store.imports.finishFile(batchId, 0, parsedFile(invoices));
  const finishMs = timed(() => store.imports.finishBatch(batchId, act()));
  const totalMs = chunksMs.reduce((sum, ms) => sum + ms, 0) + finishMs;
  const sorted = chunksMs.toSorted((one, other) => one - other);
  const percentile = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  console.log(
    `import: ${totalMs.toFixed(0)} ms for ${invoices.toLocaleString('en')}; a chunk of ${chunkSize}: median ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms; last transaction ${finishMs.toFixed(0)} ms`,
  );
}

function row(ordinal: number) {
  const scattered = (ordinal * 7919) % 900_001;
  return invoiceRow(ordinal, {
    invoiceNumber: String(100_000 + scattered),
    customerName: `${['Åsa', 'Lars', 'Kåre', 'Östen', 'Anna'][scattered % 5] ?? ''} ${['Svensson', 'Öberg', 'Nilsen'][scattered % 3] ?? ''} ${scattered}`,
    city: cities[scattered % cities.length] ?? '',
    payableMinor: 10_000 + scattered,
    channel: ordinal % 8 === 0 ? 'sftp' : 'email',
    warningCount: ordinal % 50 === 0 ? 1 : 0,
  });
}

function showOrder(store: Store, sort: InvoiceSort): void {
  show(sort, (offset) =>
    store.reads.invoicePage({ batchId, filter: everything, sort, isDescending: false }, offset, pageSize),
  );
}

function showFilter(store: Store, name: string, filter: InvoiceFilter): void {
  show(name, (offset) =>
    store.reads.invoicePage({ batchId, filter, sort: 'customerName', isDescending: false }, offset, pageSize),
  );
}

function show(name: string, page: (offset: number) => { readonly total: number }): void {
  let total = 0;
  const cold = timed(() => {
    total = page(0).total;
  });
  const middle = timed(() => page(Math.floor(total / 2)));
  const last = timed(() => page(Math.max(0, total - pageSize)));
  console.log(
    `${name.padEnd(18)} ${[cold, middle, last].map((ms) => ms.toFixed(1).padStart(7)).join(' ')}   (${total.toLocaleString('en')} rows)`,
  );
}

function showRest(store: Store): void {
  console.log(
    `list of batches    ${timed(() => store.reads.batchPage(0, 50))
      .toFixed(1)
      .padStart(7)}`,
  );
  const mail = connection('mail', 'email');
  store.config.saveConnection(mail, act());
  console.log(
    `release of all     ${timed(() => releaseAll(store, batchId, mail))
      .toFixed(0)
      .padStart(7)}   (candidates and one transaction)`,
  );
  console.log(
    `lanes              ${timed(() => store.reads.lanes(null, Date.now()))
      .toFixed(1)
      .padStart(7)}`,
  );
  const waiting = { batchId, connectionId: null, states: ['queued' as const], search: '' };
  console.log(
    `deliveries, middle ${timed(() => store.reads.deliveryPage(waiting, invoices / 2, pageSize))
      .toFixed(1)
      .padStart(7)}`,
  );
}

function timed(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

await main();
