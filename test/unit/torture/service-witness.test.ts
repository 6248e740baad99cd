// The bench's witness of services must see what is lost, doubled or shown wrongly; a witness that sees nothing proves nothing.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compareServiceAtEnd, readMoment } from '../../../torture/service-witness.ts';
import type { ServiceMoment } from '../../../torture/service-witness.ts';

const ledger = {
  keyField: 'key',
  effects: ['created', 'delivered'],
  contentOf: ({ content }: Record<string, unknown>): unknown => content,
};
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'utskick-unit-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

/** One invoice of two steps in these states; the lines are the service's ledger. */
function moment(states: readonly string[], lines: readonly object[]): ServiceMoment {
  const dataDir = join(dir, 'data');
  mkdirSync(dataDir);
  const db = new Database(join(dataDir, 'utskick.db'));
  db.exec(`CREATE TABLE invoices (id, invoice_number);
    CREATE TABLE deliveries (id, invoice_id, previous_id, step, steps, state, idempotency_key, document_sha256, cancelled_no);
    INSERT INTO invoices VALUES (1, 'F1')`);
  const insert = db.prepare("INSERT INTO deliveries VALUES (?, 1, ?, ?, 2, ?, ?, 'none', 0)");
  for (const [index, state] of states.entries())
    insert.run(index + 1, index === 0 ? null : index, index + 1, state, `k${String(index + 1)}-and-more`);
  db.close();
  const ledgerPath = join(dir, 'ledger.jsonl');
  writeFileSync(ledgerPath, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return readMoment(ledger, { dataDir, ledgerPath, scratchDir: join(dir, 'scratch') });
}
const created = { event: 'created', key: 'k1', content: 'a' };
const delivered = { event: 'delivered', key: 'k1' };
const kinds = (found: ServiceMoment): string[] => found.findings.map(({ kind }) => kind);

it('finds nothing where both sides say the same', () => {
  const found = moment(['accepted', 'accepted'], [created, delivered]);
  expect([...found.findings, ...compareServiceAtEnd(found, ledger, new Set(['F1']))]).toEqual([]);
});

it('takes a doubt for what it is, with and without the effect', () => {
  expect(moment(['accepted', 'unknown'], [created]).findings).toEqual([]);
});

it.each<readonly [string, readonly string[], readonly object[], readonly string[]]>([
  ['a step that is shown as sent and is not there', ['accepted', 'accepted'], [created], ['lost']],
  ['a step that is there and shown as not sent', ['accepted', 'queued'], [created, delivered], ['wrong']],
  ['an order that was made twice under one key', ['accepted'], [created, created], ['double', 'double']],
  ['an order made again under another key', ['accepted'], [created, { ...created, key: 'x9' }], ['double', 'wrong']],
  ['an order that was delivered twice', ['accepted', 'accepted'], [created, delivered, delivered], ['double']],
])('sees %s', (_what, states, lines, expected) => {
  expect(kinds(moment(states, lines))).toEqual(expected);
});

it('sees at the end what never came, what is left, and what came too often', () => {
  const found = moment(['accepted', 'unknown'], [created, created]);
  expect(compareServiceAtEnd(found, ledger, new Set(['F1'])).map(({ kind }) => kind)).toEqual([
    'wrong',
    'double',
    'lost',
  ]);
});
