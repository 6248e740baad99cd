// utskick fix, run as a process over a data folder: look, correct, take back, and what it says when it can't.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import type { FixOutcome, FixPreview } from '../../../src/shared/schema/fix.ts';
import { temporaryFolder, utskick } from '../../support/cli.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

// Every command is a process of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const folder = temporaryFolder();
const data = ['--data', join(folder, 'data')];
let batch: readonly string[];

beforeAll(async () => {
  const file = join(folder, 'batch.xml');
  writeFileSync(
    file,
    batchText([
      invoiceText({ id: '1', dueDate: '06.12.2026', name: 'Ã…sa Ã–berg' }),
      invoiceText({ id: '2', dueDate: '06/12/2026' }),
      invoiceText({ id: '3' }),
    ]),
  );
  const imported = await utskick(['import', file, ...data, '--json']);
  const { batches } = JSON.parse(imported.stdout) as { batches: { batchId: string; imported: number }[] };
  expect(batches).toMatchObject([{ imported: 1 }]);
  batch = ['--batch', batches[0]?.batchId ?? ''];
});

const fix = (...args: readonly string[]) => utskick(['fix', ...batch, ...data, ...args]);

it('shows what would change without changing it, corrects it, and takes it back', async () => {
  const looked = await fix('--rule', 'core.type.date', '--dry-run', '--json');
  expect(JSON.parse(looked.stdout) as FixPreview).toMatchObject({
    values: 1,
    notMechanical: 1,
    samples: [{ invoiceNumber: '1', before: '06.12.2026', after: '2026-12-06' }],
  });
  expect(looked.code).toBe(1);

  const fixed = await fix('--rule', 'core.type.date', '--json');
  expect(fixed.code).toBe(1);
  expect(JSON.parse(fixed.stdout) as FixOutcome).toMatchObject({ values: 1, becameReady: 1, notMechanical: 1 });
  expect((await utskick(['status', ...data])).stdout).toContain('ready 2 + quarantined 1');

  const undone = await fix('--rule', 'core.type.date', '--undo');
  expect(undone).toMatchObject({ code: 0, stdout: 'Took back 1 value in 1 invoice; 1 invoice no longer ready.\n' });
  expect((await utskick(['status', ...data])).stdout).toContain('ready 1 + quarantined 2');
});

it('says in words what it corrected and shows letters as they are', async () => {
  const looked = await fix('--rule', 'core.text.encoding', '--dry-run');
  expect(looked.code).toBe(0);
  expect(looked.stdout).toContain('customer’s name: "Ã…sa Ã–berg" → "Åsa Öberg"');
  expect(looked.stdout).toContain('Would correct 1 value in 1 invoice. Nothing was changed.');
  expect((await fix('--rule', 'core.text.encoding')).stdout).toContain('Corrected 1 value in 1 invoice');
});

it('refuses a rule that needs a person, a batch that is not there, and wrong use', async () => {
  const person = await fix('--rule', 'core.total.payable');
  expect(person.code).toBe(2);
  expect(person.stderr).toContain('NOT_ALLOWED');
  const nothing = await utskick(['fix', '--batch', 'nothing', '--rule', 'core.type.date', ...data]);
  expect(nothing).toMatchObject({ code: 2 });
  expect(nothing.stderr).toContain('NOT_FOUND');
  const both = await fix('--rule', 'core.type.date', '--dry-run', '--undo');
  expect(both.code).toBe(2);
  expect(both.stderr).toContain('do not go together');
  expect((await utskick(['fix', ...data])).stderr).toContain('Both --batch and --rule are needed.');
});
