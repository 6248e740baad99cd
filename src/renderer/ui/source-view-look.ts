// How the source editor looks: its own style sheet inside a shadow root (the page's policy allows no style elements) and the colours of XML.

import { xmlLanguage } from '@codemirror/lang-xml';
import { Decoration, EditorView } from '@codemirror/view';
import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';

/** Variables of ui/tokens.css reach into the shadow root, so both themes work without a second one. */
export const sourceLook = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--ink)', fontSize: '12px' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '18px', overflow: 'auto' },
  '.cm-content': { padding: '4px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface-sunk)',
    color: 'var(--ink-faint)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '48px', padding: '0 6px 0 8px' },
  '.cm-activeLine': { backgroundColor: 'var(--surface-hover)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--surface-active)', color: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--surface-active)',
  },
  '.source-problems': { width: '18px' },
  '.source-flag': {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '18px',
    font: '700 11px var(--font)',
  },
  '.source-flag-error, .source-cut-button:hover': { color: 'var(--bad)' },
  '.source-flag-warning': { color: 'var(--warn)' },
  '.source-flag-info': { color: 'var(--calm)' },
  '.source-mark': { borderRadius: '2px' },
  '.source-mark-error': { textDecoration: 'underline wavy var(--bad) 1px', textUnderlineOffset: '3px' },
  '.source-mark-warning': { textDecoration: 'underline wavy var(--warn) 1px', textUnderlineOffset: '3px' },
  '.source-mark-info': { textDecoration: 'underline dotted var(--calm) 1px', textUnderlineOffset: '3px' },
  '.source-mark-main.source-mark-error': { backgroundColor: 'var(--bad-soft)', boxShadow: '0 0 0 1px var(--bad)' },
  '.source-mark-main.source-mark-warning': { backgroundColor: 'var(--warn-soft)', boxShadow: '0 0 0 1px var(--warn)' },
  '.source-mark-main.source-mark-info': { backgroundColor: 'var(--calm-soft)', boxShadow: '0 0 0 1px var(--calm)' },
  '.source-place': { backgroundColor: 'var(--accent-soft)', boxShadow: '0 0 0 1px var(--accent)', borderRadius: '2px' },
  '.source-cut-button': {
    margin: '0 4px',
    padding: '0 6px',
    border: '1px solid var(--line-strong)',
    borderRadius: '3px',
    backgroundColor: 'var(--surface)',
    color: 'var(--ink-soft)',
    font: '500 11px/14px var(--font)',
    cursor: 'default',
  },
  '.tok-name': { color: 'var(--accent)' },
  '.tok-attribute': { color: 'var(--held)' },
  '.tok-value': { color: 'var(--good)' },
  '.tok-quiet': { color: 'var(--ink-faint)' },
});

const highlighter = tagHighlighter([
  { tag: tags.tagName, class: 'tok-name' },
  { tag: tags.attributeName, class: 'tok-attribute' },
  { tag: tags.attributeValue, class: 'tok-value' },
  {
    tag: [tags.angleBracket, tags.definitionOperator, tags.comment, tags.processingInstruction, tags.documentMeta],
    class: 'tok-quiet',
  },
]);

/** More than this in view (long lines) is shown without colours rather than late. In UTF-16 units. */
const mostColoured = 120_000;

/** Tells where which colour goes in the text in view. The text is parsed alone: what stands above it in the file is not known. */
export function colourXml(text: string, put: (from: number, to: number, decoration: Decoration) => void): void {
  if (text.length > mostColoured) return;
  highlightTree(xmlLanguage.parser.parse(text), highlighter, (from, to, classes) =>
    put(from, to, Decoration.mark({ class: classes })),
  );
}
