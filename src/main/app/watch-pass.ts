// One round of a watched folder: what has settled is imported as one drop, and each file goes to done or failed. No waiting here.

import { ok } from '../../shared/result.ts';
import type { AppError, Result } from '../../shared/result.ts';
import type { BatchSummary } from '../../shared/schema/batch.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { failedFileText } from '../../shared/words/watch-words.ts';
import type { FailedCause } from '../../shared/words/watch-words.ts';
import type { SettledFile, WatchedFolder } from '../ports/watched-folder.ts';
import type { AppContext } from './context.ts';
import type { FileToImport } from './import-work.ts';
import type { GivenReport } from './import-given.ts';

/** What became of one file. `left`: it stays in the folder and is tried again (a cancelled one when it changes); `stuck`: it stays until it changes, because it could not be moved. */
export interface WatchedOutcome {
  readonly fileName: string;
  readonly outcome: 'done' | 'failed' | 'left' | 'stuck';
  /** Its name in `done` or `failed`. */
  readonly movedTo: string | null;
  readonly error: AppError | null;
}

/** What one round did. */
export interface WatchReport {
  readonly outcomes: readonly WatchedOutcome[];
  readonly batches: readonly BatchSummary[];
  /** Files that have not settled yet. */
  readonly waiting: number;
}

/** How a round is done. */
export interface WatchPassOptions {
  readonly folder: WatchedFolder;
  readonly language: Language;
  /** Imports; null when it was cancelled or broke: everything stays then. */
  readonly importFiles: (files: readonly FileToImport[]) => Promise<GivenReport | null>;
  /** How the round's time is written for people. */
  readonly time: () => string;
}

/** Circumstances, not the file's own faults: the file stays where it is and is tried again. */
const passing: ReadonlySet<string> = new Set([
  'UNREADABLE',
  'STORAGE_FULL',
  'STORE_BUSY',
  'CANCELLED',
  'INTERNAL',
  'TIMED_OUT',
]);

/** Errors: UNREADABLE (the folder). A killed round leaves the files where they are; what had come in is then told as imported before. */
export async function watchPass(
  context: Pick<AppContext, 'store'>,
  options: WatchPassOptions,
): Promise<Result<WatchReport>> {
  const look = await options.folder.look();
  if (!look.ok) return look;
  const { settled, waiting } = look.value;
  if (settled.length === 0) return ok({ outcomes: [], batches: [], waiting });
  const report = await options.importFiles(settled.map(({ path, name }) => ({ path, name })));
  const outcomes: WatchedOutcome[] = [];
  for (const file of settled) outcomes.push(await putAway(context, { ...options, file, report }));
  return ok({ outcomes, batches: report?.batches ?? [], waiting });
}

interface Putting extends WatchPassOptions {
  readonly file: SettledFile;
  readonly report: GivenReport | null;
}

async function putAway(context: Pick<AppContext, 'store'>, work: Putting): Promise<WatchedOutcome> {
  const { file, folder, report } = work;
  const fileName = file.name;
  const refused = report?.refused.filter((part) => isOf(part.fileName, fileName)) ?? [];
  const passingError = refused.find(({ error }) => passing.has(error.code))?.error ?? null;
  if (report === null || passingError !== null) {
    // Who cancelled an import does not want it again at once.
    if (passingError?.code === 'CANCELLED') folder.forget(file);
    else folder.leave(file);
    return { fileName, outcome: 'left', movedTo: null, error: passingError };
  }
  const batches = report.batches.filter((batch) => filesOf(context, batch).some((name) => isOf(name, fileName)));
  const heldBack = batches.filter(({ state, imported }) => state === 'keptBack' || imported === 0);
  const isFailed = refused.length > 0 || heldBack.length > 0 || batches.length === 0;
  const note = isFailed ? noteOf(context, work, { refused, heldBack, batches }) : null;
  const moved = await folder.moveTo(isFailed ? 'failed' : 'done', file, note);
  if (!moved.ok) {
    folder.forget(file);
    return { fileName, outcome: 'stuck', movedTo: null, error: moved.error };
  }
  if (moved.value === null) return { fileName, outcome: 'left', movedTo: null, error: null };
  return {
    fileName,
    outcome: isFailed ? 'failed' : 'done',
    movedTo: moved.value.name,
    error: refused[0]?.error ?? null,
  };
}

/** The file itself, or one in it when it is a zip. */
function isOf(name: string, fileName: string): boolean {
  return name === fileName || name.startsWith(`${fileName}/`);
}

function filesOf(context: Pick<AppContext, 'store'>, batch: BatchSummary): string[] {
  return context.store.reads.batchFiles(batch.id).map(({ fileName }) => fileName);
}

function noteOf(
  context: Pick<AppContext, 'store'>,
  work: Putting,
  found: {
    readonly refused: GivenReport['refused'];
    readonly heldBack: readonly BatchSummary[];
    readonly batches: readonly BatchSummary[];
  },
): string {
  const causes: FailedCause[] = found.heldBack.flatMap((batch) =>
    context.store.reads.problemGroups(batch.id, ['error']).map(({ count, sample }) => ({ count, sample })),
  );
  const cameIn = found.batches.filter(({ state }) => state !== 'keptBack');
  return failedFileText(
    {
      name: work.file.name,
      time: work.time(),
      parts: found.refused.map(({ fileName, error, problems }) => ({ name: fileName, error, problems })),
      causes,
      imported: cameIn.reduce((sum, batch) => sum + batch.imported, 0),
    },
    work.language,
  );
}
