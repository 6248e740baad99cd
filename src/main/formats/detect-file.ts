// Looks at a file's size, encoding and root element only: which format it is, or why it is none.

import type { FormatId } from '../../shared/schema/batch.ts';
import type { FileRefusal } from '../ports/import-source.ts';
import { DocumentReader } from './document-reader.ts';
import type { ProfileSet } from './load-profiles.ts';
import { refuseUnreadable } from './refusal.ts';
import { openSource } from './source-file.ts';

/** What a file is. */
export type Detection =
  | { readonly ok: true; readonly format: FormatId; readonly isSingleInvoice: boolean }
  | { readonly ok: false; readonly refusal: FileRefusal };

/** Reads until the root element (normally one piece). Codes: FILE_TOO_LARGE, UNREADABLE, INVALID_XML, UNSUPPORTED_FORMAT. */
export async function detectFile(path: string, profiles: ProfileSet): Promise<Detection> {
  const opened = await openSource(path);
  if (!opened.ok) return opened;
  const { source } = opened;
  try {
    const reader = new DocumentReader({ profiles, detected: source.detected, decoder: source.decoder, listener: null });
    for (let step = await source.next(); step.kind !== 'end'; step = await source.next()) {
      if (step.kind === 'failed') return { ok: false, refusal: step.refusal };
      const outcome = reader.add(step.piece);
      if (typeof outcome !== 'string') return { ok: false, refusal: outcome };
      if (outcome === 'stopped') break;
    }
    if (reader.start !== null)
      return {
        ok: true,
        format: reader.start.profile.profile.format,
        isSingleInvoice: reader.start.profile.isSingleInvoice,
      };
    const ended = reader.finish();
    return { ok: false, refusal: typeof ended === 'string' ? refuseUnreadable(path, 'no root element') : ended };
  } finally {
    await source.close();
  }
}
