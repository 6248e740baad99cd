// utskick receipt: the printable receipt of an import.

import { languages } from '../../../../shared/schema/settings.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { errorLine } from '../terminal.ts';
import { writeOut } from '../write-out.ts';

/** The command. */
export const receiptCommand: Command = {
  name: 'receipt',
  usage: '--batch ID --out FILE [--language sv|nb|en] [--data DIR]',
  summary: 'Write the receipt of an import as a PDF: file, checksum, counts and sums, and whether they add up.',
  async run(argv, terminal) {
    const text = { type: 'string' } as const;
    const parsed = readArguments(argv, { batch: text, out: text, language: text, data: text }, 0);
    const batchId = parsed.ok ? parsed.value.text('batch') : null;
    const out = parsed.ok ? parsed.value.text('out') : null;
    const wanted = parsed.ok ? parsed.value.text('language') : null;
    const language = languages.find((known) => known === wanted) ?? null;
    if (!parsed.ok || batchId === null || out === null || (wanted !== null && language === null)) {
      const reason = !parsed.ok
        ? parsed.error.message
        : batchId === null || out === null
          ? 'Both --batch and --out are needed.'
          : `--language is sv, nb or en, not "${wanted ?? ''}".`;
      terminal.note(`${reason}\nUsage: utskick receipt ${receiptCommand.usage}`);
      return exitCodes.usage;
    }
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson: false }, async (engine) => {
      const receipt = await engine.receiptOf(batchId, language);
      if (!receipt.ok) {
        terminal.note(errorLine(receipt.error));
        return exitCodes.usage;
      }
      const { bytes, sha256 } = receipt.value;
      if (!(await writeOut(out, bytes, terminal))) return exitCodes.usage;
      terminal.note(`Wrote ${out} (${String(bytes.byteLength)} bytes, SHA-256 ${sha256}).`);
      return exitCodes.ok;
    });
  },
};
