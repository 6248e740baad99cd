// Problems drawn in the source: a flag in the gutter, a line under the text, and handles where a long line is cut. No fetching.

import { StateEffect, StateField } from '@codemirror/state';
import type { Extension, Text } from '@codemirror/state';
import { Decoration, GutterMarker, ViewPlugin, WidgetType, gutter } from '@codemirror/view';
import type { DecorationSet, EditorView, PluginValue, ViewUpdate } from '@codemirror/view';
import type { Severity } from '../../shared/schema/problem.ts';
import { colourXml } from './source-view-look.ts';
import { unitOfColumn } from './source-view-columns.ts';
import type { SourceLine } from './source-view-columns.ts';

/** Something marked in the source. Lines and columns as in the file, 1-based; no end = the word that stands there. */
export interface SourceMark {
  readonly severity: Severity;
  readonly line: number;
  readonly column: number;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** Shown when pointed at, and read out. */
  readonly title: string;
  /** The one the screen is about. */
  readonly isMain: boolean;
}

/** A place to show that is not a problem (a field's value). */
export interface ShownPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number | null;
  readonly endColumn: number | null;
}

/** What the drawing needs to know beyond the text. `baseLine()` is the file's line before the editor's first. */
export interface MarkContext {
  baseLine(): number;
  lineAt(fileLine: number): SourceLine | null;
  stepLine(fileLine: number, direction: 'earlier' | 'later'): void;
  readonly words: { readonly earlier: string; readonly later: string };
}

interface Shown {
  readonly marks: readonly SourceMark[];
  readonly place: ShownPlace | null;
}

/** Draws other marks from now on, or draws again because lines have come (null). */
export const showMarks = StateEffect.define<Shown | null>();

interface MarkState extends Shown {
  readonly byLine: ReadonlyMap<number, readonly SourceMark[]>;
  readonly version: number;
}

const markState = StateField.define<MarkState>({
  create: () => ({ marks: [], place: null, byLine: new Map(), version: 0 }),
  update: (value, transaction) => {
    let next = value;
    for (const effect of transaction.effects) {
      if (!effect.is(showMarks)) continue;
      next =
        effect.value === null
          ? { ...next, version: next.version + 1 }
          : { ...effect.value, byLine: Map.groupBy(effect.value.marks, ({ line }) => line), version: next.version + 1 };
    }
    return next;
  },
});

const letters = { error: '✕', warning: '!', info: 'i' } as const satisfies Record<Severity, string>;
const worstFirst = { error: 0, warning: 1, info: 2 } as const satisfies Record<Severity, number>;

class Flag extends GutterMarker {
  readonly #marks: readonly SourceMark[];

  constructor(marks: readonly SourceMark[]) {
    super();
    this.#marks = marks;
  }

  override toDOM(): Node {
    const severity =
      [...this.#marks].sort((one, other) => worstFirst[one.severity] - worstFirst[other.severity])[0]?.severity ??
      'info';
    const flag = document.createElement('span');
    flag.className = `source-flag source-flag-${severity}`;
    flag.textContent = letters[severity];
    flag.title = this.#marks.map(({ title }) => title).join('\n');
    return flag;
  }
}

class CutHandle extends WidgetType {
  readonly #label: string;
  readonly #onPress: () => void;

  constructor(label: string, onPress: () => void) {
    super();
    this.#label = label;
    this.#onPress = onPress;
  }

  override toDOM(): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'source-cut-button';
    button.textContent = this.#label;
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', this.#onPress);
    return button;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** The gutter with flags and everything drawn over the text in view. */
export function sourceMarks(context: MarkContext): Extension {
  const flags = gutter({
    class: 'source-problems',
    lineMarker: (view, line) => {
      const { byLine } = view.state.field(markState);
      const marks =
        byLine.size === 0 ? undefined : byLine.get(view.state.doc.lineAt(line.from).number + context.baseLine());
      return marks === undefined ? null : new Flag(marks);
    },
    lineMarkerChange: (update) => update.startState.field(markState).version !== update.state.field(markState).version,
    initialSpacer: () => new Flag([]),
  });
  const drawing = ViewPlugin.define((view) => new Drawing(view, context), {
    decorations: (plugin) => plugin.decorations,
  });
  return [markState, flags, drawing];
}

class Drawing implements PluginValue {
  decorations: DecorationSet;
  readonly #context: MarkContext;

