// Small decisions of the screens: keys, steps, the word for a batch, tasks, progress, the bar, theme contrast.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../src/renderer/features/batch/steps.ts';
import { batchLook } from '../../../src/renderer/features/batches/batch-words.ts';
import { attentionTasks } from '../../../src/renderer/state/attention.ts';
import { progressOf } from '../../../src/renderer/state/job-progress.ts';
import { barStates } from '../../../src/renderer/ui/stacked-bar.tsx';
import { gridKey } from '../../../src/renderer/ui/grid-keys.ts';
import { invoiceStates } from '../../../src/shared/schema/batch.ts';
import type { InvoiceState, JobProgress, StateCount } from '../../../src/shared/schema/batch.ts';
import { createFixtureClient } from '../../support/renderer-fixtures.ts';

const counts = (by: Partial<Record<InvoiceState, number>>): StateCount[] =>
  (Object.entries(by) as [InvoiceState, number][]).map(([state, count]) => ({ state, count, sums: [] }));

describe('a key in the grid', () => {
  const facts = { isShift: false, isMod: false, index: 5, total: 100, pageRows: 20 };
  it.each([
    ['ArrowDown', 6],
    ['j', 6],
    ['ArrowUp', 4],
    ['k', 4],
    ['PageDown', 25],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 99],
  ])('%s moves to row %i', (key, to) => {
    expect(gridKey({ ...facts, key })).toEqual({ kind: 'move', to, isRange: false });
  });

  it('never leaves the list and means nothing in an empty one', () => {
    expect(gridKey({ ...facts, key: 'ArrowDown', index: 99 })).toMatchObject({ to: 99 });
    expect(gridKey({ ...facts, key: 'ArrowUp', index: -1 })).toMatchObject({ to: 0 });
    expect(gridKey({ ...facts, key: 'ArrowDown', index: -1, total: 0 })).toBeNull();
  });

  it('ticks, opens and chooses all, and leaves other keys alone', () => {
    expect(gridKey({ ...facts, key: ' ' })).toEqual({ kind: 'toggle' });
    expect(gridKey({ ...facts, key: 'Enter' })).toEqual({ kind: 'open' });
    expect(gridKey({ ...facts, key: 'a', isMod: true })).toEqual({ kind: 'all' });
    expect(gridKey({ ...facts, key: 'k', isMod: true })).toBeNull();
    expect(gridKey({ ...facts, key: 'x' })).toBeNull();
  });
});

describe('the bar', () => {
  it('has a part for every state, so that it adds up', () => {
    expect([...barStates].sort()).toEqual([...invoiceStates].sort());
  });
});

describe('the steps of a batch', () => {
  const now = (state: 'imported' | 'keptBack', by: Partial<Record<InvoiceState, number>>): string | undefined =>
    stepsOf({ state, counts: counts(by) }).find((step) => step.state === 'now')?.id;
  it('stand at the check while it is kept back, at the release while anything is ready, at the sending until all is sent', () => {
    expect(now('keptBack', { quarantined: 9 })).toBe('checked');
    expect(now('imported', { ready: 9 })).toBe('released');
    expect(now('imported', { ready: 1, sent: 8 })).toBe('released');
    expect(now('imported', { waiting: 1, sent: 8 })).toBe('sent');
    expect(now('imported', { unknown: 1, sent: 8 })).toBe('sent');
    expect(now('imported', { sent: 8, quarantined: 1 })).toBeUndefined();
  });
});

describe('the word for a batch', () => {
  const word = (by: Partial<Record<InvoiceState, number>>): string =>
    batchLook({ state: 'imported', counts: counts(by) }).word;
  it('tells what needs a person before what runs, and what runs before what is done', () => {
    expect(batchLook({ state: 'keptBack', counts: counts({ quarantined: 2 }) }).word).toBe('word.keptBack');
    expect(word({ unknown: 1, waiting: 5, sent: 5 })).toBe('word.attention');
    expect(word({ waiting: 5, sent: 5, ready: 2 })).toBe('word.sending');
    expect(word({ sent: 5, ready: 2 })).toBe('word.partlySent');
    expect(word({ sent: 5, quarantined: 2 })).toBe('word.sentButQuarantined');
    expect(word({ sent: 5 })).toBe('word.sent');
    expect(word({ ready: 5 })).toBe('word.ready');
    expect(word({ held: 5 })).toBe('word.nothingToSend');
  });
});

