// Severities and waivers in a real workspace: set, imported with, kept with who and when, and taken back.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportProblems } from '../../../src/main/app/export-problems.ts';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import { openWorkspace } from '../../../src/main/engine/open-workspace.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { entryPoints, resourcesFolder } from '../../../src/main/platform/entry-points.ts';
import { createKeychain } from '../../../src/main/platform/keychain.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import { invoiceHandlers } from '../../../src/main/rpc/handlers/invoice-handlers.ts';
import type { Handlers } from '../../../src/main/rpc/router.ts';
import { silentLog } from '../../support/store-workspace.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'utskick-rules-'));
let workspace: Workspace;
let rules: Pick<Handlers, Extract<keyof Handlers, `rule.${string}`>>;
const call = { requestId: randomUUID(), signal: new AbortController().signal };

beforeAll(async () => {
  const opened = await openWorkspace({
    dataDir: folder,
    isPractice: false,
    isDelivering: false,
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    clock: createSystemClock(),
    log: silentLog,
    secrets: createKeychain({ env: {} }),
    actor: 'kari',
    publish: () => undefined,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  workspace = opened.value;
  rules = invoiceHandlers(workspace.context);
});

afterAll(async () => {
  await workspace.close();
});

/** Imports one invoice whose OCR number is wrong; gives the batch. */
async function importWrongOcr(number: string): Promise<string> {
  const path = join(folder, `${number}.xml`);
  writeFileSync(
    path,
    batchText([invoiceText({ id: number }).replace('1230', '1231').replace('2026-12-06', '2027-10-06')]).replace(
      'BATCH2026112100001',
      `BATCH${number}`,
    ),
  );
  const report = await importBatch(workspace.context, {
    files: [{ path, name: `${number}.xml` }],
    mode: 'lenient',
    ownerPid: process.pid,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const [batch] = report.batches;
  if (batch === undefined) throw new Error(JSON.stringify(report.refused));
  return batch.id;
}

const groups = (batchId: string) =>
  workspace.context.store.reads.problemGroups(batchId, []).map(({ ruleId, severity }) => `${severity} ${ruleId}`);

describe('a workspace’s severities', () => {
  it('count from the next import on, and can be taken back', async () => {
    expect(groups(await importWrongOcr('1001'))).toEqual(['warning core.reference.ocr']);
    const set = await rules['rule.set']({ ruleId: 'core.reference.ocr', severity: 'error' }, call);
    expect(set.ok && set.value.rules.find(({ id }) => id === 'core.reference.ocr')?.ownSeverity).toBe('error');
    const strict = await importWrongOcr('1002');
    expect(groups(strict)).toEqual(['error core.reference.ocr']);
    expect(workspace.context.store.reads.batch(strict)?.quarantined).toBe(1);
    await rules['rule.set']({ ruleId: 'core.reference.ocr', severity: 'off' }, call);
    expect(groups(await importWrongOcr('1003'))).toEqual([]);
    await rules['rule.set']({ ruleId: 'core.reference.ocr', severity: null }, call);
    expect(groups(await importWrongOcr('1004'))).toEqual(['warning core.reference.ocr']);
  });

  it('are refused for what the program needs and for rules that do not exist', async () => {
    expect(await rules['rule.set']({ ruleId: 'core.required', severity: 'off' }, call)).toMatchObject({
      ok: false,
      error: { code: 'NOT_ALLOWED' },
    });
    expect(await rules['rule.set']({ ruleId: 'core.nothing', severity: 'off' }, call)).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });
});

describe('a waiver', () => {
  it('keeps reason, person and time, leaves the problem where it is, and can be taken back', async () => {
    const batchId = await importWrongOcr('2001');
    const waived = await rules['rule.waive'](
      { batchId, ruleId: 'core.reference.ocr', reason: 'Banken vet om det.' },
      call,
    );
    expect(waived).toMatchObject({
      ok: true,
      value: { waivers: [{ ruleId: 'core.reference.ocr', reason: 'Banken vet om det.', actor: 'kari' }] },
    });
    expect(workspace.context.store.reads.batch(batchId)?.warningCount).toBe(0);
    expect(groups(batchId)).toEqual(['warning core.reference.ocr']);
    const report = async (form: 'csv' | 'json' | 'html'): Promise<string> => {
      const filter = { severities: [], ruleIds: [], fields: [], search: '' };
      const made = await exportProblems(workspace.context, { batchId, filter, language: 'sv', to: null, form });
      if (!made.ok) throw new Error(made.error.message);
      return made.value.text;
    };
    const csv = (await report('csv')).split('\r\n');
    expect([csv[0]?.split(';').at(-1), csv[1]?.split(';').at(-1)]).toEqual(['waived', 'Banken vet om det.']);
    expect(JSON.parse(await report('json'))).toMatchObject({ problems: [{ waived: 'Banken vet om det.' }] });
    const html = await report('html');
    expect(html).toContain('Varning, godtagen');
    expect(html).toContain('Summa (och 1 godtagna)</th><th class="number">0<');
    expect(html).toMatch(/Godtagen av kari \d{4}-\d{2}-\d{2} \d{2}:\d{2}: Banken vet om det\./u);
    expect(await rules['rule.unwaive']({ batchId, ruleId: 'core.reference.ocr' }, call)).toEqual({
      ok: true,
      value: { waivers: [] },
    });
    expect(workspace.context.store.reads.batch(batchId)?.warningCount).toBe(1);
  });

  it('is refused where the batch has no warning of the rule, so that no error is ever waived', async () => {
    await rules['rule.set']({ ruleId: 'core.reference.ocr', severity: 'error' }, call);
    const batchId = await importWrongOcr('2002');
    await rules['rule.set']({ ruleId: 'core.reference.ocr', severity: null }, call);
    const refused = await rules['rule.waive']({ batchId, ruleId: 'core.reference.ocr', reason: 'Det går bra.' }, call);
    expect(refused).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });
});
