// The guard on quitting: asks while something is sent, once, and ends the engine before the program.

import { expect, test } from 'vitest';
import { createQuitGuard } from '../../../src/main/hosts/electron/quit-guard.ts';
import type { UnderWay } from '../../../src/main/hosts/electron/quit-guard.ts';

const idle: UnderWay = { sending: 0, waiting: 12, jobs: 0 };
const busy: UnderWay = { sending: 3, waiting: 480, jobs: 0 };

function guarded(what: UnderWay | null) {
  const steps: string[] = [];
  const answer = Promise.withResolvers<boolean>();
  const quitted = Promise.withResolvers<null>();
  const guard = createQuitGuard({
    underWay: () => Promise.resolve(what),
    ask: ({ sending, waiting, jobs }) => {
      steps.push(`ask ${String(sending)}/${String(waiting)}/${String(jobs)}`);
      return answer.promise;
    },
    leave: () => steps.push('leave'),
    end: () => {
      steps.push('end');
      return Promise.resolve();
    },
    quit: () => {
      steps.push('quit');
      quitted.resolve(null);
    },
  });
  return { guard, steps, answer: answer.resolve, quitted: quitted.promise };
}

/** Lets every promise that can go on do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test.each([
  ['nothing is being sent', idle],
  ['the engine does not say', null],
])('where %s it ends the engine and quits without a question', async (_name, what) => {
  const { guard, steps, quitted } = guarded(what);
  expect(guard.mayQuit()).toBe(false);
  await quitted;
  expect(steps).toEqual(['leave', 'end', 'quit']);
  expect(guard.mayQuit()).toBe(true);
});

test('while something is sent it asks once, and stays when the operator says so', async () => {
  const { guard, steps, answer } = guarded(busy);
  guard.mayQuit();
  await settle();
  guard.mayQuit();
  await settle();
  expect(steps).toEqual(['ask 3/480/0']);
  answer(false);
  await settle();
  expect(steps).toEqual(['ask 3/480/0']);
  guard.mayQuit();
  await settle();
  expect(steps).toEqual(['ask 3/480/0', 'ask 3/480/0']);
});

test('quits when the operator says so, and asks about an import that runs as well', async () => {
  const { guard, steps, answer, quitted } = guarded({ ...idle, jobs: 1 });
  answer(true);
  guard.mayQuit();
  await quitted;
  expect(steps).toEqual(['ask 0/12/1', 'leave', 'end', 'quit']);
});

test('asks nobody when the system ends the program', async () => {
  const { guard, steps, quitted } = guarded(busy);
  guard.doNotAsk();
  guard.mayQuit();
  await quitted;
  expect(steps).toEqual(['leave', 'end', 'quit']);
});
