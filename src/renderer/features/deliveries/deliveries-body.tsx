// Lanes above; below them the list, or the tray of those that may have been sent. The same for one batch and for all.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Lane } from '../../../shared/schema/delivery.ts';
import type { DeliveriesShown } from '../../state/route.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { DeliveryList } from './delivery-list.tsx';
import { countOfFilter } from './lane-figures.ts';
import { Lanes } from './lanes.tsx';
import { TrialNotes } from '../../ui/steer/trial-notes.tsx';
import { UnknownTray } from './unknown-tray.tsx';
import './deliveries.css';

/** Deliveries of one batch, or of all when `batchId` is null. `show` is what it starts with. */
export function DeliveriesBody({
  batchId,
  lanes,
  show,
}: {
  readonly batchId: string | null;
  readonly lanes: readonly Lane[];
  readonly show: DeliveriesShown | null;
}): ReactNode {
  const t = useWords('deliveries');
  const [isTray, setIsTray] = useState(show === 'unknown');
  const unknown = countOfFilter(lanes, 'unknown');
  return (
    <>
      <div className="deliveries-top">
        {batchId === null && <TrialNotes batchId={null} />}
        {unknown > 0 && (
          <Note
            tone="doubt"
            icon="question"
            title={t('unknownTray', { count: unknown })}
            action={<Button onPress={() => setIsTray(!isTray)}>{t(isTray ? 'backToList' : 'decide')}</Button>}
          >
            {t('unknownText')}
          </Note>
        )}
        <Lanes lanes={lanes} />
      </div>
      {isTray && unknown > 0 ? (
        <UnknownTray batchId={batchId} />
      ) : (
        <DeliveryList batchId={batchId} lanes={lanes} start={show === 'failed' ? ['failed'] : []} />
      )}
    </>
  );
}
