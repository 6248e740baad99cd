// The transition table, its document, and what an attempt's end leads to.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  canMove,
  deliveryTransitions,
  invoiceStateByDelivery,
  invoiceStateOf,
  sourcesOf,
  stateAfterAttempt,
  transitionCauses,
} from '../../../src/main/domain/delivery-state.ts';
import { attemptOutcomes, deliveryStates } from '../../../src/shared/schema/delivery.ts';

const document = readFileSync(new URL('../../../docs/delivery-states.md', import.meta.url), 'utf8');

describe('docs/delivery-states.md', () => {
  test('explains every state once, with what it means for the invoice', () => {
    const stated = tableRows('States').map(([state, invoice]) => [state, invoice === '–' ? null : invoice]);
    expect(stated).toEqual(deliveryStates.map((state) => [state, invoiceStateByDelivery[state]]));
  });

  test('lists exactly the transitions of the code, in its order', () => {
    const stated = tableRows('Transitions').map(([from, to, cause]) => ({ from, to, cause }));
    expect(stated).toEqual(deliveryTransitions);
  });
});

describe('the transition table', () => {
  test('uses every cause and leaves every state but the final ones', () => {
    expect(new Set(deliveryTransitions.map(({ cause }) => cause))).toEqual(new Set(transitionCauses));
    const left = new Set(deliveryTransitions.map(({ from }) => from));
    expect(deliveryStates.filter((state) => !left.has(state))).toEqual(['accepted', 'cancelled']);
  });

  test('has no way from sending back to the queue except a proof that nothing was sent', () => {
    const back = deliveryTransitions.filter(
      ({ from, to }) => from === 'sending' && (to === 'queued' || to === 'waiting'),
    );
    expect(back.map(({ cause }) => cause).sort()).toEqual(['laneStopped', 'notSent', 'throttled']);
  });

  test('lets nobody but a look-up or the operator move an unknown delivery', () => {
    const out = deliveryTransitions.filter(({ from }) => from === 'unknown');
    expect(new Set(out.map(({ cause }) => cause))).toEqual(new Set(['lookUp', 'operatorWord']));
    expect(sourcesOf('retry')).not.toContain('unknown');
    expect(sourcesOf('cancel')).not.toContain('unknown');
  });

  test('refuses what is not listed', () => {
    expect(canMove('accepted', 'queued')).toBe(false);
    expect(canMove('unknown', 'sending')).toBe(false);
    expect(canMove('claimed', 'sending')).toBe(true);
  });
});

describe('after an attempt', () => {
  const plain = { isConnectionDown: false, isPermanent: false, isBudgetSpent: false };

  test('every outcome leads to a state that is allowed from claimed and from sending', () => {
    for (const kind of attemptOutcomes) {
      if (kind === 'open') continue;
      for (const flags of eightCombinations()) {
        const { toState, cause } = stateAfterAttempt({ kind, ...flags });
        for (const from of ['claimed', 'sending'] as const) {
          expect(deliveryTransitions).toContainEqual({ from, to: toState, cause });
        }
      }
    }
  });

  test('an unknown outcome stays unknown however much budget is left', () => {
    expect(stateAfterAttempt({ kind: 'unknown', ...plain }).toState).toBe('unknown');
  });

  test('a lost connection and throttling cost no attempt', () => {
    expect(stateAfterAttempt({ kind: 'notSent', ...plain, isConnectionDown: true })).toMatchObject({
      toState: 'queued',
      countsAsAttempt: false,
    });
    expect(stateAfterAttempt({ kind: 'throttled', ...plain })).toMatchObject({
      toState: 'waiting',
      countsAsAttempt: false,
    });
  });

  test('a spent budget ends in failed, also under endless throttling', () => {
    expect(stateAfterAttempt({ kind: 'notSent', ...plain, isBudgetSpent: true }).toState).toBe('failed');
    expect(stateAfterAttempt({ kind: 'throttled', ...plain, isBudgetSpent: true }).toState).toBe('failed');
  });
});

describe('the state of an invoice', () => {
  test('is the worst of its deliveries, and ready when none counts', () => {
    expect(invoiceStateOf(['accepted', 'unknown', 'rejected'])).toBe('unknown');
    expect(invoiceStateOf(['accepted', 'failed', 'queued'])).toBe('failed');
    expect(invoiceStateOf(['accepted', 'sending'])).toBe('waiting');
    expect(invoiceStateOf(['accepted', 'cancelled'])).toBe('sent');
    expect(invoiceStateOf(['cancelled', 'cancelled'])).toBe('ready');
    expect(invoiceStateOf([])).toBe('ready');
  });
});

function eightCombinations() {
  const both = [false, true];
  return both.flatMap((isConnectionDown) =>
    both.flatMap((isPermanent) => both.map((isBudgetSpent) => ({ isConnectionDown, isPermanent, isBudgetSpent }))),
  );
}

/** Cells of the first table under a heading, without its head; backticks are dropped. */
function tableRows(heading: string): string[][] {
  const section = document.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}
