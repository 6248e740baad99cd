// utskick proof: where every invoice of a batch is, in number and in money, and whether it adds up.

import { languages } from '../../../../shared/schema/settings.ts';
import { wordsForProofFault } from '../../../../shared/words/proof-faults.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { sayError } from '../terminal.ts';
import { writeOut } from '../write-out.ts';

/** The command. */
export const proofCommand: Command = {
  name: 'proof',
  usage: '--batch ID [--out FILE] [--list FILE] [--language sv|nb|en] [--data DIR] [--json]',
  summary:
    'Prove that everything read is accounted for: a PDF (--out), the list of documents (--list); exit code 1 if not.',
  async run(argv, terminal) {
    const text = { type: 'string' } as const;
    const options = {
      batch: text,
      out: text,
      list: text,
      language: text,
      data: text,
      json: { type: 'boolean' },
    } as const;
    const parsed = readArguments(argv, options, 0);
    const value = (name: string): string | null => (parsed.ok ? parsed.value.text(name) : null);
    const batchId = value('batch');
    const language = languages.find((known) => known === value('language')) ?? null;
    if (!parsed.ok || batchId === null || (value('language') !== null && language === null)) {
      const reason = !parsed.ok
        ? parsed.error.message
        : batchId === null
          ? '--batch is needed.'
          : '--language is sv, nb or en.';
      terminal.note(`${reason}\nUsage: utskick proof ${proofCommand.usage}`);
      return exitCodes.usage;
    }
    const isJson = parsed.value.flag('json');
    return withEngine(terminal, { dataOption: value('data'), isJson }, async (engine) => {
      const proved = await engine.proofOf(batchId, language);
      if (!proved.ok) {
        sayError(terminal, proved.error, isJson);
        return exitCodes.usage;
      }
      const { proof, bytes, sha256 } = proved.value;
      const [out, list] = [value('out'), value('list')];
      if (out !== null) {
        if (!(await writeOut(out, bytes, terminal))) return exitCodes.usage;
        terminal.note(`Wrote ${out} (${String(bytes.byteLength)} bytes, SHA-256 ${sha256}).`);
      }
      if (list !== null) {
        const documents = await engine.call('batch.documentList', { batchId });
        if (!documents.ok || !(await writeOut(list, Buffer.from(documents.value.text, 'utf8'), terminal)))
          return exitCodes.usage;
        terminal.note(`Wrote ${list} (SHA-256 ${proof.documents.sha256}).`);
      }
      if (isJson) terminal.out(JSON.stringify(proof, null, 2));
      else {
        const parts = proof.buckets
          .filter(({ count }) => count > 0)
          .map(({ bucket, count }) => `${bucket} ${String(count)}`);
        terminal.out(`read ${String(proof.read)} = ${parts.join(' + ')}`);
        terminal.out(proof.faults.length === 0 ? 'Adds up.' : 'Does not add up:');
        for (const fault of proof.faults) terminal.out(`  ${wordsForProofFault(fault, language ?? engine.language())}`);
      }
      return proof.faults.length === 0 ? exitCodes.ok : exitCodes.findings;
    });
  },
};
