// One page of a PDF: drawn on a canvas, with invisible text over it for choosing, copying and finding.

import { TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

/** How big a page is drawn: `fit` is the width of the desk. */
export type Zoom = 'fit' | number;

/** A page of the document; `deskWidth` is the room there is, in CSS pixels. */
export function PdfPage({
  document: pdf,
  number,
  zoom,
  deskWidth,
  find,
  label,
}: {
  readonly document: PDFDocumentProxy;
  readonly number: number;
  readonly zoom: Zoom;
  readonly deskWidth: number;
  readonly find: string;
  readonly label: string;
}): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const page = usePage(pdf, number);
  const natural = page?.getViewport({ scale: 1 });
  const scale =
    natural === undefined ? 1 : zoom === 'fit' ? Math.min(2.5, Math.max(0.3, deskWidth / natural.width)) : zoom;
  const [drawn, setDrawn] = useState(0);

  useEffect(() => {
    const target = box.current;
    if (page === null || target === null) return undefined;
    const drawing = draw(page, scale);
    drawing.parts.then(
      (parts) => {
        target.replaceChildren(...parts);
        setDrawn((count) => count + 1);
      },
      (error: unknown) => {
        // A drawing that was replaced by a newer one is not a failure; anything else leaves the page empty and is said.
        if (!drawing.isCancelled()) target.setAttribute('data-failed', error instanceof Error ? error.name : 'unknown');
      },
    );
    return drawing.cancel;
  }, [page, scale]);

  useEffect(() => {
    if (box.current !== null) markHits(box.current, find);
  }, [find, drawn]);

  const size =
    natural === undefined
      ? {}
      : { width: Math.floor(natural.width * scale), height: Math.floor(natural.height * scale) };
  return <div className="pdf-page" role="img" aria-label={label} style={size} ref={box} data-page={number} />;
}

function usePage(pdf: PDFDocumentProxy, number: number): PDFPageProxy | null {
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  useEffect(() => {
    let isWanted = true;
    pdf.getPage(number).then(
      (loaded) => {
        if (isWanted) setPage(loaded);
      },
      () => {
        // The document was closed while the page was on its way: the next document brings its own.
        if (isWanted) setPage(null);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [pdf, number]);
  return page;
}

/** Draws beside the screen, so that the page before stays until this one is complete. */
function draw(
  page: PDFPageProxy,
  scale: number,
): { parts: Promise<readonly HTMLElement[]>; cancel: () => void; isCancelled: () => boolean } {
  let isCancelled = false;
  const ratio = Math.min(window.devicePixelRatio, 3);
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width * ratio);
  canvas.height = Math.floor(viewport.height * ratio);
  const task = page.render({ canvas, viewport, ...(ratio === 1 ? {} : { transform: [ratio, 0, 0, ratio, 0, 0] }) });
  const text = document.createElement('div');
  text.className = 'pdf-text';
  text.style.setProperty('--total-scale-factor', String(scale));
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  const parts = Promise.all([task.promise, layer.render()]).then(() => [canvas, text]);
  const cancel = (): void => {
    isCancelled = true;
    task.cancel();
    layer.cancel();
  };
  return { parts, cancel, isCancelled: () => isCancelled };
}

/** Lights up the pieces of text that hold what is looked for. */
function markHits(box: HTMLElement, find: string): void {
  const wanted = find.trim().toLocaleLowerCase();
  for (const span of box.querySelectorAll('.pdf-text span')) {
    span.classList.toggle('pdf-hit', wanted !== '' && span.textContent.toLocaleLowerCase().includes(wanted));
  }
}
