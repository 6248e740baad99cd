// Re-reads one invoice from its bytes: the same tokenizer, records and assembly as at import.

import { join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FieldPlace, Invoice } from '../../shared/schema/invoice.ts';
import type { ReadInvoiceSlice } from '../ports/import-source.ts';
import { invoiceWithPlaces } from './check-invoice.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { ProfileLibrary } from './load-profiles.ts';
import { RecordReader } from './record-reader.ts';
import { refuseFault } from './refusal.ts';
import { asEncoding, decodeWhole } from './xml-encoding.ts';
import { XmlStream } from './xml-stream.ts';

/** The invoice and where its fields stand. */
export interface InvoiceWithPlaces {
  readonly invoice: Invoice;
  readonly places: readonly FieldPlace[];
}

/**
 * Makes the slice reader over the profiles in `resourcesDir`/profiles, and the installation's own ones, which are loaded at the first call.
 * Errors of the reader: INVALID_XML (the bytes are not the invoice that was imported: the source changed), NOT_FOUND (the profile
 * it was imported with is gone), and those of {@link loadProfiles}.
 */
export function createReadInvoiceSlice(options: {
  readonly resourcesDir: string;
  /** Folder of the installation's own profiles; left out for none. */
  readonly ownProfilesDir?: string;
}): ReadInvoiceSlice {
  const library = new ProfileLibrary({
    builtIn: join(options.resourcesDir, 'profiles'),
    own: options.ownProfilesDir ?? null,
  });
  return (bytes, place, context) => {
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
  };
}

interface SliceOptions {
  readonly profile: CompiledProfile;
  readonly place: Parameters<ReadInvoiceSlice>[1];
  readonly namespaces: Readonly<Record<string, string>>;
}

function readText(text: string, { profile, place, namespaces }: SliceOptions): Result<InvoiceWithPlaces> {
  const found: InvoiceWithPlaces[] = [];
  const reader = new RecordReader(profile, 'invoice', {
    invoiceStarted: () => undefined,
    invoiceRead: (read) => {
      const record = { ...read.record, index: place.ordinal };
      found.push(
        invoiceWithPlaces({
          read: { ...read, record, place: { line: place.line, column: place.column } },
          profile,
          text: () => text,
        }),
      );
    },
  });
  const stream = new XmlStream(reader, namespaces);
  reader.attach(stream);
  const written = stream.write(text);
  const ended = written === 'more' ? stream.end() : written;
  if (typeof ended !== 'string') return { ok: false, error: refuseFault(ended, null).error };
  const [invoice] = found;
  return invoice === undefined ? changed() : ok(invoice);
}

function changed(): ReturnType<typeof fail> {
  return fail(
    'INVALID_XML',
    'The bytes kept for this invoice are not the invoice that was imported. The source file has changed.',
  );
}
