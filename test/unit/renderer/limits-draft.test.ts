// Limits as they are typed into the form: what is taken, what is wrong and where, and the way back.

import { describe, expect, it } from 'vitest';
import {
  checkLimitsDraft,
  countLimits,
  limitsDraftOf,
  newWindow,
} from '../../../src/renderer/features/settings/limits-draft.ts';
import type { LimitsDraft } from '../../../src/renderer/features/settings/limits-draft.ts';
import { noLimits } from '../../../src/shared/schema/connection-limits.ts';
import type { ConnectionLimits } from '../../../src/shared/schema/connection-limits.ts';

const empty: LimitsDraft = { ...limitsDraftOf(noLimits), timeZone: 'Europe/Stockholm' };
const all: ConnectionLimits = {
  rate: { perMinute: 60, perHour: 500, perDay: 4_000 },
  maxDocumentBytes: 7_500_000,
  hours: {
    timeZone: 'Europe/Oslo',
    open: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
    closed: [
      { days: [7], from: '02:00', to: '03:00' },
      { from: '2026-12-24', to: '2026-12-26' },
    ],
  },
};

describe('limits in the form', () => {
  it('are none when nothing is typed', () => {
    expect(checkLimitsDraft(empty)).toEqual({ limits: noLimits });
    expect(countLimits(empty)).toBe(0);
  });

  it('come back as they were', () => {
    const draft = limitsDraftOf(all);
    expect(checkLimitsDraft(draft)).toEqual({ limits: all });
    expect(countLimits(draft)).toBe(7);
    expect(draft.maxSize).toBe('7.5');
  });

  it('are taken as people type them', () => {
    const draft: LimitsDraft = {
      ...empty,
      perHour: ' 500 ',
      maxSize: '7,5',
      open: [{ key: 0, kind: 'weekly', days: [5, 1], from: '8:00', to: '17.30' }],
      closed: [
        { key: 1, kind: 'dated', from: '2026-12-24', to: '' },
        { key: 2, kind: 'dated', from: '2026-12-31 12:00', to: '2027-01-01' },
      ],
    };
    expect(checkLimitsDraft(draft)).toMatchObject({
      limits: {
        rate: { perHour: 500 },
        maxDocumentBytes: 7_500_000,
        hours: {
          open: [{ days: [1, 5], from: '08:00', to: '17:30' }],
          closed: [
            { from: '2026-12-24', to: '2026-12-24' },
            { from: '2026-12-31T12:00', to: '2027-01-01' },
          ],
        },
      },
    });
  });

  it('that are wrong are named field by field', () => {
    const draft: LimitsDraft = {
      ...empty,
      perMinute: '0',
      perDay: 'many',
      maxSize: '0,0001',
      timeZone: 'Stockholm',
      open: [{ key: 4, kind: 'weekly', days: [], from: '08:00', to: '17:00' }],
      closed: [
        { key: 5, kind: 'weekly', days: [1], from: '25:00', to: '17:00' },
        { key: 6, kind: 'dated', from: '2026-02-30', to: '2026-03-01' },
        { key: 7, kind: 'dated', from: '2026-03-02', to: '2026-03-01' },
      ],
    };
    expect(checkLimitsDraft(draft)).toEqual({
      problems: {
        perMinute: 'rate',
        perDay: 'rate',
        maxSize: 'size',
        timeZone: 'timeZone',
        'window.4': 'weekly',
        'window.5': 'weekly',
        'window.6': 'dated',
        'window.7': 'dated',
      },
    });
  });

  it('give each new row a key of its own', () => {
    const first = newWindow(empty, 'weekly');
    const second = newWindow({ ...empty, open: [first] }, 'dated');
    expect(checkLimitsDraft({ ...empty, open: [first] })).toHaveProperty('limits');
    expect(checkLimitsDraft({ ...empty, closed: [second] })).toEqual({
      problems: { [`window.${String(second.key)}`]: 'dated' },
    });
    expect(first.key).not.toBe(second.key);
  });
});
