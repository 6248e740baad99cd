// The question before something is removed: what goes, what stays, and Cancel as the default. Not for things that are sent.

import type { ReactNode } from 'react';
import type { AppError } from '../../shared/result.ts';
import { useWords } from '../words/use-words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Failure } from './views.tsx';

/** Asks; the caller closes it once `onConfirm` has done its work. */
export function RemoveDialog({
  title,
  text,
  isRunning,
  error,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly text: string;
  readonly isRunning: boolean;
  readonly error: AppError | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const common = useWords('common');
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      role="alertdialog"
      size="small"
      actions={
        <>
          <Button tone="danger" onPress={onConfirm} isPending={isRunning}>
            {common('remove')}
          </Button>
          <Button onPress={onClose} autoFocus>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      {error !== null && <Failure error={error} />}
    </Dialog>
  );
}
