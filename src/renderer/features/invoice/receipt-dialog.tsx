// One receipt: what the peer answered, the file it is kept as, and whether the file's bytes are still what they were.

import type { ReactNode } from 'react';
import type { OpenedReceipt, ReceiptState } from '../../../shared/schema/timeline.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Moment } from '../../ui/values.tsx';
import { Note, QueryView } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';

const verdicts = {
  whole: { tone: 'good', icon: 'check', word: 'receiptWhole' },
  changed: { tone: 'bad', icon: 'failed', word: 'receiptChanged' },
  missing: { tone: 'bad', icon: 'failed', word: 'receiptMissing' },
  notYet: { tone: 'calm', icon: 'clock', word: 'receiptNotYet' },
  none: { tone: 'calm', icon: 'info', word: 'receiptNone' },
} as const satisfies Record<ReceiptState, object>;

/** The dialog of one receipt. */
export function ReceiptDialog({
  receiptId,
  invoiceNumber,
  onClose,
}: {
  readonly receiptId: number;
  readonly invoiceNumber: string;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('invoice');
  const common = useWords('common');
  const query = useQuery('receipt.open', { receiptId });
  const opened = query.state === 'ready' ? query.data : null;
  return (
    <Dialog
      title={t('receiptTitle', { number: invoiceNumber })}
      isOpen
      onClose={onClose}
      size="wide"
      actions={
        <>
          {opened?.state === 'whole' && (
            <Button icon="download" onPress={() => saveFile(opened.fileName, opened.text, 'application/json')}>
              {t('saveReceipt')}
            </Button>
          )}
          <Button onPress={onClose} autoFocus>
            {common('close')}
          </Button>
        </>
      }
    >
      <QueryView query={query} lines={8}>
        {(receipt) => <Shown receipt={receipt} />}
      </QueryView>
    </Dialog>
  );
}

function Shown({ receipt }: { readonly receipt: OpenedReceipt }): ReactNode {
  const t = useWords('invoice');
  const { tone, icon, word } = verdicts[receipt.state];
  return (
    <div className="stack">
      <Note tone={tone} icon={icon} title={t(word)} />
      <dl className="receipt-answer">
        <dt>{t('receivedAt')}</dt>
        <dd>
          <Moment atMs={receipt.atMs} hasZone />
        </dd>
        <dt>{t('receiptSource')}</dt>
        <dd>{t(`source.${receipt.source}`)}</dd>
        {Object.entries(receipt.answer).flatMap(([name, value]) => [
          <dt key={`${name} name`}>{name}</dt>,
          <dd key={name} className="mono">
            {String(value)}
          </dd>,
        ])}
        {receipt.sha256 !== null && (
          <>
            <dt>{t('sha256')}</dt>
            <dd className="mono">{receipt.sha256}</dd>
          </>
        )}
      </dl>
      <h3>{t('receiptText')}</h3>
      <pre className="receipt-text mono" tabIndex={0}>
        {receipt.text}
      </pre>
    </div>
  );
}
