// Re-reads one invoice from its bytes: the same tokenizer, records and assembly as at import, with the invoice's corrections in between.

import { join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ReadInvoiceSlice, SourcePlace } from '../ports/import-source.ts';
import type { InvoiceSlice } from '../ports/invoice-doctor.ts';
import { invoiceWithPlaces } from './check-invoice.ts';
import type { InvoiceSource } from './check-invoice.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { csvProfileId } from './csv-profile.ts';
import { applyCorrections, withUsedTexts } from './correct-record.ts';
import type { CorrectedValue } from './correct-record.ts';
import { ProfileLibrary } from './load-profiles.ts';
import { readCsvSlice } from './read-csv-slice.ts';
import { RecordReader } from './record-reader.ts';
import { refuseFault } from './refusal.ts';
import { asEncoding, decodeWhole } from './xml-encoding.ts';
import { XmlStream } from './xml-stream.ts';

/** Reads one invoice's record from its bytes, with its corrections in it. */
export type OpenSlice = (slice: InvoiceSlice) => Result<OpenedSlice>;

/** A read invoice before it is assembled. */
export interface OpenedSlice {
  readonly source: InvoiceSource;
  readonly corrected: readonly CorrectedValue[];
}

/**
 * Makes the slice reader over the profiles in `resourcesDir`/profiles, and the installation's own ones, which are loaded at the first call.
 * Errors of the reader: INVALID_XML (the bytes are not the invoice that was imported: the source changed), NOT_FOUND (the profile
 * it was imported with is gone), CONFLICT (a correction does not fit what is read), and those of {@link loadProfiles}.
 */
export function createReadInvoiceSlice(options: SliceReaderOptions): ReadInvoiceSlice {
  const open = createOpenSlice(options);
  return (bytes, place, context) => {
    const opened = open({ bytes, place, context });
    if (!opened.ok) return opened;
    const { source, corrected } = opened.value;
    const { invoice, places } = invoiceWithPlaces(source);
    return ok({ invoice, places: corrected.length === 0 ? places : withUsedTexts(places, { source, corrected }) });
  };
}

/** Where profiles are. */
export interface SliceReaderOptions {
  readonly resourcesDir: string;
  /** Folder of the installation's own profiles; left out for none. */
  readonly ownProfilesDir?: string;
}

/** The part of the slice reader before the assembly. Errors as {@link createReadInvoiceSlice}. */
export function createOpenSlice(options: SliceReaderOptions): OpenSlice {
  const library = new ProfileLibrary({
    builtIn: join(options.resourcesDir, 'profiles'),
    own: options.ownProfilesDir ?? null,
  });
  return ({ bytes, place, context }) => {
    const read =
      context.profileId === csvProfileId
        ? readCsvSlice(bytes, place, context)
        : readXmlSlice(bytes, { place, context, library });
    if (!read.ok) return read;
    const corrected = applyCorrections(read.value.read.record, context.corrections ?? []);
    return corrected.ok ? ok({ source: read.value, corrected: corrected.value }) : corrected;
  };
}

function readXmlSlice(
  bytes: Uint8Array,
  {
    place,
    context,
    library,
  }: Pick<Parameters<OpenSlice>[0], 'place' | 'context'> & { readonly library: ProfileLibrary },
): Result<InvoiceSource> {
  const profiles = library.current();
  if (!profiles.ok) return profiles;
  const profile = profiles.value.byId(context.profileId);
  if (profile === null)
    return fail('NOT_FOUND', 'The format profile this invoice was imported with is not there any more.', {
      profileId: context.profileId,
    });
  const encoding = asEncoding(context.encoding);
  const text = encoding === null ? null : decodeWhole(bytes, encoding);
  return text === null ? changed() : readText(text, { profile, place, namespaces: context.namespaces });
}

interface SliceOptions {
  readonly profile: CompiledProfile;
  readonly place: SourcePlace;
  readonly namespaces: Readonly<Record<string, string>>;
}

function readText(text: string, { profile, place, namespaces }: SliceOptions): Result<InvoiceSource> {
  const found: InvoiceSource[] = [];
  const reader = new RecordReader(profile, 'invoice', {
    invoiceStarted: () => undefined,
    invoiceRead: (read) => {
      const record = { ...read.record, index: place.ordinal };
      // The reader uses its list of places again; a slice holds one invoice.
      const nodeStarts = [...read.nodeStarts];
      found.push({
        read: { ...read, record, nodeStarts, place: { line: place.line, column: place.column } },
        profile,
        text: () => text,
      });
    },
  });
  const stream = new XmlStream(reader, namespaces);
  reader.attach(stream);
  const written = stream.write(text);
  const ended = written === 'more' ? stream.end() : written;
  if (typeof ended !== 'string') return { ok: false, error: refuseFault(ended, null).error };
  const [source] = found;
  return source === undefined ? changed() : ok(source);
}

function changed(): ReturnType<typeof fail> {
  return fail(
    'INVALID_XML',
    'The bytes kept for this invoice are not the invoice that was imported. The source file has changed.',
  );
}
