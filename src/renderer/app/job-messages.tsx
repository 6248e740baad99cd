// Says how an import, a release or a fix ended, once, with the way to its result. Draws nothing itself.

import { useEffect, useRef } from 'react';
import type { AppError } from '../../shared/result.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { wordsForCause } from '../../shared/words/cause-words.ts';
import { codeOf } from '../state/error-code.ts';
import { useEngine } from '../state/client-context.tsx';
import type { JobEntry, JobOutcome } from '../state/jobs.ts';
import { refusedFiles } from '../state/refused-files.ts';
import { batchRoute, go, useRoute } from '../state/route.ts';
import { useSay } from '../state/ui-context.tsx';
import type { Message } from '../state/ui-store.ts';
import { useErrorText } from '../words/use-error-words.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import type { Words } from '../words/use-words.ts';

/** Turns ended jobs into messages. A refused import is drawn at length among the batches, so it only gets a pointer there. */
export function JobMessages(): null {
  const t = useWords('frame');
  const common = useWords('common');
  const say = useSay();
  const textOf = useErrorText();
  const language = useLanguage();
  const { jobs: useJobs } = useEngine();
  const jobs = useJobs((state) => state.jobs);
  const dismiss = useJobs((state) => state.dismiss);
  const isListShown = useRoute().screen === 'batches';
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const [jobId, job] of Object.entries(jobs)) {
      if (job.outcome === null || told.current.has(jobId)) continue;
      told.current.add(jobId);
      const messages =
        job.progress.kind === 'import'
          ? importMessages(job, job.outcome, { t, common })
          : [
              job.progress.kind === 'fix'
                ? fixMessage(job.outcome, { t, common }, textOf)
                : releaseMessage(job.outcome, { t, language }, textOf),
            ];
      // The list of batches draws refused files at length; a message over it would say the same twice.
      const isDrawn = job.progress.kind === 'import' && isListShown;
      for (const message of messages) if (message.tone !== 'error' || !isDrawn) say(message);
      // What was left out is listed among the batches until it is closed there.
      if ((job.outcome.state !== 'failed' && job.outcome.leftOut.length === 0) || job.progress.kind === 'fix')
        dismiss(jobId);
    }
  }, [jobs, t, common, language, say, dismiss, textOf, isListShown]);
  return null;
}

/** What came in and what did not, when several files were given both. */
function importMessages(
  job: JobEntry,
  outcome: JobOutcome,
  words: { readonly t: Words<'frame'>; readonly common: Words<'common'> },
): readonly Omit<Message, 'id'>[] {
  const { t, common } = words;
  const name = job.progress.title;
  if (outcome.state === 'cancelled') return [{ tone: 'info', text: t('importCancelled', { name }) }];
  const show = { label: t('show'), run: () => go({ screen: 'batches' }) };
  const refused = refusedFiles(job).map((file): Omit<Message, 'id'> => ({
    tone: 'error',
    text: t('importFailed', { name: file.fileName }),
    action: show,
  }));
  const leftOut: Omit<Message, 'id'>[] =
    outcome.leftOut.length === 0
      ? []
      : [{ tone: 'info', text: t('leftOut', { count: outcome.leftOut.length }), action: show }];
  const [batchId, ...others] = outcome.batchIds;
  if (batchId === undefined) return [...refused, ...leftOut];
  const isOne = others.length === 0;
  const text =
    isOne && refused.length === 0
      ? t('importDone', { name, invoices: common('invoices', { count: job.progress.done }) })
      : t('batchesIn', { count: outcome.batchIds.length });
  return [
    {
      tone: 'good',
      text,
      action: { label: t('show'), run: () => go(isOne ? batchRoute(batchId, 'invoices') : { screen: 'batches' }) },
    },
    ...refused,
    ...leftOut,
  ];
}

function releaseMessage(
  outcome: JobOutcome,
  { t, language }: { readonly t: Words<'frame'>; readonly language: Language },
  textOf: (error: AppError) => string,
): Omit<Message, 'id'> {
  if (outcome.state !== 'done') {
    const cause = outcome.error === null ? '' : textOf({ ...outcome.error, code: codeOf(outcome.error.code) });
    return { tone: outcome.state === 'failed' ? 'error' : 'info', text: `${t('releaseFailed')} ${cause}`.trim() };
  }
  const { released, unfit } = outcome;
  const sentences = [
    ...(released > 0 || unfit === null ? [t('releaseDone', { count: released })] : []),
    ...(unfit === null ? [] : [t('releaseUnfit', { ...unfit, cause: causeOf(unfit.code, language) })]),
  ];
  return {
    tone: unfit === null ? 'good' : 'error',
    text: sentences.join(' '),
    action: { label: t('show'), run: () => go({ screen: 'deliveries' }) },
  };
}

function causeOf(code: string, language: Language): string {
  return wordsForCause({ code, detail: null, isRetried: false }, language).title.replace(/\.$/u, '');
}

/** What a fix did, and what it left; undoing it stands beside the problems. */
function fixMessage(
  outcome: JobOutcome,
  { t, common }: { readonly t: Words<'frame'>; readonly common: Words<'common'> },
  textOf: (error: AppError) => string,
): Omit<Message, 'id'> {
  const { fix, error, state } = outcome;
  if (state === 'cancelled') return { tone: 'info', text: t('fixStopped', { count: fix?.values ?? 0 }) };
  if (fix === null || error !== null) {
    const cause = error === null ? '' : textOf({ ...error, code: codeOf(error.code) });
    return { tone: 'error', text: `${t('fixFailed')} ${cause}`.trim() };
  }
  const invoices = (count: number): string => common('invoices', { count });
  const key = fix.isUndo ? 'fixUndone' : fix.becameReady > 0 ? 'fixDone' : 'fixDoneOnly';
  const sentences = [
    t(key, { count: fix.values, ready: invoices(fix.becameReady) }),
    fix.delivered > 0 ? t('fixDelivered', { invoices: invoices(fix.delivered) }) : '',
    fix.changedMeanwhile > 0 ? t('fixChanged', { invoices: invoices(fix.changedMeanwhile) }) : '',
  ];
  return {
    tone: fix.values > 0 ? 'good' : 'info',
    text: sentences.filter((sentence) => sentence !== '').join(' '),
  };
}
