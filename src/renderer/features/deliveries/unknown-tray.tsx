// Deliveries that may have been sent, apart from all others: what is known of each, and the ways to settle one or many.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { canAskPeer } from '../../../shared/schema/delivery.ts';
import type { UnknownEntry } from '../../../shared/schema/delivery.ts';
import { go } from '../../state/route.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { DeliveryActions } from '../../ui/delivery-actions.tsx';
import { DeliveryKnown } from '../../ui/delivery-known.tsx';
import { Checkbox } from '../../ui/fields.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Money } from '../../ui/values.tsx';
import { Failure, QueryView } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

const firstShown = 50;
/** The engine's longest page. */
const mostShown = 500;

type Verdict = 'arrived' | 'notArrived';
/** What is ticked: some by id, or all there are, shown or not. */
type Ticked = 'all' | ReadonlySet<number>;

/** The tray; nothing when nothing is uncertain. */
export function UnknownTray({ batchId }: { readonly batchId: string | null }): ReactNode {
  const [limit, setLimit] = useState(firstShown);
  const query = useQuery('delivery.unknown', { batchId, offset: 0, limit });
  return (
    <QueryView query={query} lines={6}>
      {({ total, entries, askable }) =>
        total === 0 ? null : (
          <Tray batchId={batchId} total={total} entries={entries} askable={askable}>
            {total > entries.length && limit < mostShown && (
              <MoreButton left={total - entries.length} onPress={() => setLimit(Math.min(mostShown, limit + 150))} />
            )}
          </Tray>
        )
      }
    </QueryView>
  );
}

function Tray({
  batchId,
  total,
  entries,
  askable,
  children,
}: {
  readonly batchId: string | null;
  readonly total: number;
  readonly entries: readonly UnknownEntry[];
  readonly askable: number;
  readonly children: ReactNode;
}): ReactNode {
  const t = useWords('deliveries');
  const formats = useFormats();
  const [ticked, setTicked] = useState<Ticked>(new Set());
  // What was settled meanwhile is ticked no more.
  const ids = ticked === 'all' ? [] : entries.map(({ delivery }) => delivery.id).filter((id) => ticked.has(id));
  const count = ticked === 'all' ? total : ids.length;
  const tick = (id: number, isTicked: boolean): void => {
    const next = new Set(ticked === 'all' ? entries.map(({ delivery }) => delivery.id) : ticked);
    if (isTicked) next.add(id);
    else next.delete(id);
    setTicked(next);
  };
  const hasAskable =
    ticked === 'all'
      ? askable > 0
      : entries.some(({ delivery }) => ticked.has(delivery.id) && canAskPeer(delivery.channel));
  return (
    <section className="unknown-tray" aria-label={t('unknownTray', { count: total })}>
      <div className="unknown-bar" role="toolbar" aria-label={t('chosen', { count })}>
        <Checkbox
          label={t('chooseAll', { count: formats.count(total) })}
          isChecked={ticked === 'all'}
          isPartly={ticked !== 'all' && count > 0}
          onChange={(isTicked) => setTicked(isTicked ? 'all' : new Set())}
        />
        {count > 0 && (
          <ManyVerbs
            selection={ticked === 'all' ? { all: { batchId } } : { ids }}
            count={count}
            hasAskable={hasAskable}
            onDone={() => setTicked(new Set())}
          />
        )}
      </div>
      <ul className="unknown-list">
        {entries.map((entry) => (
          <UnknownItem
            key={entry.delivery.id}
            entry={entry}
            isTicked={ticked === 'all' || ticked.has(entry.delivery.id)}
            onTick={(isTicked) => tick(entry.delivery.id, isTicked)}
          />
        ))}
      </ul>
      {children}
    </section>
  );
}

