// The audit log as a text: CSV for a person with a spreadsheet, JSON lines for whoever wants to check the chain.

import type { AuditFilter, AuditForm } from '../../shared/schema/audit.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { wordsForFact, wordsForFactValue } from '../../shared/words/audit-fact-words.ts';
import { auditColumnNames, wordsForAct } from '../../shared/words/audit-words.ts';
import { csvCell } from '../domain/csv-cell.ts';
import type { SealedEntry } from '../ports/audit-store.ts';
import type { AppContext } from './context.ts';
import { nextTurn } from './next-turn.ts';

const piece = 1_000;

/** How it is exported. */
export interface AuditExport {
  readonly filter: AuditFilter;
  readonly form: AuditForm;
  readonly language: Language;
}

/** Oldest first. Others get their turn between the pieces. */
export async function exportAudit(
  { store, clock }: Pick<AppContext, 'store' | 'clock'>,
  { filter, form, language }: AuditExport,
): Promise<{ readonly fileName: string; readonly text: string }> {
  // Excel takes a file for UTF-8 only with the mark.
  const lines: string[] = form === 'csv' ? [`\uFEFF${auditColumnNames[language].map(csvCell).join(';')}\r\n`] : [];
  for (let last = 0; ;) {
    const entries = store.audit.after(last, filter, piece);
    const end = entries.at(-1);
    if (end === undefined) break;
    lines.push(...entries.map((entry) => (form === 'csv' ? csvLine(entry, language) : jsonLine(entry))));
    last = end.id;
    await nextTurn();
  }
  const day = new Date(clock.nowMs()).toISOString().slice(0, 10);
  return { fileName: `utskick-audit-${day}.${form}`, text: lines.join('') };
}

function csvLine(entry: SealedEntry, language: Language): string {
  const facts = Object.entries(entry.facts).map(
    ([name, value]) =>
      `${wordsForFact(name, language)}: ${value === null ? '' : wordsForFactValue(name, value, language)}`,
  );
  const cells = [
    entry.id,
    new Date(entry.atMs).toISOString(),
    entry.actor,
    wordsForAct(entry.action, language),
    entry.batchName ?? '',
    entry.concerned,
    facts.join('\n'),
    entry.hash,
  ];
  return `${cells.map(csvCell).join(';')}\r\n`;
}

/** `hash` is the SHA-256 of `sealed` as UTF-8, and `sealed` holds the hash of the entry before. */
function jsonLine({ sealed, ...entry }: SealedEntry): string {
  return `${JSON.stringify({ ...entry, at: new Date(entry.atMs).toISOString(), sealed })}\n`;
}
