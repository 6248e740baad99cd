// Takes invoices out of what is sent, or back in, with a reason. Used by the table and by one invoice's screen.

import type { ReactNode } from 'react';
import type { MethodInput } from '../../shared/contract/methods.ts';
import { useSay } from '../state/ui-context.tsx';
import { useCommand } from '../state/use-command.ts';
import { useWords } from '../words/use-words.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** What the dialog is about. */
export type ExcludeTarget = Pick<MethodInput<'invoice.exclude'>, 'batchId' | 'selection'> & { readonly count: number };

/** The question; `onDone` comes after the change. */
export function ExcludeDialog({
  target,
  isExcluded,
  onDone,
  onClose,
}: {
  readonly target: ExcludeTarget;
  readonly isExcluded: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('batch');
  const say = useSay();
  const exclude = useCommand('invoice.exclude');
  const { count, ...which } = target;
  const confirm = async (reason: string): Promise<void> => {
    const result = await exclude.run({ ...which, isExcluded, reason });
    if (result?.ok !== true) return;
    const { changed } = result.value;
    if (!isExcluded && changed < count) say({ tone: 'info', text: t('includeLeft', { count: count - changed }) });
    else say({ tone: 'good', text: t('held', { count: changed }) });
    onDone();
  };
  return (
    <ReasonDialog
      title={t(isExcluded ? 'excludeTitle' : 'includeTitle', { count })}
      confirm={t(isExcluded ? 'excludeNow' : 'includeNow')}
      help={t('reasonKept')}
      missing={t('reasonNeeded')}
      isPending={exclude.isRunning}
      error={exclude.error}
      onConfirm={(reason) => void confirm(reason)}
      onClose={onClose}
    >
      <p>{t(isExcluded ? 'excludeText' : 'includeText')}</p>
    </ReasonDialog>
  );
}
