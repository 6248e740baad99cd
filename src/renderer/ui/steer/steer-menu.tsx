// A menu of the acts that make sense for some deliveries, and the dialog of the one that is chosen.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { DeliveryAct } from '../../../shared/schema/control.ts';
import type { Delivery } from '../../../shared/schema/delivery.ts';
import { useWords } from '../../words/use-words.ts';
import { MenuButton } from '../menu-button.tsx';
import { ActDialog } from './act-dialog.tsx';
import type { SteerFilter } from './act-dialog.tsx';
import { AddressDialog } from './address-dialog.tsx';
import { CopyDialog } from './copy-dialog.tsx';

/** What a menu offers; `copy` for one delivery only. */
export type SteerVerb = DeliveryAct | 'copy';

/** The menu; nothing where there is nothing to choose. `delivery` is the one that `copy` is about. */
export function SteerMenu({
  verbs,
  filter,
  delivery,
}: {
  readonly verbs: readonly SteerVerb[];
  readonly filter: SteerFilter;
  readonly delivery?: Delivery;
}): ReactNode {
  const t = useWords('steer');
  const [asked, setAsked] = useState<SteerVerb | null>(null);
  if (verbs.length === 0) return null;
  return (
    <>
      <MenuButton
        label={t('more')}
        icon="more"
        choices={verbs.map((id) => ({ id, label: `${t(`verb.${id}`)}…`, detail: t(`about.${id}`) }))}
        onChoose={setAsked}
      />
      <SteerDialog
        verb={asked}
        filter={filter}
        onClose={() => setAsked(null)}
        {...(delivery === undefined ? {} : { delivery })}
      />
    </>
  );
}

/** The dialog of a verb; nothing for null. */
export function SteerDialog({
  verb,
  filter,
  delivery,
  onClose,
}: {
  readonly verb: SteerVerb | null;
  readonly filter: SteerFilter;
  readonly delivery?: Delivery;
  readonly onClose: () => void;
}): ReactNode {
  switch (verb) {
    case null:
      return null;
    case 'copy':
      return delivery === undefined ? null : <CopyDialog delivery={delivery} onClose={onClose} />;
    case 'readdress':
      return <AddressDialog filter={filter} onClose={onClose} />;
    case 'retry':
    case 'cancel':
    case 'hold':
    case 'letGo':
    case 'schedule':
    case 'reroute':
      return <ActDialog act={verb} filter={filter} onClose={onClose} />;
  }
}
