// utskick status: where every invoice is. The counts always add up to what was read.

import { invoiceStates } from '../../../../shared/schema/batch.ts';
import type { BatchSummary, InvoiceState } from '../../../../shared/schema/batch.ts';
import type { Lane } from '../../../../shared/schema/delivery.ts';
import type { LocalEngine } from '../../../engine/local-engine.ts';
import { fail, ok } from '../../../../shared/result.ts';
import type { Result } from '../../../../shared/result.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { sayError } from '../terminal.ts';

type Counts = Record<InvoiceState | 'skipped', number>;

const pageSize = 500;

/** The command. */
export const statusCommand: Command = {
  name: 'status',
  usage: '[--batch ID] [--data DIR] [--json]',
  summary: 'Say where every invoice is: counts by state, which always add up to what was read.',
  async run(argv, terminal) {
    const parsed = readArguments(
      argv,
      {
        batch: { type: 'string' },
        data: { type: 'string' },
        json: { type: 'boolean' },
      },
      0,
    );
    if (!parsed.ok) {
      terminal.note(`${parsed.error.message}\nUsage: utskick status ${statusCommand.usage}`);
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson }, async (engine) => {
      const batches = await chosenBatches(engine, parsed.value.text('batch'));
      if (!batches.ok) {
        sayError(terminal, batches.error, isJson);
        return exitCodes.usage;
      }
      const reports = [];
      for (const batch of batches.value) reports.push(await batchReport(engine, batch));
      const read = reports.reduce((sum, report) => sum + report.read, 0);
      const counts = addUp(reports.map((report) => report.counts));
      if (isJson) terminal.out(JSON.stringify({ read, counts, batches: reports }, null, 2));
      else
        for (const report of reports)
          terminal.out(`${report.batchId}  ${report.fileName}: read ${String(report.read)} = ${shown(report.counts)}`);
      if (reports.length === 0 && !isJson) terminal.out('Nothing has been imported yet.');
      return exitCodes.ok;
    });
  },
};

async function chosenBatches(engine: LocalEngine, batchId: string | null): Promise<Result<readonly BatchSummary[]>> {
  if (batchId !== null) {
    const found = await engine.call('batch.get', { batchId });
    return found.ok
      ? ok([found.value.batch])
      : fail('NOT_FOUND', `There is no batch ${batchId}. "utskick status" lists them.`);
  }
  const all: BatchSummary[] = [];
  for (;;) {
    const page = await engine.call('batch.list', { offset: all.length, limit: pageSize });
    if (!page.ok) return page;
    all.push(...page.value.batches);
    if (page.value.batches.length < pageSize) return ok(all);
  }
}

async function batchReport(engine: LocalEngine, batch: BatchSummary) {
  const lanes = await engine.call('delivery.lanes', { batchId: batch.id });
  const counts = addUp([]);
  for (const entry of batch.counts) counts[entry.state] += entry.count;
  counts.skipped = batch.skipped;
  return {
    batchId: batch.id,
    sourceBatchId: batch.sourceBatchId,
    fileName: batch.fileName,
    format: batch.format,
    state: batch.state,
    read: batch.read,
    imported: batch.imported,
    quarantined: batch.quarantined,
    skipped: batch.skipped,
    counts,
    sums: batch.counts.map(({ state, sums }) => ({ state, sums })),
    deliveries: lanes.ok ? lanes.value.lanes.map(laneFacts) : [],
  };
}

function laneFacts(lane: Lane): object {
  return { connection: lane.connectionName, channel: lane.channel, counts: lane.counts, blockedBy: lane.blockedBy };
}

function addUp(all: readonly Counts[]): Counts {
  const sum: Counts = {
    ready: 0,
    held: 0,
    excluded: 0,
    quarantined: 0,
    waiting: 0,
    sent: 0,
    failed: 0,
    unknown: 0,
    skipped: 0,
  };
  for (const counts of all) for (const state of [...invoiceStates, 'skipped'] as const) sum[state] += counts[state];
  return sum;
}

function shown(counts: Counts): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${state} ${String(count)}`)
    .join(' + ');
}
