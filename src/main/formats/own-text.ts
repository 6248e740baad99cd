// Texts that outlive the piece of the file they were cut from. Nothing about their content.

/** Shorter parts of a text are copied by the engine itself (V8: `SlicedString::kMinLength`). */
const shortestShared = 13;

/**
 * The same text with memory of its own. A part of a text otherwise keeps the whole of it alive: one kept value would keep a piece of
 * the file, which the collector then moves among the old and marks through again and again.
 */
export function ownText(text: string): string {
  return text.length < shortestShared ? text : ` ${text}`.slice(1);
}
