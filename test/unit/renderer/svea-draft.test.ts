// A connection to Svea as it is typed: what is taken, what is refused beside its field, and what comes back when it is changed.

import { expect, test } from 'vitest';
import {
  checkSveaDraft,
  distributionsOf,
  emptySveaDraft,
  sveaDraftOf,
} from '../../../src/renderer/features/settings/svea-draft.ts';

const draft = {
  ...emptySveaDraft(true),
  name: ' Svea SE ',
  clientNumber: '79021',
  username: 'sverigetest',
  password: 'hemligt',
};

test('a filled form becomes a connection, and its fields come back without the password', () => {
  const checked = checkSveaDraft(draft);
  if ('problems' in checked) throw new Error(JSON.stringify(checked));
  expect(checked.input).toMatchObject({
    name: 'Svea SE',
    endpoint: 'production',
    password: 'hemligt',
    secret: { kind: 'keychain' },
    config: { clientNumber: '79021', country: 'SE', orderType: 'Invoice', campaignCode: null, creditDays: null },
  });
  const saved = { ...checked.input, id: 'x', channel: 'svea' as const, createdAtMs: 1, lastTest: null };
  const limits = { ...checked.input.limits };
  expect(sveaDraftOf({ ...saved, limits: limits as Parameters<typeof sveaDraftOf>[0]['limits'] })).toEqual({
    ...draft,
    name: 'Svea SE',
    password: '',
  });
});

test('each field that is wrong says so; a campaign is kept only where the kind of order has one', () => {
  const wrong = {
    ...draft,
    name: ' ',
    url: 'http://webpayws.svea.com/',
    clientNumber: '0123',
    orderType: 'PaymentPlan' as const,
    creditDays: '400',
    parallel: '99',
    secret: 'environment' as const,
    variable: '1X',
  };
  expect(checkSveaDraft(wrong)).toMatchObject({
    problems: {
      name: 'required',
      url: 'url',
      clientNumber: 'number',
      campaignCode: 'required',
      creditDays: 'days',
      parallel: 'parallel',
      variable: 'variable',
    },
  });
  expect(checkSveaDraft({ ...draft, name: 'rad\nbrott' })).toMatchObject({ problems: { name: 'controlCharacter' } });
  expect(checkSveaDraft({ ...draft, campaignCode: '999999' })).toMatchObject({
    input: { config: { campaignCode: null } },
  });
  expect(checkSveaDraft({ ...draft, url: 'http://127.0.0.1:1/sveawebpay.asmx' })).toHaveProperty('input');
  expect([distributionsOf('SE').includes('EInvoiceB2B'), distributionsOf('NO').includes('EInvoiceB2B')]).toEqual([
    false,
    true,
  ]);
});
