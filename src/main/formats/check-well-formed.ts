// Checks a file of any size for being well-formed XML with sound namespaces, and nothing else. Keeps nothing of the document.

import type { FileRefusal } from '../ports/import-source.ts';
import { badByteFault, declarationFault } from './encoding-fault.ts';
import { refuseCancelled, refuseFault } from './refusal.ts';
import { openSource } from './source-file.ts';
import type { SourceFile, SourceStep } from './source-file.ts';
import { XmlStream } from './xml-stream.ts';
import type { XmlHandler } from './xml-stream.ts';

const nobody: XmlHandler = { startElement: () => undefined, endElement: () => undefined, text: () => undefined };

/**
 * Null when the file is sound. Beside what XML forbids, DOCTYPE is refused and so is what passes a cap on depth, attributes, names and
 * single values; text between tags may be of any length. Codes: UNREADABLE, INVALID_XML, CANCELLED.
 */
export async function checkWellFormed(path: string, signal: AbortSignal): Promise<FileRefusal | null> {
  const opened = await openSource(path, 'anySize');
  if (!opened.ok) return opened.refusal;
  const { source } = opened;
  try {
    return await readAll(source, signal);
  } finally {
    await source.close();
  }
}

async function readAll(source: SourceFile, signal: AbortSignal): Promise<FileRefusal | null> {
  const stream = new XmlStream(nobody, {}, 'longTexts');
  for (let step = await source.next(); step.kind !== 'end'; step = await source.next()) {
    if (signal.aborted) return refuseCancelled();
    const refusal = readStep(stream, source, step);
    if (refusal !== null) return refusal;
  }
  return outcomeOf(stream, stream.end());
}

function readStep(
  stream: XmlStream,
  { detected, release }: SourceFile,
  step: Exclude<SourceStep, { readonly kind: 'end' }>,
): FileRefusal | null {
  if (step.kind === 'failed') return step.refusal;
  const { text, bytes, byteOffset, badByte } = step.piece;
  const refusal = outcomeOf(stream, stream.write(text));
  if (refusal !== null) return refusal;
  const declaration = declarationFault(detected);
  if (declaration !== null) return refuseFault(declaration, null);
  if (badByte !== null) {
    if (stream.isUnsound) return outcomeOf(stream, stream.end());
    const bad = { byte: badByte, offset: byteOffset + bytes.length, start: stream.endPlace() };
    return refuseFault(badByteFault(detected, bad), pathOf(stream));
  }
  release(bytes);
  return null;
}

function outcomeOf(stream: XmlStream, outcome: ReturnType<XmlStream['write']>): FileRefusal | null {
  return typeof outcome === 'string' ? null : refuseFault(outcome, pathOf(stream));
}

function pathOf(stream: XmlStream): string | null {
  const names = stream.openNames();
  return names.length === 0 ? null : names.join('/');
}
