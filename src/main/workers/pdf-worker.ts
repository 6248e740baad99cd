// Entry of a PDF worker thread: renders what it is sent, one document after the other. One of the three places where an exception is caught.

import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { createInvoiceRenderer } from '../documents/render-invoice.ts';
import type { RenderedPdf } from '../documents/render-invoice.ts';
import { proofReport } from '../documents/proof-definition.ts';
import { receiptReport } from '../documents/receipt-definition.ts';
import { createReportRenderer } from '../documents/report-page.ts';
import type { ReportRenderer } from '../documents/report-page.ts';
import type { ProofInput, ReceiptInput } from '../ports/documents.ts';
import type { PdfReply, PdfRequest, PdfWork } from './pdf-protocol.ts';

const port = parentPort;
if (port === null) throw new Error('pdf-worker runs as a worker thread only.');

const { resourcesDir } = z.object({ resourcesDir: z.string() }).parse(workerData);
const draw = createDrawing(resourcesDir);

port.on('message', (request: PdfRequest) => {
  const reply = answer(request);
  port.postMessage(reply, reply.ok && reply.bytes.buffer instanceof ArrayBuffer ? [reply.bytes.buffer] : []);
});

/** Invoices are what a worker is for; a receipt's and a proof's fonts are parsed when the first one is asked for. */
function createDrawing(folder: string): (work: PdfWork) => RenderedPdf {
  const invoices = createInvoiceRenderer(folder);
  let receipts: ReportRenderer<ReceiptInput> | null = null;
  let proofs: ReportRenderer<ProofInput> | null = null;
  return (work) => {
    switch (work.kind) {
      case 'invoice':
        return invoices.render(work.input);
      case 'receipt':
        receipts ??= createReportRenderer(folder, receiptReport);
        return receipts.render(work.input);
      case 'proof':
        proofs ??= createReportRenderer(folder, proofReport);
        return proofs.render(work.input);
    }
  };
}

function answer({ id, work }: PdfRequest): PdfReply {
  try {
    return { id, ok: true, ...draw(work) };
  } catch (error) {
    const problem = error instanceof Error ? error : new Error(String(error));
    return { id, ok: false, message: problem.message, stack: problem.stack ?? '' };
  }
}
