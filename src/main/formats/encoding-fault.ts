// Files whose bytes are not in the encoding they claim, as faults with their place. Finding it out is xml-encoding's work.

import type { TextPlace } from './text-place.ts';
import { guessEncoding, headBytes } from './xml-encoding.ts';
import type { DetectedEncoding } from './xml-encoding.ts';
import type { XmlFault } from './xml-fault.ts';

/** What is wrong with a file's declared encoding; null when it can be read as declared. */
export function declarationFault({
  declared,
  declaredPlace: start,
  encoding,
  trouble,
}: DetectedEncoding): XmlFault | null {
  if (trouble === null) return null;
  if (trouble === 'longDeclaration') {
    const params = { limit: 'declaration', max: headBytes };
    return { ruleId: 'core.xml.limit', start, end: start, found: null, expected: null, params };
  }
  const actual = encoding.toUpperCase();
  return {
    ruleId: 'core.encoding',
    start,
    end: { line: start.line, column: start.column + (declared?.length ?? 0) },
    found: declared,
    expected: trouble === 'contradiction' ? actual : 'UTF-8',
    params: {
      reason: trouble,
      encoding: declared ?? '',
      ...(trouble === 'contradiction' ? { actual } : {}),
    },
  };
}

/** A byte that is not in the file's encoding. `start` is its place, `offset` its 0-based position in the file. */
export function badByteFault(
  { encoding, isAscii }: DetectedEncoding,
  bad: { readonly byte: number; readonly offset: number; readonly start: TextPlace },
): XmlFault {
  const { byte, offset, start } = bad;
  const hex = `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  const name = isAscii ? 'us-ascii' : encoding;
  // Where every byte is a character, a byte without one is damage and no sign of another encoding.
  const guess = encoding === 'windows-1252' ? {} : { guess: isAscii ? 'utf-8' : guessEncoding(byte) };
  return {
    ruleId: 'core.encoding',
    start,
    end: { line: start.line, column: start.column + 1 },
    found: hex,
    expected: name,
    params: { reason: 'badByte', byte: hex, offset, encoding: name, ...guess },
  };
}
