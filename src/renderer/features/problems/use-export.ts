// Saving the problem report: what the filter shows, in the form that was asked for. Also in the command list.

import { useCallback, useMemo } from 'react';
import type { ProblemFilter, ReportForm } from '../../../shared/schema/problem.ts';
import { useActions, useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { saveFile } from '../../ui/save-file.ts';
import { useLanguage, useWords } from '../../words/use-words.ts';

/** Media type by form. */
const mediaTypes = {
  csv: 'text/csv;charset=utf-8',
  json: 'application/json',
  html: 'text/html;charset=utf-8',
  eml: 'message/rfc822',
} as const satisfies Record<ReportForm, string>;

/** Saves the report in a form; `to` is the vendor's address for the e-mail. */
export function useSaveReport(
  batchId: string,
  filter: ProblemFilter,
): { readonly save: (form: ReportForm, to?: string | null) => void; readonly isRunning: boolean } {
  const t = useWords('problems');
  const say = useSay();
  const language = useLanguage();
  const { run, isRunning } = useCommand('problem.export');
  const save = useCallback(
    (form: ReportForm, to: string | null = null): void => {
      void run({ batchId, form, language, to, ...filter }).then((result) => {
        if (result === null) return;
        if (result.ok) saveFile(result.value.fileName, result.value.text, mediaTypes[form]);
        else say({ tone: 'error', text: t('exportFailed') });
      });
    },
    [batchId, filter, language, run, say, t],
  );
  return { save, isRunning };
}

/** The same with its actions in the command list. */
export function useExport(
  batchId: string,
  options: { readonly filter: ProblemFilter; readonly onMail: () => void },
): ReturnType<typeof useSaveReport> {
  const t = useWords('problems');
  const saving = useSaveReport(batchId, options.filter);
  const { save } = saving;
  const { onMail } = options;
  useActions(
    useMemo(
      () => [
        { id: 'problems.csv', group: t('group'), label: t('exportCsv'), run: () => save('csv') },
        { id: 'problems.json', group: t('group'), label: t('exportJson'), run: () => save('json') },
        { id: 'problems.html', group: t('group'), label: t('exportHtml'), run: () => save('html') },
        { id: 'problems.mail', group: t('group'), label: t('exportMail'), run: onMail },
      ],
      [t, save, onMail],
    ),
  );
  return saving;
}
