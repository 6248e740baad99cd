// A make-believe engine for looking at screens and for tests of the window: answers from memory, nothing stored or sent.

import { fail, ok } from '../../src/shared/result.ts';
import type { BatchSummary, InvoiceRow, InvoiceState, JobProgress, StateCount } from '../../src/shared/schema/batch.ts';
import { invoiceStates } from '../../src/shared/schema/batch.ts';
import { noLimits } from '../../src/shared/schema/connection-limits.ts';
import type { Connection } from '../../src/shared/schema/connection.ts';
import type { Delivery, DeliveryState, Lane } from '../../src/shared/schema/delivery.ts';
import { deliveryStates } from '../../src/shared/schema/delivery.ts';
import { listRules } from '../../src/main/app/rule-settings.ts';
import { allRuleSets } from '../../src/main/engine/channel-rules.ts';
import type { ProblemGroup, StoredProblem } from '../../src/shared/schema/problem.ts';
import type { AppState } from '../../src/shared/schema/settings.ts';
import { createClient } from '../../src/renderer/rpc/client.ts';
import type { Client } from '../../src/renderer/rpc/client.ts';
import { createMemoryTransport } from '../../src/renderer/rpc/memory.ts';
import type { MemoryHandlers, MemoryTransport } from '../../src/renderer/rpc/memory.ts';

/** How the make-believe engine differs from its ordinary self. */
export interface FixtureOptions {
  readonly language?: AppState['settings']['language'];
  readonly theme?: AppState['settings']['theme'];
  readonly isEmpty?: boolean;
  readonly isPractice?: boolean;
  readonly invoices?: number;
  /** Jobs that run, by kind. */
  readonly runningImport?: boolean;
  readonly refusedImport?: boolean;
}

/** The client and the other end of its transport. */
export interface Fixture {
  readonly client: Client;
  readonly transport: MemoryTransport;
}

const now = Date.UTC(2026, 10, 21, 9, 12);
const names = [
  'Anna Lindström',
  'Brf Solsidan 3',
  'Erik Åkesson',
  'Märta Öberg',
  'Kjell Bergström',
  'Fastighets AB Norrsken',
  'Sofia Nyström',
  'Göran Hedlund',
  'Ingrid Sjöberg',
  'Lars-Erik Forsberg',
];
const cities = ['Umeå', 'Skellefteå', 'Luleå', 'Örnsköldsvik', 'Östersund', 'Sundsvall'];

/** Creates the make-believe engine. */
export function createFixtureClient(options: FixtureOptions = {}): Fixture {
  const transport = createMemoryTransport(handlers(options), [
    { token: 'token-1', name: 'GASEL_2026-11.xml', sizeBytes: 4_812_331 },
  ]);
  const client = createClient(transport);
  return { client, transport };
}

