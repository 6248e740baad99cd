// A PDF with its tools: zoom, pages, find. Shared by the batch's preview and the invoice screen.

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words.ts';
import { IconButton } from './button.tsx';
import { SearchField } from './fields.tsx';
import { PdfPage } from './pdf-page.tsx';
import type { Zoom } from './pdf-page.tsx';
import { bytesOfBase64, saveFile } from './save-file.ts';
import { usePdf } from './use-pdf.ts';
import { Note } from './views.tsx';
import './pdf-view.css';

const zoomStep = 1.2;
const deskPadding = 32;

/** Shows the bytes of `base64`; while null the pages before stay. `tools` stand at the left end of the bar, `caption` under it. */
export function PdfView({
  base64,
  fileName,
  label,
  tools,
  caption,
}: {
  readonly base64: string | null;
  readonly fileName: string;
  readonly label: string;
  readonly tools?: ReactNode;
  readonly caption?: string;
}): ReactNode {
  const t = useWords('common');
  const bytes = useMemo(() => (base64 === null ? null : bytesOfBase64(base64)), [base64]);
  const opened = usePdf(bytes);
  const [zoom, setZoom] = useState<Zoom>('fit');
  const [find, setFind] = useState('');
  const desk = useRef<HTMLDivElement>(null);
  const deskWidth = useWidth(desk) - deskPadding;
  const pages = opened.state === 'open' ? opened.document.numPages : 0;
  const changeZoom = (factor: number): void =>
    setZoom((now) => Math.min(4, Math.max(0.25, (now === 'fit' ? shownScale(desk.current) : now) * factor)));
  const goTo = useCallback(
    (page: number) => desk.current?.querySelector(`[data-page="${page}"]`)?.scrollIntoView({ block: 'start' }),
    [],
  );

  return (
    <section className="pdf-view" aria-label={label}>
      <div className="pdf-tools" role="toolbar" aria-label={label}>
        {tools}
        <span className="spread" />
        <PageSteps pages={pages} desk={desk} onGo={goTo} />
        <IconButton
          icon="zoomOut"
          label={t('zoomOut')}
          onPress={() => changeZoom(1 / zoomStep)}
          isDisabled={pages === 0}
        />
        <IconButton icon="zoomIn" label={t('zoomIn')} onPress={() => changeZoom(zoomStep)} isDisabled={pages === 0} />
        <IconButton
          icon="width"
          label={t('fitWidth')}
          onPress={() => setZoom('fit')}
          isOn={zoom === 'fit'}
          isDisabled={pages === 0}
        />
        <div className="pdf-find">
          <SearchField label={t('findInDocument')} hint={t('find')} value={find} onChange={setFind} />
        </div>
        <IconButton
          icon="download"
          label={t('savePdf')}
          onPress={() => bytes !== null && saveFile(fileName, bytes, 'application/pdf')}
          isDisabled={bytes === null}
        />
      </div>
      {caption !== undefined && <p className="pdf-caption">{caption}</p>}
      <div className="pdf-desk" ref={desk} tabIndex={0} role="region" aria-label={t('pages')}>
        {opened.state === 'failed' && (
          <Note tone="bad" icon="failed" title={t('pdfFailed')}>
            {t('pdfFailedNext')}
          </Note>
        )}
        {opened.state === 'open' &&
          Array.from({ length: pages }, (_, index) => (
            <PdfPage
              key={index}
              document={opened.document}
              number={index + 1}
              zoom={zoom}
              deskWidth={deskWidth}
              find={find}
              label={t('pageOf', { page: index + 1, pages })}
            />
          ))}
      </div>
    </section>
  );
}

function PageSteps({
  pages,
  desk,
  onGo,
}: {
  readonly pages: number;
  readonly desk: React.RefObject<HTMLDivElement | null>;
  readonly onGo: (page: number) => void;
}): ReactNode {
  const t = useWords('common');
  const [page, setPage] = useState(1);
  useEffect(() => {
    const element = desk.current;
    if (element === null) return undefined;
    const follow = (): void => setPage(pageInView(element));
    element.addEventListener('scroll', follow, { passive: true });
    return () => element.removeEventListener('scroll', follow);
  }, [desk]);
  if (pages < 2) return null;
  return (
    <span className="line-up">
      <IconButton icon="up" label={t('previousPage')} onPress={() => onGo(page - 1)} isDisabled={page <= 1} />
      <span className="soft">{t('pageOf', { page: Math.min(page, pages), pages })}</span>
      <IconButton icon="down" label={t('nextPage')} onPress={() => onGo(page + 1)} isDisabled={page >= pages} />
    </span>
  );
}

function pageInView(desk: HTMLElement): number {
  const middle = desk.getBoundingClientRect().top + desk.clientHeight / 2;
  const pages = [...desk.querySelectorAll('[data-page]')];
  const above = pages.filter((page) => page.getBoundingClientRect().top <= middle);
  return Math.max(1, above.length);
}

function shownScale(desk: HTMLElement | null): number {
  // A4 is 595 points wide; the page's own width tells how far it is enlarged.
  const width = desk?.querySelector('.pdf-page')?.clientWidth ?? 595;
  return width / 595;
}

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(640);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.round(entry.contentRect.width) + deskPadding);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