function UnknownItem({
  entry: { delivery, lastLookUp },
  isTicked,
  onTick,
}: {
  readonly entry: UnknownEntry;
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
}): ReactNode {
  const t = useWords('deliveries');
  const common = useWords('common');
  return (
    <li className="unknown-item">
      <div className="line-up">
        <Checkbox
          label={t('choose', { number: delivery.invoiceNumber })}
          hideLabel
          isChecked={isTicked}
          onChange={onTick}
        />
        <strong>
          {common('invoice')} {delivery.invoiceNumber}
        </strong>
        <span className="soft clip">{delivery.customerName}</span>
        <span className="spread" />
        <Money value={{ currency: delivery.currency, amountMinor: delivery.payableMinor }} />
      </div>
      <DeliveryKnown delivery={delivery} lastLookUp={lastLookUp} />
      <div className="line-up unknown-verbs">
        <DeliveryActions delivery={delivery} />
        <Button
          icon="file"
          onPress={() => go({ screen: 'invoice', batchId: delivery.batchId, invoiceId: delivery.invoiceId })}
        >
          {t('openInvoice')}
        </Button>
      </div>
    </li>
  );
}

/** The ways to settle everything that is ticked. */
function ManyVerbs({
  selection,
  count,
  hasAskable,
  onDone,
}: {
  readonly selection: { ids: number[] } | { all: { batchId: string | null } };
  readonly count: number;
  readonly hasAskable: boolean;
  readonly onDone: () => void;
}): ReactNode {
  const t = useWords('deliveries');
  const formats = useFormats();
  const say = useSay();
  const lookUp = useCommand('delivery.lookUp');
  const resolve = useCommand('delivery.resolve');
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const onLookUp = async (): Promise<void> => {
    const result = await lookUp.run({ selection });
    if (result?.ok !== true) return;
    const { counts } = result.value;
    const open = count - counts.found - counts.absent;
    say({
      tone: open === 0 ? 'good' : 'info',
      text: t('lookedUpMany', {
        found: formats.count(counts.found),
        absent: formats.count(counts.absent),
        open: formats.count(open),
      }),
    });
    if (open === 0) onDone();
  };
  const settle = async (reason: string): Promise<void> => {
    if (verdict === null) return;
    const result = await resolve.run({ selection, verdict, reason });
    if (result?.ok !== true) return;
    const key = verdict === 'arrived' ? 'settledManyArrived' : 'settledManyAgain';
    say({ tone: 'good', text: t(key, { count: result.value.changed }) });
    setVerdict(null);
    onDone();
  };
  return (
    <>
      <span className="soft">{t('chosen', { count })}</span>
      <span className="spread" />
      {lookUp.error !== null && <Failure error={lookUp.error} />}
      {hasAskable && (
        <Button icon="search" onPress={() => void onLookUp()} isPending={lookUp.isRunning}>
          {t('lookUpMany')}
        </Button>
      )}
      <Button onPress={() => setVerdict('arrived')}>{t('arrivedMany')}</Button>
      <Button onPress={() => setVerdict('notArrived')}>{t('notArrivedMany')}</Button>
      {verdict !== null && (
        <ReasonDialog
          title={t('manyTitle', { count })}
          confirm={t(verdict === 'arrived' ? 'settleArrived' : 'settleAgain')}
          isDanger={verdict === 'notArrived'}
          help={t('reasonHelp')}
          missing={t('reasonMissing')}
          isPending={resolve.isRunning}
          error={resolve.error}
          onConfirm={(reason) => void settle(reason)}
          onClose={() => setVerdict(null)}
        >
          <p>{t(verdict === 'arrived' ? 'arrivedDetail' : 'notArrivedDetail')}</p>
        </ReasonDialog>
      )}
    </>
  );
}

function MoreButton({ left, onPress }: { readonly left: number; readonly onPress: () => void }): ReactNode {
  const t = useWords('deliveries');
  const formats = useFormats();
  return (
    <div>
      <Button tone="quiet" onPress={onPress}>
        {t('showMore', { count: formats.count(left) })}
      </Button>
    </div>
  );
}
