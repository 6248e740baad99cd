// Places of the application as fragments of the address.

import { describe, expect, it } from 'vitest';
import { batchRoute, batchTabs, hashOf, routeOf, settingsSections } from '../../../src/renderer/state/route.ts';
import type { Route } from '../../../src/renderer/state/route.ts';

const routes: readonly Route[] = [
  { screen: 'batches' },
  { screen: 'attention' },
  { screen: 'deliveries' },
  { screen: 'deliveries', show: 'unknown' },
  ...settingsSections.map((section): Route => ({ screen: 'settings', section })),
  ...batchTabs.map((tab) => batchRoute('b 1/å', tab)),
  batchRoute('b1', 'source', { place: { fileOrdinal: 2, line: 48_213, column: 17 } }),
  batchRoute('b1', 'problems', { ruleId: 'core.total.mismatch' }),
  { screen: 'invoice', batchId: 'b1', invoiceId: 12 },
];

describe('a route', () => {
  it.each(routes.map((route) => [hashOf(route), route] as const))('is read back from %s', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
  });

  it.each([
    '',
    '#',
    '#/',
    '#/nowhere',
    '#/batches/',
    '#/batches/%',
    '#/settings/nowhere',
    '#/batches/b1/invoice/minus',
    '#/batches/b1/source?line=-4&file=x',
  ])('is never nothing, whatever the address says: %s', (hash) => {
    expect(routeOf(hash)).toHaveProperty('screen');
  });

  it('leads to the batches when the address means nothing', () => {
    expect(routeOf('#/nowhere')).toEqual({ screen: 'batches' });
  });
});
