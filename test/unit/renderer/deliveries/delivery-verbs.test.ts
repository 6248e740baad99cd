// What an operator may do with a delivery, and how deliveries are counted and filtered.

import { describe, expect, it } from 'vitest';
import { canMove, sourcesOf } from '../../../../src/main/domain/delivery-state.ts';
import {
  countOfFilter,
  laneFigures,
  stateFilters,
  statesOfFilter,
} from '../../../../src/renderer/features/deliveries/lane-figures.ts';
import { statesFor, verbsOf } from '../../../../src/renderer/ui/delivery-verbs.ts';
import { deliveryStates } from '../../../../src/shared/schema/delivery.ts';
import type { DeliveryState } from '../../../../src/shared/schema/delivery.ts';

describe('verbs of a delivery', () => {
  it('are offered in exactly the states from which the store carries them out', () => {
    expect([...statesFor('retry')].toSorted()).toEqual([...sourcesOf('retry')].toSorted());
    expect([...statesFor('cancel')].toSorted()).toEqual([...sourcesOf('cancel')].toSorted());
    for (const state of deliveryStates)
      expect(verbsOf({ state, channel: 'sftp' }).includes('resolve')).toBe(sourcesOf('operatorWord').includes(state));
  });

  it('never send again what may have been sent, except by the operator’s word', () => {
    expect(verbsOf({ state: 'unknown', channel: 'email' })).toEqual(['resolve']);
    expect(verbsOf({ state: 'unknown', channel: 'sftp' })).toEqual(['lookUp', 'resolve']);
    expect(canMove('unknown', 'cancelled')).toBe(false);
  });
});

describe('filters and figures', () => {
  const counts = Object.fromEntries(deliveryStates.map((state, index) => [state, index + 1])) as Record<
    DeliveryState,
    number
  >;
  const all = deliveryStates.reduce((sum, state) => sum + counts[state], 0);

  it('put every state in exactly one filter, so that the filters’ counts add up', () => {
    expect(stateFilters.flatMap((name) => [...statesOfFilter[name]]).toSorted()).toEqual(
      [...deliveryStates].toSorted(),
    );
    expect(stateFilters.reduce((sum, name) => sum + countOfFilter([{ counts }], name), 0)).toBe(all);
  });

  it('count everything of a lane but what was taken back', () => {
    expect(laneFigures({ counts, held: 0 }).reduce((sum, { count }) => sum + count, 0)).toBe(all - counts.cancelled);
  });
});
