// What the operator may do with deliveries in which state, which of a release go first, and what deliveries are grouped by.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  causeOf,
  firstFewOf,
  replyStatusOf,
  statesOfAct,
  verdictOf,
  whyLeft,
} from '../../../src/main/domain/delivery-control.ts';
import { canMove } from '../../../src/main/domain/delivery-state.ts';
import { steerVerbsOf } from '../../../src/renderer/ui/delivery-verbs.ts';
import { localTimeText, parseLocalTime } from '../../../src/shared/local-time.ts';
import { deliveryActs } from '../../../src/shared/schema/control.ts';
import { deliveryHolds, deliveryStates } from '../../../src/shared/schema/delivery.ts';

describe('an act', () => {
  test('never starts from what was sent, is being sent, or may have been', () => {
    for (const act of deliveryActs)
      for (const state of ['accepted', 'claimed', 'sending', 'unknown', 'cancelled'] as const)
        expect(whyLeft(act, state, null)).not.toBe(null);
    expect(whyLeft('cancel', 'accepted', null)).toBe('sent');
    expect(whyLeft('reroute', 'unknown', null)).toBe('unknown');
  });

  test('that takes back starts only from where the table lets a delivery be taken back', () => {
    for (const act of ['cancel', 'reroute', 'readdress'] as const)
      for (const state of statesOfAct[act]) expect(canMove(state, 'cancelled')).toBe(true);
    for (const state of statesOfAct.retry) expect(canMove(state, 'queued')).toBe(true);
  });

  test('never touches a release that is being written, and only the decision lets its rest go', () => {
    for (const act of deliveryActs) {
      expect(whyLeft(act, 'queued', 'release')).not.toBe(null);
      if (act !== 'cancel' && act !== 'reroute') expect(whyLeft(act, 'queued', 'trial')).not.toBe(null);
    }
  });

  test('is offered on screen only where it applies', () => {
    for (const state of deliveryStates)
      for (const hold of [null, ...deliveryHolds]) {
        if (hold !== null && state !== 'queued' && state !== 'waiting') continue;
        for (const verb of steerVerbsOf({ state, hold, channel: 'email' }))
          if (verb !== 'copy') expect(whyLeft(verb, state, hold), `${verb} of ${state}, ${String(hold)}`).toBe(null);
          else expect(state).toBe('accepted');
      }
  });
});

describe('the first few', () => {
  test('are the first ones, with one of each connection', () => {
    expect([...firstFewOf(['a', 'a', 'a', 'a', 'b'], 3)].sort()).toEqual([0, 1, 4]);
    expect([...firstFewOf(['a', 'b', 'a'], 20)].sort()).toEqual([0, 1, 2]);
    expect(firstFewOf([], 20).size).toBe(0);
  });

  test('are as many as were wished, or all there are', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), fc.integer({ min: 1, max: 30 }), (ids, count) => {
        const few = firstFewOf(ids, count);
        expect(few.size).toBe(Math.min(count, ids.length));
        if (count >= 3) expect(new Set([...few].map((at) => ids[at]))).toEqual(new Set(ids));
      }),
    );
  });

  test('are good when all arrived, faulty when one did not, and running until each has an answer', () => {
    expect(verdictOf({ accepted: 20 })).toBe('good');
    expect(verdictOf({ accepted: 18, rejected: 1, queued: 1 })).toBe('running');
    expect(verdictOf({ accepted: 19, rejected: 1 })).toBe('faulty');
    expect(verdictOf({ accepted: 19, waiting: 1 })).toBe('faulty');
    expect(verdictOf({ unknown: 1 })).toBe('faulty');
  });
});

describe('a cause', () => {
  test('is told apart by the status the peer gave, not by its words', () => {
    expect(causeOf('smtp.recipient-refused', '552 5.2.2 Mailbox full')).toBe('smtp.recipient-refused 5.2.2');
    expect(causeOf('smtp.recipient-refused', '552-5.2.2 Brevlådan är full')).toBe('smtp.recipient-refused 5.2.2');
    expect(causeOf('smtp.recipient-refused', '550 no such user 5.1.1')).toBe('smtp.recipient-refused');
    expect(causeOf('sftp.login-refused', null)).toBe('sftp.login-refused');
    expect(replyStatusOf('250 2.0.0 Ok')).toBe(null);
    expect(replyStatusOf('5.1.1')).toBe('5.1.1');
    expect(replyStatusOf('550 5.1.1.1 x')).toBe(null);
  });
});

describe('a local time', () => {
  test('is read as it is written, to the minute', () => {
    const atMs = parseLocalTime('2026-11-23 08:05');
    expect(atMs).not.toBe(null);
    expect(localTimeText(atMs ?? 0)).toBe('2026-11-23 08:05');
    expect(parseLocalTime('2026-11-23T08:05')).toBe(atMs);
  });

  test('that is none is refused', () => {
    for (const text of [
      '',
      '2026-02-30 08:00',
      '2026-11-23',
      '2026-11-23 24:00',
      '23.11.2026 08:00',
      '2026-11-23 8:00',
    ])
      expect(parseLocalTime(text), text).toBe(null);
  });

  test('in the hour that summer time leaves out is refused', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Europe/Stockholm';
    expect(parseLocalTime('2026-03-29 02:30')).toBe(null);
    expect(parseLocalTime('2026-03-29 03:30')).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(parseLocalTime('2026-10-25 02:30')).toBe(Date.UTC(2026, 9, 25, 0, 30));
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
});
