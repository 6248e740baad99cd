// A source file with line numbers, flags at problems, search and "go to line". Only windows of the file are ever here, however large it is.

import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import type { AppError } from '../../shared/result.ts';
import type { SourcePlace } from '../state/route.ts';
import { useEngine } from '../state/client-context.tsx';
import { useActions } from '../state/ui-context.tsx';
import { useIsSlow } from '../state/use-query.ts';
import { useFormats, useWords } from '../words/use-words.ts';
import { IconButton } from './button.tsx';
import { SearchField } from './fields.tsx';
import { nextHitInLine, previousHitInLine } from './source-view-columns.ts';
import { createSourceEditor, mostLines } from './source-view-editor.ts';
import type { FetchWindow, SourceEditor } from './source-view-editor.ts';
import type { ShownPlace, SourceMark } from './source-view-marks.ts';
import { Failure, Skeleton } from './views.tsx';
import './source-view.css';

/** A file of a batch at a place. A new `place` object moves there, also to where one already is. */
export interface SourceViewProps {
  readonly batchId: string;
  readonly fileOrdinal: number;
  readonly label: string;
  readonly place: SourcePlace | null;
  readonly marks: readonly SourceMark[];
  /** A value to point out at the place; null where a mark does so. */
  readonly shownPlace?: ShownPlace | null;
  /** Told where the cursor is. */
  readonly onCursor?: (place: { readonly line: number; readonly column: number }) => void;
  /** At the left end of the bar. */
  readonly tools?: ReactNode;
}

interface FileFacts {
  readonly lineCount: number;
  readonly sizeBytes: number;
}

/** A source file. */
export function SourceView(props: SourceViewProps): ReactNode {
  const { batchId, fileOrdinal, place, marks, shownPlace = null } = props;
  const t = useWords('source');
  const { file, error, fetchWindow, retry } = useSourceFile(batchId, fileOrdinal, place?.line ?? 1);
  const [cursor, setCursor] = useState({ line: 1, column: 1 });
  const [top, setTop] = useState(1);
  const { onCursor } = props;
  const moveCursor = useCallback(
    (next: { readonly line: number; readonly column: number }) => {
      setCursor(next);
      onCursor?.(next);
    },
    [onCursor],
  );
  const host = useRef<HTMLDivElement>(null);
  const editor = useEditor({
    host,
    file,
    fetchWindow,
    label: props.label,
    startLine: place?.line ?? 1,
    onCursor: moveCursor,
    onTop: setTop,
  });
  const isSlow = useIsSlow(file === null && error === null);

  useEffect(() => editor?.show(marks, shownPlace), [editor, marks, shownPlace]);
  useEffect(() => {
    if (editor !== null && place !== null) void editor.goTo(place);
  }, [editor, place]);

  return (
    <section className="source-view" aria-label={props.label}>
      <SourceTools
        batchId={batchId}
        fileOrdinal={fileOrdinal}
        editor={editor}
        cursor={cursor}
        lineCount={file?.lineCount ?? 1}
      >
        {props.tools}
      </SourceTools>
      {error !== null && (
        <div className="view-failure">
          <Failure error={error} onRetry={retry} />
        </div>
      )}
      {isSlow && <Skeleton lines={12} />}
      <div className="source-middle">
        <div className="source-host" ref={host} />
        {file !== null && file.lineCount > mostLines && (
          <FileSlider editor={editor} top={top} lineCount={file.lineCount} />
        )}
      </div>
      <div className="source-foot soft">{file !== null && <SourceFacts file={file} cursor={cursor} words={t} />}</div>
    </section>
  );
}

/** Where in a very long file one is: the editor's own scroll bar covers only a part of it. */
function FileSlider({
  editor,
  top,
  lineCount,
}: {
  readonly editor: SourceEditor | null;
  readonly top: number;
  readonly lineCount: number;
}): ReactNode {
  const t = useWords('source');
  const formats = useFormats();
  return (
    <input
      className="source-slider"
      type="range"
      min={1}
      max={lineCount}
      value={top}
      aria-label={t('position')}
      aria-orientation="vertical"
      aria-valuetext={t('lineAt', { line: formats.count(top) })}
      title={t('lineAt', { line: formats.count(top) })}
      onChange={(event) => editor?.scrollTo(Number(event.target.value))}
    />
  );
}

