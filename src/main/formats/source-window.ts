// Looks into a kept source file by lines, reading only slices of it; and searches it in a stream. Writes nothing.

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { SourceWindow } from '../../shared/schema/batch.ts';
import type { IndexedSource, SourceReader, WindowRequest } from '../ports/source-reader.ts';
import { LineCapture } from './line-capture.ts';
import type { ShownLine } from './line-capture.ts';
import { linesPerEntry } from './line-index.ts';
import { placeAfter } from './text-place.ts';
import type { TextPlace } from './text-place.ts';
import { asEncoding, createDecoder } from './xml-encoding.ts';

/** Most lines of one window; a request beyond it is cut at the end. */
const mostLines = 5_000;
/** Bytes read at a time. */
const readBytes = 131_072;

/** Makes the reader. It keeps no file open between calls. Its methods reject when the disk fails (the file is gone). */
export function createSourceReader(): SourceReader {
  return {
    window: (source, request) => withFile(source, (file) => readWindow(file, source, request)),
    find: (source, text, options) => withFile(source, (file) => findInSource(file, { source, text, ...options })),
  };
}

async function withFile<T>(source: IndexedSource, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(source.path, 'r');
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function readWindow(file: FileHandle, source: IndexedSource, request: WindowRequest): Promise<SourceWindow> {
  const wanted = Math.min(Math.max(1, request.line), source.lineCount);
  const firstLine = Math.max(1, wanted - Math.max(0, request.before));
  const lastLine = Math.min(source.lineCount, wanted + Math.max(0, request.after), firstLine + mostLines - 1);
  const captureOf = (line: number): LineCapture => new LineCapture(line === wanted ? request.column : 1);
  const start = indexedStart(source, firstLine);
  const lines: ShownLine[] = [];
  let { line } = start;
  let capture = captureOf(line);
  for await (const piece of piecesFrom(file, source, start.offset)) {
    const lineEnd = /\r\n?|\n/g;
    let from = 0;
    for (let end = lineEnd.exec(piece); end !== null && line <= lastLine; end = lineEnd.exec(piece)) {
      if (line >= firstLine) lines.push(withPart(capture, piece.slice(from, end.index)));
      from = lineEnd.lastIndex;
      capture = captureOf(++line);
    }
    if (line > lastLine) break;
    if (line >= firstLine) capture.add(piece.slice(from));
    if (line === lastLine && capture.isFull) break;
  }
  if (line >= firstLine && line <= lastLine) lines.push(capture.shown());
  return { lineCount: source.lineCount, sizeBytes: source.sizeBytes, firstLine, lines };
}

function withPart(capture: LineCapture, part: string): ShownLine {
  capture.add(part);
  return capture.shown();
}

interface Search {
  readonly source: IndexedSource;
  readonly text: string;
  readonly fromLine: number;
  readonly fromColumn?: number;
  readonly isBackwards?: boolean;
  readonly signal: AbortSignal;
}

/** First hit, or the last one before the place; letters' case aside; hits do not span lines. Null when there is none or the search was cancelled. */
async function findInSource(file: FileHandle, search: Search): Promise<TextPlace | null> {
  const { source, fromLine } = search;
  if (search.text === '') return null;
  const column = search.fromColumn ?? 1;
  if (search.isBackwards === true) return findBefore(file, search, { line: fromLine, column });
  const start = indexedStart(source, fromLine);
  for await (const hit of hitsFrom(file, search, start))
    if (hit.line > fromLine || (hit.line === fromLine && hit.column >= column)) return hit;
  return null;
}

/** Block after block of remembered line starts, the nearest first: a hit close by costs little in a file of any length. */
async function findBefore(file: FileHandle, search: Search, limit: TextPlace): Promise<TextPlace | null> {
  for (let line = limit.line, end = limit; line >= 1;) {
    const start = indexedStart(search.source, line);
    let last: TextPlace | null = null;
    for await (const hit of hitsFrom(file, search, { ...start, lastLine: end.line })) {
      if (hit.line > end.line || (hit.line === end.line && hit.column >= end.column)) break;
      last = hit;
    }
    if (last !== null || search.signal.aborted) return search.signal.aborted ? null : last;
    end = { line: start.line, column: 1 };
    line = start.line - 1;
  }
  return null;
}

/** Every hit from a line's start on, until the caller has enough, `lastLine` or the file ends, or the search is cancelled. */
async function* hitsFrom(
  file: FileHandle,
  { source, text, signal }: Search,
  start: { readonly line: number; readonly offset: number; readonly lastLine?: number },
): AsyncGenerator<TextPlace> {
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu');
  let place: TextPlace = { line: start.line, column: 1 };
  let carry = '';
  for await (const piece of piecesFrom(file, source, start.offset)) {
    if (signal.aborted || place.line > (start.lastLine ?? source.lineCount)) return;
    const stretch = carry + piece;
    // Counted on from hit to hit: on one line of 100 MB there may be very many before the wanted column.
    let hit = place;
    let at = 0;
    for (const match of stretch.matchAll(pattern)) {
      hit = placeAfter(hit, stretch, { from: at, to: match.index });
      at = match.index;
      yield hit;
    }
    const keep = carryFrom(stretch, text.length - 1);
    place = placeAfter(place, stretch, { from: 0, to: keep });
    carry = stretch.slice(keep);
  }
}

/** Where the last `length` units start, moved back so that neither a character nor a CRLF is split. */
function carryFrom(text: string, length: number): number {
  const at = Math.max(0, text.length - length);
  const code = text.charCodeAt(at);
  const isInside = (code >= 0xdc00 && code <= 0xdfff) || (code === 0x0a && text.charCodeAt(at - 1) === 0x0d);
  return isInside ? at - 1 : at;
}

/** Nearest remembered line start at or before a line. */
function indexedStart(source: IndexedSource, line: number): { readonly line: number; readonly offset: number } {
  const entry = Math.min(Math.floor((Math.max(1, line) - 1) / linesPerEntry), source.lineIndex.length - 1);
  return { line: Math.max(0, entry) * linesPerEntry + 1, offset: source.lineIndex[entry] ?? 0 };
}

/** Decoded text from a byte offset on; ends early where the bytes are no longer in the file's encoding. */
async function* piecesFrom(file: FileHandle, source: IndexedSource, from: number): AsyncGenerator<string> {
  const decoder = createDecoder(asEncoding(source.context.encoding) ?? 'utf-8');
  let carry: Uint8Array = new Uint8Array(0);
  let offset = from;
  for (;;) {
    // Not beyond the source: in a pack the next one follows.
    const length = Math.min(readBytes, Math.max(0, source.sizeBytes - offset));
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await file.read(buffer, 0, length, source.byteOffset + offset);
    offset += bytesRead;
    const isLast = bytesRead === 0 || offset >= source.sizeBytes;
    const bytes = Buffer.concat([carry, buffer.subarray(0, bytesRead)]);
    const piece = decoder.decode(bytes, isLast);
    carry = bytes.subarray(piece.byteLength);
    if (piece.text !== '') yield piece.text;
    if (isLast || piece.badByte !== null) return;
  }
}
