// Windows into source files and searching them, in all shapes of lines and encodings.

import { describe, expect, it } from 'vitest';
import { createSourceReader } from '../../../src/main/formats/source-window.ts';
import type { IndexedSource } from '../../../src/main/ports/source-reader.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';
import { readPath, withFile } from '../../unit/formats/read-text.ts';

const reader = createSourceReader();
const signal = new AbortController().signal;
const text = batchText(
  Array.from({ length: 200 }, (_unused, index) =>
    invoiceText({ id: String(1001 + index), name: `Åsa 😀 Öberg ${index}` }),
  ),
);

/** Reads a file and gives what the store would keep of it, in a pack between two others. */
async function withSource(bytes: Buffer, use: (source: IndexedSource) => Promise<void>): Promise<void> {
  await withFile(bytes, async (path) => {
    const { result } = await readPath(path);
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    const { context, lineIndex, lineCount } = result.file;
    const before = Buffer.from('<before/>\n');
    await withFile(Buffer.concat([before, bytes, Buffer.from('<after/>\n')]), (packed) =>
      use({ path: packed, byteOffset: before.length, context, lineIndex, lineCount, sizeBytes: bytes.length }),
    );
  });
}

describe.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark and CRLF', Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`)],
  ['UTF-16LE', Buffer.from(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`, 'utf16le')],
  ['Windows-1252', Buffer.from(text.replace('UTF-8', 'windows-1252').replaceAll('😀', '&#x1F600;'), 'latin1')],
])('a source file in %s', (name, bytes) => {
  const lines = (
    name === 'Windows-1252'
      ? text.replace('UTF-8', 'windows-1252').replaceAll('😀', '&#x1F600;')
      : name === 'UTF-16LE'
        ? text.replace('UTF-8', 'UTF-16')
        : text
  ).split('\n');

  it('shows the same lines as the text has, anywhere', async () => {
    await withSource(bytes, async (source) => {
      expect(source.lineCount).toBe(lines.length);
      expect(source.lineIndex.length).toBe(Math.ceil(lines.length / 1000));
      for (const line of [
        1,
        2,
        999,
        1000,
        1001,
        1002,
        2000,
        2001,
        5678,
        lines.length - 1,
        lines.length,
        lines.length + 5,
      ]) {
        const window = await reader.window(source, { line, column: 1, before: 3, after: 4 });
        const first = Math.max(1, Math.min(line, lines.length) - 3);
        const last = Math.min(lines.length, Math.min(line, lines.length) + 4);
        expect(window).toMatchObject({ firstLine: first, lineCount: lines.length, sizeBytes: bytes.length });
        expect(window.lines).toEqual(
          lines.slice(first - 1, last).map((each) => ({ text: each, startColumn: 1, isCut: false })),
        );
      }
    });
  });

  it('finds text from a line on, letters’ case aside', async () => {
    await withSource(bytes, async (source) => {
      const line = lines.findIndex((each) => each.includes('Öberg 150')) + 1;
      const column = Array.from((lines[line - 1] ?? '').split('Öberg 150')[0] ?? '').length + 1;
      expect(await reader.find(source, 'öBERG 150', { fromLine: 1, signal })).toEqual({ line, column });
      expect(await reader.find(source, 'öBERG 150', { fromLine: line, signal })).toEqual({ line, column });
      expect(await reader.find(source, 'öBERG 150', { fromLine: line + 1, signal })).toBeNull();
      expect(await reader.find(source, 'öBERG 150', { fromLine: line, fromColumn: column, signal })).toEqual({
        line,
        column,
      });
      expect(await reader.find(source, 'öBERG 150', { fromLine: line, fromColumn: column + 1, signal })).toBeNull();
      expect(await reader.find(source, 'a.*b(', { fromLine: 1, signal })).toBeNull();
      expect(await reader.find(source, '', { fromLine: 1, signal })).toBeNull();
    });
  });

  it('finds the last hit before a place, as near or far as it is', async () => {
    const wanted = 'Öberg 1';
    const hits = lines.flatMap((each, index) => {
      const at = each.indexOf(wanted);
      return at < 0 ? [] : [{ line: index + 1, column: Array.from(each.slice(0, at)).length + 1 }];
    });
    await withSource(bytes, async (source) => {
      const before = (fromLine: number, fromColumn = 1) =>
        reader.find(source, 'öberg 1', { fromLine, fromColumn, isBackwards: true, signal });
      for (const at of [1, 40, hits.length - 1]) {
        const hit = hits[at];
        if (hit === undefined) throw new Error('no such hit');
        expect(await before(hit.line, hit.column)).toEqual(hits[at - 1]);
        expect(await before(hit.line, hit.column + 1)).toEqual(hit);
      }
      expect(await before(lines.length, 1_000_000)).toEqual(hits.at(-1));
      expect(await before(hits[0]?.line ?? 0, hits[0]?.column)).toBeNull();
      expect(await before(1)).toBeNull();
    });
  });
});

describe('a file of one long line', () => {
  const oneLine = Buffer.from(text.replaceAll('\n', ''));
  const points = Array.from(oneLine.toString());

  it('is cut around the wanted column', async () => {
    await withSource(oneLine, async (source) => {
      for (const column of [1, 1500, 1501, 3000, 250_000, points.length]) {
        const { lines, firstLine } = await reader.window(source, { line: 1, column, before: 10, after: 10 });
        const [shown] = lines;
        expect({ firstLine, count: lines.length }).toEqual({ firstLine: 1, count: 1 });
        if (shown === undefined) throw new Error('no line');
        expect(Array.from(shown.text).length).toBeLessThanOrEqual(2000);
        expect(shown.startColumn).toBeLessThanOrEqual(column);
        expect(shown.startColumn + Array.from(shown.text).length).toBeGreaterThan(column);
        expect(shown.text).toBe(
          points.slice(shown.startColumn - 1, shown.startColumn - 1 + Array.from(shown.text).length).join(''),
        );
        expect(shown.isCut).toBe(shown.startColumn - 1 + Array.from(shown.text).length < points.length);
      }
    });
  });

  it('is searched backwards too', async () => {
    await withSource(oneLine, async (source) => {
      const starts = [...oneLine.toString().matchAll(/<PayableAmount>/gu)].map(
        ({ index }) => Array.from(oneLine.toString().slice(0, index)).length + 1,
      );
      const [first = 0, second = 0] = starts.slice(-2);
      const find = (fromColumn: number) =>
        reader.find(source, '<payableamount>', { fromLine: 1, fromColumn, isBackwards: true, signal });
      expect(await find(second)).toEqual({ line: 1, column: first });
      expect(await find(second + 1)).toEqual({ line: 1, column: second });
      expect(await find(starts[0] ?? 0)).toBeNull();
    });
  });

  it('is searched across the pieces it is read in', async () => {
    await withSource(oneLine, async (source) => {
      for (const needle of ['<ID>1150</ID>', '<ID>1199</ID>']) {
        const column = Array.from(oneLine.toString().split(needle)[0] ?? '').length + 1;
        expect(await reader.find(source, needle, { fromLine: 1, signal })).toEqual({ line: 1, column });
      }
    });
  });
});
