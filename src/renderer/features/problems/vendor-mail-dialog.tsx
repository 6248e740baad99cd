// The e-mail to the billing system's vendor, as it will be read: to open in a mail program, to copy, or to save.

import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { isMailbox } from '../../../shared/mailbox.ts';
import type { ProblemFilter } from '../../../shared/schema/problem.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useQuery } from '../../state/use-query.ts';
import { useSettled } from '../../state/use-settled.ts';

import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { openMail } from '../../ui/open-mail.ts';
import { Note, QueryView } from '../../ui/views.tsx';
import { useLanguage, useWords } from '../../words/use-words.ts';
import { useSaveReport } from './use-export.ts';

/** The dialog, with what the filter shows. */
export function VendorMailDialog({
  batchId,
  filter,
  onClose,
}: {
  readonly batchId: string;
  readonly filter: ProblemFilter;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('problems');
  const common = useWords('common');
  const say = useSay();
  const vendor = useAddress();
  const { address, isWrong } = vendor;
  const query = useQuery('problem.mail', { batchId, language: useLanguage(), ...filter });
  const { save, isRunning } = useSaveReport(batchId, filter);
  const mail = query.state === 'ready' ? query.data : null;
  const copy = (): void => {
    if (mail === null) return;
    void navigator.clipboard.writeText(mail.text).then(
      () => say({ tone: 'good', text: t('mailCopied') }),
      () => say({ tone: 'error', text: t('mailNotCopied') }),
    );
  };
  return (
    <Dialog
      title={t('mailTitle')}
      isOpen
      onClose={onClose}
      size="wide"
      actions={
        <>
          <Button
            tone="primary"
            icon="mail"
            onPress={() => mail !== null && openMail(mail.mailto, address)}
            isDisabled={mail === null || isWrong}
          >
            {t('mailOpen')}
          </Button>
          <Button onPress={copy} isDisabled={mail === null}>
            {t('mailCopy')}
          </Button>
          <Button icon="download" onPress={() => save('eml', address)} isPending={isRunning} isDisabled={isWrong}>
            {t('mailSave')}
          </Button>
          <Button onPress={onClose} autoFocus>
            {common('close')}
          </Button>
        </>
      }
    >
      <div className="stack vendor-mail">
        <AddressField {...vendor} />
        <QueryView query={query} lines={8}>
          {({ subject, text, isShortened, leftOut }) => (
            <>
              <MailText subject={subject} text={text} />
              {leftOut > 0 && (
                <Note tone="calm" icon="info" title={t('mailLeftOut', { count: leftOut })}>
                  {t('mailLeftOutText')}
                </Note>
              )}
              {isShortened && (
                <Note tone="calm" icon="info" title={t('mailShort')}>
                  {t('mailShortText')}
                </Note>
              )}
            </>
          )}
        </QueryView>
      </div>
    </Dialog>
  );
}

interface VendorAddress {
  readonly to: string;
  readonly setTo: (to: string) => void;
  readonly address: string | null;
  readonly isWrong: boolean;
  /** Not while it is being typed. */
  readonly isTold: boolean;
}

function AddressField({ to, setTo, isTold }: VendorAddress): ReactNode {
  const t = useWords('problems');
  return (
    <TextField
      label={t('mailTo')}
      value={to}
      onChange={setTo}
      type="email"
      help={t('mailToHelp')}
      error={isTold ? t('mailToWrong') : null}
    />
  );
}

/** The vendor's address as it is typed. One that is wrong is never left out silently: nothing is saved or opened with it. */
function useAddress(): VendorAddress {
  const [to, setTo] = useState('');
  const settled = useSettled(to);
  const address = to.trim() === '' ? null : to.trim();
  const isWrong = address !== null && !isMailbox(address);
  return { to, setTo, address, isWrong, isTold: isWrong && settled === to };
}

function MailText({ subject, text }: { readonly subject: string; readonly text: string }): ReactNode {
  const t = useWords('problems');
  const subjectId = useId();
  return (
    <div className="stack">
      <p id={subjectId}>
        <span className="faint">{t('mailSubject')}</span> <strong>{subject}</strong>
      </p>
      <pre className="vendor-mail-text mono" tabIndex={0} role="region" aria-labelledby={subjectId}>
        {text}
      </pre>
    </div>
  );
}