function SourceFacts({
  file,
  cursor,
  words,
}: {
  readonly file: FileFacts;
  readonly cursor: { readonly line: number; readonly column: number };
  readonly words: ReturnType<typeof useWords<'source'>>;
}): ReactNode {
  const formats = useFormats();
  return (
    <>
      <span>{words('cursor', { line: formats.count(cursor.line), column: formats.count(cursor.column) })}</span>
      <span className="spread" />
      <span>{words('lines', { count: file.lineCount })}</span>
      <span>{formats.bytes(file.sizeBytes)}</span>
    </>
  );
}

/** The file's size, and windows of it with failures kept for the screen. */
function useSourceFile(
  batchId: string,
  fileOrdinal: number,
  firstLine: number,
): {
  readonly file: FileFacts | null;
  readonly error: AppError | null;
  readonly fetchWindow: FetchWindow;
  readonly retry: () => void;
} {
  const { client } = useEngine();
  const [file, setFile] = useState<FileFacts | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [round, setRound] = useState(0);
  const start = useRef(firstLine);
  const fetchWindow = useCallback<FetchWindow>(
    async (request) => {
      const result = await client.call('source.window', { batchId, fileOrdinal, ...request });
      setError(result.ok ? null : result.error);
      return result.ok ? result.value : null;
    },
    [client, batchId, fileOrdinal],
  );
  useEffect(() => {
    let isWanted = true;
    setFile(null);
    void fetchWindow({ line: start.current, column: 1, before: 0, after: 0 }).then((window) => {
      if (isWanted && window !== null) setFile({ lineCount: window.lineCount, sizeBytes: window.sizeBytes });
    });
    return () => {
      isWanted = false;
    };
  }, [fetchWindow, round]);
  const retry = useCallback(() => {
    setError(null);
    setRound((now) => now + 1);
  }, []);
  return { file, error, fetchWindow, retry };
}

interface EditorWishes {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly file: FileFacts | null;
  readonly fetchWindow: FetchWindow;
  readonly label: string;
  readonly startLine: number;
  readonly onCursor: (place: { readonly line: number; readonly column: number }) => void;
  readonly onTop: (line: number) => void;
}

/** One editor for a file, in a shadow root: there CodeMirror adopts its style sheets, which the page's policy allows. */
function useEditor({ host, file, fetchWindow, label, startLine, onCursor, onTop }: EditorWishes): SourceEditor | null {
  const t = useWords('source');
  const [editor, setEditor] = useState<SourceEditor | null>(null);
  const start = useRef(startLine);
  useEffect(() => {
    if (host.current === null || file === null) return undefined;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const parent = document.createElement('div');
    // The host's own style sheet ends at the shadow root, so the one rule stands here, set through the object model.
    parent.style.height = '100%';
    root.append(parent);
    const made = createSourceEditor({
      root,
      parent,
      lineCount: file.lineCount,
      startLine: start.current,
      label,
      words: { earlier: t('earlier'), later: t('later') },
      fetchWindow,
      onCursor,
      onTop,
    });
    setEditor(made);
    return () => {
      setEditor(null);
      made.destroy();
      parent.remove();
    };
  }, [host, file, fetchWindow, label, onCursor, onTop, t]);
  return editor;
}

interface ToolsProps {
  readonly batchId: string;
  readonly fileOrdinal: number;
  readonly editor: SourceEditor | null;
  readonly cursor: { readonly line: number; readonly column: number };
  readonly lineCount: number;
  readonly children: ReactNode;
}

