// The SendRegning part beside an invoice that went through it: how it stands there, its PDF, its recipient's ledger, and dunnings by hand.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AccountView, InvoiceAccount } from '../../../shared/schema/accounts.ts';
import type { InvoiceDetail } from '../../../shared/schema/batch.ts';
import { stateWord } from '../../../shared/words/tracked-words.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PdfView } from '../../ui/pdf-view.tsx';
import { Failure, QueryView } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { DunningActs } from './dunning-acts.tsx';
import { DunningDialog } from './dunning-dialog.tsx';
import { AccountLedger } from './account-ledger.tsx';
import './account.css';

/** Nothing where SendRegning has not taken the invoice. */
export function SendRegningPart({ detail }: { readonly detail: InvoiceDetail }): ReactNode {
  const t = useWords('account');
  const isThere = detail.deliveries.some(({ channel, state }) => channel === 'sendregning' && state === 'accepted');
  if (!isThere) return null;
  return (
    <section className="invoice-part account-part" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <Accounts key={detail.row.id} detail={detail} />
    </section>
  );
}

function Accounts({ detail }: { readonly detail: InvoiceDetail }): ReactNode {
  const query = useQuery('account.ofInvoice', { invoiceId: detail.row.id });
  return (
    <QueryView query={query} lines={3}>
      {({ accounts }) =>
        accounts.map((account) => <Account key={account.deliveryId} account={account} detail={detail} />)
      }
    </QueryView>
  );
}

function Account({ account, detail }: { readonly account: InvoiceAccount; readonly detail: InvoiceDetail }): ReactNode {
  const t = useWords('account');
  const say = useSay();
  const [view, setView] = useState<AccountView | null>(null);
  const [isDunning, setIsDunning] = useState(false);
  const look = useCommand('account.look');
  const place = { invoiceId: detail.row.id, deliveryId: account.deliveryId };
  const onLook = async (): Promise<void> => {
    const result = await look.run(place);
    if (result?.ok !== true) return;
    setView(result.value);
    if (result.value.settled > 0) say({ tone: 'info', text: t('settledNow') });
  };
  return (
    <div className="account">
      <Facts account={account} />
      <DunningActs acts={account.acts} invoiceId={detail.row.id} />
      <div className="delivery-actions">
        <Button icon="refresh" onPress={() => void onLook()} isPending={look.isRunning}>
          {t('look')}
        </Button>
        <DocumentButton place={place} invoiceNo={account.invoiceNo} />
        {account.bar === null && <Button onPress={() => setIsDunning(true)}>{t('dun')}</Button>}
      </div>
      {look.error !== null && <Failure error={look.error} />}
      {view !== null && <AccountLedger view={view} />}
      {isDunning && (
        <DunningDialog
          place={place}
          invoiceNo={account.invoiceNo}
          onSent={() => setView(null)}
          onClose={() => setIsDunning(false)}
        />
      )}
    </div>
  );
}

/** As last heard, in words first. */
function Facts({ account }: { readonly account: InvoiceAccount }): ReactNode {
  const t = useWords('account');
  const formats = useFormats();
  const language = useLanguage();
  const { state, stateAtMs, invoiceNo, recipientNo, kid, accountNo } = account;
  const facts = [
    ['invoiceNo', invoiceNo],
    ['recipientNo', recipientNo],
    ['kid', kid],
    ['accountNo', accountNo],
  ] as const;
  return (
    <>
      {state === null ? (
        <p className="soft">{t('stateUnknown')}</p>
      ) : (
        <div>
          <strong>{capital(stateWord(state, language))}</strong>
          <div className="faint">{t('stateAt', { time: formats.dateTime(stateAtMs) })}</div>
        </div>
      )}
      <dl className="delivery-known">
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name} className="account-fact">
                <dt>{t(name)}</dt>
                <dd className="numeric">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </>
  );
}

/** Shows the service's own PDF: from the archive, or fetched into it first. */
function DocumentButton({
  place,
  invoiceNo,
}: {
  readonly place: { readonly invoiceId: number; readonly deliveryId: number };
  readonly invoiceNo: string;
}): ReactNode {
  const t = useWords('account');
  const common = useWords('common');
  const fetching = useCommand('account.document');
  const [shown, setShown] = useState<{ readonly base64: string; readonly fileName: string } | null>(null);
  const show = async (): Promise<void> => {
    const result = await fetching.run(place);
    if (result?.ok === true) setShown(result.value);
  };
  const title = t('documentTitle', { number: invoiceNo });
  return (
    <>
      <Button icon="file" onPress={() => void show()} isPending={fetching.isRunning}>
        {t('document')}
      </Button>
      {fetching.error !== null && <Failure error={fetching.error} />}
      {shown !== null && (
        <Dialog
          title={title}
          isOpen
          onClose={() => setShown(null)}
          size="wide"
          actions={
            <Button onPress={() => setShown(null)} autoFocus>
              {common('close')}
            </Button>
          }
        >
          <div className="account-document">
            <PdfView base64={shown.base64} fileName={shown.fileName} label={title} />
          </div>
        </Dialog>
      )}
    </>
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
}
