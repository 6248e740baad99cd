// The verbs over everything the list's filter shows; each asks with a count before it acts.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { DeliveryFilter } from '../../../shared/contract/methods.ts';
import { Button } from '../../ui/button.tsx';
import { SteerDialog, SteerMenu } from '../../ui/steer/steer-menu.tsx';
import type { SteerVerb } from '../../ui/steer/steer-menu.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import type { StateFilter } from './lane-figures.ts';

/** Retry and take back where the filter says what it is about, the rest in a menu. */
export function ListVerbs({
  filter,
  total,
  names,
  isHeld,
}: {
  readonly filter: DeliveryFilter;
  readonly total: number;
  readonly names: readonly StateFilter[];
  readonly isHeld: boolean;
}): ReactNode {
  const t = useWords('deliveries');
  const formats = useFormats();
  const [asked, setAsked] = useState<SteerVerb | null>(null);
  if (total === 0) return null;
  const isOnly = (...wanted: readonly StateFilter[]): boolean =>
    names.length > 0 && names.every((name) => wanted.includes(name));
  return (
    <div className="delivery-verbs">
      <span className="soft" role="status">
        {t('shown', { count: total })}
      </span>
      {isOnly('failed') && (
        <Button icon="refresh" onPress={() => setAsked('retry')}>
          {t('retryAll', { count: formats.count(total) })}
        </Button>
      )}
      {isOnly('failed', 'open') && (
        <Button tone="quiet" onPress={() => setAsked('cancel')}>
          {t('takeBackAll', { count: formats.count(total) })}
        </Button>
      )}
      <SteerMenu verbs={menuVerbs({ names, isHeld })} filter={filter} />
      <SteerDialog verb={asked} filter={filter} onClose={() => setAsked(null)} />
    </div>
  );
}

/** What can apply to some of what is shown. */
function menuVerbs({
  names,
  isHeld,
}: {
  readonly names: readonly StateFilter[];
  readonly isHeld: boolean;
}): readonly SteerVerb[] {
  const mayShow = (name: StateFilter): boolean => names.length === 0 || names.includes(name);
  if (isHeld) return ['letGo', 'schedule', 'reroute', 'cancel'];
  if (mayShow('open')) {
    const open: readonly SteerVerb[] = ['hold', 'letGo', 'schedule', 'reroute'];
    return mayShow('failed') ? [...open, 'readdress'] : open;
  }
  return mayShow('failed') ? ['readdress', 'reroute'] : [];
}