function SourceTools({ batchId, fileOrdinal, editor, cursor, lineCount, children }: ToolsProps): ReactNode {
  const t = useWords('source');
  const formats = useFormats();
  const bar = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [line, setLine] = useState('');
  const search = useFind({ batchId, fileOrdinal, editor, lineCount });
  const lineId = useId();
  const goToLine = (): void => {
    const wanted = Number(line.replace(/\s/gu, ''));
    if (!Number.isSafeInteger(wanted) || wanted < 1) return;
    void editor?.goTo({ line: Math.min(wanted, lineCount), column: 1 });
    editor?.focus();
  };
  const findNext = useCallback(() => search.go(text, cursor, 'forwards'), [search, text, cursor]);
  const findPrevious = useCallback(() => search.go(text, cursor, 'backwards'), [search, text, cursor]);
  useActions(
    useMemo(() => {
      const focusIn = (selector: string) => () => bar.current?.querySelector<HTMLInputElement>(selector)?.select();
      return [
        { id: 'source.find', group: t('group'), label: t('find'), keys: 'mod+f', run: focusIn('.search-input') },
        {
          id: 'source.line',
          group: t('group'),
          label: t('goToLine'),
          keys: 'mod+g',
          run: focusIn('.source-line-input'),
        },
        { id: 'source.next', group: t('group'), label: t('findNext'), keys: 'enter', run: findNext },
        { id: 'source.previous', group: t('group'), label: t('findPrevious'), keys: 'shift+enter', run: findPrevious },
      ];
    }, [t, findNext, findPrevious]),
  );
  return (
    <div className="source-tools" role="toolbar" aria-label={t('tools')} ref={bar}>
      {children}
      <span className="spread" />
      <span className="source-answer faint" role="status">
        {search.answer}
      </span>
      <div className="source-find" onKeyDownCapture={(event) => takeShiftEnter(event, findPrevious)}>
        <SearchField label={t('find')} value={text} onChange={setText} onSubmit={findNext} />
      </div>
      <IconButton
        icon="up"
        label={t('findPrevious')}
        onPress={findPrevious}
        keys="shift+enter"
        isDisabled={text === '' || editor === null}
      />
      <IconButton
        icon="down"
        label={t('findNext')}
        onPress={findNext}
        keys="enter"
        isDisabled={text === '' || editor === null}
      />
      <label className="soft" htmlFor={lineId}>
        {t('line')}
      </label>
      <input
        id={lineId}
        className="input source-line-input numeric"
        inputMode="numeric"
        value={line}
        placeholder={formats.count(cursor.line)}
        onChange={(event) => setLine(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') goToLine();
        }}
      />
    </div>
  );
}

/** Shift+Enter in the search field goes back; taken before the field takes it for "search on". */
function takeShiftEnter(event: KeyboardEvent, run: () => void): void {
  if (event.key !== 'Enter' || !event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  run();
}

type Direction = 'forwards' | 'backwards';
type Place = { readonly line: number; readonly column: number };
type Find = (text: string, from: Place, direction: Direction) => void;

/** Looks for the next hit either way: in what is shown of the cursor's line, then by the engine from the cursor on, then from the other end. */
function useFind({
  batchId,
  fileOrdinal,
  editor,
  lineCount,
}: {
  readonly batchId: string;
  readonly fileOrdinal: number;
  readonly editor: SourceEditor | null;
  readonly lineCount: number;
}): { readonly answer: string; readonly go: Find } {
  const { client } = useEngine();
  const t = useWords('source');
  const [answer, setAnswer] = useState('');
  const isRunning = useRef(false);
  const go = useCallback<Find>(
    (text, from, direction) => {
      if (text === '' || editor === null || isRunning.current) return;
      const isBackwards = direction === 'backwards';
      const ask = (fromLine: number, fromColumn: number) =>
        client.call('source.find', { batchId, fileOrdinal, text, fromLine, fromColumn, isBackwards });
      const find = async (): Promise<void> => {
        const column = hitInLine(editor, text, { from, isBackwards });
        if (column !== null) {
          show(editor, { line: from.line, column }, text);
          return;
        }
        const first = await ask(from.line, isBackwards ? from.column : from.column + 1);
        const isAround = first.ok && first.value.hit === null;
        const found = !isAround ? first : isBackwards ? await ask(lineCount, veryFar) : await ask(1, 1);
        if (!found.ok) setAnswer(t('findFailed'));
        else if (found.value.hit === null) setAnswer(t('findNone'));
        else {
          setAnswer(isAround ? t(isBackwards ? 'findFromEnd' : 'findFromTop') : '');
          show(editor, found.value.hit, text);
        }
      };
      isRunning.current = true;
      setAnswer('');
      void find().finally(() => {
        isRunning.current = false;
      });
    },
    [client, batchId, fileOrdinal, editor, lineCount, t],
  );
  return useMemo(() => ({ answer, go }), [answer, go]);
}

/** Beyond the end of any line. */
const veryFar = 1_000_000_000;

/** A hit in what is shown of the cursor's line. Backwards only where the line is shown from its beginning: a cut may hide a nearer one. */
function hitInLine(
  editor: SourceEditor,
  text: string,
  { from, isBackwards }: { readonly from: Place; readonly isBackwards: boolean },
): number | null {
  const shown = editor.lineAt(from.line);
  if (shown === null) return null;
  return isBackwards ? previousHitInLine(shown, text, from.column) : nextHitInLine(shown, text, from.column);
}

function show(editor: SourceEditor, hit: { readonly line: number; readonly column: number }, text: string): void {
  void editor.goTo({ ...hit, endColumn: hit.column + Array.from(text).length });
}