describe('the operator’s tasks', () => {
  it('begin with what may have been sent, and leave out lanes the operator paused or that wait for the network', async () => {
    const { client } = createFixtureClient();
    const lanes = await client.call('delivery.lanes', {});
    const batches = await client.call('batch.list', { offset: 0, limit: 100 });
    if (!lanes.ok || !batches.ok) throw new Error('the fixtures answer');
    const tasks = attentionTasks(lanes.value.lanes, batches.value.batches, { trials: [], expiring: [], acts: [] });
    expect(tasks.map(({ kind }) => kind)).toEqual(['unknown', 'blocked', 'failed', 'keptBack', 'quarantined']);
    const calm = lanes.value.lanes.map((lane, index) => ({
      ...lane,
      blockedBy: index === 0 ? ('paused' as const) : ('offline' as const),
    }));
    expect(
      attentionTasks(calm, [], { trials: [], expiring: [], acts: [] }).filter(({ kind }) => kind === 'blocked'),
    ).toEqual([]);
    client.close();
  });
});

describe('orders at Svea as tasks', () => {
  it('are the acts in doubt, then the orders that end soon, each kind one task', () => {
    const invoice = { batchId: 'b', invoiceId: 1, invoiceNumber: '1001' };
    const acts = [{ ...invoice, kind: 'credit' as const }];
    const expiring = [{ ...invoice, connectionName: 'Svea', expires: '2026-12-01T00:00:00+01:00' }];
    expect(attentionTasks([], [], { trials: [], expiring, acts })).toEqual([
      { kind: 'actsInDoubt', acts },
      { kind: 'expiring', orders: expiring },
    ]);
  });
});

describe('progress', () => {
  const job: JobProgress = {
    jobId: 'j',
    kind: 'import',
    title: 'a.xml',
    phase: 'reading',
    done: 1_000,
    total: null,
    doneBytes: 25,
    totalBytes: 100,
    elapsedMs: 2_000,
  };
  it('follows bytes, tells a rate and the time left', () => {
    expect(progressOf(job)).toEqual({ share: 0.25, perSecond: 500, leftMs: 6_000 });
  });

  it('does not guess in the first second or without an end', () => {
    expect(progressOf({ ...job, elapsedMs: 300 })).toEqual({ share: 0.25, perSecond: null, leftMs: null });
    expect(progressOf({ ...job, doneBytes: null, totalBytes: null })).toEqual({
      share: null,
      perSecond: 500,
      leftMs: null,
    });
    expect(progressOf({ ...job, doneBytes: null, totalBytes: null, total: 4_000 }).share).toBe(0.25);
  });
});

describe('the colours', () => {
  const css = readFileSync(new URL('../../../src/renderer/ui/tokens.css', import.meta.url), 'utf8');
  const [light = '', dark = ''] = css.split("[data-theme='dark']");
  const tones = ['good', 'warn', 'bad', 'doubt', 'calm', 'wait', 'held'];
  const pairs = [
    ...['canvas', 'surface', 'surface-sunk', 'surface-hover', 'surface-active', 'accent-soft'].flatMap((back) =>
      ['ink', 'ink-soft'].map((text) => [text, back] as const),
    ),
    ...['canvas', 'surface', 'surface-hover'].map((back) => ['ink-faint', back] as const),
    ...tones.flatMap((tone) =>
      ['canvas', 'surface', 'surface-hover', 'surface-active', `${tone}-soft`].map((back) => [tone, back] as const),
    ),
    ['on-accent', 'accent'] as const,
    ['on-accent', 'accent-hover'] as const,
    ['accent', 'surface'] as const,
    ['on-practice', 'practice'] as const,
    ['surface', 'ink'] as const,
    ['surface', 'bad'] as const,
  ];

  it.each([
    ['light', light],
    ['dark', dark],
  ])('of the %s theme can be read: every text is at least 4.5 to 1', (_name, theme) => {
    const colour = (name: string): string =>
      new RegExp(`--${name}: (#[0-9a-f]{6});`, 'u').exec(theme)?.[1] ?? 'missing';
    const low = pairs
      .map(([text, back]) => ({ text, back, ratio: contrast(colour(text), colour(back)) }))
      .filter(({ ratio }) => !(ratio >= 4.5));
    expect(low).toEqual([]);
  });
});

/** WCAG 2.2, contrast ratio and relative luminance. */
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(hex: string): number {
  const parts = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = parts;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
