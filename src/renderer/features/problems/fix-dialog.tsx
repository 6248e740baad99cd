// The question before a batch is corrected: how many values, what they are and what they become, and what is left.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { FixPreview, FixSample } from '../../../shared/schema/fix.ts';
import { fieldName } from '../../../shared/words/field-names.ts';
import { capitalise } from '../../../shared/words/value-words.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Failure, QueryView } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';

/** The dialog for one cause. It closes when the work has begun: how far it is stands in the status bar, how it ended in a message. */
export function FixDialog({
  batchId,
  ruleId,
  cause,
  onClose,
}: {
  readonly batchId: string;
  readonly ruleId: string;
  readonly cause: string;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('fixes');
  const preview = useQuery('fix.preview', { batchId, ruleId });
  const apply = useCommand('fix.apply');
  const [reason, setReason] = useState('');
  const send = async (): Promise<void> => {
    const result = await apply.run({ batchId, ruleId, reason });
    if (result?.ok === true) onClose();
  };
  const data = preview.state === 'ready' ? preview.data : null;
  const isPartly = data !== null && data.examined < data.affected;
  return (
    <Dialog
      title={t('title', { cause })}
      isOpen
      onClose={onClose}
      size="wide"
      actions={
        <>
          <Button
            tone="primary"
            isDisabled={data === null || (data.values === 0 && !isPartly)}
            isPending={apply.isRunning}
            onPress={() => void send()}
          >
            {data === null || isPartly ? t('applyAll') : t('apply', { count: data.values })}
          </Button>
          <Button onPress={onClose} autoFocus>
            {t('cancel')}
          </Button>
        </>
      }
    >
      <QueryView query={preview} lines={4}>
        {(shown) => <PreviewPart preview={shown} />}
      </QueryView>
      {data !== null && data.values > 0 && <TextField isWide label={t('reason')} value={reason} onChange={setReason} />}
      {apply.error !== null && <Failure error={apply.error} />}
    </Dialog>
  );
}

function PreviewPart({ preview }: { readonly preview: FixPreview }): ReactNode {
  const t = useWords('fixes');
  const common = useWords('common');
  const formats = useFormats();
  const invoices = (count: number): string => common('invoices', { count });
  const { kind, values, notMechanical, delivered, examined, affected, samples } = preview;
  return (
    <div className="fix-preview">
      {kind !== null && <p>{t(`about.${kind}`)}</p>}
      <p>
        <strong>
          {values === 0 ? t('nothing') : t('count', { count: values, invoices: invoices(preview.invoices) })}
        </strong>
      </p>
      {examined < affected && (
        <p className="soft">{t('partly', { examined: formats.count(examined), affected: invoices(affected) })}</p>
      )}
      {samples.length > 0 && <SampleTable samples={samples} />}
      {notMechanical > 0 && <p className="soft">{t('notMechanical', { invoices: invoices(notMechanical) })}</p>}
      {delivered > 0 && <p className="soft">{t('delivered', { invoices: invoices(delivered) })}</p>}
      {values > 0 && <p className="soft">{t('source')}</p>}
    </div>
  );
}

function SampleTable({ samples }: { readonly samples: readonly FixSample[] }): ReactNode {
  const t = useWords('fixes');
  const language = useLanguage();
  return (
    <table className="fix-samples" aria-label={t('samples')}>
      <thead>
        <tr>
          <th scope="col">{t('invoice')}</th>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('before')}</th>
          <th scope="col">{t('after')}</th>
        </tr>
      </thead>
      <tbody>
        {samples.map(({ invoiceId, invoiceNumber, field, before, after }) => (
          <tr key={`${String(invoiceId)} ${field}`}>
            <td className="mono">{invoiceNumber}</td>
            <td>
              {capitalise(fieldName(field, language) ?? fieldName(field.replace(/^.*\]\./u, ''), language) ?? field)}
            </td>
            <td className="mono">{before}</td>
            <td className="mono">{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
