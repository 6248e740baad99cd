// The right side of an invoice: what can be done, its problems, its deliveries, and its history.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../../shared/schema/batch.ts';
import type { StoredProblem } from '../../../shared/schema/problem.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import { batchRoute, hashOf } from '../../state/route.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { DeliveryActions } from '../../ui/delivery-actions.tsx';
import { DeliveryKnown } from '../../ui/delivery-known.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ExcludeDialog } from '../../ui/exclude-dialog.tsx';
import { InvoiceCompare } from '../../ui/invoice-compare.tsx';
import { DeliveryStateBadge, SeverityIcon } from '../../ui/state-badge.tsx';
import { Failure } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { MailButton } from './mail-dialog.tsx';
import { SendRegningPart } from './sendregning-part.tsx';
import { SveaPart } from './svea-part.tsx';
import { Timeline } from './timeline.tsx';

/** State, verbs, problems, deliveries, history. */
export function SidePanel({ detail }: { readonly detail: InvoiceDetail }): ReactNode {
  const t = useWords('invoice');
  const { problems, deliveries, timeline } = detail;
  return (
    <aside className="invoice-side" aria-label={t('side')}>
      <HoldPart detail={detail} />
      {problems.length > 0 && (
        <section className="invoice-part" aria-label={t('problems')}>
          <h2>{t('problemCount', { count: problems.length })}</h2>
          <ul className="stack">
            {problems.map((problem) => (
              <ProblemItem key={problem.id} problem={problem} />
            ))}
          </ul>
          {problems.some(({ ruleId }) => ruleId.startsWith('core.duplicate.')) && <CompareButton detail={detail} />}
        </section>
      )}
      <section className="invoice-part" aria-label={t('deliveries')}>
        <h2>{t('deliveries')}</h2>
        {deliveries.length === 0 && <p className="soft">{t('noDeliveries')}</p>}
        {hasMail(detail) && <MailButton row={detail.row} />}
        {deliveries.map((delivery) => (
          <div key={delivery.id} className="invoice-delivery">
            <DeliveryStateBadge state={delivery.state} hold={delivery.hold} />
            <DeliveryKnown delivery={delivery} />
            <DeliveryActions delivery={delivery} />
          </div>
        ))}
      </section>
      <SveaPart detail={detail} />
      <SendRegningPart detail={detail} />
      <Timeline invoice={detail.row} entries={timeline} />
    </aside>
  );
}

/** It went, or is going to go, by e-mail. One that can't be read or is in quarantine has no e-mail to show. */
function hasMail({ row, deliveries }: InvoiceDetail): boolean {
  if (deliveries.length > 0) return deliveries.some(({ channel }) => channel === 'email');
  return row.channel === 'email' && row.state !== 'quarantined';
}

/** Opens this invoice beside the one that has its number already. */
function CompareButton({ detail }: { readonly detail: InvoiceDetail }): ReactNode {
  const t = useWords('invoice');
  const common = useWords('common');
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  const { batchId, ordinal } = detail.row;
  return (
    <div>
      <Button icon="width" onPress={() => setIsOpen(true)}>
        {t('compare')}
      </Button>
      <Dialog
        title={t('compareTitle')}
        isOpen={isOpen}
        onClose={close}
        size="wide"
        actions={
          <Button onPress={close} autoFocus>
            {common('close')}
          </Button>
        }
      >
        <InvoiceCompare batchId={batchId} ordinal={ordinal} />
      </Dialog>
    </div>
  );
}

function HoldPart({ detail }: { readonly detail: InvoiceDetail }): ReactNode {
  const t = useWords('invoice');
  const batch = useWords('batch');
  const say = useSay();
  const hold = useCommand('invoice.hold');
  const [isAsking, setIsAsking] = useState(false);
  const { row } = detail;
  if (row.state !== 'ready' && row.state !== 'held' && row.state !== 'excluded') return null;
  const isHeld = row.state === 'held';
  const isExcluded = row.state === 'excluded';
  const selection = { ids: [row.id] };
  const change = async (): Promise<void> => {
    const result = await hold.run({ batchId: row.batchId, selection, isHeld: !isHeld });
    if (result?.ok === true)
      say({ tone: 'good', text: t(isHeld ? 'unheldNow' : 'heldNow', { number: row.invoiceNumber }) });
  };
  return (
    <section className="invoice-part">
      <p className="soft">{t(isExcluded ? 'excludedText' : isHeld ? 'heldText' : 'readyText')}</p>
      <div className="line-up">
        {!isExcluded && (
          <Button icon={isHeld ? 'play' : 'hold'} onPress={() => void change()} isPending={hold.isRunning}>
            {t(isHeld ? 'unhold' : 'hold')}
          </Button>
        )}
        <Button icon={isExcluded ? 'plus' : 'minus'} onPress={() => setIsAsking(true)}>
          {batch(isExcluded ? 'include' : 'exclude')}
        </Button>
      </div>
      {hold.error !== null && <Failure error={hold.error} />}
      {isAsking && (
        <ExcludeDialog
          target={{ batchId: row.batchId, selection, count: 1 }}
          isExcluded={!isExcluded}
          onDone={() => setIsAsking(false)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </section>
  );
}

function ProblemItem({ problem }: { readonly problem: StoredProblem }): ReactNode {
  const t = useWords('invoice');
  const formats = useFormats();
  const words = wordsForProblem(problem, useLanguage());
  const { line, column, fileOrdinal } = problem;
  return (
    <li className="invoice-problem">
      <SeverityIcon severity={problem.severity} />
      <div className="spread">
        <strong>{words.title}</strong>
        <p>{words.message}</p>
        <p className="soft">{words.suggestion}</p>
        {line !== null && (
          <a
            href={hashOf(batchRoute(problem.batchId, 'source', { place: { fileOrdinal, line, column: column ?? 1 } }))}
          >
            {t('seePlace', { line: formats.count(line), column: formats.count(column ?? 1) })}
          </a>
        )}
      </div>
    </li>
  );
}
