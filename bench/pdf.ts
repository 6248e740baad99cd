// How fast an invoice becomes a PDF: this program, plain pdfmake and plain pdfkit with the same page, one thread each; then the pool and the first preview.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DocumentInput } from '../src/main/ports/documents.ts';
import { fontFiles, loadFonts } from '../src/main/documents/fonts.ts';
import type { Definition } from '../src/main/documents/pdfmake-parts.ts';
import { createInvoiceRenderer } from '../src/main/documents/render-invoice.ts';
import { createPdfPool } from '../src/main/workers/pdf-pool.ts';
import { documentOf, swedishInvoice } from '../test/support/document-samples.ts';
import { readPdf } from '../test/support/pdf-text.ts';
import type { PlacedText } from '../test/support/pdf-text.ts';

const root = join(import.meta.dirname, '..');
const resourcesDir = join(root, 'resources');
const load = createRequire(import.meta.url);
const rounds = 3;
const documentsPerRound = 200;
const poolWorkers = 2;
const pointsPerMm = 72 / 25.4;

/** pdfmake's and pdfkit's public faces, as far as they are used here. */
interface PublicPdfmake {
  virtualfs: { writeFileSync(name: string, bytes: Buffer): void };
  setFonts(fonts: object): void;
  setUrlAccessPolicy(isAllowed: () => boolean): void;
  setLocalAccessPolicy(isAllowed: () => boolean): void;
  createPdf(definition: object): { getBuffer(): Promise<Buffer> };
}
interface PublicPdfkit {
  on(event: 'data' | 'end', listener: (chunk: Buffer) => void): this;
  font(source: Buffer): this;
  fontSize(size: number): this;
  text(text: string, x: number, y: number, options: object): this;
  end(): void;
}

async function main(): Promise<void> {
  const renderer = createInvoiceRenderer(resourcesDir);
  const page = await readPdf(renderer.render(sample(0)).bytes);
  console.log(
    `page: one A4, ${page.places.length} pieces of text, 2 fonts, chart, slip; ${renderer.render(sample(0)).bytes.byteLength} bytes`,
  );
  await report('this program', async (index) => {
    renderer.render(sample(index));
  });
  const pdfmake = plainPdfmake();
  const flowing = await readPdf(await pdfmake.createPdf(renderer.define(sample(0))).getBuffer());
  const fixed = page.places.filter(
    (place) => !flowing.places.some((other) => JSON.stringify(other) === JSON.stringify(place)),
  );
  await report('plain pdfmake, same texts at the same places and same fonts', async (index) => {
    await pdfmake.createPdf(wholePage(renderer.define(sample(index)), fixed)).getBuffer();
  });
  const fonts = loadFonts(resourcesDir);
  const regular = fonts.readFileSync(fontFiles.Inter.normal);
  await report('plain pdfkit, same texts at the same places', () => drawWithPdfkit(regular, page.places));
  await measurePool();
}

/** Documents differ as in a batch: number, name, amounts. */
function sample(index: number): DocumentInput {
  const base = swedishInvoice();
  return documentOf(
    swedishInvoice({
      invoiceNumber: String(100_000 + index),
      customerId: String(700_000 + index * 7),
      buyer: { ...base.buyer, name: `Åsa Öström ${String(index)}` },
      totals: { ...base.totals, payableMinor: 285_600 + index },
    }),
  );
}

async function report(name: string, render: (index: number) => Promise<void>): Promise<void> {
  const rates: number[] = [];
  // One round more than is counted: the first one pays for compiling.
  for (let round = 0; round <= rounds; round += 1) {
    const startMs = performance.now();
    for (let index = 0; index < documentsPerRound; index += 1) await render(round * documentsPerRound + index);
    if (round > 0) rates.push(documentsPerRound / ((performance.now() - startMs) / 1000));
  }
  rates.sort((one, other) => one - other);
  console.log(`${name}: ${(rates[Math.floor(rounds / 2)] ?? 0).toFixed(0)} documents/s on one thread`);
}

function plainPdfmake(): PublicPdfmake {
  const pdfmake = load('pdfmake') as PublicPdfmake;
  const fonts = loadFonts(resourcesDir);
  for (const name of Object.values(fontFiles.Inter)) pdfmake.virtualfs.writeFileSync(name, fonts.readFileSync(name));
  pdfmake.setFonts(structuredClone(fontFiles));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  return pdfmake;
}

/** The definition with everything that this program draws at fixed places as pdfmake's own absolute nodes. */
function wholePage(flow: Definition, fixed: readonly PlacedText[]): object {
  const nodes = fixed.map(({ text, x, y }) => ({
    text,
    fontSize: 8,
    noWrap: true,
    absolutePosition: { x: x * pointsPerMm, y: y * pointsPerMm - 8 },
  }));
  return { ...flow, pageMargins: { ...flow.pageMargins, bottom: 0 }, content: [...nodes, ...flow.content] };
}

/** The least that pdfkit can do for this page: no layout, one font, no lines, no chart. */
async function drawWithPdfkit(font: Buffer, places: readonly PlacedText[]): Promise<void> {
  const Document = createRequire(load.resolve('pdfmake'))('pdfkit') as new (options: object) => PublicPdfkit;
  const document = new Document({ size: 'A4', font: null });
  const { promise, resolve } = Promise.withResolvers<undefined>();
  document.on('data', () => undefined).on('end', () => resolve(undefined));
  document.font(font);
  for (const { text, x, y } of places)
    document.fontSize(8).text(text, x * pointsPerMm, y * pointsPerMm, { lineBreak: false });
  document.end();
  await promise;
}

async function measurePool(): Promise<void> {
  const workerUrl = pathToFileURL(join(root, 'src/main/workers/pdf-worker.ts'));
  const cold = createPdfPool({ workerUrl, resourcesDir, workers: 1 });
  console.log(`first preview, worker not started: ${(await timed(() => cold.render(sample(0)))).toFixed(0)} ms`);
  await cold.close();
  const pool = createPdfPool({ workerUrl, resourcesDir, workers: poolWorkers });
  pool.warm();
  await waitUntilIdle(pool);
  console.log(
    `first preview, worker warmed at start: ${(await timed(() => pool.render(sample(0)))).toFixed(0)} ms (goal: under 200)`,
  );
  const batch = (): Promise<unknown> =>
    Promise.all(Array.from({ length: documentsPerRound * poolWorkers }, (_, index) => pool.render(sample(index))));
  await batch();
  const ms = await timed(batch);
  const perSecond = (documentsPerRound * poolWorkers) / (ms / 1000);
  console.log(
    `pool of ${poolWorkers}: ${perSecond.toFixed(0)} documents/s, ${(perSecond / poolWorkers).toFixed(0)} a worker (goal: 100 a worker)`,
  );
  await pool.close();
}

/** The warm-up answers first: a job after it is done when the worker is ready. */
async function waitUntilIdle(pool: ReturnType<typeof createPdfPool>): Promise<void> {
  await pool.render(sample(1));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

await main();