function handlers(options: FixtureOptions): MemoryHandlers {
  let app = appState(options);
  let isUp = true;
  const total = options.invoices ?? 4_812;
  const batches =
    options.isEmpty === true
      ? []
      : [
          batch('b1', { total, sent: 0 }),
          keptBack(),
          batch('b3', { total: 1_204, sent: 1_204 }),
          batch('b4', { total: 212, sent: 150 }),
        ];
  const connections = options.isEmpty === true ? [] : connectionList();
  const jobs =
    options.runningImport === true
      ? [runningImport()]
      : options.refusedImport === true
        ? [{ ...runningImport(), phase: 'failed' as const }]
        : [];
  return {
    'app.state': () => ok(app),
    'app.saveSettings': (change) => {
      app = {
        ...app,
        settings: {
          ...app.settings,
          ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
        },
      };
      return ok(app);
    },
    'app.setPractice': ({ isPractice }) => ok((app = { ...app, isPractice })),
    'app.pauseOutbox': ({ isPaused }) => ok((app = { ...app, isOutboxPaused: isPaused })),
    'batch.list': ({ offset, limit }) => ok({ total: batches.length, batches: batches.slice(offset, offset + limit) }),
    'batch.get': ({ batchId }) => {
      const found = batches.find(({ id }) => id === batchId);
      return found === undefined
        ? fail('NOT_FOUND', 'There is no such batch.')
        : ok({
            batch: found,
            files: [
              {
                ordinal: 0,
                fileName: found.fileName,
                sizeBytes: found.sizeBytes,
                sha256: found.sha256,
                encoding: 'UTF-8',
                lineCount: 250_000,
              },
            ],
          });
    },
    'batch.import': () => ok({ jobId: 'j1' }),
    'batch.importSample': () => ok({ jobId: 'j1' }),
    'job.list': () => ok({ jobs }),
    'job.result': () =>
      ok({
        state: 'failed',
        batchIds: [],
        released: 0,
        unfit: null,
        fix: null,
        error: { code: 'INVALID_XML', message: 'The file is not well-formed XML.', details: {} },
        problems: [fileProblem()],
        leftOut: [],
      }),
    'job.cancel': () => ok({}),
    'invoice.page': ({ filter, offset, limit }) => {
      const all = matching(total, filter.states, filter.search);
      return ok({
        total: all.length,
        sums: [{ currency: 'SEK', amountMinor: all.length * 81_344 }],
        rows: all.slice(offset, offset + limit).map(invoiceRow),
      });
    },
    'invoice.document': ({ invoiceId }) =>
      ok({
        sha256: 'ab'.repeat(32),
        fileName: `faktura-${100_000 + invoiceId}.pdf`,
        base64: btoa(samplePdf(100_000 + invoiceId)),
        isFrozen: invoiceId % 5 === 0,
      }),
    'invoice.hold': () => ok({ changed: 3 }),
    'rule.list': () => ok({ rules: listRules(allRuleSets, null) }),
    'rule.set': () => ok({ rules: listRules(allRuleSets, null) }),
    'rule.waivers': () => ok({ waivers: [] }),
    'rule.waive': ({ ruleId, reason }) => ok({ waivers: [{ ruleId, reason, actor: 'kari', atMs: 1_795_000_000_000 }] }),
    'rule.unwaive': () => ok({ waivers: [] }),
    'problem.groups': () => ok({ groups: problemGroups() }),
    'problem.page': ({ offset, limit }) =>
      ok({
        total: 12,
        problems: Array.from({ length: 12 }, (_, index) => problem(index)).slice(offset, offset + limit),
      }),
    'release.preview': ({ connections: chosen, limit }) => {
      const ready = limit ?? 4_781;
      const email = chosen.email === null ? 0 : Math.round(ready * 0.88);
      const print = chosen.sftp === null ? 0 : ready - Math.round(ready * 0.88);
      const lanes = [
        {
          connectionId: 'c1',
          connectionName: 'E-post',
          channel: 'email' as const,
          count: email,
          targets: email - 12,
          sums: [{ currency: 'SEK', amountMinor: email * 81_344 }],
        },
        {
          connectionId: 'c2',
          connectionName: 'Tryckeri AB',
          channel: 'sftp' as const,
          count: print,
          targets: print,
          sums: [{ currency: 'SEK', amountMinor: print * 92_110 }],
        },
      ].filter(({ count }) => count > 0);
      return ok({
        lanes,
        total: email + print,
        sums: [{ currency: 'SEK', amountMinor: email * 81_344 + print * 92_110 }],
        unusualAmounts: email > 0 ? 3 : 0,
        leftOut: { noConnection: ready - email - print, excluded: 0, held: 22, quarantined: 9, alreadyReleased: 0 },
      });
    },
    'release.start': () => ok({ jobId: 'j2' }),
    'delivery.lanes': () => ok({ lanes: connections.map((connection, index) => lane(connection, index)) }),
    'delivery.page': ({ filter, offset, limit }) => {
      const all = Array.from({ length: 300 }, (_, index) => delivery(index)).filter(
        ({ state }) => filter.states.length === 0 || filter.states.includes(state),
      );
      return ok({ total: all.length, deliveries: all.slice(offset, offset + limit) });
    },
    'connection.list': () => ok({ connections }),
    'format.list': () => ok({ formats: [], broken: [] }),
    'connection.test': () =>
      ok({
        steps: [
          { step: 'address', state: 'ok', code: null, detail: '192.0.2.10', hostKey: null, tookMs: 12 },
          {
            step: 'transport',
            state: 'failed',
            code: 'sftp.host-key-unknown',
            detail: 'ssh-ed25519',
            hostKey: `SHA256:${'A'.repeat(43)}`,
            tookMs: 48,
          },
          { step: 'login', state: 'skipped', code: null, detail: null, hostKey: null, tookMs: 0 },
          { step: 'permission', state: 'skipped', code: null, detail: null, hostKey: null, tookMs: 0 },
        ],
      }),
    'practice.state': () =>
      options.isPractice === true
        ? ok({
            isUp,
            providers: [
              {
                provider: 'smtp',
                address: '127.0.0.1:40127',
                ledgerFile: '/home/anna/.local/share/Utskick/practice/providers/smtp.jsonl',
                received: 176,
              },
              {
                provider: 'sftp',
                address: '127.0.0.1:38233',
                ledgerFile: '/home/anna/.local/share/Utskick/practice/providers/sftp.jsonl',
                received: 24,
              },
            ],
          })
        : fail('NOT_ALLOWED', 'This is only possible in practice mode.'),
    'practice.setNetwork': (input) => {
      isUp = input.isUp;
      return ok({});
    },
  };
}

