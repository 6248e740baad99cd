// utskick sample: writes realistic invoices in any format, the same for the same seed.

import { sampleFormats, sampleWriters } from '../../../domain/sample/sample-formats.ts';
import { writeSampleFile, writeSampleFolder } from '../../../engine/sample-file.ts';
import { readArguments } from '../command.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { counted, errorLine } from '../terminal.ts';

/** The command. */
export const sampleCommand: Command = {
  name: 'sample',
  usage: '--invoices N [--errors E] [--seed S] [--format F] --out FILE|FOLDER',
  summary: `Write realistic invoices with E planted errors; the same seed gives the same files. F: ${sampleFormats.join(', ')}; GASEL when left out. Formats of single invoices are written as a folder of files.`,
  async run(argv, terminal) {
    const parsed = readArguments(
      argv,
      {
        invoices: { type: 'string' },
        errors: { type: 'string' },
        seed: { type: 'string' },
        format: { type: 'string' },
        out: { type: 'string' },
      },
      0,
    );
    if (!parsed.ok) return usage(terminal, parsed.error.message);
    const invoices = parsed.value.whole('invoices', { min: 1, max: 1_000_000, fallback: null });
    const errors = parsed.value.whole('errors', { min: 0, max: 1_000_000, fallback: 0 });
    const seed = parsed.value.whole('seed', { min: 0, max: 2 ** 31, fallback: 1 });
    const out = parsed.value.text('out');
    if (!invoices.ok) return usage(terminal, invoices.error.message);
    if (!errors.ok) return usage(terminal, errors.error.message);
    if (!seed.ok) return usage(terminal, seed.error.message);
    if (invoices.value === null || out === null) return usage(terminal, 'Both --invoices and --out are needed.');
    const wanted = (parsed.value.text('format') ?? 'gasel').toLowerCase();
    const format = sampleFormats.find((known) => known === wanted);
    if (format === undefined) return usage(terminal, `--format takes one of ${sampleFormats.join(', ')}.`);
    const writer = sampleWriters[format];
    if (!writer.takesErrors && (errors.value ?? 0) > 0)
      return usage(terminal, `${format} lacks the fields that planted errors need. Leave --errors out.`);
    if ((errors.value ?? 0) > invoices.value) return usage(terminal, '--errors cannot be more than --invoices.');
    const options = { invoices: invoices.value, errors: errors.value ?? 0, seed: seed.value ?? 1, format };
    const written = await (writer.isSingleInvoice ? writeSampleFolder(out, options) : writeSampleFile(out, options));
    if (!written.ok) {
      terminal.note(errorLine(written.error));
      return exitCodes.usage;
    }
    terminal.note(
      `Wrote ${counted(invoices.value, 'invoice')} (${String(errors.value ?? 0)} with errors, ${String(written.value.sizeBytes)} bytes) to ${out}.`,
    );
    return exitCodes.ok;
  },
};

function usage(terminal: { note(text: string): void }, message: string): typeof exitCodes.usage {
  terminal.note(`${message}\nUsage: utskick sample ${sampleCommand.usage}`);
  return exitCodes.usage;
}
