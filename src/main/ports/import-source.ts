// Ports for reading source files: the streaming parse in a worker, and slices on demand.

import type { InvoiceTerms } from '../domain/rules/history/invoice-terms.ts';
import type { OwnSeverities } from '../domain/rules/own-severities.ts';
import type { AppError, Result } from '../../shared/result.ts';
import type { FormatId } from '../../shared/schema/batch.ts';
import type { Channel } from '../../shared/schema/delivery.ts';
import type { FieldPlace, Invoice } from '../../shared/schema/invoice.ts';
import type { Problem } from '../../shared/schema/problem.ts';

/** Where an invoice's bytes stand in its file. */
export interface SourcePlace {
  readonly fileOrdinal: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** 1-based place of the invoice element's start tag. */
  readonly line: number;
  readonly column: number;
  /** 0-based position in its file, for paths (`Invoice[12]/…`). */
  readonly ordinal: number;
}

/** What a slice needs from its surroundings to be read alone. */
export interface SourceContext {
  /** `utf-8`, `utf-16le`, `utf-16be`, `iso-8859-1`, `windows-1252`. */
  readonly encoding: string;
  /** Id of the profile that read it, for example `gasel-1.0`. */
  readonly profileId: string;
  /** Prefix → namespace in scope at the invoice element; '' = default. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** A CSV's header: what separates, and the columns' names in lower case. */
  readonly columns?: { readonly delimiter: ',' | ';'; readonly names: readonly string[] } | undefined;
}

/** A value of an invoice that is read as something else than what stands in the source. */
export interface AppliedCorrection {
  /** Names the value in its record, by the format's own lists: `buyer.name`, `lines/3/description`, `taxTotals/0/vat/1/taxMinor`. */
  readonly field: string;
  /** What was read there before; it must still be so, or the invoice is not read at all. */
  readonly before: string;
  readonly after: string;
}

/** A slice's surroundings, and the corrections that stand for its invoice, oldest first. */
export interface SliceContext extends SourceContext {
  readonly corrections?: readonly AppliedCorrection[];
}

/** One invoice as the import hands it to the store: slim, with its place and what later invoices are compared with. */
export interface ParsedInvoiceRow extends SourcePlace, InvoiceTerms {
  /** 0-based in the file; the import adds the files before it. */
  readonly ordinal: number;
  readonly kind: 'invoice' | 'creditNote';
  /** Empty text when the source has none (there is a problem then). */
  readonly invoiceNumber: string;
  /** Normalised organisation or VAT number of the seller, else its name in lower case; with the number it is the business key. */
  readonly sellerKey: string;
  readonly customerName: string;
  readonly city: string;
  readonly email: string | null;
  readonly invoiceDate: string | null;
  readonly dueDate: string | null;
  readonly currency: string;
  readonly payableMinor: number | null;
  readonly channel: 'email' | 'sftp';
  readonly errorCount: number;
  readonly warningCount: number;
  readonly contentSha256: string;
}

/** A chunk on its way from the worker, in file order. */
export interface ParsedChunk {
  readonly rows: readonly ParsedInvoiceRow[];
  readonly problems: readonly Problem[];
  readonly doneBytes: number;
}

/** What is known of a file once it is read to the end. */
export interface ParsedFile {
  readonly format: FormatId;
  readonly formatVersion: string | null;
  readonly context: SourceContext;
  readonly sourceBatchId: string | null;
  /** 1-based place of that id; absent or null where the file has none. */
  readonly sourceBatchIdPlace?: { readonly line: number; readonly column: number } | null;
  readonly sellerName: string | null;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
  readonly invoiceCount: number;
  readonly lineCount: number;
  /** True for a document that is one invoice (UBL), which may be dropped together with others as one batch. */
  readonly isSingleInvoice: boolean;
  /** Line index: byte offset of line 1, 1001, 2001, … for windows into large files; one number per 1000 lines. */
  readonly lineIndex: readonly number[];
  /** Problems of the file as a whole found at its end (declared counts or sums that do not add up). */
  readonly problems: readonly Problem[];
}

/** A file that can't be a batch: code as EG Flow names it, problem with the place. */
export interface FileRefusal {
  readonly error: AppError;
  readonly problems: readonly Problem[];
}

/** How a file is to be read. */
export interface ParseOptions {
  readonly signal: AbortSignal;
  /** Chunks come strictly in order; the next is sent only when this promise resolves (back-pressure). */
  readonly onChunk: (chunk: ParsedChunk) => Promise<void>;
  /** Calendar date of today, for rules about due dates. */
  readonly today: string;
  /** The organisation's own severities; absent: each rule has its own. */
  readonly severities?: OwnSeverities;
  /** Channels that the workspace has a connection of; absent: not known, and their rules are not asked. */
  readonly connected?: readonly Channel[];
}

/** What a file that may be one invoice turned out to be. */
export type SingleReading =
  | {
      readonly kind: 'single';
      /** Of the profile: what shares a batch. `file` has the dialect's. */
      readonly format: FormatId;
      readonly rows: readonly ParsedInvoiceRow[];
      readonly problems: readonly Problem[];
      readonly file: ParsedFile;
    }
  /** A file that may hold many invoices: it was not read further. */
  | { readonly kind: 'several' }
  /** Held bytes with something unusual about them: reading them as a file says what they are. */
  | { readonly kind: 'unusual' }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal };

/** A file that may be one invoice. */
export type SingleToRead =
  | { readonly path: string }
  /** All of it, where somebody has it already. */
  | { readonly bytes: Uint8Array };

/** Streaming parse and validation of files, in a worker thread. */
export interface SourceParser {
  /** Files beyond this are refused. */
  readonly largestFileBytes: number;
  /** Starts the thread, so that the first file need not wait for it. */
  warm(): void;
  /** Looks at size, encoding, root and namespace only; tells whether the file may share a batch with others. */
  detect(
    path: string,
  ): Promise<
    | { readonly ok: true; readonly format: FormatId; readonly isSingleInvoice: boolean }
    | { readonly ok: false; readonly refusal: FileRefusal }
  >;
  parse(
    path: string,
    options: ParseOptions,
  ): Promise<{ readonly ok: true; readonly file: ParsedFile } | { readonly ok: false; readonly refusal: FileRefusal }>;
  /** Reads files of one invoice each whole; answers in their order, with less work for each file than {@link parse}. */
  readSingles(
    files: readonly SingleToRead[],
    options: Omit<ParseOptions, 'onChunk'>,
  ): Promise<readonly SingleReading[]>;
  close(): Promise<void>;
}

/** Re-reads one invoice from its bytes; same code as the import. Pure and synchronous (a slice is small). */
export type ReadInvoiceSlice = (
  bytes: Uint8Array,
  place: SourcePlace,
  context: SliceContext,
) => Result<{ readonly invoice: Invoice; readonly places: readonly FieldPlace[] }>;
