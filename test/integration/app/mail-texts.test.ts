// The organisation's own e-mail texts over an open workspace: checked when saved, shown with a real invoice, frozen at the release.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import { invoiceMessage } from '../../../src/main/app/invoice-message.ts';
import { listMailTexts, previewMailText, saveMailText } from '../../../src/main/app/mail-texts.ts';
import { releaseToConnection } from '../../../src/main/app/release-to-connection.ts';
import { openWorkspace } from '../../../src/main/engine/open-workspace.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { writeSampleFile } from '../../../src/main/engine/sample-file.ts';
import { entryPoints, resourcesFolder } from '../../../src/main/platform/entry-points.ts';
import { createKeychain } from '../../../src/main/platform/keychain.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import { standardMailTexts } from '../../../src/shared/words/standard-mail-texts.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { startMailbox } from '../../support/smtp-mailbox.ts';
import type { Mailbox } from '../../support/smtp-mailbox.ts';
import { act, connection } from '../../support/store-workspace.ts';

const control = { signal: new AbortController().signal, onProgress: () => undefined };
const own = {
  ...standardMailTexts.sv,
  subject: 'Elräkning {invoiceNumber}',
  body: 'Bästa kund!\nBetala {amount} senast {dueDate}.\n\n{paymentTable}',
};

let folder: string;
let workspace: Workspace;
let batchId: string;
let server: Mailbox;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-mail-texts-'));
  server = await startMailbox();
  const opened = await openWorkspace({
    dataDir: join(folder, 'data'),
    isPractice: false,
    isDelivering: false,
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    clock: createSystemClock(),
    log: createRecordingLog().log,
    secrets: createKeychain({ env: {} }),
    actor: 'test',
    publish: () => undefined,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  workspace = opened.value;
  const path = join(folder, 'batch.xml');
  await writeSampleFile(path, { invoices: 6, errors: 0, seed: 1 });
  const { batches } = await importBatch(workspace.context, {
    files: [{ path, name: 'batch.xml' }],
    mode: 'lenient',
    ownerPid: process.pid,
    ...control,
  });
  batchId = batches[0]?.id ?? '';
  const mail = connection('mail', 'email');
  workspace.context.store.config.saveConnection(
    {
      ...mail,
      secret: { kind: 'none' },
      config: {
        channel: 'email',
        host: '127.0.0.1',
        port: server.port,
        tls: 'none',
        user: null,
        fromAddress: 'faktura@energi.example',
        fromName: null,
        parallel: 1,
      },
    },
    act(),
  );
});

afterEach(async () => {
  await workspace.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function release(): Promise<void> {
  const released = await releaseToConnection(
    workspace.context,
    { batchId, connection: 'mail', isReadyOnly: false },
    control,
  );
  if (!released.ok || released.value.released === 0) throw new Error('nothing was released');
}

test('a text with something that is no field is refused with its place, and the old one stays', () => {
  const { context } = workspace;
  expect(saveMailText(context, 'sv', { ...own, body: 'Hej!\nBetala {amont}.' })).toMatchObject({
    ok: false,
    error: {
      code: 'VALIDATION_ERROR',
      details: {
        field: 'body',
        faults: [{ part: 'body', kind: 'unknownField', line: 2, column: 8, found: '{amont}' }],
      },
    },
  });
  expect(listMailTexts(context).map(({ isOwn }) => isOwn)).toEqual([false, false, false]);
  expect(saveMailText(context, 'sv', own).ok).toBe(true);
  expect(listMailTexts(context)[0]).toMatchObject({ language: 'sv', text: own, isOwn: true });
  expect(saveMailText(context, 'sv', null).ok).toBe(true);
  expect(listMailTexts(context)[0]).toMatchObject({ text: standardMailTexts.sv, isOwn: false });
});

test('the preview fills a text that is not saved with a real invoice, and tells its faults', async () => {
  const { context } = workspace;
  const shown = await previewMailText(context, {
    language: 'sv',
    text: { ...own, creditBody: '{x}' },
    invoiceNumber: null,
  });
  if (!shown.ok) throw new Error(shown.error.message);
  const first = context.store.reads.invoiceAt(batchId, 0);
  expect(shown.value).toMatchObject({
    invoiceNumber: first?.invoiceNumber,
    faults: [{ part: 'creditBody', line: 1, column: 1 }],
    message: { subject: `Elräkning ${first?.invoiceNumber ?? ''}`, blocks: [{ kind: 'paragraph' }, { kind: 'table' }] },
  });
  expect(shown.value.message?.text).toMatch(/^Bästa kund!\nBetala [\d ]+,\d\d kr senast \d{4}-\d\d-\d\d\.\n/u);
  expect(await previewMailText(context, { language: 'sv', text: own, invoiceNumber: 'no such' })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
});

test('what was previewed is what is sent: a text changed after the release changes nothing that was released', async () => {
  const { context, runner } = workspace;
  saveMailText(context, 'sv', own);
  const shown = new Map<string, string>();
  const page = context.store.reads.invoicePage(
    {
      batchId,
      filter: { states: [], channels: [], search: '', withProblems: false },
      sort: 'ordinal',
      isDescending: false,
    },
    0,
    10,
  );
  for (const { id, invoiceNumber, email } of page.rows) {
    const before = await invoiceMessage(context, id);
    if (!before.ok) throw new Error(before.error.message);
    expect(before.value.isFrozen).toBe(false);
    if (email !== null) shown.set(invoiceNumber, `${before.value.message.subject}\n${before.value.message.text}`);
  }
  await release();
  saveMailText(context, 'sv', { ...own, subject: 'Något annat', body: 'Helt annan text' });
  const [row] = page.rows.filter(({ email }) => email !== null);
  const after = await invoiceMessage(context, row?.id ?? 0);
  expect(after).toMatchObject({ ok: true, value: { isFrozen: true } });
  await runner.runUntilIdle();
  expect(server.messages).toHaveLength(shown.size);
  for (const { raw } of server.messages) {
    const { subject = '', text = '', headers } = await simpleParser(raw);
    const number = headers.get('x-invoice-number');
    expect(`${subject}\n${text}`.trim()).toBe(typeof number === 'string' ? shown.get(number)?.trim() : undefined);
  }
});

test('a kept message that was changed in the file is not sent', async () => {
  const { runner, context } = workspace;
  await release();
  const db = new Database(join(folder, 'data', 'utskick.db'));
  db.exec('DROP TRIGGER messages_are_not_changed; UPDATE messages SET body = substr(body, 2)');
  db.close();
  await runner.runUntilIdle();
  expect(server.messages).toEqual([]);
  const all = { batchId, connectionId: null, states: [], search: '' };
  const { deliveries } = context.store.reads.deliveryPage(all, 0, 10);
  expect(new Set(deliveries.map(({ state, lastCode }) => `${state} ${lastCode ?? ''}`))).toEqual(
    new Set(['failed document.compose-failed']),
  );
});
