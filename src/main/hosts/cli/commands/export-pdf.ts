// utskick export-pdf: the PDF of one invoice, as it was or would be sent.

import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine } from '../open.ts';
import { errorLine } from '../terminal.ts';
import { writeOut } from '../write-out.ts';

/** The command. */
export const exportPdfCommand: Command = {
  name: 'export-pdf',
  usage: '--invoice NUMBER --out FILE [--data DIR]',
  summary: 'Write the PDF of an invoice: the bytes that were sent, or that a release would send.',
  async run(argv, terminal) {
    const parsed = readArguments(
      argv,
      {
        invoice: { type: 'string' },
        out: { type: 'string' },
        data: { type: 'string' },
      },
      0,
    );
    const number = parsed.ok ? parsed.value.text('invoice') : null;
    const out = parsed.ok ? parsed.value.text('out') : null;
    if (!parsed.ok || number === null || out === null) {
      terminal.note(
        `${parsed.ok ? 'Both --invoice and --out are needed.' : parsed.error.message}\nUsage: utskick export-pdf ${exportPdfCommand.usage}`,
      );
      return exitCodes.usage;
    }
    return withEngine(terminal, { dataOption: parsed.value.text('data'), isJson: false }, async (engine) => {
      const document = await engine.documentOf(number);
      if (!document.ok) {
        terminal.note(errorLine(document.error));
        return exitCodes.usage;
      }
      if (!(await writeOut(out, document.value.bytes, terminal))) return exitCodes.usage;
      terminal.note(
        `Wrote ${out} (${String(document.value.bytes.byteLength)} bytes, SHA-256 ${document.value.sha256}).`,
      );
      return exitCodes.ok;
    });
  },
};
