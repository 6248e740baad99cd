// New addresses for e-mails that were refused or failed: one line for each address, with why, and a reason for all.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { FailedAddress } from '../../../shared/schema/control.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { TextField } from '../fields.tsx';
import { Failure, QueryView } from '../views.tsx';
import { ReasonField } from './act-dialog.tsx';
import type { SteerFilter } from './act-dialog.tsx';
import './steer.css';

/** Enough to see a typing mistake; the engine has the last word. */
const looksLikeAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** The dialog over all refused and failed e-mails that the filter means. */
export function AddressDialog({
  filter,
  onClose,
}: {
  readonly filter: SteerFilter;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('steer');
  const common = useWords('common');
  const say = useSay();
  const query = useQuery('delivery.addresses', { filter });
  const readdress = useCommand('delivery.readdress');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const [isTold, setIsTold] = useState(false);
  const addresses = Object.entries(typed)
    .map(([from, to]) => ({ from, to: to.trim() }))
    .filter(({ from, to }) => to !== '' && to !== from);
  const send = async (): Promise<void> => {
    setIsTold(true);
    if (reason.trim().length < 3 || addresses.some(({ to }) => !looksLikeAddress.test(to))) return;
    const result = await readdress.run({ filter, addresses, reason: reason.trim() });
    if (result?.ok !== true) return;
    const { changed } = result.value;
    say(
      changed > 0
        ? { tone: 'good', text: t('done.readdress', { count: changed }) }
        : { tone: 'info', text: t('nothingChanged') },
    );
    onClose();
  };
  return (
    <Dialog
      title={t('addressTitle')}
      isOpen
      onClose={onClose}
      size="wide"
      actions={
        <>
          <Button
            tone="primary"
            onPress={() => void send()}
            isDisabled={addresses.length === 0}
            isPending={readdress.isRunning}
          >
            {t('addressDo', { count: addresses.length })}
          </Button>
          <Button onPress={onClose} autoFocus>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <div className="steer">
        <p className="soft">{t('addressText')}</p>
        <QueryView query={query}>
          {(data) => (
            <AddressList
              {...data}
              typed={typed}
              isTold={isTold}
              onType={(from, to) => setTyped({ ...typed, [from]: to })}
            />
          )}
        </QueryView>
        <ReasonField reason={reason} isTold={isTold && addresses.length > 0} onChange={setReason} />
        {readdress.error !== null && <Failure error={readdress.error} />}
      </div>
    </Dialog>
  );
}

function AddressList({
  total,
  addresses,
  typed,
  isTold,
  onType,
}: {
  readonly total: number;
  readonly addresses: readonly FailedAddress[];
  readonly typed: Readonly<Record<string, string>>;
  readonly isTold: boolean;
  readonly onType: (from: string, to: string) => void;
}): ReactNode {
  const t = useWords('steer');
  const formats = useFormats();
  if (addresses.length === 0) return <p>{t('addressNone')}</p>;
  return (
    <>
      <ul className="steer-addresses">
        {addresses.map((address) => (
          <AddressRow
            key={address.address}
            address={address}
            typed={typed[address.address] ?? ''}
            isTold={isTold}
            onType={(to) => onType(address.address, to)}
          />
        ))}
      </ul>
      {total > addresses.length && (
        <p className="soft">
          {t('addressMore', { shown: formats.count(addresses.length), total: formats.count(total) })}
        </p>
      )}
    </>
  );
}

function AddressRow({
  address,
  typed,
  isTold,
  onType,
}: {
  readonly address: FailedAddress;
  readonly typed: string;
  readonly isTold: boolean;
  readonly onType: (to: string) => void;
}): ReactNode {
  const t = useWords('steer');
  const language = useLanguage();
  const { address: old, customerName, count, lastCode, lastDetail } = address;
  const cause =
    lastCode === null ? null : wordsForCause({ code: lastCode, detail: lastDetail, isRetried: false }, language).title;
  const isWrong = isTold && typed.trim() !== '' && !looksLikeAddress.test(typed.trim());
  return (
    <li className="steer-address">
      <div>
        <strong className="steer-old">{old}</strong>
        <div className="soft">
          {customerName} · {t('addressCount', { count })}
        </div>
        <div className="faint" title={lastDetail ?? undefined}>
          {[cause, lastDetail].filter((part) => part !== null && part !== '').join(' ')}
        </div>
      </div>
      <TextField
        label={t('addressOf', { address: old })}
        type="email"
        value={typed}
        placeholder={old}
        onChange={onType}
        error={isWrong ? t('addressWrong') : null}
      />
    </li>
  );
}
