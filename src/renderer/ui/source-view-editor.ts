// The source editor without React: as many lines as the file has, filled in by stretches as they come into view. Asks for windows, never reads files.

import { defaultKeymap } from '@codemirror/commands';
import { EditorSelection, EditorState, Text } from '@codemirror/state';
import type { ChangeSpec, Line } from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { ViewUpdate } from '@codemirror/view';
import type { SourceWindow } from '../../shared/schema/batch.ts';
import { chunkLines, createChunkBook, firstLineOf } from './source-view-chunks.ts';
import { columnForStep, columnOfUnit, unitOfColumn } from './source-view-columns.ts';
import type { SourceLine } from './source-view-columns.ts';
import { sourceLook } from './source-view-look.ts';
import { showMarks, sourceMarks } from './source-view-marks.ts';
import type { ShownPlace, SourceMark } from './source-view-marks.ts';

/** Asks the engine for lines; null when it could not give them (the caller says why). */
export type FetchWindow = (request: {
  readonly line: number;
  readonly column: number;
  readonly before: number;
  readonly after: number;
}) => Promise<SourceWindow | null>;

/** What an editor is made of. `root` is the shadow root its styles are adopted by. */
export interface SourceEditorParts {
  readonly root: ShadowRoot;
  readonly parent: HTMLElement;
  readonly lineCount: number;
  /** Where the file is opened; matters for files with more lines than the editor holds. */
  readonly startLine: number;
  readonly label: string;
  readonly words: { readonly earlier: string; readonly later: string };
  readonly fetchWindow: FetchWindow;
  readonly onCursor: (place: { readonly line: number; readonly column: number }) => void;
  /** The first line in view, when scrolling rests. */
  readonly onTop: (line: number) => void;
}

/** An editor in the page. */
export interface SourceEditor {
  /** Scrolls to a place, fetches it and puts the cursor there; columns of cut lines included. */
  goTo(place: { readonly line: number; readonly column: number; readonly endColumn?: number }): Promise<void>;
  /** Scrolls a line to the top without moving the cursor there. */
  scrollTo(line: number): void;
  show(marks: readonly SourceMark[], place: ShownPlace | null): void;
  /** The line as it is shown now, null while it is not there. */
  lineAt(fileLine: number): SourceLine | null;
  focus(): void;
  destroy(): void;
}

/** Lines the editor holds at most: CodeMirror draws up to 7,000,000 pixels true to scale (18 a line); beyond, scrolling is no longer steady. */
export const mostLines = 380_000;
/** This near to an end of what the editor holds, it moves on in the file. */
const lineMargin = 400;
/** Scrolling by the bar passes many stretches: only where it rests is fetched. */
const restMs = 40;
const linesAround = 60;

/** Makes an editor; `destroy` it when its place goes. */
export function createSourceEditor(parts: SourceEditorParts): SourceEditor {
  return new WindowedEditor(parts);
}

class WindowedEditor implements SourceEditor {
  readonly #parts: SourceEditorParts;
  readonly #view: EditorView;
  /** Facts of the lines that are there. */
  readonly #lines = new Map<number, Omit<SourceLine, 'text'>>();
  /** Long lines cut elsewhere than at their beginning, because somebody looks there. */
  readonly #stepped = new Set<number>();
  #book = createChunkBook();
  #baseLine: number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isGone = false;
  /** Rises with every place gone to: an answer for an earlier one comes too late. */
  #round = 0;

