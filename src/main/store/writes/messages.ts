// E-mails that a release froze: kept once under their hash, and checked against it whenever they are read.

import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { MessageStore } from '../../ports/message-store.ts';
import type { StoreCore } from '../core.ts';
import { change, column } from '../sqlite.ts';

const messageSchema = z.object({ subject: z.string(), text: z.string(), html: z.string() });
/** No message is longer: templates, fields and table rows are all limited. */
const mostBytes = 4 * 1024 * 1024;

/** The verbs. */
export function createMessageStore({ db, log, writeLoosely }: StoreCore): MessageStore {
  const isThere = column<number>(db, 'SELECT 1 FROM messages WHERE sha256 = ?');
  const add = change(db, 'INSERT INTO messages (sha256, body) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const body = column<Buffer>(db, 'SELECT body FROM messages WHERE sha256 = ?');
  const ofInvoice = column<string>(
    db,
    "SELECT message_sha256 FROM deliveries WHERE invoice_id = ? AND state <> 'cancelled' AND message_sha256 IS NOT NULL ORDER BY id DESC LIMIT 1",
  );
  return {
    keep: ({ subject, text, html }) => {
      const json = JSON.stringify({ subject, text, html });
      const sha256 = sha256Of(json);
      // The release that names it is synced; until then nobody can miss it.
      if (isThere.get(sha256) !== 1) writeLoosely(() => add(sha256, deflateRawSync(json)));
      return sha256;
    },
    read: (sha256) => {
      const kept = body.get(sha256);
      if (kept === undefined) return null;
      const json = keptMessage(kept);
      if (json !== null && sha256Of(json) === sha256) return messageSchema.parse(JSON.parse(json));
      log.error('a kept message is not what was kept', { sha256 });
      return null;
    },
    ofInvoice: (invoiceId) => ofInvoice.get(invoiceId) ?? null,
  };
}

/** The JSON that was kept; null where the row's bytes can't be read. */
export function keptMessage(body: Buffer): string | null {
  try {
    return inflateRawSync(body, { maxOutputLength: mostBytes }).toString('utf8');
  } catch {
    // Whatever zlib says of it: these are not the bytes that were written.
    return null;
  }
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
