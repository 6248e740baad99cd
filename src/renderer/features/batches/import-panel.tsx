// Imports that run (rows, rate, time left, cancel) and imports that were refused (what, where, what to do).

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { JobProgress, LeftOutFile } from '../../../shared/schema/batch.ts';
import type { StoredProblem } from '../../../shared/schema/problem.ts';
import { leftOutWords } from '../../../shared/words/intake-words.ts';
import { useEngine } from '../../state/client-context.tsx';
import { progressOf } from '../../state/job-progress.ts';
import { isRunning } from '../../state/jobs.ts';
import type { JobEntry } from '../../state/jobs.ts';
import { refusedFiles } from '../../state/refused-files.ts';
import type { RefusedFile } from '../../state/refused-files.ts';
import { batchRoute, go } from '../../state/route.ts';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Note } from '../../ui/views.tsx';
import { useErrorWords } from '../../words/use-error-words.ts';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';

/** More places than this are for the problem list, not for a note. */
const shownProblems = 3;
/** Files that were left out, by name. */
const shownLeftOut = 20;

/** Imports to draw: those that run, and those that refused files or left some out, until they are dismissed. */
export function useImports(): readonly JobEntry[] {
  const { jobs: useJobs } = useEngine();
  return Object.values(useJobs((state) => state.jobs)).filter(
    ({ progress, outcome }) => progress.kind === 'import' && (isRunning(progress) || isToBeRead(outcome)),
  );
}

function isToBeRead(outcome: JobEntry['outcome']): boolean {
  return outcome?.state === 'failed' || (outcome?.state === 'done' && outcome.leftOut.length > 0);
}

/** The panel above the list. */
export function ImportPanel({
  imports,
  onChoose,
}: {
  readonly imports: readonly JobEntry[];
  readonly onChoose: () => void;
}): ReactNode {
  if (imports.length === 0) return null;
  return (
    <div className="import-panel">
      {imports.map(({ progress, outcome }) =>
        outcome === null ? (
          <RunningImport key={progress.jobId} job={progress} />
        ) : (
          <RefusedFiles key={progress.jobId} job={{ progress, outcome }} onChoose={onChoose} />
        ),
      )}
    </div>
  );
}

function RunningImport({ job }: { readonly job: JobProgress }): ReactNode {
  const t = useWords('batches');
  const formats = useFormats();
  const cancel = useCommand('job.cancel');
  const facts = progressOf(job);
  const parts = [
    t('rows', { count: job.done }),
    facts.perSecond === null ? null : t('perSecond', { rate: formats.count(facts.perSecond) }),
    facts.leftMs === null ? null : t('timeLeft', { time: formats.duration(facts.leftMs) }),
  ];
  return (
    <div className="import-running" role="status">
      <div className="spread stack">
        <strong className="clip">{t('importing', { name: job.title })}</strong>
        <Progress label={t('importing', { name: job.title })} share={facts.share} />
        <span className="soft">{parts.filter((part) => part !== null).join(' · ')}</span>
      </div>
      <Button onPress={() => void cancel.run({ jobId: job.jobId })} isPending={cancel.isRunning}>
        {t('cancelImport')}
      </Button>
    </div>
  );
}

/** One note for each refused file and one for all that were left out; the job is forgotten with the last of them. */
function RefusedFiles({ job, onChoose }: { readonly job: JobEntry; readonly onChoose: () => void }): ReactNode {
  const { jobs: useJobs } = useEngine();
  const dismissJob = useJobs((state) => state.dismiss);
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const files = refusedFiles(job);
  const leftOut = job.outcome?.leftOut ?? [];
  const notes = files.length + (leftOut.length > 0 ? 1 : 0);
  const close = (index: number): void => {
    if (closed.size + 1 >= notes) dismissJob(job.progress.jobId);
    setClosed(new Set([...closed, index]));
  };
  const refused = files.map((file, index) => {
    if (closed.has(index)) return null;
    const again = (): void => {
      close(index);
      onChoose();
    };
    return <RefusedNote key={index} file={file} onClose={() => close(index)} onAgain={again} />;
  });
  const isLeftOutShown = leftOut.length > 0 && !closed.has(files.length);
  return (
    <>
      {refused}
      {isLeftOutShown && <LeftOutNote files={leftOut} onClose={() => close(files.length)} />}
    </>
  );
}

function LeftOutNote({
  files,
  onClose,
}: {
  readonly files: readonly LeftOutFile[];
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('batches');
  const reasons = leftOutWords[useLanguage()];
  return (
    <Note tone="calm" icon="info" title={t('leftOut', { count: files.length })}>
      <ul className="import-problems">
        {files.slice(0, shownLeftOut).map(({ fileName, reason }) => (
          <li key={fileName}>
            <span className="mono">{fileName}</span> {reasons[reason]}
          </li>
        ))}
        {files.length > shownLeftOut && <li>{t('moreLeftOut', { count: files.length - shownLeftOut })}</li>}
      </ul>
      <div className="line-up import-actions">
        <Button tone="quiet" onPress={onClose}>
          {t('dismiss')}
        </Button>
      </div>
    </Note>
  );
}

function RefusedNote({
  file,
  onClose,
  onAgain,
}: {
  readonly file: RefusedFile;
  readonly onClose: () => void;
  readonly onAgain: () => void;
}): ReactNode {
  const t = useWords('batches');
  const words = useErrorWords(file);
  const earlier = file.details.batchId;
  // A problem without a place says no more than the title and its next step.
  const placed = file.problems.filter(({ line }) => line !== null);
  const [first] = placed;
  return (
    <Note tone="bad" icon="failed" title={`${t('refused', { name: file.fileName })}: ${words.title}`}>
      {first === undefined ? (
        <p>{words.next}</p>
      ) : (
        <ul className="import-problems">
          {placed.slice(0, shownProblems).map((problem) => (
            <ImportProblem key={problem.id} problem={problem} said={words.title} />
          ))}
        </ul>
      )}
      <div className="line-up import-actions">
        {typeof earlier === 'string' && file.code === 'ALREADY_IMPORTED' && (
          <Button onPress={() => go(batchRoute(earlier, 'invoices'))}>{t('earlierBatch')}</Button>
        )}
        <Button onPress={onAgain}>{t('tryAgain')}</Button>
        <Button tone="quiet" onPress={onClose}>
          {t('dismiss')}
        </Button>
        <span className="spread" />
        <span className="faint mono">{first?.ruleId ?? file.problems[0]?.ruleId ?? file.code}</span>
      </div>
    </Note>
  );
}

/** `said` stands in the title already. Found and expected are shown where there is a place to find them at. */
function ImportProblem({ problem, said }: { readonly problem: StoredProblem; readonly said: string }): ReactNode {
  const t = useWords('batches');
  const words = useProblemWords(problem);
  return (
    <li>
      {problem.line !== null && (
        <span className="mono import-place">{t('place', { line: problem.line, column: problem.column ?? 1 })}</span>
      )}
      {words.message !== said && <span className="import-message">{words.message} </span>}
      {words.suggestion}
      <Found problem={problem} />
    </li>
  );
}

function Found({ problem }: { readonly problem: StoredProblem }): ReactNode {
  const t = useWords('batches');
  return (
    <span className="import-found">
      {problem.found !== null && problem.found !== '' && (
        <span>
          {t('found')}: <code>{problem.found}</code>
        </span>
      )}
      {problem.expected !== null && (
        <span>
          {t('expected')}: <code>{problem.expected}</code>
        </span>
      )}
    </span>
  );
}
