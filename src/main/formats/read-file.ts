// Reads one source file from start to end: invoices checked and handed on in chunks, sums at the end. Runs in the XML worker; also without one.

import type { FileRefusal, ParsedChunk, ParsedFile } from '../ports/import-source.ts';
import type { AlikeDocuments } from './alike-documents.ts';
import { FileCollector } from './collect-file.ts';
import type { CollectOptions } from './collect-file.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { DocumentReader } from './document-reader.ts';
import type { DocumentListener, DocumentStart, InvoiceInFile } from './document-reader.ts';
import type { ProfileSet } from './load-profiles.ts';
import { refuseCancelled, refuseWithoutInvoices } from './refusal.ts';
import { openSource } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

/** A chunk goes out when it holds this many rows … */
const rowsPerChunk = 500;
/** … or this many problems, so that a file full of faults stays in small messages … */
const problemsPerChunk = 2_000;
/** … or when this much was read since the last one, so that progress moves in files of large invoices. */
const bytesPerChunk = 4_194_304;

/** What reading a file needs. */
export interface ReadFileOptions extends CollectOptions {
  readonly profiles: ProfileSet;
  readonly signal: AbortSignal;
  /** What is known of documents of one invoice that were read before; counts for {@link readSingleSource} only. */
  readonly alike?: AlikeDocuments;
  /** Waited for before the next chunk is handed on; reading goes on meanwhile. */
  readonly onChunk: (chunk: ParsedChunk) => Promise<void>;
}

/** What came of it. */
export type ReadFileResult =
  { readonly ok: true; readonly file: ParsedFile } | { readonly ok: false; readonly refusal: FileRefusal };

/**
 * Reads and checks a file. Chunks that were handed on before a refusal are void.
 * Codes: FILE_TOO_LARGE, UNREADABLE, INVALID_XML, UNSUPPORTED_FORMAT, VALIDATION_ERROR (no invoices), CANCELLED. Rejects only when `onChunk` does.
 */
export async function readFile(path: string, options: ReadFileOptions): Promise<ReadFileResult> {
  const opened = await openSource(path);
  return opened.ok ? readOpenSource(opened.source, options) : opened;
}

/** Reads an open source and closes it. As {@link readFile} otherwise. */
export async function readOpenSource(source: SourceFile, options: ReadFileOptions): Promise<ReadFileResult> {
  try {
    return await new FileReading(source, options).run();
  } finally {
    await source.close();
  }
}

/** Reads an open source of one piece when it is one invoice; null, and not read further than its root element, when it may be several. As {@link readFile} otherwise. */
export async function readSingleSource(
  source: SourceFile,
  options: ReadFileOptions,
): Promise<(ReadFileResult & { readonly profile: CompiledProfile | null }) | null> {
  try {
    const reading = new FileReading(source, { ...options, isSingleOnly: true });
    const result = await reading.run();
    const { profile } = reading;
    return profile?.isSingleInvoice === false ? null : { ...result, profile };
  } finally {
    await source.close();
  }
}

class FileReading implements DocumentListener {
  readonly #source: SourceFile;
  readonly #options: ReadFileOptions;
  readonly #reader: DocumentReader;
  readonly #collector: FileCollector;
  #sentBytes = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(source: SourceFile, options: ReadFileOptions & { readonly isSingleOnly?: boolean }) {
    this.#source = source;
    this.#options = options;
    this.#collector = new FileCollector(options, source.detected.encoding);
    this.#reader = new DocumentReader({
      profiles: options.profiles,
      detected: source.detected,
      decoder: source.decoder,
      listener: this,
      isSingleOnly: options.isSingleOnly ?? false,
      alike: options.isSingleOnly === true ? (options.alike ?? null) : null,
    });
  }

  /** Null until the root element has been read. */
  get profile(): CompiledProfile | null {
    return this.#reader.start?.profile ?? null;
  }

  async run(): Promise<ReadFileResult> {
    const refusal = await this.#readAll();
    // Waits also after a refusal: the receiver must not be writing while its caller cleans up.
    await this.#sending;
    if (refusal !== null) return { ok: false, refusal };
    const { start } = this.#reader;
    const ended = this.#reader.finish();
    if (typeof ended !== 'string') return { ok: false, refusal: ended };
    if (start === null) throw new Error('a document ended soundly without a root element');
    if (start.reader.invoiceCount === 0)
      return {
        ok: false,
        refusal: refuseWithoutInvoices(
          `${start.profile.root.name}/${start.profile.profile.invoice ?? ''}`,
          start.rootPlace,
        ),
      };
    await this.#send(this.#source.sizeBytes);
    await this.#sending;
    return this.#options.signal.aborted
      ? { ok: false, refusal: refuseCancelled() }
      : { ok: true, file: this.#summary(start) };
  }

  invoice(found: InvoiceInFile, profile: CompiledProfile): void {
    this.#collector.add(found, profile);
  }

  forgotten(bytes: Uint8Array): void {
    this.#source.release(bytes);
  }

  async #readAll(): Promise<FileRefusal | null> {
    for (let step = await this.#source.next(); step.kind !== 'end'; step = await this.#source.next()) {
      if (this.#options.signal.aborted) return refuseCancelled();
      if (step.kind === 'failed') return step.refusal;
      const outcome = this.#reader.add(step.piece);
      if (typeof outcome !== 'string') return outcome;
      if (outcome === 'stopped') return null;
      const doneBytes = step.piece.byteOffset + step.piece.bytes.length;
      const isDue =
        this.#collector.rowCount >= rowsPerChunk ||
        this.#collector.problemCount >= problemsPerChunk ||
        doneBytes - this.#sentBytes >= bytesPerChunk;
      if (isDue) await this.#send(doneBytes);
    }
    return null;
  }

  /** Hands the collected rows on once the chunk before is taken. */
  async #send(doneBytes: number): Promise<void> {
    await this.#sending;
    this.#sentBytes = doneBytes;
    this.#sending = this.#options.onChunk({ ...this.#collector.take(), doneBytes });
    // The rejection is seen where the promise is awaited next.
    this.#sending.catch(() => undefined);
  }

  #summary({ profile, reader, namespaces, rootPlace }: DocumentStart): ParsedFile {
    return this.#collector.summary({
      profile,
      context: { encoding: this.#source.detected.encoding, profileId: profile.profile.id, namespaces },
      rootPlace,
      header: reader.header,
      invoiceCount: reader.invoiceCount,
      lines: this.#reader.lines,
    });
  }
}