  constructor(view: EditorView, context: MarkContext) {
    this.#context = context;
    this.decorations = draw(view, context);
  }

  update(update: ViewUpdate): void {
    const isOther = update.startState.field(markState).version !== update.state.field(markState).version;
    if (update.docChanged || update.viewportChanged || isOther) this.decorations = draw(update.view, this.#context);
  }
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly decoration: Decoration;
}

function draw(view: EditorView, context: MarkContext): DecorationSet {
  const { from, to } = view.viewport;
  const { doc } = view.state;
  const pieces: Piece[] = [];
  colourXml(doc.sliceString(from, to), (start, end, decoration) =>
    pieces.push({ from: from + start, to: from + end, decoration }),
  );
  const { byLine, place } = view.state.field(markState);
  const lastLine = doc.lineAt(to).number;
  for (let number = doc.lineAt(from).number; number <= lastLine; number += 1) {
    const fileLine = number + context.baseLine();
    const line = context.lineAt(fileLine);
    if (line === null) continue;
    for (const mark of byLine.get(fileLine) ?? []) pieces.push(...markPieces(doc, { number, line, mark }));
    if (place?.line === fileLine)
      pieces.push(...rangePiece(doc, { number, line, place, decoration: Decoration.mark({ class: 'source-place' }) }));
    pieces.push(...cutPieces(doc, { number, line, context }));
  }
  return Decoration.set(
    pieces.map(({ from: start, to: end, decoration }) => decoration.range(start, end)),
    true,
  );
}

function markPieces(
  doc: Text,
  { number, line, mark }: { readonly number: number; readonly line: SourceLine; readonly mark: SourceMark },
): readonly Piece[] {
  const decoration = Decoration.mark({
    class: `source-mark source-mark-${mark.severity}${mark.isMain ? ' source-mark-main' : ''}`,
    attributes: { title: mark.title },
  });
  return rangePiece(doc, { number, line, place: mark, decoration });
}

function rangePiece(
  doc: Text,
  {
    number,
    line,
    place,
    decoration,
  }: {
    readonly number: number;
    readonly line: SourceLine;
    readonly place: ShownPlace;
    readonly decoration: Decoration;
  },
): readonly Piece[] {
  const start = doc.line(number);
  const from = start.from + unitOfColumn(line, place.column);
  const isOneLine = place.endLine === null || place.endLine === place.line;
  const word = /^[^\s<>]+/u.exec(start.text.slice(from - start.from))?.[0].length ?? 0;
  const end = place.endColumn === null ? from + word : start.from + unitOfColumn(line, place.endColumn);
  const to = isOneLine ? end : start.to;
  if (from < to) return [{ from, to, decoration }];
  // Nothing stands there (a missing value): mark the nearest character so that the place can be seen.
  return start.length === 0
    ? []
    : [
        {
          from: Math.max(start.from, Math.min(from, start.to - 1)),
          to: Math.min(start.to, Math.max(from, start.from) + 1),
          decoration,
        },
      ];
}

function cutPieces(
  doc: Text,
  { number, line, context }: { readonly number: number; readonly line: SourceLine; readonly context: MarkContext },
): readonly Piece[] {
  const at = doc.line(number);
  const fileLine = number + context.baseLine();
  const handle = (direction: 'earlier' | 'later'): Decoration =>
    Decoration.widget({
      widget: new CutHandle(context.words[direction], () => context.stepLine(fileLine, direction)),
      side: direction === 'earlier' ? -1 : 1,
    });
  return [
    ...(line.startColumn > 1 ? [{ from: at.from, to: at.from, decoration: handle('earlier') }] : []),
    ...(line.isCut ? [{ from: at.to, to: at.to, decoration: handle('later') }] : []),
  ];
}
