// The store port for the audit log: noting an act that changes nothing else in the store, and reading the log.

import type { AuditAction, AuditEntry, AuditFilter } from '../../shared/schema/audit.ts';
import type { Act } from './act.ts';

/** Facts of an act: texts and numbers, never secrets. */
export type AuditFacts = Readonly<Record<string, string | number | null>>;

/** An entry with the text that its hash covers. */
export interface SealedEntry extends AuditEntry {
  /** The hash is the SHA-256 of this text as UTF-8. */
  readonly sealed: string;
}

/** The verbs. */
export interface AuditStore {
  /** An act outside of the store's own verbs (a file was added, a copy restored). */
  note(action: AuditAction, facts: AuditFacts, act: Act): void;
  /** Newest first. */
  page(
    filter: AuditFilter,
    offset: number,
    limit: number,
  ): { readonly total: number; readonly entries: readonly AuditEntry[] };
  /** Up to `limit` entries after an id, oldest first; for exports. */
  after(id: number, filter: AuditFilter, limit: number): readonly SealedEntry[];
}
