// The rail at the left: the few places of the program, with how many things wait for a person.

import type { ReactNode } from 'react';
import { hashOf } from '../state/route.ts';
import type { Route } from '../state/route.ts';
import { useAttention } from '../state/use-attention.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon.tsx';
import { useFormats, useWords } from '../words/use-words.ts';

const places = [
  { id: 'batches', icon: 'batches', route: { screen: 'batches' } },
  { id: 'attention', icon: 'attention', route: { screen: 'attention' } },
  { id: 'deliveries', icon: 'deliveries', route: { screen: 'deliveries' } },
  { id: 'settings', icon: 'settings', route: { screen: 'settings', section: 'connections' } },
] as const satisfies readonly { id: string; icon: IconName; route: Route }[];

/** Links to the places of the program. */
export function Rail({ route }: { readonly route: Route }): ReactNode {
  const t = useWords('frame');
  const formats = useFormats();
  const attention = useAttention().length;
  const here = route.screen === 'batch' || route.screen === 'invoice' ? 'batches' : route.screen;
  return (
    <nav className="rail" aria-label={t('rail')}>
      {places.map((place) => (
        <a
          key={place.id}
          className="rail-link"
          href={hashOf(place.route)}
          {...(here === place.id ? { 'aria-current': 'page' as const } : {})}
        >
          <Icon name={place.icon} />
          <span className="spread clip">{t(place.id)}</span>
          {place.id === 'attention' && attention > 0 && <span className="rail-count">{formats.count(attention)}</span>}
        </a>
      ))}
    </nav>
  );
}
