// Lines and columns in text: counting forward from a known place. Line ends are LF, CRLF and a lone CR; columns count code points.

/** A place: both 1-based, the column in code points. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** The place `to - from` code units further on in `text`, when `start` is the place of `text[from]`. */
export function placeAfter(
  start: TextPlace,
  text: string,
  range: { readonly from: number; readonly to: number },
): TextPlace {
  let { line, column } = start;
  for (let index = range.from; index < range.to; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x0a) {
      line++;
      column = 1;
    } else if (code === 0x0d) {
      if (text.charCodeAt(index + 1) === 0x0a && index + 1 < range.to) index++;
      line++;
      column = 1;
    } else if (code < 0xdc00 || code > 0xdfff) column++;
  }
  return { line, column };
}

/** Code units between two remembered places. */
const markSpacing = 1_024;

interface Mark {
  readonly offset: number;
  readonly place: TextPlace;
}

/** A cursor over one text. Rising questions cost the way between them; a question further back costs a short way too, however long the text is. */
export function createPlaceCursor(text: string, start: TextPlace): (offset: number) => TextPlace {
  const first: Mark = { offset: 0, place: start };
  /** `marks[n]` is at `n * markSpacing`, or one further on so that it never parts CR from LF. */
  const marks: Mark[] = [first];
  let last = first;

  function markBefore(offset: number): Mark {
    const wanted = Math.floor(offset / markSpacing);
    for (let from = marks.at(-1) ?? first; marks.length <= wanted; marks.push(from)) {
      const even = marks.length * markSpacing;
      const to = text.charCodeAt(even - 1) === 0x0d && text.charCodeAt(even) === 0x0a ? even + 1 : even;
      from = { offset: to, place: placeAfter(from.place, text, { from: from.offset, to }) };
    }
    const mark = marks[wanted] ?? first;
    return mark.offset <= offset ? mark : (marks[wanted - 1] ?? first);
  }

  return (offset) => {
    const mark = markBefore(offset);
    const from = last.offset <= offset && last.offset > mark.offset ? last : mark;
    last = { offset, place: placeAfter(from.place, text, { from: from.offset, to: offset }) };
    return last.place;
  };
}
