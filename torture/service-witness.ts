// Compares what a service with data of its own has (orders, invoices) with what the database says, step by step. Reads both from outside.

import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Finding } from './witness.ts';

/** What is known of a service's ledger: the client's own key in it, and the events that are its effects, a step each. */
export interface ServiceLedger {
  readonly keyField: string;
  readonly effects: readonly string[];
  /** Of an effect of the first step, what makes two of them the same invoice whatever key they came under. */
  readonly contentOf: (line: ServiceLine) => unknown;
}

const lineSchema = z.looseObject({ event: z.string() });
/** A line of a service's ledger. */
export type ServiceLine = z.infer<typeof lineSchema>;

const rowSchema = z.object({
  id: z.number(),
  previousId: z.number().nullable(),
  step: z.number(),
  steps: z.number(),
  invoiceNumber: z.string(),
  state: z.string(),
  idempotencyKey: z.string(),
  sha256: z.string(),
});
/** One step of one delivery, as its row says. */
export type StepRow = z.infer<typeof rowSchema>;

/** Both sides of one moment. */
export interface ServiceMoment {
  readonly rows: readonly StepRow[];
  readonly lines: readonly ServiceLine[];
  /** Effects that belong to a row. */
  readonly effectsOf: (row: StepRow) => readonly ServiceLine[];
  readonly findings: readonly Finding[];
}

/** States in which the service may have the effect. */
const mayBeDone = new Set(['sending', 'unknown', 'accepted']);

/** Reads both. `scratchDir` takes a copy of the database, so that nothing is recovered before the product does it. */
export function readMoment(
  ledger: ServiceLedger,
  place: { readonly dataDir: string; readonly ledgerPath: string; readonly scratchDir: string },
): ServiceMoment {
  const rows = readRows(place.dataDir, place.scratchDir);
  const lines = readLines(place.ledgerPath);
  const keyOf = keysOf(rows, lines, { ledger, dataDir: place.dataDir });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const firstOf = (row: StepRow): StepRow => {
    const before = row.previousId === null ? undefined : byId.get(row.previousId);
    return before === undefined ? row : firstOf(before);
  };
  const byKey = Map.groupBy(lines, (line) => String(line[ledger.keyField]));
  const effectsOf = (row: StepRow): readonly ServiceLine[] => {
    const key = keyOf.get(firstOf(row).id);
    return (byKey.get(key ?? '') ?? []).filter(({ event }) => event === ledger.effects[row.step - 1]);
  };
  return { rows, lines, effectsOf, findings: compare({ rows, lines, effectsOf, findings: [] }, ledger, keyOf) };
}

/** What must be true when all is settled. */
export function compareServiceAtEnd(
  { rows, lines }: ServiceMoment,
  ledger: ServiceLedger,
  released: ReadonlySet<string>,
): Finding[] {
  const findings: Finding[] = [];
  for (const invoiceNumber of released) {
    const own = rows.filter((row) => row.invoiceNumber === invoiceNumber);
    const steps = own[0]?.steps ?? 1;
    const accepted = own.filter(({ state }) => state === 'accepted').length;
    if (accepted !== steps)
      findings.push(
        wrong(`${invoiceNumber} ended as ${own.map(({ step, state }) => `${String(step)} ${state}`).join()}`),
      );
  }
  for (const effect of ledger.effects) {
    const count = lines.filter(({ event }) => event === effect).length;
    if (count < released.size)
      findings.push({ kind: 'lost', what: `${String(released.size - count)} of ${effect} never came to the service` });
    if (count > released.size)
      findings.push({ kind: 'double', what: `${String(count - released.size)} of ${effect} came too many` });
  }
  return findings;
}

function compare(
  { rows, lines, effectsOf }: ServiceMoment,
  ledger: ServiceLedger,
  keyOf: ReadonlyMap<number, string>,
): Finding[] {
  const findings: Finding[] = [];
  const first = lines.filter(({ event }) => event === ledger.effects[0]);
  for (const [content, same] of Map.groupBy(first, (line) => JSON.stringify(ledger.contentOf(line))))
    if (same.length > 1)
      findings.push({ kind: 'double', what: `the service has ${String(same.length)} times ${content.slice(0, 80)}` });
  const known = new Set(keyOf.values());
  for (const line of first)
    if (!known.has(String(line[ledger.keyField])))
      findings.push(wrong(`the service has ${String(line[ledger.keyField])}, which is no delivery's`));
  for (const row of rows) {
    const { invoiceNumber, step, state } = row;
    const count = effectsOf(row).length;
    const name = `${invoiceNumber}, step ${String(step)},`;
    if (count > 1) findings.push({ kind: 'double', what: `${name} is at the service ${String(count)} times` });
    if (count > 0 && !mayBeDone.has(state)) findings.push(wrong(`${name} is at the service and shown as ${state}`));
    if (count === 0 && state === 'accepted')
      findings.push({ kind: 'lost', what: `${name} is shown as sent and the service has it not` });
  }
  return findings;
}

/** A delivery's key at the service: part of its idempotency key, or written in its frozen document. */
function keysOf(
  rows: readonly StepRow[],
  lines: readonly ServiceLine[],
  { ledger, dataDir }: { readonly ledger: ServiceLedger; readonly dataDir: string },
): ReadonlyMap<number, string> {
  const keys = new Set(
    lines.filter(({ event }) => event === ledger.effects[0]).map((line) => String(line[ledger.keyField])),
  );
  const found = new Map<number, string>();
  for (const row of rows) {
    if (row.step !== 1) continue;
    const places = [row.idempotencyKey, readDocument(dataDir, row.sha256)];
    const key = [...keys].find((one) => places.some((place) => place.includes(one)));
    if (key !== undefined) found.set(row.id, key);
  }
  return found;
}

function readDocument(dataDir: string, sha256: string): string {
  for (const extension of ['xml', 'json']) {
    const path = join(dataDir, 'documents', sha256.slice(0, 2), `${sha256}.${extension}`);
    if (existsSync(path)) return readFileSync(path, 'utf8');
  }
  return '';
}

function readRows(dataDir: string, scratchDir: string): readonly StepRow[] {
  rmSync(scratchDir, { recursive: true, force: true });
  mkdirSync(scratchDir, { recursive: true });
  const name = 'utskick.db';
  for (const end of ['', '-wal'])
    if (existsSync(join(dataDir, name + end))) copyFileSync(join(dataDir, name + end), join(scratchDir, name + end));
  const db = new Database(join(scratchDir, name));
  try {
    return z.array(rowSchema).parse(
      db
        .prepare(
          `SELECT d.id, d.previous_id AS previousId, d.step, d.steps, i.invoice_number AS invoiceNumber, d.state,
             d.idempotency_key AS idempotencyKey, d.document_sha256 AS sha256
           FROM deliveries d JOIN invoices i ON i.id = d.invoice_id WHERE d.cancelled_no = 0`,
        )
        .all(),
    );
  } finally {
    db.close();
  }
}

function readLines(path: string): readonly ServiceLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.filter((line) => line !== '').map((line) => lineSchema.parse(JSON.parse(line)));
}

function wrong(what: string): Finding {
  return { kind: 'wrong', what };
}