  constructor(parts: SourceEditorParts) {
    this.#parts = parts;
    this.#baseLine = baseLineFor(parts.startLine, parts.lineCount);
    const marks = sourceMarks({
      baseLine: () => this.#baseLine,
      lineAt: (line) => this.lineAt(line),
      stepLine: (line, direction) => void this.#step(line, direction),
      words: parts.words,
    });
    this.#view = new EditorView({
      parent: parts.parent,
      root: parts.root,
      state: EditorState.create({
        doc: emptyText(Math.min(parts.lineCount - this.#baseLine, mostLines)),
        extensions: [
          lineNumbers({ formatNumber: (number) => String(number + this.#baseLine) }),
          marks,
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-label': parts.label, 'aria-readonly': 'true', tabindex: '0' }),
          drawSelection(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          keymap.of(defaultKeymap),
          sourceLook,
          EditorView.updateListener.of((update) => this.#onUpdate(update)),
        ],
      }),
    });
    this.#fetchSoon();
  }

  lineAt(fileLine: number): SourceLine | null {
    const facts = this.#lines.get(fileLine);
    const number = fileLine - this.#baseLine;
    return facts === undefined || number < 1 || number > this.#view.state.doc.lines
      ? null
      : { ...facts, text: this.#view.state.doc.line(number).text };
  }

  #onUpdate(update: ViewUpdate): void {
    if (update.viewportChanged || update.geometryChanged) this.#fetchSoon();
    if (update.selectionSet) {
      const { head } = update.state.selection.main;
      const at = update.state.doc.lineAt(head);
      const line = at.number + this.#baseLine;
      const facts = this.#lines.get(line);
      this.#parts.onCursor({
        line,
        column: columnOfUnit({ text: at.text, startColumn: facts?.startColumn ?? 1 }, head - at.from),
      });
    }
  }

  #fetchSoon(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fetchInView(), restMs);
  }

  #fetchInView(): void {
    const { from, to } = this.#view.viewport;
    const { doc } = this.#view.state;
    const first = doc.lineAt(from).number + this.#baseLine;
    const last = doc.lineAt(to).number + this.#baseLine;
    const top = doc.lineAt(this.#view.lineBlockAtHeight(this.#view.scrollDOM.scrollTop).from).number + this.#baseLine;
    this.#parts.onTop(top);
    const isNearStart = this.#baseLine > 0 && first - this.#baseLine < lineMargin;
    const isNearEnd =
      this.#baseLine + doc.lines < this.#parts.lineCount && this.#baseLine + doc.lines - last < lineMargin;
    if (isNearStart || isNearEnd) {
      this.#scrollTo(top, { isMoved: true });
      return;
    }
    for (const chunk of this.#book.take(first, last)) void this.#fetchChunk(chunk);
    this.#letGo(first);
  }

  #scrollTo(line: number, { isMoved }: { readonly isMoved: boolean }): void {
    if (isMoved || line <= this.#baseLine || line > this.#baseLine + this.#view.state.doc.lines) this.#moveBase(line);
    this.#view.dispatch({ effects: EditorView.scrollIntoView(this.#lineOf(line).from, { y: 'start', yMargin: 0 }) });
    this.#fetchSoon();
  }

  async #fetchChunk(chunk: number): Promise<void> {
    const book = this.#book;
    const window = await this.#parts.fetchWindow({
      line: firstLineOf(chunk),
      column: 1,
      before: 0,
      after: chunkLines - 1,
    });
    // Another book: the editor has moved on in the file meanwhile.
    if (this.#isGone || book !== this.#book) return;
    if (window === null) {
      book.failed(chunk);
      return;
    }
    book.arrived(chunk);
    this.#fill(window);
  }

  /** Puts lines where they belong. A line that somebody has stepped along keeps its cut unless it is asked for anew. */
  #fill(window: SourceWindow, wantedLine: number | null = null): void {
    const { doc } = this.#view.state;
    const changes: ChangeSpec[] = [];
    window.lines.forEach((line, index) => {
      const fileLine = window.firstLine + index;
      const number = fileLine - this.#baseLine;
      if (number < 1 || number > doc.lines || (this.#stepped.has(fileLine) && fileLine !== wantedLine)) return;
      this.#lines.set(fileLine, { startColumn: line.startColumn, isCut: line.isCut });
      const at = doc.line(number);
      if (at.text !== line.text) changes.push({ from: at.from, to: at.to, insert: Text.of([line.text]) });
    });
    this.#view.dispatch({ changes, effects: showMarks.of(null) });
  }

  #letGo(nearLine: number): void {
    const { doc } = this.#view.state;
    const changes = this.#book.drop(nearLine).flatMap((chunk): ChangeSpec[] => {
      const first = Math.max(1, firstLineOf(chunk) - this.#baseLine);
      const last = Math.min(doc.lines, firstLineOf(chunk) + chunkLines - 1 - this.#baseLine);
      if (first > last) return [];
      for (let number = first; number <= last; number += 1) {
        this.#lines.delete(number + this.#baseLine);
        this.#stepped.delete(number + this.#baseLine);
      }
      return [{ from: doc.line(first).from, to: doc.line(last).to, insert: emptyText(last - first + 1) }];
    });
    if (changes.length > 0) this.#view.dispatch({ changes });
  }

  /** A file with more lines than the editor holds: it now holds those around `line`. */
  #moveBase(line: number): void {
    this.#baseLine = baseLineFor(line, this.#parts.lineCount);
    this.#book = createChunkBook();
    this.#lines.clear();
    this.#stepped.clear();
    this.#view.dispatch({
      changes: {
        from: 0,
        to: this.#view.state.doc.length,
        insert: emptyText(Math.min(this.#parts.lineCount - this.#baseLine, mostLines)),
      },
      effects: showMarks.of(null),
    });
  }