function appState(options: FixtureOptions): AppState {
  const address = { street: 'Storgatan 1', street2: null, postalCode: '901 01', city: 'Umeå', country: 'SE' };
  return {
    version: '0.1.0',
    isPractice: options.isPractice === true,
    host: 'web',
    dataFolder: '/home/anna/.local/share/Utskick',
    settings: {
      language: options.language ?? 'sv',
      theme: options.theme ?? 'light',
      organisation: {
        name: 'Norrkraft Elhandel AB',
        registrationNumber: '556677-8899',
        vatNumber: 'SE556677889901',
        address,
        email: 'faktura@norrkraft.example',
        phone: '090-12 34 56',
        website: 'https://norrkraft.example',
      },
      importMode: 'lenient',
      watchedFolder: { isOn: false, folder: '', mode: 'lenient', settleSeconds: 5 },
    },
    isRunnerElsewhere: false,
    isOutboxPaused: false,
    watch: { state: 'off', code: null },
    storeTrouble: null,
    restored: null,
    hasKeychain: true,
    lastSavedAtMs: now,
  };
}

function batch(id: string, { total, sent }: { readonly total: number; readonly sent: number }): BatchSummary {
  const counts: StateCount[] =
    sent === 0
      ? countsOf({ ready: total - 31, held: 22, quarantined: 9 })
      : countsOf({
          sent,
          waiting: (total - sent) / 2,
          failed: Math.min(5, total - sent),
          unknown: total - sent > 0 ? 2 : 0,
        });
  return {
    id,
    sourceBatchId: 'BATCH2026112100001',
    fileName: `GASEL_2026-11_${id}.xml`,
    fileCount: id === 'b4' ? 3 : 1,
    sizeBytes: 9_812_331,
    sha256: 'cd'.repeat(32),
    format: id === 'b4' ? 'UBL' : 'GASEL',
    formatVersion: '1.0',
    mode: 'lenient',
    state: 'imported',
    sellerName: 'Norrkraft Elhandel AB',
    periodStart: '2026-10-01',
    periodEnd: '2026-10-31',
    dueDateMin: '2026-12-20',
    dueDateMax: '2026-12-30',
    read: total,
    imported: total - (sent === 0 ? 9 : 0),
    quarantined: sent === 0 ? 9 : 0,
    skipped: 0,
    errorCount: sent === 0 ? 9 : 0,
    warningCount: 143,
    counts,
    sums: [{ currency: 'SEK', amountMinor: 391_422_050 }],
    importedAtMs: now - 3_600_000,
    importedBy: 'anna.lindqvist',
  };
}

