// utskick retry|cancel|hold|let-go|schedule: acts that leave the delivery itself what it is.

import { fail, ok } from '../../../../shared/result.ts';
import { parseLocalTime } from '../../../../shared/local-time.ts';
import { actCommand, noWish } from '../act-command.ts';

/** Puts deliveries first in the queue. */
export const retryCommand = actCommand<null>({
  name: 'retry',
  of: 'retry',
  usage: '',
  summary:
    'Put refused, failed and waiting deliveries first in the queue; never what may have been sent. "utskick causes" names the causes.',
  options: {},
  done: 'put first in the queue',
  wish: noWish,
  act: (engine, filter) => engine.call('delivery.retry', { filter }),
});

/** Takes deliveries back. */
export const cancelCommand = actCommand<null>({
  name: 'cancel',
  of: 'cancel',
  usage: '',
  summary: 'Take back what certainly was not sent; the invoices are ready again. Nothing recalls what is sent.',
  options: {},
  done: 'taken back',
  wish: noWish,
  act: (engine, filter) => engine.call('delivery.cancel', { filter }),
});

/** Holds deliveries. */
export const holdCommand = actCommand<string>({
  name: 'hold',
  of: 'hold',
  usage: '[--reason TEXT]',
  summary: 'Keep queued and waiting deliveries from being sent until "utskick let-go".',
  options: { reason: { type: 'string' } },
  done: 'held',
  wish: (_, given) => Promise.resolve(ok(given.text('reason') ?? '')),
  act: (engine, filter, reason) => engine.call('delivery.hold', { filter, isHeld: true, reason }),
});

/** Ends a hold. */
export const letGoCommand = actCommand<null>({
  name: 'let-go',
  of: 'letGo',
  usage: '',
  summary: 'Let held deliveries go again. What the first few of a release keep back is let go by "utskick trial".',
  options: {},
  done: 'let go',
  wish: noWish,
  act: (engine, filter) => engine.call('delivery.hold', { filter, isHeld: false }),
});

/** Chooses when deliveries are sent. */
export const scheduleCommand = actCommand<number | null>({
  name: 'schedule',
  of: 'schedule',
  usage: '(--at "YYYY-MM-DD HH:MM" | --now)',
  summary: 'Send queued deliveries not before a local date and time; --now: as soon as possible.',
  options: { at: { type: 'string' }, now: { type: 'boolean' } },
  done: 'scheduled',
  wish: (_, given) => {
    const at = given.text('at');
    if ((at === null) !== given.flag('now')) return Promise.resolve(fail('BAD_REQUEST', 'Give either --at or --now.'));
    const atMs = at === null ? null : parseLocalTime(at);
    return Promise.resolve(
      at !== null && atMs === null
        ? fail('BAD_REQUEST', `"${at}" is no local date and time. Write it as 2026-11-23 08:00.`)
        : ok(atMs),
    );
  },
  act: (engine, filter, notBeforeMs) => engine.call('delivery.schedule', { filter, notBeforeMs }),
});
