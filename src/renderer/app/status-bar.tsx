// The status bar: what runs now and how far it is, what waits in the outbox, when data was saved and where it is.

import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { JobProgress } from '../../shared/schema/batch.ts';
import type { AppState } from '../../shared/schema/settings.ts';
import { useEngine } from '../state/client-context.tsx';
import { isRunning } from '../state/jobs.ts';
import { progressOf } from '../state/job-progress.ts';
import { go } from '../state/route.ts';
import { useCommand } from '../state/use-command.ts';
import { dataOf, useQuery } from '../state/use-query.ts';
import { IconButton } from '../ui/button.tsx';
import { Progress } from '../ui/progress.tsx';
import { useFormats, useWords } from '../words/use-words.ts';

/** The bar at the bottom. */
export function StatusBar({ app }: { readonly app: AppState | null }): ReactNode {
  const t = useWords('frame');
  const formats = useFormats();
  const { jobs: useJobs } = useEngine();
  const running = Object.values(useJobs((state) => state.jobs)).filter((job) => isRunning(job.progress));
  const waiting = useWaiting();
  const savedAtMs = app?.lastSavedAtMs ?? null;
  useLeavingGuard(app?.host === 'web' && running.length > 0);
  return (
    <footer className="status-bar">
      {running.length === 0 && waiting === 0 && <span className="faint">{t('idle')}</span>}
      {running.map((job) => (
        <RunningJob key={job.progress.jobId} job={job.progress} />
      ))}
      {waiting > 0 && (
        <button type="button" className="status-link" onClick={() => go({ screen: 'deliveries' })}>
          {t('sending', { count: waiting })}
        </button>
      )}
      <span className="spread" />
      {savedAtMs !== null && <span className="faint">{t('lastSaved', { time: formats.time(savedAtMs) })}</span>}
      {app !== null && (
        <span className="faint clip status-folder" title={app.dataFolder}>
          {t('dataFolder', { path: app.dataFolder })}
        </span>
      )}
    </footer>
  );
}

function RunningJob({ job }: { readonly job: JobProgress }): ReactNode {
  const t = useWords('frame');
  const formats = useFormats();
  const cancel = useCommand('job.cancel');
  const { share } = progressOf(job);
  const counts =
    job.total === null ? formats.count(job.done) : `${formats.count(job.done)} / ${formats.count(job.total)}`;
  return (
    <span className="status-job">
      <span className="clip">
        {t(`phase.${job.phase}`)} {job.title}
      </span>
      <span className="status-progress">
        <Progress label={job.title} share={share} />
      </span>
      <span className="faint">{counts}</span>
      <IconButton
        icon="close"
        label={t('cancelJob', { title: job.title })}
        onPress={() => void cancel.run({ jobId: job.jobId })}
        isDisabled={cancel.isRunning}
      />
    </span>
  );
}

/** The browser asks before the page is left. The window of the desktop program asks by itself; a page there could only refuse without a word. */
function useLeavingGuard(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isNeeded]);
}

function useWaiting(): number {
  const lanes = dataOf(useQuery('delivery.lanes', {}))?.lanes ?? [];
  return lanes.reduce((sum, { counts }) => sum + counts.queued + counts.claimed + counts.sending + counts.waiting, 0);
}
