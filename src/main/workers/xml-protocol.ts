// Messages between the XML pool and its worker thread. Shapes only; both sides are built together.

import type { Channel } from '../../shared/schema/delivery.ts';
import type { OwnSeverities } from '../domain/rules/own-severities.ts';
import type { ProfileFolders } from '../formats/load-profiles.ts';
import type { FileRefusal, ParsedChunk, ParsedFile, SingleReading } from '../ports/import-source.ts';
import type { RowOnTheWay } from './row-hashes.ts';

/** What the worker is started with. */
export interface XmlWorkerData {
  readonly profiles: ProfileFolders;
}

/** To the worker. It takes up the jobs in the order in which they come, one after the other. */
export type XmlRequest =
  | {
      readonly kind: 'parse';
      readonly jobId: number;
      readonly path: string;
      readonly today: string;
      readonly severities?: OwnSeverities;
      readonly connected?: readonly Channel[];
    }
  | {
      readonly kind: 'singles';
      readonly jobId: number;
      readonly files: readonly SingleOnTheWay[];
      /** Contents of files that are small, one after the other. */
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly today: string;
      readonly severities?: OwnSeverities;
      readonly connected?: readonly Channel[];
    }
  /** The chunk was taken; the next may come. */
  | { readonly kind: 'taken'; readonly jobId: number }
  | { readonly kind: 'cancel'; readonly jobId: number };

/** A file of one invoice: where it lies, or how many of the bytes that come with the request are all of it. */
export type SingleOnTheWay = { readonly path: string } | { readonly length: number };

/** What a file is; the rows of one whose contents came with the request lack their hashes. */
export type ReadingOnTheWay =
  | Exclude<SingleReading, { readonly kind: 'single' }>
  | (Omit<Extract<SingleReading, { readonly kind: 'single' }>, 'rows'> & { readonly rows: readonly RowOnTheWay[] });

/** A chunk whose rows may lack their hashes. */
export interface ChunkOnTheWay extends Omit<ParsedChunk, 'rows'> {
  readonly rows: readonly RowOnTheWay[];
}

/** From the worker. The memory in which contents came goes back. */
export type XmlReply =
  | { readonly kind: 'chunk'; readonly jobId: number; readonly chunk: ChunkOnTheWay }
  | {
      readonly kind: 'singles';
      readonly jobId: number;
      readonly readings: readonly ReadingOnTheWay[];
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'done'; readonly jobId: number; readonly file: ParsedFile }
  | { readonly kind: 'refused'; readonly jobId: number; readonly refusal: FileRefusal };
