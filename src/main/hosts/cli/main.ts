// The command line's entry: finds the command and runs it. All commands are listed here.

import { productVersion } from '../../platform/product-version.ts';
import { isStoreFailure } from '../../ports/store.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { createTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** In the order of the help. A command's code is loaded only when it is asked for: starting is most of a short command's time. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  sample: async () => (await import('./commands/sample.ts')).sampleCommand,
  validate: async () => (await import('./commands/validate.ts')).validateCommand,
  formats: async () => (await import('./commands/formats.ts')).formatsCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  watch: async () => (await import('./commands/watch.ts')).watchCommand,
  fix: async () => (await import('./commands/fix.ts')).fixCommand,
  connection: async () => (await import('./commands/connection.ts')).connectionCommand,
  release: async () => (await import('./commands/release.ts')).releaseCommand,
  rules: async () => (await import('./commands/rules.ts')).rulesCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  causes: async () => (await import('./commands/causes.ts')).causesCommand,
  retry: async () => (await import('./commands/steer.ts')).retryCommand,
  cancel: async () => (await import('./commands/steer.ts')).cancelCommand,
  hold: async () => (await import('./commands/steer.ts')).holdCommand,
  'let-go': async () => (await import('./commands/steer.ts')).letGoCommand,
  schedule: async () => (await import('./commands/steer.ts')).scheduleCommand,
  reroute: async () => (await import('./commands/replace.ts')).rerouteCommand,
  readdress: async () => (await import('./commands/replace.ts')).readdressCommand,
  copy: async () => (await import('./commands/copy.ts')).copyCommand,
  trial: async () => (await import('./commands/trial.ts')).trialCommand,
  pause: async () => (await import('./commands/pause.ts')).pauseCommand,
  resume: async () => (await import('./commands/pause.ts')).resumeCommand,
  status: async () => (await import('./commands/status.ts')).statusCommand,
  unknown: async () => (await import('./commands/unknown.ts')).unknownCommand,
  settle: async () => (await import('./commands/settle.ts')).settleCommand,
  timeline: async () => (await import('./commands/timeline.ts')).timelineCommand,
  proof: async () => (await import('./commands/proof.ts')).proofCommand,
  problems: async () => (await import('./commands/problems.ts')).problemsCommand,
  receipt: async () => (await import('./commands/receipt.ts')).receiptCommand,
  'export-pdf': async () => (await import('./commands/export-pdf.ts')).exportPdfCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  svea: async () => (await import('./commands/svea.ts')).sveaCommand,
  sendregning: async () => (await import('./commands/sendregning.ts')).sendRegningCommand,
  practice: async () => (await import('./commands/processes.ts')).practiceCommand,
  serve: async () => (await import('./commands/processes.ts')).serveCommand,
};

async function help(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map((command) => command.name.length)) + 2;
  return [
    'utskick: import, check, release and deliver invoices.',
    '',
    ...all.flatMap((command) => [
      `  ${command.name.padEnd(width)}${command.usage}`,
      `  ${' '.repeat(width)}${command.summary}`,
    ]),
    '',
    'Exit codes: 0 done; 1 done, and something needs a person; 2 wrong usage or unreadable; 3 the data folder is in use or cannot be used.',
  ].join('\n');
}

async function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined || isHelp(name) || name === 'help') {
    if (name !== undefined) terminal.out(await help());
    else terminal.note(await help());
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  if (name === '--version') {
    terminal.out(productVersion());
    return exitCodes.ok;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    terminal.note(
      `There is no command "${name}". The commands are ${Object.keys(commands).join(', ')}; "utskick --help" tells more.`,
    );
    return exitCodes.usage;
  }
  const command = await load();
  if (rest.some(isHelp)) {
    terminal.out(command.help ?? `utskick ${command.name} ${command.usage}\n${command.summary}`);
    return exitCodes.ok;
  }
  return command.run(rest, terminal);
}

function isHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h';
}

const terminal = createTerminal();
process.exitCode = await main(process.argv.slice(2), terminal).catch((error: unknown) => {
  // A full disk or a busy database can happen to any command; everything else that is thrown is a bug and is shown as one.
  if (!isStoreFailure(error)) throw error;
  terminal.note(`${error.code}: the data folder could not be written or read. Nothing was changed half-way.`);
  return exitCodes.busy;
});
