// One thread's receipt renderer: ReceiptInput in, PDF bytes and their hash out. What is on the page is in receipt-definition.ts.

import { createHash } from 'node:crypto';
import type { ReceiptInput } from '../ports/documents.ts';
import { cleanTextFor } from './clean-text.ts';
import { loadFonts } from './fonts.ts';
import { loadLayout } from './layout.ts';
import { createPrinter } from './print-document.ts';
import { receiptDefinition, receiptOnPage } from './receipt-definition.ts';
import type { RenderedPdf } from './render-invoice.ts';

/** Renders import receipts in this thread. Same input, same bytes. */
export interface ReceiptRenderer {
  render(input: ReceiptInput): RenderedPdf;
}

/** Loads fonts and layout from the resources folder. Throws when the installation is broken. */
export function createReceiptRenderer(resourcesDir: string): ReceiptRenderer {
  const layout = loadLayout(resourcesDir);
  const printer = createPrinter(loadFonts(resourcesDir));
  const clean = cleanTextFor(printer.hasGlyph);
  const tools = { layout, widthOf: printer.widthOf };
  return {
    render: (input) => {
      const definition = receiptDefinition(input, { tools, clean });
      const bytes = printer.print(definition, (page, pages) =>
        receiptOnPage(input, { tools, clean, place: { page, pages } }),
      );
      return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
    },
  };
}
