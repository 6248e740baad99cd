// Opens PDF bytes with pdf.js in its own worker thread (its legacy build: the modern one wants the newest Chromium). Drawing is in pdf-page.tsx.

import { getDocument, PDFWorker, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { useEffect, useState } from 'react';

/** An opened document, or that there is none. The document before stays while the next one opens. */
export type OpenedPdf =
  | { readonly state: 'none' }
  | { readonly state: 'open'; readonly document: PDFDocumentProxy }
  | { readonly state: 'failed' };

/** Opens `bytes` whenever they are other ones. Bytes are copied: pdf.js takes what it is given. */
export function usePdf(bytes: Uint8Array<ArrayBuffer> | null): OpenedPdf {
  const worker = usePdfWorker();
  const [opened, setOpened] = useState<OpenedPdf>({ state: 'none' });
  useEffect(() => {
    if (bytes === null || worker === null) return undefined;
    let isWanted = true;
    const task = getDocument({
      data: bytes.slice(),
      worker,
      verbosity: VerbosityLevel.ERRORS,
      useSystemFonts: false,
      useWasm: false,
      isImageDecoderSupported: false,
      stopAtErrors: false,
    });
    task.promise.then(
      (document) => {
        if (isWanted) setOpened({ state: 'open', document });
      },
      () => {
        // What pdf.js says is for programmers; the operator is told what to do instead.
        if (isWanted) setOpened({ state: 'failed' });
      },
    );
    return () => {
      isWanted = false;
      // The pages of the old document are still on screen until the new ones are drawn: free it a moment later.
      setTimeout(() => void task.destroy(), 2_000);
    };
  }, [bytes, worker]);
  return opened;
}

/** One worker as long as the view is there. */
function usePdfWorker(): PDFWorker | null {
  const [worker, setWorker] = useState<PDFWorker | null>(null);
  useEffect(() => {
    const port = new Worker(workerUrl, { type: 'module', name: 'pdf' });
    const created = PDFWorker.create({ port });
    setWorker(created);
    return () => {
      created.destroy();
      port.terminate();
    };
  }, []);
  return worker;
}