  async #step(fileLine: number, direction: 'earlier' | 'later'): Promise<void> {
    const line = this.lineAt(fileLine);
    if (line === null) return;
    const window = await this.#parts.fetchWindow({
      line: fileLine,
      column: columnForStep(line, direction),
      before: 0,
      after: 0,
    });
    if (window === null || this.#isGone) return;
    this.#stepped.add(fileLine);
    this.#fill(window, fileLine);
    const at = this.#lineOf(fileLine);
    this.#view.dispatch({
      effects: EditorView.scrollIntoView(direction === 'later' ? at.from : at.to, { x: 'center', y: 'nearest' }),
    });
  }

  async goTo({
    line,
    column,
    endColumn,
  }: {
    readonly line: number;
    readonly column: number;
    readonly endColumn?: number;
  }): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    if (line <= this.#baseLine || line > this.#baseLine + this.#view.state.doc.lines) this.#moveBase(line);
    this.#view.dispatch({ effects: EditorView.scrollIntoView(this.#lineOf(line).from, { y: 'center' }) });
    const shown = this.lineAt(line);
    const isThere =
      shown !== null &&
      this.#book.has(line) &&
      column >= shown.startColumn &&
      (!shown.isCut || column < shown.startColumn + 1_000);
    if (!isThere) {
      const window = await this.#parts.fetchWindow({ line, column, before: linesAround, after: linesAround });
      if (window === null || this.#isGone || round !== this.#round) return;
      if ((window.lines[line - window.firstLine]?.startColumn ?? 1) > 1) this.#stepped.add(line);
      this.#fill(window, line);
    }
    const at = this.#lineOf(line);
    const cut = { text: at.text, startColumn: this.#lines.get(line)?.startColumn ?? 1 };
    const from = at.from + unitOfColumn(cut, column);
    const to = endColumn === undefined ? from : at.from + unitOfColumn(cut, endColumn);
    // A line's beginning tells more than its middle: moved sideways only as far as the place asks for.
    this.#view.scrollDOM.scrollLeft = 0;
    this.#view.dispatch({
      selection: EditorSelection.single(to, from),
      effects: EditorView.scrollIntoView(EditorSelection.range(from, to), { y: 'center', x: 'nearest', xMargin: 48 }),
    });
  }

  /** The editor's line of a file's line, the nearest one when it holds others. */
  #lineOf(fileLine: number): Line {
    const { doc } = this.#view.state;
    return doc.line(Math.min(Math.max(1, fileLine - this.#baseLine), doc.lines));
  }

  scrollTo(line: number): void {
    this.#scrollTo(line, { isMoved: false });
  }

  show(marks: readonly SourceMark[], place: ShownPlace | null): void {
    this.#view.dispatch({ effects: showMarks.of({ marks, place }) });
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#isGone = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#view.destroy();
  }
}

/** The file's line before the editor's first. */
function baseLineFor(line: number, lineCount: number): number {
  return Math.max(0, Math.min(lineCount - mostLines, line - mostLines / 2));
}

function emptyText(lines: number): Text {
  return Text.of(new Array<string>(Math.max(1, lines)).fill(''));
}
