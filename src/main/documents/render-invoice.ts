// One thread's invoice renderer: DocumentInput in, PDF bytes and their hash out. Threads and queues are in workers/.

import { createHash } from 'node:crypto';
import type { DocumentInput } from '../ports/documents.ts';
import { cleanTextFor } from './clean-text.ts';
import { loadFonts } from './fonts.ts';
import { fixedOnPage, invoiceDefinition } from './invoice-definition.ts';
import { invoiceView } from './invoice-view.ts';
import { loadLayout } from './layout.ts';
import type { Definition } from './pdfmake-parts.ts';
import { createPrinter } from './print-document.ts';

/** A rendered PDF whose buffer is its own, so that it may be handed to another thread. */
export interface RenderedPdf {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** 64 hex characters. */
  readonly sha256: string;
}

/** Renders invoices in this thread. Same input, same bytes. */
export interface InvoiceRenderer {
  render(input: DocumentInput): RenderedPdf;
  /** The part that flows, as pdfmake's own `createPdf` takes it; for tests and measurements. */
  define(input: DocumentInput): Definition;
}

/** Loads fonts and layout from the resources folder; about 100 ms. Throws when the installation is broken. */
export function createInvoiceRenderer(resourcesDir: string): InvoiceRenderer {
  const layout = loadLayout(resourcesDir);
  const printer = createPrinter(loadFonts(resourcesDir));
  const clean = cleanTextFor(printer.hasGlyph);
  const tools = { layout, widthOf: printer.widthOf };
  return {
    define: (input) => invoiceDefinition(invoiceView(input, clean), tools, input.invoice.invoiceDate),
    render: (input) => {
      const view = invoiceView(input, clean);
      const definition = invoiceDefinition(view, tools, input.invoice.invoiceDate);
      const bytes = printer.print(definition, (page, pages) => fixedOnPage(view, tools, { page, pages }));
      return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
    },
  };
}