function keptBack(): BatchSummary {
  const strict = batch('b2', { total: 640, sent: 0 });
  return {
    ...strict,
    state: 'keptBack',
    mode: 'strict',
    imported: 0,
    read: 640,
    quarantined: 640,
    counts: countsOf({ quarantined: 640 }),
  };
}

function countsOf(counts: Partial<Record<InvoiceState, number>>): StateCount[] {
  return invoiceStates.flatMap((state) => {
    const count = Math.round(counts[state] ?? 0);
    return count > 0 ? [{ state, count, sums: [{ currency: 'SEK', amountMinor: count * 81_344 }] }] : [];
  });
}

function stateOf(index: number): InvoiceState {
  if (index % 534 === 3) return 'quarantined';
  return index % 218 === 7 ? 'held' : 'ready';
}

function matching(total: number, states: readonly InvoiceState[], search: string): number[] {
  const wanted = search.toLowerCase();
  const all = Array.from({ length: total }, (_, index) => index);
  return all.filter(
    (index) =>
      (states.length === 0 || states.includes(stateOf(index))) &&
      (wanted === '' || `${names[index % 10] ?? ''} ${100_000 + index}`.toLowerCase().includes(wanted)),
  );
}

function invoiceRow(index: number): InvoiceRow {
  const state = stateOf(index);
  return {
    id: index + 1,
    batchId: 'b1',
    ordinal: index,
    kind: index % 97 === 12 ? 'creditNote' : 'invoice',
    invoiceNumber: String(100_001 + index),
    customerName: names[index % 10] ?? '',
    city: cities[index % 6] ?? '',
    email: index % 8 === 0 ? null : `kund${index}@example.org`,
    invoiceDate: '2026-11-20',
    dueDate: '2026-12-20',
    currency: 'SEK',
    payableMinor: index % 97 === 12 ? -12_400 : 42_300 + ((index * 7_919) % 250_000) * 10,
    channel: index % 8 === 0 ? 'sftp' : 'email',
    state,
    errorCount: state === 'quarantined' ? 1 : 0,
    warningCount: index % 34 === 5 ? 2 : 0,
    fileOrdinal: 0,
    line: 12 + index * 52,
  };
}

function problem(index: number): StoredProblem {
  return {
    id: index + 1,
    batchId: 'b1',
    fileOrdinal: 0,
    ruleId: 'core.total.mismatch',
    severity: 'error',
    line: 812 + index * 52,
    column: 21,
    endLine: 812 + index * 52,
    endColumn: 28,
    path: `Invoice[${index}]/Totals/Payable`,
    found: '1250.00',
    expected: '1249.00 SEK',
    params: {},
    invoiceOrdinal: index,
    invoiceNumber: String(100_001 + index),
  };
}

function fileProblem(): StoredProblem {
  return {
    ...problem(0),
    ruleId: 'core.xml.wellformed',
    line: 48_213,
    column: 17,
    path: null,
    found: '</Invoic>',
    expected: '</Invoice>',
    invoiceOrdinal: null,
    invoiceNumber: null,
  };
}

function problemGroups(): ProblemGroup[] {
  return [
    { ruleId: 'core.total.mismatch', severity: 'error', count: 12, invoiceCount: 12, sample: problem(0) },
    {
      ruleId: 'core.email.missing',
      severity: 'warning',
      count: 143,
      invoiceCount: 143,
      sample: { ...problem(1), ruleId: 'core.email.missing', severity: 'warning' },
    },
  ];
}

