// utskick verify: checks a data folder by reading only.

import { verifyHere } from '../../../engine/local-storage.ts';
import { entryPoints } from '../../../platform/entry-points.ts';
import type { VerifyReport } from '../../../../shared/schema/storage.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { dataFolder } from '../open.ts';
import { sayError } from '../terminal.ts';

/** The command. */
export const verifyCommand: Command = {
  name: 'verify',
  usage: '[--data DIR] [--json]',
  summary:
    'Check the database, the audit log’s chain, that counts add up, and every e-mail and kept file against its hash. Reads only. Exit 1 when something is wrong.',
  async run(argv, terminal) {
    const parsed = readArguments(argv, { data: { type: 'string' }, json: { type: 'boolean' } }, 0);
    if (!parsed.ok) {
      terminal.note(`${parsed.error.message}\nUsage: utskick verify ${verifyCommand.usage}`);
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    const dataDir = dataFolder(parsed.value.text('data'));
    const verified = await verifyHere({ dataDir, entryPoints: entryPoints() });
    if (!verified.ok) {
      sayError(terminal, verified.error, isJson);
      return exitCodes.busy;
    }
    terminal.out(isJson ? JSON.stringify(verified.value, null, 2) : inWords(verified.value));
    return verified.value.isSound ? exitCodes.ok : exitCodes.findings;
  },
};

function inWords({ isSound, checked, auditHead, findings }: VerifyReport): string {
  const { auditEntries, batches, deliveries, sources, documents, messages, receipts } = checked;
  const files = `${String(sources)} source files, ${String(documents)} documents, ${String(messages)} e-mails, ${String(receipts)} receipts`;
  const head =
    auditHead === null ? [] : [`The audit log ends with entry ${String(auditHead.id)}, hash ${auditHead.hash}.`];
  return [
    `Checked: ${String(auditEntries)} entries of the audit log, ${String(batches)} batches, ${String(deliveries)} deliveries, ${files}.`,
    ...head,
    ...findings.map(({ part, code, detail }) => `WRONG ${part} (${code}): ${detail}`),
    isSound
      ? 'Everything is as it was written.'
      : 'Something is not as it was written. Keep the folder as it is, and compare with a backup ("utskick restore --list").',
  ].join('\n');
}
