// The question before another copy: to whom, through what, and why. The only way on screen by which a customer gets an invoice twice.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Delivery } from '../../../shared/schema/delivery.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { useWords } from '../../words/use-words.ts';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { TextField } from '../fields.tsx';
import { Failure } from '../views.tsx';
import { ConnectionField, ReasonField } from './act-dialog.tsx';
import './steer.css';

/** The dialog for one delivery that arrived. */
export function CopyDialog({
  delivery,
  onClose,
}: {
  readonly delivery: Delivery;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('steer');
  const common = useWords('common');
  const say = useSay();
  const copy = useCommand('delivery.copy');
  const connections = dataOf(useQuery('connection.list', {}))?.connections ?? [];
  const [connectionId, setConnectionId] = useState(delivery.connectionId);
  const [address, setAddress] = useState(delivery.channel === 'email' ? delivery.target : '');
  const [reason, setReason] = useState('');
  const [isTold, setIsTold] = useState(false);
  const channel = connections.find(({ id }) => id === connectionId)?.channel ?? delivery.channel;
  const send = async (): Promise<void> => {
    setIsTold(true);
    if (reason.trim().length < 3) return;
    const result = await copy.run({
      deliveryId: delivery.id,
      connectionId,
      address: channel === 'email' && address.trim() !== '' ? address.trim() : null,
      reason: reason.trim(),
    });
    if (result?.ok !== true) return;
    say({ tone: 'good', text: t('done.copy', { number: delivery.invoiceNumber }) });
    onClose();
  };
  return (
    <Dialog
      title={t('copyTitle', { number: delivery.invoiceNumber })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button tone="danger" onPress={() => void send()} isPending={copy.isRunning}>
            {t('copyDo')}
          </Button>
          <Button onPress={onClose} autoFocus>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <div className="steer">
        <p>{t('copyText')}</p>
        <ConnectionField connectionId={connectionId} error={null} onChange={setConnectionId} />
        {channel === 'email' && (
          <TextField label={t('copyAddress')} type="email" value={address} onChange={setAddress} />
        )}
        <ReasonField reason={reason} isTold={isTold} onChange={setReason} />
        {copy.error !== null && <Failure error={copy.error} />}
      </div>
    </Dialog>
  );
}