function connectionList(): Connection[] {
  const lastTest = { atMs: now - 86_400_000, isOk: true, failedStep: null, detail: null };
  return [
    {
      id: 'c1',
      name: 'E-post',
      channel: 'email',
      endpoint: 'production',
      secret: { kind: 'keychain' },
      createdAtMs: now,
      lastTest,
      limits: noLimits,
      config: {
        channel: 'email',
        host: 'smtp.norrkraft.example',
        port: 587,
        tls: 'starttls',
        user: 'faktura',
        fromAddress: 'faktura@norrkraft.example',
        fromName: 'Norrkraft',
        parallel: 5,
      },
    },
    {
      id: 'c2',
      name: 'Tryckeri AB',
      channel: 'sftp',
      endpoint: 'test',
      secret: { kind: 'keychain' },
      createdAtMs: now,
      limits: noLimits,
      lastTest: { ...lastTest, isOk: false, failedStep: 'login', detail: 'Permission denied (publickey).' },
      config: {
        channel: 'sftp',
        host: 'sftp.tryckeri.example',
        port: 22,
        user: 'norrkraft',
        privateKeyPath: null,
        hostKey: null,
        path: 'in/fakturor',
        parallel: 8,
      },
    },
  ];
}

function lane(connection: Connection, index: number): Lane {
  const none = Object.fromEntries(deliveryStates.map((state) => [state, 0])) as Record<DeliveryState, number>;
  return {
    connectionId: connection.id,
    connectionName: connection.name,
    channel: connection.channel,
    blockedBy: index === 1 ? 'pausedByFailures' : null,
    blockCode: index === 1 ? 'sftp.login-refused' : null,
    blockDetail: index === 1 ? 'Permission denied (publickey).' : null,
    nextTryAtMs: null,
    hold: null,
    budgets: [],
    counts: {
      ...none,
      queued: index === 0 ? 31 : 12,
      accepted: 1_354,
      failed: index === 0 ? 0 : 5,
      unknown: index === 0 ? 2 : 0,
    },
    held: 0,
    perMinute: index === 0 ? 412 : 0,
    lastAnswer: '250 2.0.0 Ok: queued as 4F1B2C',
    lastAnswerAtMs: now,
    nextDueAtMs: null,
  };
}

function delivery(index: number): Delivery {
  const state = deliveryStates[index % deliveryStates.length] ?? 'queued';
  return {
    id: index + 1,
    batchId: 'b4',
    invoiceId: index + 1,
    invoiceNumber: String(100_001 + index),
    customerName: names[index % 10] ?? '',
    currency: 'SEK',
    payableMinor: 81_344,
    connectionId: index % 8 === 0 ? 'c2' : 'c1',
    connectionName: index % 8 === 0 ? 'Tryckeri AB' : 'E-post',
    channel: index % 8 === 0 ? 'sftp' : 'email',
    target: index % 8 === 0 ? `faktura-${100_001 + index}.pdf` : `kund${index}@example.org`,
    state,
    generation: 1,
    attemptCount: 1,
    dueAtMs: now,
    hold: null,
    notBeforeMs: null,
    lastCode: state === 'rejected' ? 'smtp.recipient-refused' : null,
    lastDetail: state === 'rejected' ? '550 5.1.1 User unknown' : null,
    lastPhase: state === 'unknown' ? 'bodyFinished' : 'replySeen',
    updatedAtMs: now,
    step: 1,
    steps: 1,
    documentSha256: 'ab'.repeat(32),
  };
}

function runningImport(): JobProgress {
  return {
    jobId: 'j1',
    kind: 'import',
    title: 'GASEL_2026-12.xml',
    phase: 'reading',
    done: 18_240,
    total: null,
    doneBytes: 38_400_000,
    totalBytes: 104_000_000,
    elapsedMs: 4_200,
  };
}

/** A small invoice as a PDF with a standard font, to have something to look at. */
function samplePdf(number: number): string {
  const lines = [
    'BT /F1 22 Tf 60 770 Td (Faktura) Tj ET',
    `BT /F1 11 Tf 60 740 Td (Fakturanummer ${number}) Tj ET`,
    'BT /F1 11 Tf 60 722 Td (Norrkraft Elhandel AB) Tj ET',
    '60 700 475 0.5 re f',
    'BT /F1 11 Tf 60 670 Td (Elenergi 412 kWh) Tj 380 0 Td (1 249,00 kr) Tj ET',
  ];
  const stream = lines.join('\n');
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>\nstream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = text.length;
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return `${text}xref\n0 6\n0000000000 65535 f \n${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF`;
}
