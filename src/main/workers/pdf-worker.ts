// Entry of a PDF worker thread: renders what it is sent, one document after the other. One of the three places where an exception is caught.

import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { createInvoiceRenderer } from '../documents/render-invoice.ts';
import type { InvoiceRenderer } from '../documents/render-invoice.ts';
import type { PdfReply, PdfRequest } from './pdf-protocol.ts';

const port = parentPort;
if (port === null) throw new Error('pdf-worker runs as a worker thread only.');

const { resourcesDir } = z.object({ resourcesDir: z.string() }).parse(workerData);
const renderer = createInvoiceRenderer(resourcesDir);

port.on('message', (request: PdfRequest) => {
  const reply = answer(renderer, request);
  port.postMessage(reply, reply.ok && reply.bytes.buffer instanceof ArrayBuffer ? [reply.bytes.buffer] : []);
});

function answer(pdf: InvoiceRenderer, { id, input }: PdfRequest): PdfReply {
  try {
    return { id, ok: true, ...pdf.render(input) };
  } catch (error) {
    const problem = error instanceof Error ? error : new Error(String(error));
    return { id, ok: false, message: problem.message, stack: problem.stack ?? '' };
  }
}
