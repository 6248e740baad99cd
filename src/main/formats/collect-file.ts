// Collects what reading one file comes to: the rows and problems of its invoices, and at the end what is said of the file itself. No reading.

import { hash } from 'node:crypto';
import type { Problem } from '../../shared/schema/problem.ts';
import type { ParsedFile, ParsedInvoiceRow, SourceContext } from '../ports/import-source.ts';
import { checkHeader, headerPlace, headerText } from './batch-header.ts';
import type { BatchHeader } from './batch-header.ts';
import { checkInvoice } from './check-invoice.ts';
import type { CheckOptions } from './check-invoice.ts';
import { BatchCollector } from './collect-batch.ts';
import { formatNameOf } from './compile-dialects.ts';
import type { CompiledProfile } from './compile-profile.ts';
import type { InvoiceInFile } from './document-reader.ts';
import type { LineIndex } from './line-index.ts';
import type { HeaderValue } from './record-reader.ts';
import type { TextPlace } from './text-place.ts';
import { decodeWhole } from './xml-encoding.ts';
import type { Encoding } from './xml-encoding.ts';

/** How the invoices are checked. */
export interface CollectOptions extends Pick<CheckOptions, 'rules' | 'today' | 'severities'> {
  /** True: rows come with an empty `contentSha256`, and the receiver computes it from the bytes they name. */
  readonly leavesHashes?: boolean;
}

/** What is known of a document when it has been read to the end. */
export interface ReadDocument {
  readonly profile: CompiledProfile;
  readonly context: SourceContext;
  readonly rootPlace: TextPlace;
  readonly header: ReadonlyMap<number, HeaderValue>;
  readonly invoiceCount: number;
  readonly lines: LineIndex;
}

/** One file's invoices, in their order. */
export class FileCollector {
  readonly #options: CollectOptions;
  readonly #encoding: Encoding;
  readonly #batch = new BatchCollector();
  #rows: ParsedInvoiceRow[] = [];
  #problems: Problem[] = [];
  /** What the first invoice says it follows. */
  #name: { readonly format: string; readonly formatVersion: string } | null = null;

  constructor(options: CollectOptions, encoding: Encoding) {
    this.#options = options;
    this.#encoding = encoding;
  }

  /** Rows since they were taken. */
  get rowCount(): number {
    return this.#rows.length;
  }

  get problemCount(): number {
    return this.#problems.length;
  }

  /** Checks an invoice and makes its row. */
  add({ read, byteOffset, bytes }: InvoiceInFile, profile: CompiledProfile): void {
    const ordinal = read.record.index;
    const { line, column } = read.place;
    if (ordinal === 0) this.#name = formatNameOf(read.record, profile);
    const source = { read, profile, text: () => decodeWhole(bytes, this.#encoding) ?? '' };
    const { invoice, problems } = checkInvoice(source, this.#options, (checked) =>
      this.#batch.findDuplicate(checked, { line, ordinal }),
    );
    const contentSha256 = this.#options.leavesHashes === true ? '' : hash('sha256', bytes, 'hex');
    this.#rows.push(
      this.#batch.add(invoice, problems, {
        ordinal,
        byteOffset,
        byteLength: bytes.length,
        line,
        column,
        contentSha256,
      }),
    );
    for (const problem of problems) this.#problems.push(problem);
  }

  /** Hands out the rows and problems since the last time. */
  take(): { readonly rows: readonly ParsedInvoiceRow[]; readonly problems: readonly Problem[] } {
    const taken = { rows: this.#rows, problems: this.#problems };
    this.#rows = [];
    this.#problems = [];
    return taken;
  }

  /** What is said of the file: its name, its period, and its header held against what was read. */
  summary({ profile, context, rootPlace, header: values, invoiceCount, lines }: ReadDocument): ParsedFile {
    const header: BatchHeader = { plan: profile.header, values, rootPlace };
    return {
      ...(this.#name ?? { format: profile.profile.format, formatVersion: profile.profile.version }),
      context,
      sourceBatchId: headerText(header, 'sourceBatchId'),
      sourceBatchIdPlace: headerPlace(header, 'sourceBatchId'),
      sellerName: headerText(header, 'sellerName') ?? this.#batch.sellerName,
      periodStart: this.#batch.periodStart,
      periodEnd: this.#batch.periodEnd,
      invoiceCount,
      lineCount: lines.lineCount,
      isSingleInvoice: profile.isSingleInvoice,
      lineIndex: lines.offsets,
      problems: checkHeader(header, { invoiceCount, batch: this.#batch }),
    };
  }
}
