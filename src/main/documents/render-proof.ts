// One thread's proof renderer: ProofInput in, PDF bytes and their hash out. What is on the page is in proof-definition.ts.

import { createHash } from 'node:crypto';
import type { ProofInput } from '../ports/documents.ts';
import { cleanTextFor } from './clean-text.ts';
import { loadFonts } from './fonts.ts';
import { loadLayout } from './layout.ts';
import { createPrinter } from './print-document.ts';
import { proofDefinition, proofOnPage } from './proof-definition.ts';
import type { RenderedPdf } from './render-invoice.ts';

/** Renders proofs in this thread. Same input, same bytes. */
export interface ProofRenderer {
  render(input: ProofInput): RenderedPdf;
}

/** Loads fonts and layout from the resources folder. Throws when the installation is broken. */
export function createProofRenderer(resourcesDir: string): ProofRenderer {
  const layout = loadLayout(resourcesDir);
  const printer = createPrinter(loadFonts(resourcesDir));
  const clean = cleanTextFor(printer.hasGlyph);
  const tools = { layout, widthOf: printer.widthOf };
  return {
    render: (input) => {
      const bytes = printer.print(proofDefinition(input, { tools, clean }), (page, pages) =>
        proofOnPage(input, { tools, clean, place: { page, pages } }),
      );
      return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
    },
  };
}
