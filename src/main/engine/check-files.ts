// What a command checks and lists without opening a data folder. Nothing here loads the store, the outbox or an adapter: starting is most of
// the time of such a command.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuleEntry } from '../../shared/schema/rules.ts';
import { listRules, withOwnRules } from '../app/rule-settings.ts';
import type { OwnRules } from '../app/rule-settings.ts';
import { reportOfCheck, validateFile } from '../app/validate-file.ts';
import type { FileReport } from '../app/validate-file.ts';
import { checkWellFormed } from '../formats/check-well-formed.ts';
import { mayHoldInvoices } from '../formats/may-hold-invoices.ts';
import { createFormatProfiles } from '../formats/own-profiles.ts';
import { createIntake } from '../platform/open-intake.ts';
import type { FormatProfiles } from '../ports/format-profiles.ts';
import type { SourceParser } from '../ports/import-source.ts';
import type { OpenedIntake } from '../ports/intake.ts';
import type { EntryPoints } from '../rpc/engine-api.ts';
import { createXmlPool } from '../workers/xml-pool.ts';
import { allRuleSets } from './channel-rules.ts';

export type { FileReport, OwnRules };

/** A parser of its own, for checking files without opening a data folder; only the folder's own formats are read. `own`: what an organisation has set. */
export function openParser(options: {
  readonly entryPoints: EntryPoints;
  readonly resourcesDir: string;
  readonly dataDir: string;
  readonly own?: OwnRules;
}): SourceParser {
  const parser = createXmlPool({
    workerUrl: options.entryPoints.xmlWorker,
    resourcesDir: options.resourcesDir,
    ownProfilesDir: join(options.dataDir, 'profiles'),
  });
  const { own } = options;
  return own === undefined ? parser : withOwnRules(parser, () => own);
}

/** Every rule as it comes, where no data folder is opened. */
export function rulesAsTheyCome(): readonly RuleEntry[] {
  return listRules(allRuleSets, null);
}

/** The formats of a data folder, without opening it. */
export function openFormats(options: {
  readonly resourcesDir: string;
  readonly ownProfilesDir: string;
}): FormatProfiles {
  return createFormatProfiles(options);
}

/** Opens folders and zips for checking: what is in a zip is unpacked in the system's temporary folder. */
export function openForChecking(paths: readonly string[], signal: AbortSignal): OpenedIntake {
  const intake = createIntake({ scratchDir: tmpdir(), mayHoldInvoices });
  return intake.open(
    paths.map((path) => ({ path, name: path })),
    signal,
  );
}

/** Checks one file as of today. */
export function validateOne(parser: SourceParser, path: string, today: string): Promise<FileReport> {
  return validateFile(parser, path, { today, signal: new AbortController().signal });
}

/** Checks that one file of any size is well-formed XML, in this thread. */
export async function checkWellFormedOne(path: string): Promise<FileReport> {
  return reportOfCheck(await checkWellFormed(path, new AbortController().signal));
}
