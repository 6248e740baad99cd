// Asks for a reason before something that is kept with it. The way back has the focus.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/result.ts';
import { useWords } from '../words/use-words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './fields.tsx';
import { Failure } from './views.tsx';

/** The engine's longest reason. */
const longestReason = 500;

/** A question with a reason as its answer; `onConfirm` gets it trimmed and never empty. */
export function ReasonDialog({
  title,
  confirm,
  isDanger = false,
  help,
  missing,
  isPending,
  error,
  children,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly confirm: string;
  readonly isDanger?: boolean;
  /** What the reason is for, and what is said when it is missing. */
  readonly help: string;
  readonly missing: string;
  readonly isPending: boolean;
  readonly error: AppError | null;
  readonly children: ReactNode;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('deliveries');
  const common = useWords('common');
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const text = reason.trim().slice(0, longestReason);
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button
            tone={isDanger ? 'danger' : 'primary'}
            onPress={() => (text === '' ? setIsMissing(true) : onConfirm(text))}
            isPending={isPending}
          >
            {confirm}
          </Button>
          <Button onPress={onClose} autoFocus>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {children}
        <TextField
          label={t('reason')}
          help={help}
          value={reason}
          onChange={setReason}
          error={isMissing && text === '' ? missing : null}
          isRequired
          isWide
        />
        {error !== null && <Failure error={error} />}
      </div>
    </Dialog>
  );
}
