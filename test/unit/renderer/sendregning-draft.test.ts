// A connection to SendRegning as it is typed: what is taken, what is refused beside its field, and what comes back when it is changed.

import { expect, test } from 'vitest';
import {
  checkSendRegningDraft,
  emptySendRegningDraft,
  sendRegningDraftOf,
} from '../../../src/renderer/features/settings/sendregning-draft.ts';
import { noLimits } from '../../../src/shared/schema/connection-limits.ts';

const draft = {
  ...emptySendRegningDraft(true),
  name: ' Regninger ',
  username: 'post@example.no',
  password: 'hemmelig',
};

test('a filled form becomes a connection, and its fields come back without the password', () => {
  const checked = checkSendRegningDraft({ ...draft, isTest: true, shipment: 'EMAIL' });
  if ('problems' in checked) throw new Error(JSON.stringify(checked));
  expect(checked.input).toMatchObject({
    name: 'Regninger',
    endpoint: 'test',
    password: 'hemmelig',
    secret: { kind: 'keychain' },
    config: {
      channel: 'sendregning',
      url: 'https://www.sendregning.no/ws/butler.do',
      user: 'post@example.no',
      isTest: true,
      shipment: 'EMAIL',
    },
  });
  const saved = { ...checked.input, id: 'x', channel: 'sendregning' as const, createdAtMs: 1, lastTest: null };
  expect(sendRegningDraftOf({ ...saved, limits: noLimits })).toEqual({
    ...draft,
    name: 'Regninger',
    isTest: true,
    shipment: 'EMAIL',
    password: '',
  });
});

test('the practice service’s connection stays one, and what is no rehearsal is production', () => {
  expect(checkSendRegningDraft(draft)).toMatchObject({ input: { endpoint: 'production' } });
  const practice = { ...draft, isPractice: true, url: 'http://127.0.0.1:1/ws/butler.do' };
  expect(checkSendRegningDraft(practice)).toMatchObject({ input: { endpoint: 'practice' } });
});

test('each field that is wrong says so', () => {
  const wrong = { ...draft, name: ' ', url: 'http://www.sendregning.no/ws/butler.do', username: '' };
  expect(checkSendRegningDraft({ ...wrong, secret: 'environment', variable: '1X' })).toMatchObject({
    problems: { name: 'required', url: 'url', username: 'required', variable: 'variable' },
  });
  expect(checkSendRegningDraft({ ...draft, username: 'a\nb' })).toMatchObject({
    problems: { username: 'controlCharacter' },
  });
});
