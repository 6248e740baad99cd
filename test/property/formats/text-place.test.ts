// Lines and columns: the cursor gives the same places as counting from the start, in whatever order it is asked.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPlaceCursor, placeAfter } from '../../../src/main/formats/text-place.ts';

const start = { line: 7, column: 3 };
const piece = fc.constantFrom('a', 'é', '😀', '\n', '\r\n', '\r', ' '.repeat(500), 'x'.repeat(1_023), '\n'.repeat(700));

/** Offsets where a value can begin: not inside a character and not between CR and LF. */
function isPlace(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return !(code >= 0xdc00 && code <= 0xdfff) && !(text[offset - 1] === '\r' && text[offset] === '\n');
}

test('the cursor agrees with counting from the start', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }),
      fc.array(fc.nat({ max: 20_000 }), { maxLength: 30 }),
      (pieces, questions) => {
        const text = pieces.join('');
        const placeAt = createPlaceCursor(text, start);
        for (const question of questions) {
          const offset = question % (text.length + 1);
          if (!isPlace(text, offset)) continue;
          expect(placeAt(offset)).toEqual(placeAfter(start, text, { from: 0, to: offset }));
        }
      },
    ),
  );
});

test('asking back and forth in a text of 4 MB takes no longer than a few passes over it', () => {
  const text = '<Line>1,5</Line>\n'.repeat(250_000);
  const placeAt = createPlaceCursor(text, { line: 1, column: 1 });
  const startedAt = performance.now();
  for (let line = 10; line < 250_000; line += 10) {
    expect(placeAt(17 * line + 6).column).toBe(7);
    placeAt(17 * (line - 5));
  }
  // One pass takes about 20 ms; starting again for every question took minutes.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
