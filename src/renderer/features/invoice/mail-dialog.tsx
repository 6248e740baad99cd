// The e-mail that carries an invoice, as the customer gets it: the one frozen at its release, or the one a release would freeze now.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { InvoiceRow } from '../../../shared/schema/batch.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note, QueryView } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';

/** A button that shows the e-mail. */
export function MailButton({ row }: { readonly row: InvoiceRow }): ReactNode {
  const t = useWords('invoice');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div>
      <Button icon="mail" onPress={() => setIsOpen(true)}>
        {t('showMail')}
      </Button>
      {isOpen && <MailDialog row={row} onClose={() => setIsOpen(false)} />}
    </div>
  );
}

function MailDialog({ row, onClose }: { readonly row: InvoiceRow; readonly onClose: () => void }): ReactNode {
  const t = useWords('invoice');
  const common = useWords('common');
  const query = useQuery('mailText.ofInvoice', { invoiceId: row.id });
  return (
    <Dialog
      title={t('mailTitle', { number: row.invoiceNumber })}
      isOpen
      onClose={onClose}
      size="wide"
      actions={
        <Button onPress={onClose} autoFocus>
          {common('close')}
        </Button>
      }
    >
      <QueryView query={query} lines={8}>
        {({ subject, text, isFrozen }) => (
          <div className="stack">
            <Note tone="calm" icon="info" title={t(isFrozen ? 'mailFrozen' : 'mailNow')} />
            <article className="invoice-mail" aria-label={subject}>
              <p>
                <strong>{subject}</strong>
              </p>
              <p className="invoice-mail-text mono">{text}</p>
            </article>
          </div>
        )}
      </QueryView>
    </Dialog>
  );
}
