// The same invoice gives the same bytes: in any process, any time zone, after any other invoices, and as pdfmake itself lays it out.

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { fontFiles, loadFonts } from '../../../src/main/documents/fonts.ts';
import { createInvoiceRenderer } from '../../../src/main/documents/render-invoice.ts';
import {
  creditNote,
  documentOf,
  foreignInvoice,
  norwegianInvoice,
  swedishInvoice,
} from '../../support/document-samples.ts';
import { readPdf } from '../../support/pdf-text.ts';

const root = join(import.meta.dirname, '../../..');
const resourcesDir = join(root, 'resources');

/** Renders the Swedish sample in a process of its own and prints the hash. */
const script = `
  import { createInvoiceRenderer } from './src/main/documents/render-invoice.ts';
  import { documentOf, swedishInvoice } from './test/support/document-samples.ts';
  process.stdout.write(createInvoiceRenderer('resources').render(documentOf(swedishInvoice())).sha256);
`;

async function hashInProcess(env: Readonly<Record<string, string>>): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  return stdout;
}

test('two processes in different time zones and languages make the same file', async () => {
  const here = createInvoiceRenderer(resourcesDir).render(documentOf(swedishInvoice())).sha256;
  const [kiritimati, marquesas] = await Promise.all([
    hashInProcess({ TZ: 'Pacific/Kiritimati', LANG: 'sv_SE.UTF-8' }),
    hashInProcess({ TZ: 'Pacific/Marquesas', LANG: 'C' }),
  ]);
  expect(here).toMatch(/^[0-9a-f]{64}$/u);
  expect([kiritimati, marquesas]).toEqual([here, here]);
});

test('what was rendered before makes no difference', () => {
  const inputs = [
    documentOf(swedishInvoice()),
    documentOf(norwegianInvoice(), 'nb'),
    documentOf(foreignInvoice(40), 'en'),
    documentOf(creditNote()),
    // ı is a letter of its own, and a part of the i that other documents have drawn before.
    documentOf(swedishInvoice({ notes: ['Yılmaz'] })),
    documentOf(swedishInvoice({ notes: ['Ωμέγα Кириллица Ế ½'] })),
  ];
  const fresh = inputs.map((input) => createInvoiceRenderer(resourcesDir).render(input).sha256);
  const used = createInvoiceRenderer(resourcesDir);
  for (const order of [inputs, inputs.toReversed()]) for (const input of order) used.render(input);
  expect(inputs.map((input) => used.render(input).sha256)).toEqual(fresh);
});

test('a changed öre changes the file', () => {
  const renderer = createInvoiceRenderer(resourcesDir);
  const base = swedishInvoice();
  const changed = swedishInvoice({ totals: { ...base.totals, payableMinor: 285601 } });
  expect(renderer.render(documentOf(changed)).sha256).not.toBe(renderer.render(documentOf(base)).sha256);
});

/** pdfmake's public face, as far as it is used here. */
interface PublicPdfmake {
  virtualfs: { writeFileSync(name: string, bytes: Buffer): void };
  setFonts(fonts: object): void;
  setUrlAccessPolicy(isAllowed: () => boolean): void;
  setLocalAccessPolicy(isAllowed: () => boolean): void;
  createPdf(definition: object): { getBuffer(): Promise<Buffer> };
}

test("pdfmake's own createPdf puts every word that flows in the same place", async () => {
  const pdfmake = createRequire(import.meta.url)('pdfmake') as PublicPdfmake;
  const files = loadFonts(resourcesDir);
  for (const name of Object.values(fontFiles.Inter)) pdfmake.virtualfs.writeFileSync(name, files.readFileSync(name));
  pdfmake.setFonts(structuredClone(fontFiles));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  const renderer = createInvoiceRenderer(resourcesDir);
  for (const input of [documentOf(swedishInvoice()), documentOf(foreignInvoice(40), 'en')]) {
    const theirs = await readPdf(await pdfmake.createPdf(renderer.define(input)).getBuffer());
    const ours = await readPdf(renderer.render(input).bytes);
    const placed = new Set(ours.places.map((place) => JSON.stringify(place)));
    expect(theirs.pages).toBe(ours.pages);
    expect(theirs.places.length).toBeGreaterThan(30);
    expect(theirs.places.filter((place) => !placed.has(JSON.stringify(place)))).toEqual([]);
  }
});
